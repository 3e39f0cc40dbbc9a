"""An average that is typed is reckoned up to its box; one without a period is asked for."""

from datetime import date

import pytest

from audit.model.by_hand import Field
from audit.typed_counts import count_in
from audit.typed_values import Raw, TypedRead, day_of


@pytest.mark.parametrize(
    ("raw", "posts", "exact"),
    [
        ("2.5 a week", 11, False),
        ("2,5 pro Woche", 11, False),
        ("2,5/Woche", 11, False),
        ("½ a week", 2, False),
        ("3 Beiträge pro Woche", 13, False),
        ("3x per week", 13, False),
        ("ca. 3 par semaine", 13, False),
        ("週3回", 13, False),
        ("per week: 3", 13, False),
        ("1 a day", 30, False),
        ("12/month", 12, True),
        ("7.5 a month", 8, False),
        ("6 in 30 days", 6, True),
        ("12 in 4 weeks", 13, False),
        ("12 in den letzten 4 Wochen", 13, False),
        ("30 en 3 meses", 10, False),
        ("6 in den letzten 14 Tagen", 13, False),
        ("10 posts", 10, True),
        (6.0, 6, True),
        ("0 a week", 0, False),
    ],
)
def test_posts_of_another_period_are_reckoned_up_to_30_days(
    raw: Raw, posts: int, exact: bool
) -> None:
    assert count_in(Field.POSTS, raw) == TypedRead(posts, exact)


@pytest.mark.parametrize("raw", ["7,5", "7.5", 7.5, "7,5 Posts"])
def test_a_part_of_a_post_is_refused_with_what_to_type(raw: Raw) -> None:
    assert count_in(Field.POSTS, raw) == (
        "posts of the last 30 days are counted whole; write 7 or 8, or an average with its period: "
        "7.5 a week"
    )


@pytest.mark.parametrize("raw", ["0,5", "1/2", "½", 0.5])
def test_half_a_post_is_asked_for(raw: Raw) -> None:
    refused = f"{count_in(Field.POSTS, raw)}"
    assert "write 0 or 1, or an average with its period: 0.5 a week" in refused


@pytest.mark.parametrize("raw", ["15/2", "7½", "2-3 a week", "12.5.1"])
def test_what_may_be_several_numbers_is_refused(raw: Raw) -> None:
    assert isinstance(count_in(Field.POSTS, raw), str)


def test_less_than_one_post_in_30_days_is_no_zero() -> None:
    assert "less than one post in 30 days" in f"{count_in(Field.POSTS, '0.1 a week')}"


def test_likes_of_one_post_are_those_of_five() -> None:
    assert count_in(Field.LIKES, "42 per post") == TypedRead(210, exact=False)
    assert count_in(Field.COMMENTS, "7,5 pro Post") == TypedRead(38, exact=False)
    assert "7.5 per post if that is the average" in f"{count_in(Field.LIKES, '7,5')}"
    assert "it is of one post" in f"{count_in(Field.POSTS, '42 per post')}"


@pytest.mark.parametrize(
    ("raw", "likes"),
    [
        ("1,200 per post", 6000),
        ("1.200 pro Beitrag", 6000),
        ("1.200/post", 6000),
        ("Ø 42", 210),
        ("ø42", 210),
        ("avg. 42", 210),
        ("average: 1,200", 6000),
        ("Durchschnitt 42,5", 212),
        ("per post: 42", 210),
        ("42 likes/post", 210),
    ],
)
def test_an_average_is_one_in_thousands_and_behind_its_word(raw: str, likes: int) -> None:
    assert count_in(Field.LIKES, raw) == TypedRead(likes, exact=False)


@pytest.mark.parametrize(
    "raw",
    [
        "1.2k per post",
        "2k/post",
        "12 000 per post",
        "42 each",
        "im Schnitt 42",
        "likes per post 42",
    ],
)
def test_a_rate_of_likes_in_other_words_is_asked_for(raw: str) -> None:
    assert "or such as 1200 per post" in f"{count_in(Field.LIKES, raw)}"


@pytest.mark.parametrize(
    "raw", ["2 each week", "2 every week", "jede Woche 2", "3/wk", "3 this week"]
)
def test_a_rate_of_posts_in_other_words_is_asked_for(raw: str) -> None:
    assert "or such as 2.5 a week" in f"{count_in(Field.POSTS, raw)}"


def test_posts_before_a_stroke_have_the_period_behind_it() -> None:
    assert count_in(Field.POSTS, "3 posts/week") == TypedRead(13, exact=False)
    assert count_in(Field.POSTS, "1 post") == TypedRead(1)


@pytest.mark.parametrize("field", [Field.FOLLOWERS, Field.LIKES, Field.COMMENTS])
def test_what_came_in_some_time_is_no_count(field: Field) -> None:
    assert "it counts what came in some time" in f"{count_in(field, '12/month')}"


def test_a_formula_that_its_program_did_not_work_out_is_named() -> None:
    assert "it is a formula" in f"{count_in(Field.FOLLOWERS, '=4000+400')}"
    assert "it is a formula" in f"{day_of('=TODAY()-3', date(2026, 11, 29))}"


def test_thousands_and_short_forms_stay_what_they_are() -> None:
    assert count_in(Field.POSTS, "1.234") == TypedRead(1234)
    assert count_in(Field.FOLLOWERS, "12,4k") == TypedRead(12400, exact=False)
    assert count_in(Field.POSTS, None) is None
