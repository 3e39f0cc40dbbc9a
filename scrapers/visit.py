"""The visit of one company on one screen: its site, its channels, their followers."""

import logging
from dataclasses import dataclass, replace

from audit.model.breakdown import Audience
from audit.model.read_list import ReadList
from audit.model.value import Reason, Unknown
from audit.model.visit import Note, Visit
from scrapers.channels.audiences import sample_followers
from scrapers.channels.course import read_channels
from scrapers.channels.named import Channels, named_channels
from scrapers.channels.overlap import Vault
from scrapers.errand import Errand
from scrapers.site.conclusion import VisitedSite, conclude_site
from scrapers.site.walk import Walk, walk
from scrapers.workers.readers import OverrunError, kind_of

log = logging.getLogger(__name__)

_REPORT = "please report this address; the log in the data folder has the details"


@dataclass(frozen=True, slots=True)
class _Home:
    """What a visit has come to so far; the Visit is put together from it once, at the end."""

    site: VisitedSite
    channels: Channels
    audiences: tuple[Audience, ...] = ()
    notes: tuple[Note, ...] = ()
    lists: tuple[ReadList, ...] = ()


async def visit(errand: Errand, vault: Vault | None = None) -> Visit:
    """Visit one company: walk its site, read its channels, count a sample of their followers.

    Whatever the world does is a value in the Visit; nothing is raised for it. A bug of ours costs
    a page, a profile, or at worst this company, and never the run. `vault` takes hashes of sampled
    followers, where the run compares companies by them.
    """
    trip = Walk()
    try:
        notes = await walk(errand, trip)
        site = await conclude_site(errand, trip, notes)
        channels = await named_channels(errand, site)
    except OverrunError as error:
        detail = f"concluding from {len(trip.pages)} pages: {error}"
        reason = Unknown(reason=error.reason, detail=detail)
        return _broken(errand, reason, "lower settings.max_pages_per_site")
    except Exception as error:
        log.exception("the visit of %s failed", errand.company.name)
        detail = f"{kind_of(error)} while visiting {errand.plan.start.url}"
        return _broken(errand, Unknown(reason=Reason.INTERNAL_ERROR, detail=detail))
    return _brought_home(
        errand, await _beyond(errand, _Home(site, channels, lists=trip.lists), vault)
    )


async def _beyond(errand: Errand, home: _Home, vault: Vault | None) -> _Home:
    """Read the channels and their followers; a bug there costs them, not what the site said."""
    try:
        home = replace(home, channels=await read_channels(errand, home.site, home.channels))
        audiences, notes = await sample_followers(errand, home.site, home.channels, vault)
        return replace(home, audiences=audiences, notes=notes)
    except Exception as error:
        log.exception("the profiles of %s failed", errand.company.name)
        note = Note(
            what="channels",
            reason=Reason.INTERNAL_ERROR,
            detail=f"{kind_of(error)} while reading the profiles",
            help="please report it; the log in the data folder has the details",
            incomplete=True,
        )
        return replace(home, notes=(note,))


def _brought_home(errand: Errand, home: _Home) -> Visit:
    """Put the Visit together from what each step has come to."""
    site, channels = home.site, home.channels
    return Visit(
        start=site.start,
        languages=site.languages,
        channels=channels.channels,
        features=site.features,
        sections=(*site.sections, *channels.sections),
        robots=errand.session.verdicts(),
        fetched=errand.session.fetched(),
        parts=errand.session.parts(),
        notes=(*site.notes, *channels.notes, *home.notes),
        audiences=home.audiences,
        figures=site.figures,
        lists=home.lists,
    )


def _broken(errand: Errand, reason: Unknown, remedy: str = _REPORT) -> Visit:
    """Put together what is left of a visit that ended before anything was concluded.

    The exchanges so far are kept; `remedy` says what would help.
    """
    note = Note(
        what="website", reason=reason.reason, detail=reason.detail, help=remedy, incomplete=True
    )
    return Visit(
        start=reason,
        languages=(),
        channels=(),
        features=(),
        sections=(),
        robots=errand.session.verdicts(),
        fetched=errand.session.fetched(),
        parts=errand.session.parts(),
        notes=(note,),
    )
