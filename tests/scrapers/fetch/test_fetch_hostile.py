"""`Session.fetch` gives a page or a failure, whatever a server sends and whatever an address is."""

import asyncio
import gzip
import json
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import httpcore
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit.model.exchange import Failure, Fetched, Key, Kind, Page, Request
from audit.model.value import Reason
from scrapers.fetch.archive import Archive
from scrapers.fetch.counted import CountedStream, TooMuchSentError
from scrapers.fetch.http import Fetcher
from scrapers.fetch.lanes import lane_of
from scrapers.fetch.redirects import sound, unusable
from scrapers.fetch.replay import Replayer
from scrapers.fetch.retries import retry_after
from scrapers.fetch.wire import Answer
from tests.hostile import OK, Site, page, serving, status
from tests.scrapers.fetch.test_fetch import FILE, NO_WAIT, TLS, get, policy, reason

KEY = Key(variables=("ACME_KEY",), host="api.acme.example", adds="all")
"""A key that a run has and none of these requests needs."""

OFTEN = settings(
    max_examples=100, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True
)
SURROGATE = "\ud800"


async def nowhere(_host: str, _port: int) -> list[str]:
    raise OSError("no such name")


def storable(found: Page | Failure, kept: tuple[Fetched, ...]) -> bool:
    """Tell whether what came can be written into a history and a workbook."""
    words = [found.url, *(each.url + each.etag + each.last_modified for each in kept)]
    words += [found.detail] if isinstance(found, Failure) else []
    json.dumps(words, ensure_ascii=False).encode("utf-8")
    return all(word.isprintable() or word == "" for word in words if "\n" in word or "\x1b" in word)


async def fetched(url: str, folder: Path, **asked: object) -> Page | Failure:
    async with Fetcher(
        policy(timeout_seconds=5.0), environment={}, time=NO_WAIT, resolver=nowhere
    ) as fetcher:
        with Archive(folder, FILE) as archive:
            session = fetcher.session(archive, {})
            answer = await session.fetch(Request(url=url, **asked))  # type: ignore[arg-type]
            assert storable(answer, session.fetched())
    if not (folder / FILE).exists():
        return answer
    again = await Replayer(folder).open([FILE]).session.fetch(Request(url=url, **asked))  # type: ignore[arg-type]
    assert type(again) is type(answer)
    assert reason(again) == reason(answer) or reason(again) == "not-checked"
    return answer


ADDRESSES = st.one_of(
    st.text(max_size=60),
    st.builds("http://{}".format, st.text(max_size=40)),
    st.builds("https://{}/{}".format, st.text(min_size=1, max_size=12), st.text(max_size=30)),
    st.builds("http://a.example:{}/".format, st.integers(-1, 70_000)),
    st.builds("http://a.example/{}".format, st.text(st.characters(categories=["Cs", "Cc"]))),
)


@OFTEN
@given(url=ADDRESSES)
def test_any_text_as_an_address_is_a_failure_and_no_fault(url: str) -> None:
    with TemporaryDirectory() as folder:
        answer = asyncio.run(fetched(url, Path(folder)))
    assert isinstance(answer, Failure)


@pytest.mark.parametrize(
    ("url", "word"),
    [
        ("http://xn--a/", "dns"),
        ("http://☃.example/", "dns"),
        ("http://[", "bad-content"),
        ("http://[::1", "bad-content"),
        ("http://a.example:65536/", "bad-content"),
        ("http://a.example:0/", "dns"),
        ("http://a.example:x/", "bad-content"),
        (f"http://a.example/{SURROGATE}", "dns"),
        (f"http://{SURROGATE}/", "bad-content"),
        ("http://a.example/\r\nX: y", "dns"),
        ("http://a\x00.example/", "bad-content"),
        ("http://" + "a" * 70 + ".example/", "dns"),
        ("http:///", "bad-content"),
        ("http://", "bad-content"),
        ("http://a.example\\b@c.example/", "bad-content"),
        ("http://a.example\\b/", "bad-content"),
        ("", "unsupported-scheme"),
        ("ftp://a.example/", "unsupported-scheme"),
    ],
)
@pytest.mark.parametrize("asked", [{}, {"platform": "acme"}], ids=["website", "platform"])
async def test_an_odd_address_has_a_reason(
    tmp_path: Path, url: str, word: str, asked: dict[str, object]
) -> None:
    assert reason(await fetched(url, tmp_path, **asked)) == word


@pytest.mark.parametrize("url", ["http://[", "http://a:x/", "http://a:99999/", "\ud800", "http://"])
def test_what_is_no_address_has_no_lane_and_is_not_asked_for(url: str) -> None:
    assert lane_of(url) == ""
    assert unusable(sound(url)) is not None


@pytest.mark.parametrize(
    "location",
    [
        b"http://xn--a/",
        b"http://[",
        b"http://a:99999/",
        b"http://\xff\xfe/",
        b"\xe2\x98\x83",
        b"//",
        b"http:",
        b"http://" + b"a" * 3_000,
        b"http://%00/",
        b"\\\\[",
        b"https://\xed\xa0\x80/",
    ],
)
async def test_a_redirect_to_an_odd_address_has_a_reason(tmp_path: Path, location: bytes) -> None:
    lead = b"HTTP/1.1 302 X\r\nLocation: " + location + b"\r\nContent-Length: 0\r\n\r\n"
    with serving({"/": lead}) as site:
        answer = await fetched(site.url + "/", tmp_path)
    assert isinstance(answer, Failure)
    assert answer.reason in {
        Reason.BAD_CONTENT,
        Reason.DNS,
        Reason.UNSUPPORTED_SCHEME,
        Reason.REDIRECT_LOOP,
        Reason.HTTP_404,
    }


async def test_a_redirect_in_utf_8_leads_where_browsers_go(tmp_path: Path) -> None:
    lead = "HTTP/1.1 302 X\r\nLocation: /über\r\nContent-Length: 0\r\n\r\n".encode()
    with serving({"/": lead, "/%C3%BCber": page("x")}) as site:
        assert reason(await fetched(site.url + "/", tmp_path)) == "ok"


HEADS = {
    "http/0.9": b"<html>hello</html>",
    "garbage": b"\x00\xff\xfe" * 100,
    "status 99": b"HTTP/1.1 099 X\r\n\r\n",
    "status 100": b"HTTP/1.1 100 X\r\n\r\n",
    "status 101": b"HTTP/1.1 101 X\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nx",
    "status 600": b"HTTP/1.1 600 X\r\nContent-Length: 1\r\n\r\nx",
    "status 999": b"HTTP/1.1 999 X\r\nContent-Length: 1\r\n\r\nx",
    "status 1000": b"HTTP/1.1 1000 X\r\n\r\nx",
    "status -1": b"HTTP/1.1 -1 X\r\n\r\nx",
    "status 204 with a body": b"HTTP/1.1 204 X\r\nContent-Length: 5\r\n\r\nhello",
    "status 304 unasked": b"HTTP/1.1 304 X\r\n\r\n",
    "two lengths": OK + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nxy",
    "negative length": OK + b"Content-Length: -1\r\n\r\nx",
    "huge length": OK + b"Content-Length: " + b"9" * 400 + b"\r\n\r\nx",
    "length in letters": OK + b"Content-Length: \xb2\r\n\r\nx",
    "length and chunks": OK + b"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\nx",
    "odd coding": OK + b"Transfer-Encoding: gzip, chunked\r\n\r\nx",
    "bad chunk size": OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n",
    "endless chunk size": OK + b"Transfer-Encoding: chunked\r\n\r\n" + b"f" * 200 + b"\r\n",
    "negative chunk": OK + b"Transfer-Encoding: chunked\r\n\r\n-1\r\n",
    "name with a space": OK + b"A b: c\r\n\r\nx",
    "no name": OK + b": c\r\n\r\nx",
    "name beyond latin": OK + b"\xc3\xa9: c\r\n\r\nx",
    "value beyond latin": OK + b"X: \xff\xfe\x80\x85\xa0\r\nContent-Length: 1\r\n\r\nx",
    "value with a null": OK + b"X: a\x00b\r\n\r\nx",
    "bare line feeds": b"HTTP/1.1 200 OK\nContent-Length: 1\n\nx",
    "continued lines": OK + b"X: a\r\n b\r\n\tc\r\nContent-Length: 1\r\n\r\nx",
    "coding of junk": OK + b"Content-Encoding: \xff,\x01,gzip\r\nContent-Length: 1\r\n\r\nx",
    "type of junk": OK + b"Content-Type: \xff\xfe; charset=\x85\r\nContent-Length: 1\r\n\r\nx",
    "cookie of junk": OK + b"Set-Cookie: \xff=\x80; expires=\xb2\r\nContent-Length: 1\r\n\r\nx",
    "link of junk": OK + b"Link: <http://[>; rel=\xff\r\nContent-Length: 1\r\n\r\nx",
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize("path", ["/", "/robots.txt"])
async def test_an_odd_answer_is_a_page_or_a_failure(tmp_path: Path, head: bytes, path: str) -> None:
    with serving({path: head}) as site:
        assert isinstance(await fetched(site.url + "/", tmp_path), Page | Failure)


PIECES = st.sampled_from(
    [
        *HEADS.values(),
        b"HTTP/1.1 200 OK\r\n",
        b"HTTP/1.1 103 Early\r\n\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"Content-Encoding: gzip\r\n",
        b"Location: ",
        b"ETag: ",
        b"Retry-After: ",
        b"\r\n",
        b"\r\n\r\n",
        b"5\r\nhello\r\n",
        b"0\r\n",
        gzip.compress(b"hello"),
    ]
)
ANSWERS = st.builds(
    b"".join, st.lists(st.one_of(PIECES, st.binary(max_size=40)), min_size=1, max_size=8)
)


@contextmanager
def switchboard() -> Iterator[tuple[Site, list[bytes]]]:
    """A server that answers every page with what lies in the list."""
    waiting: list[bytes] = [b""]

    def answer(connection: socket.socket, _head: bytes) -> None:
        with suppress(OSError):
            connection.sendall(waiting[0])

    with serving({"/": answer, "/robots.txt": status(404)}) as site:
        yield site, waiting


def test_any_bytes_as_an_answer_are_a_page_or_a_failure() -> None:
    with switchboard() as (site, waiting):

        @OFTEN
        @given(answer=ANSWERS)
        def attempt(answer: bytes) -> None:
            waiting[0] = answer
            with TemporaryDirectory() as folder:
                outcome = asyncio.run(fetched(site.url + "/", Path(folder)))
            assert isinstance(outcome, Page | Failure)

        attempt()


@OFTEN
@given(
    value=st.one_of(st.text(st.characters(max_codepoint=255), max_size=60), st.from_regex(r"\d+")),
)
def test_any_retry_after_is_a_number_of_seconds(value: str) -> None:
    at = datetime(2026, 11, 24, tzinfo=UTC)
    headers = (("retry-after", value),)
    answer = Answer(url="http://a/", status=503, headers=headers, wire=b"", at=at)
    assert retry_after(answer) >= 0.0


@pytest.mark.parametrize(
    "value",
    [
        "²",
        "9" * 400,
        "-1",
        "1e9",
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "Fri, 31 Dec 9999 23:59:59 -9999",
        "Fri, 31 Dec 99999999999999999999 23:59:59 GMT",
        "Mon, 01 Jan 0001 00:00:00 +2359",
        "Mon, 32 Foo 2026 99:99:99 +999999999999",
        "0, 0 0 0 0:0:0 ",
        ",",
    ],
)
async def test_an_odd_retry_after_stops_no_run(tmp_path: Path, value: str) -> None:
    head = b"HTTP/1.1 503 X\r\nRetry-After: " + value.encode("latin-1") + b"\r\n"
    with serving({"/": head + b"Content-Length: 0\r\nConnection: close\r\n\r\n"}) as site:
        answer = await fetched(site.url + "/", tmp_path)
    assert reason(answer) in ("http-503", "rate-limited")


@pytest.mark.parametrize("name", ["ETag", "Last-Modified"])
@pytest.mark.parametrize(
    "value", [b'"caf\xc3\xa9"', b'"\xff"', b'"a\x01b"', b'"a\x7fb"', b'"' + b"x" * 20_000 + b'"']
)
async def test_a_validator_that_cannot_be_sent_is_none(
    tmp_path: Path, name: str, value: bytes
) -> None:
    """Not kept, not sent, and not from an old history either."""
    head = OK + name.encode() + b": " + value + b"\r\nContent-Length: 1\r\n\r\nx"
    with serving({"/": head}) as site:
        url = site.url + "/"
        async with Fetcher(policy(), environment={}, time=NO_WAIT) as fetcher:
            with Archive(tmp_path, FILE) as archive:
                session = fetcher.session(archive, {})
                assert reason(await session.fetch(Request(url=url))) == "ok"
                (kept,) = session.fetched()
        assert (kept.etag, kept.last_modified) == ("", "")
        text = value.decode("latin-1")
        old = Fetched(
            url=url,
            why="",
            outcome="ok",
            fetched_at=kept.fetched_at,
            record=kept.record,
            etag=text if name == "ETag" else "",
            last_modified=text if name == "Last-Modified" else "",
        )
        file = "archive/next/acme.1.warc.gz"
        (again,) = await get(tmp_path, url, earlier={url: old}, file=file)
    assert reason(again) == "ok"
    assert not any(b"if-none" in each.lower() for each in site.requests)
    assert not any(b"if-modified" in each.lower() for each in site.requests)


def endless(begin: bytes, again: bytes, most: int) -> tuple[Callable[..., None], list[int]]:
    """A route that says `again` and again up to `most` bytes, and how much was taken of it."""
    sent = [0]

    def route(connection: socket.socket, _head: bytes) -> None:
        connection.sendall(begin)
        block = again * max(1, 20_000 // len(again))
        while sent[0] < most:
            connection.sendall(block)
            sent[0] += len(block)

    return route, sent


CHUNKED = OK + b"Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
FLOODS = {
    "chunk extensions": (CHUNKED, b"1;" + b"x" * 9_000 + b"\r\na\r\n"),
    "interim answers": (b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"),
    "headers": (OK, b"X-A: b\r\n"),
    "a header": (OK + b"X-A: ", b"b"),
    "trailers": (CHUNKED + b"1\r\na\r\n0\r\n", b"X-A: b\r\n"),
    "a chunk size": (CHUNKED, b"0"),
    "a status line": (b"HTTP/1.1 200 ", b"O"),
}


@pytest.mark.parametrize("flood", FLOODS.values(), ids=FLOODS)
@pytest.mark.parametrize("path", ["/", "/robots.txt"])
async def test_bytes_around_an_answer_are_bytes(
    tmp_path: Path, flood: tuple[bytes, bytes], path: str
) -> None:
    most = 200 * 1024 * 1024
    route, sent = endless(*flood, most)
    with serving({path: route}) as site:
        rules = policy(timeout_seconds=60.0)
        (answer,) = await get(tmp_path, site.url + "/", rules=rules)
    assert reason(answer) in ("too-large", "robots-unreachable") or (
        isinstance(answer, Page) and answer.truncated
    )
    socket_buffers = 12 * 1024 * 1024
    assert sent[0] < 7 * 1024 * 1024 + socket_buffers


class Tap(httpcore.AsyncNetworkStream):
    """A connection on which something always comes."""

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        del timeout
        return b"x" * max_bytes

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        del buffer, timeout


async def test_what_one_answer_left_over_is_not_the_next_ones() -> None:
    stream = CountedStream(Tap())
    stream.allow(5_000_000)
    await stream.read(1_000)
    await stream.write(b"GET / HTTP/1.1")
    await stream.read(100_000)
    with pytest.raises(TooMuchSentError):
        await stream.read(1)


async def test_garbage_inside_tls_is_a_failure(tmp_path: Path) -> None:
    def garbled(connection: socket.socket, _head: bytes) -> None:
        connection.sendall(OK + b"Content-Length: 100\r\n\r\n")
        with socket.socket(fileno=os.dup(connection.fileno())) as plain:
            plain.sendall(b"\x17\x03\x03\x00\x20" + b"\xff" * 32)

    trusted = {"SSL_CERT_FILE": str(TLS / "authority.pem")}
    with serving({"/robots.txt": status(404), "/": garbled}, TLS / "localhost.pem") as site:
        (answer,) = await get(tmp_path, site.url + "/", environment=trusted)
    assert reason(answer) == "tls"


async def test_what_cannot_be_posted_is_a_failure(tmp_path: Path) -> None:
    with serving({"/": page("{}")}) as site:
        answer = await fetched(site.url + "/", tmp_path, body=f"handle={SURROGATE}")
    assert reason(answer) == "bad-content"


async def test_interim_answers_before_a_page_are_passed_over(tmp_path: Path) -> None:
    early = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n" * 5
    with serving({"/": early + page("hello")}) as site:
        answer = await fetched(site.url + "/", tmp_path)
    assert isinstance(answer, Page)
    assert answer.body == b"hello"


async def test_a_large_page_in_small_chunks_is_read(tmp_path: Path) -> None:
    body = b"".join(b"40\r\n" + b"x" * 64 + b"\r\n" for _ in range(40_000)) + b"0\r\n\r\n"
    with serving({"/": CHUNKED + body}) as site:
        rules = policy(timeout_seconds=60.0)
        (answer,) = await get(tmp_path, site.url + "/", rules=rules)
    assert isinstance(answer, Page)
    assert len(answer.body) == 64 * 40_000
    assert not answer.truncated


async def test_many_answers_on_one_connection_are_counted_each_for_itself(tmp_path: Path) -> None:
    """What one answer may have is not used up by those before it."""
    size = 1_000_000

    def stay(connection: socket.socket, _head: bytes) -> None:
        answer = OK + f"Content-Type: text/plain\r\nContent-Length: {size}\r\n\r\n".encode()
        connection.sendall(b"HTTP/1.1 404 X\r\nContent-Length: 0\r\n\r\n")
        while connection.recv(65_536):
            connection.sendall(answer + b"x" * size)

    with serving({"/robots.txt": stay}) as site:
        answers = await get(tmp_path, *(f"{site.url}/{number}" for number in range(9)))
    assert [reason(each) for each in answers] == ["ok"] * 9
    assert site.paths == ["/robots.txt"], "all came over the one connection"


async def test_a_trickle_of_interim_answers_meets_the_total_deadline(tmp_path: Path) -> None:
    def drip(connection: socket.socket, _head: bytes) -> None:
        for _ in range(100):
            connection.sendall(b"HTTP/1.1 102 Processing\r\n\r\n")
            time.sleep(0.1)

    with serving({"/": drip}) as site:
        answers = await get(tmp_path, site.url + "/", rules=policy(timeout_seconds=0.4))
    assert reason(answers[0]) == "timeout"


async def test_addresses_that_differ_in_a_word_called_key_are_two_in_a_replay(
    tmp_path: Path,
) -> None:
    """Only what the user keeps secret is blotted out, by its value."""
    paths = [f"/blog?{name}={value}" for name in ("key", "token") for value in ("one", "two")]
    secret = "s3cr3t-Value-42"  # noqa: S105 - the test's own
    held = {"ACME_KEY": secret}
    with serving({path: page(path) for path in paths} | {f"/?q={secret}": page("x")}) as site:
        urls = [site.url + path for path in paths]
        live = await get(tmp_path, *urls, f"{site.url}/?q={secret}", environment=held, keys=[KEY])
    session = Replayer(tmp_path).open([FILE]).session
    again = [await session.fetch(Request(url=url)) for url in urls]
    assert [each.body.decode() for each in again if isinstance(each, Page)] == paths
    assert live[:-1] == again
    raw = gzip.decompress((tmp_path / FILE).read_bytes())
    assert b"key=one" in raw
    assert secret.encode() not in raw


async def test_headers_that_hold_a_users_key_are_blotted_out_in_the_archive(tmp_path: Path) -> None:
    secret = "s3cr3t-Value-42"  # noqa: S105 - the test's own
    answer = page("x", extra=f"X-Echo: {secret}\r\nX-Key: plain\r\n")
    lead = status(302, f"Location: /x?{secret}\r\n")
    with serving({"/": answer, "/m": lead}) as site:
        urls = (site.url + "/", site.url + "/m")
        await get(tmp_path, *urls, environment={"ACME_KEY": secret}, keys=[KEY])
    raw = gzip.decompress((tmp_path / FILE).read_bytes())
    assert secret.encode() not in raw
    assert b"X-Key: plain" in raw


@pytest.mark.parametrize("kind", list(Kind))
async def test_every_kind_of_request_survives_an_answer_that_breaks_off(
    tmp_path: Path, kind: Kind
) -> None:
    head = OK + b"Content-Type: text/plain\r\nContent-Length: 1000\r\n\r\nabc"
    with serving({"/": head}) as site:
        (answer,) = await get(tmp_path, site.url + "/", kind=kind)
    assert isinstance(answer, Page)
    assert answer.truncated


@pytest.mark.parametrize("piece", [b"1\r\nx\r\n", b"a\r\n0123456789\r\n"])
async def test_a_body_in_crumbs_is_given_up_before_it_takes_the_one_thread(
    tmp_path: Path, piece: bytes
) -> None:
    """Each piece costs the client the same, however small: five million took it a minute."""
    route, sent = endless(CHUNKED, piece * 1_000, 40 * 1024 * 1024)
    with serving({"/": route}) as site:
        answer = await fetched(site.url + "/", tmp_path)
    assert reason(answer) == "bad-content"
    assert sent[0] < 20 * 1024 * 1024
    assert len([path for path in site.paths if path == "/"]) == 1, "and not tried again"
