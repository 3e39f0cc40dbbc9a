"""Lists in pages: when enough was read, when they end, and what is left where they break off."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from audit.model.dated import Dated, DateSource
from audit.model.profile import ProfilePost, Timeline
from audit.model.value import Evidence, Reason, Unknown
from scrapers.platforms.kit.base import PAGES, Ask, Follower, JsonAnswer, Steps
from scrapers.platforms.kit.paging import Listing, at_cursor, read_followers, read_posts
from tests.scrapers.platforms.platform_cases import NOW, YEAR, answered

URL = "https://acme.example/posts?limit=2"
ASK = Ask(url="https://acme.example", handle="acme", since=NOW - YEAR, until=NOW)


def posts(found: JsonAnswer) -> Iterator[ProfilePost]:
    days = found.field("days")
    for day in days if isinstance(days, list) else []:
        at = NOW - timedelta(days=day)
        evidence = Evidence(url=found.page.url, fetched_at=NOW, rule="test", excerpt="", record="")
        published = Dated(at=at, source=DateSource.API)
        yield ProfilePost(url=f"{URL}#{day}", title="", published=published, evidence=evidence)


def after(found: JsonAnswer, _: int) -> str | None:
    if found.field("closed") is True:
        return None
    return at_cursor(URL, "after", found.text("after"))


LISTING = Listing(first=URL, items=posts, after=after, within=("days",))


def driven(steps: Steps[object], *bodies: str | int) -> tuple[object, list[str]]:
    """Answer with these bodies or statuses, the last one again and again."""
    asked: list[str] = []
    try:
        request = next(steps)
        while True:
            said = bodies[min(len(asked), len(bodies) - 1)]
            asked.append(request.url)
            status, body = (said, b"") if isinstance(said, int) else (200, said.encode())
            request = steps.send(answered({"status": status}, request.url, body))
    except StopIteration as done:
        return done.value, asked


@pytest.mark.parametrize(
    ("bodies", "count", "truncated", "asked"),
    [
        (['{"days": [1, 2]}'], 2, False, 1),
        (['{"days": [1, 2], "closed": true}'], 2, True, 1),
        (['{"days": [1, 400], "closed": true}'], 2, False, 1),
        (['{"days": [1], "after": "a/b"}', '{"days": [400], "after": "c"}'], 2, False, 2),
        (['{"days": [1], "after": "a"}', 503], 1, True, 2),
        (['{"days": [1], "after": "a"}', "{}"], 1, True, 2),
        (['{"days": [1], "after": "a"}', '{"days": [2], "after": "a"}'], 2, False, 2),
    ],
    ids=["the end", "nobody is let on", "past the window", "paged", "refused", "no list", "a ring"],
)
def test_a_list_is_read_until_the_window_is_covered(
    bodies: list[str | int], count: int, truncated: bool, asked: int
) -> None:
    line, urls = driven(read_posts(ASK, LISTING), *bodies)
    assert isinstance(line, Timeline)
    assert (len(line.posts), line.truncated, len(urls)) == (count, truncated, asked)


def test_a_cursor_is_quoted_and_put_behind_the_address() -> None:
    _, urls = driven(read_posts(ASK, LISTING), '{"days": [1], "after": "a/b&"}', '{"days": []}')
    assert urls == [URL, f"{URL}&after=a%2Fb%26"]


@pytest.mark.parametrize(
    ("body", "reason"), [(403, Reason.HTTP_403), ("{}", Reason.BAD_CONTENT)], ids=str
)
def test_a_list_that_gives_nothing_is_unknown_and_not_empty(
    body: str | int, reason: Reason
) -> None:
    line, _ = driven(read_posts(ASK, LISTING), body)
    assert isinstance(line, Unknown)
    assert line.reason is reason


def test_a_list_without_end_is_broken_off() -> None:
    pages = [f'{{"days": [{day}], "after": "{day}"}}' for day in range(PAGES + 5)]
    line, urls = driven(read_posts(ASK, LISTING), *pages)
    assert isinstance(line, Timeline)
    assert (len(urls), len(line.posts), line.truncated) == (PAGES, PAGES, True)


def test_a_sample_is_cut_at_the_number_that_was_wanted() -> None:
    listing = Listing(
        first=URL,
        items=lambda found: (Follower(account=str(each)) for each in (1, 2) if found.payload),
        after=after,
    )
    found, urls = driven(read_followers(3, listing), '{"after": "a"}', '{"after": "b"}')
    assert found == tuple(Follower(account=name) for name in ("1", "2", "1"))
    assert len(urls) == 2
