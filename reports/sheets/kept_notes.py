"""Sheet Kept notes: what people wrote on a row that is not there any more; none of it is lost."""

from collections import Counter
from collections.abc import Sequence

from reports.carried import places_of
from reports.people import (
    FIELDS,
    KEPT_NOTES,
    NO_ID,
    SHEETS,
    WHOLE_ROW,
    PersonsNote,
    PersonsWord,
    Yours,
    mark_of,
)
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
    """Return the sheet: a row a note that no other sheet shows, in the order of the sheets."""
    notes, outdone = _left_over(report)
    copies = report.kept.copies
    return Table(
        title="Your notes that stand in no row",
        finding=_finding(report, notes, outdone),
        key=(
            "A note goes back to its row when that is there again",
            "Clear a note here and it is not kept any longer",
            *(["Delete a file that is named here when you need it no more"] * bool(copies)),
        ),
        columns=_COLUMNS,
        rows=[_row(note) for note in notes],
    )


def _left_over(report: Report) -> tuple[tuple[PersonsNote, ...], frozenset[PersonsNote]]:
    """Return the notes that no other sheet shows, and those of them whose row shows another one."""
    # Found here, as the folder of the sheets finds this one by its name.
    from reports.sheets import sheets

    if not report.kept.notes:
        return (), frozenset()
    places = [
        place
        for sheet in sheets()
        if sheet.for_people and sheet.name != SHEET.name and sheet.wanted(report)
        for place in places_of(sheet.draw(report))
    ]
    # What was filled in and taken stands in the history, also when its row is not needed any more.
    taken = {mark for mark, why in report.past.boxes.items() if not why}
    left = (note for note in report.kept.left_over(places) if mark_of(note) not in taken)
    return tuple(left), report.kept.outdone(places)


def remarks(report: Report) -> tuple[str, ...]:
    """Return what of the notes a person should be told at once, in a sentence each."""
    number, copy = len(_left_over(report)[0]), report.kept.copy
    stand = capital(counted(number, "note stands", "notes stand"))
    notes = f"{stand} in no row: see sheet {SHEET.name}."
    more = f"The old workbook had more that is yours, such as a sheet: it is kept as {copy}."
    return (*([notes] if number else []), *([more] if copy else []))


def _finding(
    report: Report, notes: Sequence[PersonsNote], outdone: frozenset[PersonsNote]
) -> Sentence:
    """Return how many notes there are, from which sheets; and where older workbooks are kept."""
    sentences = [
        _counted("without a row in this run", [note for note in notes if note not in outdone]),
        _counted("whose row shows another one", [note for note in notes if note in outdone]),
        () if notes else (("Every note stands in its row.", False),),
        _older(report.kept.copies),
    ]
    pieces = [piece for each in sentences if each for piece in ((" ", False), *each)]
    return tuple(pieces[1:])


def _counted(which: str, notes: Sequence[PersonsNote]) -> Sentence:
    """Return how many notes there are of a kind, and where they are from; nothing for none."""
    if not notes:
        return ()
    counts = Counter(_title(note) for note in notes)
    own = counts.pop(SHEET.name, 0)
    places = [f"{number} from {name}" for name, number in counts.items()]
    places += [f"{own} typed here"] if own else []
    return (
        (capital(counted(len(notes), "note")), True),
        (f" {which}: {', '.join(places)}.", False),
    )


def _older(copies: Sequence[str]) -> Sentence:
    """Return where older workbooks are kept; nothing where there are none."""
    if not copies:
        return ()
    one = len(copies) == 1
    which = "An older workbook" if one else "Older workbooks"
    kept = f"{'it is' if one else 'they are'} kept as {', '.join(copies)}"
    return ((f"{which} had more that is yours, such as a sheet or a column: {kept}.", False),)


def _row(note: PersonsNote) -> Row:
    """Return the row of a note, whose id says where it belongs."""
    return Row(
        [
            Cell(_title(note)),
            # Of a whole row the note says it all.
            Cell(note.about) if note.field != WHOLE_ROW else EMPTY,
            Cell(_column(note)),
            Cell(PersonsWord(note.value)),
        ],
        id=f"{note.sheet}/{note.row or NO_ID}/{note.field}",
        about=note.about,
    )


def _title(note: PersonsNote) -> str:
    """Return the name of a note's sheet as readers know it."""
    return SHEETS.get(note.sheet, capital(note.sheet))


def _column(note: PersonsNote) -> str:
    """Return the title of a note's column."""
    if note.field == WHOLE_ROW:
        return _OWN_ROW
    return FIELDS.get(note.sheet, {}).get(note.field, capital(note.field))


def _wanted(report: Report) -> bool:
    """Tell whether a note has lost its place, or a copy of the last workbook must be named."""
    return bool(report.kept.copies or _left_over(report)[0])


SHEET = Sheet(
    name="Kept notes",
    order=20,
    draw=draw,
    wanted=_wanted,
    answers="What have we written whose row is gone?",
    for_people=True,
)
