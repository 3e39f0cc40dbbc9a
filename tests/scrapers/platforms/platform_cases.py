"""Drive the readers of platforms with answers from a file, and put what they read into plain words.

The files of cases are explained in docs/add-a-platform.md (3. Test data).
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

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
    content: Plain

    def __str__(self) -> str:
        return f"{self.platform.name}-{self.name}"

    @property
    def answers(self) -> list[Plain]:
        """The answers that the platform gives, in the order of the file."""
        answers = self.content.get("answers") or []
        assert isinstance(answers, list)
        return answers

    @property
    def needs(self) -> str:
        """What a case on recorded material needs beside the checkout; "" for nothing."""
        return next((str(answer["shared"]) for answer in self.answers if "shared" in answer), "")


@cache
def cases() -> tuple[Case, ...]:
    """Return every case of every platform, in the order of the files."""
    return tuple(
        Case(platform, path.stem, _content(path.read_text("utf-8")))
        for platform in platforms().values()
        for path in sorted((FOLDER / platform.name).glob("*.yaml"))
    )


def _content(text: str) -> Plain:
    """Return what a file says; the quick parser refuses a few plain texts with colons."""
    try:
        content = YAML(typ="safe").load(text)
    except YAMLError:
        content = YAML(typ="safe", pure=True).load(text)
    return content or {}


@cache
def links() -> PlatformIndex:
    """Return the catalogue's patterns for links, by which a case's handle is found."""
    return PlatformIndex(load_catalogue().platforms)


def ask(case: Case) -> Ask:
    """Return what the reader is asked; its handle is what the catalogue finds in the address."""
    url = str(case.content["url"])
    profile = links().match(url)
    assert profile is not None, f"the catalogue finds no profile in {url}"
    assert profile.platform == case.platform.name
    keys, hints = case.content.get("keys"), case.content.get("hints")
    return Ask(
        url=profile.url,
        handle=profile.handle,
        since=NOW - YEAR,
        until=NOW,
        keys=frozenset(keys if isinstance(keys, list) else ()),
        undocumented=bool(case.content.get("undocumented")),
        website=str(case.content.get("website", "")),
        hints=hints if isinstance(hints, dict) else {},
    )


class Answers:
    """The answers of a case by address; every request must be foreseen, every answer be used."""

    def __init__(self, case: Case) -> None:
        self.folder = FOLDER / case.platform.name
        self.by_request = {_name_of(answer): answer for answer in case.answers}
        self.used: set[str] = set()

    def to(self, request: Request) -> Page | Failure:
        """Answer a request, which must carry the key that the case names, to that key's host."""
        name = f"{request.url} {request.body}".strip()
        assert name in self.by_request, f"asked for what the case does not foresee: {name}"
        self.used.add(name)
        answer = self.by_request[name]
        assert (request.key.name if request.key else None) == answer.get("key"), "the wrong key"
        if request.key is not None:
            assert request.url.startswith(f"https://{request.key.host}/")
        return answered(answer, request.url, self._body(answer))

    def _body(self, answer: Mapping[str, object]) -> bytes:
        """Return the body of an answer: JSON, a recorded file, a file beside the case, or a text."""
        if "json" in answer:
            return json.dumps(answer["json"]).encode()
        if "shared" in answer:
            return recorded(str(answer["shared"]))
        if "file" in answer:
            return (self.folder / str(answer["file"])).read_bytes()
        return str(answer.get("text", "")).encode()


def _name_of(answer: Mapping[str, object]) -> str:
    """Return the request that an answer is for: its address, with the body of a POST behind it."""
    body = answer.get("post")
    sent = json.dumps(body, separators=(",", ":"), sort_keys=True) if body is not None else ""
    return f"{answer['url']} {sent}".strip()


def answered(answer: Mapping[str, object], url: str, body: bytes) -> Page | Failure:
    """Return an answer as the fetch step gives it: a page, or a failure with its reason.

    `answer` may hold `status`, `reason`, `headers` and `at` (the address after redirects).
    """
    status, reason = int(str(answer.get("status", 200))), answer.get("reason")
    headers = answer.get("headers")
    if reason is None and 200 <= status < 300:
        return Page(
            url=str(answer.get("at", url)),
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
    """Return a recorded answer; of a file with request and response, the body of the response."""
    content = (SHARED / "fixtures" / "platforms" / path).read_bytes()
    if not path.endswith(".mock.json"):
        return content
    body: str = json.loads(content)["response"]["responseBody"]
    return body.encode()


def driven(steps: Steps[T], answers: Answers) -> T:
    """Take a reader to its end and return what it read."""
    try:
        request = next(steps)
        while True:
            request = steps.send(answers.to(request))
    except StopIteration as done:
        result: T = done.value
        return result


def in_words(result: Profile | Unknown) -> object:
    """Return what was read as the files of the cases write it.

    A profile is a dict; an unknown one is its reason behind a question mark ("? login-wall").
    """
    if isinstance(result, Unknown):
        return f"? {result.reason}"
    line = result.timeline
    words: Plain = {
        "standing": str(result.standing),
        "audience": _number(result.audience),
        "figures": {str(figure.count): _number(figure.value) for figure in result.figures},
        "timeline": f"? {line.reason}" if isinstance(line, Unknown) else "read",
        "url": result.url,
        "handle": result.handle,
        "account": result.account,
        "name": result.name,
        "about": result.about,
        "links": list(result.links),
        "created_at": _time(result.created_at),
        "updated_at": _time(result.updated_at),
        "verified": result.verified,
        "picture": result.picture,
        "cover": result.cover,
        "pinned": result.pinned,
        "shows": [str(part) for part in result.shows],
        "community": result.community,
    }
    return words if isinstance(line, Unknown) else words | _line(line)


def _line(line: Timeline) -> Plain:
    """Return the posts: how many, and the first and last; reposts are counted apart."""
    own = [post for post in line.posts if not post.repost]
    passed_on = [post for post in line.posts if post.repost]
    return {
        "posts": len(own),
        "reposts": len(passed_on),
        "truncated": line.truncated,
        "newest": _post(own[0]) if own else None,
        "oldest": _post(own[-1]) if own else None,
        "newest_repost": _post(passed_on[0]) if passed_on else None,
    }


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
            str(interaction.reaction): (
                interaction.count if interaction.exact else f"≈ {interaction.count}"
            )
            for interaction in post.interactions
        },
    }


def _number(value: Number | Moment) -> object:
    """Return a value as a number, "≈ 12300" for a rounded one, "–" for none, "? reason" unknown."""
    match value:
        case Known(value=number, exact=exact):
            return number if exact else f"≈ {number}"
        case Absent():
            return "–"
        case Unknown(reason=reason):
            return f"? {reason}"


def _time(at: datetime | None) -> str | None:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ") if at is not None else None


def same(expected: object, actual: object, place: str = "") -> list[str]:
    """Return where values differ from those that are expected, as far as these are given.

    `same({"a": 1}, {"a": 2, "b": 3})` is ["a: expected 1, found 2"].
    """
    if isinstance(expected, dict) and isinstance(actual, dict):
        return [
            line
            for key, value in expected.items()
            for line in same(value, actual.get(key), f"{place}.{key}".strip("."))
        ]
    return [] if expected == actual else [f"{place}: expected {expected!r}, found {actual!r}"]
