"""Decide which of the profiles that a site names are the company's own, with the reasons."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from audit.model.company import Company
from audit.model.presence import NOT_READ, Channel, OwnershipPart, Promise, Role, State
from audit.model.value import Evidence, Reason, Unknown
from audit.model.web import Area, ChannelLink, ChannelSource, PageFacts
from scrapers.detect.ownership import (
    LISTINGS,
    OUTSIDE,
    RIVAL_LEAD,
    THRESHOLD,
    Scored,
    scored,
    worth,
)
from scrapers.detect.rules import Rules
from scrapers.parse.urls import host_of, registrable

MAX_FOUND_ON = 5
CLOSED = Unknown(reason=Reason.NOT_CHECKED, detail="the platform is closed")
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


def decide_channels(
    company: Company,
    pages: Sequence[PageFacts],
    rules: Rules,
    elsewhere: Sequence[ChannelLink] = (),
) -> tuple[Channel, ...]:
    """Decide ownership of every profile found; own ones first, then by platform as catalogued.

    `elsewhere` are profiles named outside the site: by Wikidata, WebFinger or other profiles.
    """
    names = names_of(company, pages)
    seen = _grouped(company, pages, rules)
    for link in elsewhere:
        seen[link.url.casefold()].append(link)
    scores = {key: scored(links, pages, names, rules) for key, links in seen.items()}
    ignored = {each.finding for each in company.ignore}
    order = {name: place for place, name in enumerate(rules.platforms.kinds)}
    channels = [
        _channel(links, scores[key], _best(links[0].platform, key, scores, seen), rules)
        for key, links in seen.items()
        if f"channel.{links[0].platform}" not in ignored
    ]
    return tuple(
        sorted(
            channels,
            key=lambda each: (each.candidate, order.get(each.platform, 999), -each.ownership),
        )
    )


def names_of(company: Company, pages: Sequence[PageFacts]) -> tuple[str, ...]:
    """Every name that the company goes by: as written, its host, what the site calls itself."""
    hosts = [company.website, *(page.url for page in pages[:1])]
    found = [company.name, *company.aliases]
    for url in hosts:
        host = host_of(url).partition(":")[0]
        domain = registrable(host)
        found += [domain.partition(".")[0], host.partition(".")[0], domain.replace(".", "")]
    for page in pages:
        found += page.names
    return tuple(dict.fromkeys(name for name in found if name))


def _grouped(
    company: Company, pages: Sequence[PageFacts], rules: Rules
) -> dict[str, list[ChannelLink]]:
    """The links of each profile over all pages, under one key for all its spellings."""
    seen: dict[str, list[ChannelLink]] = defaultdict(list)
    for configured in company.channels:
        profile = rules.platforms.match(configured.url)
        url = profile.url if profile is not None else configured.url
        handle = profile.handle if profile is not None else configured.url
        seen[url.casefold()].append(
            ChannelLink(
                platform=configured.platform,
                url=url,
                handle=handle,
                source=ChannelSource.CONFIG,
                area=Area.HEADER,
                text="",
                locator=configured.place,
                person=False,
                icons=1,
                evidence=_written(configured.url, configured.place, pages),
            )
        )
    for page in pages:
        for link in page.channels:
            seen[link.url.casefold()].append(link)
    return seen


def _written(url: str, place: str, pages: Sequence[PageFacts]) -> Evidence:
    """What a person wrote is evidence too: the file and its line."""
    from datetime import UTC, datetime

    at = pages[0].fetched_at if pages else datetime(1970, 1, 1, tzinfo=UTC)
    return Evidence(url=url, fetched_at=at, rule="config.channel", excerpt=url, record=place)


def _best(
    platform: str,
    key: str,
    scored: Mapping[str, Scored],
    seen: Mapping[str, Sequence[ChannelLink]],
) -> float:
    """The best score of another profile on the same platform."""
    return max(
        (
            scored[other][0]
            for other, links in seen.items()
            if other != key and links[0].platform == platform
        ),
        default=0.0,
    )


def _channel(links: Sequence[ChannelLink], found: Scored, rival: float, rules: Rules) -> Channel:
    best = max(links, key=worth)
    score, parts = found
    only_meta = all(link.source is ChannelSource.META for link in links)
    beaten = rival - score > RIVAL_LEAD or (only_meta and rival >= THRESHOLD)
    if beaten:
        parts = (*parts, OwnershipPart(name="another profile fits better", weight=0.0))
    dead = best.platform in rules.platforms.dead
    unread = CLOSED if dead else NOT_READ
    own = score >= THRESHOLD and not beaten
    return Channel(
        platform=best.platform,
        url=best.url,
        handle=best.handle,
        role=_role(best, links),
        ownership=score,
        parts=parts,
        candidate=not own,
        state=State.UNKNOWN,
        reason=unread.reason,
        detail=unread.detail,
        found_on=_found_on(links),
        followers=unread,
        evidence=tuple(dict.fromkeys(link.evidence for link in links))[:MAX_FOUND_ON],
        last_post=unread,
        listing=rules.platforms.kinds.get(best.platform, "") in LISTINGS,
        promises=(Promise.DEAD,) if dead and own else (),
    )


def _found_on(links: Sequence[ChannelLink]) -> tuple[str, ...]:
    """The pages of the site that name the profile; what others say is evidence, not a place."""
    on_site = (link.evidence.url for link in links if link.source not in OUTSIDE)
    return tuple(dict.fromkeys(on_site))[:MAX_FOUND_ON]


def _role(best: ChannelLink, links: Sequence[ChannelLink]) -> Role:
    if all(link.person for link in links):
        return Role.PERSON
    for role, pattern in _ROLES:
        if pattern.search(best.handle):
            return role
    return Role.MAIN
