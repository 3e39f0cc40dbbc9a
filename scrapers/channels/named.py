"""Decide which of the profiles that a site names are the company's own, with the reasons."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from audit.model.channel import (
    CLOSED,
    NOT_READ,
    Channel,
    FoundChannel,
    Ownership,
    OwnershipPart,
    Promise,
    Role,
)
from audit.model.company import Company, ConfiguredChannel
from audit.model.facts import Area, ChannelLink, ChannelSource, PageFacts
from audit.model.site import Section
from audit.model.value import Evidence
from audit.model.visit import Note
from scrapers.channels.ownership import (
    BEATEN,
    LISTINGS,
    OUTSIDE,
    RIVAL_LEAD,
    THRESHOLD,
    Scored,
    Sightings,
    scored,
    worth,
)
from scrapers.errand import Errand
from scrapers.page.names import folded, tokens
from scrapers.page.rules import Rules
from scrapers.parse.urls import host_of, registrable
from scrapers.site.conclusion import VisitedSite

MAX_PLACES = 5
"""Pages and pieces of evidence that are kept of where a profile is named."""

MAX_NAMES = 60
MAX_PROFILES = 100
"""Profiles of one platform that are looked at on a company's site; more are other people's."""

_ROLES = (
    (
        Role.CAREERS,
        re.compile(r"career|jobs?\b|karriere|hiring|recruit|talent|lifeat|life_at", re.I),
    ),
    (Role.SUPPORT, re.compile(r"support|help(?:s|desk|center)?$|_?care$|service$|hilfe", re.I)),
    (
        Role.REGIONAL,
        re.compile(
            r"(?:[_.-]|(?<=[a-z]))(?:uk|usa|de|deutschland|germany|france|fr|italia|italy|espana|"
            r"spain|latam|apac|emea|india|japan|china|brasil|brazil|canada|australia|nordic|benelux)"
            r"$",
            re.I,
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Channels:
    """The channels of one company as far as they are known, the surest first.

    `sightings` is where the site names them; `sections` are the posts of those that were read,
    `notes` what could not be asked.
    """

    sightings: Sightings
    channels: tuple[Channel, ...]
    sections: tuple[Section, ...] = ()
    notes: tuple[Note, ...] = ()


async def named_channels(errand: Errand, site: VisitedSite) -> Channels:
    """Decide which channels a site names, before any profile is opened.

    Raises:
        OverrunError: deciding took more time or memory than a site may.
    """
    sightings = await errand.readers.run(sight, errand.company, site.pages)
    return Channels(sightings, decide_channels(errand.company, sightings, errand.rules))


def sight(rules: Rules, company: Company, pages: Sequence[PageFacts]) -> Sightings:
    """Gather the links of each profile over all pages; runs in a worker, once a visit."""
    return Sightings(
        names=names_of(company, pages),
        pages=len(pages),
        first_page=pages[0].url if pages else "",
        places=tuple(tuple(links) for links in _gathered(company, pages, rules).values()),
    )


def decide_channels(
    company: Company,
    sightings: Sightings,
    rules: Rules,
    elsewhere: Sequence[ChannelLink] = (),
) -> tuple[Channel, ...]:
    """Decide ownership of every profile found; own ones first, then by platform as catalogued.

    `elsewhere` are profiles named outside the site: by Wikidata, WebFinger or other profiles.
    """
    places = {links[0].url.casefold(): list(links) for links in sightings.places}
    for link in elsewhere:
        places.setdefault(link.url.casefold(), []).append(link)
    scores = {key: scored(links, sightings, rules) for key, links in places.items()}
    rivals = _rivals(scores, places)
    ignored = {entry.finding for entry in company.ignore}
    order = {name: place for place, name in enumerate(rules.platforms.kinds)}
    channels = [
        _channel(links, scores[key], _rival(key, rivals[links[0].platform]), rules, sightings.names)
        for key, links in places.items()
        if f"channel.{links[0].platform}" not in ignored
    ]
    return tuple(
        sorted(
            channels,
            key=lambda channel: (
                channel.candidate,
                order.get(channel.platform, 999),
                -channel.ownership.score,
            ),
        )
    )


def names_of(company: Company, pages: Sequence[PageFacts]) -> tuple[str, ...]:
    """Return every name that the company goes by: as written, its host, what the site says."""
    hosts = [company.website, *(page.url for page in pages[:1])]
    names = [company.name, *company.aliases]
    for url in hosts:
        host = host_of(url).partition(":")[0]
        domain = registrable(host)
        names += [domain.partition(".")[0], host.partition(".")[0], domain.replace(".", "")]
    for page in pages:
        names += page.names
    return tuple(dict.fromkeys(name for name in names if name))[:MAX_NAMES]


def _gathered(
    company: Company, pages: Sequence[PageFacts], rules: Rules
) -> dict[str, list[ChannelLink]]:
    """Gather the links of each profile under one key for all its spellings."""
    places: dict[str, list[ChannelLink]] = defaultdict(list)
    for configured in company.channels:
        link = _configured(configured, pages, rules)
        places[link.url.casefold()].append(link)
    count = Counter(links[0].platform for links in places.values())
    for page in pages:
        for link in page.channels:
            key = link.url.casefold()
            if key not in places:
                count[link.platform] += 1
            if count[link.platform] <= MAX_PROFILES or key in places:
                places[key].append(link)
    return places


def _configured(
    channel: ConfiguredChannel, pages: Sequence[PageFacts], rules: Rules
) -> ChannelLink:
    """Take a profile that a person has named in competitors.yaml as a link of the site's header."""
    profile = rules.platforms.match(channel.url)
    return ChannelLink(
        platform=channel.platform,
        url=profile.url if profile is not None else channel.url,
        handle=profile.handle if profile is not None else channel.url,
        source=ChannelSource.CONFIG,
        area=Area.HEADER,
        text="",
        locator=channel.place,
        person=False,
        icons=1,
        evidence=_written(channel.url, channel.place, pages),
    )


def _written(url: str, place: str, pages: Sequence[PageFacts]) -> Evidence:
    """Return what a person wrote as evidence: the file and its line."""
    at = pages[0].fetched_at if pages else datetime(1970, 1, 1, tzinfo=UTC)
    return Evidence(url=url, fetched_at=at, rule="config.channel", excerpt=url, record=place)


def _rivals(
    scores: Mapping[str, Scored], seen: Mapping[str, Sequence[ChannelLink]]
) -> Mapping[str, tuple[str, float, float]]:
    """Of each platform: the profile with the best score, that score, and the next one's."""
    best: dict[str, tuple[str, float, float]] = {}
    for key, links in seen.items():
        platform, score = links[0].platform, scores[key][0]
        first, top, second = best.get(platform, ("", 0.0, 0.0))
        if not first or score > top:
            best[platform] = (key, score, top)
        else:
            best[platform] = (first, top, max(second, score))
    return best


def _rival(key: str, best: tuple[str, float, float]) -> float:
    """The best score of another profile on the same platform."""
    first, top, second = best
    return second if key == first else top


def _channel(
    links: Sequence[ChannelLink],
    score: Scored,
    rival: float,
    rules: Rules,
    names: Sequence[str],
) -> Channel:
    """Put together what is known of a profile before it is opened."""
    best = max(links, key=worth)
    ownership = _ownership(links, score, rival, _role(best, links, names))
    closed = best.platform in rules.platforms.dead
    return Channel(
        found=FoundChannel(
            platform=best.platform,
            url=best.url,
            handle=best.handle,
            found_on=_found_on(links),
            evidence=tuple(dict.fromkeys(link.evidence for link in links))[:MAX_PLACES],
            listing=rules.platforms.kinds.get(best.platform, "") in LISTINGS,
        ),
        ownership=ownership,
        profile=CLOSED if closed else NOT_READ,
        newest_post=CLOSED if closed else NOT_READ,
        promises=(Promise.DEAD,) if closed and not ownership.candidate else (),
    )


def _ownership(links: Sequence[ChannelLink], scored: Scored, rival: float, role: Role) -> Ownership:
    """Judge by the site alone; a profile far behind another of its platform is a candidate."""
    score, parts = scored
    only_meta = all(link.source is ChannelSource.META for link in links)
    beaten = rival - score > RIVAL_LEAD or (only_meta and rival >= THRESHOLD)
    if beaten:
        parts = (*parts, OwnershipPart(name=BEATEN, weight=0.0))
    candidate = score < THRESHOLD or beaten
    return Ownership(score=score, parts=parts, candidate=candidate, role=role)


def _found_on(links: Sequence[ChannelLink]) -> tuple[str, ...]:
    """The pages of the site that name the profile; what others say is evidence, not a place."""
    on_site = (link.evidence.url for link in links if link.source not in OUTSIDE)
    return tuple(dict.fromkeys(on_site))[:MAX_PLACES]


def _role(best: ChannelLink, links: Sequence[ChannelLink], names: Sequence[str]) -> Role:
    """Whom a profile speaks for, by what its handle says beside the company's name."""
    if all(link.person for link in links):
        return Role.PERSON
    rest = _beside_name(best.handle, names)
    for role, pattern in _ROLES:
        if pattern.search(rest):
            return role
    return Role.MAIN


def _beside_name(handle: str, names: Sequence[str]) -> str:
    """A handle without the company's name, as far as it begins with it; a sign marks the cut."""
    plain = folded(handle).strip("@/ ")
    bare = re.sub(r"[^\w]|_", "", plain)
    for name in sorted({"".join(tokens(each)) for each in names}, key=len, reverse=True):
        if len(name) >= 3 and bare.startswith(name):
            return f"-{bare[len(name) :]}"
    return plain
