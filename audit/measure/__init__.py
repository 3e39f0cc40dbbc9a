"""Pure numbers from visits: one file a subject, found by its name."""

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from audit.families import all_different, offered_if_any

# The files of this folder import from it, so what they define is named here for checkers alone.
if TYPE_CHECKING:
    from audit.measure.subject import Family, Subject
    from audit.model.metric import Metric
    from audit.model.result import CompanyResult

_GUIDE = "docs/add-a-metric.md"


@cache
def subjects() -> tuple["Subject", ...]:
    """Return all subjects, in their order: every module of this folder that has a `SUBJECT`.

    Raises:
        TypeError: a module has a subject by another name, or two have metrics of one id.
    """
    from audit.measure.subject import Subject

    names = sorted(entry.name for entry in iter_modules(__path__))
    modules = [import_module(f"{__name__}.{name}") for name in names]
    offers = [(offered_if_any(each, "SUBJECT", Subject, _GUIDE), each) for each in modules]
    found = [(subject, module) for subject, module in offers if subject is not None]
    all_different(
        "metric", ((metric.id, module) for subject, module in found for metric in subject.metrics)
    )
    return tuple(sorted((subject for subject, _ in found), key=lambda subject: subject.order))


def metrics() -> tuple["Metric", ...]:
    """Return the metrics that every company has, in the order in which readers meet them."""
    return tuple(metric for subject in subjects() for metric in subject.metrics)


def metrics_of(results: "Sequence[CompanyResult]") -> tuple["Metric", ...]:
    """Return the metrics in which some results are compared: those of all, and of families.

    Families give only what is known of some company, so that there is no row without a figure.
    """
    listed: list[Metric] = []
    for subject in subjects():
        listed += subject.metrics
        if subject.family is not None:
            listed += subject.family.in_results(results)
    return tuple(listed)


def measure_ids() -> tuple[str, ...]:
    """Return the ids of all metrics that can be named before any results are there."""
    families = (subject.family for subject in subjects() if subject.family is not None)
    listed = (name for family in families for name in family.ids)
    return (*(metric.id for metric in metrics()), *listed)


def family_of(metric: "Metric") -> "Family | None":
    """Return the family that a metric belongs to; None for one that every company has."""
    families = (subject.family for subject in subjects() if subject.family is not None)
    return next((family for family in families if family.of(metric.id) is not None), None)


def metric_of(name: str) -> "Metric | None":
    """Return the metric of an id; None for an id that no subject knows."""
    known = {metric.id: metric for metric in metrics()}
    families = (subject.family for subject in subjects() if subject.family is not None)
    return known.get(name) or next(
        (metric for family in families if (metric := family.of(name)) is not None), None
    )
