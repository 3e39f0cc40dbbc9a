"""What happened, in words: one for each case, though programs meet the same code for several."""

from collections.abc import Mapping
from datetime import UTC, datetime

from audit.measure import metric_of
from audit.model.change import Change, ChangeType, Event
from audit.model.kpi import KpiProgress, KpiStanding
from audit.model.metric import Unit
from audit.model.value import Known, Reason, Unknown
from reports.words import clause, counted, day_in_words, figure

_EVENTS: Mapping[tuple[ChangeType, Event], str] = {
    (ChangeType.COMPANY, Event.NEW): "put on the list",
    (ChangeType.COMPANY, Event.GONE): "taken off the list",
    (ChangeType.SILENCE, Event.BEGUN): "fell silent",
    (ChangeType.SILENCE, Event.ENDED): "posts again",
    (ChangeType.HYGIENE, Event.MOVED): "changed",
    (ChangeType.KPI, Event.BLOCKED): "not known",
    (ChangeType.KPI, Event.READABLE): "known again",
}
"""Events that another word says better than their code, by the type of the change."""

_KPIS: Mapping[KpiStanding, str] = {
    KpiStanding.REACHED: "We reached our KPI {name}",
    KpiStanding.MISSED: "We missed our KPI {name}",
    KpiStanding.ON_TRACK: "Our KPI {name} is on track again",
    KpiStanding.OFF_TRACK: "Our KPI {name} is off track",
    KpiStanding.OPEN: "Our KPI {name} is not reached, and it is too early to tell more",
    KpiStanding.NOT_KNOWN: "Our KPI {name} cannot be told",
}


def event_in_words(change: Change) -> str:
    """Return what happened: "new", "fell silent", "is behind a login", "taken off the list"."""
    if change.type is ChangeType.KPI and change.kpi is not None and change.event is Event.MOVED:
        return change.kpi.standing.value
    words = _EVENTS.get((change.type, change.event))
    if words is not None:
        return words
    if change.event is Event.BLOCKED and isinstance(change.new, Unknown):
        reason = change.new.reason
        return "not met again" if reason is Reason.NOT_CHECKED else clause(reason)
    return change.event.value


def kpi_in_words(progress: KpiProgress) -> str:
    """Return where a KPI stands: "We missed our KPI Reach: 1,400 of 1,500 by 31 Oct 2026."."""
    kpi = progress.kpi
    head = _KPIS[progress.standing].format(name=kpi.name)
    due = ""
    if kpi.due is not None:
        due = f" by {day_in_words(datetime(kpi.due.year, kpi.due.month, kpi.due.day, tzinfo=UTC))}"
    if not isinstance(progress.now, Known):
        return f"{head}: {kpi.target} is wanted{due}."
    metric = metric_of(kpi.measure)
    unit = metric.unit if metric is not None else Unit.COUNT
    now, target = (figure(each, unit) for each in (progress.now.value, progress.target))
    if kpi.target.lstrip().startswith("<"):
        return f"{head}: {now}, at most {target}{due}."
    return f"{head}: {now} of {target}{due}."


def silence_in_words(change: Change, as_of: datetime) -> str:
    """Return since when a place is silent: "silent since 25 Jun 2026 (156 days)"; else nothing."""
    last = change.new.value if isinstance(change.new, Known) else None
    if change.event is not Event.BEGUN or not isinstance(last, datetime):
        return ""
    days = (as_of - last).days
    return f"silent since {day_in_words(last)} ({counted(days, 'day')})"
