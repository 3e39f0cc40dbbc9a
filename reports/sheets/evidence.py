"""Sheet Evidence: one row a finding with its address, time, rule, words and archive record."""

from collections.abc import Iterator

from reports.cells import Cell, address, text
from reports.look import BODY, MINUTE, MUTED, NUMBER, OWN, RIGHT_TEXT, SLATE, SMALL, varied
from reports.page import Page, Row
from reports.report import Report
from reports.sheets._base import Column, Sheet, Table

_ID = varied(BODY, bold=True)
_OWN_NAME = varied(SMALL, color=OWN, bold=True)
_PALE = varied(SMALL, color=MUTED)
_TIME = varied(NUMBER, size=9, format=MINUTE)
_VALUE = varied(RIGHT_TEXT, size=9)
_VALUE_CHARACTERS = 60


def draw(report: Report) -> Page:
    """Draw the sheet; the rows are made one at a time, there may be many."""
    count = len(report.evidence.rows())
    table = Table(
        title="The proof behind every figure",
        finding=(
            (f"{count:,} {'row' if count == 1 else 'rows'}", True),
            (". Figures on other sheets link here; the address opens the page itself.", False),
        ),
        key=("record: file and offset of the archived answer (WARC), or the line of the list",),
        columns=(
            Column(title="Id", width=8),
            Column(title="Company", width=report.name_width(18)),
            Column(title="Measure", width=27),
            Column(title="Value", width=15, align="right"),
            Column(title="Address", width=48),
            Column(title="Fetched, UTC", width=17, align="right"),
            Column(title="Rule", width=19),
            Column(title="Excerpt", width=50),
            Column(title="Record", width=22),
        ),
    )
    return Page(
        widths=table.widths, rows=_rows(report, table), freeze="B6", columns=len(table.columns)
    )


def _rows(report: Report, table: Table) -> Iterator[Row]:
    yield from table.top()
    for row in report.evidence.rows():
        proof = row.evidence
        cells = (
            Cell(row.id, _ID),
            text(row.company, _OWN_NAME if row.company == report.own else SMALL),
            text(row.measure, SMALL),
            text(row.value[:_VALUE_CHARACTERS], _VALUE),
            address(proof.url),
            Cell(proof.fetched_at.replace(tzinfo=None), _TIME),
            text(proof.rule, SMALL),
            text(proof.excerpt, _PALE),
            text(proof.record, _PALE),
        )
        yield Row(cells, 15.5)


SHEET = Sheet(name="Evidence", order=90, draw=draw, tab=SLATE)
