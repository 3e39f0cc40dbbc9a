"""Of which companies nothing could be read, and why."""

from audit.measure.completeness import COMPLETENESS
from audit.model.value import Known, Unknown
from reports.report import Report

_LOOKED = "presence.channels"
"""The metric that is unknown where a site could not be read, with the reason."""


def why_not_read(report: Report, company: str) -> Unknown | None:
    """Return why nothing of a company could be read; None where its site could."""
    value = report.value(company, _LOOKED)
    return value if isinstance(value, Unknown) else None


def is_lost(report: Report, company: str) -> bool:
    """Tell whether a company is in no figure: its site was not read, nor anything else of it."""
    return why_not_read(report, company) is not None and not any(
        isinstance(value, Known) and metric != COMPLETENESS.id
        for metric, compared in report.comparisons.items()
        for name, value in compared.values
        if name == company
    )
