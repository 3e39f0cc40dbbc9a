"""Pages that are nothing but a way on to another page."""

from dataclasses import replace

import pytest

from scrapers.parse.forwards import read_forwards, sent_on_unread
from scrapers.parse.html import read_html
from tests.scrapers.parse.pages import document, page

SITE = "https://www.acme.example"
HOME = f"{SITE}/"
WORDS = f"<main><h1>Pumpen</h1><p>{'Wir bauen Pumpen und Ventile. ' * 20}</p></main>"
SHELL = '<div id="app"></div><script src="/app.js"></script>'


def ways(html: str) -> list[str]:
    return [url.removeprefix(SITE) for url in read_forwards(document(html, HOME)).urls]


@pytest.mark.parametrize(
    "content",
    [
        "0;url=/start/",
        "0; URL='/start/'",
        '5 ; Url = "/start/" ',
        "0.5,url=https://www.acme.example/start/",
        "3;/start/",
        "0;URL=start/",
    ],
)
@pytest.mark.parametrize("around", ["", WORDS, "<p>Sie werden weitergeleitet</p>"])
def test_a_refresh_sends_on(content: str, around: str) -> None:
    escaped = content.replace('"', "&quot;")
    assert ways(f'<meta HTTP-EQUIV="Refresh" content="{escaped}">{around}') == ["/start/"]


def test_a_refresh_may_stand_in_a_header() -> None:
    answer = page("<p>Einen Moment</p>", url=HOME)
    answer = replace(answer, headers=(*answer.headers, ("Refresh", "0; url=/de/")))
    assert read_forwards(read_html(answer)).urls == (f"{SITE}/de/",)


@pytest.mark.parametrize(
    "html",
    [
        f'<meta http-equiv="refresh" content="300">{WORDS}',
        f'<meta http-equiv="refresh" content="300;url=/">{WORDS}',
        f'<meta http-equiv="refresh" content="60;url=/next">{WORDS}',
        f'<meta http-equiv="refresh" content="0;url=/">{WORDS}',
        f'<noscript><meta http-equiv="refresh" content="0;url=/nojs"></noscript>{WORDS}',
        f'<noscript><meta http-equiv="refresh" content="0;url=/nojs"></noscript>{SHELL}',
        '<meta http-equiv="refresh" content="url=/next">',
        '<meta http-equiv="refresh" content="0;url=javascript:history.back()">',
        '<meta name="refresh" content="0;url=/next"><p>x</p>',
    ],
)
def test_a_page_that_is_read_sends_nowhere(html: str) -> None:
    assert ways(html) == []


def test_a_page_for_browsers_without_scripts_counts_where_there_is_nothing_else() -> None:
    html = '<noscript><meta http-equiv="refresh" content="0;url=/inhalt"></noscript>'
    assert ways(html) == ["/inhalt"]


@pytest.mark.parametrize(
    "script",
    [
        'window.location.href = "/start/";',
        "location='/start/'",
        "document.location.replace('/start/')",
        'top.location.assign( "\\/start\\/" );',
        "setTimeout(function(){ location.href = '/start/'; }, 100)",
        "setTimeout(\"location.href='/start/'\", 100)",
        "window.location = '/start/' + window.location.search;",
        "<!--\nself.location.href = '/start/'\n//-->",
        "if (navigator.language == 'de') { location = '/de/' } else { location = '/start/' }",
    ],
)
def test_a_script_sends_on_where_the_page_is_nothing_else(script: str) -> None:
    html = f"<script>{script}</script><body><a href='/start/'>Weiter</a></body>"
    assert ways(html) == ["/start/"]
    assert ways(f"<script>{script}</script>{WORDS}") == []
    assert ways(f"<script>{script}</script>{SHELL}") == []


def test_the_order_may_stand_on_the_body() -> None:
    assert ways("<body onload=\"location.href='/start/'\"></body>") == ["/start/"]


@pytest.mark.parametrize(
    "script",
    ["location.href = base + '/start/'", "location = '/a/' + page", "location.replace(atob('Lw'))"],
)
def test_where_a_script_computes_the_address_the_page_is_unread(script: str) -> None:
    read = document(f"<script>{script}</script><p>Un instant…</p>", HOME)
    assert read_forwards(read).urls == ()
    assert sent_on_unread(read) is not None


@pytest.mark.parametrize(
    "script", ["if (location == 'x') start()", "var location = 'Berlin'", "start(location.href)"]
)
def test_a_script_that_only_asks_where_it_is_sends_nowhere(script: str) -> None:
    read = document(f"<script>{script}</script><p>Hallo</p>", HOME)
    assert read_forwards(read).urls == ()
    assert sent_on_unread(read) is None


@pytest.mark.parametrize(
    ("frames", "expected"),
    [
        ('<frameset rows="100%,*"><frame src="/start/"></frameset>', ["/start/"]),
        (
            '<frameset cols="20%,80%"><frame src="/menu"><frame src="/inhalt"></frameset>',
            ["/inhalt", "/menu"],
        ),
        (
            '<frameset rows="90,*"><frame src="/top"><frameset cols="180,*"><frame src="/menu">'
            '<frame src="/inhalt"></frameset></frameset>',
            ["/inhalt", "/menu", "/top"],
        ),
        (
            '<frameset><frame src="/a"><noframes><a href="/b">b</a></noframes></frameset>',
            ["/a"],
        ),
        ('<frameset><frame src="about:blank"><frame></frameset>', []),
    ],
)
def test_a_set_of_frames_sends_to_the_largest_first(frames: str, expected: list[str]) -> None:
    assert ways(f"<html><head><title>Acme</title></head>{frames}</html>") == expected


@pytest.mark.parametrize(
    ("frame", "expected"),
    [
        ('<iframe src="/start/" width="100%" height="100%"></iframe>', ["/start/"]),
        ('<iframe src="/start/" style="border:0; width: 100vw"></iframe>', ["/start/"]),
        ('<iframe src="/map" width="300"></iframe>', []),
        ('<noscript><iframe src="/count" width="100%"></iframe></noscript>', []),
    ],
)
def test_a_frame_that_fills_an_empty_page_is_the_page(frame: str, expected: list[str]) -> None:
    assert ways(f"<body>{frame}</body>") == expected
    assert ways(f"<body>{WORDS}{frame}</body>") == []
