"""The own company's KPIs: what it has set itself, where it began, and whether it is on track."""

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from audit.measure import metric_of, metrics_of
from audit.measure.subject import Subject, Together
from audit.measure.values import value_of
from audit.model.bounds import bound_of
from audit.model.company import Kpi
from audit.model.kpi import NOT_BEFORE, KpiProgress, KpiStanding
from audit.model.metric import Bound, Metric, Unit
from audit.model.result import CompanyResult, Window
from audit.model.rounding import rounded
from audit.model.value import Absent, Known, Number, Reason, Unknown

_NO_MEASURE = Unknown(reason=Reason.NOT_CHECKED, detail="no such measure in this run")
_MEETS: Mapping[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class KpiTarget:
    """A target of the file: `sign` is one of >=, <=, >, < and =, `value` in the measure's unit."""

    sign: str
    value: float

    @classmethod
    def read(cls, words: str) -> "KpiTarget":
        """Read a target such as ">= 1" or "< 5 %", which is 0.05."""
        sign, number, percent = re.findall(r"^([<>]=?|=) ?(-?[0-9.]{1,30})( ?%)?$", words)[0]
        return cls(sign=sign, value=float(number) / 100 if percent else float(number))

    def met_by(self, figure: float) -> bool:
        """Tell whether a figure meets it."""
        return _MEETS[self.sign](figure, self.value)

    def wants_more(self, start: float) -> bool:
        """Tell whether more is better; of "=" that depends on where one starts."""
        return self.sign.startswith(">") or (self.sign == "=" and start < self.value)


def with_kpis(results: Sequence[CompanyResult], together: Together) -> tuple[CompanyResult, ...]:
    """Hold the KPIs of the file against the own company's figures.

    Where nothing of it was measured, as its visit failed, its result stays as it is.
    """
    window = together.window
    if window is None:
        return tuple(results)
    return tuple(
        replace(
            result,
            kpis=tuple(_progress(kpi, result, together.earlier, window) for kpi in together.kpis),
        )
        if result.company.own and result.measures
        else result
        for result in results
    )


def _progress(
    kpi: Kpi, result: CompanyResult, earlier: CompanyResult | None, window: Window
) -> KpiProgress:
    """Return where a KPI stands."""
    metric = _metric(kpi.measure, result)
    now = value_of(result, metric) if metric is not None else _NO_MEASURE
    last = value_of(earlier, metric) if metric is not None and earlier is not None else NOT_BEFORE
    day = window.as_of.astimezone(ZoneInfo(window.timezone)).date()
    kept = earlier.kpis if earlier is not None else ()
    before = next((each for each in kept if each.kpi.measure == kpi.measure), None)
    baseline, since = now, day if isinstance(now, Known) else None
    if before is not None and before.since is not None:
        baseline, since = before.baseline, before.since
    progress = KpiProgress(
        kpi=kpi,
        now=now,
        last=last,
        baseline=baseline,
        since=since,
        target=KpiTarget.read(kpi.target).value,
        standing=KpiStanding.OPEN,
    )
    standing, short_by = standing_of(progress, metric, day)
    return replace(progress, standing=standing, short_by=short_by)


def _metric(measure: str, result: CompanyResult) -> Metric | None:
    """Return the metric of a KPI; that of a figure has the unit that the list gives it."""
    listed = (metric for metric in metrics_of([result]) if metric.id == measure)
    return next(listed, None) or metric_of(measure)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """The straight way from the baseline on the day `since` to the target on the due day."""

    baseline: float
    since: date
    due: date

    def at(self, day: date, target: KpiTarget) -> float | None:
        """Return what the line asks for on a day; None on its first day, and without a length.

        A company that was beyond its target when it began is asked to stay there.
        """
        if day <= self.since or self.due <= self.since:
            return None
        part = (day - self.since).days / (self.due - self.since).days
        asked = self.baseline + (target.value - self.baseline) * part
        if target.wants_more(self.baseline):
            return min(asked, target.value)
        return max(asked, target.value)


def standing_of(
    progress: KpiProgress, metric: Metric | None, day: date
) -> tuple[KpiStanding, float | None]:
    """Return where a KPI stands on a day, and how far it falls short; figures as they are shown."""
    target, figure = KpiTarget.read(progress.kpi.target), _number(progress.now, metric)
    if metric is None or figure is None:
        return KpiStanding.NOT_KNOWN, None
    shown = replace(target, value=rounded(target.value, metric.unit))
    met = shown.met_by(rounded(figure, metric.unit))
    if not _is_sure(progress.now, metric, target, met=met):
        return KpiStanding.NOT_KNOWN, None
    if met:
        return KpiStanding.REACHED, None
    if progress.kpi.due is not None and day > progress.kpi.due:
        return KpiStanding.MISSED, abs(target.value - figure)
    return _on_the_way(progress, metric, figure, day)


def _on_the_way(
    progress: KpiProgress, metric: Metric, figure: float, day: date
) -> tuple[KpiStanding, float | None]:
    """Return whether a figure that does not meet its target yet is as far as the day asks for."""
    target, start = KpiTarget.read(progress.kpi.target), _number(progress.baseline, metric)
    asked = None
    if progress.kpi.due is not None and progress.since is not None and start is not None:
        line = _Line(baseline=start, since=progress.since, due=progress.kpi.due)
        asked = line.at(day, target)
    if asked is None or start is None:
        return KpiStanding.OPEN, abs(target.value - figure)
    if _says_nothing_yet(asked, start, figure, metric):
        return KpiStanding.OPEN, abs(target.value - figure)
    behind = asked - figure if target.wants_more(start) else figure - asked
    if behind <= 0 or rounded(asked, metric.unit) == rounded(figure, metric.unit):
        return KpiStanding.ON_TRACK, None
    return KpiStanding.OFF_TRACK, behind


def _says_nothing_yet(asked: float, start: float, figure: float, metric: Metric) -> bool:
    """Tell whether the line asks for no change that could be seen yet, and there was none.

    Days after the beginning of a year nobody is on track by having done nothing.
    """
    shown = rounded(start, metric.unit)
    return rounded(asked, metric.unit) == shown == rounded(figure, metric.unit)


def _number(value: Number, metric: Metric | None) -> float | None:
    """Return the figure of a value; of what a company does not have at all there are none.

    Days since a post that was never written are no number.
    """
    match value:
        case Known(value=number):
            return float(number)
        case Absent():
            return 0.0 if metric is not None and metric.unit is not Unit.DAYS else None
        case Unknown():
            return None


def _is_sure(value: Number, metric: Metric, target: KpiTarget, *, met: bool) -> bool:
    """Tell whether the whole stands to the target as the part does that could be read."""
    bound = bound_of(value, metric)
    if bound is None or bound is Bound.ESTIMATE:
        return True
    if target.sign == "=":
        return False
    # At least 2 meets ">= 1" for sure, and at least 0.5 may meet it all the same.
    return met is (target.sign.startswith(">") is (bound is Bound.LEAST))


SUBJECT = Subject(name="kpis", order=95, of_all=with_kpis, from_pages=False)
"""After the shares, which a KPI may be about."""
