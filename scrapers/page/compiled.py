"""The compiled catalogue of this process, and how the processes that read come by theirs."""

import pickle
from collections.abc import Sequence
from dataclasses import dataclass

from audit.model.catalogue import Catalogue
from scrapers.page.rules import Hint, Rules


@dataclass(frozen=True, slots=True)
class Packed:
    """A catalogue on its way to the processes that read, pickled once for all of them.

    `version` is the digest of what it holds.
    """

    version: str
    hints: tuple[Hint, ...]
    content: bytes


@dataclass(slots=True)
class _Kept:
    """What this process has compiled last, and how it was packed."""

    rules: Rules | None = None
    content: bytes = b""


_kept = _Kept()


def compiled(catalogue: Catalogue, hints: Sequence[Hint]) -> tuple[Rules, Packed]:
    """Return a catalogue compiled, and packed for other processes; the last one is kept."""
    rules = _kept.rules
    if rules is None or rules.catalogue is not catalogue or rules.hints != tuple(hints):
        rules = _kept.rules = Rules(catalogue, hints)
        _kept.content = pickle.dumps(catalogue, pickle.HIGHEST_PROTOCOL)
    return rules, Packed(catalogue.version, rules.hints, _kept.content)


def unpacked(packed: Packed) -> Rules:
    """Compile a packed catalogue, unless the process that this one is forked from has done so."""
    rules = _kept.rules
    if rules is None or (rules.catalogue.version, rules.hints) != (packed.version, packed.hints):
        rules = Rules(pickle.loads(packed.content), packed.hints)  # noqa: S301 - our own run wrote it
    return rules
