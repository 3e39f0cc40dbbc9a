"""How a run ended, as one record: for programs as JSON, for a notification, for `--status`."""

from __future__ import annotations

import json
from contextlib import suppress
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from audit.model.errors import SaveError

# A last word is due on a list with a mistake too, which is told before all else is loaded.
if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from audit.model.change import Change, Severity

_LISTED = 100
"""So many changes are named in the record; all are counted."""

_LONGEST = 1_000_000
"""Bytes of a kept record that are read; one with a hundred changes has about 30,000."""


class Result(StrEnum):
    """How a run ended. The words are part of the JSON, and stay."""

    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    NOT_DUE = "not due"
    UNDER_WAY = "under way"
    BROKEN_OFF = "broken off"
    REFUSED = "refused"
    FAILED = "failed"


FAILURES = frozenset({Result.BROKEN_OFF, Result.REFUSED, Result.FAILED})
"""Ends of a run that has brought no report: a person has to look."""


class RunOutcome(NamedTuple):
    """How one command `audit run` ended.

    `status` is its exit status. `run` is empty where no run began. `reports` are the files written,
    by format. Of its companies `complete` were visited to the end, and of `in_full` everything was
    seen; `seen` says in a sentence what was seen of all. `changes` are those against the run
    before; None where nothing was compared, as in a first run; `all_compared` is False where a
    damaged history left companies out. `words` are what went wrong, a line each. `due` is when the
    next audit is due, of a run that was not.
    """

    result: Result
    status: int
    list_file: str
    ended_at: datetime
    reports: Mapping[str, str]
    run: str = ""
    companies: int = 0
    complete: int = 0
    in_full: int = 0
    seen: str = ""
    changes: tuple[Change, ...] | None = None
    all_compared: bool = True
    words: tuple[str, ...] = ()
    due: datetime | None = None

    @property
    def real(self) -> tuple[Change, ...]:
        """Return the changes that are the companies' own doing, the gravest first."""
        if not self.changes:
            return ()
        from audit.model.change import Cause

        real = (change for change in self.changes if change.cause is Cause.REAL)
        return tuple(sorted(real, key=lambda change: change.severity.rank))

    @property
    def is_unchanged(self) -> bool | None:
        """Tell whether nothing has changed of its own; None where not all was compared."""
        return None if self.changes is None or not self.all_compared else not self.real

    def number_of(self, severity: Severity) -> int:
        """Count the real changes of one severity."""
        return sum(change.severity is severity for change in self.real)


def as_json(outcome: RunOutcome) -> str:
    """Return the record as JSON on one line; docs/schedule.md tells what each key means."""
    record = {
        "result": outcome.result.value,
        "status": outcome.status,
        "unchanged": outcome.is_unchanged,
        "list": outcome.list_file,
        "ended_at": outcome.ended_at.isoformat(timespec="seconds"),
        "run": outcome.run or None,
        "companies": {
            "listed": outcome.companies,
            "complete": outcome.complete,
            "in_full": outcome.in_full,
        },
        "seen": outcome.seen or None,
        "reports": dict(outcome.reports),
        "changes": _counted(outcome),
        "not_due_before": outcome.due.isoformat(timespec="minutes") if outcome.due else None,
        "words": list(outcome.words),
    }
    # ASCII alone, so that no encoding of a pipe or a log can spoil it.
    return json.dumps(record)


def _counted(outcome: RunOutcome) -> dict[str, object] | None:
    """Return the real changes by severity and the gravest of them in words; of others how many."""
    if outcome.changes is None:
        return None
    from audit.model.change import Severity

    listed = [
        {
            "company": change.company,
            "what": change.what,
            "event": change.event.value,
            "severity": change.severity.value,
        }
        for change in outcome.real[:_LISTED]
    ]
    counts: dict[str, object] = {each.value: outcome.number_of(each) for each in Severity}
    others = len(outcome.changes) - len(outcome.real)
    return {**counts, "not_theirs": others, "list": listed}


def keep(outcome: RunOutcome, data_dir: Path) -> None:
    """Keep the record in a data folder that is there; without room for it, do without."""
    from audit.store.files import LAST
    from reports.save import always, save

    text = as_json(outcome) + "\n"

    def write(place: Path) -> None:
        """Write the record to a place that `save` chose."""
        place.write_text(text, encoding="utf-8")

    # Asking alone is refused for a name that is too long.
    with suppress(SaveError, OSError):
        if data_dir.is_dir():
            save(data_dir / LAST, write, may_replace=always)


def kept(data_dir: Path) -> dict[str, object]:
    """Return the record of the last run; empty where there is none, or none that can be read."""
    from audit.store.files import LAST

    path = data_dir / LAST
    with suppress(OSError, ValueError, RecursionError):
        if path.is_file() and path.stat().st_size <= _LONGEST:
            record = json.loads(path.read_text("utf-8"))
            return record if isinstance(record, dict) else {}
    return {}
