"""The words of the results: figures rounded once, every reason with its remedy."""

from dataclasses import replace

import pytest

from audit.measure import metric_of, metrics
from audit.model.metric import Unit
from audit.model.rounding import rounded
from audit.model.value import Reason
from audit.model.visit import Note
from config.catalogue import load_catalogue
from reports.words import Names, explained, helps, of_all, phrase, with_day


def test_a_half_is_rounded_up_as_a_reader_would() -> None:
    assert (rounded(0.25, Unit.RATE), rounded(0.125, Unit.SHARE)) == (0.3, 0.13)


def test_part_and_whole_are_both_in_digits() -> None:
    assert f"2 of {of_all(8, 'website')}" == "2 of 8 websites"
    assert (of_all(1, "reply", "replies"), of_all(1_200, "post")) == ("1 reply", "1,200 posts")


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_is_explained_and_has_a_remedy(reason: Reason) -> None:
    assert all(words.endswith(".") for words in explained(reason))


@pytest.mark.parametrize(
    ("metric", "value", "words"),
    [
        ("presence.features", "14", "14 website features"),
        ("presence.features", "1", "1 website feature"),
        ("presence.features", "at least 1", "at least 1 website feature"),
        ("presence.features", "at least 11", "at least 11 website features"),
        ("blog.recency_days", "1", "last blog post 1 day ago"),
        ("news.weeks_with_post", "33%", "a news post in 33% of the weeks"),
        ("completeness", "90%", "90% of the measures could be seen"),
        ("channels.posts_per_week", "0.4", "0.4 posts a week on social networks"),
        ("channel.youtube.followers", "5,000", "youtube: 5,000 followers"),
    ],
)
def test_a_sentence_says_a_figure_in_the_words_of_its_metric(
    metric: str, value: str, words: str
) -> None:
    about = metric_of(metric)
    assert about is not None
    assert "".join(phrase(about, value)) == words


@pytest.mark.parametrize(
    ("number", "unit", "shown"),
    [
        (2.25, Unit.COUNT, 2.3),
        (999.94, Unit.COUNT, 999.9),
        (13_278.7, Unit.COUNT, 13_279),
        (1_000.5, Unit.DAYS, 1_001),
        (0.345, Unit.SHARE, 0.35),
    ],
)
def test_a_figure_has_a_tenth_only_where_that_says_something(
    number: float, unit: Unit, shown: float
) -> None:
    assert rounded(number, unit) == shown


def test_no_pattern_is_left_in_the_words_of_a_metric() -> None:
    words = [
        (metric.title, metric.definition, metric.phrase.unit, *phrase(metric, "1"))
        for metric in metrics()
    ]
    assert [row for row in words if "{" in "".join(row)] == []


@pytest.mark.parametrize(
    ("excerpt", "words"),
    [
        ("Cold brew · 2026-05-19", "Cold brew · 19 May 2026"),
        ("2026-11-09 Cold brew (16)", "9 Nov 2026 Cold brew (16)"),
        ("Notes of 2026-11-09, part 2", "Notes of 2026-11-09, part 2"),
        ("Order 2026-13-40 · 2026-13-40", "Order 2026-13-40 · 2026-13-40"),
        ("", ""),
    ],
)
def test_the_day_of_a_proof_is_said_as_readers_say_it(excerpt: str, words: str) -> None:
    assert with_day(excerpt) == words


def test_a_key_is_named_by_its_network_and_not_by_its_variable() -> None:
    note = Note(
        what="channel.facebook.followers", reason=Reason.NEEDS_KEY, detail="",
        help="set FB_ACCESS_TOKEN (docs/keys.md)",
    )  # fmt: skip
    names = Names(load_catalogue())
    words = "fill in the figure on sheet Fill in, or use a key for Facebook (docs/keys.md)"
    assert helps(note, names) == words
    other = replace(note, reason=Reason.ROBOTS, help="see `audit doctor`")
    assert helps(other, names) == "see audit doctor"
