"""The sheet Timing: its sentence, and what it shows where hours are not known."""

from dataclasses import replace
from datetime import timedelta

import pytest

from audit.model.result import CompanyResult, Pattern, Slot
from audit.model.value import Known
from reports.report import Report
from reports.sheets.timing import SHEET
from reports.tables import EMPTY
from reports.words import day_in_words
from tests.reports import workbook_example as example
from tests.reports.advice_example import AS_OF
from tests.reports.test_leaders import posted
from tests.reports.workbook_example import company_result, proof

NONE_AT_ALL = (0,) * 24
HOURS = tuple(tuple(24 if (day, hour) == (1, 9) else 0 for hour in range(24)) for day in range(7))
NO_DAY = "We post on no weekday clearly more often than on others"
WEEK = (2, 24, 2, 2, 2, 2, 2)
LATELY = (posted("blog", 20, 27, 34, 41),)


def posting(
    *weekdays: int, hours: bool = False, own: bool = True, name: str = "Acme"
) -> CompanyResult:
    """A company that lately posted so on each weekday; `hours`: the Tuesdays at 9 are known."""
    pattern = Pattern(
        posts=sum(weekdays),
        timed=24 if hours else 0,
        weekdays=weekdays,
        hours=HOURS if hours else (),
        busiest=Slot(weekday=1, hour=9, posts=24) if hours else None,
    )
    evidence = (proof("https://acme.example/", "r", "x"),)
    known = Known(value=pattern, evidence=evidence)
    return replace(company_result(name, own=own), pattern=known, cadence=LATELY)


def report(*results: CompanyResult) -> Report:
    shot = example.of(results)
    return Report(shot, example.compared(shot))


def sentence(*results: CompanyResult) -> str:
    return "".join(words for words, _ in SHEET.draw(report(*results)).finding)


def test_the_sentence_names_the_hour_of_our_own_company_first() -> None:
    rival = posting(*(9,) * 7, own=False, name="Brava")
    assert sentence(posting(*WEEK, hours=True), rival) == (
        "We post most on Tuesdays between 9 and 10: 24 of 24 posts of which the hour is known."
    )


@pytest.mark.parametrize(
    ("weekdays", "words"),
    [
        (WEEK, "We post most on Tuesdays: 24 of 36 posts."),
        ((10, 10, 2, 2, 2, 2, 2), "We post most on Mondays and Tuesdays: 20 of 30 posts."),
        ((5, 5, 5, 5, 5, 5, 5), f"{NO_DAY}, in the 35 posts that were seen."),
        ((7, 7, 7, 6, 5, 8, 8), f"{NO_DAY}, in the 48 posts that were seen."),
        ((40, 35, 1, 1, 1, 0, 0), "We post most on Mondays and Tuesdays: 75 of 78 posts."),
        ((7, 7, 7, 7, 6, 7, 9), f"{NO_DAY}, in the 50 posts that were seen."),
        (
            (21, 14, 19, 9, 24, 7, 9),
            "We post clearly less on Saturdays and Sundays than on other days: 16 of 103 posts.",
        ),
        ((7, 7, 7, 7, 6, 7, 19), "We post most on Sundays: 19 of 60 posts."),
    ],
)
def test_without_hours_it_names_the_weekday(weekdays: tuple[int, ...], words: str) -> None:
    assert sentence(posting(*weekdays)) == words


def test_an_hour_that_lies_hardly_above_the_next_is_not_named() -> None:
    result = posting(*WEEK, hours=True)
    assert isinstance(result.pattern, Known)
    hours = [list(day) for day in HOURS]
    hours[3][14] = 23
    pattern = replace(result.pattern.value, hours=tuple(map(tuple, hours)))
    near = replace(result, pattern=replace(result.pattern, value=pattern))
    assert sentence(near) == "We post most on Tuesdays: 24 of 36 posts."


def test_without_an_own_company_it_is_the_one_with_the_most_posts() -> None:
    few, many = (posting(*(8,) * 7, own=False), posting(*(9,) * 7, own=False, name="Brava"))
    assert sentence(few, many).startswith("Brava posts on no weekday ")


def test_one_with_a_habit_goes_before_one_with_more_posts_and_none() -> None:
    habit, many = (posting(*WEEK, own=False), posting(*(9,) * 7, own=False, name="Brava"))
    assert sentence(habit, many) == "Acme posts most on Tuesdays: 24 of 36 posts."


def test_hours_that_are_not_known_are_empty_and_no_dots() -> None:
    unknown, known = (
        list(SHEET.draw(report(posting(*WEEK, hours=hours))).rows) for hours in (False, True)
    )
    assert set(unknown[1].cells[4:]) == {EMPTY}
    assert [cell.value for cell in known[0].cells[4:]] == list(NONE_AT_ALL)
    assert known[1].cells[4 + 9].value == 24


def test_the_sheet_is_left_out_where_nobody_has_enough_posts() -> None:
    assert SHEET.wanted(report(posting(*WEEK)))
    assert not SHEET.wanted(report(company_result("Acme", own=True)))


def test_without_a_busiest_hour_of_anybody_its_column_is_left_out() -> None:
    with_hour, without = (
        [column.title for column in SHEET.draw(report(posting(*WEEK, hours=hours))).columns]
        for hours in (True, False)
    )
    assert "Busiest hour" in with_hour
    assert without == [title for title in with_hour if title != "Busiest hour"]


def test_of_who_has_fallen_silent_it_is_told_in_the_past() -> None:
    rows = (posted("blog", 200, 207, 214, 221),)
    silent = replace(posting(*WEEK), cadence=rows)
    last = day_in_words(AS_OF - timedelta(days=200))
    assert sentence(silent) == f"We posted most on Tuesdays: 24 of 36 posts, the last on {last}."


def test_whether_somebody_posts_now_is_left_open_where_the_newest_post_is_not_known() -> None:
    unknown = replace(posting(*WEEK), cadence=())
    assert sentence(unknown) == "We posted most on Tuesdays: 24 of 36 posts."
