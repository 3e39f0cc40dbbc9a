"""What people type as a figure or a day is read in any form, or refused in words with its cell."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from audit.model.by_hand import Field, Source
from audit.typed_figures import TypedCell, TypedRow, latest_day, read_rows
from audit.typed_values import Raw, TypedRead, count_of, day_of, text_of

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
TODAY = date(2026, 11, 29)
THIRD = date(2026, 10, 3)


@pytest.mark.parametrize(
    ("raw", "count", "exact"),
    [
        (12400, 12400, True),
        (12400.0, 12400, True),
        ("12.400", 12400, True),
        ("12,400", 12400, True),
        ("12 400", 12400, True),
        ("12\u202f400", 12400, True),
        (" 12'400 ", 12400, True),
        ("'12400", 12400, True),
        ("12.400,00", 12400, True),
        ("1,234.0", 1234, True),
        ("12,34,567", 1234567, True),
        ("１２３", 123, True),
        ("12 400 Follower", 12400, True),
        ("Followers: 12,400", 12400, True),
        ("12,4k", 12400, False),
        ("12.4 K", 12400, False),
        ("1.2M", 1200000, False),
        ("1,5 Mio.", 1500000, False),
        ("1億2345万", 123450000, False),
        ("0,400k", 400, False),
        ("~1200", 1200, False),
        ("0", 0, True),
        (0, 0, True),
    ],
)
def test_a_count_is_read_in_any_locale_and_short_form(raw: Raw, count: int, exact: bool) -> None:
    assert count_of(raw) == TypedRead(count, exact)


@pytest.mark.parametrize("raw", [None, "", "  ", "?", "-", "–", "n/a", " N / A ", "k. A."])
def test_what_stands_for_nothing_is_nothing_typed(raw: Raw) -> None:
    assert (count_of(raw), day_of(raw, TODAY), text_of(raw)) == (None, None, "")


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("lots", "write a number such as 12400"),
        ("1.000.000,5", "write a number such as 12400"),
        (True, "write a number such as 12400"),
        (-5, "a count is never below 0"),
        ("- 5", "a count is never below 0"),
        ("−5", "a count is never below 0"),
        ("1.234-", "a count is never below 0"),
        ("12,400k", "it may be 12400 or 12400000"),
        ("1.234 Tsd.", "it may be 1234 or 1234000"),
        ("1.2 mil", "it may be 1200 or 1200000"),
        ("120 %", "it is a share"),
        (12.4, "write 12400 if thousands are meant"),
        ("12,4", "write 12400 if thousands are meant"),
        ("10–20", "more than one number"),
        ("12,400 (as of 2026)", "more than one number"),
        ("1 2 3", "more than one number"),
        (1e12, "more than there are people"),
        (float("nan"), "more than there are people"),
        (datetime(2026, 10, 3), "it is a day"),  # noqa: DTZ001  as spreadsheets have it
    ],
)
def test_what_is_no_count_is_refused_with_what_to_write(raw: Raw, words: str) -> None:
    read = count_of(raw)
    assert isinstance(read, str)
    assert words in read


@pytest.mark.parametrize(
    "raw",
    [
        THIRD,
        datetime(2026, 10, 3, 15),  # noqa: DTZ001  as spreadsheets have it
        46298,
        46298.75,
        20261003,
        "2026-10-03",
        "3.10.2026",
        "3. Okt. 2026",
        "Oct 3, 2026",
        "3 octobre 2026",
        "３.１０.２０２６",
        " 3.10.26 ",
    ],
)
def test_a_day_is_read_in_any_common_form(raw: Raw) -> None:
    assert day_of(raw, TODAY) == THIRD


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("2026-11-30", "has not come yet"),
        ("31.12.2002", "before there were such profiles"),
        ("yesterday", "write the day as 2026-10-03"),
        ("31.02.2026", "write the day as 2026-10-03"),
        ("3.10.", "write the day as 2026-10-03"),
        (12, "write the day as 2026-10-03"),
        (True, "write the day as 2026-10-03"),
        (float("inf"), "write the day as 2026-10-03"),
        ("03/04/2026", "it may be 3 Apr 2026 or 4 Mar 2026; write 2026-04-03 or 2026-03-04"),
        ("10-03-2026", "it may be 10 Mar 2026 or 3 Oct 2026"),
        ("26-10-03", "its year may stand first or last"),
    ],
)
def test_a_day_that_cannot_be_is_refused(raw: Raw, words: str) -> None:
    read = day_of(raw, TODAY)
    assert isinstance(read, str)
    assert words in read


def test_words_are_as_a_workbook_can_hold_them_so_that_they_are_read_back_alike() -> None:
    assert text_of("offers\u202e\x07 and\u200f jobs") == "offers and jobs"


@pytest.mark.parametrize(
    ("typed", "end"),
    [
        ("word, " * 100, "word, word…"),
        ("a" * 300 + " " + "b" * 300, "aaa…"),
        ("水" * 5_000, "水水…"),
        ("two words " * 400, "two words…"),
    ],
)
def test_long_words_end_with_a_whole_one_and_say_that_there_is_more(typed: str, end: str) -> None:
    text = text_of(typed)
    assert text.endswith(end)
    assert 250 < len(text) <= 500
    assert text_of(text) == text


def test_words_that_there_is_room_for_are_kept_as_they_are() -> None:
    assert text_of("p" * 499 + "q") == "p" * 499 + "q"


def test_today_is_the_latest_day_anywhere() -> None:
    assert latest_day(NOW) == date(2026, 11, 30)


def row(cells: Mapping[Field, Raw]) -> TypedRow:
    return TypedRow(
        company="acme.example",
        platform="linkedin",
        url="https://www.linkedin.com/company/acme",
        cells={name: TypedCell(value=raw, place=f"Fill in!{name}") for name, raw in cells.items()},
        place="Fill in!E9",
        saved=date(2026, 11, 20),
    )


def test_a_row_makes_one_record_of_all_that_is_right_and_names_the_rest() -> None:
    cells: dict[Field, Raw] = {
        Field.FOLLOWERS: "12,4k",
        Field.POSTS: 6.0,
        Field.LAST: "1.10.2026",
        Field.LIKES: "lots",
        Field.COMMENTS: "?",
        Field.ABOUT: " Valves  and\npumps ",
        Field.ON: THIRD,
        Field.BY: "Jo",
    }
    read = read_rows([row(cells)], Source.WORKBOOK, NOW)
    (record,) = read.records
    assert (record.followers, record.posts, record.last_post) == (12400, 6, date(2026, 10, 1))
    assert (record.likes, record.comments, record.about) == (None, None, "Valves and pumps")
    assert (record.on, record.by, record.rounded) == (THIRD, "Jo", (Field.FOLLOWERS,))
    assert len(record.tells) == 4
    assert [each.sentence for each in read.refused] == [
        'Fill in!likes says "lots": write a number such as 12400.'
    ]


def test_without_a_day_figures_are_of_the_day_on_which_they_were_saved() -> None:
    (record,) = read_rows([row({Field.POSTS: 0})], Source.WORKBOOK, NOW).records
    assert (record.posts, record.on) == (0, date(2026, 11, 20))


def test_a_refused_day_costs_no_figure() -> None:
    read = read_rows([row({Field.POSTS: 3, Field.ON: "2027-01-01"})], Source.WORKBOOK, NOW)
    assert [record.on for record in read.records] == [date(2026, 11, 20)]
    assert "count as of 20 Nov 2026" in read.refused[0].sentence


def test_a_row_of_names_alone_makes_no_record() -> None:
    assert not read_rows([row({Field.BY: "Jo", Field.ON: THIRD})], Source.WORKBOOK, NOW).records


@pytest.mark.parametrize(("posts", "last"), [(0, "1.10.2026"), (3, "1.8.2026")])
def test_posts_that_the_last_post_denies_are_refused(posts: int, last: str) -> None:
    cells: dict[Field, Raw] = {Field.POSTS: posts, Field.LAST: last, Field.ON: THIRD}
    read = read_rows([row(cells)], Source.WORKBOOK, NOW)
    assert [record.posts for record in read.records] == [None]
    assert "says otherwise" in read.refused[0].words


def test_a_last_post_after_the_reading_is_refused() -> None:
    read = read_rows([row({Field.LAST: "4.10.2026", Field.ON: THIRD})], Source.WORKBOOK, NOW)
    assert not read.records
    assert "read on 3 Oct 2026, before that post" in read.refused[0].words


def test_words_for_who_read_may_come_from_elsewhere() -> None:
    named = replace(row({Field.POSTS: 1}), by="Kim")
    assert read_rows([named], Source.TERMINAL, NOW).records[0].by == "Kim"
