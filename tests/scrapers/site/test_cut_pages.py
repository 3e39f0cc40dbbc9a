"""A start page that was not read to its end makes its company unknown, never one without anything."""

import gzip
import json
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from audit.measure.company import measure
from audit.model.exchange import Failure, Fetched, Page, Request
from audit.model.site import State
from audit.model.value import Known, Reason, Unknown
from scrapers.fetch.archive import Archive
from scrapers.fetch.http import Fetcher
from scrapers.parse.html import MAX_FILES, MAX_LINKS
from scrapers.parse.tame import MAX_TAGS
from tests.audit.test_run import run
from tests.fake_session import HOME, PLAN, WINDOW, FakeSession, context, visited
from tests.hostile import OK, page, serving, status
from tests.scrapers.fetch.test_fetch import FILE, NO_WAIT, get, policy, reason

HTML = b"Content-Type: text/html\r\n"
CHAT = b"<script src='https://widget.intercom.io/widget/abc'></script>"
FULL = b"<nav><a href='/blog/'>Blog</a></nav><p>Hello</p>"


class Cut(FakeSession):
    """Pages of which the named ones break off."""

    def __init__(self, pages: dict[str, str], cut: str) -> None:
        super().__init__(pages)
        self.cut = cut

    async def fetch(self, request: Request) -> Page | Failure:
        answer = await super().fetch(request)
        if isinstance(answer, Page) and request.url == self.cut:
            return replace(answer, truncated=True)
        return answer


async def test_what_a_cut_start_page_holds_is_there_and_what_it_does_not_is_unknown() -> None:
    html = f"<nav><a href='/blog/'>Blog</a></nav>{CHAT.decode()}"
    shelf = Cut({HOME: html, f"{HOME}blog/": "<p>x</p>"}, HOME)
    result = await visited(shelf)
    assert isinstance(result.start, Unknown)
    assert result.start.reason is Reason.BAD_CONTENT
    assert "broke off after" in result.start.detail
    states = {feature.feature: (feature.state, feature.reason) for feature in result.features}
    assert states["chat"] == (State.KNOWN, None)
    assert states["forum"] == (State.UNKNOWN, Reason.BAD_CONTENT)
    assert not any(state is State.NONE for state, _ in states.values())
    assert [note.what for note in result.notes if note.incomplete] == ["website"]
    values = measure(PLAN.company, result, context(WINDOW)).measures
    others = [measured for measured in values if measured.metric != "completeness"]
    assert all(isinstance(measured.value, Unknown) for measured in others)


async def test_another_page_that_broke_off_is_noted_and_harmless() -> None:
    blog = f"{HOME}blog/"
    shelf = Cut({HOME: FULL.decode(), blog: "<p>x</p>"}, blog)
    result = await visited(shelf)
    assert isinstance(result.start, Known)
    assert not any(note.incomplete for note in result.notes)
    (note,) = (note for note in result.notes if note.what == "page")
    assert f"1 of 2 pages could not be read whole; the first, {blog}" in note.detail


def endless(connection: socket.socket, _head: bytes) -> None:
    with suppress(OSError):
        connection.sendall(OK + HTML + b"\r\n" + FULL)
        for _ in range(2_000):
            connection.sendall(b"<p>more</p>" * 2_000)


PACKED = gzip.compress(FULL + b"<p>more</p>" * 100)
STARTS: dict[str, tuple[bytes | Callable[..., None], str]] = {
    "endless": (endless, "too-large"),
    "larger than the limit": (page(FULL + b" " * 6 * 1024 * 1024), "too-large"),
    "a bomb": (
        page(gzip.compress(FULL + b" " * 50_000_000), extra="Content-Encoding: gzip\r\n"),
        "too-large",
    ),
    "shorter than its Content-Length": (
        OK + HTML + b"Content-Length: 9999\r\n\r\n" + FULL,
        "bad-content",
    ),
    "a chunk that is none": (
        OK + HTML + b"Transfer-Encoding: chunked\r\n\r\n5\r\n<p>hi\r\nzz\r\n",
        "bad-content",
    ),
    "chunks without an end": (
        OK + HTML + b"Transfer-Encoding: chunked\r\n\r\n5\r\n<p>hi\r\n",
        "bad-content",
    ),
    "gzip that breaks off": (
        page(PACKED[:-20], extra="Content-Encoding: gzip\r\n"),
        "bad-content",
    ),
    "gzip that is garbage": (
        page(PACKED[:30] + b"\xff" * 60, extra="Content-Encoding: gzip\r\n"),
        "bad-content",
    ),
}


def test_a_start_page_without_an_end_makes_its_company_incomplete(tmp_path: Path) -> None:
    """Each beside a good company, which is complete all the same."""
    routes = {f"/{n}": answer for n, (answer, _) in enumerate(STARTS.values())}
    with serving(routes) as site, serving({"/": page(FULL)}) as good:
        rows = [f"- {{name: Good, website: {good.url}/}}"]
        rows += [f"- {{name: '{n}', website: {site.url}/{n}}}" for n in range(len(STARTS))]
        file = tmp_path / "c.yaml"
        file.write_text(
            "settings: {delay_seconds: 0, profiles: false, max_pages_per_site: 2}\ncompanies:\n"
            + "\n".join(rows),
            encoding="utf-8",
        )
        done = run(
            file, "--allow-private-hosts", "--format", "json", "-o", tmp_path / "o.json", "--quiet"
        )
    assert done.returncode == 1
    companies = json.loads((tmp_path / "o.json").read_text("utf-8"))["companies"]
    by_name = {company["name"]: company for company in companies}
    assert by_name["Good"]["complete"]
    reasons = {
        name: [
            reason["reason"] for reason in by_name[f"{n}"]["reasons"] if reason["what"] == "website"
        ][:1]
        for n, name in enumerate(STARTS)
    }
    assert reasons == {name: [expected] for name, (_, expected) in STARTS.items()}
    for n in range(len(STARTS)):
        assert not by_name[f"{n}"]["complete"]
        assert "none" not in {feature["state"] for feature in by_name[f"{n}"]["features"]}


async def test_a_page_that_broke_off_is_asked_for_anew_by_the_next_run(tmp_path: Path) -> None:
    """Neither kept validators nor an old history make a whole page of it."""
    head = OK + HTML + b'ETag: "v1"\r\nContent-Length: 9999\r\n\r\n' + FULL

    def answer(connection: socket.socket, asked: bytes) -> None:
        known = b'if-none-match: "v1"' in asked.lower()
        connection.sendall(status(304, body=b"") if known else head)

    with serving({"/": answer}) as site:
        url = site.url + "/"
        async with Fetcher(policy(), environment={}, time=NO_WAIT) as fetcher:
            with Archive(tmp_path, FILE) as archive:
                session = fetcher.session(archive, {})
                first = await session.fetch(Request(url=url))
                (kept,) = session.fetched()
        assert isinstance(first, Page)
        assert first.truncated
        assert kept.etag == ""
        old: dict[str, Fetched] = {url: replace(kept, etag='"v1"')}
        (again,) = await get(tmp_path, url, earlier=old, file="archive/next/acme.1.warc.gz")
    assert isinstance(again, Page)
    assert not again.unchanged
    assert again.truncated


@pytest.mark.parametrize("body", [b"", b"<p>hi"])
async def test_a_page_whole_but_small_is_not_cut(tmp_path: Path, body: bytes) -> None:
    with serving({"/": OK + HTML + b"\r\n" + body}) as site:
        (answer,) = await get(tmp_path, site.url + "/")
    assert isinstance(answer, Page)
    assert not answer.truncated


@pytest.mark.parametrize(
    "body",
    [
        "",
        " \n",
        "<!doctype html><html><head></head><body></body></html>",
        "<title>Acme</title><body></body>",
        "<title>Acme</title><body><!-- <p>Hello</p>",
        "It works!",
        "plain words, 1 < 2",
    ],
)
async def test_an_empty_start_page_says_nothing_of_what_is_not_there(body: str) -> None:
    result = await visited(FakeSession({HOME: body}))
    assert isinstance(result.start, Unknown)
    assert result.start.reason is Reason.BAD_CONTENT
    assert not any(feature.state is State.NONE for feature in result.features)


RUSSIAN = "<nav><a href='/novosti/'>Новости</a></nav><p>Насосы и клапаны для садов и полей</p>"
GREEK = "<p>Αντλίες και βαλβίδες για κήπους και χωράφια από το 1912</p>"
CZECH = "<p>Příští týden začíná čištění všech čerpadel; děti přijďte k řece s námi</p>" * 4
GERMAN = "<p>Über uns: Pumpen für Gärten und Höfe, Ventile und Zubehör aus der Fabrik</p>" * 9


@pytest.mark.parametrize(
    ("body", "codec"),
    [
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8-r"),
        (GREEK, "iso8859-7"),
        (CZECH, "cp1250"),
        ("<p>庭と畑のためのポンプと弁、創業百年</p>" * 3, "shift_jis"),
        ("<p>정원과 밭을 위한 펌프와 밸브</p>" * 3, "cp949"),
    ],
)
async def test_a_page_that_is_not_in_the_encoding_it_names_is_not_read(
    body: str, codec: str
) -> None:
    result = await visited(FakeSession({HOME: body.encode(codec)}))
    assert isinstance(result.start, Unknown)
    assert result.start.reason is Reason.BAD_CONTENT
    assert result.start.detail == "the start page is not in the encoding that it names"
    assert not any(feature.state is State.NONE for feature in result.features)


@pytest.mark.parametrize(
    "body",
    [
        RUSSIAN.encode(),
        GERMAN.encode("latin-1"),
        GERMAN.encode() + b"\xff" * 29,
        GERMAN.encode() + b"<script>" + b"\xff" * 900 + b"</script>",
    ],
)
async def test_a_page_with_some_signs_amiss_is_read(body: bytes) -> None:
    assert isinstance((await visited(FakeSession({HOME: body}))).start, Known)


async def test_a_start_page_of_a_few_words_is_one() -> None:
    result = await visited(FakeSession({HOME: "<p>Hi"}))
    assert isinstance(result.start, Known)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"%PDF-1.7\n%", "text/html"),
        (b"PK\x03\x04", "text/html"),
        (b"{}", "application/json"),
        (b'\n {"a": "<p>hi</p>"}', "text/html"),
        (b"[1, 2]", "text/html; charset=utf-8"),
        (b"\0asm\1\0\0\0", "text/html"),
        (b"MZ\x90\0\3\0\0\0", "text/html"),
        (bytes(range(256)) * 40, "text/html"),
    ],
)
async def test_a_file_in_place_of_a_page_is_no_page(tmp_path: Path, body: bytes, kind: str) -> None:
    with serving({"/": page(body, kind)}) as site:
        (answer,) = await get(tmp_path, site.url + "/")
    assert reason(answer) == "bad-content"


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\0\0<html><p>Hi</p></html>", "text/html"),
        (b"{{header}}<!doctype html><html><p>Hi</p></html>", "text/html"),
        ("<p>Hi</p>".encode("utf-16"), "text/html"),
        ("<p>Hi</p>".encode("utf-16-le"), "text/html; charset=utf-16"),
        ("Größe <p>\x1b[0m</p>".encode(), "text/html"),
    ],
)
async def test_an_odd_page_is_still_a_page(tmp_path: Path, body: bytes, kind: str) -> None:
    with serving({"/": page(body, kind)}) as site:
        (answer,) = await get(tmp_path, site.url + "/")
    assert isinstance(answer, Page)


async def test_a_feed_in_place_of_the_start_page_is_no_page() -> None:
    feed = "<?xml version='1.0'?><rss version='2.0'><channel><title>Acme</title></channel></rss>"
    result = await visited(FakeSession({HOME: feed}))
    assert isinstance(result.start, Unknown)
    assert result.start.detail == "the start page is not a web page"


FOOT = f"{FULL.decode()}<footer><a href='https://github.com/acmevalves'>GitHub</a></footer>"
LARGE = {
    "5,000 links": "".join(f"<a href=/j{n}>j</a>" for n in range(MAX_LINKS + 1)) + FOOT,
    "5,000 scripts": "".join(f"<script src=/j{n}.js></script>" for n in range(MAX_FILES + 1))
    + FOOT,
    "100,000 tags": "<br>" * (MAX_TAGS + 1) + FOOT,
    "200 elements within each other": "<div>" * 7_000 + FOOT,
    "frames within frames": "<frameset>" * 7_000 + FOOT,
}


@pytest.mark.parametrize("what", LARGE)
async def test_a_start_page_beyond_a_limit_is_not_taken_for_all_there_is(what: str) -> None:
    shelf = FakeSession({HOME: LARGE[what]})
    result = await visited(shelf)
    assert isinstance(result.start, Unknown)
    assert result.start.reason is Reason.TOO_LARGE
    assert what in result.start.detail
    assert not any(feature.state is State.NONE for feature in result.features)
    assert [note.what for note in result.notes if note.incomplete] == ["website"]


async def test_of_too_many_links_those_in_the_foot_are_read() -> None:
    shelf = FakeSession({HOME: LARGE["5,000 links"]})
    result = await visited(shelf)
    assert [channel.url for channel in result.channels] == ["https://github.com/acmevalves"]
