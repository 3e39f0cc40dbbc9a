"""Read the words by which followers describe themselves, the package's and then the user's."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from audit.model.catalogue import AudienceWords
from audit.model.errors import ConfigError
from config.records import mapping_of

_GROUPED = ("subjects", "kinds")
"""Keys under which words stand by subject or kind, and then by language."""

_KEYS = (*_GROUPED, "stated", "persons")


def audience_words(parts: Sequence[tuple[Path, object]]) -> AudienceWords:
    """Join the parts `audience` of several files, the package's first.

    A later subject or kind replaces its namesake; stated words and persons are added.

    Raises:
        ConfigError: a part is not built as it should be; with file and key.
    """
    groups: dict[str, dict[str, tuple[str, ...]]] = {name: {} for name in _GROUPED}
    stated: dict[str, str] = {}
    persons: dict[str, None] = {}
    for path, part in parts:
        record = mapping_of(part, "audience", path)
        if unknown := sorted(set(map(str, record)) - set(_KEYS)):
            raise ConfigError(f"has the keys {', '.join(_KEYS)}", path=path, key=unknown[0])
        for group in _GROUPED:
            for name, languages in mapping_of(record.get(group), group, path).items():
                groups[group][name] = tuple(dict.fromkeys(_phrases(languages, name, path)))
        for word, kind in mapping_of(record.get("stated"), "stated", path).items():
            stated[word.casefold()] = str(kind)
        persons |= dict.fromkeys(_phrases(record.get("persons"), "persons", path))
    return AudienceWords(
        subjects=groups["subjects"],
        kinds=groups["kinds"],
        stated=stated,
        persons=tuple(persons),
    )


def _phrases(value: object, key: str, path: Path) -> Iterator[str]:
    """Yield the phrases of all languages under a key."""
    for language, phrases in mapping_of(value, key, path).items():
        if not isinstance(phrases, list):
            raise ConfigError("must be a list of words", path=path, key=f"{key}.{language}")
        yield from map(str, phrases)
