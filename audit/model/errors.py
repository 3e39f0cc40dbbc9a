"""What the user does wrong, as exceptions with their exit status.

AuditError (2)
├── ConfigError   competitors.yaml or a catalogue file: file, line, column, key, nearest valid key
├── StoreError    the history: lock held, corrupt, from a newer version
├── BrokenOffError (130) others made the visits of a run and went away; what is finished is saved
├── ReportError   the output place: a folder, a missing parent, not writable
└── SaveError (1) the workbook could not be saved where it was asked for
"""

import re
from pathlib import Path
from typing import Self

_ENTRY = re.compile(r"([a-z_]+)\[([0-9]+)\]\.?(?=(.?))", re.DOTALL)
"""An entry of a list in the path of a key, such as `companies[0].`; and what follows it."""

_ONE = {
    "actions": "action",
    "aliases": "alias",
    "changes": "change",
    "companies": "company",
    "features": "feature",
    "figures": "figure",
    "findings": "finding",
    "keywords": "keyword",
    "kpis": "KPI",
    "platforms": "platform",
    "roles": "role",
    "sections": "section",
    "stakeholders": "stakeholder",
    "topics": "topic",
}
"""What one entry of a list is called; of the others the list's name stands before the number."""


def in_words(key: str) -> str:
    """Return the path of a key as people count: `company 1, own` for `companies[0].own`."""

    def entry(match: re.Match[str]) -> str:
        """Return an entry by its number, counted from 1."""
        name = _ONE.get(match[1], match[1])
        return f"{name} {int(match[2]) + 1}{', ' if match[3] else ''}"

    return _ENTRY.sub(entry, key)


class AuditError(Exception):
    """A mistake that the user can mend; the message says where and what to do."""

    exit_code = 2

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the message as it is to be printed: one line, whatever a name in it holds."""
        return (str(self),)


class BrokenOffError(AuditError):
    """A run cannot go on, as those who made its visits went away; what is finished is saved."""

    exit_code = 130


class ConfigError(AuditError):
    """A mistake in a YAML file, at a line and column (both from 1) and a key (`settings.x`)."""

    def __init__(
        self, message: str, *, path: Path, line: int = 0, column: int = 1, key: str = ""
    ) -> None:
        """Keep the place, so that the message reads `file, line 3: key: what, what to do`.

        A mistake that has no line, such as a file that is not there, names the file alone.
        """
        place = f"{path}, line {line}" if line else f"{path}"
        super().__init__(f"{place}: {in_words(key)}: {message}" if key else f"{place}: {message}")
        self.path, self.line, self.column, self.key = path, line, column, key
        self._more: tuple[str, ...] = ()

    def followed_by(self, more: tuple[str, ...]) -> Self:
        """Add the lines of what else is wrong in the file."""
        self._more = more
        return self

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the first mistake and those that follow, each in a line of its own."""
        return (super().__str__(), *self._more)

    def __str__(self) -> str:
        """Return all of the message, for whoever prints the error itself."""
        return "\n".join(self.lines)


class StoreError(AuditError):
    """The history cannot be used as it is."""


class ReportError(AuditError):
    """The workbook cannot be written where it was asked for; nothing has been fetched."""


class SaveError(AuditError):
    """A result was measured but could not be saved in full; exit status 1, not 2."""

    exit_code = 1
