"""Elements that hold a date: by their mark-up, by attributes for scripts, by their words."""

import pytest

from scrapers.parse.items import read_items
from tests.scrapers.parse.pages import NOW, document, style


def days_of(element: str, language: str = "en") -> list[str]:
    """Return the days of three teasers, each with an element that dates it; "" for one without."""
    teasers = "".join(
        f'<article><h2><a href="/news/{number}">A story of seals and rings {number}</a></h2>'
        f"{element}<p>Some words about seals.</p></article>"
        for number in range(3)
    )
    page = document(f'<html lang="{language}"><main>{teasers}</main>')
    items = read_items(page, NOW, style(language))
    return [item.published.at.date().isoformat() if item.published else "" for item in items]


@pytest.mark.parametrize(
    ("element", "language"),
    [
        ('<span data-time="1788220800">Sep 1</span>', "en"),
        ('<span data-timestamp="1788220800000">1. Sep</span>', "de"),
        ('<abbr data-utime="1788220800">1 septembre</abbr>', "fr"),
        ('<b data-published-at="2026-09-01T10:00:00+02:00">9月1日</b>', "ja"),
        ('<div class="date">Tuesday <time datetime="2026-09-01">Sep 1</time></div>', "en"),
        ('<time datetime="1.9.2026, soon">1. syyskuuta 2026</time>', "fi"),
        ('<span class="date">01/09/2026</span>', "pt"),
    ],
)
def test_the_date_of_a_teaser_is_read_from_what_its_scripts_or_readers_see(
    element: str, language: str
) -> None:
    assert days_of(element, language) == ["2026-09-01"] * 3


@pytest.mark.parametrize(
    "element",
    [
        '<span data-time="30">30 minutes</span>',
        '<span data-time="0">soon</span>',
        '<span data-timezone="1788220800">UTC</span>',
        '<span data-modified-time="1788220800">Sep 1</span>',
        '<span data-expiry-date="2026-09-01">Offer ends soon</span>',
        '<span class="reading-time">2 hours</span>',
        '<span class="last-updated" data-time="1788220800">Sep 1</span>',
    ],
)
def test_a_number_that_is_no_date_of_publication_dates_nothing(element: str) -> None:
    assert days_of(element) == [""] * 3


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("١ سبتمبر ٢٠٢٦", "ar"),
        ("２０２６年９月１日", "ja"),
        ("१ सितंबर २०२६", "hi"),
        ("1 de septiembre de 2026", "es"),
    ],
)
def test_a_date_in_plain_words_is_found_in_the_digits_of_any_script(
    text: str, language: str
) -> None:
    assert days_of(f"<p>{text}</p>", language) == ["2026-09-01"] * 3
