"""The list of companies, read and checked before anything else, without the libraries of an audit.

Whoever has made a slip in it reads of it at once. What takes long to load (the wires, the readers,
the reports) is loaded by whoever has a list that is right.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from audit.measure.known import MEASURES
from config.load import load_competitors

if TYPE_CHECKING:
    from audit.model.catalogue import PlatformRule
    from audit.model.company import Competitors


def read_list(file: Path) -> Competitors:
    """Read competitors.yaml; of the rules only what a list may name, and only if it does.

    Raises:
        ConfigError: a mistake in the file, with line, column and what to write instead.
    """
    return load_competitors(file, _platforms, MEASURES)


def _platforms(extra: Sequence[Path]) -> tuple[PlatformRule, ...]:
    """Return the platforms of the package and of these files; few lists need them."""
    from config.catalogue import load_platforms

    return load_platforms(extra)
