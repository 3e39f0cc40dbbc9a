"""Sheet SWOT: strengths and weaknesses with their proof, opportunities and threats for people."""

from collections.abc import Iterator, Sequence

from reports.left_out import left_out
from reports.people import Place, Yours
from reports.report import Report
from reports.sheets._base import Sheet
from reports.strengths import Side, strengths, weaknesses
from reports.tables import (
    EMPTY,
    Cell,
    Column,
    ColumnKind,
    Row,
    Sentence,
    Table,
    Tone,
)
from reports.unread import why_not_read
from reports.words import capital, clause, counted

_YOURS = Yours(sheet="swot", field="words")
_COLUMNS = (
    Column(title="Part", kind=ColumnKind.GROUP),
    Column(title="What the audit says", kind=ColumnKind.TEXT),
    Column(title="Proof", kind=ColumnKind.PROOF),
    Column(title=_YOURS.title, kind=ColumnKind.TEXT, yours=_YOURS),
)
_FREE, _MOST_ROWS = 3, 60
"""Empty rows that are always offered, and how many rows there may be of a part for people."""

_FOR_PEOPLE = (
    ("Opportunities", "opportunity", "What changes around us that we could use? Yours to fill in."),
    ("Threats", "threat", "What changes around us that could harm us? Yours to fill in."),
)


def draw(report: Report) -> Table:
    """Return the sheet: the four parts below each other, each a group of rows."""
    strong, weak = strengths(report), weaknesses(report)
    return Table(
        title="Strengths, weaknesses, opportunities, threats",
        finding=_finding(strong, weak, _why_unseen(report)),
        key=(
            "Strengths and weaknesses: beside a typical competitor, what matters most first",
            "Opportunities and threats lie outside the company: nobody can read them off a website",
        ),
        columns=_COLUMNS,
        rows=[
            *_sides("Strengths", strong),
            *_sides("Weaknesses", weak),
            *(row for part in _FOR_PEOPLE for row in _for_people(report, *part)),
        ],
    )


def _finding(strong: Sequence[Side], weak: Sequence[Side], lost: str) -> Sentence:
    """Return how many strengths and weaknesses there are; where we are not seen (`lost`), why."""
    if lost:
        return (("Our own website", True), (f" {lost}: nothing to compare.", False))
    ahead, behind = (sum(not each.id.endswith(".none") for each in side) for side in (strong, weak))
    words = f"{counted(ahead, 'strength')} and {counted(behind, 'weakness', 'weaknesses')}"
    return (
        (capital(words), True),
        (" beside a typical competitor; opportunities and threats are yours to add.", False),
    )


def _why_unseen(report: Report) -> str:
    """Return why our own website could not be read; empty where it could."""
    lost = why_not_read(report, report.own) if report.own else None
    return clause(lost.reason, lost.detail) if lost is not None else ""


def _sides(part: str, sides: Sequence[Side]) -> Iterator[Row]:
    """Give the rows of strengths or of weaknesses."""
    for at, side in enumerate(sides):
        proof = Cell("Evidence", to=side.proof) if side.proof is not None else EMPTY
        yield Row(
            [Cell(part), Cell(side.words), proof, EMPTY],
            begins=at == 0 and part != "Strengths",
            id=side.id,
            about="".join(piece for piece, _ in side.words),
        )


def _for_people(report: Report, part: str, name: str, guide: str) -> Iterator[Row]:
    """Give the rows of a part that people fill in: those in use, and three more."""
    used = [at for at in range(1, _MOST_ROWS) if _is_used(report, f"{name}.{at}")]
    for at in range(1, max(used, default=0) + _FREE + 1):
        words = Cell(guide, tone=Tone.ASIDE) if at == 1 else EMPTY
        yield Row(
            [Cell(part), words, EMPTY, EMPTY],
            begins=at == 1,
            id=f"{name}.{at}",
            about=f"{part}, {at}",
        )


def _is_used(report: Report, row: str) -> bool:
    """Tell whether people have written into a row."""
    return report.kept.word(Place(_YOURS.sheet, row, ""), _YOURS.field) is not None


def _wanted(report: Report) -> bool:
    """Tell whether there is an own company with competitors to hold it against."""
    return "SWOT" not in left_out(report)


SHEET = Sheet(
    name="SWOT",
    order=18,
    draw=draw,
    wanted=_wanted,
    answers="Where are we strong, and where weak?",
    for_people=True,
)
