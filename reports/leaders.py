"""Who has most of something, as the line above a sheet says it: never of two companies."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from audit.model.bounds import bound_of
from audit.model.metric import Bound
from audit.model.result import MEDIAN_NEEDS
from audit.model.rounding import rounded
from audit.model.value import Known
from reports.beginnings import is_outpaced
from reports.differences import Figure
from reports.report import Report
from reports.tables import Run
from reports.words import capital, counted, listed


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """The words of a headline: `one` company "posts", `many` and we "post".

    `words` words a figure, and `unit` follows the first of them.
    """

    one: str
    many: str
    words: Callable[[Figure], str]
    unit: str = ""


def leaders(report: Report, metric: str) -> list[str]:
    """Return the companies with the highest figure of a metric, as it is shown.

    There are none where fewer than three figures are known, where all of them are alike, and where
    somebody else may have more: what is at least 1 may be more than 2, and who began within the
    period may post more often since then.
    """
    known = figures(report, metric)
    if len(known) < MEDIAN_NEEDS:
        return []
    about = report.metric(metric)
    shown = {name: rounded(value.value, about.unit) for name, value in known.items()}
    most = max(shown.values())
    names = [name for name, value in shown.items() if value == most]
    if len(names) == len(shown):
        return []
    bounds = {name: bound_of(value, about) for name, value in known.items()}
    more = [name for name, bound in bounds.items() if bound is Bound.LEAST and names != [name]]
    less = [name for name in names if bounds[name] is Bound.MOST]
    outpaced = any(is_outpaced(report, name, metric) for name in names)
    return [] if more or less or outpaced else names


def figures(report: Report, metric: str) -> Mapping[str, Figure]:
    """Return the known figures of a metric by company, our own first."""
    if metric not in report.comparisons:
        return {}
    values = ((name, report.value(name, metric)) for name in report.companies)
    return {name: value for name, value in values if isinstance(value, Known)}


def most_told(report: Report, metric: str, headline: Headline, *, ours: bool = True) -> list[Run]:
    """Return who does most of something, and how much we do, without a full stop.

    "Borealis posts most: 3.3 a week; we post 0.8"; of two companies "We post 0.8; Borealis posts
    3.3", of companies that are alike "All four companies post alike: 3.3". Where it cannot be known
    who does most, "We post at least 2.0 a week; a typical competitor posts at least 1.4". Empty
    where no figure is known. Without `ours` our figure is left out where we are not first.
    """
    known, first = figures(report, metric), leaders(report, metric)
    if not ours and report.own not in first:
        known = {name: value for name, value in known.items() if name != report.own}
    if not known:
        return []
    if not first:
        return _without_leader(report, metric, known, headline)
    runs = [
        (f"{_doing(report, first, headline)} most: ", False),
        (headline.words(known[first[0]]), True),
        (headline.unit, False),
    ]
    if report.own in known and report.own not in first:
        runs += [(f"; we {headline.many} ", False), (headline.words(known[report.own]), True)]
    return runs


def _without_leader(
    report: Report, metric: str, known: Mapping[str, Figure], headline: Headline
) -> list[Run]:
    """Return what can be said where nobody leads: all are alike, a few, ours and the typical."""
    about = report.metric(metric)
    if len(known) < MEDIAN_NEEDS:
        return _side_by_side(report, told_of(report, metric, known), headline)
    shown = {rounded(value.value, about.unit) for value in known.values()}
    sure = all(bound_of(value, about) in (None, Bound.ESTIMATE) for value in known.values())
    if len(shown) == 1 and sure:
        one = next(iter(known.values()))
        who = counted(len(known), "company", "companies")
        head = f"All {who} {headline.many} alike: "
        return [(head, False), (headline.words(one), True), (headline.unit, False)]
    typical = report.comparisons[metric].median
    if not isinstance(typical, Known):
        return _side_by_side(report, dict(islice(known.items(), MEDIAN_NEEDS)), headline)
    ours = {report.own: known[report.own]} if report.own in known else {}
    usual = "a typical competitor" if report.own else "a typical company"
    return _side_by_side(report, {**ours, usual: typical}, headline)


def told_of(report: Report, metric: str, known: Mapping[str, Figure]) -> Mapping[str, Figure]:
    """Return of one or two figures those that are told, and of more all.

    One that is at least so much, and less than the other, may be larger or smaller than that.
    """
    about, most = report.metric(metric), max((each.value for each in known.values()), default=0)
    return {
        name: value
        for name, value in known.items()
        if len(known) >= MEDIAN_NEEDS
        or bound_of(value, about) is not Bound.LEAST
        or value.value >= most
    }


def _side_by_side(report: Report, known: Mapping[str, Figure], headline: Headline) -> list[Run]:
    """Return the figures of some companies, one after the other."""
    (name, value), *others = known.items()
    runs = [
        (f"{capital(_doing(report, [name], headline))} ", False),
        (headline.words(value), True),
        (headline.unit, False),
    ]
    for name, value in others:
        runs += [(f"; {_doing(report, [name], headline)} ", False), (headline.words(value), True)]
    return runs


def _doing(report: Report, names: Sequence[str], headline: Headline) -> str:
    """Return who does it: `We post`, `Borealis posts`, `Acme and Borealis post`."""
    if names == [report.own]:
        return f"We {headline.many}"
    return f"{listed(names)} {headline.one if len(names) == 1 else headline.many}"
