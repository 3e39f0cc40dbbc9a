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


def recorded(file: str) -> tuple[int, bytes]:
    """Return status and body of the answer that followed the request for a token, as recorded."""
    content = json.loads((SHARED / "fixtures/platforms/reddit" / file).read_text("utf-8"))
    response = content["interactions"][1]["response"]
    return response["status"]["code"], response["body"]["string"].encode()


def read(
    url: str, handle: str, since: datetime, answers: list[tuple[int, bytes]]
) -> Profile | Unknown:
    """Drive the reader by key with these answers, one after the other."""
    ask = Ask(
        url=url,
        handle=handle,
        since=since,
        until=datetime(2016, 3, 1, tzinfo=UTC),
        keys=frozenset({KEY}),
    )
    steps = platforms()["reddit"].read(ask)
    try:
        request: Request = next(steps)
        for status, body in answers:
            assert request.key is not None
            assert request.url.startswith("https://oauth.reddit.com/")
            request = steps.send(answered({"status": status}, request.url, body))
    except StopIteration as done:
        profile: Profile | Unknown = done.value
        return profile
    raise AssertionError(f"more was asked for: {request.url}")


@needs_shared
def test_submissions_are_read_from_a_recorded_listing_and_comments_are_not() -> None:
    profile = read(
        "https://www.reddit.com/user/spez",
        "spez",
        datetime(2016, 1, 1, tzinfo=UTC),
        [(200, json.dumps(ACCOUNT).encode()), recorded("TestRedditorListings.test_new.json")],
    )
    assert isinstance(profile, Profile)
    words = in_words(profile)
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
    profile = read(
        "https://www.reddit.com/user/spez",
        "spez",
        datetime(2015, 3, 1, tzinfo=UTC),
        [
            (200, json.dumps(ACCOUNT).encode()),
            recorded("TestRedditorListings.test_new.json"),
            (429, b""),
        ],
    )
    assert isinstance(profile, Profile)
    assert isinstance(profile.timeline, Timeline)
    assert (len(profile.timeline.posts), profile.timeline.truncated) == (4, True)


@needs_shared
def test_threads_of_a_recorded_listing_keep_no_text_and_no_author() -> None:
    profile = read(
        "https://www.reddit.com/r/place",
        "place",
        datetime(2010, 1, 1, tzinfo=UTC),
        [(200, json.dumps(SUBREDDIT).encode()), recorded("TestSubreddit.test_search.json")],
    )
    assert isinstance(profile, Profile)
    assert isinstance(profile.timeline, Timeline)
    assert profile.community
    assert [post.text for post in profile.timeline.posts] == [""] * 6
    assert "Praw, opening a user page." in {post.title for post in profile.timeline.posts}
    assert profile.timeline.posts[-1].url == (
        "https://www.reddit.com/r/redditdev/comments/1qvzkd/praw_opening_a_user_page/"
    )
    assert profile.timeline.posts[-1].published is not None
    assert profile.timeline.posts[-1].published.at == datetime(2013, 11, 18, 10, 25, 49, tzinfo=UTC)


@needs_shared
def test_a_recorded_refusal_for_a_user_that_there_is_not_means_missing() -> None:
    profile = read(
        "https://www.reddit.com/user/thisusershouldnotexist",
        "thisusershouldnotexist",
        datetime(2016, 1, 1, tzinfo=UTC),
        [recorded("TestRedditor.test_trophies__user_not_exist.json")],
    )
    assert isinstance(profile, Profile)
    assert profile.standing == "missing"
    assert isinstance(profile.audience, Unknown)


def feed_of(entries: int) -> bytes:
    """Return an Atom feed of so many threads, all of November 2026 and thus within the window."""
    items = "".join(
        f"<entry><id>t3_{number}</id><title>{number}</title>"
        f'<link href="https://www.reddit.com/r/acme/comments/{number}/x/"/>'
        f"<published>2026-11-{1 + number % 20:02}T00:00:00+00:00</published></entry>"
        for number in range(entries)
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title>{items}</feed>'.encode()


def timeline_of_feed(entries: int) -> Timeline:
    """Read a subreddit without a key, by a feed of so many threads."""
    ask = Ask(
        url="https://www.reddit.com/r/acme",
        handle="acme",
        since=datetime(2025, 11, 24, tzinfo=UTC),
        until=datetime(2026, 11, 24, tzinfo=UTC),
    )
    steps = platforms()["reddit"].read(ask)
    request = next(steps)
    with pytest.raises(StopIteration) as done:
        steps.send(answered({"status": 200}, request.url, feed_of(entries)))
    profile = done.value.value
    assert isinstance(profile, Profile)
    assert isinstance(profile.timeline, Timeline)
    return profile.timeline


@pytest.mark.parametrize("entries", [1, 24, 26, 99])
def test_a_feed_that_is_not_full_is_the_whole_list(entries: int) -> None:
    timeline = timeline_of_feed(entries)
    assert (len(timeline.posts), timeline.truncated) == (entries, False)


@pytest.mark.parametrize("entries", [25, 100])
def test_a_full_feed_may_go_on(entries: int) -> None:
    timeline = timeline_of_feed(entries)
    assert (len(timeline.posts), timeline.truncated) == (entries, True)


def page_of_listing(cursor: str | None) -> bytes:
    """Return one page of an account's submissions of February 2016, with the cursor to the next."""
    submission = {
        "permalink": f"/r/acme/comments/{cursor}/x/",
        "title": "A thread",
        "created_utc": 1_455_000_000,
    }
    children = [{"kind": "t3", "data": submission}]
    return json.dumps({"data": {"after": cursor, "children": children}}).encode()


@pytest.mark.parametrize(("pages", "truncated"), [(9, False), (10, True)])
def test_the_end_of_the_tenth_page_is_the_end_of_what_reddit_gives(
    pages: int, truncated: bool
) -> None:
    cursors = [*(f"t3_{number}" for number in range(1, pages)), None]
    profile = read(
        "https://www.reddit.com/user/spez",
        "spez",
        datetime(2016, 1, 1, tzinfo=UTC),
        [
            (200, json.dumps(ACCOUNT).encode()),
            *((200, page_of_listing(cursor)) for cursor in cursors),
        ],
    )
    assert isinstance(profile, Profile)
    assert isinstance(profile.timeline, Timeline)
    assert (len(profile.timeline.posts), profile.timeline.truncated) == (pages, truncated)
