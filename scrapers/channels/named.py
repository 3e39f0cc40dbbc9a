"""Decide which of the profiles that a site names are the company's own, with the reasons."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from audit.model.channel import CLOSED, NOT_READ, Channel, OwnershipPart, Promise, Role
from audit.model.company import Company
from audit.model.facts import Area, ChannelLink, ChannelSource, PageFacts
from audit.model.site import State
from audit.model.value import Evidence
from scrapers.channels.ownership import (
    BEATEN,
    LISTINGS,
    OUTSIDE,
    RIVAL_LEAD,
    THRESHOLD,
    Scored,
    scored,
    worth,
)
from scrapers.page.names import folded, tokens
from scrapers.page.rules import Rules
from scrapers.parse.urls import host_of, registrable

MAX_FOUND_ON = 5
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
    rivals = _rivals(scores, seen)
    ignored = {each.finding for each in company.ignore}
    order = {name: place for place, name in enumerate(rules.platforms.kinds)}
    channels = [
        _channel(links, scores[key], _rival(key, rivals[links[0].platform]), rules, names)
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
    return tuple(dict.fromkeys(name for name in found if name))[:MAX_NAMES]


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
    count = Counter(links[0].platform for links in seen.values())
    for page in pages:
        for link in page.channels:
            key = link.url.casefold()
            if key not in seen:
                count[link.platform] += 1
            if count[link.platform] <= MAX_PROFILES or key in seen:
                seen[key].append(link)
    return seen


def _written(url: str, place: str, pages: Sequence[PageFacts]) -> Evidence:
    """What a person wrote is evidence too: the file and its line."""
    from datetime import UTC, datetime

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
    found: Scored,
    rival: float,
    rules: Rules,
    names: Sequence[str],
) -> Channel:
    best = max(links, key=worth)
    score, parts = found
    only_meta = all(link.source is ChannelSource.META for link in links)
    beaten = rival - score > RIVAL_LEAD or (only_meta and rival >= THRESHOLD)
    if beaten:
        parts = (*parts, OwnershipPart(name=BEATEN, weight=0.0))
    dead = best.platform in rules.platforms.dead
    unread = CLOSED if dead else NOT_READ
    own = score >= THRESHOLD and not beaten
    return Channel(
        platform=best.platform,
        url=best.url,
        handle=best.handle,
        role=_role(best, links, names),
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
        named_as=best.url,
    )


def _found_on(links: Sequence[ChannelLink]) -> tuple[str, ...]:
    """The pages of the site that name the profile; what others say is evidence, not a place."""
    on_site = (link.evidence.url for link in links if link.source not in OUTSIDE)
    return tuple(dict.fromkeys(on_site))[:MAX_FOUND_ON]


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
