"""What the own company has set itself, held against what was measured."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from audit.model.company import Kpi
from audit.model.value import Number, Reason, Unknown


class KpiStanding(StrEnum):
    """Where a KPI stands; the values are the words that readers meet.

    `reached`: the target is met; `on track` and `off track`: not yet met, and at least, or less
    than, as far on the straight line from the baseline to the target as the day asks for; `missed`:
    not met on the day on which it was due; `open`: not met, and no line to hold it against, as it
    has no due date, or was measured for the first time, or as the line asks for no change yet that
    could be seen and there was none; `not known`: the measure is not known, or
    is a part of which the whole might meet the target.
    """

    REACHED = "reached"
    ON_TRACK = "on track"
    OFF_TRACK = "off track"
    MISSED = "missed"
    OPEN = "open"
    NOT_KNOWN = "not known"


NOT_BEFORE = Unknown(reason=Reason.NOT_CHECKED, detail="no earlier run has measured this KPI")
"""What stands for the figure of the run before in a first run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiProgress:
    """One KPI of the file against what was measured; made by `audit/measure/kpis.py`.

    `now` is the figure of this run, `last` that of the run before. `baseline` is the first that was
    known since the KPI is in the file, `since` the day up to which that run measured; None while
    nothing is known. `target` is the number of `kpi.target` in the unit of the measure (5 % is
    0.05). `short_by` is how far `now` lies from the target, or off track from the line, 0
    where only the sign of the target is not met ("> 1" by 1); None where it does not.
    """

    kpi: Kpi
    now: Number
    last: Number
    baseline: Number
    since: date | None
    target: float
    standing: KpiStanding
    short_by: float | None = None
