"""Load the catalogue: platforms, feature rules and vocabulary, the package's and the user's."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from audit.model.catalogue import (
    Catalogue,
    Direction,
    FeatureRule,
    PlatformRule,
    Strength,
    Vocabulary,
)
from audit.model.errors import ConfigError
from config.audience import audience_words

MAX_BYTES = 5 * 1024 * 1024
_PARTS = ("platforms", "features", "vocabulary", "hosted", "vendor_handles", "neutral", "audience")
_DEFAULTS: Mapping[str, object] = {
    "strength": Strength.STRONG,
    "direction": Direction.USES,
    "dead": False,
    "examples": {},
    "wikidata": {},
}
_NEEDED = {"platforms": ("name", "title", "profile"), "features": ("id", "feature")}

Record = Mapping[str, object]


def load_catalogue(extra: Sequence[Path] = ()) -> Catalogue:
    """Load the packaged catalogue and the user's files; a user's record replaces one of its name.

    Raises:
        ConfigError: a user's file cannot be read as a catalogue; with file, line and key.
    """
    return _load(tuple(extra))


def load_platform_names(extra: Sequence[Path] = ()) -> list[str]:
    """Name the platforms that the packaged catalogue and the user's files know; reads no more.

    Raises:
        ConfigError: a user's file cannot be read as a catalogue; with file, line and key.
    """
    names: dict[str, None] = {}
    for path, _, content in _contents(extra, "platforms"):
        for record in _records(content, "platforms", path):
            names[str(record["name"])] = None
    return list(names)


def _contents(extra: Sequence[Path], folder: str = "") -> Iterator[tuple[Path, str, Record]]:
    """The package's files (all, or those of one folder), then the user's, each parsed."""
    for path, text in _packaged():
        if not folder or folder in path.parts:
            yield path, text, _parsed(path, text, quick=True)
    for path in extra:
        text = _text(path)
        yield path, text, _parsed(path, text)


@cache
def _load(extra: tuple[Path, ...]) -> Catalogue:
    digest = hashlib.sha256()
    platforms: dict[str, PlatformRule] = {}
    features: dict[str, FeatureRule] = {}
    words: dict[str, Mapping[str, object]] = {}
    hosted: set[str] = set()
    neutral: set[str] = set()
    vendors: set[str] = set()
    audience: list[tuple[Path, object]] = []
    for path, text, content in _contents(extra):
        digest.update(text.encode())
        for record in _records(content, "platforms", path):
            platforms[str(record["name"])] = _platform(record, path)
        for record in _records(content, "features", path):
            features[str(record["id"])] = _feature(record, path)
        words.update(_languages(content, path))
        hosted.update(str(host) for host in _list(content.get("hosted")))
        neutral.update(str(host) for host in _list(content.get("neutral")))
        vendors.update(str(name).casefold() for name in _list(content.get("vendor_handles")))
        audience.append((path, content.get("audience")))
    return Catalogue(
        version=digest.hexdigest()[:12],
        platforms=tuple(platforms.values()),
        features=tuple(features.values()),
        vocabulary=_vocabulary(words),
        hosted=frozenset(hosted),
        neutral=frozenset(neutral),
        vendor_handles=frozenset(vendors),
        audience=audience_words(audience),
    )


def _packaged() -> list[tuple[Path, str]]:
    """The packaged files in a fixed order, so that the version is the same everywhere."""
    root = files("config") / "rules"
    found = sorted(_walk(root, Path()), key=lambda pair: pair[0].as_posix())
    return [(path, entry.read_text("utf-8")) for path, entry in found]


def _walk(folder: Traversable, path: Path) -> Iterator[tuple[Path, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _walk(entry, path / entry.name)
        elif entry.name.endswith(".yaml"):
            yield path / entry.name, entry


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ConfigError("the file is over 5 MiB; split it", path=path)
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot be read ({error}); is it UTF-8 text?", path=path) from error


def _parsed(path: Path, text: str, *, quick: bool = False) -> Record:
    """Parse a file; `quick` by a parser that is faster and stricter, for the package's own."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        content = YAML(typ="safe", pure=not quick).load(text)
    except (YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark is not None else 1
        problem = getattr(error, "problem", None) or "not YAML"
        raise ConfigError(f"{problem}", path=path, line=line) from error
    if content is None:
        return {}
    if not isinstance(content, dict) or set(content) - set(_PARTS):
        wrong = sorted(set(content) - set(_PARTS)) if isinstance(content, dict) else []
        key = str(wrong[0]) if wrong else ""
        raise ConfigError(f"a catalogue has the keys {', '.join(_PARTS)}", path=path, key=key)
    return content


def _records(content: Record, part: str, path: Path) -> Iterator[Record]:
    for number, record in enumerate(_list(content.get(part))):
        key = f"{part}[{number}]"
        if not isinstance(record, dict):
            raise ConfigError("must be a record of keys and values", path=path, key=key)
        for name in _NEEDED[part]:
            if not record.get(name):
                raise ConfigError(f"needs the key `{name}`", path=path, key=key)
        yield record


def _platform(record: Record, path: Path) -> PlatformRule:
    values = _filled(PlatformRule, record, path)
    reserved = _list(record.get("reserved"))
    values["reserved"] = frozenset(str(name).casefold() for name in reserved)
    values["examples"] = record.get("examples") or {}
    return PlatformRule(**values)  # type: ignore[arg-type]  # checked by _filled, field by field


def _feature(record: Record, path: Path) -> FeatureRule:
    values = _filled(FeatureRule, record, path)
    values["examples"] = tuple(str(each) for each in _list(record.get("examples")))
    values["strength"] = Strength(str(record.get("strength", "strong")))
    values["direction"] = Direction(str(record.get("direction", "uses")))
    return FeatureRule(**values)  # type: ignore[arg-type]  # checked by _filled, field by field


def _filled(
    kind: type[PlatformRule] | type[FeatureRule], record: Record, path: Path
) -> dict[str, object]:
    """Give every field of a record its value or its default; refuse keys that are none."""
    known = {field.name: field.type for field in fields(kind)}
    name = str(record.get("name") or record.get("id"))
    for key in record:
        if key not in known:
            raise ConfigError(f"unknown key `{key}`", path=path, key=name)
    values: dict[str, object] = {}
    for key, declared in known.items():
        value = record.get(key)
        if value is None:
            value = _DEFAULTS.get(key, () if "tuple" in str(declared) else "")
        elif "tuple" in str(declared):
            value = tuple(str(each) for each in _list(value))
        values[key] = value
    return values


def _languages(content: Record, path: Path) -> Mapping[str, Mapping[str, object]]:
    part = content.get("vocabulary")
    if part is None:
        return {}
    languages = part.get("languages") if isinstance(part, dict) else None
    if not isinstance(languages, dict):
        raise ConfigError("needs `languages`", path=path, key="vocabulary")
    return languages


def _vocabulary(words: Mapping[str, Mapping[str, object]]) -> Vocabulary:
    """Merge the languages: sections over all of them, months of all (the first wins)."""
    sections: dict[str, dict[str, None]] = {}
    months: dict[str, int] = {}
    by_language: dict[str, dict[str, tuple[str, ...]]] = {}
    for language, content in words.items():
        named = {
            key: tuple(map(str, _list(value))) for key, value in content.items() if key != "months"
        }
        by_language[language] = named
        for section, each in named.items():
            sections.setdefault(section, {}).update(dict.fromkeys(word.casefold() for word in each))
        listed = content.get("months")
        for name, number in listed.items() if isinstance(listed, dict) else ():
            months.setdefault(str(name).casefold(), int(number))
    return Vocabulary(
        sections={section: tuple(each) for section, each in sections.items()},
        months=months,
        languages=tuple(words),
        by_language=by_language,
    )


def _list(value: object) -> list[object]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]
