"""A second visit asks what has changed, by the same question alone; no answer to that loses a page."""

import os
import socket
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from audit.model.exchange import Failure, Fetched, Kind, Page, Request, RobotsState
from audit.model.result import CompanyResult
from audit.model.value import Reason
from scrapers.fetch.archive import Archive, still_kept
from scrapers.fetch.http import Fetcher
from scrapers.fetch.noted import usable_validators, validators_in
from scrapers.fetch.parts import MOST_LOGGED, Parts
from scrapers.fetch.replay import Replayer
from scrapers.session import Session
from tests.audit.store.examples import COMPANIES, NOW
from tests.hostile import Route, Site, page, serving, status
from tests.scrapers.fetch.test_browser import needs_browser
from tests.scrapers.fetch.test_fetch import NO_WAIT, policy

TAG = '"v1"'
RULES = "User-agent: *\nDisallow: /no\n"
FIRST, SECOND, THIRD = (f"archive/r{run}/acme.1.warc.gz" for run in (1, 2, 3))


def asks(head: bytes) -> bool:
    return b"if-none-match" in head.lower() or b"if-modified-since" in head.lower()


def tagged(
    body: str, tag: str = TAG, *, again: bytes | None = None, extra: str = "", kind: str = ""
) -> Route:
    """A page with an etag: whole for whoever does not ask on condition, else 304 or `again`."""
    whole = page(body, kind or "text/html", extra=f"ETag: {tag}\r\n{extra}")
    short = status(304, f"ETag: {tag}\r\n", b"") if again is None else again

    def answer(connection: socket.socket, head: bytes) -> None:
        connection.sendall(short if asks(head) else whole)

    return answer


class Visits:
    """Visits of one company, each with what the one before has kept."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.result = CompanyResult(company=COMPANIES[0])

    async def make(self, file: str, requests: Sequence[Request]) -> list[Page | Failure]:
        known = still_kept(self.folder, self.result.kept)
        async with Fetcher(policy(), environment={}, time=NO_WAIT) as fetcher:
            with Archive(self.folder, file) as archive:
                session = fetcher.session(archive, known)
                answers = [await session.fetch(each) for each in requests]
                self.remember(session)
        return answers

    def remember(self, session: Session) -> None:
        fetched, robots = session.fetched(), session.verdicts()
        self.result = replace(self.result, fetched=fetched, robots=robots, parts=session.parts())


async def twice(
    folder: Path,
    routes: Mapping[str, Route | list[Route]],
    between: Callable[[Path], None] = lambda _folder: None,
    *,
    then: Callable[[Request], Request] = lambda request: request,
) -> tuple[Site, Page | Failure, Page | Failure]:
    """Ask for the start page of a site in two visits; return both answers."""
    visits = Visits(folder)
    with serving(routes) as site:
        request = Request(url=site.url + "/")
        (first,) = await visits.make(FIRST, [request])
        between(folder / FIRST)
        (second,) = await visits.make(SECOND, [then(request)])
    return site, first, second


def body_of(answer: Page | Failure) -> bytes:
    assert isinstance(answer, Page), answer
    return answer.body


async def test_an_unchanged_page_is_not_sent_again_and_its_record_is_the_first(
    tmp_path: Path,
) -> None:
    site, first, second = await twice(tmp_path, {"/": tagged("<p>same</p>")})
    assert isinstance(second, Page)
    assert (second.unchanged, second.body) == (True, body_of(first))
    assert second.record.startswith(f"{FIRST}#")
    assert [asks(head) for head in site.requests if b"GET / " in head] == [False, True]


@pytest.mark.parametrize(
    "tag", ['W/"v1"', "v1", '"a b, c"', "*", '"ä"', '"\x01"', '"' + "x" * 5_000]
)
async def test_a_validator_of_whatever_kind_breaks_no_request(tag: str, tmp_path: Path) -> None:
    _, first, second = await twice(tmp_path, {"/": tagged("<p>same</p>", tag)})
    assert body_of(second) == body_of(first)


async def test_a_date_alone_will_do(tmp_path: Path) -> None:
    dated = "Last-Modified: Wed, 21 Oct 2026 07:28:00 GMT\r\n"

    def answer(connection: socket.socket, head: bytes) -> None:
        known = dated[15:].encode() in head
        connection.sendall(status(304, body=b"") if known else page("<p>x</p>", extra=dated))

    _, _, second = await twice(tmp_path, {"/": answer})
    assert isinstance(second, Page)
    assert second.unchanged


async def test_a_page_that_changed_comes_as_it_is_now(tmp_path: Path) -> None:
    route = tagged("<p>old</p>", again=page("<p>new</p>", extra='ETag: "v2"\r\n'))
    _, _, second = await twice(tmp_path, {"/": route})
    assert isinstance(second, Page)
    assert (second.unchanged, second.body) == (False, b"<p>new</p>")


async def test_a_third_visit_asks_though_the_304_named_no_validator(tmp_path: Path) -> None:
    visits = Visits(tmp_path)
    with serving({"/": tagged("<p>same</p>", again=status(304, body=b""))}) as site:
        request = Request(url=site.url + "/")
        await visits.make(FIRST, [request])
        await visits.make(SECOND, [request])
        (answer,) = await visits.make(THIRD, [request])
    assert isinstance(answer, Page)
    assert answer.unchanged
    assert answer.record.startswith(f"{FIRST}#")


def gone(file: Path) -> None:
    file.unlink()


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-40])


def spoiled(file: Path) -> None:
    whole = bytearray(file.read_bytes())
    whole[-60] ^= 255
    file.write_bytes(bytes(whole))


def others(file: Path) -> None:
    """Another archive under the same name, with the answer of another address at that place."""
    file.write_bytes(file.read_bytes().replace(b"\x1f\x8b\x08", b"\x1f\x8b\x09"))


@pytest.mark.parametrize("damage", [gone, cut, spoiled, others])
async def test_a_page_whose_body_is_lost_is_asked_for_anew(
    damage: Callable[[Path], None], tmp_path: Path
) -> None:
    site, first, second = await twice(tmp_path, {"/": tagged("<p>same</p>")}, damage)
    assert isinstance(second, Page)
    assert (second.unchanged, second.body) == (False, body_of(first))
    assert not asks([head for head in site.requests if b"GET / " in head][-1])


async def test_the_record_of_another_address_is_no_body_of_this_one(tmp_path: Path) -> None:
    visits = Visits(tmp_path)
    routes = {"/": tagged("<p>start</p>"), "/b": tagged("<p>other</p>")}
    with serving(routes) as site:
        requests = [Request(url=site.url + path) for path in ("/", "/b")]
        await visits.make(FIRST, requests)
        start, other = visits.result.fetched
        mixed = replace(start, record=other.record)
        visits.result = replace(visits.result, fetched=(mixed, other))
        (answer,) = await visits.make(SECOND, requests[:1])
    assert body_of(answer) == b"<p>start</p>"


async def test_a_304_that_nobody_asked_for_is_asked_anew_and_then_no_page(tmp_path: Path) -> None:
    once: list[Route] = [status(304, body=b""), page("<p>there</p>")]
    with serving({"/": once, "/never": status(304, body=b"")}) as site:
        requests = [Request(url=site.url + path) for path in ("/", "/never")]
        there, never = await Visits(tmp_path).make(FIRST, requests)
    assert body_of(there) == b"<p>there</p>"
    assert isinstance(never, Failure)
    assert never.reason is Reason.BAD_CONTENT


@pytest.mark.parametrize(
    "then",
    [
        lambda request: replace(request, kind=Kind.FEED),
        lambda request: replace(request, platform="acme"),
        lambda request: replace(request, accept="application/activity+json"),
        lambda request: replace(request, body="{}"),
        lambda request: replace(request, private=True),
    ],
    ids=["feed", "platform", "form", "post", "private"],
)
async def test_another_question_is_not_put_on_condition(
    then: Callable[[Request], Request], tmp_path: Path
) -> None:
    site, _, _ = await twice(tmp_path, {"/": tagged("<p>same</p>")}, then=then)
    assert not any(asks(head) for head in site.requests)


async def test_the_same_wish_for_another_form_is(tmp_path: Path) -> None:
    visits = Visits(tmp_path)
    with serving({"/": tagged("<p>same</p>")}) as site:
        wish = Request(url=site.url + "/", accept="application/activity+json")
        await visits.make(FIRST, [wish])
        (answer,) = await visits.make(SECOND, [wish])
    assert isinstance(answer, Page)
    assert answer.unchanged


async def test_behind_a_redirect_the_page_is_asked_and_not_the_way_to_it(tmp_path: Path) -> None:
    routes = {"/": status(301, f"Location: /home\r\nETag: {TAG}\r\n"), "/home": tagged("<p>x</p>")}
    site, _, second = await twice(tmp_path, routes)
    assert isinstance(second, Page)
    assert (second.unchanged, second.url) == (True, site.url + "/home")
    asked = {head.split(b" ")[1] for head in site.requests if asks(head)}
    assert asked == {b"/home"}


async def test_a_page_that_leads_elsewhere_now_is_the_other_page(tmp_path: Path) -> None:
    """The etag of before may be that of any page there: only its own address answers to it."""
    moved = status(301, "Location: /two\r\n")
    routes: dict[str, Route | list[Route]] = {
        "/": [status(301, "Location: /one\r\n"), moved],
        "/one": tagged("<p>one</p>"),
        "/two": tagged("<p>two</p>"),
    }
    _, first, second = await twice(tmp_path, routes)
    assert (body_of(first), body_of(second)) == (b"<p>one</p>", b"<p>two</p>")


def rules_of(session: Session) -> list[RobotsState]:
    return [robots.state for robots in session.verdicts()]


async def test_robots_txt_is_asked_on_condition_and_each_archive_holds_it_whole(
    tmp_path: Path,
) -> None:
    visits = Visits(tmp_path)
    routes = {"/robots.txt": tagged(RULES, kind="text/plain"), "/": page("x"), "/no": page("x")}
    with serving(routes) as site:
        requests = [Request(url=site.url + path) for path in ("/", "/no")]
        for file in (FIRST, SECOND, THIRD):
            _, forbidden = await visits.make(file, requests)
            assert isinstance(forbidden, Failure)
            assert forbidden.reason is Reason.ROBOTS
    asked = [asks(head) for head in site.requests if b"/robots.txt" in head]
    assert asked == [False, True, True]
    (tmp_path / FIRST).unlink()
    session = Replayer(tmp_path).open([THIRD]).session
    replayed = await session.fetch(requests[1])
    assert isinstance(replayed, Failure)
    assert (replayed.reason, rules_of(session)) == (Reason.ROBOTS, [RobotsState.RULES])


async def test_a_robots_txt_that_is_lost_is_asked_for_anew(tmp_path: Path) -> None:
    routes = {"/robots.txt": tagged(RULES, kind="text/plain"), "/": page("x"), "/no": page("x")}
    visits = Visits(tmp_path)
    with serving(routes) as site:
        requests = [Request(url=site.url + path) for path in ("/no", "/")]
        await visits.make(FIRST, requests)
        cut(tmp_path / FIRST)  # the last record alone: what is there is asked for on condition
        (tmp_path / FIRST).write_bytes(b"no archive")
        forbidden, _ = await visits.make(SECOND, requests)
    assert isinstance(forbidden, Failure)
    assert forbidden.reason is Reason.ROBOTS
    assert [asks(head) for head in site.requests if b"/robots.txt" in head] == [False, True, False]


async def test_a_robots_txt_of_304_that_nobody_asked_for_opens_nothing(tmp_path: Path) -> None:
    with serving({"/robots.txt": status(304, body=b""), "/": page("x")}) as site:
        (answer,) = await Visits(tmp_path).make(FIRST, [Request(url=site.url + "/")])
    assert isinstance(answer, Failure)
    assert answer.reason is Reason.ROBOTS_UNREACHABLE


async def test_what_one_company_has_a_copy_of_another_gets_whole(tmp_path: Path) -> None:
    """Both are visited in one run; only the first has been there before."""
    visits = Visits(tmp_path)
    routes = {"/robots.txt": tagged(RULES, kind="text/plain"), "/": page("x"), "/no": page("x")}
    with serving(routes) as site:
        request = Request(url=site.url + "/no")
        await visits.make(FIRST, [request])
        async with Fetcher(policy(), environment={}, time=NO_WAIT) as fetcher:
            with Archive(tmp_path, SECOND) as mine, Archive(tmp_path, THIRD) as theirs:
                known = still_kept(tmp_path, visits.result.kept)
                for session in (fetcher.session(mine, known), fetcher.session(theirs, {})):
                    answer = await session.fetch(request)
                    assert isinstance(answer, Failure)
                    assert answer.reason is Reason.ROBOTS


@needs_browser
async def test_the_parts_of_a_drawn_page_are_asked_on_condition(tmp_path: Path) -> None:
    routes = {
        "/": tagged(
            "<body><p id=app></p><script src=/app.js></script><script src=/odd.js></script>"
        ),
        "/app.js": tagged("app.textContent = 'drawn'", kind="text/javascript"),
        "/odd.js": page("app.title = 'drawn'", "text/javascript"),
    }
    clean = {name: value for name, value in os.environ.items() if "PROXY" not in name.upper()}
    known: Mapping[str, Fetched] = {}
    drawn = []
    with serving(routes) as site:
        for file in (FIRST, SECOND):
            async with Fetcher(policy(), environment=clean, time=NO_WAIT) as fetcher:
                with Archive(tmp_path, file) as archive:
                    session = fetcher.session(archive, known)
                    answer = await session.fetch(Request(url=site.url + "/"))
                    assert isinstance(answer, Page)
                    drawn.append(body_of(await session.draw(answer)))
                    known = {each.url: each for each in session.parts()}
    assert drawn[0] == drawn[1]
    assert b">drawn<" in drawn[0]
    assert list(known) == [site.url + "/app.js"]
    assert [asks(head) for head in site.requests if b"/app.js" in head] == [False, True]
    assert site.paths.count("/robots.txt") == 2  # once a visit, for the page and its parts


async def test_of_the_parts_those_with_a_validator_are_logged_and_not_without_end() -> None:
    async def fetch(request: Request) -> Page | Failure:
        if request.url.endswith("/none"):
            return Failure(url=request.url, reason=Reason.DNS, detail="", failed_at=NOW)
        headers = () if request.url.endswith("/plain") else (("ETag", TAG),)
        return Page(
            url=request.url,
            requested_url=request.url,
            status=200,
            headers=headers,
            body=b"x",
            fetched_at=NOW,
            record="f#1",
        )

    parts = Parts(fetch)
    for name in ("none", "plain", *map(str, range(MOST_LOGGED + 9))):
        await parts.bring(f"https://acme.example/{name}")
    names = [each.url.rpartition("/")[2] for each in parts.log()]
    assert names == [str(number) for number in range(MOST_LOGGED)]


@pytest.mark.parametrize(
    ("vary", "expected"),
    [
        ("Accept-Encoding", (TAG, "yesterday")),
        ("Cookie, Origin", (TAG, "yesterday")),
        ("accept, USER-AGENT", (TAG, "")),
        ("*", ("", "")),
        ("Accept, *", ("", "")),
        (" , ,", (TAG, "yesterday")),
    ],
)
def test_what_an_answer_varies_with_says_which_validators_hold(
    vary: str, expected: tuple[str, str]
) -> None:
    headers = (("ETag", TAG), ("last-modified", "yesterday"), ("Vary", vary))
    assert validators_in(headers) == expected


def test_the_validators_of_an_older_history_belong_to_no_known_question() -> None:
    old = Fetched(
        url="https://acme.example/",
        why="start",
        outcome="ok",
        fetched_at=NOW,
        record="archive/r1/acme.1.warc.gz#7",
        etag=TAG,
    )
    assert usable_validators({old.url: old}) == {}
    assert usable_validators({old.url: replace(old, form="f")}) != {}
