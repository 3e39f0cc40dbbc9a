"""Add up what speaks for and against a profile being the company's own, part by part.

The weights are told to readers in docs/glossary.md, "Ownership of a profile".
"""

import re
from collections.abc import Iterable, Sequence

from audit.model.channel import CONFIGURED, OwnershipPart
from audit.model.facts import Area, ChannelLink, ChannelSource, Whose
from scrapers.channels.sightings import Sightings
from scrapers.page.names import fit, plain
from scrapers.page.rules import Rules
from scrapers.parse.urls import segments

THRESHOLD = 0.5
"""Profiles below this ownership are candidates, listed apart and counted nowhere."""

WORTH_A_LOOK = 0.25
"""Candidates below this ownership are neither opened nor told: they are other people's."""

RIVAL_LEAD = 0.15
"""How far behind the best profile of a platform another may lie and still be theirs."""

LISTINGS = frozenset({"app", "reviews", "encyclopedia", "directory"})
"""Kinds that are pages about a company rather than its channels; always candidates.

The company does not write there: a store, a review site, an encyclopedia. So a listing is never
counted as a channel, however surely the page is the company's.
"""

MANY = 3
"""So many profiles of one platform on a page, and most of them are other people's."""

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
"""What the place of a link says: a company puts its own profiles into foot, head and menu."""

_SOURCE = {
    ChannelSource.LINK: 0.0,
    ChannelSource.REL_ME: 0.20,
    ChannelSource.SAME_AS: 0.35,
    ChannelSource.META: 0.15,
    ChannelSource.PLUGIN: 0.20,
    ChannelSource.INLINE: -0.10,
    ChannelSource.CONFIG: 1.0,
    ChannelSource.WIKIDATA: 0.10,
    ChannelSource.WEBFINGER: 0.60,
    ChannelSource.PROFILE: 0.10,
    ChannelSource.SAVED: 0.10,
}
"""What the way of naming adds to the place."""

_SEEN = frozenset({ChannelSource.LINK, ChannelSource.REL_ME})
"""Links that readers see, with words and a surrounding that tell whom they are about."""

OUTSIDE = frozenset({ChannelSource.WIKIDATA, ChannelSource.PROFILE, ChannelSource.SAVED})
"""Who names a profile from outside the site proves nothing alone: it stays a candidate.

Anybody can edit Wikidata, and an own profile also names partners and networks. The own domain
(WebFinger) is the company's word, and not among these.
"""

OUTSIDE_MOST = 0.45
"""The most that these come to together; below THRESHOLD, until the profile leads back."""

_SAME = 0.8
"""From this likeness on a handle bears a name."""

_ADDED = re.compile(r"(?:dotcom|com|inc|hq|app|official)$")
"""What vendors add to their name where it is taken."""

_NOT_ITS_NAME = 0.9
"""Below this likeness a handle among the vendors' own is the vendor's, not a namesake's."""

_ALIKE = 0.6
"""From this likeness on a neighbour is the company's own."""

_SOMEBODYS = {
    Whose.MAKER: ("credited as who made it", -0.60),
    Whose.OTHERS: ("among clients, partners or works", -0.45),
    Whose.ANOTHER: ("another organisation's", -0.60),
}
"""What counts against a profile that a site gives to somebody else each time that it names it."""

_IN_TEXTS = frozenset({Area.MAIN, Area.ARTICLE, Area.ASIDE, Area.COMMENT})
"""Areas in which people stand beside what they wrote."""

_DOOR = 2
"""Parts of the address of the first page of a section, at most."""

BEATEN, LISTED = "another profile fits better", "a listing, not a channel"

# Classes, ids and tags around a link that belongs to somebody else than the company.
_FOREIGN = re.compile(
    r"author|byline|\bbio\b|contributor|testimonial|speaker|guest|sponsor|partner|credit|"
    r"comment|quote|tweet|reviewer|interview|maintainer|designer|designed-by|developed|"
    r"powered|copyright|team-?member|\bteam\b|staff|<blockquote>|<figcaption>|member-|profile-card"
)
_CREATOR = "twitter:creator"
"""Where a head names who wrote the page."""

# Class names and ids of a block that asks readers to follow the company.
_FOLLOWING = re.compile(
    r"social|follow|connect|find-?us|folgen|suivez|siguenos|seguici|share-menu|icons?\b|sns"
)
# Words by which a company asks its readers to follow, in the languages of most sites: first those
# that name itself, then all.
_FOLLOW_US = re.compile(
    r"\b(?:follow|join|find|like) us\b|\bour (?:channel|page|podcast|community|server)\b"
    r"|\b(?:folge|folgt|folgen sie|besuche|besuchen sie|finden sie) uns\b"
    r"|\b(?:suivez|retrouvez|rejoignez)[- ]nous\b|\b(?:síguenos|siguenos|encuéntranos)\b"
    r"|\b(?:seguici|trovaci)\b|\b(?:siga|sigam|acompanhe)[- ]nos\b|\bvolg ons\b"
    r"|\b(?:følg os|følg oss|följ oss|obserwuj nas|sledujte nás|seuraa meitä|kövessen minket)\b"
    r"|\b(?:мы в|следите за нами|ми в)\b|bizi takip|フォローして|关注我们|關注我們|팔로우하세요",
    re.I,
)
_FOLLOW = re.compile(
    r"\b(?:follow|subscribe|listen|abonnier\w*|anhören|abonnez|écoutez|suscríb\w*|escucha|ascolta"
    r"|iscriviti|inscreva|ouça|luister|abonneer|lyssna|lytt|subskrybuj|słuchaj)\b"
    r"|подпис|слушай|登録|聴く|订阅|訂閱|구독",
    re.I,
)
Scored = tuple[float, tuple[OwnershipPart, ...]]
"""A score in 0..1, and the parts that it is the sum of."""


def scored(links: Sequence[ChannelLink], sightings: Sightings, rules: Rules) -> Scored:
    """Add up what speaks for and against a profile, by all its links; cut the sum to 0..1."""
    parts = list(_parts(links, sightings, rules))
    # What stands around a link is asked where all else leaves it open: a profile known by an id
    # must not outdo one that bears the name.
    if sum(part.weight for part in parts) < THRESHOLD:
        parts += _around(links, sightings.names)
    total = sum(part.weight for part in parts)
    most = OUTSIDE_MOST if all(link.source in OUTSIDE for link in links) else 1.0
    return round(min(most, max(0.0, total)), 2), tuple(parts)


def _parts(
    links: Sequence[ChannelLink], sightings: Sightings, rules: Rules
) -> Iterable[OwnershipPart]:
    """Give the reasons one by one; a profile that a person has named needs no other."""
    best = _best(links, sightings.names)
    if any(link.source is ChannelSource.CONFIG for link in links):
        yield OwnershipPart(name=CONFIGURED, weight=1.0)
        return
    yield OwnershipPart(name=f"{best.source.value} in {best.area.value}", weight=worth(best))
    yield from _places(links, sightings, rules)
    yield from _whose(best, links, sightings.names)
    handle = best.handle.casefold().lstrip("@")
    if fit(handle, sightings.names) < _SAME and _keeps_their_code(links, sightings, rules):
        yield OwnershipPart(name="repository fits the name", weight=0.30)
    if _is_vendors(handle, links, sightings, rules):
        yield OwnershipPart(name="a vendor's own account", weight=-1.0)
    if _is_host_owners(best, sightings, rules):
        yield OwnershipPart(name="the account of whoever hosts the site", weight=-0.60)
    if rules.platforms.kinds.get(best.platform, "") in LISTINGS:
        yield OwnershipPart(name=LISTED, weight=-1.0)


def _is_vendors(
    handle: str, links: Sequence[ChannelLink], sightings: Sightings, rules: Rules
) -> bool:
    """Tell whether an account is that of who made or hosts the website.

    In the head of a page, which nobody sees, hosts and themes put their own names; so of what
    stands there all vendors count, and what the page calls itself does not. A vendor may keep the
    code of the project whose site it is, in a repository of its name.
    """
    in_head = any(link.source is ChannelSource.META for link in links)
    vendors = handle in rules.catalogue.vendor_handles or (
        in_head and _ADDED.sub("", plain(handle)) in rules.vendors
    )
    names = sightings.given if in_head else sightings.names
    if not vendors or fit(handle, names) >= _NOT_ITS_NAME:
        return False
    return not _keeps_their_code(links, sightings, rules)


def _keeps_their_code(links: Sequence[ChannelLink], sightings: Sightings, rules: Rules) -> bool:
    """Tell whether a link leads to a repository of the site's name below an account for code."""
    if rules.platforms.kinds.get(links[0].platform) != "code":
        return False
    below = re.compile(rf"/{re.escape(links[0].handle)}/([\w.-]{{2,100}})", re.I)
    repositories = (below.search(link.evidence.excerpt) for link in links)
    return any(fit(each[1], sightings.names) >= _SAME for each in repositories if each is not None)


def _is_host_owners(best: ChannelLink, sightings: Sightings, rules: Rules) -> bool:
    """Tell whether an account is that of the foundation whose host a project's site stands on.

    Code is the project's, whoever's account keeps it.
    """
    owner = sightings.host_owner
    if not owner or rules.platforms.kinds.get(best.platform) == "code":
        return False
    # Asked of the given names: pages of a project may call themselves by the foundation's too.
    return fit(best.handle, (owner,)) >= _SAME and fit(best.handle, sightings.given) < _SAME


def _places(
    links: Sequence[ChannelLink], sightings: Sightings, rules: Rules
) -> Iterable[OwnershipPart]:
    """Give what it says in how many ways, beside what, and on how many pages a profile is named.

    Profiles of other platforms in the same block make a row of icons, as companies show their own.
    """
    shown = [link for link in links if _is_open(link, sightings.names)]
    sources = {link.source for link in shown}
    if len(sources) > 1:
        yield OwnershipPart(name="named in several ways", weight=0.10 * (len(sources) - 1))
    icons = max((link.icons for link in shown), default=1)
    if icons > 1:
        yield OwnershipPart(name="beside other networks", weight=0.30 if icons > 2 else 0.20)
    on = {link.evidence.url for link in links}
    # A foot stands on every page; what one page of many names is mostly about that page's subject.
    if sightings.pages > 1 and len(on) * 2 >= sightings.pages:
        yield OwnershipPart(name="on most pages", weight=0.25)
    elif any(_is_the_show(link, rules) for link in links):
        yield OwnershipPart(name="the one show on the podcast's page", weight=0.20)
    elif len(on) == 1 and sightings.pages > 4 and sightings.first_page not in on:
        yield OwnershipPart(name="on one page only", weight=-0.10)


def _is_the_show(link: ChannelLink, rules: Rules) -> bool:
    """Tell whether a link leads to the only show of its platform on the site's podcast page.

    A podcast bears a name of its own and is named there alone. The door of the podcast is meant
    (`/podcast/`, `/de/podcast/`), as a page of one episode may link that of its guest.
    """
    url = link.evidence.url
    return (
        link.opaque
        and link.same == 1
        and link.whose is Whose.OPEN
        and rules.platforms.kinds.get(link.platform) == "audio"
        and len(segments(url)) <= _DOOR
        and "podcast" in rules.words.of_url(url)
    )


def _whose(
    best: ChannelLink, links: Sequence[ChannelLink], names: Sequence[str]
) -> Iterable[OwnershipPart]:
    """Give what it says whether the handle is the company's, a person's, or one of many."""
    likeness = fit(best.handle, names)
    if likeness > 0:
        yield OwnershipPart(name="handle fits the name", weight=round(0.40 * likeness, 2))
    likeness = max(likeness, _likeness_of_words(links, names))
    yield from _somebodys(links, likeness, names)
    if _beside_a_person(links, names):
        yield OwnershipPart(name="a person's", weight=-0.60 if likeness < 0.9 else -0.20)
    # A handle that bears the company's name may be theirs even where a text mentions it.
    elif likeness < 0.3 and all(_mentions(link) for link in links):
        yield OwnershipPart(name="a mention", weight=-0.30)
    # Papers name who wrote an article in its head too.
    elif (
        likeness < 0.3
        and any(link.context == _CREATOR for link in links)
        and any(map(_is_writers, links))
    ):
        yield OwnershipPart(name="of who wrote the page", weight=-0.30)
    elif likeness < 0.5 and min(link.same for link in links) >= MANY:
        yield OwnershipPart(name="one of many of its kind", weight=-0.30)


def _somebodys(
    links: Sequence[ChannelLink], likeness: float, names: Sequence[str]
) -> Iterable[OwnershipPart]:
    """Give what a profile loses that the site links only where it tells of other people.

    One that bears the company's name is theirs all the same: agencies credit themselves.
    """
    kinds = {_whose_is(link, names) for link in links if not _is_persons(link, names)}
    if likeness < _NOT_ITS_NAME and kinds and Whose.OPEN not in kinds:
        name, weight = min((_SOMEBODYS[kind] for kind in kinds), key=lambda pair: pair[1])
        yield OwnershipPart(name=name, weight=weight)


def _beside_a_person(links: Sequence[ChannelLink], names: Sequence[str]) -> bool:
    """Tell whether a profile is a person's: it is named so, and elsewhere only beside texts.

    The box about an author links what the data of the page say of that person. Of the company's
    own profiles one at least stands in head, menu or foot, or in what the site says of itself.
    """
    persons = [_is_persons(link, names) for link in links]
    return any(persons) and all(
        person
        or (link.source in _SEEN and (link.area in _IN_TEXTS or _is_writers(link)))
        or link.source is ChannelSource.INLINE
        for person, link in zip(persons, links, strict=True)
    )


def _best(links: Sequence[ChannelLink], names: Sequence[str]) -> ChannelLink:
    """Return the link to a profile that says most.

    What says that the profile is somebody's says nothing for the company, however well the place
    is, unless the handle bears its name.
    """
    if max(fit(link.handle, names) for link in links) >= _NOT_ITS_NAME:
        return max(links, key=worth)
    return max(links, key=lambda link: (_is_open(link, names), worth(link)))


def _is_open(link: ChannelLink, names: Sequence[str]) -> bool:
    """Tell whether nothing at a link says that the profile is somebody else's."""
    return not _is_persons(link, names) and _whose_is(link, names) is Whose.OPEN


def _is_persons(link: ChannelLink, names: Sequence[str]) -> bool:
    """Tell whether a link names a person's profile; the company itself may write as an author."""
    return link.person and not _is_named_so(link, names)


def _whose_is(link: ChannelLink, names: Sequence[str]) -> Whose:
    """Return what the place of a link says of whose the profile is."""
    return Whose.OPEN if _is_named_so(link, names) else link.whose


def _is_named_so(link: ChannelLink, names: Sequence[str]) -> bool:
    """Tell whether structured data give a profile to somebody by the company's name."""
    return link.source is ChannelSource.SAME_AS and fit(link.text, names) >= _SAME


def _likeness_of_words(links: Sequence[ChannelLink], names: Sequence[str]) -> float:
    """Return how well the words beside a handle fit the names: its address's, beside an id all."""
    words = [link.title for link in links] + [link.text for link in links if link.opaque]
    return max(fit(text, names) for text in words)


def _around(links: Sequence[ChannelLink], names: Sequence[str]) -> Iterable[OwnershipPart]:
    """Give what stands around the links of a profile that bears the name or an id alone.

    A block that asks to follow "us" is the company's word, and so is a list of networks that all
    bear its name. Neither says anything of a profile that bears another's name.
    """
    by_handle = max(fit(link.handle, names) for link in links)
    likeness = max(by_handle, _likeness_of_words(links, names))
    if likeness > by_handle:
        weight = round(0.40 * (likeness - by_handle), 2)
        yield OwnershipPart(name="its words fit the name", weight=weight)
    if likeness < _NOT_ITS_NAME and not all(link.opaque for link in links):
        return
    words = [text for link in links for text in (link.text, link.near)]
    if any(_FOLLOW_US.search(text) for text in words):
        yield OwnershipPart(name="its words ask to follow us", weight=0.30)
    elif likeness < _NOT_ITS_NAME and any(_FOLLOW.search(text) for text in words):
        yield OwnershipPart(name="its words ask to follow", weight=0.15)
    listed = [[fit(name, names) for name in link.beside] for link in links if link.beside]
    titled = any(link.title for link in links)
    if likeness >= _NOT_ITS_NAME and any(min(fits) >= _NOT_ITS_NAME for fits in listed):
        yield OwnershipPart(name="in a list of networks that bear the name", weight=0.20)
    # An id whose address bears a name beside it is that somebody's: /author/3354.Jane_Doe.
    elif not (likeness or titled) and any(max(fits) >= _ALIKE for fits in listed):
        yield OwnershipPart(name="beside a profile that fits the name", weight=0.20)


def _mentions(link: ChannelLink) -> bool:
    """Tell whether a link speaks of somebody: its words are a handle, an address, or its name.

    "Thanks to @somebody", what members write about themselves, a list of books with their writers.
    """
    named = bool(link.title) and fit(link.text, (link.title,)) >= _SAME
    in_text = link.area in (Area.MAIN, Area.ARTICLE)
    return in_text and (named or link.text.startswith(("@", "http")))


def _is_writers(link: ChannelLink) -> bool:
    """Tell whether a link that readers see stands with somebody else, such as an author."""
    return link.source is ChannelSource.LINK and _FOREIGN.search(link.context) is not None


def worth(link: ChannelLink) -> float:
    """Return what one place of a profile's link says by itself: its area, its way, its words."""
    weight = _PLACE[link.area] + _SOURCE[link.source]
    if link.source in _SEEN:
        if _FOLLOWING.search(link.context):
            weight += 0.15
        context = link.context
        if link.platform in _FUNDING:
            context = context.replace("sponsor", "")
        if _FOREIGN.search(context):
            weight -= 0.45
    # An address in a script has no place: whatever part of the page the script stands in.
    if link.source is ChannelSource.INLINE:
        weight = 0.10
    return round(weight, 2)
