"""Figures of a company's own that a person points at, where they are other than before."""

from collections.abc import Iterator, Mapping

from audit.changes.finder import Difference, Finder
from audit.changes.pair import Pair
from audit.measure.followers import within_rounding
from audit.model.change import Cause, ChangeType, Event
from audit.model.company import PointedFigure
from audit.model.value import Absent, Known, Reason, Unknown

POINTED_ELSEWHERE = "the list points at another place than in the earlier run"


def _of_company(pair: Pair) -> Iterator[Difference]:
    """Give the figures of both lists that are other than before."""
    before: Mapping[str, PointedFigure] = {
        each.metric: each for each in pair.before.company.figures
    }
    for figure in pair.now.company.figures:
        if figure.metric in before:
            yield from _of_figure(pair, before[figure.metric], figure)


def _of_figure(pair: Pair, then: PointedFigure, figure: PointedFigure) -> Iterator[Difference]:
    """Give what became different with one figure, if anything did."""
    old, new = pair.before.value(figure.metric), pair.now.value(figure.metric)
    event, cause, why = None, Cause.REAL, ""
    if isinstance(old, Known) and isinstance(new, Known) and not within_rounding(old, new):
        event = Event.UP if new.value > old.value else Event.DOWN
        if _place(then) != _place(figure):
            cause, why = Cause.WINDOW, POINTED_ELSEWHERE
    elif isinstance(old, Known) and isinstance(new, Unknown):
        event = Event.LOST if new.reason is Reason.DRIFT else Event.BLOCKED
        cause, why = Cause.ACCESS, new.detail
    if event is not None:
        yield Difference(
            event=event,
            subject=figure.metric,
            what=figure.name,
            old=old or Absent(),
            new=new or Absent(),
            url=figure.url,
            unit=figure.unit,
            cause=cause,
            why=why,
            name=figure.metric,
        )


def _place(figure: PointedFigure) -> tuple[str, ...]:
    """Return where a figure is read."""
    return (figure.url, figure.css, figure.json, figure.regex)


FINDER = Finder(type=ChangeType.FIGURE, order=120, of_company=_of_company)
