"""The figures that a person points at in the list: any number on a company's own pages."""

from collections.abc import Sequence

from audit.measure.subject import Brief, Family, Subject, Values
from audit.measure.unmeasured import unmeasured
from audit.model.company import PointedFigure
from audit.model.metric import Metric, Phrase, Unit
from audit.model.result import CompanyResult
from audit.model.value import Number, Reason, Unknown

PREFIX = "figure."

_MATTER = "A number that competitors.yaml points at on a page of the company's"
_KINDS = {
    Unit.COUNT: "a count",
    Unit.RATE: "with decimals",
    Unit.SHARE: "a share",
    Unit.DAYS: "in days",
}


def _metric(name: str) -> Metric | None:
    """Define the metric of a figure by its id alone; None for an id that is no figure's.

    Unit and direction stand in the list, from which `_in_results` takes them.
    """
    if not name.startswith(PREFIX) or not name.removeprefix(PREFIX):
        return None
    words = name.removeprefix(PREFIX).replace("-", " ")
    return _defined(name, words[:1].upper() + words[1:], Unit.COUNT, None)


def _of_figure(figure: PointedFigure) -> Metric:
    """Define the metric of a figure as the list has it."""
    return _defined(figure.metric, figure.name, figure.unit, figure.higher_is_better)


def _defined(name: str, title: str, unit: Unit, higher_is_better: bool | None) -> Metric:
    """Return the metric of a figure, whose title is the name that a person gave it."""
    return Metric(
        id=name,
        title=title,
        theme="Figures",
        unit=unit,
        higher_is_better=higher_is_better,
        definition=f"{_MATTER}: {title}, {_KINDS[unit]}.",
        phrase=Phrase(before=f"{title}: ", unit=""),
    )


def _in_results(results: Sequence[CompanyResult]) -> Sequence[Metric]:
    """List the figures of all companies in the order of the file, those that are unknown too.

    A person has asked for each, so that a row without a figure says why there is none.
    """
    first: dict[str, PointedFigure] = {}
    for result in results:
        for figure in result.company.figures:
            first.setdefault(figure.metric, figure)
    return [_of_figure(figure) for figure in first.values()]


def _of_company(brief: Brief) -> Values:
    """Return what came of each figure of a company."""
    return {reading.figure.metric: reading.value for reading in brief.visit.figures}


def _missing(result: CompanyResult, metric: Metric) -> Number:
    """Return why a company has no value: nothing points at one, or its site was not read."""
    if all(figure.metric != metric.id for figure in result.company.figures):
        detail = "no entry of `figures` in the list points at one"
        return Unknown(reason=Reason.NOT_CHECKED, detail=detail)
    return unmeasured(result)


SUBJECT = Subject(
    name="figures",
    order=45,
    family=Family(of=_metric, in_results=_in_results, missing=_missing),
    of_company=_of_company,
    # An element that scripts are still to draw is told by the reading itself.
    from_pages=False,
)
