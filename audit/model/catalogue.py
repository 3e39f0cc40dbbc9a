"""The catalogue as values: platforms, feature rules and vocabulary, loaded from YAML by config."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from audit.model.advice import ActionRule, FindingTheme
from audit.model.change import SeverityRule
from audit.model.ladder import RoleRule
from audit.model.purpose import NO_PURPOSE_RULES, PurposeRules


class Strength(StrEnum):
    """How much a signal proves: a strong one stands alone, a weak one needs a second."""

    STRONG = "strong"
    WEAK = "weak"


class Basis(StrEnum):
    """What the marks of a rule rest on; `config.strengths` makes a strength of it.

    DOCUMENTED: the vendor's documentation or package holds them. SEEN: they stand on real pages, or
    on a public list made of such. KNOWN: general knowledge, which nobody has checked.
    """

    DOCUMENTED = "documented"
    SEEN = "seen"
    KNOWN = "known"


class Usage(StrEnum):
    """Whether a company uses a feature itself or supplies it to others."""

    USES = "uses"
    SUPPLIES = "supplies"


PLATFORM_KINDS = (
    *("app", "audio", "blog", "code", "community", "directory", "document", "encyclopedia"),
    *("events", "funding", "hub", "image", "messenger", "network", "newsletter", "reviews"),
    "video",
)
"""What a platform can be; reviews and directories also list companies that never joined."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformRule:
    r"""How links to one platform look; one file of `config/rules/platforms` each.

    Patterns match the cleaned URL (docs/add-a-platform.md). `hosts` are host suffixes, `NAME.*`
    stands for any ending; `host_pattern` matches the whole host where a suffix
    would take in too much; else it is empty.
    `profile` patterns full-match the path (with the query keys of `keep_query`) and have a group
    `id`; one that begins with a host (`^discord\.gg/…`) holds there alone, one with a scheme
    (`^twitter://…`) is a link to the platform's app. A group `title` holds words that name the
    profile beside an id, a group `key` what all addresses of one profile have in common.
    `canonical` names the groups, and may give alternatives after ` | `. `not_profile` and
    `reserved` name paths that are no profile although they look like one. `person` finds the shapes
    of persons, `exact` the canonical addresses in which the platform tells capitals apart.
    `former` are names that the platform had or that people give it. A platform that is `dead` is
    closed: its profiles are listed and never opened.
    `examples` are addresses with the profile that each names, or None for one that names none.
    `wikidata` maps properties of Wikidata that hold a handle to the profile's address, with `{}`
    for it, or `{user}` and `{host}` for its halves.
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
    exact: str
    former: tuple[str, ...]
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
    """One rule that recognises a feature; exactly the places that it names are looked at.

    Made from a file of `config/rules/features`; each place without marks is empty. Places:
    `script`, `frame`, `link`, `form` (host suffix + path prefix, as `host/path`), `path` (a text in
    the addresses of scripts and styles), `css` (a CSS selector), `meta` (`name=value prefix`),
    `inline` (a literal in inline scripts), `header`, `cookie`. `vendor` is empty for what a site
    has built itself. `rests_on` says where the marks come from, and `config.strengths` makes the
    strength of that; a rule whose strength is another says why in `because`.
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
    rests_on: Basis = Basis.DOCUMENTED
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Words by which sites name things, case-folded; `config/rules/vocabulary.yaml`.

    `sections` maps a section (blog, news, forum …) to its words over all languages, `months` a
    month name to 1..12, `by_language` each of the `languages` to its own words by section.
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
    """Everything that the rules know; made by `config/catalogue.py`.

    `version` is a digest of the content, so that runs can be compared. `hosted` are hosts on which
    each customer has an address of their own, `neutral` hosts that many sites use and that say
    nothing of whose a site is. `vendor_handles` are accounts of site builders and themes, whose
    links stand on their customers' sites as examples or credits. `infrastructure` are domains that
    carry what others have made (libraries, fonts, storage, delivery) and name no service,
    `embedded_words` by feature what a service that no rule knows calls itself in its address,
    `frame_words` what the elements of frames say beside that. `ladder` tells of each technographic
    role what invites it and what would show it.
    `purpose` tells what posts are for, `findings` which comparisons are worth a sentence, `actions`
    what to do about a gap, `changes` how grave a change between two runs is.
    """

    version: str
    platforms: tuple[PlatformRule, ...]
    features: tuple[FeatureRule, ...]
    vocabulary: Vocabulary
    hosted: frozenset[str]
    neutral: frozenset[str]
    vendor_handles: frozenset[str] = frozenset()
    audience: AudienceWords = NO_AUDIENCE_WORDS
    infrastructure: frozenset[str] = frozenset()
    embedded_words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    frame_words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    ladder: tuple[RoleRule, ...] = ()
    purpose: PurposeRules = NO_PURPOSE_RULES
    findings: tuple[FindingTheme, ...] = ()
    actions: tuple[ActionRule, ...] = ()
    changes: tuple[SeverityRule, ...] = ()
