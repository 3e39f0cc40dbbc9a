"""The invented companies of the demo, as their files under config/demo/ describe them."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic import BaseModel, ConfigDict
from ruamel.yaml import YAML


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PageText(_Strict):
    """A page: its title and its body, which may name `{newsletter}`, `{stars}` and `{chat}`."""

    title: str
    body: str


class Wiki(_Strict):
    """A wiki in the manner of MediaWiki."""

    main: str
    articles: tuple[str, ...]


class Forum(_Strict):
    """A forum: its index and its threads."""

    index: str
    threads: tuple[str, ...]


class Newsletter(_Strict):
    """A sign-up form."""

    action: str
    label: str
    button: str


class PostSection(_Strict):
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


class DemoCount(_Strict):
    """A number on a page, as it is printed a quarter ago and today."""

    before: str
    now: str


class Invented(_Strict):
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
    channels_later: Mapping[str, str] = {}
    posts: PostSection | None = None
    logbook: PostSection | None = None
    counts: Mapping[str, DemoCount] = {}
    pointed: Mapping[str, tuple[Mapping[str, str], ...]] = {}
    wiki: Wiki | None = None
    forum: Forum | None = None
    newsletter: Newsletter | None = None
    chat: str = ""
    earlier: Mapping[str, Any] = {}

    def on(self, *, today: bool) -> "Invented":
        """Return the company as it is today, or as it was a quarter ago."""
        if today or not self.earlier:
            return self
        now = self.model_dump(exclude={"earlier"})
        return Invented.model_validate({**now, **self.earlier})


@cache
def companies() -> tuple[Invented, ...]:
    """Read the invented companies, in the order of their files."""
    folder = files("config") / "demo" / "companies"
    texts = sorted((entry.name, entry.read_text("utf-8")) for entry in folder.iterdir())
    return tuple(
        Invented.model_validate(YAML(typ="safe", pure=True).load(text)) for _, text in texts
    )
