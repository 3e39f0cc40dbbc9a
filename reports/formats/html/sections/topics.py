"""What they write about: each company's share of its posts, and where we fall behind."""

from collections.abc import Sequence
from dataclasses import replace

from reports.formats.html.cells import number_of
from reports.formats.html.markup import Html
from reports.formats.html.paper import Paper
from reports.formats.html.part import PageSection, finding, part, whole
from reports.formats.html.tables import Heat
from reports.tables import Column, Row, Table

_MOST = 12
"""Topics that are seen at once."""

_DARKEST = 0.4
"""The share of a company's posts from which on a cell is as dark as it gets."""


def draw(paper: Paper) -> Html | None:
    """Return the topics by companies; None where none was found."""
    sheet = paper.sheet("Topics")
    if sheet is None:
        return None
    ordered = _companies_first(sheet)
    return part(
        "topics",
        sheet.title,
        finding(sheet),
        whole(ordered, paper, _heat(ordered.columns), _MOST),
    )


def _companies_first(sheet: Table) -> Table:
    """Return the sheet with the shares right behind the topics, as all matrices of the page."""
    places = sorted(range(len(sheet.columns)), key=lambda at: at and 2 - sheet.columns[at].strip)
    return replace(
        sheet,
        columns=[sheet.columns[at] for at in places],
        rows=[replace(row, cells=[row.cells[at] for at in places]) for row in sheet.rows],
    )


def _heat(columns: Sequence[Column]) -> Heat:
    """Return how dark the shares are: on one scale, so that two quarters can be compared."""

    def heat(row: Row, at: int) -> float | None:
        share = number_of(row.cells[at]) if columns[at].strip else None
        return min(1.0, share / _DARKEST) if share else None

    return heat


SECTION = PageSection(name="topics", link="Topics", order=50, draw=draw)
