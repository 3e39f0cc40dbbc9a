"""Beyond the website: find further profiles, read those that matter, and judge whose they are."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from audit.model.channel import Channel
from audit.model.facts import ChannelLink
from audit.model.profile import Profile
from audit.model.value import Known, Reason, Unknown
from audit.model.visit import NOT_TAKEN, Note
from scrapers.channels.choice import key_of, worth_opening
from scrapers.channels.confirmed import only_saved
from scrapers.channels.discover import discover, links_of, saved_links
from scrapers.channels.drive import Inquiry, read_profile
from scrapers.channels.judged import judge
from scrapers.channels.named import Channels, decide_channels
from scrapers.channels.owner import Owner, owner_of
from scrapers.channels.ownership import WORTH_A_LOOK
from scrapers.channels.saved_profile import read_saved_profile
from scrapers.errand import Errand
from scrapers.site.conclusion import VisitedSite

STEPS_BEYOND = 2
"""How often what own profiles link is followed: from the site's to theirs, and once more.

So a page of links that the site names leads to the profiles behind it, and these to one more.
"""


@dataclass(slots=True)
class _Course:
    """What is known of one company's channels while their profiles are being read.

    `channels` are decided anew whenever `links` beyond the site are added. `opened` holds what was
    read, in that order, by `key_of`: the channel as it was then, and what came of it.
    """

    channels: Channels
    links: list[ChannelLink] = field(default_factory=list)
    opened: dict[str, tuple[Channel, Profile | Unknown]] = field(default_factory=dict)


async def read_channels(errand: Errand, site: VisitedSite, channels: Channels) -> Channels:
    """Read every channel that there is a reader for; nothing is guessed.

    Profiles named by Wikidata, by the own domain and by profiles already read are added. Where
    the site could not be read, or the settings say so, the channels stay as the site names them;
    but those whose pages a person saved are read all the same.
    """
    saved = errand.session.saved_of(errand.company.addresses)
    reached = isinstance(site.start, Known)
    if not errand.plan.settings.profiles:
        return channels
    if not (reached or saved.profiles or _any_saved(channels, errand)):
        return channels
    website = site.start.value if isinstance(site.start, Known) else errand.company.website
    course, inquiry = _Course(channels), Inquiry(errand, website, _hints(site))
    # The website may have used up the company's time; its profiles get a span of their own.
    errand.session.renew()
    links, notes = await discover(inquiry) if reached else ([], [])
    named = [link for each in saved.profiles for link in saved_links(each, errand.rules.platforms)]
    _add([*links, *named], course, errand)
    await _read(course, inquiry, site)
    for _ in range(STEPS_BEYOND):
        _add(_linked(course, errand), course, errand)
        await _read(course, inquiry, site)
    owner = _owner(inquiry, site, channels)
    judged = judge(course.channels, course.opened, owner, errand, reached=reached)
    theirs = tuple(each for each in judged.channels if not _is_anybodys(each))
    return replace(judged, channels=theirs, notes=(*notes, *_not_taken(judged.channels, errand)))


def _is_anybodys(channel: Channel) -> bool:
    """Tell whether a profile is told nowhere: one saved page names it, and hardly as theirs."""
    return only_saved(channel) and channel.candidate and channel.ownership.score < WORTH_A_LOOK


def _not_taken(channels: Sequence[Channel], errand: Errand) -> Iterator[Note]:
    """Name the saved pages that lead to the company and are not proved to be its own.

    Their addresses may be those of persons, so that only the files are told.
    """
    name = errand.company.name
    for channel in channels:
        if channel.candidate and only_saved(channel):
            yield Note(
                what=channel.found.evidence[0].file,
                reason=Reason.NOT_CHECKED,
                detail=f"{NOT_TAKEN}: it leads to the website of {name}, and nothing proves that "
                "it is the company's own page, not a partner's or an employee's; whose page is it?",
                help=f"if it is {name}'s, list its address under channels: of {name}",
            )


def _any_saved(channels: Channels, errand: Errand) -> bool:
    """Tell whether a person saved the page of a channel that the list names."""
    named = (each.url for each in channels.channels)
    return any(errand.session.saved_page(url) is not None for url in named)


def _hints(site: VisitedSite) -> tuple[tuple[str, str, str], ...]:
    """Return what the site's widgets say to platforms' readers, the first page's hints last.

    Of two of one name the later holds, so that the start page's wins.
    """
    return tuple(hint for page in reversed(site.pages) for hint in page.hints)


def _owner(inquiry: Inquiry, site: VisitedSite, channels: Channels) -> Owner:
    """Return the company as profiles may name it; every page that was read is on a site of its."""
    pages = (page.url for page in site.pages)
    websites = (inquiry.errand.company.website, inquiry.website, *pages)
    return owner_of(channels.sightings.names, websites, inquiry.errand.rules)


def _add(links: Sequence[ChannelLink], course: _Course, errand: Errand) -> None:
    """Take further links, and decide anew whose the channels are."""
    if not links:
        return
    course.links += links
    sightings = course.channels.sightings
    decided = decide_channels(errand.company, sightings, errand.rules, course.links)
    course.channels = Channels(sightings, decided)


async def _read(course: _Course, inquiry: Inquiry, site: VisitedSite) -> None:
    """Read the channels that are the company's, its listings, and a few likely candidates."""
    errand = inquiry.errand
    for channel in worth_opening(course.channels.channels, course.opened, errand.session):
        errand.progress(len(site.pages), errand.plan.pages, channel.url)
        saved = errand.session.saved_page(channel.url) is not None
        read = read_saved_profile if saved else read_profile
        if not saved and not isinstance(site.start, Known):
            continue
        profile = await read(channel.found, inquiry)
        course.opened[key_of(channel)] = (channel, profile)


def _linked(course: _Course, errand: Errand) -> list[ChannelLink]:
    """Return the profiles that the company's own profiles name, and that are not known yet.

    What a candidate names is left out: it may be anybody, and so may its friends.
    """
    known = {link.key for link in course.links} | set(course.opened)
    links: list[ChannelLink] = []
    for channel, profile in course.opened.values():
        # `links_of` proves a link by the first piece of the profile's evidence.
        if channel.candidate or isinstance(profile, Unknown) or not profile.evidence:
            continue
        for link in links_of(profile, errand.rules.platforms):
            if link.key not in known:
                known.add(link.key)
                links.append(link)
    return links
