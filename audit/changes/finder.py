"""What finds one type of change: two looks at a company in, the differences out."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from audit.changes.pair import Pair
from audit.model.change import Cause, ChangeType, Event, Side
from audit.model.kpi import KpiProgress
from audit.model.metric import Unit
from audit.model.rounding import moved_as_shown
from audit.model.value import Evidence, Known, evidence_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Something that is other than before, before it is judged how grave that is.

    `cause` is REAL where a finder leaves open whether it is ours: then a change of our rules is
    looked for (`audit/changes/causes.py`). `name` is what rules of severity may ask for: a feature,
    a platform, or where a KPI stands. `kpi` is that of the later look, where it is about one.
    """

    event: Event
    subject: str
    what: str
    old: Side
    new: Side
    url: str = ""
    unit: Unit | None = None
    cause: Cause = Cause.REAL
    why: str = ""
    name: str = ""
    kpi: KpiProgress | None = None

    def because(self, cause: Cause, why: str) -> "Difference":
        """Return the difference with its cause settled."""
        return replace(self, cause=cause, why=why)

    @property
    def is_shown(self) -> bool:
        """Tell whether readers see it: a figure that moved less than its last digit has not."""
        if self.unit is None or self.event not in (Event.UP, Event.DOWN):
            return True
        if not isinstance(self.old, Known) or not isinstance(self.new, Known):
            return True
        return bool(moved_as_shown(self.old, self.new, self.unit))

    @property
    def old_evidence(self) -> tuple[Evidence, ...]:
        """Return the proof of the earlier look."""
        return evidence_of(self.old)

    @property
    def new_evidence(self) -> tuple[Evidence, ...]:
        """Return the proof of the later look."""
        return evidence_of(self.new)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finder:
    """Finds the changes of one type: one file of this folder, found by its name.

    `order` is its place among the others (tens, with room between). `of_company` gives what became
    different with one company whose website could be read in both runs.
    """

    type: ChangeType
    order: int
    of_company: Callable[[Pair], Iterable[Difference]]
