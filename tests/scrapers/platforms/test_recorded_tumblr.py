"""Tumblr's reader on recorded posts of its interface; they were recorded as a list of likes."""

import json
from datetime import UTC, datetime

import pytest

from scrapers.platforms import kit, platforms
from tests.scrapers.platforms.platform_cases import answered
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared


@pytest.fixture(name="recorded")
def recorded_posts() -> list[dict[str, object]]:
    """Return the 20 recorded posts as Tumblr gave them, in its order: not that of their times."""
    path = SHARED / "fixtures/platforms/tumblr/tumblr_likes.json"
    posts: list[dict[str, object]] = json.loads(path.read_text("utf-8"))["liked_posts"]
    return posts


@pytest.fixture(name="blog")
def blog_with(recorded: list[dict[str, object]]) -> kit.Profile:
    """Return a blog whose one and only page holds the recorded posts, as it is read by key."""
    response = {"blog": {"name": "acme"}, "posts": recorded, "total_posts": len(recorded)}
    steps = platforms()["tumblr"].read(
        kit.Ask(
            url="https://acme.tumblr.com",
            handle="acme",
            since=datetime(2014, 1, 1, tzinfo=UTC),
            until=datetime(2016, 1, 1, tzinfo=UTC),
            keys=frozenset({"TUMBLR_API_KEY"}),
        )
    )
    request = next(steps)
    with pytest.raises(StopIteration) as done:
        steps.send(
            answered({"status": 200}, request.url, json.dumps({"response": response}).encode())
        )
    profile = done.value.value
    assert isinstance(profile, kit.Profile)
    return profile


@pytest.fixture(name="timeline")
def timeline_of(blog: kit.Profile) -> kit.Timeline:
    """Return the posts of the blog."""
    assert isinstance(blog.timeline, kit.Timeline)
    return blog.timeline


def test_a_list_that_holds_as_many_posts_as_are_counted_is_whole(
    blog: kit.Profile, timeline: kit.Timeline
) -> None:
    assert kit.counted(blog.figures)[kit.Count.POSTS].value == len(timeline.posts) == 20
    assert not timeline.truncated


def test_every_post_is_dated_by_its_own_time_and_the_newest_comes_first(
    timeline: kit.Timeline, recorded: list[dict[str, object]]
) -> None:
    times = [post.published.at for post in timeline.posts if post.published is not None]
    stated = [
        datetime.strptime(str(post["date"]), "%Y-%m-%d %H:%M:%S GMT").replace(tzinfo=UTC)
        for post in recorded
    ]
    assert times == sorted(stated, reverse=True)


def test_notes_are_the_only_reaction_and_count_as_likes(
    timeline: kit.Timeline, recorded: list[dict[str, object]]
) -> None:
    assert {
        post.url: [(part.reaction, part.count) for part in post.interactions]
        for post in timeline.posts
    } == {post["post_url"]: [(kit.Reaction.LIKES, post["note_count"])] for post in recorded}


def test_a_photo_without_a_title_is_named_by_the_words_below_it(timeline: kit.Timeline) -> None:
    newest = timeline.posts[0]
    assert newest.url == (
        "http://butterfliesinthegalaxy.tumblr.com/post/131415463425/"
        "cravings-satisfied-bacon-baconator-wendys"
    )
    assert newest.title.startswith("Cravings satisfied")
    assert newest.text.startswith("Cravings satisfied")
    assert (newest.format, newest.repost, newest.language) == ("image", False, "")
