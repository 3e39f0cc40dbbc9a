"""Each reader of a public interface on an answer of its own, and on answers that are none."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from audit.model.exchange import Page, Request
from audit.model.facts import PageFacts
from audit.model.kinds import ActivityKind
from audit.model.value import Dated, DateSource
from scrapers.page.analyse import analyse
from scrapers.sources.source import Source, asked_of, sources
from tests.analysed import rules
from tests.shared import SHARED, needs_shared

FOLDER = Path(__file__).parent
NOW = datetime(2026, 11, 24, tzinfo=UTC)

Expected = tuple[str, dict[ActivityKind, float | datetime]]
EXPECTED: dict[str, Expected] = {
    "askbot": (
        "https://ask.acme.example/board/api/v1/questions/?sort=age-desc",
        {
            ActivityKind.THREADS: 412,
            ActivityKind.LAST_POST: datetime(2026, 11, 21, 9, tzinfo=UTC),
        },
    ),
    "askbot-info": (
        "https://ask.acme.example/board/api/v1/info/",
        {ActivityKind.THREADS: 412, ActivityKind.REPLIES: 690, ActivityKind.MEMBERS: 230},
    ),
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
    "dokuwiki": (
        "https://wissen.acme.example/feed.php?onlynewpages=1",
        {},
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
    "discourse-topics": (
        "https://talk.acme.example/latest.json?order=created",
        {ActivityKind.LAST_POST: datetime(2026, 11, 22, 10, tzinfo=UTC)},
    ),
    "flarum": (
        "https://forum.acme.example/api/discussions?sort=-createdAt&page%5Blimit%5D=50",
        {ActivityKind.LAST_POST: datetime(2026, 11, 20, 18, tzinfo=UTC)},
    ),
    "flarum-whole": (
        "https://forum.acme.example/api/discussions?sort=-createdAt&page%5Blimit%5D=50",
        {
            ActivityKind.THREADS: 2,
            ActivityKind.LAST_POST: datetime(2026, 11, 20, 18, tzinfo=UTC),
        },
    ),
    "nodebb": (
        "https://nodes.acme.example/api/recent",
        {
            ActivityKind.THREADS: 318,
            ActivityKind.LAST_POST: datetime(2026, 11, 22, 6, tzinfo=UTC),
        },
    ),
    "nodebb-categories": (
        "https://nodes.acme.example/api/categories",
        {ActivityKind.THREADS: 318, ActivityKind.POSTS: 1230, ActivityKind.CATEGORIES: 2},
    ),
    "vanilla": (
        "https://community.acme.example/api/v2/discussions?limit=100&sort=-dateInserted",
        {ActivityKind.LAST_POST: datetime(2026, 11, 16, 9, tzinfo=UTC)},
    ),
    "khoros": ("https://answers.acme.example/api/2.0/search?q=SELECT%20id%2C%20subject", {}),
    "phpbb": ("https://www.acme.example/board/feed.php?mode=topics", {}),
    "xenforo": (
        "https://www.acme.example/circle/forums/-/index.rss",
        {ActivityKind.LAST_POST: datetime(2026, 11, 22, 11, tzinfo=UTC)},
    ),
    "invision": (
        "https://clubs.acme.example/discover/all.xml/",
        {ActivityKind.LAST_POST: datetime(2026, 11, 20, 9, tzinfo=UTC)},
    ),
    "vbulletin": ("https://forums.acme.example/external.php?type=RSS2", {}),
}
THREADS = {
    "askbot": [
        ("https://ask.acme.example/board/question/88/why-does-it-hum/", "Why does it hum?", 20, 9),
        ("https://ask.acme.example/board/question/87/welche-dichtung/", "Welche Dichtung?", 12, 8),
    ],
    "discourse-topics": [
        ("https://talk.acme.example/t/pump-day-register-now/92", "Pump day: register now", 19, 8),
        ("https://talk.acme.example/t/seal-leaks-whines/94", "Seal leaks & whines", 20, 9),
        ("https://talk.acme.example/t/-/93", "渦巻きポンプの選び方", 19, 19),
        ("https://talk.acme.example/t/which-oil/90", "Which oil?", 2, 7),
    ],
    "flarum": [
        ("https://forum.acme.example/d/41-noise-at-start", "Noise at start", 18, 10),
        ("https://forum.acme.example/d/40-old-address", "Old address", 11, 10),
    ],
    "nodebb": [
        ("https://nodes.acme.example/topic/61/dry-run", "Dry run & damage", 21, 6),
        ("https://nodes.acme.example/topic/59/new-impeller", "New impeller", 17, 6),
    ],
    "vanilla": [
        ("https://community.acme.example/discussion/88/flange-gasket", "Flange & gasket", 15, 8),
        ("https://community.acme.example/discussion/87", "No address", 10, 8),
    ],
    "khoros": [
        (
            "https://answers.acme.example/t5/Valves/Valve-won-t-close/td-p/503",
            "Valve won't close",
            20,
            9,
        ),
        (
            "https://answers.acme.example/t5/Ideas/Add-a-quiet-mode/idi-p/501",
            "Add a quiet mode",
            12,
            9,
        ),
    ],
    "phpbb": [
        ("https://www.acme.example/board/viewtopic.php?t=310", "Noise • again", 21, 9),
        ("https://www.acme.example/board/viewtopic.php?f=2&t=309", "Which oil?", 12, 9),
    ],
    "xenforo": [],
    "invision": [],
    "vbulletin": [
        ("https://forums.acme.example/showthread.php?t=901", "Self-priming?", 18, 7),
        ("https://forums.acme.example/showthread.php?900-Coupling", "Coupling", 16, 7),
    ],
}
"""Threads with the day and hour of November 2026 at which they began."""

PAGES = {
    "askbot": (
        "https://ask.acme.example/board/questions/",
        "<script src='/m/default/media/js/compressed/main.js'></script>"
        "<script>askbot.urls = {};</script><a href='/board/question/88/why-does-it-hum/'>Why</a>",
    ),
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
    "dokuwiki": (
        "https://wissen.acme.example/doku.php?id=start",
        "<head><meta name='generator' content='DokuWiki'><link rel='alternate' "
        "type='application/rss+xml' href='/feed.php'><link rel='alternate' "
        "type='application/rss+xml' href='/feed.php?mode=list&amp;ns='></head>",
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
    "flarum": ("https://forum.acme.example/", "<div id='flarum-loading'></div>"),
    "nodebb": (
        "https://nodes.acme.example/topic/61/dry-run",
        "<script src='/assets/nodebb.min.js'></script>",
    ),
    "vanilla": (
        "https://community.acme.example/discussions",
        "<ul><li class='ItemDiscussion'><a href='/discussion/88/flange-gasket'>Flange</a></li></ul>",
    ),
    "khoros": (
        "https://answers.acme.example/t5/Valves/bd-p/valves",
        "<body class='lia-page'></body>",
    ),
    "phpbb": (
        "https://www.acme.example/board/",
        "<body><a href='https://www.phpbb.example/viewforum.php?f=1'>Help</a>"
        "<div class='forabg'><a href='./viewforum.php?f=2'>Gear pumps</a></div></body>",
    ),
    "xenforo": (
        "https://www.acme.example/circle/",
        "<html id='XF' data-xf='2.3'><body><a href='/circle/forums/pumps.2/'>Pumps</a></body></html>",
    ),
    "invision": ("https://clubs.acme.example/", "<ol class='ipsList'></ol>"),
    "vbulletin": (
        "https://forums.acme.example/forumdisplay.php?f=4",
        "<head><meta name='generator' content='vBulletin 3.8.11'></head>",
    ),
}


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


def given(case: str) -> Page:
    """The answer of a file, from the address that is asked for it."""
    path = next(FOLDER.glob(f"{case}.*"))
    return answer(path.read_bytes(), EXPECTED[case][0], total="17")


def reader(case: str) -> Source:
    return sources()[case.partition("-")[0]]


@pytest.mark.parametrize("case", sorted({*EXPECTED} - {"flarum-whole"}))
def test_a_reader_asks_the_documented_address_of_its_software(case: str) -> None:
    name = case.partition("-")[0]
    asked = [address for asker, address in asked_of(facts(name)) if asker == name]
    assert any(address.startswith(EXPECTED[case][0]) for address in asked)


@pytest.mark.parametrize("case", sorted(EXPECTED))
def test_a_reader_reads_its_answer(case: str) -> None:
    source = reader(case).read(given(case))
    assert source is not None
    assert {figure.kind: figure.value for figure in source.figures} == EXPECTED[case][1]
    assert source.vendor.startswith(reader(case).vendor)
    assert all(figure.evidence.record == "f#1" for figure in source.figures)


@pytest.mark.parametrize("case", sorted(THREADS))
def test_a_reader_lists_the_threads_of_the_time_that_it_covers(case: str) -> None:
    source = reader(case).read(given(case))
    assert source is not None
    assert source.feature == "forum"
    listed = [
        (item.url, item.title, item.published.at.day, item.published.at.hour)
        for item in source.items
        if item.published is not None
    ]
    assert listed == THREADS[case]


@pytest.mark.parametrize("case", sorted(THREADS))
def test_nobodys_name_or_text_is_kept_of_a_thread(case: str) -> None:
    source = reader(case).read(given(case))
    assert source is not None
    assert not any(item.summary for item in source.items)
    assert not re.search(r"\b(?:ann|ben)\b", repr(source))


def test_a_whole_list_counts_its_threads_and_keeps_the_pinned_ones() -> None:
    source = reader("flarum-whole").read(given("flarum-whole"))
    assert source is not None
    assert [item.title for item in source.items] == ["Noise", "House rules"]


def test_further_pages_of_topics_do_not_count_them() -> None:
    page = given("discourse-topics")
    last = page.body.replace(b"more_topics_url", b"less_topics_url")
    for url, counted in ((page.url, True), (f"{page.url}&page=2", False)):
        source = reader("discourse").read(replace(page, body=last, url=url))
        assert source is not None
        assert any(figure.kind is ActivityKind.THREADS for figure in source.figures) is counted


def test_an_empty_list_of_topics_is_no_count_of_zero() -> None:
    page = answer(b'{"topic_list": {"topics": []}}', "https://talk.acme.example/latest.json")
    source = reader("discourse").read(page)
    assert source is not None
    assert not source.figures
    assert not source.items


def test_a_list_of_discussions_is_whole_where_its_header_names_no_next_page() -> None:
    page = given("vanilla")
    link = '<https://community.acme.example/api/v2/discussions?page=1>; rel="first"'
    source = reader("vanilla").read(replace(page, headers=(("Link", link),)))
    assert source is not None
    assert len(source.items) == 3
    assert ActivityKind.THREADS in {figure.kind for figure in source.figures}


@pytest.mark.parametrize(
    ("name", "url", "html", "asked"),
    [
        (
            "discourse",
            "https://www.acme.example/talk/t/which-oil/90",
            "<meta name='generator' content='Discourse 3.5'>",
            "https://www.acme.example/talk/about.json",
        ),
        (
            "xenforo",
            "https://www.acme.example/index.php?threads/priming.77/",
            "<html id='XF' data-xf='2.3'></html>",
            "https://www.acme.example/index.php?forums/-/index.rss",
        ),
        (
            "invision",
            "https://www.acme.example/index.php?/topic/18-cavitation/",
            "<ol class='ipsList'></ol>",
            "https://www.acme.example/index.php?/discover/all.xml/",
        ),
        (
            "xenforo",
            "https://www.acme.example/login?back=/threads/priming.77/",
            "<html id='XF' data-xf='2.3'></html>",
            "https://www.acme.example/forums/-/index.rss",
        ),
    ],
)
def test_a_forum_is_asked_where_it_is_installed(name: str, url: str, html: str, asked: str) -> None:
    page = analyse(answer(html.encode(), url), Request(url=url, why="start"), rules())
    assert (name, asked) in asked_of(page)


def test_a_board_of_which_only_the_software_is_known_is_not_asked() -> None:
    url = "https://www.acme.example/"
    page = analyse(
        answer(b"<div class='forabg'></div>", url), Request(url=url, why="start"), rules()
    )
    assert asked_of(page) == []


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
        b'[1, null, {"discussionID": 1}, {"discussionID": true, "name": 3, "url": []}]',
        b'{"data": [{"type": "discussions", "id": {}, "attributes": 4}], "links": 2}',
        b'{"topics": [{"tid": [], "slug": 3}], "categories": [{"totalTopicCount": "x"}]}',
        b'{"status": "success", "data": {"items": [{"id": 1, "conversation": "forum"}, 7]}}',
        b'{"topic_list": {"topics": {"id": 1}}}',
        b"<rss version='2.0'><channel><title>News</title><item><title>A</title>"
        b"<link>https://www.acme.example/news/a</link></item></channel></rss>",
    ],
)
def test_another_answer_is_none(name: str, body: bytes) -> None:
    assert sources()[name].read(answer(body)) is None


@pytest.mark.parametrize("count", ["10000000000000", "-1", "true", "2.5", '"many"'])
def test_a_number_that_no_software_counts_to_is_no_figure(count: str) -> None:
    body = f'{{"totalSize": {count}, "results": []}}'.encode()
    source = sources()["confluence"].read(answer(body, "https://acme.example/wiki/rest/api/search"))
    assert source is None or source.figures == ()


@pytest.mark.parametrize("time", ["0001-01-01T00:00:00Z", "9999-12-31T00:00:00Z", "soon", ""])
def test_a_thread_of_no_possible_time_is_not_listed(time: str) -> None:
    body = f'''[{{"discussionID": 1, "name": "Old", "dateInserted": "{time}"}},
    {{"discussionID": 2, "name": "New", "dateInserted": "2026-11-20T08:00:00Z"}}]'''.encode()
    source = sources()["vanilla"].read(answer(body))
    assert source is not None
    assert [item.title for item in source.items] == ["New"]


def test_new_pages_of_a_wiki_have_their_addresses() -> None:
    source = sources()["mediawiki"].read(answer((FOLDER / "mediawiki.json").read_bytes()))
    assert source is not None
    urls = [item.url for item in source.items]
    assert urls == ["https://wiki.acme.example/wiki/Vane_pump_(old)"]


def test_new_pages_of_a_wiki_are_read_from_its_feed_by_name_and_time() -> None:
    source = reader("dokuwiki").read(given("dokuwiki"))
    assert source is not None
    assert [(item.url, item.title, item.published) for item in source.items] == [
        (
            "https://wissen.acme.example/doku.php?id=pflege:dichtung",
            "pflege:dichtung",
            Dated(at=datetime(2026, 11, 3, 7, tzinfo=UTC), source=DateSource.FEED),
        ),
        (
            "https://wissen.acme.example/doku.php?id=pflege:oel",
            "pflege:öl",
            Dated(at=datetime(2026, 10, 8, 15, 30, tzinfo=UTC), source=DateSource.FEED),
        ),
    ]


def test_a_page_of_no_known_software_is_asked_nothing() -> None:
    plain = replace(facts("discourse"), signals=())
    assert asked_of(plain) == []


def test_every_reader_has_an_answer_of_its_own_here() -> None:
    saved = [path.stem for path in FOLDER.iterdir() if path.suffix in (".json", ".xml")]
    assert sorted(saved) == sorted(EXPECTED)
    assert {case.partition("-")[0] for case in EXPECTED} == {*sources()} == {*PAGES}


RECORDED = SHARED / "fixtures" / "platforms" / "discourse"
TOPICS = {
    "latest": (2, 3),
    "docs_latest_topics_response": (3, 3),
    "hot": (3, 3),
    "top": (2, 3),
    "category_latest_topics": (2, 2),
}
"""Recorded lists of topics: how many are kept, how many are listed."""


@needs_shared
@pytest.mark.parametrize("path", sorted(RECORDED.glob("*.json")), ids=lambda path: path.stem)
def test_recorded_answers_of_discourse_are_lists_of_topics_or_none(path: Path) -> None:
    page = answer(path.read_bytes(), "https://talk.acme.example/latest.json?order=created")
    source = sources()["discourse"].read(page)
    if path.stem not in TOPICS:
        assert source is None
        return
    assert source is not None
    kept, listed = TOPICS[path.stem]
    assert len(source.items) == kept
    assert f"{listed} threads" in source.evidence.excerpt


@needs_shared
def test_a_recorded_pinned_topic_does_not_stretch_the_list() -> None:
    body = (RECORDED / "latest.json").read_bytes()
    source = sources()["discourse"].read(answer(body, "https://talk.acme.example/latest.json"))
    assert source is not None
    assert [item.title for item in source.items] == ["Test topic #2", "Test topic #3"]
    newest = max(item.published.at for item in source.items if item.published is not None)
    assert newest == datetime(2013, 11, 6, 18, 57, 47, 984_000, tzinfo=UTC)
