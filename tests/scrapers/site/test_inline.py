"""Entries that stand on a page in full, as in a changelog of one page."""

import pytest

from audit.model.facts import FeedPage, PageFacts
from audit.model.result import Window
from audit.model.site import Post
from scrapers.site.look import Look
from scrapers.site.sections import find_sections
from tests.analysed import ACME, HOME, NOW, page, rules

WINDOW = Window(as_of=NOW, lookback_days=365, timezone="UTC")


def posts(html: str, path: str = "changelog/", *feeds: FeedPage) -> tuple[Post, ...]:
    """Return the posts of the one section of a site with this page; none without a section."""
    pages: tuple[PageFacts, ...] = (page("<p>Pumps</p>"), page(html, HOME + path))
    look = Look(company=ACME, pages=pages, feeds=feeds)
    listed = find_sections(look, rules().catalogue, WINDOW)
    return next((section.posts for section in listed), ())


NOTES = {
    "versions with dates": "<h2>[2.{n}.0] - 2026-0{n}-04</h2><h3>Added</h3><p>Seals</p>",
    "an anchor in the heading": "<h2 id='v{n}'><a href='#v{n}'>2.{n}.0 (2026-0{n}-04)</a></h2><p>Seals</p>",
    "days as headings": "<h2>4.{n}.2026</h2><h3>Bessere Dichtungen {n}</h3><p>Alles neu.</p>",
    "boxes": "<div class='eintrag'><p class='date'>4.{n}.2026</p><h3>Version 2.{n}</h3><p>Neu</p></div>",
    "a time above": "<time datetime='2026-0{n}-04'>x</time><h2>Pump 2.{n}</h2><p>Words</p><p>More</p>",
    "a time below": "<h2>Pump 2.{n}</h2><time datetime='2026-0{n}-04'>x</time><p>Words</p><p>More</p>",
    "articles": "<article><h2>ポンプ2.{n}</h2><p>2026年{n}月4日</p><p>新機能</p></article>",
    "one title": "<section><h2>Fixes</h2><i class='date'>4 May 202{n}</i></section>",
}


def _page(name: str) -> str:
    lang = {"days as headings": "de", "boxes": "de", "articles": "ja"}.get(name, "en")
    years = (6, 5, 4) if name == "one title" else (9, 8, 7)
    rows = "".join(NOTES[name].replace("{n}", str(n)) for n in years)
    return f"<html lang='{lang}'><main><h1>Changelog</h1>{rows}</main>"


@pytest.mark.parametrize("name", NOTES)
def test_a_changelog_on_one_page_has_an_entry_for_each_version(name: str) -> None:
    listed = posts(_page(name))
    days = [f"{post.published.at:%m-%d}" for post in listed if post.published]
    expected = ["05-04"] * 3 if name == "one title" else ["09-04", "08-04", "07-04"]
    assert days == expected
    assert len({post.url for post in listed}) == 3
    assert all(post.url.startswith(f"{HOME}changelog/#") for post in listed)


def test_each_entry_has_the_title_that_stands_by_its_own_date() -> None:
    for name in ("a time above", "a time below", "boxes"):
        titles = [post.title[-3:] for post in posts(_page(name))]
        assert titles == ["2.9", "2.8", "2.7"], name


def test_news_without_pages_of_their_own_are_news() -> None:
    html = _page("boxes").replace("Changelog", "Aktuelles")
    assert len(posts(html, "aktuelles/")) == 3


OTHERS = {
    "a page of another name": (_page("boxes").replace("Changelog", "History"), "about/"),
    "coming events": (_page("boxes").replace("Changelog", "Termine"), "termine/"),
    "what newspapers write": (
        _page("boxes")
        .replace("Changelog", "Aktuelles")
        .replace("<h3>", "<h3><a href='https://zeitung.example/pumpen'>")
        .replace("</h3>", "</a></h3>"),
        "aktuelles/",
    ),
    "one date": ("<main><h1>Changelog</h1><h2>2.0 - 2026-09-04</h2></main>", "changelog/"),
    "years alone": ("<main><h1>Changelog</h1><h2>2026</h2><h2>2025</h2></main>", "changelog/"),
    "dates of the footer": (
        "<main><h1>Changelog</h1></main><footer><h4>A 2026-09-04</h4><h4>B 2026-08-04</h4></footer>",
        "changelog/",
    ),
}


@pytest.mark.parametrize("name", OTHERS)
def test_dates_beside_headings_are_no_entries_elsewhere(name: str) -> None:
    html, path = OTHERS[name]
    assert posts(html, path) == ()


def test_entries_with_pages_of_their_own_stand_before_headings_with_dates() -> None:
    linked = (
        "<h3><a href='/changelog/big'>A big release</a></h3><time datetime='2026-10-01'></time>"
    )
    html = _page("boxes").replace("</main>", f"<article>{linked}</article></main>")
    assert [post.url for post in posts(html)] == [f"{HOME}changelog/big"]
