"""How a schedule is going: when the next audit is made, and how the last one ended."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from audit import api
from audit.commands.looks import day_and_time
from audit.commands.places import place_of_data
from audit.commands.typed import Typed
from audit.commands.words import all_of_it_seen, seen_in_all
from audit.model.company import Competitors
from audit.runs import under_way
from audit.schedule.due import next_look
from audit.schedule.outcome import FAILURES, Result, kept
from audit.schedule.past import Due, due
from audit.schedule.targets._base import ScheduledJob, Target
from audit.schedule.targets._kit import looks

_CLOCKS = timedelta(minutes=1)
"""So much a clock may have been set back between two commands, and a record gives whole seconds."""

Record = dict[str, object]
"""How a run ended, as it was kept (docs/schedule.md); empty where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleState:
    """When the next audit is made, whether one is due by now, and how the last run ended.

    `last` is None where the runs are made elsewhere. `by_hand` is what makes one now.
    """

    next_at: datetime
    due: Due
    last: Record | None
    by_hand: str

    @property
    def has_failed(self) -> bool:
        """Tell whether the last run has brought no report."""
        return self.last is not None and self.last.get("result") in FAILURES


def state_of(
    job: ScheduledJob, target: Target, competitors: Competitors, data_dir: Path | None
) -> ScheduleState:
    """Tell from the history how the schedule of a list is going; change nothing.

    Raises:
        StoreError: the history cannot be read.
    """
    now = datetime.now(UTC)
    by_hand = Typed(file=job.file, data_dir=data_dir).command()
    if target.is_elsewhere:
        at = next_look(looks(job.rule), now, UTC)
        return ScheduleState(next_at=at, due=Due(is_now=False, at=at), last=None, by_hand=by_hand)
    folder = place_of_data(job.file, data_dir)
    found = due(folder, competitors, job.rule, now)
    at = next_look(looks(job.rule), now) if found.is_now or found.at is None else found.at
    return ScheduleState(next_at=at, due=found, last=_last(folder, competitors), by_hand=by_hand)


def when(state: ScheduleState) -> str:
    """Return when the next audit is made, in words; of one that is due already say so."""
    at = day_and_time(state.next_at)
    if not state.due.is_now:
        return at
    since = f"one is due since {day_and_time(state.due.at)}" if state.due.at else ""
    return f"{at} ({since or 'none was made yet'}; make it now with: {state.by_hand})"


def said_in_words(state: ScheduleState) -> tuple[str, ...]:
    """Return the state in two lines."""
    last = "see the page Actions of the repository" if state.last is None else _ended(state.last)
    return (f"next:      {when(state)}", f"last:      {last}")


def said_as_json(
    state: ScheduleState, job: ScheduledJob, target: Target, *, installed: bool
) -> str:
    """Return the state as JSON on one line; docs/schedule.md tells what each key means."""
    record = {
        "schedule": job.words,
        "system": target.name,
        "installed": installed,
        "due": state.due.is_now,
        "next": state.next_at.isoformat(timespec="minutes"),
        "last": state.last or None,
    }
    return json.dumps(record)


def _last(folder: Path, competitors: Competitors) -> Record:
    """Return how the last run ended; a run that could say nothing itself is one broken off."""
    record, own = kept(folder), api.runs_of_list(folder, competitors)
    newest = next((run for run in reversed(api.runs(folder)) if run.id in own), None)
    owner = under_way(folder, competitors)
    if newest is None or (not owner and _is_of(record, newest)):
        return record
    done = newest.finished_at is not None
    whole = done and newest.complete == newest.companies
    result = Result.COMPLETE if whole else Result.INCOMPLETE if done else Result.BROKEN_OFF
    ended = newest.finished_at or newest.started_at
    return {
        "result": Result.UNDER_WAY.value if owner and not done else result.value,
        "ended_at": ended.isoformat(timespec="seconds") if ended else None,
        "run": newest.id,
        **_seen(api.kept_run(folder, newest.id)),
    }


def _seen(run: api.Snapshot) -> Record:
    """Return what was seen of the companies of a run, as its record would have it."""
    return {
        "companies": {
            "listed": len(run.results),
            "complete": sum(each.complete for each in run.results),
            "in_full": all_of_it_seen(run.results),
        },
        # It points at the workbook, which a run that is not finished has not written.
        "seen": seen_in_all(run.results) if run.run.finished_at is not None else None,
    }


def _is_of(record: Record, newest: api.RunSummary) -> bool:
    """Tell whether a kept record is of the newest run, or of a command behind it.

    Of a command that began no run there is only its time to tell by.
    """
    if not record or record.get("run") == newest.id or newest.started_at is None:
        return bool(record)
    allowed = timedelta(0) if record.get("run") else _CLOCKS
    try:
        return datetime.fromisoformat(str(record.get("ended_at"))) + allowed > newest.started_at
    except (ValueError, TypeError, OverflowError):
        return False


def _ended(last: Record) -> str:
    """Say how the last run ended, in one line."""
    if not last:
        return "no run yet"
    try:
        at = day_and_time(datetime.fromisoformat(str(last.get("ended_at"))))
    except ValueError:
        at = "at an unknown time"
    result = str(last.get("result"))
    counts, reports, words = last.get("companies"), last.get("reports"), last.get("words")
    parts = [f"{at}, {result}"]
    if isinstance(counts, dict) and counts.get("listed"):
        in_full, listed = counts.get("in_full"), counts["listed"]
        # The words of the run itself: it calls no company complete of which something is unseen.
        if result == Result.COMPLETE and in_full != listed:
            parts = [f"{at}, in part"]
        parts.append(f"{in_full} of {listed} companies read in full")
    if last.get("seen"):
        parts.append(str(last["seen"]).rstrip("."))
    if isinstance(reports, dict):
        parts += [str(path) for path in reports.values()]
    if isinstance(words, list) and words and last.get("result") in FAILURES:
        parts.append(str(words[0]))
    return "; ".join(parts)
