"""What could not be read, why, of whom, and what would help."""

from dataclasses import dataclass

from audit.model.value import Reason
from audit.model.visit import Note
from reports.findings import not_whole
from reports.formats.html.markup import Html
from reports.formats.html.paper import Paper
from reports.formats.html.part import PageSection, part
from reports.formats.html.tables import Drawn, table
from reports.report import Report
from reports.tables import Cell, Column, ColumnKind, Importance, Row, Tone
from reports.telling import text_of
from reports.words import capital, explained, helps, listed

_NAMED = 6
"""Companies that are named; the others are counted."""

_COLUMNS = (
    Column(title="What", importance=Importance.KEY),
    Column(title="Why", kind=ColumnKind.TEXT),
    Column(title="Of whom", kind=ColumnKind.TEXT),
    Column(title="What would help", kind=ColumnKind.TEXT),
)


@dataclass(frozen=True, slots=True)
class _Gap:
    """What could not be read for one reason: a website, or the profiles of one platform."""

    what: str
    reason: Reason
    help: str


def draw(paper: Paper) -> Html | None:
    """Return what could not be read; websites first, then what most companies lack."""
    gaps: dict[_Gap, dict[str, bool]] = {}
    for result in paper.report.results:
        for note in result.notes:
            gap = _gap(paper, note)
            gaps.setdefault(gap, {})[result.company.name] = note.incomplete
    if not gaps:
        return None
    ordered = sorted(gaps.items(), key=lambda each: (not any(each[1].values()), -len(each[1])))
    rows = [_row(gap, companies) for gap, companies in ordered]
    drawn = Drawn(label="What could not be read", columns=_COLUMNS, rows=rows)
    lead = _lead(paper.report)
    return part(
        "not-read", "What could not be read, and what would help", lead, table(drawn, paper)
    )


def _lead(report: Report) -> str:
    """Return whose figures are not to be relied on, as Coverage says it."""
    lacking = text_of(not_whole(report))
    if not lacking:
        return "All websites could be read; what is missing is on networks, or behind a key."
    return f"{lacking}."


def _gap(paper: Paper, note: Note) -> _Gap:
    """Return what a note is about, in the words of readers."""
    kind, *of = note.what.split(".")
    what = paper.report.names.channel(of[0] if kind == "channel" and of else kind)
    return _Gap(what, note.reason, capital(helps(note, paper.report.names)))


def _row(gap: _Gap, companies: dict[str, bool]) -> Row:
    """Return the row of something that could not be read."""
    grave = any(companies.values())
    return Row(
        [
            Cell(gap.what, tone=Tone.ALERT if grave else Tone.PLAIN),
            Cell(explained(gap.reason)[0]),
            Cell(listed(list(companies), _NAMED)),
            Cell(gap.help),
        ]
    )


SECTION = PageSection(name="not-read", link="Not read", order=110, draw=draw)
