"""What readers do with the posts, company by company and channel by channel."""

from reports.formats.html.markup import Html
from reports.formats.html.paper import Paper
from reports.formats.html.part import PageSection, finding, part, whole

_MOST = 30
"""Rows that are seen at once."""


def draw(paper: Paper) -> Html | None:
    """Return the figures of engagement; None where no platform shows any."""
    sheet = paper.sheet("Engagement")
    if sheet is None:
        return None
    return part("engagement", sheet.title, finding(sheet), whole(sheet, paper, most=_MOST))


SECTION = PageSection(name="engagement", link="Engagement", order=70, draw=draw)
