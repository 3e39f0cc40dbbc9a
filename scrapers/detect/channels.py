"""Decide which of the profiles that a site names are the company's own, with the reasons."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from audit.model.company import Company
from audit.model.presence import Channel, OwnershipPart, Role, State
from audit.model.value import Evidence, Reason, Unknown
from audit.model.web import Area, ChannelLink, ChannelSource, FeedPage, PageFacts
from scrapers.detect.names import fit
from scrapers.detect.rules import Rules
from scrapers.parse.urls import host_of, registrable

THRESHOLD = 0.5
"""Profiles below this ownership are candidates, listed apart and counted nowhere."""

RIVAL_LEAD = 0.15
"""How far behind the best profile of a platform another may lie and still be theirs."""

LISTINGS = frozenset({"app", "reviews", "encyclopedia", "directory"})
"""Kinds that are pages about a company rather than its channels; always candidates."""

MANY = 3
"""So many profiles of one platform on a page, and most of them are other people's."""

MAX_FOUND_ON = 5
_FUNDING = frozenset({"opencollective", "patreon", "ko-fi", "buymeacoffee"})
"""Here "sponsor" is what the link is for, not whom it names."""
_PLACE = {
    Area.HEADER: 0.40,
    Area.NAV: 0.40,
    Area.FOOTER: 0.45,
    Area.ASIDE: 0.30,
    Area.MAIN: 0.20,
    Area.ARTICLE: -0.05,
    Area.COMMENT: -0.60,
}
_SOURCE = {
    ChannelSource.LINK: 0.0,
    ChannelSource.REL_ME: 0.20,
    ChannelSource.SAME_AS: 0.35,
    ChannelSource.META: 0.15,
    ChannelSource.PLUGIN: 0.20,
    ChannelSource.INLINE: -0.10,
    ChannelSource.FEED: 0.10,
    ChannelSource.CONFIG: 1.0,
}
_FOREIGN = re.compile(
    r"author|byline|\bbio\b|contributor|testimonial|speaker|guest|sponsor|partner|credit|"
    r"comment|quote|tweet|reviewer|interview|maintainer|designer|designed-by|developed|"
    r"powered|copyright|team-?member|\bteam\b|staff|<blockquote>|<figcaption>|member-|profile-card"
)
_FOLLOWING = re.compile(
    r"social|follow|connect|find-?us|folgen|suivez|siguenos|seguici|share-menu|icons?\b|sns"
)
_CREDIT = re.compile(
    r"(?:design(?:ed)?|theme|template|website|site|built|made|created|powered|developed|webdesign"
    r"|realizz\w+|umsetzung|réalisation|desarroll\w+)\s+(?:by|von|par|da|por|:)",
    re.I,
)
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
    company: Company, pages: Sequence[PageFacts], feeds: Sequence[FeedPage], rules: Rules
) -> tuple[Channel, ...]:
    """Decide ownership of every profile found; own ones first, then by platform as catalogued."""
    del feeds
    names = _names(company, pages)
    seen = _grouped(company, pages, rules)
    scored = {key: _score(links, pages, names, rules) for key, links in seen.items()}
    ignored = {each.finding for each in company.ignore}
    order = {name: place for place, name in enumerate(rules.platforms.kinds)}
    channels = [
        _channel(links, scored[key], _best(links[0].platform, key, scored, seen), rules)
        for key, links in seen.items()
        if f"channel.{links[0].platform}" not in ignored
    ]
    return tuple(
        sorted(
            channels,
            key=lambda each: (each.candidate, order.get(each.platform, 999), -each.ownership),
        )
    )


def _names(company: Company, pages: Sequence[PageFacts]) -> tuple[str, ...]:
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
) -> Mapping[str, list[ChannelLink]]:
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


Scored = tuple[float, tuple[OwnershipPart, ...]]


def _score(
    links: Sequence[ChannelLink],
    pages: Sequence[PageFacts],
    names: Sequence[str],
    rules: Rules,
) -> Scored:
    """Add up what speaks for and against; the score is cut to 0..1."""
    parts = list(_parts(links, pages, names, rules))
    total = sum(part.weight for part in parts)
    return round(min(1.0, max(0.0, total)), 2), tuple(parts)


def _parts(
    links: Sequence[ChannelLink],
    pages: Sequence[PageFacts],
    names: Sequence[str],
    rules: Rules,
) -> Iterable[OwnershipPart]:
    best = max(links, key=_worth)
    if any(link.source is ChannelSource.CONFIG for link in links):
        yield OwnershipPart(name="named in competitors.yaml", weight=1.0)
        return
    yield OwnershipPart(name=f"{best.source.value} in {best.area.value}", weight=_worth(best))
    yield from _places(links, pages)
    yield from _whose(best, links, names)
    handle = best.handle.casefold().lstrip("@")
    if handle in rules.catalogue.vendor_handles and fit(handle, names) < 0.9:
        yield OwnershipPart(name="a vendor's own account", weight=-1.0)
    if rules.platforms.kinds.get(best.platform, "") in LISTINGS:
        yield OwnershipPart(name="a listing, not a channel", weight=-1.0)


def _places(links: Sequence[ChannelLink], pages: Sequence[PageFacts]) -> Iterable[OwnershipPart]:
    """In how many ways, beside what, and on how many pages the profile is named."""
    sources = {link.source for link in links if not link.person}
    if len(sources) > 1:
        yield OwnershipPart(name="named in several ways", weight=0.10 * (len(sources) - 1))
    icons = max(link.icons for link in links)
    if icons > 1:
        yield OwnershipPart(name="beside other networks", weight=0.30 if icons > 2 else 0.20)
    on = {link.evidence.url for link in links}
    if len(pages) > 1 and len(on) * 2 >= len(pages):
        yield OwnershipPart(name="on most pages", weight=0.25)
    elif len(on) == 1 and len(pages) > 4 and pages[0].url not in on:
        yield OwnershipPart(name="on one page only", weight=-0.10)


def _whose(
    best: ChannelLink, links: Sequence[ChannelLink], names: Sequence[str]
) -> Iterable[OwnershipPart]:
    """Whether the handle speaks for the company, for a person, or for one of many."""
    matched = fit(best.handle, names)
    if matched > 0:
        yield OwnershipPart(name="handle fits the name", weight=round(0.40 * matched, 2))
    if all(link.person for link in links):
        yield OwnershipPart(name="a person's", weight=-0.60 if matched < 0.9 else -0.20)
    elif matched < 0.3 and all(_mentions(link) for link in links):
        yield OwnershipPart(name="a mention", weight=-0.30)
    elif matched < 0.5 and min(link.same for link in links) >= MANY:
        yield OwnershipPart(name="one of many of its kind", weight=-0.30)


def _mentions(link: ChannelLink) -> bool:
    """A link in the text whose words are the handle speaks of somebody else."""
    return link.area in (Area.MAIN, Area.ARTICLE) and link.text.startswith("@")


def _worth(link: ChannelLink) -> float:
    """What one place of a profile's link says by itself."""
    worth = _PLACE[link.area] + _SOURCE[link.source]
    if link.source is ChannelSource.LINK or link.source is ChannelSource.REL_ME:
        if _FOLLOWING.search(link.context):
            worth += 0.15
        context = link.context
        if link.platform in _FUNDING:
            context = context.replace("sponsor", "")
        if _FOREIGN.search(context):
            worth -= 0.45
        if _CREDIT.search(link.text):
            worth -= 0.50
    if link.source is ChannelSource.INLINE:
        worth = 0.10
    return round(worth, 2)


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


def _channel(links: Sequence[ChannelLink], scored: Scored, rival: float, rules: Rules) -> Channel:
    best = max(links, key=_worth)
    score, parts = scored
    only_meta = all(link.source is ChannelSource.META for link in links)
    beaten = rival - score > RIVAL_LEAD or (only_meta and rival >= THRESHOLD)
    if beaten:
        parts = (*parts, OwnershipPart(name="another profile fits better", weight=0.0))
    dead = best.platform in rules.platforms.dead
    unread = Unknown(reason=Reason.NOT_CHECKED, detail="the profile itself was not read")
    return Channel(
        platform=best.platform,
        url=best.url,
        handle=best.handle,
        role=_role(best, links),
        ownership=score,
        parts=parts,
        candidate=score < THRESHOLD or beaten,
        state=State.UNKNOWN,
        reason=Reason.NOT_CHECKED,
        detail="the platform is closed" if dead else unread.detail,
        found_on=tuple(dict.fromkeys(link.evidence.url for link in links))[:MAX_FOUND_ON],
        followers=unread,
        evidence=tuple(dict.fromkeys(link.evidence for link in links))[:MAX_FOUND_ON],
    )


def _role(best: ChannelLink, links: Sequence[ChannelLink]) -> Role:
    if all(link.person for link in links):
        return Role.PERSON
    for role, pattern in _ROLES:
        if pattern.search(best.handle):
            return role
    return Role.MAIN
