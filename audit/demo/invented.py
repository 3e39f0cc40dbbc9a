"""The invented companies of the demo, as their files under config/demo/ describe them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any

from ruamel.yaml import YAML

from audit.demo.records import record, values


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """A page: its title and its body, which may name `{newsletter}`, `{stars}` and `{chat}`."""

    title: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiki:
    """A wiki in the manner of MediaWiki."""

    main: str
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Forum:
    """A forum: its index and its threads."""

    index: str
    threads: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Newsletter:
    """A sign-up form."""

    action: str
    label: str
    button: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostSection:
    """A blog or news section: where it is, how often it is written, how much its feed holds."""

    index: str
    feed: str = ""
    title: str
    every_days: int
    newest_days: int
    count: int
    per_page: int
    feed_items: int = 0
    patterns: tuple[str, ...]
    subjects: tuple[str, ...]
    comments: bool = False
    kind: str = "blog"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoCount:
    """A number on a page, as it is printed a quarter ago and today."""

    before: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Invented:
    """An invented company, as its file under config/demo/companies/ describes it.

    `logbook` is a blog in a shape that no rule knows, `counts` are numbers that a page may name
    (`{machines}`), and `pointed` are the lines of competitors.yaml that point at both. `earlier` is
    what was otherwise a quarter ago, by the names of the fields.
    """

    name: str
    language: str
    layout: str
    generator: str
    robots: str
    channels: Mapping[str, str]
    menu: tuple[tuple[str, str], ...]
    pages: Mapping[str, PageText]
    own: bool = False
    status: int = 200
    share: bool = False
    channels_later: Mapping[str, str] = field(default_factory=dict)
    posts: PostSection | None = None
    logbook: PostSection | None = None
    counts: Mapping[str, DemoCount] = field(default_factory=dict)
    pointed: Mapping[str, tuple[Mapping[str, str], ...]] = field(default_factory=dict)
    wiki: Wiki | None = None
    forum: Forum | None = None
    newsletter: Newsletter | None = None
    chat: str = ""
    earlier: Mapping[str, Any] = field(default_factory=dict)

    def on(self, *, today: bool) -> "Invented":
        """Return the company as it is today, or as it was a quarter ago."""
        if today or not self.earlier:
            return self
        return replace(self, earlier={}, **values(Invented, self.earlier))


@cache
def companies() -> tuple[Invented, ...]:
    """Read the invented companies, in the order of their files."""
    folder = files("config") / "demo" / "companies"
    texts = sorted((entry.name, entry.read_text("utf-8")) for entry in folder.iterdir())
    return tuple(record(Invented, YAML(typ="safe", pure=True).load(text)) for _, text in texts)
