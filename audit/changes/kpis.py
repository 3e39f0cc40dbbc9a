"""Targets of the own company that were reached, or went on or off their track."""

from collections.abc import Iterator

from audit.changes.finder import Difference, Finder
from audit.changes.pair import Pair
from audit.model.change import Cause, ChangeType, Event, Side
from audit.model.kpi import KpiProgress, KpiStanding
from audit.model.value import Absent, Evidence, Known, Unknown

OTHER_TARGET = "the target or its day is another one than in the earlier run"


def _of_company(pair: Pair) -> Iterator[Difference]:
    """Give the targets of both runs that stand elsewhere now.

    That there is a line to hold one against, as it is measured for the second time, is no change.
    """
    before = {(each.kpi.name, each.kpi.measure): each for each in pair.before.result.kpis}
    for now in pair.now.result.kpis:
        old = before.get((now.kpi.name, now.kpi.measure))
        if old is not None and old.standing is not now.standing:
            difference = _turned(old, now)
            if difference is not None:
                yield difference


def _turned(old: KpiProgress, now: KpiProgress) -> Difference | None:
    """Return that a target stands elsewhere; None from open to on track, which only time does.

    It is neither up nor down: a figure that has grown may have missed its target.
    """
    if KpiStanding.NOT_KNOWN in {old.standing, now.standing}:
        return _unseen(old, now)
    if (old.standing, now.standing) == (KpiStanding.OPEN, KpiStanding.ON_TRACK):
        return None
    other = (old.kpi.target, old.kpi.due) != (now.kpi.target, now.kpi.due)
    return _difference(
        old,
        now,
        Event.MOVED,
        Cause.WINDOW if other else Cause.REAL,
        OTHER_TARGET if other else "",
    )


def _unseen(old: KpiProgress, now: KpiProgress) -> Difference:
    """Return that a target cannot be held against its figure any more, or can be again."""
    lost = now.standing is KpiStanding.NOT_KNOWN
    value = now.now if lost else old.now
    why = value.detail if isinstance(value, Unknown) else "only a part of it could be seen"
    return _difference(old, now, Event.BLOCKED if lost else Event.READABLE, Cause.ACCESS, why)


def _difference(
    old: KpiProgress, now: KpiProgress, event: Event, cause: Cause, why: str
) -> Difference:
    """Put a difference of a target together."""
    return Difference(
        event=event,
        subject=f"kpi.{now.kpi.measure}",
        what=now.kpi.name,
        old=_side(old),
        new=_side(now),
        cause=cause,
        why=why,
        name=now.standing,
        kpi=now,
    )


def _side(progress: KpiProgress) -> Side:
    """Return where a target stands, proved by the figure."""
    figure = progress.now
    proof: tuple[Evidence, ...] = ()
    if isinstance(figure, Known | Absent):
        proof = figure.evidence
    return Known(value=progress.standing.value, evidence=proof)


FINDER = Finder(type=ChangeType.KPI, order=110, of_company=_of_company)
