"""How a company's figures differ from those of a typical competitor, as far as it matters."""

from collections.abc import Iterator
from dataclasses import dataclass

from audit.model.advice import FindingTheme, Telling
from audit.model.bounds import bound_of
from audit.model.kinds import SECTIONS
from audit.model.metric import Bound, Metric, Unit
from audit.model.result import CompanyResult, Comparison
from audit.model.rounding import rounded
from audit.model.value import Absent, Known, Number
from audit.model.visit import unread_site
from reports.beginnings import SinceBeginning, since_beginning
from reports.report import Report

QUARTER = 0.25
"""A figure this part of the typical one apart, at least, would change what somebody does."""

_UNPROVED, _DOUBTFUL = 0.5, 0.8
"""How sure a difference is of which our own side may be otherwise than it could be seen to be; and
one of which the typical figure may, which is that of several companies."""

_ESTIMATED = 0.9
_WITHIN_CHANCE = 0.5
"""How sure it is where the typical figure lies within the interval of the company's own."""

_ON_PAGES = frozenset({"presence.features", "presence.supplied", "presence.channels"})
"""What pages of a website show or link, so that it is more where more of them are read."""

Figure = Known[int] | Known[float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A figure of a company beside that of a typical competitor, which is the median.

    `value` is absent where the company has nothing to count. `since` tells of a rate what it is
    since the company began with it, where that is within the period: "0.8 since 3 Sep 2026".
    `score` is effect (the difference ÷ the larger of the two figures) × weight of the theme ×
    certainty, in 0 to 1.
    """

    company: str
    metric: Metric
    theme: str
    wording: Telling
    value: Figure | Absent
    typical: Figure
    better: bool
    score: float
    since: str = ""


def differences(report: Report, company: str) -> list[Difference]:
    """Return what is worth a sentence about a company, the highest score first.

    Left out is what is not known of three competitors and of more than half of them, what is less
    apart than the rules ask for or than a quarter, and what may well be otherwise, as it rests on
    a part.
    """
    result = next(each for each in report.results if each.company.name == company)
    found = [
        difference
        for theme in report.catalogue.findings
        for wording in theme.metrics
        for compared in _compared(report, wording)
        if (difference := _difference(report, result, compared, (theme, wording))) is not None
    ]
    return sorted(found, key=lambda each: (-each.score, each.metric.id))


def _compared(report: Report, wording: Telling) -> Iterator[Comparison]:
    """Give the comparisons that a line of the rules tells: one, or those of all figures."""
    if not wording.metric.endswith("*"):
        compared = report.comparisons.get(wording.metric)
        yield from [compared] if compared is not None else []
        return
    start = wording.metric.removesuffix("*")
    yield from (each for name, each in report.comparisons.items() if name.startswith(start))


def _difference(
    report: Report,
    result: CompanyResult,
    compared: Comparison,
    rule: tuple[FindingTheme, Telling],
) -> Difference | None:
    """Return a difference that is worth a sentence; None for all others."""
    theme, wording = rule
    metric, typical = report.metric(compared.metric), _typical(compared)
    value = _value(report.value(result.company.name, compared.metric), wording)
    if typical is None or value is None or metric.higher_is_better is None:
        return None
    own, usual = _shown(value, metric), _shown(typical, metric)
    ahead = (own > usual) is metric.higher_is_better
    little = _is_little_seen(report, result, metric, ahead=ahead)
    if little or _says_nothing(value, metric) or _says_nothing(typical, metric):
        return None
    if not _apart(own, usual, wording.apart) or (ahead and not _praised(own, wording, metric)):
        return None
    young = _since(report, result, metric, value)
    if young is not None and not ahead and not _behind(young, usual, wording):
        return None
    sure = certainty(metric, value, typical, ahead=ahead) * _beyond_chance(result, metric, usual)
    sure *= compared.competitors.known / compared.competitors.of
    score = abs(own - usual) / max(abs(own), abs(usual)) * theme.weight * sure
    if score <= 0:
        return None
    return Difference(
        company=result.company.name,
        metric=metric,
        theme=theme.name,
        wording=wording,
        value=value,
        typical=typical,
        better=ahead,
        score=score,
        since=young.words if young is not None else "",
    )


def is_half_seen(result: CompanyResult) -> bool:
    """Tell whether half of a website or more could not be read: what was not seen says nothing."""
    return bool(unread_site(result.notes))


def _is_little_seen(report: Report, result: CompanyResult, metric: Metric, *, ahead: bool) -> bool:
    """Tell whether what a figure counts stands on pages of which half could not be read.

    Where we are behind, pages of ours; where we are ahead, those of half of the competitors.
    """
    if metric.id not in _ON_PAGES:
        return False
    if not ahead:
        return is_half_seen(result)
    others = [each for each in report.results if not each.company.own]
    return 2 * sum(map(is_half_seen, others)) >= len(others) > 0


def _since(
    report: Report, result: CompanyResult, metric: Metric, value: Figure | Absent
) -> SinceBeginning | None:
    """Return what a rate is since it began, where that is within the period."""
    if not isinstance(value, Known) or metric.unit is not Unit.RATE:
        return None
    return since_beginning(report, result, metric.id, value.value)


def _behind(young: SinceBeginning, usual: float, wording: Telling) -> bool:
    """Tell whether a company posts less than usual even since it began; nobody is slow at first."""
    if young.rate is None:
        return False
    rate = rounded(young.rate, Unit.RATE)
    return rate < usual and _apart(rate, usual, wording.apart)


def _typical(compared: Comparison) -> Figure | None:
    """Return the figure of a typical competitor, where more than half of them have one."""
    others = compared.competitors
    enough = others.known * 2 > others.of
    return others.median if isinstance(others.median, Known) and enough else None


def _value(value: Number | None, wording: Telling) -> Figure | Absent | None:
    """Return a figure, or nothing to count where the rules have words for that; None otherwise."""
    match value:
        case Known():
            return value
        case Absent() if wording.none:
            return value
        case _:
            return None


def _shown(value: Figure | Absent, metric: Metric) -> float:
    """Return a figure as readers see it; nothing to count is none."""
    return rounded(value.value, metric.unit) if isinstance(value, Known) else 0.0


def _says_nothing(value: Number, metric: Metric) -> bool:
    """Tell whether a figure is better left unsaid: at least none, or no post a week.

    How long a silence lasts tells more than a rate of 0.0.
    """
    if not isinstance(value, Known) or rounded(value.value, metric.unit) != 0:
        return False
    never = metric.unit is Unit.RATE and value.value == 0
    return never or bound_of(value, metric) is Bound.LEAST


def _apart(own: float, usual: float, least: float) -> bool:
    """Tell whether two figures, as they are shown, are far enough apart for a sentence."""
    # Half a step of the finest unit, as 0.8 less 0.5 is a little less than 0.3 in binary.
    difference = abs(own - usual) + 0.001
    return own != usual and difference >= least and difference >= QUARTER * abs(usual)


def _praised(own: float, wording: Telling, metric: Metric) -> bool:
    """Tell whether a figure that is better than usual is good by itself."""
    if wording.praised is None:
        return True
    return own >= wording.praised if metric.higher_is_better else own <= wording.praised


def certainty(metric: Metric, value: Number, typical: Number, *, ahead: bool) -> float:
    """Return how sure the direction of a difference is, in 0 to 1; 0: it may as well be otherwise.

    A part is at least as good as it looks where more is better and it is "at least", or less is
    better and it is "at most"; else it may be worse. So "ahead" is doubtful where ours may be
    worse or theirs better, and "behind" the other way round. That we are behind, where ours is a
    part and theirs is whole, is nothing but that we could see less of us.
    """
    own, usual = bound_of(value, metric), bound_of(typical, metric)
    better, worse = Bound.LEAST, Bound.MOST
    if not metric.higher_is_better:
        better, worse = worse, better
    if own is (worse if ahead else better):
        return _UNPROVED if usual is not None else 0.0
    if usual is (better if ahead else worse):
        return _DOUBTFUL
    return _ESTIMATED if Bound.ESTIMATE in (own, usual) else 1.0


def _beyond_chance(result: CompanyResult, metric: Metric, usual: float) -> float:
    """Return how sure a rate is beside the typical one, by its own interval where it has one."""
    if metric.id == "site.posts_per_week":
        rows = [row for row in result.cadence if row.channel in SECTIONS]
    elif metric.id == "all.posts_per_week" and result.together is not None:
        rows = [result.together]
    else:
        return 1.0
    intervals = [row.interval for row in rows if row.interval is not None]
    # Of several sections there is no interval of their sum here.
    if len(intervals) != 1:
        return 1.0
    low, high = intervals[0]
    return _WITHIN_CHANCE if low <= usual <= high else 1.0
