"""Drive the readers of platforms with answers from a file, and put what they say into plain words."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from audit.model.exchange import Failure, Page, Request
from audit.model.profile import Profile, ProfilePost, Timeline
from audit.model.value import Absent, Known, Moment, Number, Reason, Unknown
from config.catalogue import load_catalogue
from scrapers.page.addresses import PlatformIndex
from scrapers.platforms import platforms
from scrapers.platforms.kit.base import Ask, Platform, Steps, T
from tests.shared import SHARED

FOLDER = Path(__file__).parent
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
YEAR = timedelta(days=365)

Plain = dict[str, object]


@dataclass(frozen=True, slots=True)
class Case:
    """One file of test data: what is asked, what the platform answers, what must be read."""

    platform: Platform
    name: str
    said: Plain

    def __str__(self) -> str:
        return f"{self.platform.name}-{self.name}"

    @property
    def needs(self) -> str:
        """What a case on recorded material needs beside the checkout."""
        listed = self.said.get("answers") or []
        assert isinstance(listed, list)
        return next((str(each["shared"]) for each in listed if "shared" in each), "")


def cases() -> list[Case]:
    """Every case of every platform, in the order of the files."""
    return [
        Case(platform, path.stem, YAML(typ="safe", pure=True).load(path.read_text("utf-8")))
        for platform in platforms().values()
        for path in sorted((FOLDER / platform.name).glob("*.yaml"))
    ]


@cache
def links() -> PlatformIndex:
    return PlatformIndex(load_catalogue().platforms)


def ask(case: Case) -> Ask:
    """What the reader is asked; the handle is the one that the catalogue finds in the address."""
    url = str(case.said["url"])
    profile = links().match(url)
    assert profile is not None, f"the catalogue finds no profile in {url}"
    assert profile.platform == case.platform.name
    keys = case.said.get("keys")
    return Ask(
        url=profile.url,
        handle=profile.handle,
        since=NOW - YEAR,
        until=NOW,
        keys=frozenset(keys if isinstance(keys, list) else ()),
        undocumented=bool(case.said.get("undocumented")),
        website=str(case.said.get("website", "")),
        hints=hints if isinstance(hints := case.said.get("hints"), dict) else {},
    )


class Answers:
    """The answers of a case by address; every request must be foreseen, every answer be used."""

    def __init__(self, case: Case) -> None:
        listed = case.said.get("answers") or []
        assert isinstance(listed, list)
        self.folder = FOLDER / case.platform.name
        self.by_url = {_named(each): each for each in listed}
        self.used: list[str] = []

    def to(self, request: Request) -> Page | Failure:
        name = f"{request.url} {request.body}".strip()
        assert name in self.by_url, f"asked for what the case does not foresee: {name}"
        self.used.append(name)
        said = self.by_url[name]
        assert (request.key.name if request.key else None) == said.get("key"), "the wrong key"
        if request.key is not None:
            assert request.url.startswith(f"https://{request.key.host}/")
        return answered(said, request.url, self._body(said))

    def _body(self, said: Mapping[str, object]) -> bytes:
        if "json" in said:
            return json.dumps(said["json"]).encode()
        if "shared" in said:
            return recorded(str(said["shared"]))
        if "file" in said:
            return (self.folder / str(said["file"])).read_bytes()
        return str(said.get("text", "")).encode()


def answered(said: Mapping[str, object], url: str, body: bytes) -> Page | Failure:
    """An answer as the fetch step gives it: a page, or a failure with its reason."""
    status, reason = int(str(said.get("status", 200))), said.get("reason")
    headers = said.get("headers")
    if reason is None and 200 <= status < 300:
        return Page(
            url=str(said.get("at", url)),
            requested_url=url,
            status=status,
            headers=tuple(headers.items()) if isinstance(headers, dict) else (),
            body=body,
            fetched_at=NOW,
            record="f#1",
        )
    word = Reason(str(reason)) if reason else Reason.of_status(status)
    word = Reason.RATE_LIMITED if status == 429 else word
    return Failure(url=url, reason=word, detail=f"HTTP {status}", failed_at=NOW, body=body)


def recorded(path: str) -> bytes:
    """A recorded answer; of a file with request and response, the body of the response."""
    content = (SHARED / "fixtures" / "platforms" / path).read_bytes()
    if not path.endswith(".mock.json"):
        return content
    body: str = json.loads(content)["response"]["responseBody"]
    return body.encode()


def _named(said: Mapping[str, object]) -> str:
    body = said.get("post")
    sent = json.dumps(body, separators=(",", ":"), sort_keys=True) if body is not None else ""
    return f"{said['url']} {sent}".strip()


def driven(steps: Steps[T], answers: Answers) -> T:
    """Take a reader to its end."""
    try:
        request = next(steps)
        while True:
            request = steps.send(answers.to(request))
    except StopIteration as done:
        found: T = done.value
        return found


def in_words(found: Profile | Unknown) -> object:
    """What was read, as the files of the cases write it."""
    if isinstance(found, Unknown):
        return f"? {found.reason}"
    line = found.timeline
    said: Plain = {
        "standing": str(found.standing),
        "audience": _number(found.audience),
        "figures": {str(each.count): _number(each.value) for each in found.figures},
        "timeline": f"? {line.reason}" if isinstance(line, Unknown) else "read",
        "url": found.url,
        "handle": found.handle,
        "account": found.account,
        "name": found.name,
        "about": found.about,
        "links": list(found.links),
        "created_at": _time(found.created_at),
        "updated_at": _time(found.updated_at),
        "verified": found.verified,
        "community": found.community,
    }
    if isinstance(line, Timeline):
        own = [post for post in line.posts if not post.repost]
        passed_on = [post for post in line.posts if post.repost]
        said |= {
            "posts": len(own),
            "reposts": len(passed_on),
            "truncated": line.truncated,
            "newest": _post(own[0]) if own else None,
            "oldest": _post(own[-1]) if own else None,
            "newest_repost": _post(passed_on[0]) if passed_on else None,
        }
    return said


def _post(post: ProfilePost) -> Plain:
    return {
        "url": post.url,
        "title": post.title,
        "text": post.text,
        "at": _time(post.published.at if post.published else None),
        "source": str(post.published.source) if post.published else None,
        "format": post.format,
        "language": post.language,
        "interactions": {
            str(each.reaction): each.count if each.exact else f"≈ {each.count}"
            for each in post.interactions
        },
    }


def _number(value: Number | Moment) -> object:
    match value:
        case Known(value=number, exact=exact):
            return number if exact else f"≈ {number}"
        case Absent():
            return "–"
        case Unknown(reason=reason):
            return f"? {reason}"


def _time(at: datetime | None) -> str | None:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if at is not None else None


def same(expected: object, found: object, place: str = "") -> list[str]:
    """Where the expected values, as far as they are given, differ from those found."""
    if isinstance(expected, dict) and isinstance(found, dict):
        return [
            line
            for key, value in expected.items()
            for line in same(value, found.get(key), f"{place}.{key}".strip("."))
        ]
    return [] if expected == found else [f"{place}: expected {expected!r}, found {found!r}"]
