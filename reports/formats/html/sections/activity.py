"""How active each company is: posts a week with what they may be by chance, and posts a month."""

from collections.abc import Sequence

from reports.findings import BUSIEST
from reports.formats.html.cells import number_of
from reports.formats.html.dots import dots
from reports.formats.html.markup import Html, tag
from reports.formats.html.paper import Paper
from reports.formats.html.part import PageSection, finding, more, part, whole
from reports.formats.html.strips import strips
from reports.formats.html.tables import Heat
from reports.tables import Column, Row

_EVERYWHERE, _NETWORKS = "all.posts_per_week", "channels.posts_per_week"

_FULL = 12
"""Posts a month of one channel from which on a cell is as dark as it gets."""


def draw(paper: Paper) -> Html | None:
    """Return both charts, and the figures of each channel for those who ask for more."""
    sheet = paper.sheet("Cadence")
    if sheet is None:
        return None
    charts = tag("div", dots(paper, _metric(paper)), strips(paper), class_="charts")
    rows = len(list(sheet.rows))
    table = more(f"All {rows} channels", whole(sheet, paper, _heat(sheet.columns)))
    return part("activity", "How active", finding(sheet), charts, table)


def _metric(paper: Paper) -> str:
    """Return the rate that the finding speaks of: a website alone is not how often they post."""
    report = paper.report
    networks = any(report.value(name, _NETWORKS) for name in report.companies)
    return _EVERYWHERE if networks and _EVERYWHERE in report.comparisons else BUSIEST


def _heat(columns: Sequence[Column]) -> Heat:
    """Return how dark the months are: on one scale for all companies."""

    def heat(row: Row, at: int) -> float | None:
        posts = number_of(row.cells[at]) if columns[at].strip else None
        return min(1.0, posts / _FULL) if posts else None

    return heat


SECTION = PageSection(name="activity", link="Activity", order=30, draw=draw)
