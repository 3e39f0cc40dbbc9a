"""Sheet Actions: what to do, what matters most first, with room for who and when."""

from dataclasses import replace

from audit.model.value import Known
from reports.actions import Action, actions
from reports.left_out import left_out
from reports.people import Yours
from reports.report import Report
from reports.sheets._base import Sheet
from reports.tables import (
    EMPTY,
    Cell,
    Column,
    ColumnKind,
    Importance,
    Row,
    Sentence,
    Table,
    Tone,
)
from reports.words import capital, counted

_COLUMNS = (
    Column(title="#", kind=ColumnKind.CODE),
    Column(title="What to do", kind=ColumnKind.TEXT, importance=Importance.KEY),
    Column(title="The gap", kind=ColumnKind.TEXT),
    Column(title="Who does it", kind=ColumnKind.TEXT, importance=Importance.DETAIL),
    Column(title="KPI", importance=Importance.DETAIL),
    Column(title="Effort"),
    Column(title="Proof", kind=ColumnKind.PROOF),
    *(
        Column(title=yours.title, kind=kind, yours=yours)
        for yours, kind in (
            (Yours(sheet="actions", field="owner"), ColumnKind.WORD),
            (Yours(sheet="actions", field="due"), ColumnKind.DAY),
            (Yours(sheet="actions", field="notes"), ColumnKind.TEXT),
        )
    ),
)
_KPI = 4
"""The place of the column for KPIs."""


def draw(report: Report) -> Table:
    """Return the sheet: a row an action; where the list names no KPIs, without their column."""
    listed, kpis = actions(report), bool(report.snapshot.competitors.kpis)
    kept = [at for at in range(len(_COLUMNS)) if at != _KPI or kpis]
    rows = [_row(report, number, each) for number, each in enumerate(listed, 1)]
    compared = any(isinstance(each.median, Known) for each in report.comparisons.values())
    return Table(
        title="What to do next",
        finding=_finding(listed, compared=compared),
        key=(
            "Effort: small is hours, medium is days, large is weeks and then steady work",
            "Behind the first name stands its figure; without one it is known only that they do it",
        ),
        columns=[_COLUMNS[at] for at in kept],
        rows=[replace(row, cells=[row.cells[at] for at in kept]) for row in rows],
    )


def _finding(listed: list[Action], *, compared: bool) -> Sentence:
    """Return how many actions there are, and how many of them take hours only.

    `compared`: there is a figure of a typical competitor to hold ours against.
    """
    if not listed and not compared:
        return (("Fewer than three competitors have figures to compare with.", False),)
    if not listed:
        return (("No gap to a typical competitor that calls for an action.", False),)
    quick = sum(each.effort == "small" for each in listed)
    head = capital(counted(len(listed), "action"))
    tail = f"; {counted(quick, 'takes', 'take')} only hours." if quick else "."
    return ((head, True), (f", what matters most first{tail}", False))


def _row(report: Report, number: int, action: Action) -> Row:
    """Return the row of an action; the last three cells are for people."""
    proof = report.proof(action.proof)
    return Row(
        [
            Cell(f"{number}"),
            Cell(action.do),
            Cell(action.reason),
            Cell(action.who),
            Cell(action.kpi, tone=Tone.STRONG) if action.kpi else EMPTY,
            Cell(action.effort.value),
            Cell("Evidence", to=proof) if proof is not None else EMPTY,
            EMPTY,
            EMPTY,
            EMPTY,
        ],
        id=action.id,
        about=action.do,
    )


def _wanted(report: Report) -> bool:
    """Tell whether there is an own company with competitors, to whom an action may be told."""
    return "Actions" not in left_out(report)


SHEET = Sheet(
    name="Actions",
    order=15,
    draw=draw,
    wanted=_wanted,
    answers="What should we do first, and who does it already?",
    for_people=True,
)
