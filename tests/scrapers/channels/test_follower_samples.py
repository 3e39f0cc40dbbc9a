"""Samples of followers: pages are followed, enough is enough, nothing of them may be kept."""

import json
from dataclasses import replace

from audit.model.exchange import Failure, Page, Request
from audit.model.value import Reason, Unknown
from scrapers.platforms import platforms
from scrapers.platforms.kit.base import Ask, Follower
from tests.fake_session import page
from tests.scrapers.platforms.platform_cases import NOW, YEAR

LIST = "https://mastodon.social/api/v1/accounts/1/followers?limit=80"


def sampled(
    platform: str, url: str, wanted: int, answers: dict[str, tuple[object, str]]
) -> tuple[tuple[Follower, ...] | Unknown, list[Request]]:
    """What a sample of up to `wanted` followers comes to, and the requests that it made.

    `answers` gives by address the JSON that comes, and the Link header with it.
    """
    sample = platforms()[platform].sample
    assert sample is not None
    steps = sample(Ask(url=url, handle="acme", since=NOW - YEAR, until=NOW), wanted)
    asked: list[Request] = []
    try:
        request = next(steps)
        while True:
            asked.append(request)
            request = steps.send(answered(request.url, answers))
    except StopIteration as end:
        followers: tuple[Follower, ...] | Unknown = end.value
        return followers, asked


def answered(url: str, answers: dict[str, tuple[object, str]]) -> Page | Failure:
    """The answer of an address; what is not among the answers is not found."""
    if url not in answers:
        return Failure(url=url, reason=Reason.HTTP_404, detail="", failed_at=NOW)
    payload, link = answers[url]
    return replace(page(url, json.dumps(payload)), headers=(("Link", link),))


def test_followers_on_mastodon_are_paged_by_what_the_link_header_names() -> None:
    account = {"id": "1", "acct": "acme", "followers_count": 3}
    first = [
        {"uri": "https://a.example/users/x", "note": "<p>Plumber &amp; poet</p>", "bot": False},
        {"url": "https://mastodon.social/@y", "note": "", "bot": True},
    ]
    answers: dict[str, tuple[object, str]] = {
        "https://mastodon.social/api/v1/accounts/lookup?acct=acme": (account, ""),
        LIST: (first, f'<{LIST}&max_id=77>; rel="next", <{LIST}&since_id=99>; rel="prev"'),
        f"{LIST}&max_id=77": ([{"uri": "https://b.example/z", "group": True}], ""),
    }
    followers, asked = sampled("mastodon", "https://mastodon.social/@acme", 10, answers)
    assert followers == (
        Follower(account="https://a.example/users/x", about="Plumber & poet"),
        Follower(account="https://mastodon.social/@y", kind="bot"),
        Follower(account="https://b.example/z", kind="group"),
    )
    assert [request.private for request in asked if "/followers" in request.url] == [True, True]


def test_no_more_followers_are_read_than_were_asked_for() -> None:
    url = "https://api.github.com/users/acme/followers?per_page=100&page=1"
    many = [{"login": f"u{number}", "type": "User"} for number in range(100)]
    followers, asked = sampled("github", "https://github.com/acme", 3, {url: (many, "")})
    assert isinstance(followers, tuple)
    assert [follower.account for follower in followers] == ["u0", "u1", "u2"]
    assert {follower.kind for follower in followers} == {"User"}
    assert [request.private for request in asked] == [True]


def test_followers_on_github_end_where_a_page_is_not_full() -> None:
    base = "https://api.github.com/users/acme/followers?per_page=100&page="
    many = [{"login": f"u{number}", "type": "User"} for number in range(100)]
    last = [{"login": "acme-bot", "type": "Bot"}, {"login": "org", "type": "Organization"}]
    answers: dict[str, tuple[object, str]] = {f"{base}1": (many, ""), f"{base}2": (last, "")}
    followers, _ = sampled("github", "https://github.com/acme", 500, answers)
    assert isinstance(followers, tuple)
    assert len(followers) == 102
    assert followers[-1] == Follower(account="org", kind="Organization")


def test_an_account_that_cannot_be_found_has_no_sample() -> None:
    followers, _ = sampled("mastodon", "https://mastodon.social/@acme", 10, {})
    assert isinstance(followers, Unknown)
    assert followers.reason is Reason.HTTP_404
