"""Recorded conversations with a Mastodon server: what the reader asks is looked up in them."""

import json
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from ruamel.yaml import YAML

from audit.model.exchange import Failure, Page, Request
from audit.model.profile import Outcome, Profile, Timeline
from audit.model.value import Reason, Unknown
from scrapers.platforms.fediverse.mastodon import PLATFORM
from scrapers.platforms.fediverse.sample import sample_followers
from scrapers.platforms.kit.base import Ask, Steps, T
from tests.scrapers.platforms.platform_cases import NOW, YEAR, in_words, same
from tests.shared import SHARED, needs_shared

pytestmark = needs_shared

HOST = "https://localhost:3000"
ACCOUNT = "117020565966271181"
STANDS_IN = {
    # No account's own statuses and followers were recorded; lists of the same objects were.
    f"/api/v1/accounts/{ACCOUNT}/statuses": "/api/v1/timelines/public",
    f"/api/v1/accounts/{ACCOUNT}/followers": "/api/v1/directory",
}
CASSETTES = ("account_lookup", "nodeinfo", "public_tl_anonymous", "directory")


@dataclass(frozen=True, slots=True)
class Recorded:
    """One recorded answer of the server."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


class Cassette:
    """What was recorded, by path; of an address the last answer counts."""

    def __init__(self) -> None:
        folder = SHARED / "fixtures" / "platforms" / "mastodon"
        self.answers: dict[str, Recorded] = {}
        self.asked: list[str] = []
        for name in CASSETTES:
            content = YAML(typ="safe", pure=True).load((folder / f"test_{name}.yaml").read_text())
            for exchange in content["interactions"]:
                parts, response = urlsplit(exchange["request"]["uri"]), exchange["response"]
                self.answers[f"{parts.path}?{parts.query}".rstrip("?")] = Recorded(
                    status=response["status"]["code"],
                    headers=tuple((key, values[0]) for key, values in response["headers"].items()),
                    body=response["body"]["string"].encode(),
                )

    def to(self, request: Request) -> Page | Failure:
        """Answer as the server did; 404 for what was not recorded, such as a second page."""
        assert request.url.startswith(f"{HOST}/")
        path = request.url.removeprefix(HOST)
        self.asked.append(path)
        name = "" if "max_id" in path else STANDS_IN.get(path.partition("?")[0], path)
        answer = self.answers.get(name, Recorded(404, (), b""))
        if answer.status != 200:
            reason = Reason.of_status(answer.status)
            return Failure(
                url=request.url, reason=reason, detail="", failed_at=NOW, body=answer.body
            )
        return Page(
            url=request.url,
            requested_url=request.url,
            status=200,
            headers=answer.headers,
            body=answer.body,
            fetched_at=NOW,
            record="f#1",
        )


def played(steps: Steps[T], cassette: Cassette) -> T:
    """Take a reader to its end with what was recorded, and return what it read."""
    try:
        request = next(steps)
        while True:
            request = steps.send(cassette.to(request))
    except StopIteration as done:
        result: T = done.value
        return result


def ask(name: str) -> Ask:
    """Return what the reader is asked: an account of the recorded server, posts of a year."""
    return Ask(url=f"{HOST}/@{name}", handle=name, since=NOW - YEAR, until=NOW)


def test_a_recorded_account_is_read_with_its_real_zeros() -> None:
    cassette = Cassette()
    profile = played(PLATFORM.read(ask("mastodonpy_test")), cassette)
    expected = {
        "standing": "live",
        "audience": 0,
        "figures": {"following": 0, "posts": 0},
        "url": "http://localhost:3000/@mastodonpy_test",
        "account": f"http://localhost:3000/ap/users/{ACCOUNT}",
        "name": "John Lennon",
        "about": "I walk funny",
        "links": [],
        "created_at": "2026-08-01T00:00:00Z",
        "verified": False,
        "posts": 8,
        "truncated": True,
        "newest": {
            "at": "2026-08-01T13:55:46Z",
            "title": "Toot, finally!",
            "language": "ja",
            "interactions": {"likes": 0, "comments": 0, "shares": 0},
        },
        "oldest": {"at": "2026-08-01T13:51:05Z", "text": "I have never stolen a ham in my life."},
    }
    assert same(expected, in_words(profile)) == []
    assert "/nodeinfo/2.0" in cassette.asked
    assert cassette.asked[-1].endswith("&max_id=117020574694606796"), "the Link header was followed"
    assert isinstance(profile, Profile)
    assert isinstance(profile.timeline, Timeline)
    assert [post.format for post in profile.timeline.posts if post.format != "text"] == ["poll"]


def test_a_recorded_refusal_means_that_there_is_no_such_account() -> None:
    profile = played(PLATFORM.read(ask("kljadklajsdkljlkjlkjlkjasdasd")), Cassette())
    assert same({"standing": "missing", "audience": "? http-404"}, in_words(profile)) == []


def test_the_list_of_followers_is_not_asked_for_where_its_owner_hides_it() -> None:
    cassette = Cassette()
    followers = played(sample_followers(ask("mastodonpy_test"), 5), cassette)
    assert followers == Unknown(
        reason=Outcome.HIDDEN.reason, detail="the owner does not show who follows"
    )
    assert not any("followers" in path for path in cassette.asked)


def test_recorded_accounts_become_followers_without_names() -> None:
    cassette = Cassette()
    path = "/api/v1/accounts/lookup?acct=mastodonpy_test"
    recorded = cassette.answers[path]
    # The recorded account hides its followers; one that shows them differs in this field alone.
    open_account = json.loads(recorded.body) | {"hide_collections": False}
    cassette.answers[path] = replace(recorded, body=json.dumps(open_account).encode())
    followers = played(sample_followers(ask("mastodonpy_test"), 5), cassette)
    assert isinstance(followers, tuple)
    assert [(follower.account, follower.about, follower.kind) for follower in followers] == [
        ("http://localhost:3000/ap/users/117020566092212359", "", "")
    ]
