"""One page as a visit would see it: what rules and selectors give, and where it would go next."""

from dataclasses import dataclass, replace

from audit.model.channel import Channel
from audit.model.exchange import Failure, Page, Request
from audit.model.facts import PageFacts
from scrapers.channels.named import named_channels
from scrapers.errand import Errand
from scrapers.site.conclusion import VisitedSite, conclude_site
from scrapers.site.reading import Reading
from scrapers.site.walk import Walk, arrived, frontier_of, keep


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What came of one page.

    `answer` is what came, `reading` what it turned out to be. `site` and `channels` are what would
    be concluded from this page alone. `onward` are the requests that would follow, in their order.
    """

    answer: Page | Failure
    reading: Reading
    site: VisitedSite
    channels: tuple[Channel, ...]
    onward: tuple[Request, ...]


async def try_page(errand: Errand) -> Trial:
    """Fetch and read the start page of an errand alone, and conclude from it.

    Nothing else is asked for but robots.txt. What a person points at on the page is read as well.

    Raises:
        OverrunError: concluding took more time or memory than a site may.
    """
    trip, frontier = Walk(), frontier_of(errand)
    request = frontier.next() or errand.plan.start
    answer, reading = await arrived(request, errand, frontier, trip)
    keep(reading, request, frontier, trip)
    if isinstance(reading, PageFacts) and request.why == "start":
        frontier.add_robots(await errand.session.robots(reading.url))
    alone = _for_page(errand, request)
    site = await conclude_site(alone, trip, ())
    named = await named_channels(alone, site)
    onward = []
    while (following := frontier.next()) is not None:
        onward.append(following)
    return Trial(
        answer=answer, reading=reading, site=site, channels=named.channels, onward=tuple(onward)
    )


def _for_page(errand: Errand, request: Request) -> Errand:
    """Return an errand whose company points at nothing beside the page that is tried.

    What it points at on other pages would be told as not read.
    """
    company = replace(
        errand.company,
        sections=(request.section,) if request.section is not None else (),
        figures=request.figures,
    )
    return replace(errand, plan=replace(errand.plan, company=company))
