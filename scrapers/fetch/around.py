"""What a conversation needs beside its wire: where records lie, what is known, who reads."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from audit.model.exchange import Key
from scrapers.fetch.wire import Validators
from scrapers.workers.readers import Readers


def _nothing() -> None:
    """Do nothing, in place of a new span of time: a replay takes none."""


def _no_keys(wanted: Sequence[Key]) -> frozenset[str]:
    """Return no key: those that a run had are remembered in its archive."""
    del wanted
    return frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What a conversation needs beside its wire; the defaults are those of a replay.

    `readers` read what robots.txt says; `validators` are those of the run before, by name;
    `renew` begins the company's span of time anew; `keys` gives the names of the keys that the
    user has, of those asked for.
    """

    data_dir: Path
    readers: Readers[object]
    validators: Mapping[str, Validators] = field(default_factory=dict)
    renew: Callable[[], None] = _nothing
    keys: Callable[[Sequence[Key]], frozenset[str]] = _no_keys
