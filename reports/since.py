"""How a figure has changed since the last run, in a few signs beside it."""

from audit.measure.followers import within_rounding
from audit.model.kinds import SECTIONS
from audit.model.metric import Metric, Unit
from audit.model.past import PastRun
from audit.model.result import CompanyResult
from audit.model.rounding import moved_as_shown
from audit.model.value import Known
from reports.report import Report
from reports.signs import SIGNS, Sign
from reports.words import day_in_words, figure

WITHIN = "±"
"""Two figures differ for reasons that are nobody's doing: platforms round their counts, and posts a
week of what is younger than the period rise as that fills."""

_RATE = ".posts_per_week"

_POINTS = " pts"


def since_words(report: Report, result: CompanyResult, metric: Metric) -> str:
    """Return how a company's figure has changed since the last run: `▲ 0.3`, `▼ 120`, `±`.

    Figures are compared as they are shown. Nothing is said of a figure that is as it was, of one
    that either run did not know, and of two of which one is a part: what is at least 3 and was at
    least 2 may have changed either way. A rate that rises as its period fills is `±`.
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
    if change > 0 and _fills(report.past.before, result, metric):
        return WITHIN
    sign = SIGNS[Sign.RISING if change > 0 else Sign.FALLING].text
    amount = figure(abs(change), metric.unit)
    # The difference of two shares is no share of anything.
    return f"{sign} {amount.replace('%', _POINTS)}"


def _fills(before: PastRun | None, result: CompanyResult, metric: Metric) -> bool:
    """Tell whether a rate rises as the period fills: what it is of was younger than that then."""
    of = metric.id.removesuffix(_RATE)
    young = before.began_within(result.company.website) if before is not None else frozenset()
    if of == metric.id or not young:
        return False
    if of == "all":
        return True
    if of in {"site", "channels"}:
        return any((channel in SECTIONS) is (of == "site") for channel in young)
    return of.removeprefix("channel.") in young


def since_key(report: Report) -> list[str]:
    """Return what the signs mean, for the key of a sheet; nothing in a first run."""
    changes = report.past.changes
    if changes is None:
        return []
    day = day_in_words(changes.before.as_of)
    return [f"▲ ▼ change since the run of {day}, {WITHIN} by rounding or the period alone"]
