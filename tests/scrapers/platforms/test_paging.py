"""Lists in pages: when enough was read, when they end, and what is left where they break off."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from audit.model.profile import ProfilePost, Timeline
from audit.model.value import Dated, DateSource, Evidence, Reason, Unknown
from scrapers.platforms.kit.base import PAGES, Ask, Follower, JsonAnswer, Steps
from scrapers.platforms.kit.paging import (
    Listing,
    at_cursor,
    read_followers,
    read_posts,
    while_full,
)
from tests.scrapers.platforms.platform_cases import NOW, YEAR, answered

URL = "https://acme.example/posts?limit=2"
ASK = Ask(url="https://acme.example", handle="acme", since=NOW - YEAR, until=NOW)


def posts(answer: JsonAnswer) -> Iterator[ProfilePost]:
    """Give a post for each of the answer's `days`, that many days old; other things are errors."""
    days = answer.field("days")
    for day in days if isinstance(days, list) else []:
        at = NOW - timedelta(days=day)
        evidence = Evidence(url=answer.page.url, fetched_at=NOW, rule="test", excerpt="", record="")
        published = Dated(at=at, source=DateSource.API)
        yield ProfilePost(url=f"{URL}#{day}", title="", published=published, evidence=evidence)


def after(answer: JsonAnswer, _: int) -> str | None:
    """Follow the answer's cursor `after`; an answer that is `closed` lets nobody further."""
    if answer.field("closed") is True:
        return None
    return at_cursor(URL, "after", answer.text("after"))


LISTING = Listing(first=URL, items=posts, after=after, within=("days",))


def driven(steps: Steps[object], *answers: str | int) -> tuple[object, list[str]]:
    """Answer with these bodies or statuses, the last one again and again; return what was asked."""
    asked: list[str] = []
    try:
        request = next(steps)
        while True:
            answer = answers[min(len(asked), len(answers) - 1)]
            asked.append(request.url)
            status, body = (answer, b"") if isinstance(answer, int) else (200, answer.encode())
            request = steps.send(answered({"status": status}, request.url, body))
    except StopIteration as done:
        return done.value, asked


@pytest.mark.parametrize(
    ("bodies", "count", "truncated", "requests"),
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
    bodies: list[str | int], count: int, truncated: bool, requests: int
) -> None:
    line, urls = driven(read_posts(ASK, LISTING), *bodies)
    assert isinstance(line, Timeline)
    assert (len(line.posts), line.truncated, len(urls)) == (count, truncated, requests)


def test_an_entry_that_cannot_be_read_costs_itself_and_not_the_others() -> None:
    line, _ = driven(read_posts(ASK, LISTING), '{"days": [3, "yesterday", 1]}')
    assert isinstance(line, Timeline)
    assert [post.url for post in line.posts] == [f"{URL}#1", f"{URL}#3"]


def test_a_cursor_is_quoted_and_put_behind_the_address() -> None:
    _, urls = driven(read_posts(ASK, LISTING), '{"days": [1], "after": "a/b&"}', '{"days": []}')
    assert urls == [URL, f"{URL}&after=a%2Fb%26"]


def test_numbered_pages_end_with_one_that_is_not_full() -> None:
    url = "https://acme.example/posts?page="
    listing = Listing(
        first=f"{url}1",
        items=lambda answer: [Follower(account=str(item["id"])) for item in answer.items("list")],
        after=while_full(url, 2, "list"),
    )
    full, short = '{"list": [{"id": 1}, {"id": 2}]}', '{"list": [{"id": 3}]}'
    followers, urls = driven(read_followers(9, listing), full, short)
    assert followers == tuple(Follower(account=account) for account in ("1", "2", "3"))
    assert urls == [f"{url}1", f"{url}2"]


@pytest.mark.parametrize(
    ("answer", "reason"), [(403, Reason.HTTP_403), ("{}", Reason.BAD_CONTENT)], ids=str
)
def test_a_list_that_gives_nothing_is_unknown_and_not_empty(
    answer: str | int, reason: Reason
) -> None:
    line, _ = driven(read_posts(ASK, LISTING), answer)
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
        items=lambda answer: (Follower(account=name) for name in ("1", "2") if answer.payload),
        after=after,
    )
    followers, urls = driven(read_followers(3, listing), '{"after": "a"}', '{"after": "b"}')
    assert followers == tuple(Follower(account=name) for name in ("1", "2", "1"))
    assert len(urls) == 2
