"""What has changed since the run before, the gravest first."""

from reports.formats.html.markup import Html
from reports.formats.html.paper import Paper
from reports.formats.html.part import PageSection, finding, part, whole

_MOST = 25
"""Changes that are seen at once."""


def draw(paper: Paper) -> Html | None:
    """Return the changes; None in a first run."""
    sheet = paper.sheet("Changes")
    if sheet is None:
        return None
    return part("changes", sheet.title, finding(sheet), whole(sheet, paper, most=_MOST))


SECTION = PageSection(name="changes", link="Changes", order=80, draw=draw)
