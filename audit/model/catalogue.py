"""The catalogue as values: platforms, feature rules and vocabulary, loaded from YAML by config."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Strength(StrEnum):
    """A strong signal stands alone; a weak one needs a second."""

    STRONG = "strong"
    WEAK = "weak"


class Usage(StrEnum):
    """Whether a company uses a feature or supplies it to others."""

    USES = "uses"
    SUPPLIES = "supplies"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformRule:
    """How links to one platform look; patterns match the cleaned URL (docs/add-a-platform.md).

    `hosts` are host suffixes, `NAME.*` stands for any ending. `profile` patterns full-match the
    path (with the query keys of `keep_query`) and have a group `id`; `canonical` names their
    groups, and may give alternatives after ` | `. `person` finds the shapes of persons. `wikidata`
    maps properties of Wikidata that hold a handle to the profile's address, with `{}` for it,
    or `{user}` and `{host}` for its halves.
    """

    name: str
    title: str
    kind: str
    hosts: tuple[str, ...]
    host_pattern: str
    profile: tuple[str, ...]
    not_profile: str
    reserved: frozenset[str]
    canonical: str
    keep_query: tuple[str, ...]
    person: str
    dead: bool
    examples: Mapping[str, str | None]
    wikidata: Mapping[str, str]


PLACES = (
    "script",
    "frame",
    "link",
    "form",
    "path",
    "css",
    "meta",
    "inline",
    "header",
    "cookie",
)
"""Where a feature rule may look, in the order in which its marks are told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureRule:
    """One rule that recognises a feature; exactly the given places are looked at.

    Places: `script`, `frame`, `link`, `form` (host suffix + path prefix, as `host/path`), `path` (a
    text in the addresses of scripts and styles), `css` (a CSS selector), `meta` (`name=value
    prefix`), `inline` (a literal in inline scripts), `header`, `cookie`. `examples` and
    `counterexamples` are HTML snippets.
    """

    id: str
    feature: str
    vendor: str
    strength: Strength
    direction: Usage
    script: tuple[str, ...]
    frame: tuple[str, ...]
    link: tuple[str, ...]
    form: tuple[str, ...]
    path: tuple[str, ...]
    css: tuple[str, ...]
    meta: tuple[str, ...]
    inline: tuple[str, ...]
    header: tuple[str, ...]
    cookie: tuple[str, ...]
    examples: tuple[str, ...]
    counterexamples: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Words by which sites name things, case-folded; per section, over all languages.

    `sections` maps a section (blog, news, forum …) to its words, `months` a month name to 1..12,
    `verbs` a purpose (subscribe …) to its words.
    """

    sections: Mapping[str, tuple[str, ...]]
    months: Mapping[str, int]
    languages: tuple[str, ...]
    by_language: Mapping[str, Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class AudienceWords:
    """Words by which followers describe themselves, over all languages; `*` is any ending.

    `subjects` and `kinds` map a name to its phrases, `stated` a platform's own word for an account
    to a kind. Whoever uses a phrase of `persons` speaks of themselves and is of no kind.
    """

    subjects: Mapping[str, tuple[str, ...]]
    kinds: Mapping[str, tuple[str, ...]]
    stated: Mapping[str, str]
    persons: tuple[str, ...]


NO_AUDIENCE_WORDS = AudienceWords(subjects={}, kinds={}, stated={}, persons=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """Everything the rules know; `version` is a digest of the content, so runs can be compared."""

    version: str
    platforms: tuple[PlatformRule, ...]
    features: tuple[FeatureRule, ...]
    vocabulary: Vocabulary
    hosted: frozenset[str]
    neutral: frozenset[str]
    vendor_handles: frozenset[str] = frozenset()
    audience: AudienceWords = NO_AUDIENCE_WORDS
