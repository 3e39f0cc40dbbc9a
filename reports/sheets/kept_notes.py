"""Sheet Kept notes: what people wrote on a row that is not there any more; none of it is lost."""

from collections import Counter
from collections.abc import Sequence

from reports.carried import places_of
from reports.people import FIELDS, KEPT_NOTES, NO_ID, SHEETS, WHOLE_ROW, Note, Typed, Yours
from reports.report import Report
from reports.sheets._base import Sheet
from reports.tables import EMPTY, Cell, Column, ColumnKind, Importance, Row, Sentence, Table
from reports.words import capital, counted

_YOURS = Yours(sheet=KEPT_NOTES, field="note")
_COLUMNS = (
    Column(title="Sheet"),
    Column(title="What it was about", kind=ColumnKind.TEXT, importance=Importance.KEY),
    Column(title="Column"),
    Column(title=_YOURS.title, kind=ColumnKind.TEXT, yours=_YOURS),
)
_OWN_ROW = "a row of your own"


def draw(report: Report) -> Table:
    """Return the sheet: a row a note whose place is gone, in the order of the sheets."""
    notes = _left_over(report)
    return Table(
        title="Your notes whose place is gone",
        finding=_finding(report, notes),
        key=(
            "A note goes back to its row when that is there again",
            "Clear a note here and it is not kept any longer",
        ),
        columns=_COLUMNS,
        rows=[_row(note) for note in notes],
    )


def _left_over(report: Report) -> tuple[Note, ...]:
    """Return the notes that no other sheet shows."""
    # Found here, as the folder of the sheets finds this one by its name.
    from reports.sheets import sheets

    if not report.kept.notes:
        return ()
    places = [
        place
        for sheet in sheets()
        if sheet.for_people and sheet.name != SHEET.name and sheet.wanted(report)
        for place in places_of(sheet.draw(report))
    ]
    return report.kept.left_over(places)


def _finding(report: Report, notes: Sequence[Note]) -> Sentence:
    """Return how many notes there are, from which sheets; and where the last workbook is kept."""
    copy = report.kept.copy
    tail = f" The last workbook had sheets or columns of your own: it is kept as {copy}."
    if not notes:
        return (("Every note stands in its row.", False), (tail if copy else "", False))
    counts = Counter(_title(note) for note in notes)
    head = capital(counted(len(notes), "note"))
    where = ", ".join(f"{number} from {name}" for name, number in counts.items())
    return (
        (head, True),
        (f" without a row in this run: {where}.", False),
        (tail if copy else "", False),
    )


def _row(note: Note) -> Row:
    """Return the row of a note, whose id says where it belongs."""
    return Row(
        [
            Cell(_title(note)),
            # Of a whole row the note says it all.
            Cell(note.about) if note.field != WHOLE_ROW else EMPTY,
            Cell(_column(note)),
            Cell(Typed(note.value)),
        ],
        id=f"{note.sheet}/{note.row or NO_ID}/{note.field}",
        about=note.about,
    )


def _title(note: Note) -> str:
    """Return the name of a note's sheet as readers know it."""
    return SHEETS.get(note.sheet, capital(note.sheet))


def _column(note: Note) -> str:
    """Return the title of a note's column."""
    if note.field == WHOLE_ROW:
        return _OWN_ROW
    return FIELDS.get(note.sheet, {}).get(note.field, capital(note.field))


def _wanted(report: Report) -> bool:
    """Tell whether a note has lost its place, or a copy of the last workbook must be named."""
    return bool(report.kept.copy or _left_over(report))


SHEET = Sheet(
    name="Kept notes",
    order=20,
    draw=draw,
    wanted=_wanted,
    answers="What have we written whose row is gone?",
    for_people=True,
)
