"""The value of a metric for a company, or what stands for one that was not measured."""

from audit.measure import family_of
from audit.measure.unmeasured import unmeasured
from audit.model.metric import Metric
from audit.model.result import CompanyResult
from audit.model.value import Number


def value_of(result: CompanyResult, metric: Metric) -> Number:
    """Return the value of a company, or what stands for one that was not measured.

    That is what the metric's family says, or the reason for which the company's visit is
    incomplete.
    """
    for measure in result.measures:
        if measure.metric == metric.id:
            return measure.value
    family = family_of(metric)
    if family is not None:
        return family.missing(result, metric)
    return unmeasured(result)
