"""What was read from what came: everything that one page, feed, sitemap or interface says."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import NamedTuple

from audit.model.company import PointedFigure, PointedSection
from audit.model.site import Activity, Certainty, Figure
from audit.model.value import Dated, Evidence, Known, Unknown

_DECEMBER = 12


class Area(StrEnum):
    """The part of a page that a link stands in."""

    HEADER = "header"
    NAV = "nav"
    FOOTER = "footer"
    ASIDE = "aside"
    ARTICLE = "article"
    COMMENT = "comment"
    MAIN = "main"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link as a browser resolves it, with the part of the page that it stands in.

    `text` falls back to title, aria-label and image alt; it is empty where there is none of them.
    `icon`: the link has no words of its own, as one around a picture.
    """

    url: str
    text: str
    rel: tuple[str, ...]
    area: Area
    icon: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLink:
    """A feed that a page advertises in its head, or by a link in its text (`linked`)."""

    url: str
    title: str
    linked: bool = False


class ChannelSource(StrEnum):
    """Where on a page a profile was named."""

    LINK = "link"
    SAME_AS = "same-as"
    REL_ME = "rel-me"
    META = "meta"
    PLUGIN = "plugin"
    INLINE = "inline"
    CONFIG = "config"
    WIKIDATA = "wikidata"
    WEBFINGER = "webfinger"
    PROFILE = "profile"
    """Named by another profile that is the company's own."""

    SAVED = "saved"
    """A person saved its page, and that links to the company's website."""


class Whose(StrEnum):
    """What the place of a link says of whose profile it leads to."""

    OPEN = "open"
    """Nothing more than the area that it stands in."""
    MAKER = "maker"
    """It is named as that of who made the site or what stands on it."""
    OTHERS = "others"
    """It stands on a page or under a heading of clients, partners, members or works."""
    ANOTHER = "another"
    """Structured data give it to an organisation that nothing but its name ties to the site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelLink:
    """A profile of a platform named on a page, in canonical form, with the place and its words.

    Made in `scrapers/page`, and for what others name in `scrapers/channels`. `person` is True where
    the shape of the address says that it is a person's (linkedin.com/in/). `icons` is how many
    different platforms' profiles stand in the same block of the page, `same` how many profiles of
    this platform the page names. `context` holds the class and id words of the elements around the
    link, or the type of the JSON-LD object; empty where there are none. `key` is equal for all
    addresses of one profile. The handle of an `opaque` one is an id that bears nobody's name;
    `title` are the words that its address holds beside it. `near` are the words of the small block
    that a link stands in, and `beside` the handles and titles of other platforms' profiles there.
    `whose` is what its place says of that. The `text` of a person or another organisation in
    structured data is their name.
    """

    platform: str
    url: str
    handle: str
    source: ChannelSource
    area: Area
    text: str
    locator: str
    person: bool
    icons: int
    evidence: Evidence
    key: str
    context: str = ""
    same: int = 1
    opaque: bool = False
    title: str = ""
    near: str = ""
    beside: tuple[str, ...] = ()
    whose: Whose = Whose.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """A feature rule that fired on a page, and in which place; made by `scrapers/page/signals.py`.

    `url` is what it points at, empty where it points nowhere. `vendor` is empty for what a site has
    built itself. `strong`: the mark stands alone, by its rule and by how it was met. A weak rule
    fires once for each mark that was seen. `told`: only running text links there, as an article
    does that tells of a product. `name` is the class, id or other name of an element that was the
    mark.
    """

    rule: str
    feature: str
    vendor: str
    strong: bool
    supplies: bool
    place: str
    url: str
    told: bool
    certainty: Certainty
    evidence: Evidence
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Embedded:
    """A script, frame, loader or form of a domain for which there is no rule.

    Of a plugin or an app that the site has installed `domain` is its name. Made by
    `scrapers/page/foreign.py`. `place` is `script`, `frame`, `inline` or `form`; `feature` is what
    it says that it is, such as `chat`, and empty where it does not say.
    """

    domain: str
    feature: str
    url: str
    place: str
    certainty: Certainty
    evidence: Evidence


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The year, or the month of it (1 to 12; 0 for the whole year), that an archive page is for.

    `head` is the path before it: `/blog` of `/blog/2026/10/`.
    """

    year: int
    month: int
    head: str

    @property
    def start(self) -> datetime:
        """Return the first instant of it, in UTC."""
        return datetime(self.year, self.month or 1, 1, tzinfo=UTC)

    @property
    def end(self) -> datetime:
        """Return the first instant after it, in UTC."""
        if self.month in (0, _DECEMBER):
            return datetime(self.year + 1, 1, 1, tzinfo=UTC)
        return datetime(self.year, self.month + 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry of an index page or a feed that may be a post.

    `published` is None where no date stands beside it; its own page may have one. `url` is empty
    where the address is too long to be asked for. `tags` are its categories and tags, as far as a
    feed tells them. `active` is when somebody last wrote below it, as
    lists of threads tell; `begun`: the page says that `published` is no such time, in words, in
    its code, or by a later one beside it. `format` is that of a file which the entry is about
    (audio, video, document); empty without one.
    """

    url: str
    title: str
    published: Dated | None
    summary: str = ""
    tags: tuple[str, ...] = ()
    active: Dated | None = None
    begun: bool = False
    format: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPage:
    """A feed as read: its own words, its site, its entries in the order of the file.

    Made by `scrapers/parse/feeds.py`. `comments`: its entries are comments on others; `audio`: they
    have sound files, as a podcast's; `updates`: they say when they were changed, and not when they
    were published. `next_url` is the next page of the feed with older entries, or empty.
    `truncated`: it broke off, or holds more entries than are kept. `section` is the one that a
    person points at it for. `stated` is how many entries it says that it has in all, over all its
    pages; None where it says nothing. `generator` names the software in its own words. `source` is
    the reader of the interface that answers with such lists; empty for a feed.
    """

    url: str
    title: str
    site: str
    language: str
    items: tuple[Item, ...]
    comments: bool
    audio: bool
    updates: bool
    next_url: str
    evidence: Evidence
    truncated: bool = False
    section: PointedSection | None = None
    stated: int | None = None
    generator: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFacts:
    """What a public interface said of a feature: figures, and what was published there.

    Made by `scrapers/sources`; one without dated entries has no `items`.
    """

    url: str
    feature: str
    vendor: str
    figures: tuple[Activity, ...]
    items: tuple[Item, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureReading:
    """What came of a figure that a person points at: its number with proof, or why there is none.

    Made by `scrapers/page/pointed.py`. Of several places that the selector or expression fits the
    first one counts.
    """

    figure: PointedFigure
    value: Known[int] | Known[float] | Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class DataPage:
    """An answer for programs (JSON) with the figures that a person points at in it."""

    url: str
    readings: tuple[FigureReading, ...]


class MapEntry(NamedTuple):
    """An address of a sitemap with the key it is known by, and its last change, if stated."""

    key: str
    url: str
    at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SitemapPage:
    """A sitemap or sitemap index as read; made by `scrapers/parse/sitemaps.py`.

    `children` are the sitemaps that an index names, `entries` (address, last change) of pages; the
    change is None where none is given. `truncated`: it holds more than is kept, or broke off.
    `evidence` is None for one that was not read from an answer. `posts` are the entries that may be
    posts (`scrapers/site/mapped.py`).
    """

    url: str
    children: tuple[str, ...]
    entries: tuple[tuple[str, datetime | None], ...]
    truncated: bool
    evidence: Evidence | None = None
    posts: tuple[MapEntry, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form that takes an e-mail address or a rating: target, words, fields."""

    action: str
    text: str
    fields: tuple[str, ...]
    locator: str


@dataclass(frozen=True, slots=True)
class Forwards:
    """Where a page sends its reader: addresses, the most likely first; none for most pages.

    `drawn_by_browser`: a browser makes the page of them, by frames or a script, so that it may show
    something else than what stands at the address.
    """

    urls: tuple[str, ...] = ()
    drawn_by_browser: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """Everything that one page says, read in one pass; bytes and tree are gone.

    Made by `scrapers/page/analyse.py`. Texts are empty and tuples have no entry where the page says
    nothing of the kind. `languages` are (language, address) of its other versions, `types` what it
    says that it is (JSON-LD types, `og:article`), `names` what it calls the company. `text_length`
    counts letters that a reader sees; `shell`: scripts are still to draw it; `drawn`: a browser
    has. `figures` are the counts, ratings and dates that the page gives for features, `interfaces`
    the addresses by which its head says that programs may talk to the site, `hints` what its
    widgets say to a platform's reader: (platform, name, value). `truncated`: it was read up to its
    `size` in bytes, and not to its end. `unread`: why what it does not say may stand in it all the
    same, as it goes beyond a limit or is no page; else None. `more_items`: it lists more entries
    than are kept. `embedded` are the services of which no rule knows whose they are. `forwards`:
    where a page leads that is nothing but a way on; `behind_browser`: a page that does so by frames
    or a script led to this one. `goes_on`: a button that has no address shows further entries;
    `archives` are the archive pages by month or year that the page links, each once. `section` is
    the one that a person points at it for, with `missed`, those of its selectors that match
    nothing, each with what the page has of a like name: (`item`, `.entry`); `readings` are the
    figures that a person points at on it.
    """

    url: str
    requested_url: str
    depth: int
    why: str
    fetched_at: datetime
    record: str
    title: str
    site_name: str
    language: str
    languages: tuple[tuple[str, str], ...]
    canonical: str
    generator: str
    links: tuple[Link, ...]
    feeds: tuple[FeedLink, ...]
    channels: tuple[ChannelLink, ...]
    signals: tuple[Signal, ...]
    forms: tuple[Form, ...]
    items: tuple[Item, ...]
    next_url: str
    types: tuple[str, ...]
    published: Dated | None
    names: tuple[str, ...]
    text_length: int
    shell: bool
    drawn: bool = False
    figures: tuple[Figure, ...] = ()
    interfaces: tuple[str, ...] = ()
    hints: tuple[tuple[str, str, str], ...] = ()
    size: int = 0
    truncated: bool = False
    unread: Unknown | None = None
    more_items: bool = False
    embedded: tuple[Embedded, ...] = ()
    forwards: Forwards = Forwards()
    behind_browser: bool = False
    goes_on: bool = False
    archives: tuple[tuple[Period, str], ...] = ()
    section: PointedSection | None = None
    missed: tuple[tuple[str, str], ...] = ()
    readings: tuple[FigureReading, ...] = ()

    def proof(self, rule: str, excerpt: str) -> Evidence:
        """Return this page as the evidence of what a rule read in it; `excerpt` is clean text."""
        return Evidence(
            url=self.url,
            fetched_at=self.fetched_at,
            rule=rule,
            excerpt=excerpt,
            record=self.record,
        )
