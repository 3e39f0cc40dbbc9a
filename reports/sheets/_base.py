"""What a sheet offers: a name, a place in the order, and a function from report to table."""

from collections.abc import Callable
from dataclasses import dataclass

from reports.report import Report
from reports.tables import Table


def always(report: Report) -> bool:
    """Tell that a sheet is in every set of results."""
    del report
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet: its name, its place in the order, and how to draw it as values.

    `wanted` tells whether a report has anything for it; else it is left out.
    """

    name: str
    order: int
    draw: Callable[[Report], Table]
    wanted: Callable[[Report], bool] = always
