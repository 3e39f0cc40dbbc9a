"""A small blog in memory that gives its posts in many lists: pages, feeds, interfaces, sitemaps."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from audit.model.company import Company, Settings
from audit.model.exchange import Failure, Page, Request
from audit.model.site import ListKind, PostList, Section
from scrapers.parse.urls import page_key
from tests.fake_session import HOME, NOW, FakeSession, failure, page, planned, visited

BLOG = f"{HOME}blog/"


@dataclass(frozen=True)
class Answered:
    """A body with its headers."""

    body: str
    headers: tuple[tuple[str, str], ...] = ()


Answers = Mapping[str, str | int | Answered]


@dataclass(frozen=True)
class Entry:
    """A post of the blog: its number, the day before today on which it appeared, its address."""

    number: int
    at: datetime

    @property
    def url(self) -> str:
        return f"{BLOG}pump-number-{self.number}"

    @property
    def title(self) -> str:
        return f"What we learned from pump number {self.number}"

    @property
    def row(self) -> str:
        return (
            f'<article><h2><a href="{self.url}">{self.title}</a></h2>'
            f'<time datetime="{self.at:%Y-%m-%d}"></time></article>'
        )

    @property
    def page(self) -> str:
        return (
            f"<html><head><title>{self.title}</title>"
            f'<meta property="og:type" content="article">'
            f'<meta property="article:published_time" content="{self.at:%Y-%m-%dT%H:%M:%SZ}">'
            f"</head><body><article><h1>{self.title}</h1><p>Text.</p></article></body></html>"
        )


def entries(count: int, every: float = 7, newest: float = 3) -> list[Entry]:
    """Posts with the newest first, so many days apart."""
    return [Entry(n, NOW - timedelta(days=newest + n * every)) for n in range(count)]


def listing(shown: Sequence[Entry], more: str = "", head: str = "") -> str:
    """A page of the blog's index."""
    rows = "".join(entry.row for entry in shown)
    return f"<html><head>{head}</head><body><main><h1>Blog</h1>{rows}{more}</main></body></html>"


def rss(shown: Sequence[Entry], generator: str = "", head: str = "") -> str:
    """A feed of some posts."""
    items = "".join(
        f"<item><title>{entry.title}</title><link>{entry.url}</link>"
        f"<pubDate>{entry.at:%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
        for entry in shown
    )
    return (
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Blog</title>'
        f"<link>{BLOG}</link><generator>{generator}</generator>{head}{items}</channel></rss>"
    )


def sitemap(stated: Sequence[tuple[str, datetime | None]]) -> str:
    """A sitemap of addresses, each with its last change or without."""
    rows = "".join(
        f"<url><loc>{url}</loc>{f'<lastmod>{at:%Y-%m-%d}</lastmod>' if at else ''}</url>"
        for url, at in stated
    )
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</urlset>'


def wordpress(shown: Sequence[Entry], number: int, size: int = 100) -> Answered:
    """A page of posts as WordPress's interface gives it."""
    part = [
        {
            "link": entry.url,
            "date_gmt": f"{entry.at:%Y-%m-%dT%H:%M:%S}",
            "title": {"rendered": entry.title},
            "excerpt": {"rendered": "<p>In short.</p>"},
            "_embedded": {"wp:term": [[{"name": "Maintenance &amp; care"}], []]},
        }
        for entry in shown[(number - 1) * size : number * size]
    ]
    pages = str(-(-len(shown) // size))
    return Answered(json.dumps(part), (("X-WP-Total", str(len(shown))), ("X-WP-TotalPages", pages)))


def paged(shown: Sequence[Entry], size: int = 10, at: str = "?page={}") -> dict[str, str]:
    """An index on numbered pages, each of which links the next one."""
    parts = [shown[start : start + size] for start in range(0, len(shown), size)]
    urls = [BLOG, *(f"{BLOG}{at.format(number)}" for number in range(2, len(parts) + 1)), ""]
    return {
        urls[place]: listing(part, f'<a rel="next" href="{urls[place + 1]}">Older</a>' * bool(urls[place + 1]))
        for place, part in enumerate(parts)
    }  # fmt: skip


class ListedSession(FakeSession):
    """A session over answers by address, for pages, feeds, interfaces and sitemaps alike."""

    def __init__(
        self, answers: Answers, otherwise: Callable[[str], str | Answered | None] | None = None
    ):
        super().__init__({})
        self._listed = {page_key(url): answer for url, answer in answers.items()}
        self._otherwise = otherwise or (lambda _: None)

    async def fetch(self, request: Request) -> Page | Failure:
        self.asked.append(request.url)
        answer = self._listed.get(page_key(request.url))
        if answer is None:
            answer = self._otherwise(request.url) or 404
        if isinstance(answer, int):
            return failure(request.url, answer)
        if isinstance(answer, str):
            return page(request.url, answer)
        return replace(page(request.url, answer.body), headers=answer.headers)

    def count(self, part: str) -> int:
        """Tell how many of the addresses asked for hold some words."""
        return sum(part in url for url in self.asked)


START = f'<nav><a href="{BLOG}">Blog</a></nav><p>We build pumps.</p>'


async def sections_of(session: ListedSession, pages: int = 40) -> dict[str, Section]:
    """What a visit says of the sections of a site, by their kinds."""
    settings = Settings(profiles=False, max_pages_per_site=pages)
    visit = await visited(session, planned(Company(name="Acme", website=HOME), settings))
    return {section.channel: section for section in visit.sections}


async def blog_of(session: ListedSession, pages: int = 40) -> Section:
    """What a visit says of the blog; the site has no other section."""
    sections = await sections_of(session, pages)
    assert list(sections) == ["blog"]
    return sections["blog"]


def told(section: Section, kind: ListKind) -> PostList:
    """The first list of a kind."""
    return next(each for each in section.lists if each.kind is kind)
