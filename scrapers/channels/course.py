"""Beyond the website: find further profiles, read those that matter, and judge whose they are."""

import logging
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from audit.model.channel import Channel, Role
from audit.model.facts import ChannelLink, ChannelSource, PageFacts
from audit.model.plan import CompanyPlan
from audit.model.profile import Profile
from audit.model.result import Window
from audit.model.value import Known, Unknown
from audit.model.visit import Note, Visit
from scrapers.channels.confirmed import Owner, confirmed, promised, with_roles
from scrapers.channels.discover import discover, named
from scrapers.channels.drive import Terms, read_profile
from scrapers.channels.named import decide_channels, names_of
from scrapers.channels.ownership import LISTED, THRESHOLD
from scrapers.channels.profiled import dormant, profiled, section_of
from scrapers.page.rules import Rules
from scrapers.parse.urls import host_of, registrable
from scrapers.platforms import platforms
from scrapers.session import Session
from scrapers.workers.pool import Readers

log = logging.getLogger(__name__)

CANDIDATES = 8
"""Profiles that are not proved to be the company's and are read for proof, at most."""

OWN_OF_ONE = 5
"""Own profiles of one platform that are read at most."""

LISTINGS = 10
"""Pages about the company in stores, review sites and encyclopedias that are read at most."""

WORTH_A_LOOK = 0.25
"""Candidates below this ownership are not opened."""

OVER_LIMIT = "not opened: so many profiles were read already"

Progress = Callable[[int, int, str], None]
"""Called before each profile with pages read, page budget and the profile's address."""

Readings = dict[str, tuple[Channel, Profile | Unknown]]


@dataclass(frozen=True, slots=True)
class Beyond:
    """What is needed to go beyond a website: whose it is, by which rules, what was read of it."""

    plan: CompanyPlan
    session: Session
    readers: Readers[Rules]
    window: Window
    pages: Sequence[PageFacts]
    progress: Progress


class _Course:
    """What reading the profiles of one company finds as it goes on."""

    def __init__(self, beyond: Beyond, website: str) -> None:
        self.plan, self.session, self.rules = beyond.plan, beyond.session, beyond.readers.loaded
        self.pages, self.progress = beyond.pages, beyond.progress
        hints = tuple(hint for page in reversed(beyond.pages) for hint in page.hints)
        self.terms = Terms(beyond.plan.settings, beyond.window, website, beyond.readers, hints)
        self.links: list[ChannelLink] = []
        self.read: Readings = {}
        self.notes: list[Note] = []


async def with_profiles(seen: Visit, beyond: Beyond) -> Visit:
    """The visit with every channel read that there is a reader for; nothing is guessed.

    Profiles named by Wikidata, by the own domain and by profiles already read are added.
    """
    start = seen.start
    if not beyond.plan.settings.profiles or not isinstance(start, Known):
        return seen
    course = _Course(beyond, start.value)
    beyond.session.renew()
    found, notes = await discover(course.terms, beyond.session, course.rules.platforms)
    course.links += found
    course.notes += notes
    for _ in range(2):
        await _read(course)
        _follow(course)
    await _read(course)
    return _concluded(seen, course, beyond.window)


def _channels(course: _Course) -> tuple[Channel, ...]:
    return decide_channels(course.plan.company, course.pages, course.rules, course.links)


async def _read(course: _Course) -> None:
    """Read the channels that are the company's, its listings, and a few likely candidates."""
    for channel in _worth_opening(course):
        course.progress(len(course.pages), course.plan.pages, channel.url)
        found = await read_profile(channel, course.session, course.terms)
        course.read[channel.url.casefold()] = (channel, found)


def _worth_opening(course: _Course) -> list[Channel]:
    """The channels to read now, the surest first; those over a limit stay unread."""
    chosen: list[Channel] = []
    count = Counter(_limit(channel)[0] for channel, _ in course.read.values())
    known = [each for each in _channels(course) if each.platform in platforms()]
    for channel in sorted(known, key=lambda each: (each.candidate, -_place(each))):
        kind, most = _limit(channel)
        if channel.url.casefold() in course.read or not _likely(channel):
            continue
        count[kind] += 1
        if count[kind] <= most:
            chosen.append(channel)
    return chosen


def _limit(channel: Channel) -> tuple[str, int]:
    """What a channel counts as, and how many of those are read."""
    if channel.listing:
        return "listing", LISTINGS
    return ("candidate", CANDIDATES) if channel.candidate else (channel.platform, OWN_OF_ONE)


def _place(channel: Channel) -> float:
    """What speaks for a channel, whether or not it is a listing."""
    return sum(part.weight for part in channel.parts if part.name != LISTED)


def _likely(channel: Channel) -> bool:
    """Tell whether a profile is worth opening; persons' profiles never are."""
    if channel.role is Role.PERSON:
        return False
    return not channel.candidate or _place(channel) >= (
        THRESHOLD if channel.listing else WORTH_A_LOOK
    )


def _follow(course: _Course) -> None:
    """Take the profiles that the company's own profiles name, one step from each."""
    known = {link.url.casefold() for link in course.links} | set(course.read)
    index = course.rules.platforms
    for channel, profile in list(course.read.values()):
        if channel.candidate or isinstance(profile, Unknown) or not profile.evidence:
            continue
        for url in profile.links:
            for link in named(url, ChannelSource.PROFILE, index, profile.evidence[0]):
                if link.url.casefold() not in known and link.url != channel.url:
                    known.add(link.url.casefold())
                    course.links.append(link)


def _concluded(seen: Visit, course: _Course, window: Window) -> Visit:
    """Channels as read and judged anew, with the posts of those that are the company's."""
    owner = _owner(course)
    pairs = [(each, course.read.get(each.url.casefold())) for each in _channels(course)]
    judged = [_judged(channel, found, owner, window) for channel, found in pairs]
    place = {name: at for at, name in enumerate(course.rules.platforms.kinds)}
    ordered = sorted(_once(judged), key=lambda pair: _order(pair[0], place))
    channels = with_roles([channel for channel, _ in ordered])
    sections = [
        section
        for channel, (_, profile) in zip(channels, ordered, strict=True)
        if not channel.candidate and profile is not None
        if (section := section_of(channel, profile, window)) is not None
    ]
    return replace(
        seen,
        channels=channels,
        sections=(*seen.sections, *sections),
        robots=course.session.verdicts(),
        fetched=course.session.fetched(),
        notes=(*seen.notes, *course.notes),
    )


def _order(channel: Channel, place: Mapping[str, int]) -> tuple[bool, int, float]:
    """Own profiles first, by platform as in the catalogue, the surest of each before the others."""
    return channel.candidate, place.get(channel.platform, len(place)), -channel.ownership


Judged = tuple[Channel, Profile | Unknown | None]


def _judged(
    channel: Channel,
    found: tuple[Channel, Profile | Unknown] | None,
    owner: Owner,
    window: Window,
) -> Judged:
    if found is None:
        readable = channel.platform in platforms() and not channel.candidate
        why = OVER_LIMIT if readable and channel.role is not Role.PERSON else channel.detail
        return replace(channel, detail=why), None
    profile = found[1]
    audience = platforms()[channel.platform].audience
    joined = profiled(channel, profile, audience, window)
    if not isinstance(profile, Unknown):
        joined = dormant(confirmed(joined, profile, owner), window)
    return (joined if promised(channel) else replace(joined, promises=())), profile


def _once(judged: Sequence[Judged]) -> list[Judged]:
    """Two addresses that turn out to be one account are one channel: the surer one."""
    kept: dict[str, Judged] = {}
    for pair in judged:
        channel = pair[0]
        key = f"{channel.platform} {channel.account or channel.url.casefold()}"
        other = kept.get(key)
        if other is None or channel.ownership > other[0].ownership:
            kept[key] = pair if other is None else (_merged(channel, other[0]), pair[1])
        else:
            kept[key] = (_merged(other[0], channel), other[1])
    return list(kept.values())


def _merged(better: Channel, other: Channel) -> Channel:
    return replace(
        better,
        found_on=tuple(dict.fromkeys((*better.found_on, *other.found_on)))[:5],
        former=tuple(dict.fromkeys((*better.former, *other.former))),
        promises=tuple(dict.fromkeys((*better.promises, *other.promises))),
    )


def _owner(course: _Course) -> Owner:
    company, hosted = course.plan.company, course.rules.catalogue.hosted
    sites = {company.website, course.terms.website, *(page.url for page in course.pages)}
    return Owner(
        names=names_of(company, course.pages),
        sites=frozenset(registrable(host_of(url), hosted) for url in sites),
        neutral=lambda host: _neutral(host, course.rules),
        hosted=hosted,
    )


def _neutral(host: str, rules: Rules) -> bool:
    """Tell whether a host says nothing of whose a profile is."""
    labels = host.split(".")
    ends = {".".join(labels[at:]) for at in range(len(labels))}
    return rules.platforms.knows(host) or bool(ends & rules.catalogue.neutral)
