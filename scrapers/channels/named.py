"""Decide which of the profiles that a site names are the company's own, with the reasons."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

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
from audit.model.company import Company
from audit.model.facts import ChannelLink, ChannelSource
from audit.model.site import Section
from audit.model.visit import Note
from scrapers.channels.articles import is_about_another
from scrapers.channels.ownership import (
    BEATEN,
    LISTED,
    LISTINGS,
    OUTSIDE,
    RIVAL_LEAD,
    THRESHOLD,
    WORTH_A_LOOK,
    Scored,
    scored,
    worth,
)
from scrapers.channels.roles import role_of
from scrapers.channels.sightings import Sightings, sight
from scrapers.errand import Errand
from scrapers.page.names import fit
from scrapers.page.rules import Rules
from scrapers.site.conclusion import VisitedSite

_BEARS_NAME = 0.8
"""From this likeness on a handle bears a name."""

MAX_PLACES = 5
"""Pages and pieces of evidence that are kept of where a profile is named."""


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


@dataclass(frozen=True, slots=True)
class _Lead:
    """The best profile of a platform by its key, its score, and the score of the next one."""

    key: str = ""
    score: float = 0.0
    next_score: float = 0.0

    def beside(self, key: str) -> float:
        """Return the best score that another profile of the platform than this one has."""
        return self.next_score if key == self.key else self.score


async def named_channels(errand: Errand, site: VisitedSite) -> Channels:
    """Decide which channels a site names, before any profile is opened.

    Raises:
        OverrunError: deciding took more time or memory than a site may.
    """
    sightings = await errand.readers.run(sight, errand.company, site.pages)
    return Channels(sightings, decide_channels(errand.company, sightings, errand.rules))


def decide_channels(
    company: Company,
    sightings: Sightings,
    rules: Rules,
    elsewhere: Sequence[ChannelLink] = (),
) -> tuple[Channel, ...]:
    """Decide ownership of every profile found; own ones first, then by platform as catalogued.

    `elsewhere` are profiles named outside the site: by Wikidata, WebFinger or other profiles. A
    platform that the file says to ignore (`channel.pinterest`) gives no channel.
    """
    places, names = _places(sightings, elsewhere, rules), sightings.names
    scores = {key: scored(links, sightings, rules) for key, links in places.items()}
    leads = _leads(scores, places)
    ignored = {entry.finding for entry in company.ignore}
    channels = [
        _channel(
            links,
            _ownership(links, scores[key], leads[links[0].platform].beside(key), names),
            rules,
        )
        for key, links in places.items()
        if f"channel.{links[0].platform}" not in ignored
    ]
    code = _code_of_their_own(channels, rules)
    likely = (
        channel
        for channel in channels
        if _is_worth_telling(channel) and not _is_others_code(channel, code, names)
    )
    return tuple(sorted(likely, key=rank_among(rules.platforms.kinds)))


def _places(
    sightings: Sightings, elsewhere: Sequence[ChannelLink], rules: Rules
) -> Mapping[str, Sequence[ChannelLink]]:
    """Return the links of each profile by its key, on the site and elsewhere.

    An encyclopedia's articles on other things than the company are left out.
    """
    places = {links[0].key: list(links) for links in sightings.places}
    for link in elsewhere:
        places.setdefault(link.key, []).append(link)
    kinds, names = rules.platforms.kinds, sightings.names
    return {
        key: links
        for key, links in places.items()
        if not is_about_another(links, kinds.get(links[0].platform, ""), names)
    }


def _is_worth_telling(channel: Channel) -> bool:
    """Tell whether a profile may be the company's at all, or is a page about it.

    Hundreds of others are linked on some sites: those of contributors, employees, customers.
    """
    if not channel.candidate or channel.found.listing:
        return True
    return channel.role is not Role.PERSON and channel.ownership.score >= WORTH_A_LOOK


def _code_of_their_own(channels: Iterable[Channel], rules: Rules) -> frozenset[str]:
    """Return the platforms for code on which an account is surely the company's."""
    own = {channel.platform for channel in channels if not channel.candidate}
    return frozenset(name for name in own if rules.platforms.kinds.get(name) == "code")


def _is_others_code(channel: Channel, code: Collection[str], names: Sequence[str]) -> bool:
    """Tell whether an account beside the company's own keeps the code of somebody else.

    Sites link what they are built with, who pays for it, and who writes for it; an account that is
    theirs too bears their name.
    """
    beside = channel.candidate and channel.platform in code
    return beside and fit(channel.found.handle, names) < _BEARS_NAME


def rank_among(platforms: Collection[str]) -> Callable[[Channel], tuple[bool, int, float]]:
    """Return by what channels are sorted: candidates last, by platform, the surest first.

    `platforms` are the names of all in the order of the catalogue; others come after them.
    """
    order = {name: place for place, name in enumerate(platforms)}
    return lambda channel: (
        channel.candidate,
        order.get(channel.platform, len(order)),
        -channel.ownership.score,
    )


def _leads(
    scores: Mapping[str, Scored], places: Mapping[str, Sequence[ChannelLink]]
) -> Mapping[str, _Lead]:
    """Return the best profile of each platform; of equal ones that which was met first."""
    leads: dict[str, _Lead] = {}
    for key, links in places.items():
        platform, (score, _) = links[0].platform, scores[key]
        lead = leads.get(platform, _Lead())
        if not lead.key or score > lead.score:
            leads[platform] = _Lead(key, score, lead.score)
        else:
            leads[platform] = _Lead(lead.key, lead.score, max(lead.next_score, score))
    return leads


def _ownership(
    links: Sequence[ChannelLink], by_itself: Scored, rival: float, names: Sequence[str]
) -> Ownership:
    """Judge by the site alone; a profile far behind another of its platform is a candidate.

    `by_itself` is what speaks for the profile without a look at the others, `rival` the best score
    among these.
    """
    score, parts = by_itself
    # A meta tag alone is too little beside a profile that is surely theirs; one far behind loses to
    # the tag's, so that the two never beat each other.
    only_meta = all(link.source is ChannelSource.META for link in links)
    outdone = only_meta and rival >= THRESHOLD and score - rival <= RIVAL_LEAD
    beaten = rival - score > RIVAL_LEAD or outdone
    if beaten:
        parts = (*parts, OwnershipPart(name=BEATEN, weight=0.0))
    listed = any(part.name == LISTED for part in parts)
    candidate = score < THRESHOLD or beaten or listed
    role = role_of(max(links, key=worth), links, names)
    return Ownership(score=score, parts=parts, candidate=candidate, role=role)


def _channel(links: Sequence[ChannelLink], ownership: Ownership, rules: Rules) -> Channel:
    """Put together what is known of a profile before it is opened.

    One on a platform that is no more (Google+) is never opened: a link to it leads nowhere.
    """
    best = max(links, key=worth)
    closed = best.platform in rules.platforms.dead
    return Channel(
        found=FoundChannel(
            platform=best.platform,
            url=best.url,
            handle=best.handle,
            found_on=_found_on(links),
            evidence=tuple(dict.fromkeys(link.evidence for link in links))[:MAX_PLACES],
            listing=rules.platforms.kinds.get(best.platform, "") in LISTINGS,
            key=best.key,
        ),
        ownership=ownership,
        profile=CLOSED if closed else NOT_READ,
        newest_post=CLOSED if closed else NOT_READ,
        promises=(Promise.DEAD,) if closed and not ownership.candidate else (),
    )


def _found_on(links: Sequence[ChannelLink]) -> tuple[str, ...]:
    """Return the pages of the site that name the profile.

    What Wikidata or another profile says is evidence, and no place on the site. The own domain's
    answer (WebFinger) counts as a page.
    """
    on_site = (link.evidence.url for link in links if link.source not in OUTSIDE)
    return tuple(dict.fromkeys(on_site))[:MAX_PLACES]
