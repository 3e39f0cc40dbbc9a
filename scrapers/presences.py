"""Beyond the website: find further profiles, read those that matter, and judge whose they are."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from audit.model.plan import CompanyPlan
from audit.model.presence import Channel, Note, Role, Visit
from audit.model.profile import Profile
from audit.model.result import Window
from audit.model.value import Evidence, Known, Unknown
from audit.model.web import Area, ChannelLink, ChannelSource, Failure, Page, PageFacts
from scrapers.detect.channels import decide_channels, names_of
from scrapers.detect.confirmed import Owner, confirmed, with_roles
from scrapers.detect.ownership import THRESHOLD
from scrapers.detect.profiled import dormant, profiled, section_of
from scrapers.detect.rules import Rules
from scrapers.fetch.session import Session
from scrapers.parse.urls import host_of, registrable
from scrapers.platforms import platforms
from scrapers.platforms._webfinger import own_account
from scrapers.platforms._wikidata import Claim, claims_of
from scrapers.profiles import Terms, ask_beside, read_profile

log = logging.getLogger(__name__)

CANDIDATES = 8
"""Profiles that are not proved to be the company's and are read for proof, at most."""

WORTH_A_LOOK = 0.25
"""Candidates below this ownership are not opened."""

Progress = Callable[[int, int, str], None]
"""Called before each profile with pages read, page budget and the profile's address."""

Readings = dict[str, tuple[Channel, Profile | Unknown]]


@dataclass(frozen=True, slots=True)
class Beyond:
    """What is needed to go beyond a website: whose it is, by which rules, what was read of it."""

    plan: CompanyPlan
    session: Session
    rules: Rules
    window: Window
    pages: Sequence[PageFacts]
    progress: Progress


class _Course:
    """What reading the profiles of one company finds as it goes on."""

    def __init__(self, beyond: Beyond, website: str) -> None:
        self.plan, self.session, self.rules = beyond.plan, beyond.session, beyond.rules
        self.pages, self.progress = beyond.pages, beyond.progress
        hints = tuple(hint for page in reversed(beyond.pages) for hint in page.hints)
        self.terms = Terms(beyond.plan.settings, beyond.window, website, hints)
        self.links: list[ChannelLink] = []
        self.read: Readings = {}
        self.notes: list[Note] = []
        self.looked = 0


async def with_profiles(seen: Visit, beyond: Beyond) -> Visit:
    """The visit with every channel read that there is a reader for; nothing is guessed.

    Profiles named by Wikidata, by the own domain and by profiles already read are added.
    """
    start = seen.start
    if not beyond.plan.settings.profiles or not isinstance(start, Known):
        return seen
    course = _Course(beyond, start.value)
    beyond.session.renew()
    await _discover(course)
    for _ in range(2):
        await _read(course)
        _follow(course)
    await _read(course)
    return _concluded(seen, course, beyond.window)


async def _discover(course: _Course) -> None:
    """Ask Wikidata for the company's website, and the own domain for an account."""
    wanted = course.rules.platforms.wikidata
    website = course.terms.website
    found = await ask_beside(claims_of(website, wanted), course.session, course.terms)
    if isinstance(found, Failure):
        detail = f"Wikidata could not be asked: {found.detail}"
        course.notes.append(Note(what="wikidata", reason=found.reason, detail=detail))
    elif found is not None:
        course.links += [link for claim in found if (link := _claimed(claim, course)) is not None]
    own = await ask_beside(own_account(website), course.session, course.terms)
    if own is not None:
        handle, url, page = own
        course.links += _named(url, ChannelSource.WEBFINGER, course, _proof(page, handle))


def _claimed(claim: Claim, course: _Course) -> ChannelLink | None:
    """The profile that a statement names."""
    user, _, host = claim.value.partition("@")
    form = course.rules.platforms.wikidata[claim.property].replace("{}", claim.value)
    url = form.replace("{user}", user).replace("{host}", host)
    proof = replace(
        _proof(claim.page, f"{claim.property}: {claim.value}"),
        url=f"https://www.wikidata.org/wiki/{claim.item}#{claim.property}",
        rule="discovery.wikidata",
    )
    return next(iter(_named(url, ChannelSource.WIKIDATA, course, proof)), None)


def _proof(page: Page, said: str) -> Evidence:
    return Evidence(
        url=page.url,
        fetched_at=page.fetched_at,
        rule="discovery.webfinger",
        excerpt=said[:200],
        record=page.record,
    )


def _named(url: str, source: ChannelSource, course: _Course, proof: Evidence) -> list[ChannelLink]:
    """A profile as a link that somebody else than the site gives; nothing for other addresses."""
    profile = course.rules.platforms.match(url)
    if profile is None:
        return []
    return [
        ChannelLink(
            platform=profile.platform,
            url=profile.url,
            handle=profile.handle,
            source=source,
            area=Area.MAIN,
            text="",
            locator=source.value,
            person=profile.person,
            icons=1,
            evidence=proof,
        )
    ]


def _channels(course: _Course) -> tuple[Channel, ...]:
    return decide_channels(course.plan.company, course.pages, course.rules, course.links)


async def _read(course: _Course) -> None:
    """Read the channels that are the company's, its listings, and a few likely candidates."""
    for channel in _channels(course):
        key = channel.url.casefold()
        if key in course.read or channel.platform not in platforms():
            continue
        if channel.candidate and not _likely(channel, course):
            continue
        course.progress(len(course.pages), course.plan.pages, channel.url)
        course.read[key] = (channel, await read_profile(channel, course.session, course.terms))


def _likely(channel: Channel, course: _Course) -> bool:
    """Tell whether a profile that is not proved is worth opening; persons' profiles never are."""
    if channel.role is Role.PERSON:
        return False
    place = sum(part.weight for part in channel.parts if "listing" not in part.name)
    if place < (THRESHOLD if channel.listing else WORTH_A_LOOK):
        return False
    course.looked += 1
    return course.looked <= CANDIDATES


def _follow(course: _Course) -> None:
    """Take the profiles that the company's own profiles name, one step from each."""
    known = {link.url.casefold() for link in course.links} | set(course.read)
    for channel, profile in list(course.read.values()):
        if channel.candidate or isinstance(profile, Unknown) or not profile.evidence:
            continue
        for url in profile.links:
            for link in _named(url, ChannelSource.PROFILE, course, profile.evidence[0]):
                if link.url.casefold() not in known and link.url != channel.url:
                    known.add(link.url.casefold())
                    course.links.append(link)


def _concluded(seen: Visit, course: _Course, window: Window) -> Visit:
    """Channels as read and judged anew, with the posts of those that are the company's."""
    owner = _owner(course)
    pairs = [(each, course.read.get(each.url.casefold())) for each in _channels(course)]
    judged = [_judged(channel, found, owner, window) for channel, found in pairs]
    kept = _once(judged)
    ordered = sorted(kept, key=lambda pair: (pair[0].candidate, -pair[0].ownership))
    order = {name: place for place, name in enumerate(course.rules.platforms.kinds)}
    ordered.sort(key=lambda pair: (pair[0].candidate, order.get(pair[0].platform, 999)))
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


Judged = tuple[Channel, Profile | Unknown | None]


def _judged(
    channel: Channel,
    found: tuple[Channel, Profile | Unknown] | None,
    owner: Owner,
    window: Window,
) -> Judged:
    if found is None:
        return channel, None
    profile = found[1]
    audience = platforms()[channel.platform].audience
    joined = profiled(channel, profile, audience, window)
    if isinstance(profile, Unknown):
        return joined, profile
    return dormant(confirmed(joined, profile, owner), window), profile


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
        networks=course.rules.platforms.hosts,
        hosted=hosted,
    )
