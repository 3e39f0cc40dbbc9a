"""At the head of the page: where we are ahead and behind, what has changed, and the scoreboard."""

from collections.abc import Iterator

from reports import findings
from reports.changed import biggest
from reports.formats.html.cells import number_of, sentence
from reports.formats.html.markup import Html, joined, tag
from reports.formats.html.paper import Paper
from reports.formats.html.part import PageSection, key_line, more, part
from reports.formats.html.tables import Drawn, Heat, spread, table
from reports.report import Report
from reports.tables import Block, ColumnKind, Row, RowKind, Sentence
from reports.telling import text_of
from reports.words import day_in_words

_LONGEST = 115
"""Letters of a change that a card has room for."""

_LARGE = 58
"""Letters of a phrase that is written large."""

_PALER = 0.7
"""The darkest cell of the scoreboard, on which its figure is easily read."""


def draw(paper: Paper) -> Html:
    """Return the cards and, below them, the scoreboard."""
    cards = tag("div", *(_card(*each) for each in _cards(paper.report)), class_="cards")
    summary = paper.sheet("Summary")
    boards = [each for each in summary.blocks if _about_companies(each)] if summary else []
    figures = [_board(each, paper) for each in boards if _has_figures(each)]
    phrases = [
        more(each.title, _board(each, paper))
        for each in boards
        if each.title and not _has_figures(each)
    ]
    lead = joined(
        [
            "Darker is more, column by column. What is not known takes no part in it.",
            tag(
                "span",
                " Headings sort; Filter narrows the page down.",
                class_="by-script",
                hidden=True,
            ),
        ]
    )
    key = key_line(summary.key) if summary else None
    return joined([cards, part("summary", "At a glance", lead, *figures, key, *phrases)])


def _about_companies(block: Block) -> bool:
    """Tell whether a block of the summary has a row a company."""
    return bool(block.rows) and block.columns[0].kind is ColumnKind.COMPANY


def _has_figures(block: Block) -> bool:
    """Tell the scoreboard from the phrases of each company."""
    return any(column.kind is ColumnKind.FIGURE for column in block.columns)


def _board(block: Block, paper: Paper) -> Html:
    """Return a block of the summary as a table."""
    label = block.title or "Scoreboard"
    rows, heat = list(block.rows), _heat(block, paper.report.own)
    return table(Drawn(label=label, columns=block.columns, rows=rows, heat=heat), paper)


def _cards(report: Report) -> Iterator[tuple[str, Sentence, str]]:
    """Give the findings with the word above them, and whether they are about us."""
    if report.own:
        yield from ((label, said, "own") for label, said in findings.standing(report).items())
    else:
        yield "Most active", findings.leader(report, findings.BUSIEST), ""
        yield "Least active", findings.leader(report, findings.BUSIEST, last=True), ""
    changes = report.past.changes
    if changes is not None:
        words = biggest(changes, _LONGEST)
        yield f"Since {day_in_words(changes.before.as_of)}", ((words, False),), ""
    yield "To know", findings.to_know(report), "aside"


def _card(label: str, words: Sentence, kind: str) -> Html:
    """Return a finding: what it says first stands large, what it is compared with below it."""
    whole = text_of(words)
    first, rest = _halves(whole)
    if not rest and len(first) > _LARGE:
        said = tag("p", sentence(words), class_="small")
    else:
        size = "big" if len(first) <= _LARGE else "big longer"
        said = joined([tag("p", first, class_=size), tag("p", rest) if rest else None])
    return tag("div", tag("h2", label), said, class_=f"card {kind}".strip())


def _halves(whole: str) -> tuple[str, str]:
    """Return a sentence in two: up to its semicolon, or its first full stop, and the rest."""
    for sign in ("; ", ". "):
        first, found, rest = whole.partition(sign)
        if found and rest:
            return first, rest[:1].upper() + rest[1:]
    return whole.removesuffix("."), ""


def _heat(board: Block, own: str) -> Heat:
    """Return how dark the competitors' figures are, column by column."""
    # Our own row has its tint; rank and median are no figures of a company.
    rows = [row for row in board.rows if row.kind is RowKind.ENTRY and row.subject != own]
    shades: dict[tuple[str, int], float | None] = {}
    for at, column in enumerate(board.columns):
        if column.kind is ColumnKind.FIGURE:
            values = spread([number_of(row.cells[at]) for row in rows])
            shades |= {(row.subject, at): shade for row, shade in zip(rows, values, strict=True)}

    def heat(row: Row, at: int) -> float | None:
        shade = shades.get((row.subject, at))
        return shade * _PALER if shade is not None else None

    return heat


SECTION = PageSection(name="summary", link="Summary", order=10, draw=draw)
