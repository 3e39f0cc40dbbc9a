"""Each reader of a public interface on an answer of its own, and on answers that are none."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

import pytest

from audit.model.activity import ActivityKind
from audit.model.web import Page, PageFacts, Request
from config.catalogue import load_catalogue
from scrapers.detect.page import analyse
from scrapers.detect.rules import Rules
from scrapers.sources.source import asked_of, sources

FOLDER = Path(__file__).parent / "sources"
NOW = datetime(2026, 11, 24, tzinfo=UTC)

Expected = tuple[str, dict[ActivityKind, float | datetime]]
EXPECTED: dict[str, Expected] = {
    "wordpress": (
        "https://www.acme.example/wp-json/wp/v2/comments?per_page=1",
        {ActivityKind.COMMENTS: 17, ActivityKind.LAST_POST: datetime(2026, 11, 5, 12, tzinfo=UTC)},
    ),
    "mediawiki": (
        "https://wiki.acme.example/w/api.php?action=query",
        {
            ActivityKind.PAGES: 3,
            ActivityKind.EDITS: 7,
            ActivityKind.LAST_CHANGE: datetime(2026, 11, 2, 10, tzinfo=UTC),
            ActivityKind.EDITORS: 2,
        },
    ),
    "confluence": (
        "https://acme.example/wiki/rest/api/search?cql=type%3Dpage%20order%20by%20lastmodified",
        {
            ActivityKind.PAGES: 212,
            ActivityKind.LAST_CHANGE: datetime(2026, 10, 29, 9, 30, tzinfo=UTC),
        },
    ),
    "discourse": (
        "https://talk.acme.example/about.json",
        {ActivityKind.THREADS: 1204, ActivityKind.POSTS: 9120, ActivityKind.MEMBERS: 511},
    ),
    "zendesk_guide": (
        "https://help.acme.example/api/v2/help_center/articles.json",
        {
            ActivityKind.ARTICLES: 84,
            ActivityKind.LAST_CHANGE: datetime(2026, 11, 3, 7, tzinfo=UTC),
        },
    ),
    "events_calendar": (
        "https://www.acme.example/wp-json/tribe/events/v1/events",
        {
            ActivityKind.EVENTS: 6,
            ActivityKind.NEXT_EVENT: datetime(2026, 12, 4, 8, tzinfo=UTC),
        },
    ),
}
PAGES = {
    "wordpress": (
        "https://www.acme.example/",
        "<head><meta name='generator' content='WordPress 6.8'>"
        "<link rel='https://api.w.org/' href='/wp-json/'></head>",
    ),
    "mediawiki": (
        "https://wiki.acme.example/wiki/Main_Page",
        "<head><meta name='generator' content='MediaWiki 1.43'><link rel='EditURI' "
        "href='//wiki.acme.example/w/api.php?action=rsd'></head>",
    ),
    "confluence": (
        "https://acme.example/wiki/spaces/PUMP/overview",
        "<head><meta name='ajs-version-number' content='9'>"
        "<meta name='confluence-request-time' content='1'></head>",
    ),
    "discourse": (
        "https://talk.acme.example/",
        "<head><meta name='generator' content='Discourse 3.5'></head>",
    ),
    "zendesk_guide": (
        "https://help.acme.example/hc/en-us",
        "<script src='https://static.zdassets.com/hc/assets/en-us.js'></script>",
    ),
    "events_calendar": (
        "https://www.acme.example/events/",
        "<div class='tribe-events'></div>"
        "<script src='/wp-content/plugins/the-events-calendar/a.js'></script>",
    ),
}


@cache
def rules() -> Rules:
    return Rules(load_catalogue())


def answer(body: bytes, url: str = "https://www.acme.example/", total: str = "") -> Page:
    return Page(
        url=url,
        requested_url=url,
        status=200,
        headers=(("content-type", "text/html"), ("X-WP-Total", total)),
        body=body,
        fetched_at=NOW,
        record="f#1",
    )


def facts(name: str) -> PageFacts:
    url, html = PAGES[name]
    return analyse(answer(html.encode(), url), Request(url=url, why="start"), rules())


@pytest.mark.parametrize("name", sorted(sources()))
def test_a_reader_asks_the_documented_address_of_its_software(name: str) -> None:
    asked = dict(asked_of(facts(name)))
    assert asked[name].startswith(EXPECTED[name][0])


@pytest.mark.parametrize("name", sorted(sources()))
def test_a_reader_reads_its_answer(name: str) -> None:
    found = sources()[name].read(answer((FOLDER / f"{name}.json").read_bytes(), total="17"))
    assert found is not None
    assert {each.kind: each.value for each in found.figures} == EXPECTED[name][1]
    assert found.vendor.startswith(sources()[name].vendor)
    assert all(each.evidence.record == "f#1" for each in found.figures)


@pytest.mark.parametrize("name", sorted(sources()))
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>Log in</html>",
        b"[]",
        b'{"error": "no"}',
        b'{"query": [], "about": 3, "count": "many", "totalSize": null, "total": "x"}',
        b"[" * 100_000,
    ],
)
def test_another_answer_is_none(name: str, body: bytes) -> None:
    assert sources()[name].read(answer(body)) is None


def test_new_pages_of_a_wiki_have_their_addresses() -> None:
    found = sources()["mediawiki"].read(answer((FOLDER / "mediawiki.json").read_bytes()))
    assert found is not None
    urls = [item.url for item in found.items]
    assert urls == ["https://wiki.acme.example/wiki/Vane_pump_(old)"]


def test_a_page_of_no_known_software_is_asked_nothing() -> None:
    plain = replace(facts("discourse"), signals=())
    assert asked_of(plain) == []


def test_every_reader_has_an_answer_of_its_own_here() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.json")) == sorted(sources())
    assert sorted(EXPECTED) == sorted(sources())
