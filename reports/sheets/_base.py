"""What a sheet offers: a name, a place in the order, and a function from report to table."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from reports.carried import carried
from reports.report import Report
from reports.tables import Table, fitting


def always(report: Report) -> bool:
    """Tell that a sheet is in every set of results."""
    del report
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet: its name, its place in the order, the question it answers, how to draw it as values.

    `wanted` tells whether a report has anything for it; else it is left out. What `draw` returns is
    held to its columns: a row with a cell too few or too many is a ValueError. `for_people` tells
    that people fill in columns of it; what they wrote into the last workbook is put back. `of_all`
    tells that it lists all companies, where other sheets show those nearest to our own alone.
    """

    name: str
    order: int
    draw: Callable[[Report], Table]
    wanted: Callable[[Report], bool] = always
    answers: str = ""
    for_people: bool = False
    of_all: bool = False

    def __post_init__(self) -> None:
        """Hold every row that is drawn to the columns above it, for all formats."""
        name, draw = self.name, self.draw

        def draw_held(report: Report) -> Table:
            drawn_of = report.of_all if self.of_all else report
            return _held(name, draw(drawn_of), drawn_of)

        object.__setattr__(self, "draw", draw_held)


def _held(name: str, table: Table, report: Report) -> Table:
    """Return the table of a sheet; its rows are checked and filled in as they are gone through."""
    blocks = [
        replace(block, rows=list(fitting(f"sheet {name}, {block.title!r}", block)))
        for block in table.blocks
    ]
    rows = carried(fitting(f"sheet {name}", table), table.columns, report.kept)
    return replace(table, rows=rows, blocks=blocks)
