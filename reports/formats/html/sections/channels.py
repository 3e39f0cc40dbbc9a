"""Who is where: channels by companies, with how active each is there."""

from reports.formats.html.markup import Html
from reports.formats.html.paper import Paper
from reports.formats.html.part import PageSection, finding, part, whole


def draw(paper: Paper) -> Html | None:
    """Return the matrix of channels and companies."""
    sheet = paper.sheet("Channels")
    if sheet is None:
        return None
    return part("channels", sheet.title, finding(sheet), whole(sheet, paper))


SECTION = PageSection(name="channels", link="Channels", order=40, draw=draw)
