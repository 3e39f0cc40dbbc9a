"""Sheet Changes: what is other than in the run before, how grave it is, and whose doing."""

from collections.abc import Iterator
from datetime import datetime

from audit.model.change import Cause, Change, Event, Severity, Side
from audit.model.metric import Unit
from audit.model.value import Absent, Known, Unknown
from reports.cases import wording_of
from reports.changed import CAUSES, headline, not_compared, side_in_words
from reports.events import event_in_words, silence_in_words
from reports.report import Report
from reports.sheets._base import Sheet
from reports.signs import Legend, key_of
from reports.tables import (
    EMPTY,
    NONE,
    Cell,
    Column,
    ColumnKind,
    Importance,
    Row,
    Sentence,
    Table,
    Tone,
    signs_of_figures,
)
from reports.words import capital

_COLUMNS = (
    Column(title="Severity", importance=Importance.KEY),
    Column(title="Company", kind=ColumnKind.COMPANY),
    Column(title="Type"),
    Column(title="What", kind=ColumnKind.TEXT),
    Column(title="What happened"),
    Column(title="Before", kind=ColumnKind.TEXT),
    Column(title="Now", kind=ColumnKind.TEXT),
    Column(title="Whose doing"),
    Column(title="Why", kind=ColumnKind.TEXT, importance=Importance.ASIDE),
    Column(title="Proof", kind=ColumnKind.PROOF),
)
_WEIGHTS = {Severity.HIGH: "■■■ high", Severity.MEDIUM: "■■ medium", Severity.LOW: "■ low"}
_KEY = (
    "company's doing: what it did itself, or those who follow it",
    "not to be seen: in one of the runs it could not be read, and nothing is said of it",
    "our way of looking, our settings or list: the companies did nothing",
)


def draw(report: Report) -> Table:
    """Return the sheet: a row a change, the companies' own first, the gravest first."""
    changes, rows = report.past.changes, list(_rows(report))
    notes = (*not_compared(changes), *changes.notes) if changes is not None else ()
    return Table(
        title="What changed since the last run",
        finding=_finding(report),
        key=[*notes, *_KEY, *key_of(signs_of_figures(rows), Legend.FIGURES)],
        columns=_COLUMNS,
        rows=rows,
    )


def _finding(report: Report) -> Sentence:
    """Return how much has changed."""
    changes = report.past.changes
    return ((headline(changes), True),) if changes is not None else ()


def _rows(report: Report) -> Iterator[Row]:
    """Give a row for each change; another cause begins a group."""
    cause: Cause | None = None
    for change in report.past.changes.changes if report.past.changes is not None else ():
        begins = cause is not None and change.cause is not cause
        yield Row(_cells(report, change), subject=change.company, begins=begins)
        cause = change.cause


def _cells(report: Report, change: Change) -> list[Cell]:
    """Return the cells of a change."""
    high = change.severity is Severity.HIGH and change.cause is Cause.REAL
    proof = report.proof(change.evidence)
    return [
        Cell(_WEIGHTS[change.severity], tone=Tone.STRONG if high else Tone.PLAIN),
        Cell(change.company),
        Cell(capital(change.type)),
        Cell(change.what),
        Cell(
            event_in_words(change),
            tone=Tone.ALERT if change.event is Event.TAKEN_OVER else Tone.PLAIN,
        ),
        _side(change.old, change.unit),
        _now(change, report.snapshot.run.as_of),
        Cell(CAUSES[change.cause], tone=Tone.PLAIN if change.cause is Cause.REAL else Tone.ASIDE),
        _why(change),
        Cell("proof", to=proof) if proof is not None else EMPTY,
    ]


def _why(change: Change) -> Cell:
    """Return why a change is told as it is; of what could not be seen the reason in words."""
    lost = change.new
    why = wording_of(lost).why if isinstance(lost, Unknown) else change.why
    return Cell(why, tone=Tone.ASIDE) if why else EMPTY


def _now(change: Change, as_of: datetime) -> Cell:
    """Return what is so in this run; of a silence since when."""
    silence = silence_in_words(change, as_of)
    return Cell(silence) if silence else _side(change.new, change.unit)


def _side(side: Side, unit: Unit | None) -> Cell:
    """Return what was so in a run: a figure, a day, words, or why it is not known."""
    match side:
        case Known(value=str()):
            return Cell(side_in_words(side, unit))
        case Known(value=datetime() as at, evidence=evidence):
            return Cell(Known(value=at, evidence=evidence))
        case Known(value=int() | float() as number, exact=exact, qualifiers=marks) as known:
            value = Known(value=number, evidence=known.evidence, exact=exact, qualifiers=marks)
            return Cell(value, unit=unit or Unit.COUNT)
        case Unknown():
            return Cell(side_in_words(side, unit), tone=Tone.REASON)
        case Absent() | Known():
            return NONE


def _wanted(report: Report) -> bool:
    """Tell whether there is a run before to compare with."""
    return report.past.changes is not None


SHEET = Sheet(
    name="Changes",
    order=19,
    draw=draw,
    of_all=True,
    wanted=_wanted,
    answers="What is new, gone or different since the last run?",
)
