"""How well a company keeps its profiles: what they say, where they lead, how they look."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from audit.measure.presence import CHANNELS
from audit.measure.spoken import language_of_words
from audit.measure.subject import Brief, Family, Subject, Values
from audit.measure.unmeasured import absent_after_a_look
from audit.model.catalogue import Catalogue
from audit.model.channel import Channel, Role
from audit.model.exchange import BY_HAND, Fetched
from audit.model.hygiene import NOT_KEPT, Flag, Hygiene, Words
from audit.model.metric import Metric, Phrase, Unit
from audit.model.profile import Profile, ProfilePart
from audit.model.result import CompanyResult
from audit.model.value import PROOFS, Absent, Evidence, Known, Number, Reason, Unknown

NOT_SHOWN = Unknown(reason=Reason.NOT_PUBLIC, detail="the page that was read does not show it")
NOT_VISITED = Unknown(reason=Reason.NOT_CHECKED, detail="its page was not visited")
NO_NAME = Unknown(reason=Reason.NOT_PUBLIC, detail="the profile goes by a number, not by a name")
NO_OTHER = Unknown(reason=Reason.TOO_LITTLE_DATA, detail="no other profile of a name to compare")
NO_USUAL = Unknown(reason=Reason.TOO_LITTLE_DATA, detail="no handle that most profiles share")
OF_ITS_OWN = Unknown(
    reason=Reason.NOT_CHECKED, detail="regional, product and other profiles have names of their own"
)
NO_LANGUAGE = Unknown(reason=Reason.TOO_LITTLE_DATA, detail="too few words to tell the language")

_EXCERPT = 200
_GONE = frozenset({"http-404", "http-410", "dns"})
"""Outcomes that prove an address to lead nowhere; any other failure may be gone tomorrow."""

_BEFORE_HOST = re.compile(r"https?://(?:www\.)?", re.I)
_BEHIND = re.compile(r"[?&](?:utm_\w{1,20}|fbclid|gclid|igshid)=[^&#]{0,500}")
_APART = re.compile(r"[._\-\s]+")
"""Signs that one platform allows in a handle and another does not."""

LEADS_HOME = Metric(
    id="hygiene.leads_home",
    title="Profiles that lead to the website",
    theme="Profiles",
    unit=Unit.SHARE,
    higher_is_better=True,
    definition="Share of the own profiles that were read and show where they lead, which give an "
    "address on the company's own site.",
    phrase=Phrase(unit="of the profiles lead to the website"),
)
SAME_HANDLE = Metric(
    id="hygiene.same_handle",
    title="Profiles with the usual handle",
    theme="Profiles",
    unit=Unit.SHARE,
    higher_is_better=True,
    definition="Share of the main profiles that were read and go by a name, whose handle is that "
    "of most of them; dots, hyphens and capitals do not count.",
    phrase=Phrase(unit="of the profiles have the usual handle"),
)
_FLAGS: Mapping[str, Callable[[Hygiene], Flag]] = {
    LEADS_HOME.id: lambda hygiene: hygiene.leads_home,
    SAME_HANDLE.id: lambda hygiene: hygiene.same_handle,
}
_METRICS: Mapping[str, Metric] = {metric.id: metric for metric in (LEADS_HOME, SAME_HANDLE)}


def with_hygiene(
    channels: Sequence[Channel], fetched: Iterable[Fetched], catalogue: Catalogue
) -> tuple[Channel, ...]:
    """Return the channels, each own one that was read with how well it is kept.

    `fetched` are the addresses that the visit asked for anyway. The words of a profile are kept in
    its hygiene alone, and of a person's profile, a listing and a candidate they are kept nowhere.
    """
    outcomes = {_place(each.url): each.outcome for each in fetched}
    usual = _Handles(channels, catalogue)
    return tuple(_kept(channel, outcomes, usual) for channel in channels)


def _kept(channel: Channel, outcomes: Mapping[str, str], usual: "_Handles") -> Channel:
    """Return a channel with its hygiene, its profile without words."""
    profile = channel.profile
    if isinstance(profile, Unknown):
        return replace(channel, hygiene=profile)
    bare = replace(channel, profile=replace(profile, about="", links=()))
    if channel.live is None:
        return replace(bare, hygiene=channel.unread or NOT_KEPT)
    if not _is_looked_at(channel):
        return bare
    return replace(bare, hygiene=_hygiene(channel, profile, outcomes, usual))


def _is_looked_at(channel: Channel) -> bool:
    """Tell whether a profile is the company's own, and no person's."""
    own = not channel.candidate and not channel.found.listing
    return own and channel.role is not Role.PERSON


def _hygiene(
    channel: Channel, profile: Profile, outcomes: Mapping[str, str], usual: "_Handles"
) -> Hygiene:
    """Return how well a profile is kept, as far as its page shows that."""
    biography = _words(profile, ProfilePart.BIOGRAPHY, profile.about)
    link = _words(profile, ProfilePart.LINK, _link(channel, profile))
    looks = _looks(profile)
    return Hygiene(
        biography=biography,
        language=_language(biography),
        link=link,
        leads_home=_leads_home(channel, profile, link),
        works=_works(link, outcomes),
        verified=looks[ProfilePart.VERIFIED],
        picture=looks[ProfilePart.PICTURE],
        cover=looks[ProfilePart.COVER],
        pinned=looks[ProfilePart.PINNED],
        same_handle=usual.same(channel),
    )


def _link(channel: Channel, profile: Profile) -> str:
    """Return the address that a profile gives: the one to the company's site before all others."""
    return channel.ownership.home or next(iter(profile.links), "")


def _words(profile: Profile, part: ProfilePart, words: str) -> Words:
    """Return a text with its proof; absent where the profile shows its place, and it is empty."""
    if words:
        return Known(value=words, evidence=_proof(profile, words))
    return Absent(evidence=profile.evidence[:1]) if part in profile.shows else NOT_SHOWN


def _looks(profile: Profile) -> Mapping[ProfilePart, Flag]:
    """Return which parts are there; that one is not is known only where the page shows it."""
    parts = {
        ProfilePart.VERIFIED: profile.verified,
        ProfilePart.PICTURE: profile.picture,
        ProfilePart.COVER: profile.cover,
        ProfilePart.PINNED: profile.pinned,
    }
    shown = {part: holds for part, holds in parts.items() if holds or part in profile.shows}
    words = ", ".join(f"{part}: {'yes' if holds else 'no'}" for part, holds in shown.items())
    proof = _proof(profile, words)
    return {
        part: Known(value=holds, evidence=proof) if part in shown else NOT_SHOWN
        for part, holds in parts.items()
    }


def _proof(profile: Profile, words: str) -> tuple[Evidence, ...]:
    """Return the evidence of a profile with other words of its page."""
    return tuple(replace(proof, excerpt=words[:_EXCERPT]) for proof in profile.evidence[:1])


def _language(biography: Words) -> Words:
    """Return the language of a biography; unknown where its words are too few to tell."""
    match biography:
        case Known(value=words, evidence=evidence):
            language = language_of_words(words)
            return Known(value=language, evidence=evidence) if language else NO_LANGUAGE
        case Absent() | Unknown():
            return biography


def _leads_home(channel: Channel, profile: Profile, link: Words) -> Flag:
    """Return whether a profile gives an address on the company's own site.

    Without any address it does not. One that leads elsewhere proves nothing where the page does not
    show all of them.
    """
    home = channel.ownership.links_back
    match link:
        case Known(evidence=evidence):
            shown = home or ProfilePart.LINK in profile.shows
            return Known(value=home, evidence=evidence) if shown else NOT_SHOWN
        case Absent(evidence=evidence):
            return Known(value=False, evidence=evidence)
        case Unknown():
            return link


def _works(link: Words, outcomes: Mapping[str, str]) -> Flag:
    """Return whether the address of a profile answers, where it was asked for anyway."""
    match link:
        case Known(value=url, evidence=evidence):
            outcome = outcomes.get(_place(url))
            if outcome in ("ok", "unchanged", BY_HAND):
                return Known(value=True, evidence=evidence)
            return Known(value=False, evidence=evidence) if outcome in _GONE else NOT_VISITED
        case Absent():
            return Unknown(reason=Reason.TOO_LITTLE_DATA, detail="the profile gives no address")
        case Unknown():
            return link


def _place(url: str) -> str:
    """Return what spellings of one address have in common, without marks of a campaign."""
    bare = _BEHIND.sub("", _BEFORE_HOST.sub("", url[:2_000], count=1).partition("#")[0])
    host, slash, path = bare.partition("/")
    return f"{host.casefold()}{slash}{path}".rstrip("/?&")


class _Handles:
    """The handles of a company's main profiles, and the one that most of them have."""

    def __init__(self, channels: Sequence[Channel], catalogue: Catalogue) -> None:
        self._ids = {
            rule.name: re.compile(rule.exact) for rule in catalogue.platforms if rule.exact
        }
        handles = (self._name(channel) for channel in channels if _compared(channel))
        counts = Counter(handle for handle in handles if handle)
        most = max(counts.values(), default=0)
        commonest = [handle for handle, count in counts.items() if count == most]
        self._several = counts.total() > 1
        self._usual = commonest[0] if most > 1 and len(commonest) == 1 else ""

    def same(self, channel: Channel) -> Flag:
        """Return whether a profile has the usual handle; unknown where there is no usual one."""
        if not _compared(channel):
            return OF_ITS_OWN
        name = self._name(channel)
        if not name:
            return NO_NAME
        if not self._several:
            return NO_OTHER
        if not self._usual:
            return NO_USUAL
        proof = tuple(
            replace(proof, excerpt=f"{channel.handle}; usual: {self._usual}"[:_EXCERPT])
            for proof in channel.evidence[:1]
        )
        return Known(value=name == self._usual, evidence=proof)

    def _name(self, channel: Channel) -> str:
        """Return a handle as a reader remembers it; empty for an id that bears no name.

        "@Acme_Pumps", "acme-pumps@social.example" and "acme-pumps.bsky.social" are one name: of a
        handle that is a domain the first label counts.
        """
        ids = self._ids.get(channel.platform)
        handle = channel.handle.strip("@/ ").casefold()
        if handle.isdecimal() or ":" in handle or (ids is not None and ids.search(channel.url)):
            return ""
        name = handle.partition("@")[0]
        if name.count(".") > 1 or _is_own_domain(channel, name):
            name = name.partition(".")[0]
        return _APART.sub("", name)


def _is_own_domain(channel: Channel, handle: str) -> bool:
    """Tell whether a handle is a domain that the profile leads to, as those of Bluesky may be."""
    places = (_place(url) for url in (channel.live.links if channel.live is not None else ()))
    return any(place.partition("/")[0] == handle for place in places)


def _compared(channel: Channel) -> bool:
    """Tell whether the handle of a profile should be the usual one: of a main profile, read."""
    return channel.live is not None and _is_looked_at(channel) and channel.role is Role.MAIN


def _of_company(brief: Brief) -> Values:
    """Return the shares of a company's profiles, as far as they are known.

    An unknown one is no measure that could be had: most platforms do not show every part.
    """
    shares = _shares(brief.visit.channels)
    return {name: share for name, share in shares.items() if isinstance(share, Known)}


def _shares(channels: Iterable[Channel]) -> Values:
    """Return the shares of a company's own profiles, or why unknown; none without a profile."""
    own = [channel for channel in channels if _is_looked_at(channel)]
    return {name: _share(own, flag) for name, flag in _FLAGS.items()} if own else {}


def _share(channels: Sequence[Channel], flag: Callable[[Hygiene], Flag]) -> Number:
    """Return the share of profiles for which something holds, of those for which it is known."""
    hygiene = [channel.hygiene for channel in channels]
    flags = [each if isinstance(each, Unknown) else flag(each) for each in hygiene]
    known = [each for each in flags if isinstance(each, Known)]
    if not known:
        return next((each for each in flags if isinstance(each, Unknown)), NOT_SHOWN)
    proofs = tuple(proof for each in known for proof in each.evidence[:1])[:PROOFS]
    return Known(value=sum(each.value for each in known) / len(known), evidence=proofs)


def _in_results(results: Sequence[CompanyResult]) -> Sequence[Metric]:
    """Return the metrics that are known of two companies: of one there is nothing to compare."""
    known = Counter(
        measure.metric
        for result in results
        for measure in result.measures
        if isinstance(measure.value, Known)
    )
    return [metric for name, metric in _METRICS.items() if known[name] > 1]


def _missing(result: CompanyResult, metric: Metric) -> Number:
    """Return why a share is unknown; for a company without a channel, that none was found."""
    nothing = absent_after_a_look(result, CHANNELS, "no public channel found")
    return _shares(result.channels).get(metric.id, nothing)


SUBJECT = Subject(
    name="hygiene",
    order=45,
    family=Family(of=_METRICS.get, in_results=_in_results, missing=_missing),
    of_company=_of_company,
    # It rests on profiles that were read, however the site is drawn.
    from_pages=False,
)
