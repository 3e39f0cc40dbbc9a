"""Which audits of the history count for the schedule, and whether one is to be gone on with."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path

from audit.lists import runs_of
from audit.model.company import Competitors
from audit.model.result import CompanyResult, Snapshot
from audit.model.schedule import ScheduleRule
from audit.model.value import Reason
from audit.schedule.due import due_at, latest_to_count
from audit.store.history import History, RunSummary
from audit.store.opening import open_history

_OFFLINE = frozenset({Reason.DNS, Reason.CONNECTION, Reason.TIMEOUT})
"""Why a website is not read where it is the machine that has no network."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When the next audit is due; `at` is None where none was made yet, so that it is due now.

    `goes_on` tells that the newest run was broken off and, once finished, is the audit that is due.
    """

    is_now: bool
    at: datetime | None
    goes_on: bool = False


def due(
    data_dir: Path,
    competitors: Competitors,
    rule: ScheduleRule,
    now: datetime,
    zone: tzinfo | None = None,
) -> Due:
    """Tell from the history of a list when its next audit is due; change nothing.

    Raises:
        StoreError: the history cannot be read.
    """
    with open_history(data_dir) as store:
        own = {run.id for run in runs_of(store, data_dir, competitors)}
        runs = tuple(run for run in store.runs() if run.id in own)
        made = _newest_made(store, runs, competitors, latest_to_count(rule, now, zone))
    at = due_at(rule, (made,) if made is not None else (), now, zone)
    if at is not None and at > now:
        return Due(is_now=False, at=at)
    return Due(is_now=True, at=at, goes_on=_goes_on(runs, rule, now, zone))


def _newest_made(
    store: History, runs: tuple[RunSummary, ...], competitors: Competitors, limit: datetime
) -> datetime | None:
    """Return the time of the newest audit that counts, of those before a limit."""
    times = [(at, run.id) for run in runs if (at := _time_of(run)) is not None and at < limit]
    for at, run_id in sorted(times, reverse=True):
        # One after the other, as a run is large and the newest nearly always counts.
        if _counts(store.load(run_id), competitors):
            return at
    return None


def _time_of(run: RunSummary) -> datetime | None:
    """Return the time that a run stands for; None of one that was broken off.

    It is broken off without its reports, too. One that looks back (`--as-of`) stands for that day.
    """
    if run.reported_at is None or run.finished_at is None or run.started_at is None:
        return None
    return min(run.started_at, run.as_of or run.started_at)


def _counts(run: Snapshot, competitors: Competitors) -> bool:
    """Tell whether a run is an audit of the list as it is now, and not made without network.

    It is none where it left companies out, as with `--only`, or was made before they were listed.
    """
    visited = {company.website for company in run.competitors.companies}
    if not visited >= {company.website for company in competitors.companies}:
        return False
    return not all(map(_unanswered, run.results))


def _unanswered(result: CompanyResult) -> bool:
    """Tell whether a company's website did not answer at all."""
    return any(note.what == "website" and note.reason in _OFFLINE for note in result.notes)


def _goes_on(
    runs: tuple[RunSummary, ...], rule: ScheduleRule, now: datetime, zone: tzinfo | None
) -> bool:
    """Tell whether the newest run was broken off so lately that it would count once finished."""
    if not runs or runs[-1].reported_at is not None or runs[-1].started_at is None:
        return False
    then = due_at(rule, (runs[-1].started_at,), now, zone)
    return then is not None and then > now
