"""Reading takes time that grows with the size of what is read, whatever it holds."""

from collections.abc import Callable, Mapping
from functools import cache

import pytest

from audit.model.exchange import Request
from scrapers.fetch import robots
from scrapers.fetch.challenge import is_challenge
from scrapers.page.analyse import analyse
from scrapers.parse.feeds import read_feed
from scrapers.parse.jsonld import read_jsonld
from scrapers.parse.sitemaps import read_sitemap
from tests.analysed import rules
from tests.hostile_bodies import FEEDS, PAGES, ROBOTS, SITEMAPS, Make
from tests.pace import cpu_seconds, yards
from tests.readers import SITE, page

SMALL = 12_000
"""Bytes of the smaller body; the larger has four times as many."""

GROWTH = 9.0
"""Four times the size may take so many times as long; quadratic reading takes sixteen."""

FLOOR = 0.15
"""Seconds below which a growth says nothing, on a machine that does other things too."""

MOST_YARDS = 80.0
"""A minute is some six hundred; the slowest of these takes fifteen."""


@cache
def _request() -> Request:
    return Request(url=SITE, why="start")


def read_page(body: bytes) -> None:
    is_challenge(403, (), body)
    analyse(page(body), _request(), rules())


def read_robots(body: bytes) -> None:
    ruled = robots.parse("https://www.acme.example", body)
    ruled.allows(SITE + "a" * 1_900)


def read_feed_of(body: bytes) -> None:
    read_feed(page(body, "application/xml"))


def read_sitemap_of(body: bytes) -> None:
    read_sitemap(page(body, "application/xml"))


@pytest.mark.parametrize(
    ("family", "read", "small"),
    [
        pytest.param(PAGES, read_page, SMALL, id="pages"),
        pytest.param(FEEDS, read_feed_of, SMALL, id="feeds"),
        pytest.param(SITEMAPS, read_sitemap_of, 4 * SMALL, id="sitemaps"),
        pytest.param(ROBOTS, read_robots, 4 * SMALL, id="robots"),
    ],
)
def test_four_times_the_size_takes_about_four_times_as_long(
    family: Mapping[str, Make], read: Callable[[bytes], None], small: int
) -> None:
    read(b"<p>1 May 2026</p>")
    slow = {name: spent for name, make in family.items() if (spent := grown(read, make, small))}
    assert slow == {}


def grown(read: Callable[[bytes], None], make: Make, small: int) -> tuple[float, float] | None:
    """The times of two sizes where the larger took far too long; looked at again before it counts."""
    many = seconds(read, make(4 * small))
    if many < FLOOR or many < GROWTH * seconds(read, make(small)):
        return None
    few, many = (min(seconds(read, make(each)) for _ in range(3)) for each in (small, 4 * small))
    return (few, many) if many > max(FLOOR, GROWTH * few) else None


def seconds(read: Callable[[bytes], None], body: bytes) -> float:
    return cpu_seconds(lambda: read(body))


@pytest.mark.parametrize(
    ("read", "body"),
    [
        pytest.param(read_robots, b"\n" * 500_000, id="a robots.txt of line feeds"),
        pytest.param(
            read_robots,
            b"".join(b"User-agent: a%d\n" % each for each in range(12_000))
            + b"".join(b"Disallow: /%d\n" % each for each in range(12_000)),
            id="a robots.txt of agents and rules",
        ),
        pytest.param(read_page, b"<p>" * 2_100 + b"<" + b"a" * 5_000_000, id="an unclosed tag"),
        pytest.param(read_page, PAGES["attributes"](1_000_000), id="an element of many attributes"),
        pytest.param(read_page, PAGES["nested <div>"](1_000_000), id="elements within others"),
        pytest.param(
            read_page,
            "".join(f"<html a{n}=b>" for n in range(300_000)).encode(),
            id="a root of many attributes",
        ),
        pytest.param(
            read_page,
            "".join(f"<p a{n}=b>" for n in range(200_000)).encode(),
            id="attributes of many names",
        ),
        pytest.param(read_page, b"<meta name=a content=b>" * 52_000, id="a name in the head"),
        pytest.param(
            lambda body: read_jsonld([body.decode()]),
            b"-->" + b" " * 200_000 + b"x",
            id="a wrapped script",
        ),
        pytest.param(read_page, b"<time title='" + b"1" * 200_000 + b"'>", id="digits in a title"),
        pytest.param(read_page, PAGES["attributes around links"](300_000), id="links in one block"),
        pytest.param(read_page, PAGES["few links and dates"](400_000), id="dates in one block"),
        pytest.param(read_page, b"<select>" + b"<option>a" * 60_000, id="a list of options"),
        pytest.param(read_feed_of, FEEDS["in author 'a'"](33_000), id="a feed with a long author"),
        pytest.param(read_feed_of, FEEDS["attributes"](2_000_000), id="a feed of many attributes"),
        pytest.param(
            read_feed_of, FEEDS["loose dates unreadable"](200_000), id="a feed of odd dates"
        ),
    ],
)
def test_what_once_took_minutes_takes_seconds(read: Callable[[bytes], None], body: bytes) -> None:
    assert yards(lambda: read(body)) < MOST_YARDS
