"""Reddit's reader on recorded answers of its interface, which lie several in one file."""

import json
from datetime import UTC, datetime

import pytest

from audit.model.exchange import Request
from audit.model.profile import Profile, Timeline
from audit.model.value import Unknown
from scrapers.platforms import platforms
from scrapers.platforms.kit.base import Ask
from tests.scrapers.platforms.platform_cases import answered, in_words
from tests.shared import SHARED, needs_shared

KEY = "REDDIT_CLIENT_ID"
ACCOUNT = {
    "kind": "t2",
    "data": {"id": "1w72", "name": "spez", "subreddit": {"title": "spez", "subscribers": 7}},
}
SUBREDDIT = {"kind": "t5", "data": {"name": "t5_2", "title": "A place", "subscribers": 7}}


def said(file: str) -> tuple[int, bytes]:
    """The answer to the request that followed the one for a token, as recorded."""
    content = json.loads((SHARED / "fixtures/platforms/reddit" / file).read_text("utf-8"))
    response = content["interactions"][1]["response"]
    return response["status"]["code"], response["body"]["string"].encode()


def read(url: str, handle: str, since: datetime, answers: list[tuple[int, bytes]]) -> object:
    """Drive the reader by key with these answers, one after the other."""
    platform = platforms()["reddit"]
    ask = Ask(
        url=url,
        handle=handle,
        since=since,
        until=datetime(2016, 3, 1, tzinfo=UTC),
        keys=frozenset({KEY}),
    )
    steps = platform.read(ask)
    try:
        request: Request = next(steps)
        for status, body in answers:
            assert request.key is not None
            assert request.url.startswith("https://oauth.reddit.com/")
            request = steps.send(answered({"status": status}, request.url, body))
    except StopIteration as done:
        return done.value
    raise AssertionError(f"more was asked for: {request.url}")


@needs_shared
def test_submissions_are_read_from_a_recorded_listing_and_comments_are_not() -> None:
    found = read(
        "https://www.reddit.com/user/spez",
        "spez",
        datetime(2016, 1, 1, tzinfo=UTC),
        [(200, json.dumps(ACCOUNT).encode()), said("TestRedditorListings.test_new.json")],
    )
    assert isinstance(found, Profile)
    words = in_words(found)
    assert isinstance(words, dict)
    assert (words["audience"], words["posts"], words["truncated"]) == (7, 4, False)
    assert words["newest"] == {
        "url": "https://www.reddit.com/r/announcements/comments/434h6c/reddit_in_2016/",
        "title": "Reddit in 2016",
        "text": words["newest"]["text"],
        "at": "2016-01-28T18:05:43Z",
        "source": "api",
        "format": "text",
        "language": "",
        "interactions": {"likes": 2053, "comments": 5775},
    }
    assert words["newest"]["text"]
    assert words["oldest"]["at"] == "2015-10-17T17:32:51Z"


@needs_shared
def test_a_recorded_listing_that_goes_on_is_paged_and_a_refusal_truncates_it() -> None:
    found = read(
        "https://www.reddit.com/user/spez",
        "spez",
        datetime(2015, 3, 1, tzinfo=UTC),
        [
            (200, json.dumps(ACCOUNT).encode()),
            said("TestRedditorListings.test_new.json"),
            (429, b""),
        ],
    )
    assert isinstance(found, Profile)
    assert isinstance(found.timeline, Timeline)
    assert (len(found.timeline.posts), found.timeline.truncated) == (4, True)


@needs_shared
def test_threads_of_a_recorded_listing_keep_no_text_and_no_author() -> None:
    found = read(
        "https://www.reddit.com/r/place",
        "place",
        datetime(2010, 1, 1, tzinfo=UTC),
        [(200, json.dumps(SUBREDDIT).encode()), said("TestSubreddit.test_search.json")],
    )
    assert isinstance(found, Profile)
    assert isinstance(found.timeline, Timeline)
    assert found.community
    assert [post.text for post in found.timeline.posts] == [""] * 6
    assert "Praw, opening a user page." in {post.title for post in found.timeline.posts}
    assert found.timeline.posts[-1].url == (
        "https://www.reddit.com/r/redditdev/comments/1qvzkd/praw_opening_a_user_page/"
    )
    assert found.timeline.posts[-1].published is not None
    assert found.timeline.posts[-1].published.at == datetime(2013, 11, 18, 10, 25, 49, tzinfo=UTC)


@needs_shared
def test_a_recorded_refusal_for_a_user_that_there_is_not_means_missing() -> None:
    found = read(
        "https://www.reddit.com/user/thisusershouldnotexist",
        "thisusershouldnotexist",
        datetime(2016, 1, 1, tzinfo=UTC),
        [said("TestRedditor.test_trophies__user_not_exist.json")],
    )
    assert isinstance(found, Profile)
    assert found.standing == "missing"
    assert isinstance(found.audience, Unknown)


@pytest.mark.parametrize("entries", [1, 24, 26, 99])
def test_a_feed_that_is_not_full_is_the_whole_list(entries: int) -> None:
    assert reddit_feed(entries) == (entries, False)


@pytest.mark.parametrize("entries", [25, 100])
def test_a_full_feed_may_go_on(entries: int) -> None:
    assert reddit_feed(entries) == (entries, True)


def reddit_feed(entries: int) -> tuple[int, bool]:
    items = "".join(
        f"<entry><id>t3_{number}</id><title>{number}</title>"
        f'<link href="https://www.reddit.com/r/acme/comments/{number}/x/"/>'
        f"<published>2026-11-{1 + number % 20:02}T00:00:00+00:00</published></entry>"
        for number in range(entries)
    )
    body = f'<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title>{items}</feed>'
    steps = platforms()["reddit"].read(
        Ask(
            url="https://www.reddit.com/r/acme",
            handle="acme",
            since=datetime(2025, 11, 24, tzinfo=UTC),
            until=datetime(2026, 11, 24, tzinfo=UTC),
        )
    )
    request = next(steps)
    with pytest.raises(StopIteration) as done:
        steps.send(answered({"status": 200}, request.url, body.encode()))
    line = done.value.value.timeline
    return len(line.posts), line.truncated
