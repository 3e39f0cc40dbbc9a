"""Pages drawn by a browser, over loopback: what it may ask for, what it brings out, how it ends."""

import asyncio
import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from audit.browser import VARIABLE, find_browser
from audit.model.catalogue import FeatureRule
from audit.model.company import BrowserMode, Company, Competitors, Settings
from audit.model.exchange import Failure, Page, Request
from audit.model.result import Window
from audit.model.site import Certainty, State
from audit.model.value import Reason
from audit.model.visit import Visit
from audit.plan import plan
from config.catalogue import load_catalogue
from scrapers.fetch.archive import Archive
from scrapers.fetch.http import Fetcher
from scrapers.fetch.policy import Policy, user_agent
from scrapers.page.rules import Rules
from scrapers.workers.readers import Here
from tests.analysed import rules as packaged_rules
from tests.fake_session import visited as visited_over
from tests.hostile import Route, Site, page, serving

FILE = "archive/run/acme.1.warc.gz"
WINDOW = Window(as_of=datetime(2026, 11, 24, tzinfo=UTC), lookback_days=365, timezone="UTC")
needs_browser = pytest.mark.skipif(
    find_browser(os.environ) is None, reason="no browser is installed (make browser)"
)
SHELL = "<!doctype html><html lang='en'><body><div id='app'></div><script src='/app.js'></script>"
DRAWING = """
const posts = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map(n => `<article class="post">
  <h2><a href="/news/post-${n}">A post about pumps ${n}</a></h2>
  <time datetime="2026-${String(n % 9 + 1).padStart(2, '0')}-05">5</time></article>`).join('');
document.getElementById('app').innerHTML = posts +
  '<footer><a href="https://www.youtube.com/@acmepumps">YouTube</a></footer>';
"""


def policy(**changes: object) -> Policy:
    base: dict[str, object] = {
        "timeout_seconds": 5.0,
        "delay_seconds": 0.0,
        "user_agent": user_agent("9.9", "https://example.com/about"),
        "private_hosts": frozenset({"127.0.0.1"}),
    }
    return Policy(**{**base, **changes})  # type: ignore[arg-type]


async def nowhere(host: str, _port: int) -> Iterable[str]:
    """Names do not resolve here; nothing leaves this machine."""
    raise OSError(host)


async def visited(
    folder: Path,
    routes: Mapping[str, Route | list[Route]],
    *,
    mode: BrowserMode = BrowserMode.AUTO,
    environment: Mapping[str, str] = os.environ,
    rules: Rules | None = None,
    **changes: object,
) -> tuple[Visit, Site]:
    clean = {name: value for name, value in environment.items() if "PROXY" not in name.upper()}
    with serving(routes) as site:
        company = Company(name="Acme Pumps", website=f"{site.url}/")
        settings = Settings(browser=mode, profiles=False)
        (each,) = plan(
            Competitors(path=Path("c.yaml"), companies=(company,), settings=settings)
        ).companies
        async with Fetcher(policy(**changes), environment=clean, resolver=nowhere) as fetcher:
            with Archive(folder, FILE) as archive:
                session = fetcher.session(archive, {})
                known = rules or packaged_rules()
                concluded = await visited_over(session, each, Here(known))
    return concluded, site


def states(concluded: Visit) -> dict[str, Certainty]:
    known = (feature for feature in concluded.features if feature.state is State.KNOWN)
    return {feature.feature: feature.certainty for feature in known}


@needs_browser
async def test_an_empty_shell_is_read_as_it_is_drawn(tmp_path: Path) -> None:
    routes = {"/": page(SHELL), "/app.js": page(DRAWING, "text/javascript")}
    concluded, _ = await visited(tmp_path, routes)
    assert [each.platform for each in concluded.channels] == ["youtube"]
    (section,) = concluded.sections
    assert len(section.posts) == 12
    assert not [note for note in concluded.notes if note.reason is Reason.BROWSER]


@needs_browser
async def test_every_request_of_a_page_is_under_our_rules(tmp_path: Path) -> None:
    script = """
    fetch('/private/data.json'); fetch('/api.json', {method: 'POST', body: 'x'}); fetch('/ok.json');
    fetch('http://169.254.169.254/latest/meta-data/').catch(() => 0);
    new WebSocket(location.href.replace('http', 'ws') + 'socket');
    document.body.insertAdjacentHTML('beforeend', '<img src="/a.png"><video src="/v.mp4"></video>');
    navigator.sendBeacon('/beacon', 'x'); window.open('/popup');
    """
    routes = {
        "/robots.txt": page("User-agent: *\nDisallow: /private/\n", "text/plain"),
        "/": page(SHELL),
        "/app.js": page(script, "text/javascript"),
        "/ok.json": page("{}", "application/json"),
    }
    _, site = await visited(tmp_path, routes)
    assert "/ok.json" in site.paths
    asked_of_others = {"/private/data.json", "/api.json", "/a.png", "/v.mp4", "/beacon", "/popup"}
    assert not asked_of_others & set(site.paths)
    assert not [path for path in site.paths if path.startswith("/socket")]
    assert site.most_open == 1
    assert site.paths[0] == "/robots.txt"
    agents = {
        line for head in site.requests for line in head.split(b"\r\n") if b"User-Agent" in line
    }
    assert agents == {b"User-Agent: " + policy().user_agent.encode()}


def with_chat() -> Rules:
    catalogue = load_catalogue()
    empty: dict[str, tuple[str, ...]] = dict.fromkeys(
        ("script", "frame", "link", "form", "path", "css", "meta", "inline", "cookie"), ()
    )
    base = catalogue.features[0]
    rule = FeatureRule(
        id="chat.pumptalk",
        feature="chat",
        vendor="PumpTalk",
        strength=base.strength,
        direction=base.direction,
        rests_on=base.rests_on,
        because="",
        header=(),
        **{**empty, "script": ("chat.pumptalk.test",), "css": (".pumptalk-bubble",)},
    )
    return Rules(replace(catalogue, features=(*catalogue.features, rule)))


TAGGED = (
    "<!doctype html><html><body><nav><a href='/about'>About us</a></nav><p>We make pumps.</p>"
    "<script>(function(){/* gtm.js */window.dataLayer=[{'gtm.start':1}]})();</script>"
    "<script src='/tags.js'></script></body></html>"
)


@needs_browser
async def test_what_a_tag_manager_brings_in_is_found_by_its_request(tmp_path: Path) -> None:
    tags = (
        "const s = document.createElement('script'); s.src = 'https://chat.pumptalk.test/w.js';"
        "document.body.append(s);"
    )
    routes = {"/": page(TAGGED), "/tags.js": page(tags, "text/javascript")}
    concluded, _ = await visited(tmp_path, routes, rules=with_chat())
    (chat,) = [each for each in concluded.features if each.feature == "chat"]
    assert (chat.vendor, chat.certainty) == ("PumpTalk", Certainty.TAG)
    assert "requested: https://chat.pumptalk.test/w.js" in chat.evidence[0].excerpt


@needs_browser
async def test_what_is_drawn_is_visible_and_what_is_hidden_is_not(tmp_path: Path) -> None:
    for style, expected in (("", Certainty.VISIBLE), ("display:none", Certainty.TAG)):
        tags = (
            f"document.body.insertAdjacentHTML('beforeend', "
            f'\'<div style="{style}"><div class="pumptalk-bubble">Chat with us</div></div>\');'
        )
        routes = {"/": page(TAGGED), "/tags.js": page(tags, "text/javascript")}
        concluded, _ = await visited(tmp_path / (style or "shown"), routes, rules=with_chat())
        assert states(concluded)["chat"] is expected


async def test_what_waits_for_consent_is_possible_and_no_more(tmp_path: Path) -> None:
    gated = (
        "<script type='text/plain' data-consent='x' src='https://chat.pumptalk.test/w.js'></script>"
    )
    concluded, _ = await visited(
        tmp_path, {"/": page(f"<p>x</p>{gated}")}, rules=with_chat(), mode=BrowserMode.NEVER
    )
    assert states(concluded)["chat"] is Certainty.POSSIBLE


@needs_browser
async def test_an_endless_script_costs_its_page_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scrapers.fetch.browser.BROWSER_SECONDS", 4.0)
    routes = {"/": page(SHELL), "/app.js": page("for (;;) {}", "text/javascript")}
    began = time.monotonic()
    concluded, _ = await visited(tmp_path, routes)
    assert time.monotonic() - began < 30
    (note,) = [note for note in concluded.notes if note.reason is Reason.BROWSER]
    assert "not drawn within 4 s" in note.detail
    assert note.incomplete


@needs_browser
async def test_a_browser_that_dies_is_started_again(tmp_path: Path) -> None:
    clean = {name: value for name, value in os.environ.items() if "PROXY" not in name.upper()}
    with serving({"/": page(SHELL), "/app.js": page(DRAWING, "text/javascript")}) as site:
        async with Fetcher(policy(), environment=clean, resolver=nowhere) as fetcher:
            with Archive(tmp_path, FILE) as archive:
                session = fetcher.session(archive, {})
                first = await session.fetch(Request(url=f"{site.url}/"))
                assert isinstance(first, Page)
                assert isinstance(await session.draw(first), Page)
                (running,) = (seat.running for seat in fetcher._browser._seats if seat.running)
                await running.browser.close()
                again = await session.draw(first)
    assert isinstance(again, Page)
    assert b"A post about pumps 12" in again.body


async def test_without_a_browser_the_reason_says_so(tmp_path: Path) -> None:
    environment = {**os.environ, VARIABLE: "/nowhere/chromium"}
    concluded, _ = await visited(tmp_path, {"/": page(SHELL)}, environment=environment)
    (note,) = [note for note in concluded.notes if note.reason is Reason.BROWSER]
    assert "no browser was found" in note.detail
    assert "Chromium" in note.help
    assert note.incomplete
    assert {each.state for each in concluded.features} == {State.UNKNOWN}


async def test_never_means_never(tmp_path: Path) -> None:
    concluded, site = await visited(tmp_path, {"/": page(SHELL)}, mode=BrowserMode.NEVER)
    assert "/app.js" not in site.paths
    (note,) = [note for note in concluded.notes if note.reason is Reason.BROWSER]
    assert "settings.browser is never" in note.detail


async def test_a_chat_that_a_tag_manager_may_add_is_unknown_without_a_browser(
    tmp_path: Path,
) -> None:
    environment = {**os.environ, VARIABLE: "/nowhere/chromium"}
    concluded, _ = await visited(tmp_path, {"/": page(TAGGED)}, environment=environment)
    (chat,) = [each for each in concluded.features if each.feature == "chat"]
    assert (chat.state, chat.reason) == (State.UNKNOWN, Reason.BROWSER)


def test_the_own_variable_comes_before_the_usual_names(tmp_path: Path) -> None:
    own, usual = tmp_path / "own", tmp_path / "chromium"
    for program in (own, usual):
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
    home = {"PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "none"), "PATH": str(tmp_path)}
    assert find_browser({**home, VARIABLE: str(own)}) == own
    assert find_browser(home) == usual
    assert find_browser({**home, VARIABLE: str(tmp_path / "gone")}) is None
    assert find_browser({**home, "PATH": ""}) is None


def test_playwrights_own_download_comes_before_the_path(tmp_path: Path) -> None:
    own = tmp_path / "home" / "chromium-1200" / "chrome-linux" / "chrome"
    own.parent.mkdir(parents=True)
    own.write_text("")
    browser = find_browser({"PLAYWRIGHT_BROWSERS_PATH": str(tmp_path / "home"), "PATH": ""})
    assert browser == own


async def test_a_failure_is_a_value(tmp_path: Path) -> None:
    environment = {**os.environ, VARIABLE: "/nowhere/chromium"}
    with serving({"/": page(SHELL)}) as site:
        async with Fetcher(policy(), environment=environment, resolver=nowhere) as fetcher:
            with Archive(tmp_path, FILE) as archive:
                session = fetcher.session(archive, {})
                first = await session.fetch(Request(url=f"{site.url}/"))
                assert isinstance(first, Page)
                drawn = await asyncio.wait_for(session.draw(first), 10)
    assert isinstance(drawn, Failure)
    assert drawn.reason is Reason.BROWSER


@needs_browser
async def test_a_page_that_asks_for_thousands_of_parts_gets_some(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scrapers.fetch.drawing.MAX_PARTS", 20)
    script = "for (let n = 0; n < 2000; n += 1) fetch('/part-' + n).catch(() => 0);"
    routes = {"/": page(SHELL), "/app.js": page(script, "text/javascript")}
    _, site = await visited(tmp_path, routes)
    assert 0 < sum(path.startswith("/part-") for path in site.paths) < 20


@needs_browser
async def test_a_page_of_endless_depth_is_drawn_all_the_same(tmp_path: Path) -> None:
    script = (
        """
    let node = document.getElementById('app');
    for (let n = 0; n < 5000; n += 1) { node = node.appendChild(document.createElement('div')); }
    """
        + DRAWING
    )
    routes = {"/": page(SHELL), "/app.js": page(script, "text/javascript")}
    concluded, _ = await visited(tmp_path, routes)
    assert [each.platform for each in concluded.channels] == ["youtube"]
