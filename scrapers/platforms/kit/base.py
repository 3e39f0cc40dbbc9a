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
"""Requests that end in a T: `answer = yield from steps` sends them on and gives the T."""

GONE = frozenset({Reason.HTTP_404, Reason.HTTP_410})
"""How servers say that there is nothing at an address."""

PAGES = 40
"""Pages of a list that are read at most; what is older is then said to be missing."""

_KEPT_BODY = 20_000
"""Bytes of a useless answer that its failure keeps, enough for the words of a refusal."""


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

    `url` and `handle` are what the catalogue found (`https://bsky.app/profile/acme.example`,
    `acme.example`); `since` and `until` bound the window of time. `keys` are the names of the keys
    that are there (`Key.name`); `website` is the company's own, `names` are those that a person
    gives it, `hints` what widgets on its site say to this platform's reader (`Platform.hints`).
    `undocumented`: interfaces that a platform has not published may be asked, too.
    """

    url: str
    handle: str
    since: datetime
    until: datetime
    keys: frozenset[str] = frozenset()
    undocumented: bool = False
    website: str = ""
    names: tuple[str, ...] = ()
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
    """Ask for a web page: `page = yield from kit.ask_page("https://acme.example/about")`.

    Give the page, or the failure that says why there is none (status, robots.txt, timeout …).
    """
    return (yield Request(url=url, kind=Kind.PAGE))


def ask_feed(url: str) -> Steps[Page | Failure]:
    """Ask for a feed (RSS, Atom); give it as a page, unread, or the failure."""
    return (yield Request(url=url, kind=Kind.FEED))


def ask_json(
    url: str,
    *,
    key: Key | None = None,
    body: object = None,
    private: bool = False,
    accept: str = "",
) -> Steps["JsonAnswer | Failure"]:
    """Ask an interface for JSON; give its answer, or the failure that says why there is none.

    `answer = yield from kit.ask_json(f"{API}/users/{quote(ask.handle)}")`. What is neither an
    object nor a list, such as an error page in HTML with status 200, is a failure (bad-content).
    `key` is put on by the fetch step, which alone knows its value. `body` makes it a POST of JSON.
    `private` keeps the answer out of the archive, for lists of persons. `accept` names the types
    that are wanted, where the same address gives browsers a page.
    """
    # Sorted and without spaces, so that the archive finds the same request again in a replay.
    sent = json.dumps(body, separators=(",", ":"), sort_keys=True) if body is not None else ""
    page = yield Request(
        url=url, kind=Kind.DATA, key=key, body=sent, private=private, accept=accept
    )
    if isinstance(page, Failure):
        return page
    payload = json_of(page.body)
    if payload is None:
        return bad_content(page, "not the JSON that this interface answers")
    return JsonAnswer(page=page, payload=payload)


@dataclass(frozen=True, slots=True)
class JsonAnswer:
    """An interface's answer: the page that proves it, and the object or list that it holds."""

    page: Page
    payload: object

    def field(self, *path: str | int) -> object:
        """Return what lies under these keys and places, or None: `answer.field("user", "id")`."""
        return field(self.payload, *path)

    def items(self, *path: str | int) -> list[Json]:
        """Return the objects of the list under these keys: `answer.items("data", "videos")`.

        Without keys the answer itself is the list. An empty list where there is none.
        """
        return items(self.field(*path))

    def text(self, *path: str | int) -> str:
        """Return the text under these keys, white space folded; "" where there is no text."""
        return text_of(self.field(*path))


def bad_content(page: Page, detail: str) -> Failure:
    """Return the failure of a page that is not what it should be; `detail` says so in words."""
    return Failure(
        url=page.url,
        reason=Reason.BAD_CONTENT,
        detail=detail,
        failed_at=page.fetched_at,
        record=page.record,
        body=page.body[:_KEPT_BODY],
    )
