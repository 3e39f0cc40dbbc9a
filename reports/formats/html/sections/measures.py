"""Measure by measure: our own figure beside those of the competitors and of a typical one."""

from reports.formats.html.markup import Html
from reports.formats.html.paper import Paper
from reports.formats.html.part import PageSection, finding, more, part, whole


def draw(paper: Paper) -> Html | None:
    """Return all measures; folded, as they are many."""
    sheet = paper.sheet("Comparison")
    if sheet is None:
        return None
    rows = len(list(sheet.rows))
    return part(
        "measures", sheet.title, finding(sheet), more(f"All {rows} measures", whole(sheet, paper))
    )


SECTION = PageSection(name="measures", link="Measures", order=90, draw=draw)
