"""`--if-due`: look whether the schedule wants an audit now; where it does not, say so in a line."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from audit import api
from audit.model.company import Competitors
from audit.model.errors import AuditError
from audit.runs import under_way
from audit.schedule.outcome import Result
from audit.schedule.past import due
from config.timetable import rule_of


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandLook:
    """What a look found: `result` is None where an audit is due, else why nothing is done.

    `goes_on` tells that the one that was broken off is to be finished in place of a new one.
    """

    result: Result | None = None
    line: str = ""
    due: datetime | None = None
    goes_on: bool = False


def looked(competitors: Competitors, folder: Path, *, narrowed: bool) -> CommandLook:
    """Look whether an audit is due by the schedule of the list; `narrowed` runs are no audit of it.

    Raises:
        AuditError: companies or a day were chosen, the clock of this machine was never set, or the
            history cannot be read.
    """
    if narrowed:
        raise AuditError(
            "--if-due audits the whole list as it is now; leave --only and --as-of out"
        )
    now = datetime.now(UTC)
    api.check_clock(now)
    if owner := under_way(folder, competitors):
        return CommandLook(result=Result.UNDER_WAY, line=f"an audit is under way ({owner})")
    words = competitors.settings.schedule
    found = due(folder, competitors, rule_of(words), now)
    if found.is_now or found.at is None:
        return CommandLook(goes_on=found.goes_on)
    line = f"not due before {day_and_time(found.at)} ({words})"
    return CommandLook(result=Result.NOT_DUE, line=line, due=found.at)


def day_and_time(at: datetime) -> str:
    """Return a time as this machine's clock shows it: `2027-01-01 06:00`."""
    return f"{at.astimezone():%Y-%m-%d %H:%M}"
