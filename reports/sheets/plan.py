"""Sheet Plan: the questions of a social media programme, what the audit says, room for people."""

from collections.abc import Iterator, Sequence

from reports.answers import Answer
from reports.left_out import left_out
from reports.people import Yours
from reports.planning import STEPS, Question, Step
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
    ToSheet,
)

_YOURS = Yours(sheet="plan", field="answer")
_COLUMNS = (
    Column(title="Step", kind=ColumnKind.GROUP),
    Column(title="Question", kind=ColumnKind.TEXT, importance=Importance.KEY),
    Column(title="What the audit says", kind=ColumnKind.TEXT),
    Column(title="Proof", kind=ColumnKind.PROOF),
    Column(title=_YOURS.title, kind=ColumnKind.TEXT, yours=_YOURS),
)

_Asked = tuple[Step, Question, Answer | None]


def draw(report: Report) -> Table:
    """Return the sheet: a row a question, step by step."""
    asked = [
        (step, question, question.answer(report)) for step in STEPS for question in step.questions
    ]
    return Table(
        title="The plan, question by question",
        finding=_finding(asked),
        key=("Six steps: discover, define, create, test, broadcast, measure; then begin again",),
        columns=_COLUMNS,
        rows=list(_rows(asked)),
    )


def _finding(asked: Sequence[_Asked]) -> Sentence:
    """Return how many of the questions the audit can say something to."""
    said = sum(answer is not None for _, _, answer in asked)
    return (
        ("The audit has something to say to ", False),
        (f"{said} of {len(asked)} questions", True),
        ("; what follows from it, and the others, are for you to answer.", False),
    )


def _rows(asked: Sequence[_Asked]) -> Iterator[Row]:
    """Give the rows; each step begins a group."""
    before = ""
    for step, question, answer in asked:
        yield Row(
            [
                Cell(step.name),
                Cell(question.words),
                Cell(answer.words) if answer is not None else EMPTY,
                _proof(answer),
                EMPTY,
            ],
            begins=before not in ("", step.name),
            id=question.id,
            about=question.words,
        )
        before = step.name


def _proof(answer: Answer | None) -> Cell:
    """Return the way to the proof of an answer."""
    if answer is None or answer.to is None:
        return EMPTY
    return Cell(answer.to.name if isinstance(answer.to, ToSheet) else "Evidence", to=answer.to)


def _wanted(report: Report) -> bool:
    """Tell whether there is an own company with competitors, whose plan it could be."""
    return "Plan" not in left_out(report)


SHEET = Sheet(
    name="Plan",
    order=16,
    draw=draw,
    wanted=_wanted,
    answers="What comes next, and what is ours to decide?",
    for_people=True,
)
