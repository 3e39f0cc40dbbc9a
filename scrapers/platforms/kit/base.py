"""What a platform offers, and the few steps that all platforms are read with.

A reader is a generator: it yields requests, is sent what came of each, and returns the profile. It
never fetches, waits or keeps anything, so that a test drives it with pages from a folder.
"""

import json
from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from datetime import datetime
from enum import StrEnum
from typing import Protocol, TypeVar

from audit.model.exchange import Failure, Key, Kind, Page, Request
from audit.model.profile import Profile
from audit.model.value import Reason, Unknown
from scrapers.parse.values import Json, field, items, json_of, text_of

T = TypeVar("T")
Steps = Generator[Request, Page | Failure, T]
"""A course of requests that ends in a T."""

GONE = frozenset({Reason.HTTP_404, Reason.HTTP_410})
"""How servers say that there is nothing at an address."""

PAGES = 40
"""Pages of a list that are read at most; what is older is then said to be missing."""


class Confidence(StrEnum):
    """How well it is known that a way of reading works.

    By the platform's own word, by a recorded answer, by public tools that are kept up, by users'
    reports, or not yet.
    """

    DOCUMENTED = "documented"
    RECORDED = "recorded"
    TOOLS = "public tools"
    REPORTED = "reported"
    UNVERIFIED = "not verified"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """The profile to read, posts since when, and what the user allows.

    `keys` are the names of the keys that are there (`Key.name`); `website` is the company's own,
    `hints` what widgets on it say to this platform's reader (`Platform.hints`).
    """

    url: str
    handle: str
    since: datetime
    until: datetime
    keys: frozenset[str] = frozenset()
    undocumented: bool = False
    website: str = ""
    hints: Mapping[str, str] = dataclass_field(default_factory=dict)

    def has(self, key: Key) -> bool:
        """Tell whether the user has given this key."""
        return key.name in self.keys


class Read(Protocol):
    """Reads one profile: yields requests, returns what the profile says or why nothing."""

    def __call__(self, ask: Ask) -> Steps[Profile | Unknown]:
        """Begin to read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """How one platform is read.

    `name` is that of its rule in config/rules/platforms. `audience` is the platform's own word for
    those who follow (followers, subscribers, members), empty where there are none. `public` says in
    words what is read without a key, `undocumented` what `settings.allow_undocumented` adds.
    `hints` maps names to the class and attribute of a widget on the company's site that hold them.
    `pace` is how many times the usual delay lies between two requests. `community`: others write
    there. `sample` reads up to so many followers from a public list.
    """

    name: str
    read: Read
    public: str
    confidence: Confidence
    audience: str = "followers"
    keys: tuple[Key, ...] = ()
    undocumented: str = ""
    pace: float = 2.0
    community: bool = False
    hints: Mapping[str, tuple[str, str]] = dataclass_field(default_factory=dict)
    sample: "Callable[[Ask, int], Steps[tuple[Follower, ...] | Unknown]] | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Follower:
    """One follower while a sample is being counted; never stored, logged or archived.

    `account` tells followers of two companies to be one; `about` is what they say of themselves,
    `kind` the platform's own word (Organization, Bot …), `language` where the platform states it.
    """

    account: str
    about: str = ""
    kind: str = ""
    language: str = ""


# ---- steps: what a reader asks for ----


def ask_page(url: str) -> Steps[Page | Failure]:
    """Ask for a web page."""
    return (yield Request(url=url, kind=Kind.PAGE))


def ask_feed(url: str) -> Steps[Page | Failure]:
    """Ask for a feed."""
    return (yield Request(url=url, kind=Kind.FEED))


def ask_json(
    url: str,
    *,
    key: Key | None = None,
    body: object = None,
    private: bool = False,
    accept: str = "",
) -> Steps["JsonAnswer | Failure"]:
    """Ask for JSON; `body` makes it a POST. What is no JSON object or list is a failure.

    `accept` names the types that are wanted, where an address has others for browsers.
    """
    sent = json.dumps(body, separators=(",", ":"), sort_keys=True) if body is not None else ""
    found = yield Request(
        url=url, kind=Kind.DATA, key=key, body=sent, private=private, accept=accept
    )
    if isinstance(found, Failure):
        return found
    said = json_of(found.body)
    if said is None:
        return bad_content(found, "not the JSON that this interface answers")
    return JsonAnswer(page=found, payload=said)


@dataclass(frozen=True, slots=True)
class JsonAnswer:
    """A JSON answer: the page that holds it, and what it says."""

    page: Page
    payload: object

    def field(self, *path: str | int) -> object:
        """What lies under these keys and places, or None."""
        return field(self.payload, *path)

    def items(self, *path: str | int) -> list[Json]:
        """The objects of the list under these keys; an empty list where there is none."""
        return items(self.field(*path))

    def text(self, *path: str | int) -> str:
        """The text under these keys, cleaned; empty where there is none."""
        return text_of(self.field(*path))


def bad_content(found: Page, detail: str) -> Failure:
    """A page that is not what it should be."""
    return Failure(
        url=found.url,
        reason=Reason.BAD_CONTENT,
        detail=detail,
        failed_at=found.fetched_at,
        record=found.record,
        body=found.body[:20_000],
    )
