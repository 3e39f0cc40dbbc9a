"""The kinds of dated sections that a site may have, one record each.

A new kind (release notes, a calendar of events) is one record here and its words in
`config/rules/vocabulary.yaml`. Beyond the scrapers, `audit.model.site.SECTIONS` gives its order in
the results, and `audit.model.metric` its metrics.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass

from audit.model.activity import ActivityKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionKind:
    """A kind of dated section, by its `name` in the results.

    `words` are the sections of the vocabulary that stand for it in link texts and addresses, each
    with its worth to a visit: the order of requests, a lower number first (`scrapers.site.worth`).
    Those of them that are `vague` do not promise the section by themselves: a page for the press
    may hold no news. `entries` is what its entries are counted as (None: not counted), `newest`
    what the time of the newest is called, `format` that of its posts. The entries of one that is
    `elsewhere` may lie on other hosts, as the sound files of a podcast do.
    """

    name: str
    words: Mapping[str, int]
    vague: frozenset[str] = frozenset()
    entries: ActivityKind | None = ActivityKind.POSTS
    newest: ActivityKind = ActivityKind.LAST_POST
    format: str = "article"
    elsewhere: bool = False


BLOG = SectionKind(name="blog", words={"blog": 20})
NEWS = SectionKind(name="news", words={"news": 21, "press": 32}, vague=frozenset({"press"}))
PODCAST = SectionKind(
    name="podcast",
    words={"podcast": 22},
    entries=ActivityKind.EPISODES,
    newest=ActivityKind.LAST_EPISODE,
    format="audio",
    elsewhere=True,
)
PUBLISHED = (PODCAST, BLOG, NEWS)
"""Where a company itself publishes; of words that speak of several kinds, the first one counts."""

FORUM = SectionKind(name="forum", words={"forum": 23}, entries=ActivityKind.THREADS)
WIKI = SectionKind(name="wiki", words={"wiki": 24}, entries=None, newest=ActivityKind.LAST_CHANGE)
GATHERINGS = (FORUM, WIKI)
"""Where others write; they are found by their software and shape, not by words."""

KINDS: Mapping[str, SectionKind] = {kind.name: kind for kind in (*PUBLISHED, *GATHERINGS)}
PUBLISHED_WORDS = frozenset(word for kind in PUBLISHED for word in kind.words)
VAGUE_WORDS = frozenset(word for kind in PUBLISHED for word in kind.vague)


def kind_of(sections: Set[str]) -> SectionKind | None:
    """Return the kind that these sections of the vocabulary stand for; None where for none."""
    return next((kind for kind in PUBLISHED if sections & kind.words.keys()), None)


def promised_by(sections: Set[str]) -> SectionKind | None:
    """Return the kind as `kind_of` does, but not for vague words alone, such as "Press"."""
    return kind_of(sections - VAGUE_WORDS)
