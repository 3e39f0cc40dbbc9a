"""Which number of a date with slashes is the day, by what a page shows of its country."""

import pytest

from scrapers.parse.day_order import is_month_first, order_in, order_of
from tests.scrapers.parse.pages import document

LIST = "<li>03/04/2026</li>"


@pytest.mark.parametrize(
    ("html", "url", "month_first"),
    [
        (f'<html lang="en-GB">{LIST}', "https://acme.example/", False),
        (f'<html lang="en-AU">{LIST}', "https://acme.example/", False),
        (f'<html lang="en-US">{LIST}', "https://acme.example/", True),
        (f'<html lang="en">{LIST}', "https://acme.example/", True),
        (f'<html lang="de">{LIST}', "https://acme.example/", False),
        (f'<html lang="en">{LIST}', "https://acme.co.uk/", False),
        (f'<html lang="en">{LIST}', "https://acme.ie/", False),
        (f'<html lang="en">{LIST}', "https://acme.io/", True),
        (f'<html lang="en-CA">{LIST}', "https://acme.example/", True),
        (
            f'<html lang="en"><meta property="og:locale" content="en_GB">{LIST}',
            "https://acme.example/",
            False,
        ),
        (
            '<html lang="en"><link rel="alternate" hreflang="en-au" href="https://acme.example/">'
            f'<link rel="alternate" hreflang="en-us" href="https://acme.example/us/">{LIST}',
            "https://acme.example/",
            False,
        ),
    ],
)
def test_the_region_of_a_page_says_which_number_is_the_day(
    html: str, url: str, month_first: bool
) -> None:
    assert is_month_first(document(html, url)) is month_first


@pytest.mark.parametrize(
    ("date", "month_first"),
    [("25/11/2026", False), ("11/25/2026", True), ("25/11/26", False)],
)
def test_a_date_that_can_be_read_one_way_only_decides_for_the_page(
    date: str, month_first: bool
) -> None:
    """Themes say en-US on pages of any country."""
    html = f'<html lang="{"en-US" if not month_first else "en-GB"}">{LIST}<li>{date}</li>'
    assert is_month_first(document(html)) is month_first


def test_dates_of_both_orders_decide_nothing() -> None:
    assert order_in(["25/11/2026", "11/25/2026"]) is None
    assert order_in(["03/04/2026", "45/13/2026", "see /25/11/2026/", "2026/11/25"]) is None


@pytest.mark.parametrize(
    ("language", "url", "month_first"),
    [
        ("en-gb", "https://acme.example/feed", False),
        ("en-us", "https://acme.co.uk/feed", True),
        ("en", "https://acme.com.au/feed", False),
        ("en", "https://acme.example/feed", True),
        ("fr", "https://acme.example/feed", False),
        ("", "https://acme.example/feed", False),
    ],
)
def test_a_feed_writes_dates_as_its_language_or_its_host_says(
    language: str, url: str, month_first: bool
) -> None:
    assert order_of(language, url) is month_first
