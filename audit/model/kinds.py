"""The kinds of dated sections in which a company itself publishes, one record each.

A new kind (a calendar of events) is one record here and its words in
`config/rules/vocabulary.yaml`. All else follows from the record: how its pages are found
(`scrapers/site`), its metrics (`audit/measure/sections.py`), its rows in the reports.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from audit.model.site import ActivityKind

OF_FEED = ".feed"
"""How the rules end by which the address of a feed promises a section that was not read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionKind:
    """A kind of dated section, by its `name` in the results.

    `words` are the sections of the vocabulary that stand for it in link texts and addresses, each
    with its worth to a visit: the order of requests, a lower number first (`scrapers.site.worth`).
    Those of them that are `vague` do not promise the section by themselves: a page for the press
    may hold no news, "Articles" may be lessons without dates, "Novedades" new goods. The words of a
    `specific` kind win over those of the others: a "News podcast" is a podcast. `entries` is what
    its entries are counted as (None: not counted), `newest` what the time of the newest is called,
    `format` that of its posts. The entries of one that is `elsewhere` may lie on other hosts, as
    the sound files of a podcast do. A `rare` kind is compared only where some company has it.
    `called` is the kind in a sentence, `entry` one of its entries; `{name} post` where it is empty.
    """

    name: str
    words: Mapping[str, int]
    vague: frozenset[str] = frozenset()
    specific: bool = False
    entries: ActivityKind | None = ActivityKind.POSTS
    newest: ActivityKind = ActivityKind.LAST_POST
    format: str = "article"
    elsewhere: bool = False
    rare: bool = False
    called: str = ""
    entry: str = ""

    @property
    def title(self) -> str:
        """Return what the kind is called in a sentence: "blog", "release notes"."""
        return self.called or self.name

    @property
    def entry_title(self) -> str:
        """Return what one of its entries is called: "blog post", "release note"."""
        return self.entry or f"{self.title} post"


BLOG = SectionKind(name="blog", words={"blog": 20, "articles": 28}, vague=frozenset({"articles"}))
NEWS = SectionKind(
    name="news",
    words={"news": 21, "press": 32, "novelties": 34},
    vague=frozenset({"press", "novelties"}),
)
PODCAST = SectionKind(
    name="podcast",
    words={"podcast": 22},
    specific=True,
    entries=ActivityKind.EPISODES,
    newest=ActivityKind.LAST_EPISODE,
    format="audio",
    elsewhere=True,
)
RELEASES = SectionKind(
    name="release-notes",
    words={"releases": 27},
    rare=True,
    called="release notes",
    entry="release note",
)
SECTION_KINDS = (BLOG, NEWS, PODCAST, RELEASES)
"""In the order in which readers meet them."""

SECTIONS = tuple(kind.name for kind in SECTION_KINDS)
"""Their names: the dated sections in which a company itself publishes.

Forum and wiki are not among them, as others write there.
"""

PARTS = (
    "forum",
    "wiki",
    "knowledge-base",
    "reviews",
    "comments",
    "newsletter",
    "events",
    "webinar",
    "community",
    "survey",
    "calculator",
    "configurator",
)
"""Other parts of a site that a person may point at: they are features, by that person's word."""

POINTABLE = (*SECTIONS, *PARTS)
"""What `kind` of an entry of `sections` may be."""
