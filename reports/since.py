"""How a figure has changed since the last run, in a few signs beside it."""

from audit.measure.followers import within_rounding
from audit.model.metric import Metric, Unit
from audit.model.result import CompanyResult
from audit.model.rounding import moved_as_shown
from audit.model.value import Known
from reports.report import Report
from reports.signs import SIGNS, Sign
from reports.words import day_in_words, figure

WITHIN = "±"
"""Two counts differ, and may be of one number, as platforms round them."""

_POINTS = " pts"


def since_words(report: Report, result: CompanyResult, metric: Metric) -> str:
    """Return how a company's figure has changed since the last run: `▲ 0.3`, `▼ 120`, `±`.

    Figures are compared as they are shown. Nothing is said of a figure that is as it was, of one
    that either run did not know, and of two of which one is a part: what is at least 3 and was at
    least 2 may have changed either way.
    """
    before = report.past.before
    old = before.value(result.company.website, metric.id) if before is not None else None
    new = report.value(result.company.name, metric.id)
    if not isinstance(old, Known) or not isinstance(new, Known):
        return ""
    change = moved_as_shown(old, new, metric.unit)
    if not change:
        return ""
    if metric.unit is Unit.COUNT and within_rounding(old, new):
        return WITHIN
    sign = SIGNS[Sign.RISING if change > 0 else Sign.FALLING].text
    amount = figure(abs(change), metric.unit)
    # The difference of two shares is no share of anything.
    return f"{sign} {amount.replace('%', _POINTS)}"


def since_key(report: Report) -> list[str]:
    """Return what the signs mean, for the key of a sheet; nothing in a first run."""
    changes = report.past.changes
    if changes is None:
        return []
    day = day_in_words(changes.before.as_of)
    return [f"▲ ▼ change since the run of {day}, {WITHIN} within rounding"]
