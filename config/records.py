"""Records in a catalogue file: mappings with some keys and no other, and lists."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from audit.model.errors import ConfigError

Record = Mapping[str, object]


def only_one(record: Record, places: Sequence[str], key: str, path: Path) -> str:
    """Return which of the places a line has."""
    found = [place for place in places if place in record]
    if len(found) != 1:
        raise ConfigError(f"needs one of the keys {', '.join(places)}", path=path, key=key)
    return found[0]


def record_of(value: object, keys: Sequence[str], key: str, path: Path) -> Record:
    """Return a value that must be a record with some keys and no other."""
    if not isinstance(value, dict):
        raise ConfigError("must be a record of keys and values", path=path, key=key)
    if unknown := sorted(set(map(str, value)) - set(keys)):
        raise ConfigError(f"has the keys {', '.join(keys)}", path=path, key=f"{key}.{unknown[0]}")
    return value


def mapping_of(value: object, key: str, path: Path) -> Record:
    """Return a value that must be a record of keys and values; empty for none."""
    if value is None:
        return {}
    if not isinstance(value, dict) or not all(isinstance(name, str) for name in value):
        raise ConfigError("must be a record of keys and values", path=path, key=key)
    return value


def listed(value: object, key: str, path: Path) -> list[object]:
    """Return a value that must be a list; empty for none."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise ConfigError("must be a list", path=path, key=key)
    return value


def as_list(value: object) -> list[object]:
    """Return a value as a list: a single one as a list of one, none as an empty list."""
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]
