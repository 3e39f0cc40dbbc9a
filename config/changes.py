"""Read how grave a change between two runs is: as data, with the reason of each rule."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from audit.model.change import Cause, ChangeType, Event, Severity, SeverityRule
from audit.model.errors import ConfigError
from config.records import Record, listed, record_of

_KEYS = ("type", "event", "cause", "name", "own", "at_least", "severity", "because")

T = TypeVar("T", bound=StrEnum)


def severity_rules(parts: Sequence[tuple[Path, object]]) -> tuple[SeverityRule, ...]:
    """Join the parts `changes` of several files, so that the user's are asked first.

    Raises:
        ConfigError: a part is not built as it should be; with file and key.
    """
    return tuple(
        _rule(record_of(entry, _KEYS, f"changes[{number}]", path), f"changes[{number}]", path)
        for path, part in reversed(parts)
        for number, entry in enumerate(listed(part, "changes", path))
    )


def _rule(record: Record, key: str, path: Path) -> SeverityRule:
    """Make a rule of its record."""
    if not record.get("because"):
        raise ConfigError("needs the key `because`", path=path, key=key)
    (severity,) = _words(record, "severity", Severity, key, path) or (None,)
    if severity is None:
        raise ConfigError("needs the key `severity`", path=path, key=key)
    own, amount = record.get("own"), record.get("at_least", 0)
    if own not in {None, True, False}:
        raise ConfigError("must be true or false", path=path, key=f"{key}.own")
    if isinstance(amount, bool) or not isinstance(amount, int | float) or not 0 <= amount < 1e6:
        raise ConfigError("must be a number from 0", path=path, key=f"{key}.at_least")
    return SeverityRule(
        severity=severity,
        because=str(record["because"]),
        types=frozenset(_words(record, "type", ChangeType, key, path)),
        events=frozenset(_words(record, "event", Event, key, path)),
        causes=frozenset(_words(record, "cause", Cause, key, path)),
        names=frozenset(_texts(record.get("name"), f"{key}.name", path)),
        own=None if own is None else bool(own),
        at_least=float(amount),
    )


def _words(record: Record, name: str, kind: type[T], key: str, path: Path) -> tuple[T, ...]:
    """Return one word or a list of words of a closed set; empty for none."""
    texts = _texts(record.get(name), f"{key}.{name}", path)
    for text in texts:
        if text not in tuple(kind):
            allowed = ", ".join(kind)
            raise ConfigError(f"must be one of {allowed}", path=path, key=f"{key}.{name}: {text}")
    return tuple(kind(text) for text in texts)


def _texts(value: object, key: str, path: Path) -> Iterable[str]:
    """Return one text or a list of texts; empty for none."""
    if isinstance(value, str):
        return (value,)
    return tuple(str(each) for each in listed(value, key, path))
