"""An answer that takes too long to read costs itself, with the reason timeout: page by page."""

import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import pytest_asyncio

from audit.model.exchange import Failure, Request, RobotsState
from audit.model.value import Known, Reason, Unknown
from config.catalogue import load_catalogue
from scrapers.fetch.archive import Archive
from scrapers.fetch.http import Fetcher
from scrapers.page.rules import Rules
from scrapers.workers.pool import Workers
from tests import beside
from tests.fake_session import HOME, FakeSession, visited
from tests.hostile import page, serving
from tests.scrapers.fetch.test_fetch import policy

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="no clock of CPU time that ends a process"
)
LITTLE = 0.4
"""Seconds of CPU: plenty for a small page, also for a worker's first, and not enough for a heavy one."""


def heavy() -> str:
    """A page that takes a second and more."""
    return "".join(
        f"<article class=c{n}><h2><a href='/blog/{n}'>Post {n}</a></h2><time datetime=2026-10-01></time></article>"
        for n in range(60_000)
    )


@pytest_asyncio.fixture(loop_scope="function")
async def hurried() -> AsyncIterator[Workers[Rules]]:
    catalogue = load_catalogue()
    async with Workers(Rules(catalogue), Rules, catalogue, cpu_seconds=LITTLE) as workers:
        yield workers


async def test_a_page_that_takes_too_long_costs_that_page(hurried: Workers[Rules]) -> None:
    menu = "<nav><a href='/blog/'>Blog</a><a href='/about/'>About us</a></nav>"
    shelf = FakeSession({HOME: menu, f"{HOME}blog/": heavy(), f"{HOME}about/": "<p>x</p>"})
    concluded = await visited(shelf, readers=hurried)
    assert isinstance(concluded.start, Known)
    assert f"{HOME}about/" in shelf.asked
    assert not any(note.incomplete for note in concluded.notes)


@pytest.mark.skipif(sys.platform != "linux", reason="no limit on address space")
async def test_a_page_for_which_the_parser_has_no_memory_is_too_large() -> None:
    """A tag that is passed over, with an attribute, has the parser copy the text before it."""
    catalogue = load_catalogue()
    async with Workers(Rules(catalogue), Rules, catalogue) as workers:
        shelf = FakeSession({HOME: "<p>" + "words of a page</z a=b>" * 90_000})
        concluded = await visited(shelf, readers=workers)
    assert isinstance(concluded.start, Unknown)
    assert concluded.start.reason is Reason.TOO_LARGE


async def test_a_start_page_that_takes_too_long_leaves_the_company_unknown() -> None:
    catalogue = load_catalogue()
    async with Workers(Rules(catalogue), Rules, catalogue, cpu_seconds=LITTLE / 8) as hurried:
        concluded = await visited(FakeSession({HOME: heavy()}), readers=hurried)
    assert isinstance(concluded.start, Unknown)
    assert concluded.start.reason is Reason.TIMEOUT
    assert [(note.what, note.reason) for note in concluded.notes if note.incomplete] == [
        ("website", Reason.TIMEOUT)
    ]


def nothing() -> None:
    """What a reader of robots.txt needs."""


async def test_a_robots_txt_that_takes_too_long_opens_nothing(tmp_path: Path) -> None:
    slow = "user-agent: *\n" + "".join(f"disallow: /*{n}\n" for n in range(34_000))
    routes = {"/robots.txt": page(slow, "text/plain"), "/": page("<p>never asked for</p>")}
    with serving(routes) as site, Archive(tmp_path, "a.warc.gz") as archive:
        async with (
            Workers(None, nothing, cpu_seconds=0.05) as hurried,
            Fetcher(policy(), environment={}, readers=hurried) as fetcher,
        ):
            session = fetcher.session(archive, {})
            answer = await session.fetch(Request(url=f"{site.url}/"))
    assert isinstance(answer, Failure)
    assert answer.reason is Reason.TIMEOUT
    assert site.paths == ["/robots.txt"]
    assert [robots.state for robots in session.verdicts()] == [RobotsState.UNREACHABLE]


@pytest.mark.parametrize("third", range(3))
def test_a_good_company_is_read_the_same_beside_hostile_ones(
    third: int, alone: beside.Outcome, good: str
) -> None:
    with ExitStack() as stack:
        names = sorted(beside.HOSTILE)[third::3]
        bad = [stack.enter_context(serving(beside.HOSTILE[name])).url for name in names]
        assert beside.same(alone, beside.audited(good, *bad, delay=0)), names


@pytest.fixture(scope="module")
def good() -> Iterator[str]:
    with beside.good_site() as url:
        yield url


@pytest.fixture(scope="module")
def alone(good: str) -> beside.Outcome:
    return beside.audited(good, delay=0)
