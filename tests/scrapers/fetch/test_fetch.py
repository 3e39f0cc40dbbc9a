"""The fetch step against servers that misbehave, and against its own archive."""

import asyncio
import gzip
import itertools
import socket
import ssl
import time
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from audit.model.exchange import Failure, Fetched, Key, Kind, Page, Request, RobotsState
from audit.model.value import Reason
from scrapers.fetch.archive import Archive, read_record
from scrapers.fetch.headers import form_of
from scrapers.fetch.http import Fetcher
from scrapers.fetch.lanes import Time
from scrapers.fetch.policy import Policy, user_agent
from scrapers.fetch.replay import Replayer
from scrapers.fetch.trust import tls_context
from scrapers.session import Session
from tests.hostile import Route, page, serving, status
from tests.places import TESTS

FILE = "archive/run/acme.1.warc.gz"


async def _let_others_run(_seconds: float) -> None:
    await asyncio.sleep(0)


NO_WAIT = Time(sleep=_let_others_run)
"""Pauses take no time."""


def policy(**changes: object) -> Policy:
    base: dict[str, object] = {
        "timeout_seconds": 2.0,
        "delay_seconds": 0.0,
        "user_agent": user_agent("9.9", "https://example.com/about"),
        "private_hosts": frozenset({"127.0.0.1"}),
    }
    return Policy(**{**base, **changes})  # type: ignore[arg-type]


async def get(
    folder: Path,
    *urls: str,
    rules: Policy | None = None,
    earlier: Mapping[str, Fetched] | None = None,
    kind: Kind = Kind.PAGE,
    file: str = FILE,
    **options: object,
) -> list[Page | Failure]:
    given: dict[str, object] = {"environment": {}, "time": NO_WAIT, **options}
    async with Fetcher(rules or policy(), **given) as fetcher:  # type: ignore[arg-type]
        with Archive(folder, file) as archive:
            session = fetcher.session(archive, earlier or {})
            return [await session.fetch(Request(url=url, kind=kind)) for url in urls]


def reason(found: Page | Failure) -> str:
    return found.reason.value if isinstance(found, Failure) else "ok"


async def outcome(folder: Path, routes: Mapping[str, Route | list[Route]], path: str = "/") -> str:
    with serving(routes) as site:
        return reason((await get(folder, site.url + path))[0])


async def test_a_page_comes_with_body_headers_time_and_record(tmp_path: Path) -> None:
    with serving({"/": page("<h1>Hello</h1>")}) as site:
        (answer,) = await get(tmp_path, site.url + "/")
    assert isinstance(answer, Page)
    assert answer.body == b"<h1>Hello</h1>"
    assert answer.header("Content-Type") == "text/html; charset=utf-8"
    kept = read_record(tmp_path, answer.record)
    assert kept is not None
    assert kept.body == answer.body


async def test_robots_txt_comes_first_and_the_agent_names_the_tool(tmp_path: Path) -> None:
    with serving({"/": page("x")}) as site:
        await get(tmp_path, site.url + "/", site.url + "/b")
    assert site.paths == ["/robots.txt", "/", "/b"]
    assert all(b"social-audit/9.9 (+https://example.com/about)" in each for each in site.requests)


async def test_a_disallowed_page_is_never_asked_for(tmp_path: Path) -> None:
    rules = page("User-agent: *\nDisallow: /private/\n", "text/plain")
    with serving({"/robots.txt": rules, "/private/x": page("secret")}) as site:
        (answer,) = await get(tmp_path, site.url + "/private/x")
    assert reason(answer) == "robots"
    assert site.paths == ["/robots.txt"]


@pytest.mark.parametrize("code", [500, 503, 429])
async def test_where_robots_txt_cannot_be_read_nothing_is_fetched(
    tmp_path: Path, code: int
) -> None:
    with serving({"/robots.txt": status(code), "/": page("x")}) as site:
        (answer,) = await get(tmp_path, site.url + "/")
    assert reason(answer) == "robots-unreachable"
    assert "/" not in site.paths


@pytest.mark.parametrize("code", [401, 403, 404, 410])
async def test_a_missing_robots_txt_allows_all(tmp_path: Path, code: int) -> None:
    assert await outcome(tmp_path, {"/robots.txt": status(code), "/": page("x")}) == "ok"


async def test_a_gzip_bomb_stops_at_the_cap(tmp_path: Path) -> None:
    bomb = gzip.compress(b"a" * 60_000_000)
    with serving({"/": page(bomb, extra="Content-Encoding: gzip\r\n")}) as site:
        (answer,) = await get(tmp_path, site.url + "/")
    assert isinstance(answer, Page)
    assert answer.truncated
    assert len(answer.body) == 5 * 1024 * 1024


async def test_an_endless_body_is_cut_at_the_cap(tmp_path: Path) -> None:
    def endless(connection: socket.socket, _head: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
        for _ in range(2_000):
            connection.sendall(b"<p>" * 10_000)

    with serving({"/": endless}) as site:
        (answer,) = await get(tmp_path, site.url + "/", rules=policy(timeout_seconds=10.0))
    assert isinstance(answer, Page)
    assert answer.truncated


async def test_one_byte_at_a_time_meets_the_total_deadline(tmp_path: Path) -> None:
    def drip(connection: socket.socket, _head: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        for _ in range(40):
            connection.sendall(b"x")
            time.sleep(0.1)

    with serving({"/": drip}) as site:
        began = time.monotonic()
        (answer,) = await get(tmp_path, site.url + "/", rules=policy(timeout_seconds=0.4))
    assert reason(answer) == "timeout"
    assert time.monotonic() - began < 8


async def test_too_many_headers_are_refused(tmp_path: Path) -> None:
    many = "".join(f"X-{number}: y\r\n" for number in range(150))
    assert await outcome(tmp_path, {"/": page("x", extra=many)}) == "too-large"


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "nonsense"])
async def test_an_encoding_that_was_not_asked_for_is_bad_content(
    tmp_path: Path, encoding: str
) -> None:
    answer = page(b"abc", extra=f"Content-Encoding: {encoding}\r\n")
    assert await outcome(tmp_path, {"/": answer}) == "bad-content"


@pytest.mark.parametrize("encoding", ["UTF-8", "none", "identity, iso-8859-1", "8bit"])
async def test_an_encoding_that_packs_nothing_is_passed_over(tmp_path: Path, encoding: str) -> None:
    answer = page("<p>Größe</p>".encode(), extra=f"Content-Encoding: {encoding}\r\n")
    with serving({"/": answer}) as site:
        (got,) = await get(tmp_path, site.url + "/")
    assert isinstance(got, Page)
    assert got.body == "<p>Größe</p>".encode()


async def test_raw_deflate_is_read(tmp_path: Path) -> None:
    engine = zlib.compressobj(wbits=-15)
    body = engine.compress(b"<p>hi</p>") + engine.flush()
    with serving({"/": page(body, extra="Content-Encoding: deflate\r\n")}) as site:
        (answer,) = await get(tmp_path, site.url + "/")
    assert isinstance(answer, Page)
    assert answer.body == b"<p>hi</p>"


async def test_a_redirect_is_followed_and_the_final_address_kept(tmp_path: Path) -> None:
    routes = {"/": status(301, "Location: /new#part\r\n"), "/new": page("here")}
    with serving(routes) as site:
        (answer,) = await get(tmp_path, site.url + "/")
    assert isinstance(answer, Page)
    assert answer.url == site.url + "/new"
    assert answer.requested_url == site.url + "/"


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("/", "redirect-loop"),
        ("file:///etc/passwd", "unsupported-scheme"),
        ("javascript:alert(1)", "unsupported-scheme"),
        ("http://169.254.169.254/latest/meta-data/", "blocked-address"),
        ("http://user:word@127.0.0.1/", "bad-content"),
    ],
)
async def test_a_redirect_that_leads_nowhere_good_is_not_followed(
    tmp_path: Path, location: str, expected: str
) -> None:
    routes = {"/": status(302, f"Location: {location}\r\n")}
    assert await outcome(tmp_path, routes) == expected


async def test_eleven_redirects_are_too_many(tmp_path: Path) -> None:
    routes = {f"/{n}": status(302, f"Location: /{n + 1}\r\n") for n in range(20)}
    assert await outcome(tmp_path, routes, "/0") == "too-many-redirects"


async def test_a_redirect_into_a_disallowed_path_stops(tmp_path: Path) -> None:
    routes = {
        "/robots.txt": page("User-agent: *\nDisallow: /no\n", "text/plain"),
        "/": status(302, "Location: /no\r\n"),
        "/no": page("x"),
    }
    with serving(routes) as site:
        (answer,) = await get(tmp_path, site.url + "/")
    assert reason(answer) == "robots"
    assert "/no" not in site.paths


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "169.254.169.254",
        "::1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "fe80::1",
    ],
)
async def test_a_name_that_resolves_inside_is_refused_at_connect_time(
    tmp_path: Path, address: str
) -> None:
    async def inside(_host: str, _port: int) -> Iterable[str]:
        return ["93.184.216.34", address]

    rules = policy(private_hosts=frozenset())
    (answer,) = await get(tmp_path, "http://rebind.example/", rules=rules, resolver=inside)
    assert reason(answer) == "blocked-address"


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "2130706433", "127.1", "0x7f.1", "[::1]", "[::ffff:7f00:1]"]
)
async def test_loopback_is_refused_however_it_is_written(tmp_path: Path, host: str) -> None:
    with serving({"/": page("x")}) as site:
        port = site.url.rpartition(":")[2]
        rules = policy(private_hosts=frozenset())
        (answer,) = await get(tmp_path, f"http://{host}:{port}/", rules=rules)
    assert reason(answer) == "blocked-address"
    assert site.requests == []


async def test_metadata_addresses_stay_refused_with_private_hosts_allowed(tmp_path: Path) -> None:
    (answer,) = await get(tmp_path, "http://169.254.169.254/")
    assert reason(answer) == "blocked-address"


async def test_a_closed_port_is_a_connection_failure(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    (answer,) = await get(tmp_path, f"http://127.0.0.1:{port}/")
    assert reason(answer) == "connection"


async def test_503_is_tried_again_and_then_read(tmp_path: Path) -> None:
    routes: dict[str, Route | list[Route]] = {"/": [status(503), status(503), page("back")]}
    assert await outcome(tmp_path, routes) == "ok"


async def test_404_is_not_tried_again(tmp_path: Path) -> None:
    with serving({"/": status(404)}) as site:
        (answer,) = await get(tmp_path, site.url + "/")
    assert reason(answer) == "http-404"
    assert site.paths.count("/") == 1


async def test_a_short_retry_after_is_obeyed(tmp_path: Path) -> None:
    waits: list[float] = []

    async def note(seconds: float) -> None:
        waits.append(seconds)
        await asyncio.sleep(0)

    routes: dict[str, Route | list[Route]] = {"/": [status(503, "Retry-After: 7\r\n"), page("x")]}
    with serving(routes) as site:
        await get(tmp_path, site.url + "/", time=Time(sleep=note))
    assert any(7.0 <= wait < 8.0 for wait in waits)


async def test_a_long_retry_after_stops_the_host_for_the_run(tmp_path: Path) -> None:
    with serving({"/": status(503, "Retry-After: 3600\r\n"), "/b": page("x")}) as site:
        answers = await get(tmp_path, site.url + "/", site.url + "/b")
    assert [reason(each) for each in answers] == ["rate-limited", "rate-limited"]
    assert "/b" not in site.paths


@pytest.mark.parametrize("code", [200, 403, 503])
async def test_a_bot_wall_is_reported_and_never_content(tmp_path: Path, code: int) -> None:
    body = b"<title>Just a moment...</title><script src='/cdn-cgi/challenge-platform/h/b'></script>"
    answer = status(code, "Content-Type: text/html\r\n", body)
    assert await outcome(tmp_path, {"/": answer}) == "captcha"


async def test_a_picture_is_no_page(tmp_path: Path) -> None:
    assert await outcome(tmp_path, {"/": page(b"\x89PNG", "image/png")}) == "bad-content"


async def test_requests_to_one_host_are_one_at_a_time_with_the_delay_between(
    tmp_path: Path,
) -> None:
    spans = []

    def slow(connection: socket.socket, _head: bytes) -> None:
        asked = time.monotonic()
        time.sleep(0.03)
        spans.append((asked, time.monotonic()))
        connection.sendall(page("x"))

    with serving({f"/{n}": slow for n in range(4)}) as site:
        rules = policy(delay_seconds=0.2)
        async with Fetcher(rules, environment={}) as fetcher:
            with Archive(tmp_path, FILE) as archive:
                session = fetcher.session(archive, {})
                requests = [Request(url=f"{site.url}/{n}") for n in range(4)]
                await asyncio.gather(*(session.fetch(each) for each in requests))
    gaps = [after[0] - before[1] for before, after in itertools.pairwise(spans)]
    assert len(gaps) == 3
    assert site.most_open == 1
    assert min(gaps) >= 0.2


async def test_a_longer_crawl_delay_wins(tmp_path: Path) -> None:
    waits: list[float] = []

    async def note(seconds: float) -> None:
        waits.append(seconds)

    moments = iter(range(10_000))
    rules = page("User-agent: *\nCrawl-delay: 4\n", "text/plain")
    with serving({"/robots.txt": rules, "/": page("x"), "/b": page("x")}) as site:
        await get(
            tmp_path,
            site.url + "/",
            site.url + "/b",
            time=Time(clock=lambda: float(next(moments)), sleep=note),
        )
    assert max(waits, default=0.0) > 1.0


async def test_an_unchanged_page_is_read_from_the_archive(tmp_path: Path) -> None:
    tagged = page("<p>same</p>", extra='ETag: "v1"\r\n')

    def conditional(connection: socket.socket, head: bytes) -> None:
        connection.sendall(
            status(304, body=b"")
            if b'If-None-Match: "v1"' in head or b'if-none-match: "v1"' in head.lower()
            else tagged
        )

    with serving({"/": conditional}) as site:
        url = site.url + "/"
        (first,) = await get(tmp_path, url)
        assert isinstance(first, Page)
        earlier = {
            url: Fetched(
                url=url,
                why="",
                outcome="ok",
                fetched_at=first.fetched_at,
                record=first.record,
                etag='"v1"',
                form=form_of(Request(url=url)),
            )
        }
        (second,) = await get(tmp_path, url, earlier=earlier, file="archive/next/acme.1.warc.gz")
    assert isinstance(second, Page)
    assert second.unchanged
    assert second.body == first.body
    again = (
        await Replayer(tmp_path)
        .open(["archive/next/acme.1.warc.gz"])
        .session.fetch(Request(url=url))
    )
    assert again == second


async def test_a_replay_gives_the_same_values_as_the_network(tmp_path: Path) -> None:
    routes = {
        "/robots.txt": page("User-agent: *\nDisallow: /no\n", "text/plain"),
        "/": status(301, "Location: /home\r\n"),
        "/home": page(gzip.compress(b"<p>packed</p>"), extra="Content-Encoding: gzip\r\n"),
        "/gone": status(410),
    }
    with serving(routes) as site:
        urls = [site.url + path for path in ("/", "/gone", "/no", "/missing")]
        live = await get(tmp_path, *urls)
    session: Session = Replayer(tmp_path).open([FILE]).session
    assert [await session.fetch(Request(url=url)) for url in urls] == live
    assert session.verdicts()[0].state is RobotsState.RULES
    assert [each.outcome for each in session.fetched()] == ["ok", "http-410", "robots", "http-404"]


async def test_an_address_outside_the_archive_is_not_checked(tmp_path: Path) -> None:
    with serving({"/": page("x")}) as site:
        await get(tmp_path, site.url + "/")
    answer = await Replayer(tmp_path).open([FILE]).session.fetch(Request(url=site.url + "/other"))
    assert isinstance(answer, Failure)
    assert answer.reason is Reason.NOT_CHECKED


async def test_keys_and_cookies_are_not_archived(tmp_path: Path) -> None:
    key = Key(variables=("ACME_KEY",), host="api.acme.example", adds="all")
    environment = {"ACME_KEY": "TOPSECRET"}
    with serving({"/?api_key=TOPSECRET": page("x", extra="Set-Cookie: id=TOPSECRET\r\n")}) as site:
        url = site.url + "/?api_key=TOPSECRET"
        await get(tmp_path, url, environment=environment, keys=[key])
    raw = gzip.decompress((tmp_path / FILE).read_bytes())
    assert b"id=TOPSECRET" not in raw
    assert b"Set-Cookie: id=redacted\r\n" in raw  # its name tells the software, live and replayed
    assert b"api_key=TOPSECRET" not in raw


async def test_a_run_builds_one_tls_context_at_most(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contexts: list[ssl.SSLContext] = []
    original = ssl.SSLContext.__new__

    def counting(kind: type[ssl.SSLContext], *args: Any, **options: Any) -> ssl.SSLContext:
        contexts.append(original(kind, *args, **options))
        return contexts[-1]

    monkeypatch.setattr(ssl.SSLContext, "__new__", counting)
    with serving({"/": page("x")}) as site:
        await get(tmp_path, site.url + "/", site.url + "/b")
    assert len(contexts) <= 1
    assert tls_context({}) is tls_context({})


async def test_the_time_for_one_company_ends(tmp_path: Path) -> None:
    with serving({"/": page("x")}) as site:
        (answer,) = await get(tmp_path, site.url + "/", rules=policy(site_seconds=-1.0))
    assert isinstance(answer, Failure)
    assert "budget" in answer.detail or answer.reason is Reason.BUDGET


TLS = TESTS / "tls"


async def test_a_certificate_that_nobody_vouches_for_is_a_tls_failure(tmp_path: Path) -> None:
    with serving({"/": page("x")}, TLS / "localhost.pem") as site:
        (answer,) = await get(tmp_path, site.url + "/")
    assert reason(answer) == "tls"
    assert site.requests == []


async def test_a_certificate_of_ssl_cert_file_is_trusted(tmp_path: Path) -> None:
    trusted = {"SSL_CERT_FILE": str(TLS / "authority.pem")}
    with serving({"/": page("x")}, TLS / "localhost.pem") as site:
        (answer,) = await get(tmp_path, site.url + "/", environment=trusted)
    assert reason(answer) == "ok"


async def test_a_proxy_of_the_environment_is_used_and_no_proxy_spared(tmp_path: Path) -> None:
    with (
        serving({"http://acme.invalid/": page("from the proxy")}) as proxy,
        serving({"/": page("direct")}) as site,
    ):
        environment = {"HTTP_PROXY": proxy.url, "NO_PROXY": "127.0.0.1"}
        answers = await get(
            tmp_path, "http://acme.invalid/", site.url + "/", environment=environment
        )
    assert [each.body for each in answers if isinstance(each, Page)] == [
        b"from the proxy",
        b"direct",
    ]
