"""No cookies: none kept, none sent, between companies, hosts or pages."""

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from audit.model.exchange import Failure, Kind, Page, Request
from audit.model.value import Reason
from scrapers.fetch.archive import Archive
from scrapers.fetch.cookies import NoCookies, asks_for_cookies
from scrapers.fetch.http import Fetcher
from scrapers.fetch.wire import Answer
from tests.hostile import Route, Site, page, serving, status
from tests.pace import yards
from tests.scrapers.fetch.test_fetch import FILE, NO_WAIT, get, policy, reason
from tests.scrapers.fetch.test_keys import ENVIRONMENT, data, key

SET = "Set-Cookie: id=WATCHED; Path=/\r\nSet-Cookie: wide=WATCHED; Domain=127.0.0.1; Path=/\r\n"


def cookies_sent(site: Site) -> int:
    """How many requests carried a Cookie header."""
    return sum(b"\r\ncookie:" in head.lower() for head in site.requests)


async def test_no_request_ever_carries_a_cookie(tmp_path: Path) -> None:
    """Set by robots.txt, a page, a redirect, a refusal or a 304, on one port or another."""
    routes: dict[str, Route | list[Route]] = {
        "/robots.txt": status(404, SET),
        "/": page("x", extra=SET),
        "/moved": status(302, f"Location: /\r\n{SET}"),
        "/no": status(403, SET),
        "/same": status(304, SET, b""),
        "/busy": [status(503, SET), page("x")],
    }
    with serving(routes) as site, serving(routes) as other:
        paths = ("/", "/moved", "/no", "/same", "/busy", "/again")
        async with Fetcher(policy(), environment={}, time=NO_WAIT) as fetcher:
            for number in range(2):
                with Archive(tmp_path, f"archive/run/{number}.warc.gz") as archive:
                    session = fetcher.session(archive, {})
                    for path in paths:
                        await session.fetch(Request(url=site.url + path))
                        await session.fetch(Request(url=other.url + path))
    assert len(site.requests) > 2 * len(paths)
    assert cookies_sent(site) == cookies_sent(other) == 0


async def test_a_token_address_sets_no_cookie_either(tmp_path: Path) -> None:
    token = page(json.dumps({"access_token": "tok-123456"}), "application/json", SET)
    with serving({"/token": token, "/a": page("{}", "application/json")}) as site:
        using = key(
            site.url,
            variables=("ACME_ID", "ACME_SECRET"),
            headers=("Authorization: Bearer {token}",),
            grant=f"{site.url}/token",
        )
        async with Fetcher(policy(), environment=ENVIRONMENT, time=NO_WAIT) as fetcher:
            with Archive(tmp_path, FILE) as archive:
                session = fetcher.session(archive, {})
                assert isinstance(await session.fetch(data(f"{site.url}/a", using)), Page)
    assert cookies_sent(site) == 0


def test_the_jar_takes_nothing() -> None:
    jar = NoCookies()
    client = httpx.Client(cookies=jar)
    client.cookies.set("id", "WATCHED", domain="acme.example")
    assert list(jar) == []
    asked = httpx.Request("GET", "https://acme.example/")
    answer = httpx.Response(200, headers={"Set-Cookie": "id=WATCHED"}, request=asked)
    client.cookies.extract_cookies(answer)
    assert list(jar) == []
    assert "cookie" not in client.build_request("GET", "https://acme.example/").headers
    client.close()


async def test_cookies_are_blotted_out_in_the_archive(tmp_path: Path) -> None:
    with serving({"/robots.txt": status(404, SET), "/": page("x", extra=SET)}) as site:
        await get(tmp_path, site.url + "/")
    assert b"WATCHED" not in gzip.decompress((tmp_path / FILE).read_bytes())


@pytest.mark.parametrize(
    "routes",
    [
        {"/": status(302, f"Location: /\r\n{SET}")},
        {
            "/": status(302, f"Location: /check\r\n{SET}"),
            "/check": status(302, "Location: /\r\n"),
        },
    ],
    ids=["to itself", "by another page"],
)
async def test_a_site_that_waits_for_its_cookie_is_unknown_and_says_so(
    tmp_path: Path, routes: dict[str, Route | list[Route]]
) -> None:
    with serving(routes) as site:
        (answer,) = await get(tmp_path, site.url + "/")
    assert isinstance(answer, Failure)
    assert answer.reason is Reason.REDIRECT_LOOP
    assert "sets a cookie" in answer.detail
    assert "keeps no cookies" in answer.detail


async def test_ever_new_addresses_for_a_cookie_say_so_too(tmp_path: Path) -> None:
    routes: dict[str, Route | list[Route]] = {
        f"/{n}": status(302, f"Location: /{n + 1}\r\n{SET}") for n in range(20)
    }
    with serving(routes) as site:
        (answer,) = await get(tmp_path, site.url + "/0")
    assert isinstance(answer, Failure)
    assert answer.reason is Reason.TOO_MANY_REDIRECTS
    assert "sets a cookie" in answer.detail


async def test_a_circle_without_cookies_does_not_speak_of_them(tmp_path: Path) -> None:
    with serving({"/": status(302, "Location: /\r\n")}) as site:
        (answer,) = await get(tmp_path, site.url + "/")
    assert isinstance(answer, Failure)
    assert "cookie" not in answer.detail


@pytest.mark.parametrize(
    "plea",
    [
        "Please enable cookies to continue.",
        "Cookies must be enabled in your browser",
        "Bitte aktivieren Sie Cookies",
        "Veuillez activer les cookies",
        "Active las cookies en su navegador",
        "Cookies are required to view this site",
    ],
)
async def test_a_page_that_only_asks_for_cookies_is_no_page(tmp_path: Path, plea: str) -> None:
    body = f"<title>One moment</title><p>{plea}</p><a href='/help'>Help</a>"
    with serving({"/": page(body, extra=SET), "/x": page(body)}) as site:
        answer, without = await get(tmp_path, site.url + "/", site.url + "/x")
        (feed,) = await get(tmp_path, site.url + "/", kind=Kind.FEED, file="a/b.warc.gz")
    assert isinstance(answer, Failure)
    assert answer.reason is Reason.BAD_CONTENT
    assert "keeps no cookies" in answer.detail
    assert reason(without) == "ok", "it sets none, so it waits for none"
    assert reason(feed) == "ok"


async def test_a_page_with_a_cookie_banner_is_a_page(tmp_path: Path) -> None:
    banner = "<div>We use cookies. <button>Accept all cookies</button></div>"
    links = "".join(f"<a href='/{n}'>Page {n}</a>" for n in range(5))
    small = page(f"<h1>Acme</h1>{banner}", extra=SET)
    full = page(f"<h1>Acme</h1>{links}<p>Some features require cookies.</p>", extra=SET)
    with serving({"/": small, "/x": full}) as site:
        answers = await get(tmp_path, site.url + "/", site.url + "/x")
    assert [reason(each) for each in answers] == ["ok", "ok"]


@pytest.mark.parametrize("body", [b"turn" * 2_000, b"turn " * 1_600, b"cookie turn " * 680])
def test_looking_for_a_plea_for_cookies_takes_time_that_grows_with_the_page(body: bytes) -> None:
    """It is done in the thread that everybody waits for."""
    headers = (("set-cookie", "a=b"),)
    at = datetime(2026, 11, 24, tzinfo=UTC)
    answer = Answer(url="https://acme.example/", status=200, headers=headers, wire=b"", at=at)
    assert yards(lambda: asks_for_cookies(answer, body)) < 1
