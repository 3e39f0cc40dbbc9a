"""Release notes and change logs, a kind of dated section of their own."""

import pytest

from audit.model.facts import PageFacts
from audit.model.result import Window
from audit.model.site import Section
from scrapers.site.look import Look
from scrapers.site.sections import find_sections
from tests.analysed import ACME, HOME, NOW, page, rules

WINDOW = Window(as_of=NOW, lookback_days=365, timezone="UTC")


def sections(*pages: PageFacts) -> dict[str, Section]:
    listed = find_sections(Look(company=ACME, pages=pages), rules().catalogue, WINDOW)
    return {section.channel: section for section in listed}


def dated(path: str) -> str:
    return "".join(
        f'<li><a href="/{path}pump-3-{n}">Pump 3.{n} is out</a> <time datetime="2026-0{n}-03"></time>'
        for n in range(1, 5)
    )


LISTS = {
    "Changelog": "changelog/",
    "Release notes": "docs/release-notes/",
    "Versionshinweise": "hilfe/versionen/",
    "Notes de version": "notes-de-version/",
    "リリースノート": "updates-of-pumps/",
}


@pytest.mark.parametrize("words", LISTS)
def test_a_list_of_releases_is_a_section_of_its_own_kind(words: str) -> None:
    path = LISTS[words]
    start = page(f'<nav><a href="/{path}">{words}</a></nav>')
    found = sections(start, page(f"<main><ul>{dated(path)}</ul></main>", HOME + path))
    assert set(found) == {"release-notes"}
    assert len(found["release-notes"].posts) == 4


def test_releases_are_dated_by_their_addresses_where_nothing_else_tells_the_day() -> None:
    links = "".join(
        f'<p><a href="/releases/2026/{month}/23/release-3-{month}/">Release 3.{month}</a></p>'
        for month in ("08", "09", "10")
    )
    found = sections(page("<p>Pumps</p>"), page(f"<main>{links}</main>", f"{HOME}releases/"))
    posts = found["release-notes"].posts
    assert [f"{post.published.at:%Y-%m-%d}" for post in posts if post.published] == [
        "2026-10-23",
        "2026-09-23",
        "2026-08-23",
    ]


def test_release_notes_that_were_not_read_are_promised_beside_the_blog() -> None:
    start = page('<nav><a href="/blog/">Blog</a> <a href="/changes/">Changelog</a></nav>')
    assert set(sections(start)) == {"blog", "release-notes"}


@pytest.mark.parametrize(
    ("path", "words", "kind"),
    [("news/releases/", "News", "news"), ("press-releases/", "Press releases", "news")],
)
def test_releases_of_the_press_are_news(path: str, words: str, kind: str) -> None:
    start = page(f'<nav><a href="/{path}">{words}</a></nav>')
    found = sections(start, page(f"<main><ul>{dated(path)}</ul></main>", HOME + path))
    assert set(found) == {kind}


def test_a_change_log_in_the_menu_leaves_the_start_page_the_blog_that_it_is() -> None:
    menu = '<nav><a href="/changelog/">Changelog</a></nav>'
    posts = "".join(
        f'<article><h2><a href="/p{n}">Of pump {n}</a></h2><time datetime="2026-0{n}-02"></time></article>'
        for n in range(1, 8)
    )
    found = sections(page(f"{menu}<main>{posts}</main>"))
    assert len(found["news"].posts) == 7


def test_the_history_of_a_page_is_no_list_of_releases() -> None:
    assert sections(page('<nav><a href="/wiki/x?action=history">History</a></nav>')) == {}
