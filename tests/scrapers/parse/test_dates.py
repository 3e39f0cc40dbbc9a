"""Dates as sites write them, and what only looks like one."""

import pytest

from audit.model.value import DateSource
from scrapers.parse.dates import date_in_url, parse_date
from tests.scrapers.parse.pages import NOW, months


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-10-29", "2026-10-29T00:00"),
        ("2026-10-29T09:30:00Z", "2026-10-29T09:30"),
        ("2026-10-29T23:30:00+02:00", "2026-10-29T21:30"),
        ("Thu, 29 Oct 2026 09:30:00 GMT", "2026-10-29T09:30"),
        ("29. Oktober 2026", "2026-10-29T00:00"),
        ("October 29, 2026", "2026-10-29T00:00"),
        ("29 octobre 2026", "2026-10-29T00:00"),
        ("29 de octubre de 2026", "2026-10-29T00:00"),
        ("29 октября 2026", "2026-10-29T00:00"),
        ("2026年10月29日", "2026-10-29T00:00"),
        ("2026년 10월 29일", "2026-10-29T00:00"),
        ("29.10.2026", "2026-10-29T00:00"),
        ("29/10/2026", "2026-10-29T00:00"),
        ("29.10.26", "2026-10-29T00:00"),
        ("10/29/2026", "2026-10-29T00:00"),
        ("2026-10-29 09:30:60", "2026-10-29T09:30"),
        ("2026-10-29T25:00", "2026-10-29T00:00"),
        ("29 Oct 2026 09:30:00 +0200", "2026-10-29T07:30"),
        ("2026. 10. 29", "2026-10-29T00:00"),
    ],
)
def test_dates_are_read_as_sites_write_them(text: str, expected: str) -> None:
    dated = parse_date(text, DateSource.TEXT, NOW, months())
    assert dated is not None
    assert dated.at.isoformat()[:16] == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "May",
        "1.2K",
        "31 February 2026",
        "0001-01-01",
        "9999-12-31",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "call 030 123456",
        "v2.10.3",
        "12:30",
    ],
)
def test_what_cannot_be_a_date_is_none(text: str) -> None:
    assert parse_date(text, DateSource.TEXT, NOW, months(), "en") is None


@pytest.mark.parametrize(("language", "month"), [("en", 3), ("de", 4), ("", 4)])
def test_a_date_that_can_be_read_two_ways_says_so(language: str, month: int) -> None:
    dated = parse_date("03/04/2024", DateSource.TEXT, NOW, language=language)
    assert dated is not None
    assert dated.ambiguous
    assert dated.at.month == month


@pytest.mark.parametrize("text", ["03.04.2024", "04/04/2024", "13/04/2024", "2024-04-03"])
def test_a_date_that_can_be_read_one_way_only_is_not_ambiguous(text: str) -> None:
    dated = parse_date(text, DateSource.TEXT, NOW, language="en")
    assert dated is not None
    assert not dated.ambiguous
    assert dated.at.month == 4


@pytest.mark.parametrize(("text", "day_only"), [("2026-10-29", True), ("2026-10-29T00:00", False)])
def test_midnight_is_an_hour_and_a_day_is_none(text: str, day_only: bool) -> None:
    dated = parse_date(text, DateSource.TEXT, NOW)
    assert dated is not None
    assert dated.day_only is day_only


@pytest.mark.parametrize(("day", "readable"), [("2028-11-20", True), ("2028-11-30", False)])
def test_a_day_is_two_years_ahead_at_most(day: str, readable: bool) -> None:
    assert (parse_date(day, DateSource.TEXT, NOW) is not None) is readable


def test_words_like_three_days_ago_are_read_in_the_pages_language() -> None:
    dated = parse_date("vor 3 Tagen", DateSource.TEXT, NOW, language="de")
    assert dated is not None
    assert dated.at.date().isoformat() == "2026-11-21"


def test_a_date_in_an_address_needs_its_day() -> None:
    dated = date_in_url("https://a.example/2024/05/17/x/", NOW)
    assert dated is not None
    assert dated.at.day == 17
    assert date_in_url("https://a.example/2024/05/x/", NOW) is None


@pytest.mark.parametrize("path", ["/20240517-x", "/2024-05-17-x", "/news/2024/5/17.html"])
def test_a_date_in_an_address_has_several_forms(path: str) -> None:
    dated = date_in_url("https://a.example" + path, NOW)
    assert dated is not None
    assert dated.at.date().isoformat() == "2024-05-17"


def test_a_post_of_next_week_is_no_post_of_its_address() -> None:
    assert date_in_url("https://a.example/2026/12/01/x/", NOW) is None
