"""All that became different between two runs, and what keeps the runs from being alike."""

from collections.abc import Iterable
from dataclasses import dataclass

from audit.model.change import Cause, Change, Severity
from audit.model.result import RunInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """All changes between two runs, the gravest first; made by `audit/changes`.

    `notes` say in sentences what keeps the runs from being alike: another list, another period,
    other rules. `like_with_like`: the earlier run was analysed again with today's rules. `damage`
    says in sentences what of the runs the history lacks, `uncompared` are the companies of which
    nothing could be compared for that reason.
    """

    before: RunInfo
    run: RunInfo
    changes: tuple[Change, ...]
    notes: tuple[str, ...] = ()
    like_with_like: bool = False
    damage: tuple[str, ...] = ()
    uncompared: tuple[str, ...] = ()

    @property
    def real(self) -> tuple[Change, ...]:
        """Return the changes that are the companies' own doing."""
        return tuple(change for change in self.changes if change.cause is Cause.REAL)

    def at_least(self, severity: Severity) -> tuple[Change, ...]:
        """Return the real changes that are as grave, or graver."""
        return tuple(change for change in self.real if change.severity.rank <= severity.rank)


def gravest_first(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return changes in the order in which readers meet them: real ones first, the gravest first.

    Then by the order in which they came, which is that of companies and types.
    """
    causes = list(Cause)
    return tuple(sorted(changes, key=lambda each: (causes.index(each.cause), each.severity.rank)))
