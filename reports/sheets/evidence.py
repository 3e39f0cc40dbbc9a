"""Sheet Evidence: one row a finding with its address, time, rule, words and archive record."""

from collections.abc import Iterator

from reports.report import Report
from reports.sheets._base import Sheet
from reports.tables import Cell, Column, ColumnKind, Importance, Row, Table, ToWeb

_VALUE_CHARACTERS = 60

_COLUMNS = (
    Column(title="Id", importance=Importance.KEY),
    Column(title="Company", kind=ColumnKind.COMPANY, importance=Importance.DETAIL),
    Column(title="Measure", importance=Importance.DETAIL),
    Column(title="Value", importance=Importance.DETAIL),
    Column(title="Address", kind=ColumnKind.ADDRESS),
    Column(title="Fetched, UTC", kind=ColumnKind.TIME),
    Column(title="Rule", importance=Importance.DETAIL),
    Column(title="Excerpt", kind=ColumnKind.TEXT, importance=Importance.ASIDE),
    Column(title="Record", importance=Importance.ASIDE),
)


def draw(report: Report) -> Table:
    """Return the sheet; its rows are made one at a time, there may be many."""
    count = len(report.evidence)
    return Table(
        title="The proof behind every figure",
        finding=(
            (f"{count:,} {'row' if count == 1 else 'rows'}", True),
            (". Figures on other sheets link here; the address opens the page itself.", False),
        ),
        key=("record: file and offset of the archived answer (WARC), or the line of the list",),
        columns=_COLUMNS,
        rows=_rows(report),
    )


def _rows(report: Report) -> Iterator[Row]:
    """Give a row for each piece of evidence, in the order of their numbers."""
    for row in report.evidence.rows():
        proof = row.evidence
        cells = (
            Cell(row.id),
            Cell(row.company),
            Cell(row.measure),
            Cell(row.value[:_VALUE_CHARACTERS]),
            Cell(proof.url, to=ToWeb(proof.url)),
            Cell(proof.fetched_at),
            Cell(proof.rule),
            Cell(proof.excerpt),
            Cell(proof.record),
        )
        yield Row(cells, subject=row.company)


SHEET = Sheet(
    name="Evidence",
    order=90,
    draw=draw,
    of_all=True,
    answers="Where was each figure seen, and when?",
)
