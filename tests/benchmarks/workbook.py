"""Write the workbook of fifty companies, and its bare values as openpyxl alone would.

`python -m tests.benchmarks.workbook` prints these rows alone.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from openpyxl import Workbook

from audit.model.result import Snapshot
from reports.formats.xlsx.grid import Content
from reports.formats.xlsx.workbook import grid_of, write_workbook
from reports.report import Report
from reports.sheets import sheets
from tests.reports import workbook_example as example

COMPANIES, POSTS, ROUNDS = 50, 380, 3
Values = dict[str, list[list[Content]]]


def main() -> list[tuple[str, float, str]]:
    """Measure by turns; give the rows of the table, from the quickest of each."""
    shot = snapshot()
    report = Report(shot, example.compared(shot))
    values = _values(report)
    cells = sum(len(row) for rows in values.values() for row in rows)
    proofs = len(values["Evidence"])
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "a.xlsx"
        whole, bare = _quickest(
            (
                lambda: write_workbook(Report(shot, example.compared(shot)), place),
                lambda: _write_bare(values, place),
            )
        )
    added = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        (f"W1  workbook of {COMPANIES} companies, {proofs:,} proofs ÷ bare", whole / bare, "≤ 2"),
        ("    CPU seconds", whole, ""),
        ("    cells", cells, ""),
        ("    peak memory of the process, MB", added, ""),
    ]


def snapshot() -> Snapshot:
    """Fifty companies with four hundred posts each."""
    return example.of(
        [
            example.company_result(
                f"Company {at}",
                own=at == 0,
                sections={"blog": (POSTS, 1, at % 9), "news": (20, 9, at % 30)},
                channels=(("linkedin", 0.9), ("youtube", 0.95), ("x", 0.7)),
                features=(("newsletter", "Mailchimp"), ("forum", "Discourse")),
            )
            for at in range(COMPANIES)
        ]
    )


def _values(report: Report) -> Values:
    """Return what stands in the cells of each sheet."""
    return {
        sheet.name: [
            [cell.value if cell is not None else None for cell in line.cells]
            for line in grid_of(sheet, report).lines
        ]
        for sheet in sheets()
        if sheet.wanted(report)
    }


def _write_bare(values: Values, place: Path) -> None:
    """Write the values with nothing around them."""
    book = Workbook(write_only=True)
    for name, rows in values.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(place)


def _quickest(cases: Sequence[Callable[[], object]]) -> list[float]:
    """Return the CPU seconds of each case: the quickest of its rounds, taken by turns."""
    times: list[list[float]] = [[] for _ in cases]
    for _ in range(ROUNDS):
        for case, row in zip(cases, times, strict=True):
            began = time.process_time()
            case()
            row.append(time.process_time() - began)
    return [min(row) for row in times]


if __name__ == "__main__":
    for name, figure, target in main():
        sys.stdout.write(f"{name:68} {figure:9.2f}   {target and 'target ' + target}\n")
