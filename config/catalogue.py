"""Load the catalogue: platforms, feature rules and vocabulary, the package's and the user's."""

import hashlib
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import TypeVar

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from audit.model.catalogue import (
    PLACES,
    PLATFORM_KINDS,
    Basis,
    Catalogue,
    FeatureRule,
    PlatformRule,
    Strength,
    Usage,
)
from audit.model.errors import ConfigError
from config.advice import action_rules, finding_themes
from config.audience import audience_words
from config.catalogue_files import packaged_texts, parsed
from config.changes import severity_rules
from config.checks import nearest
from config.files import read_text
from config.kept_catalogue import kept_or_made
from config.ladder import ladder
from config.purpose import WEIGHTS, WORDING, packaged, purpose_rules
from config.records import as_list
from config.strengths import decided
from config.vocabulary import languages_of, vocabulary_of

MAX_BYTES = 5 * 1024 * 1024
"""Bytes of a user's catalogue file."""

_PARTS = (
    *("platforms", "features", "vocabulary", "hosted", "vendor_handles", "neutral", "audience"),
    *("infrastructure", "embedded_words", "frame_words", "ladder", "purpose"),
    *("findings", "actions", "changes"),
)
"""The keys at the top of a catalogue file."""

_DEFAULTS: Mapping[str, object] = {
    "strength": Strength.WEAK,  # until config.strengths has decided it
    "rests_on": Basis.DOCUMENTED,
    "direction": Usage.USES,
    "dead": False,
    "examples": {},
    "wikidata": {},
}
"""What a field has that a record leaves out, where it is neither a tuple nor a text."""

_REQUIRED = {"platforms": ("name", "title", "profile"), "features": ("id",)}
"""The keys that every record of a part has."""

_NO_LONGER_READ = frozenset({"examples", "counterexamples"})
"""Keys that a user's records of features may have from earlier versions."""

_ACCEPTED_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "frozenset": (list, str),
    "Mapping": dict,
    "bool": bool,
    "str": str,
    "Strength": str,
    "Basis": str,
    "Usage": str,
}
"""What a field takes that is no tuple, by a word of its type; the first that fits counts."""
_PATTERNS = ("profile", "host_pattern", "not_profile", "person", "exact")
"""Fields of a platform that hold regular expressions."""

RuleRecord = Mapping[str, object]
Rule = TypeVar("Rule")


def load_catalogue(extra: Sequence[Path] = ()) -> Catalogue:
    """Load the packaged catalogue and the user's files; a user's record replaces one of its name.

    Raises:
        ConfigError: a user's file cannot be read as a catalogue; with file, line and key.
    """
    return _load(tuple(extra))


def load_platforms(extra: Sequence[Path] = ()) -> tuple[PlatformRule, ...]:
    """Return the platforms that the package's and the user's files know.

    Reads no more than it must, as the list of companies is checked before anything else.

    Raises:
        ConfigError: a user's file cannot be read as a catalogue; with file, line and key.
    """
    platforms: dict[str, PlatformRule] = {}
    for path, _, content in _contents(extra, "platforms"):
        for record in _records(content, "platforms", path):
            platforms[str(record["name"])] = _rule_of(_platform, record, path)
    return tuple(platforms.values())


def _contents(extra: Sequence[Path], folder: str = "") -> Iterator[tuple[Path, str, RuleRecord]]:
    """Yield path, text and content of the package's files, then of the user's.

    With `folder` only those of the package's files that lie in it.
    """
    for path, text in packaged_texts():
        if not folder or folder in path.parts:
            yield path, text, _packaged_content(path, text)
    for path in extra:
        text = read_text(path, MAX_BYTES)
        content = parsed(path, text, _PARTS)
        for record in _records(content, "platforms", path):
            _rule_of(_check_patterns, record, path)
        for record in _records(content, "features", path):
            _rule_of(_check_selectors, record, path)
        yield path, text, content


@cache
def _packaged_content(path: Path, text: str) -> RuleRecord:
    """Return the content of one of the package's files, parsed once in a process."""
    return parsed(path, text, _PARTS, quick=True)


_GATHERED = ("audience", "ladder", "purpose", "findings", "actions", "changes")
"""Keys of a catalogue file whose content a module of its own reads, of all files together."""


@cache
def _load(extra: tuple[Path, ...]) -> Catalogue:
    """Load the catalogue of the package and these files, once in a process.

    That of the package alone is taken as it was made before, if nothing of it has changed.
    """
    if extra:
        return _made(extra)
    texts = (f"{path}\n{text}" for path, text in packaged_texts())
    parts = (*texts, packaged(WEIGHTS), packaged(WORDING))
    return kept_or_made(parts, lambda: _made(()))


def _made(extra: tuple[Path, ...]) -> Catalogue:
    """Make the catalogue of the package and these files."""
    digest = hashlib.sha256()
    platforms: dict[str, PlatformRule] = {}
    features: dict[str, tuple[FeatureRule, ...]] = {}
    stated: dict[str, bool] = {}
    words: dict[str, Mapping[str, object]] = {}
    hosted: set[str] = set()
    neutral: set[str] = set()
    vendors: set[str] = set()
    infrastructure: set[str] = set()
    embedded: dict[str, dict[str, tuple[str, ...]]] = {"embedded_words": {}, "frame_words": {}}
    parts: dict[str, list[tuple[Path, object]]] = {part: [] for part in _GATHERED}
    digest.update((weights := packaged(WEIGHTS)).encode())
    digest.update((wording := packaged(WORDING)).encode())
    for path, text, content in _contents(extra):
        digest.update(text.encode())
        for record in _records(content, "platforms", path):
            platforms[str(record["name"])] = _rule_of(_platform, record, path)
        for record in _records(content, "features", path):
            rules = features[str(record["id"])] = _rule_of(_features, record, path)
            stated |= {rule.id: "strength" in record for rule in rules}
        words.update(languages_of(content, path))
        hosted.update(str(host) for host in as_list(content.get("hosted")))
        neutral.update(str(host) for host in as_list(content.get("neutral")))
        vendors.update(str(name).casefold() for name in as_list(content.get("vendor_handles")))
        infrastructure.update(str(host) for host in as_list(content.get("infrastructure")))
        for part, words_of in embedded.items():
            words_of.update(_words_by_feature(content, part, path))
        for part, given in parts.items():
            given.append((path, content.get(part)))
    return Catalogue(
        version=digest.hexdigest()[:12],
        platforms=tuple(platforms.values()),
        features=decided(
            chain.from_iterable(features.values()),
            frozenset(name for name, states in stated.items() if states),
        ),
        vocabulary=vocabulary_of(words),
        hosted=frozenset(hosted),
        neutral=frozenset(neutral),
        vendor_handles=frozenset(vendors),
        audience=audience_words(parts["audience"]),
        ladder=ladder(parts["ladder"]),
        purpose=purpose_rules(parts["purpose"], weights, wording),
        findings=finding_themes(parts["findings"]),
        actions=action_rules(parts["actions"]),
        changes=severity_rules(parts["changes"]),
        infrastructure=frozenset(infrastructure),
        **embedded,
    )


def _rule_of(make: Callable[[RuleRecord, Path], Rule], record: RuleRecord, path: Path) -> Rule:
    """Make a rule of a record, or say that a value in it is none of those allowed."""
    try:
        return make(record, path)
    except (ValueError, TypeError, re.error) as error:
        name = str(record.get("name") or record.get("id"))
        raise ConfigError(
            f"has a value that cannot be used ({error})", path=path, key=name
        ) from error


def _records(content: RuleRecord, part: str, path: Path) -> Iterator[RuleRecord]:
    """Yield the records of a part (`platforms`, `features`), each with its required keys.

    Raises:
        ConfigError: a record is none, lacks a key, or has the name of one before it.
    """
    taken: set[str] = set()
    for number, record in enumerate(as_list(content.get(part))):
        key = f"{part}[{number}]"
        if not isinstance(record, dict):
            raise ConfigError("must be a record of keys and values", path=path, key=key)
        for name in _REQUIRED[part]:
            if not record.get(name):
                raise ConfigError(f"needs the key `{name}`", path=path, key=key)
        name = str(record[_REQUIRED[part][0]])
        if name in taken:
            raise ConfigError(f"a second record is named `{name}`", path=path, key=key)
        taken.add(name)
        yield record


def _platform(record: RuleRecord, path: Path) -> PlatformRule:
    """Make the rule of a platform from its record."""
    values = _field_values(PlatformRule, record, path)
    if values["kind"]:
        _one_of(values["kind"], PLATFORM_KINDS, "kind")
    reserved = as_list(record.get("reserved"))
    values["reserved"] = frozenset(str(name).casefold() for name in reserved)
    values["examples"] = record.get("examples") or {}
    return PlatformRule(**values)  # type: ignore[arg-type]  # checked by _filled, field by field


def _check_patterns(record: RuleRecord, _path: Path) -> None:
    """Compile a user's patterns once, so that a wrong one is refused before anything else."""
    for name in _PATTERNS:
        for pattern in as_list(record.get(name)):
            re.compile(str(pattern))


def _check_selectors(record: RuleRecord, path: Path) -> None:
    """Ask a user's selectors of an empty page, so that a wrong one is refused before a run."""
    for selector in (mark for rule in _features(record, path) for mark in rule.css):
        try:
            LexborHTMLParser("<p>").css_first(selector)
        except SelectolaxError as error:
            raise ValueError(f"`{selector}` is no CSS selector") from error


def _features(record: RuleRecord, path: Path) -> tuple[FeatureRule, ...]:
    """Make the rules of a record: one for the marks of each basis, or one for all its marks.

    The first has the record's id, each other one that of its basis behind it: `chat.acme.known`.
    """
    groups = [basis for basis in Basis if basis in record]
    if not groups:
        return (_feature(record, path),)
    name = str(record["id"])
    shared = {key: value for key, value in record.items() if key not in groups}
    if not shared.keys().isdisjoint(PLACES):
        message = f"has marks beside those under {' and '.join(groups)}; put them under a word too"
        raise ConfigError(message, path=path, key=name)
    ids = [name, *(f"{name}.{basis}" for basis in groups[1:])]
    return tuple(
        _feature({**shared, **_grouped(record, basis, path), "id": rule_id}, path)
        for rule_id, basis in zip(ids, groups, strict=True)
    )


def _grouped(record: RuleRecord, basis: Basis, path: Path) -> dict[str, object]:
    """Return the marks of a record that rest on one basis, by place, and the basis itself."""
    marks = record[basis]
    if not isinstance(marks, dict) or not set(marks) <= set(PLACES):
        message = f"needs places with marks ({', '.join(PLACES)})"
        raise ConfigError(message, path=path, key=f"{record['id']}.{basis}")
    return {**marks, "rests_on": basis.value}


def _feature(record: RuleRecord, path: Path) -> FeatureRule:
    """Make a rule of a feature; its id begins with the feature, unless `feature` names another."""
    kept = {key: value for key, value in record.items() if key not in _NO_LONGER_READ}
    kept["feature"] = kept.get("feature") or str(record["id"]).partition(".")[0]
    values = _field_values(FeatureRule, kept, path)
    _one_of(values["feature"], _feature_names(), "feature")
    basis = values["rests_on"] = Basis(str(values["rests_on"]))
    if "strength" not in record and basis is not Basis.KNOWN:
        values["strength"] = Strength.STRONG  # as config.strengths will decide it
    values["strength"] = Strength(str(values["strength"]))
    values["direction"] = Usage(str(record.get("direction", "uses")))
    return FeatureRule(**values)  # type: ignore[arg-type]  # checked by _filled, field by field


def _one_of(value: object, allowed: Collection[str], key: str) -> None:
    """Refuse a value that is none of those allowed; name the one that looks most like it."""
    if value in allowed:
        return
    raise ValueError(f"`{key}: {value}`: {nearest(str(value), tuple(sorted(allowed)))}")


@cache
def _feature_names() -> frozenset[str]:
    """Return the features that the package knows: each has a file of its own."""
    folder = files("config") / "rules" / "features"
    return frozenset(entry.name.removesuffix(".yaml") for entry in folder.iterdir())


def _field_values(
    kind: type[PlatformRule] | type[FeatureRule], record: RuleRecord, path: Path
) -> dict[str, object]:
    """Return the value or default of every field of a rule; refuse keys that are none."""
    known = _declared(kind)  # type: ignore[arg-type]  # mypy 2.4 takes a class for unhashable
    name = str(record.get("name") or record.get("id"))
    for key in record:
        if key not in known:
            raise ConfigError(f"unknown key `{key}`", path=path, key=name)
    values = {key: default for key, (default, _) in known.items()}
    for key, value in record.items():
        if value is None:
            continue
        accepted = known[key][1]
        if accepted is not None and not isinstance(value, accepted):
            raise ConfigError("has a value of the wrong kind", path=path, key=f"{name}.{key}")
        values[key] = value if accepted is not None else tuple(map(str, as_list(value)))
    return values


@cache
def _declared(
    kind: type[PlatformRule] | type[FeatureRule],
) -> Mapping[str, tuple[object, type | tuple[type, ...] | None]]:
    """Return the fields of a rule: the default of each, and what it takes (None: a tuple)."""
    declared: dict[str, tuple[object, type | tuple[type, ...] | None]] = {}
    for field in fields(kind):
        words = str(field.type)
        if "tuple" in words:
            declared[field.name] = (_DEFAULTS.get(field.name, ()), None)
        else:
            accepted = next(_ACCEPTED_TYPES[word] for word in _ACCEPTED_TYPES if word in words)
            declared[field.name] = (_DEFAULTS.get(field.name, ""), accepted)
    return declared


def _words_by_feature(content: RuleRecord, part: str, path: Path) -> dict[str, tuple[str, ...]]:
    """Return the words of a part of a file, by the feature that they name."""
    by_feature = content.get(part) or {}
    if not isinstance(by_feature, dict) or set(by_feature) - _feature_names():
        raise ConfigError("needs lists of words by the name of a feature", path=path, key=part)
    return {str(name): tuple(map(str, as_list(words))) for name, words in by_feature.items()}
