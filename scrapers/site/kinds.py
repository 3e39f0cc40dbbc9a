"""The kinds of dated sections that a site may have: those of the company, and those of others.

The company's own are records of `audit/model/kinds.py`; those in which others write are here.
"""

from collections.abc import Mapping, Set

from audit.model.kinds import SECTION_KINDS, ActivityKind, SectionKind

PUBLISHED = tuple(sorted(SECTION_KINDS, key=lambda kind: not kind.specific))
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
