"""Beyond the website: find further profiles, read those that matter, and judge whose they are."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from audit.model.channel import Channel, Role
from audit.model.facts import ChannelLink, ChannelSource
from audit.model.profile import Profile
from audit.model.value import Known, Unknown
from audit.model.visit import Note
from scrapers.channels.confirmed import Owner, with_roles
from scrapers.channels.discover import discover, links_to
from scrapers.channels.drive import Terms, read_profile
from scrapers.channels.named import Channels, decide_channels
from scrapers.channels.ownership import LISTED, THRESHOLD
from scrapers.channels.profiled import opened, section_of
from scrapers.errand import Errand
from scrapers.page.rules import Rules
from scrapers.parse.urls import host_of, registrable
from scrapers.platforms import platforms
from scrapers.site.conclusion import VisitedSite

CANDIDATES = 8
"""Profiles that are not proved to be the company's and are read for proof, at most."""

OWN_OF_ONE = 5
"""Own profiles of one platform that are read at most."""

LISTINGS = 10
"""Pages about the company in stores, review sites and encyclopedias that are read at most."""

WORTH_A_LOOK = 0.25
"""Candidates below this ownership are not opened."""

STEPS_BEYOND = 2
"""How often what own profiles link is followed: from the site's to theirs, and once more."""

OVER_LIMIT = "not opened: so many profiles were read already"


@dataclass(slots=True)
class _Course:
    """What reading the profiles of one company finds as it goes on.

    `channels` are those known now, decided anew when links are added; `read` is what was opened,
    in that order, each with the channel as it was then, by its address in lower case.
    """

    errand: Errand
    site: VisitedSite
    terms: Terms
    channels: Channels
    links: list[ChannelLink] = field(default_factory=list)
    read: dict[str, tuple[Channel, Profile | Unknown]] = field(default_factory=dict)

    @property
    def rules(self) -> Rules:
        """Return the compiled catalogue."""
        return self.errand.rules


async def read_channels(errand: Errand, site: VisitedSite, channels: Channels) -> Channels:
    """Read every channel that there is a reader for; nothing is guessed.

    Profiles named by Wikidata, by the own domain and by profiles already read are added. Where
    the site could not be read, or the settings say so, the channels stay as the site names them.
    """
    start = site.start
    if not errand.plan.settings.profiles or not isinstance(start, Known):
        return channels
    course = _Course(errand, site, _terms(errand, site, start.value), channels)
    errand.session.renew()
    links, notes = await discover(course.terms, errand.session, course.rules.platforms)
    _add(course, links)
    for _ in range(STEPS_BEYOND):
        await _read(course)
        _add(course, _linked(course))
    await _read(course)
    return _judged(course, notes)


def _terms(errand: Errand, site: VisitedSite, website: str) -> Terms:
    """Say on which terms the company's profiles are read; of two hints the first page's holds."""
    hints = tuple(hint for page in reversed(site.pages) for hint in page.hints)
    return Terms(errand.plan.settings, errand.window, website, errand.readers, hints)


def _add(course: _Course, links: Sequence[ChannelLink]) -> None:
    """Take further links, and decide anew whose the channels are."""
    if not links:
        return
    course.links += links
    sightings = course.channels.sightings
    decided = decide_channels(course.errand.company, sightings, course.rules, course.links)
    course.channels = Channels(sightings, decided)


async def _read(course: _Course) -> None:
    """Read the channels that are the company's, its listings, and a few likely candidates."""
    errand = course.errand
    for channel in _worth_opening(course):
        errand.progress(len(course.site.pages), errand.plan.pages, channel.url)
        profile = await read_profile(channel.found, errand.session, course.terms)
        course.read[_key(channel)] = (channel, profile)


def _worth_opening(course: _Course) -> list[Channel]:
    """Return the channels to read now, the surest first; those over a limit stay unread."""
    readable = [each for each in course.channels.channels if each.platform in platforms()]
    count = Counter(_limit(channel)[0] for channel, _ in course.read.values())
    chosen: list[Channel] = []
    for channel in sorted(readable, key=lambda each: (each.candidate, -_claim(each))):
        kind, most = _limit(channel)
        if _key(channel) in course.read or not _is_likely(channel):
            continue
        count[kind] += 1
        if count[kind] <= most:
            chosen.append(channel)
    return chosen


def _key(channel: Channel) -> str:
    """Return the name under which a profile is kept: its address as found, without case."""
    return channel.found.url.casefold()


def _limit(channel: Channel) -> tuple[str, int]:
    """Return what a channel counts as, and how many of those are read."""
    if channel.found.listing:
        return "listing", LISTINGS
    return ("candidate", CANDIDATES) if channel.candidate else (channel.platform, OWN_OF_ONE)


def _claim(channel: Channel) -> float:
    """Add up what speaks for a channel, whether or not it is a listing."""
    return sum(part.weight for part in channel.ownership.parts if part.name != LISTED)


def _is_likely(channel: Channel) -> bool:
    """Tell whether a profile is worth opening; persons' profiles never are."""
    if channel.role is Role.PERSON:
        return False
    least = THRESHOLD if channel.found.listing else WORTH_A_LOOK
    return not channel.candidate or _claim(channel) >= least


def _linked(course: _Course) -> list[ChannelLink]:
    """Return the profiles that the company's own profiles name, one step from each."""
    known = {link.url.casefold() for link in course.links} | set(course.read)
    links: list[ChannelLink] = []
    for channel, profile in course.read.values():
        if channel.candidate or isinstance(profile, Unknown) or not profile.evidence:
            continue
        for link in _links_of(profile, course):
            if link.url.casefold() not in known and link.url != channel.url:
                known.add(link.url.casefold())
                links.append(link)
    return links


def _links_of(profile: Profile, course: _Course) -> Iterator[ChannelLink]:
    """Give the profiles of platforms among the addresses that a profile gives."""
    index, proof = course.rules.platforms, profile.evidence[0]
    for url in profile.links:
        yield from links_to(url, ChannelSource.PROFILE, index, proof)


def _judged(course: _Course, notes: Sequence[Note]) -> Channels:
    """Return the channels as read and judged anew, with the posts of those that are theirs."""
    window, owner = course.errand.window, _owner(course)
    judged = [_opened(channel, course, owner) for channel in course.channels.channels]
    place = {name: at for at, name in enumerate(course.rules.platforms.kinds)}
    ordered = sorted(_once(judged), key=lambda pair: _order(pair[0], place))
    channels = with_roles([channel for channel, _ in ordered])
    sections = (
        section_of(channel, profile, window)
        for channel, (_, profile) in zip(channels, ordered, strict=True)
        if not channel.candidate and profile is not None
    )
    return Channels(
        course.channels.sightings,
        channels,
        sections=tuple(section for section in sections if section is not None),
        notes=tuple(notes),
    )


Opened = tuple[Channel, Profile | Unknown | None]
"""A channel, and its profile with all that it says; None where it was not opened."""


def _opened(channel: Channel, course: _Course, owner: Owner) -> Opened:
    """Return a channel with what its profile came to; one over a limit says that it was not."""
    platform = platforms().get(channel.platform)
    if _key(channel) in course.read and platform is not None:
        _, profile = course.read[_key(channel)]
        return opened(channel, profile, platform.audience, owner, course.errand.window), profile
    own = not channel.candidate and channel.role is not Role.PERSON
    if platform is not None and own and isinstance(channel.profile, Unknown):
        channel = replace(channel, profile=replace(channel.profile, detail=OVER_LIMIT))
    return channel, None


def _order(channel: Channel, place: Mapping[str, int]) -> tuple[bool, int, float]:
    """Own profiles first, by platform as in the catalogue, the surest of each before the others."""
    at = place.get(channel.platform, len(place))
    return channel.candidate, at, -channel.ownership.score


def _once(pairs: Sequence[Opened]) -> list[Opened]:
    """Make two addresses that turn out to be one account one channel: the surer one."""
    kept: dict[str, Opened] = {}
    for channel, profile in pairs:
        key = f"{channel.platform} {channel.account or channel.url.casefold()}"
        other = kept.get(key)
        if other is None:
            kept[key] = channel, profile
        elif channel.ownership.score > other[0].ownership.score:
            kept[key] = _merged(channel, other[0]), profile
        else:
            kept[key] = _merged(other[0], channel), other[1]
    return list(kept.values())


def _merged(better: Channel, other: Channel) -> Channel:
    """Return the surer of two channels of one account, with the ways that led to the other."""
    places = dict.fromkeys((*better.found.found_on, *other.found.found_on))
    former = dict.fromkeys((*better.history.former, *other.history.former))
    return replace(
        better,
        found=replace(better.found, found_on=tuple(places)[:5]),
        history=replace(better.history, former=tuple(former)),
        promises=tuple(dict.fromkeys((*better.promises, *other.promises))),
    )


def _owner(course: _Course) -> Owner:
    """Return the company as profiles may name it."""
    company, hosted = course.errand.company, course.rules.catalogue.hosted
    pages = (page.url for page in course.site.pages)
    sites = {company.website, course.terms.website, *pages}
    return Owner(
        names=course.channels.sightings.names,
        sites=frozenset(registrable(host_of(url), hosted) for url in sites),
        neutral=lambda host: _is_neutral(host, course.rules),
        hosted=hosted,
    )


def _is_neutral(host: str, rules: Rules) -> bool:
    """Tell whether a host says nothing of whose a profile is."""
    labels = host.split(".")
    ends = {".".join(labels[at:]) for at in range(len(labels))}
    return rules.platforms.knows(host) or bool(ends & rules.catalogue.neutral)
