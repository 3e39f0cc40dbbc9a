"""What a company has: features of its site, channels, languages; and what of it is broken."""

from collections.abc import Iterable, Sequence

from audit.measure.subject import Brief, Subject, Values
from audit.model.catalogue import Usage
from audit.model.channel import Channel
from audit.model.metric import Metric, Phrase, Unit
from audit.model.site import Feature, State, counted_features
from audit.model.value import PROOFS, Evidence, Known, Number, Qualifier, Reason, Unknown
from audit.model.visit import Visit, unread_site

FEATURES = Metric(
    id="presence.features",
    title="Website features",
    theme="Presence",
    unit=Unit.COUNT,
    higher_is_better=True,
    definition="Kinds of features seen on the company's website, each counted once.",
    phrase=Phrase(unit="website features", one="website feature"),
)
SUPPLIED = Metric(
    id="presence.supplied",
    title="Things offered to others",
    theme="Presence",
    unit=Unit.COUNT,
    higher_is_better=True,
    definition="Kinds of things that others can install, embed or call: apps, widgets, public "
    "interfaces. A feed is none.",
    phrase=Phrase(unit="things offered to others", one="thing offered to others"),
)
CHANNELS = Metric(
    id="presence.channels",
    title="Channels there",
    theme="Presence",
    unit=Unit.COUNT,
    higher_is_better=True,
    definition="Profiles on public platforms that are the company's own, platforms counted once.",
    phrase=Phrase(unit="channels", one="channel", after=" of their own"),
)
CANDIDATES = Metric(
    id="presence.candidates",
    title="Profiles perhaps theirs",
    theme="Presence",
    unit=Unit.COUNT,
    higher_is_better=None,
    definition="Profiles that may be the company's, but are not proved to be.",
    phrase=Phrase(unit="profiles perhaps theirs", one="profile perhaps theirs"),
)
BROKEN = Metric(
    id="presence.broken",
    title="Broken or dead social links",
    theme="Presence",
    unit=Unit.COUNT,
    higher_is_better=False,
    definition="Profiles named on the company's website that are dead, renamed, somebody else's, "
    "or silent for more than 90 days.",
    phrase=Phrase(unit="broken or dead social links", one="broken or dead social link"),
)
LANGUAGES = Metric(
    id="presence.languages",
    title="Languages of the site",
    theme="Presence",
    unit=Unit.COUNT,
    higher_is_better=None,
    definition="Languages of the pages read, and those that they name as their other versions.",
    phrase=Phrase(unit="languages", one="language"),
)


def _of_company(brief: Brief) -> Values:
    """Return the counts of what the visit has met; `brief.proof` shows that there was a look."""
    visit, proof = brief.visit, brief.proof
    return {
        FEATURES.id: _kinds(visit, Usage.USES, proof),
        SUPPLIED.id: _kinds(visit, Usage.SUPPLIES, proof),
        CHANNELS.id: _channels(visit, proof),
        CANDIDATES.id: _candidates(visit.channels, proof),
        BROKEN.id: _broken(visit.channels, proof),
        LANGUAGES.id: _languages(visit.languages, proof),
    }


def _languages(languages: Sequence[str], proof: tuple[Evidence, ...]) -> Number:
    """Count the languages of a site; unknown where no page says its own, as each has one."""
    if not languages:
        return Unknown(reason=Reason.TOO_LITTLE_DATA, detail="no page says its language")
    return Known(value=len(languages), evidence=proof)


def _lost_pages(visit: Visit) -> tuple[Unknown, ...]:
    """Return why half of the website or more could not be read, if so."""
    return tuple(
        Unknown(reason=note.reason, detail=note.detail) for note in unread_site(visit.notes)
    )


def _kinds(visit: Visit, usage: Usage, proof: tuple[Evidence, ...]) -> Number:
    """Count kinds of features, each once.

    At least so many where of some it could not be told whether they are there, or where half of
    the pages could not be read; where none was seen beside those, the count is unknown, no zero.
    """
    listed = list(visit.features)
    counted = counted_features(listed, usage)
    kinds = {feature.feature for feature in counted}
    unsure = [
        Unknown(reason=feature.reason, detail=feature.detail)
        for feature in counted_features(listed, usage, State.UNKNOWN)
        if feature.reason is not None
    ]
    unsure += _lost_pages(visit)
    if unsure and not counted:
        return unsure[0]
    marks = (Qualifier.TRUNCATED,) if unsure else ()
    return Known(value=len(kinds), evidence=_first_proofs(counted) or proof, qualifiers=marks)


def _channels(visit: Visit, proof: tuple[Evidence, ...]) -> Number:
    """Count the platforms with a profile of the company's own; a dead one is none.

    At least so many where half of the website, which link them, could not be read.
    """
    own = [channel for channel in visit.channels if channel.is_own]
    platforms = {channel.platform for channel in own}
    # That they are there is proved by who named them, and not by how each was read.
    named = tuple(
        found for channel in own for found in (channel.found.evidence or channel.evidence)[:1]
    )
    marks = (Qualifier.TRUNCATED,) if _lost_pages(visit) else ()
    return Known(value=len(platforms), evidence=named[:PROOFS] or proof, qualifiers=marks)


def _candidates(channels: Iterable[Channel], proof: tuple[Evidence, ...]) -> Number:
    """Count the profiles that are not proved to be the company's; a listing is no profile."""
    candidates = [each for each in channels if each.candidate and not each.found.listing]
    return Known(value=len(candidates), evidence=_first_proofs(candidates) or proof)


def _first_proofs(findings: Iterable[Channel | Feature]) -> tuple[Evidence, ...]:
    """Return the first piece of evidence of each channel or feature, `PROOFS` at most."""
    return tuple(proof for finding in findings for proof in finding.evidence[:1])[:PROOFS]


def _broken(channels: Iterable[Channel], proof: tuple[Evidence, ...]) -> Number:
    """Count profiles that break their promise; at least so many where some are unread.

    Where no own profile could be read and none is known to be broken, nothing can be said at all.
    """
    listed = list(channels)
    broken = [channel for channel in listed if channel.promises]
    own = [channel for channel in listed if not channel.candidate]
    unread = [
        channel for channel in own if channel.state is not State.KNOWN and not channel.promises
    ]
    if own and len(unread) == len(own) and not broken:
        return first_reason(own)
    evidence = tuple(channel.evidence[0] for channel in broken if channel.evidence)[:PROOFS]
    marks = (Qualifier.TRUNCATED,) if unread else ()
    return Known(value=len(broken), evidence=evidence or proof, qualifiers=marks)


def first_reason(channels: Iterable[Channel]) -> Unknown:
    """Return why none of some channels could be read: the reason of the first."""
    for channel in channels:
        if isinstance(channel.last_post, Unknown):
            return channel.last_post
    return Unknown(reason=Reason.NOT_PUBLIC, detail="no list of posts is public")


SUBJECT = Subject(
    name="presence",
    order=10,
    metrics=(FEATURES, SUPPLIED, CHANNELS, CANDIDATES, BROKEN, LANGUAGES),
    of_company=_of_company,
)
