"""What has changed since the run before, the gravest first."""

from dataclasses import replace

from reports.formats.html.markup import Html, tag
from reports.formats.html.paper import Paper
from reports.formats.html.part import Section, finding, part, whole

_MOST = 40
"""Changes that are shown; the workbook has all of them."""


def draw(paper: Paper) -> Html | None:
    """Return the changes; None in a first run."""
    sheet = paper.sheet("Changes")
    if sheet is None:
        return None
    rows = list(sheet.rows)
    rest = len(rows) - _MOST
    note = f"{rest} more are on sheet Changes of the workbook." if rest > 0 else ""
    return part(
        "changes",
        sheet.title,
        finding(sheet),
        whole(replace(sheet, rows=rows[:_MOST]), paper),
        tag("p", note, class_="note") if note else None,
    )


SECTION = Section(name="changes", link="Changes", order=80, draw=draw)
