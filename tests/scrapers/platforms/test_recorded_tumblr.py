"""Tumblr's reader on recorded posts of its interface; they were recorded as a list of likes."""

import json
from datetime import UTC, datetime

from audit.model.profile import Profile
from scrapers.platforms import platforms
from scrapers.platforms.kit.base import Ask
from tests.scrapers.platforms.platform_cases import answered, in_words
from tests.shared import SHARED, needs_shared


@needs_shared
def test_recorded_posts_are_read_with_their_notes() -> None:
    path = SHARED / "fixtures/platforms/tumblr/tumblr_likes.json"
    posts = json.loads(path.read_text("utf-8"))["liked_posts"]
    answer = {"response": {"blog": {"name": "acme"}, "posts": posts, "total_posts": len(posts)}}
    steps = platforms()["tumblr"].read(
        Ask(
            url="https://acme.tumblr.com",
            handle="acme",
            since=datetime(2014, 1, 1, tzinfo=UTC),
            until=datetime(2016, 1, 1, tzinfo=UTC),
            keys=frozenset({"TUMBLR_API_KEY"}),
        )
    )
    request = next(steps)
    found: object = None
    try:
        steps.send(answered({"status": 200}, request.url, json.dumps(answer).encode()))
    except StopIteration as done:
        found = done.value
    assert isinstance(found, Profile)
    words = in_words(found)
    assert isinstance(words, dict)
    assert (words["figures"], words["posts"], words["truncated"]) == ({"posts": 20}, 20, False)
    assert words["newest"] == {
        "url": "http://butterfliesinthegalaxy.tumblr.com/post/131415463425/"
        "cravings-satisfied-bacon-baconator-wendys",
        "title": words["newest"]["title"],
        "text": words["newest"]["text"],
        "at": "2015-10-18T13:31:33Z",
        "source": "api",
        "format": "image",
        "language": "",
        "interactions": {"likes": 5},
    }
    assert words["oldest"]["at"] == "2014-09-25T16:25:26Z"
    assert words["oldest"]["interactions"] == {"likes": 13}
