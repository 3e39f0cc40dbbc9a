"""Who has most of something, as the line above a sheet says it: never of two companies."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from audit.model.result import MEDIAN_NEEDS
from audit.model.rounding import rounded
from audit.model.value import Known
from reports.differences import Figure
from reports.report import Report
from reports.tables import Run
from reports.words import counted, listed


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

    There are none where fewer than three figures are known, and where all of them are alike.
    """
    shown = {
        name: rounded(value.value, report.metric(metric).unit)
        for name, value in figures(report, metric).items()
    }
    most = max(shown.values(), default=0)
    names = [name for name, value in shown.items() if value == most]
    return names if len(shown) >= MEDIAN_NEEDS and len(names) < len(shown) else []


def figures(report: Report, metric: str) -> Mapping[str, Figure]:
    """Return the known figures of a metric by company, our own first."""
    if metric not in report.comparisons:
        return {}
    values = ((name, report.value(name, metric)) for name in report.companies)
    return {name: value for name, value in values if isinstance(value, Known)}


def most_told(report: Report, metric: str, headline: Headline) -> list[Run]:
    """Return who does most of something, and how much we do, without a full stop.

    "Borealis posts most: 3.3 a week; we post 0.8"; of two companies "We post 0.8; Borealis posts
    3.3", of companies that are alike "All four companies post alike: 3.3". Empty where no figure is
    known.
    """
    known, first = figures(report, metric), leaders(report, metric)
    if not known:
        return []
    if not first:
        return _side_by_side(report, known, headline)
    runs = [
        (f"{_doing(report, first, headline)} most: ", False),
        (headline.words(known[first[0]]), True),
        (headline.unit, False),
    ]
    if report.own in known and report.own not in first:
        runs += [(f"; we {headline.many} ", False), (headline.words(known[report.own]), True)]
    return runs


def _side_by_side(report: Report, known: Mapping[str, Figure], headline: Headline) -> list[Run]:
    """Return the figures of one or two companies, or the one of all that are alike."""
    if len(known) >= MEDIAN_NEEDS:
        one = next(iter(known.values()))
        who = counted(len(known), "company", "companies")
        head = f"All {who} {headline.many} alike: "
        return [(head, False), (headline.words(one), True), (headline.unit, False)]
    (name, value), *others = known.items()
    runs = [
        (f"{_doing(report, [name], headline)} ", False),
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
