"""Sheet All companies: a row each, where there are too many to stand side by side."""

from collections.abc import Iterator, Sequence

from reports.report import Report
from reports.scoreboard import scoreboard, scoreboard_key
from reports.sheets._base import Sheet
from reports.tables import Block, Cell, Column, Row, RowKind, Sentence, Table, Tone

_SHOWN = Column(title="Side by side")


def draw(report: Report) -> Table:
    """Return the sheet: the scoreboard of all companies, and which stand on the other sheets."""
    board = scoreboard(report.of_all)
    shown = frozenset(report.companies)
    return Table(
        title="All companies",
        finding=_finding(report),
        key=(*scoreboard_key(report.of_all, board), *_rule(report)),
        columns=(*board.columns[:1], _SHOWN, *board.columns[1:]),
        rows=list(_rows(board, shown)),
    )


def _finding(report: Report) -> Sentence:
    """Return how many companies there are, and how many of them other sheets show."""
    every, some = len(report.of_all.companies), len(report.companies)
    return ((f"{every:,} companies", True), (f", of which {some} stand on the other sheets", False))


def _rule(report: Report) -> Sequence[str]:
    """Return by what rule some companies stand side by side."""
    whose = "those nearest to us" if report.own else "the largest"
    return (f"side by side: {whose} in total audience, or in posts a week where that is unknown",)


def _rows(board: Block, shown: frozenset[str]) -> Iterator[Row]:
    """Give the rows of the scoreboard with a sign for those that stand on the other sheets."""
    for row in board.rows:
        company, *figures = row.cells
        sign = Cell("yes") if row.subject in shown else Cell("no", tone=Tone.ASIDE)
        yield Row(
            [company, sign if row.kind is RowKind.ENTRY else Cell(), *figures],
            kind=row.kind,
            subject=row.subject,
        )


def _wanted(report: Report) -> bool:
    """Tell whether other sheets show some of the companies alone."""
    return report.of_all is not report


SHEET = Sheet(
    name="All companies",
    order=24,
    draw=draw,
    wanted=_wanted,
    answers="How does each of all companies do?",
)
