"""From a cell as a value to what stands in a cell of the page, and to what it is sorted by."""

from collections.abc import Mapping

from audit.model.value import Absent, Known, Unknown
from reports.formats.html.markup import Child, Html, joined, link, linkable, name, tag
from reports.formats.html.paper import Paper
from reports.plain import spoken_text, time_of
from reports.signs import Sign
from reports.tables import Cell, Column, ColumnKind, Importance, Part, Sentence, Tone, is_figure
from reports.words import person_note, unknown_note

NUMERIC = (ColumnKind.FIGURE, ColumnKind.TREND, ColumnKind.RANGE)
"""Columns whose cells stand at the right."""

_NAMES = (ColumnKind.COMPANY, ColumnKind.ADDRESS)
"""Columns of words of others, in their own direction; a sentence of ours keeps the page's."""

_TONES: Mapping[Tone, str] = {
    Tone.PLAIN: "",
    Tone.STRONG: "strong",
    Tone.ASIDE: "aside",
    Tone.REASON: "reason",
    Tone.ALERT: "alert",
    Tone.THERE: "there",
    Tone.TYPICAL: "typical",
}

_HEAT: Mapping[Sign, float] = {Sign.ACTIVE: 0.55, Sign.SLOWING: 0.22}
"""How dark a cell is that says how lately there was a post."""


def sentence(runs: Sentence) -> Html:
    """Return a sentence; the pieces that matter most are bold."""
    return joined(tag("b", piece) if strong else piece for piece, strong in runs)


def reason(value: Unknown, words: str) -> Html:
    """Return why something is not known, in few words; on its hatch it has a plain ground."""
    note = " ".join(unknown_note(value).split())
    return tag("span", words, class_="why", title=note)


def shown(cell: Cell, column: Column, paper: Paper) -> Child:
    """Return what stands in a cell, with the link to where it was seen."""
    if isinstance(cell.value, tuple):
        return sentence(cell.value)
    words = spoken_text(cell, column, paper.report)
    if isinstance(cell.value, Unknown):
        return reason(cell.value, words)
    if not words:
        return None
    theirs = column.kind in _NAMES or column.importance is Importance.KEY
    content = name(words) if theirs else words
    address = paper.address(cell.to)
    linked = link(address, content, class_="proof") if linkable(address) else content
    told = (
        person_note(cell.value, paper.report.snapshot.run.as_of)
        if isinstance(cell.value, Known)
        else ""
    )
    return tag("span", linked, title=" ".join(told.split())) if told else linked


def cell_class(cell: Cell) -> str:
    """Return the class of a cell: what it means, or why it says nothing."""
    match cell.value:
        case Unknown():
            return "unknown"
        case Absent():
            return "none"
        case None if cell.mark is Sign.NOT_SEEN:
            return "unseen"
        case _:
            return _TONES[cell.tone]


def heat_of(cell: Cell) -> float | None:
    """Return how dark the sign of a cell makes it, in 0 to 1; None where it makes it no darker."""
    return _HEAT.get(cell.mark) if cell.mark is not None and cell.tone is not Tone.ALERT else None


def number_of(cell: Cell) -> float | None:
    """Return the figure of a cell, or None where there is none: unknown is not zero."""
    match cell.value:
        case Part(count=count):
            return float(count)
        case int() | float() as bare:
            return float(bare)
        case Known() as known if is_figure(known):
            return float(known.value)
        case _:
            return None


def sort_key(cell: Cell) -> str | None:
    """Return what a cell is sorted by: a figure, seconds of a time; None for its own words."""
    at = time_of(cell)
    if at is not None:
        return f"{at.timestamp():.0f}"
    number = number_of(cell)
    return f"{number:g}" if number is not None else None
