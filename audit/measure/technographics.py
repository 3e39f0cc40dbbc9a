"""Which kinds of readers a company invites to take part, and what shows that they do.

The kinds are the rungs of Forrester's technographics ladder; what invites each of them is written
in `config/rules/ladder.yaml`, with its reasons.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from audit.measure.own_posts import own_sections
from audit.measure.subject import Brief
from audit.model.catalogue import Usage
from audit.model.channel import Channel
from audit.model.kinds import ActivityKind
from audit.model.ladder import Invitation, RoleRule, Rung, Sign, Trace, Way
from audit.model.site import Activity, Feature, Post, State
from audit.model.value import PROOFS, Absent, Known, Number, Qualifier, Reason, Unknown

_NEWEST = (ActivityKind.LAST_POST, ActivityKind.LAST_CHANGE, ActivityKind.LAST_EPISODE)
"""Activities that tell when the newest entry of a feature was made."""


def ladder(brief: Brief) -> tuple[Rung, ...]:
    """Return the rungs of a company, in the order of the ladder; none where no site was reached."""
    if isinstance(brief.visit.start, Unknown):
        return ()
    return tuple(_rung(rule, brief) for rule in brief.context.catalogue.ladder)


def _rung(rule: RoleRule, brief: Brief) -> Rung:
    """Return one role: what invites it, and the most telling sign that it takes part."""
    ways = tuple(way for line in rule.invites if (way := _way(line, brief)) is not None)
    invited = _invited(rule, ways, brief)
    observed = _observed(rule, invited, ways, brief)
    return Rung(role=rule.role, invited=invited, ways=ways, observed=observed)


# ---- invited ----


def _way(line: Invitation, brief: Brief) -> Way | None:
    """Return a way of taking part where the company offers it; None where it was not met."""
    if line.place in ("kind", "platform"):
        met: Sequence[Channel | Feature] = _profiles(line, brief)
        found = tuple(sorted({each.platform for each in met if isinstance(each, Channel)}))
    else:
        known = _features(line, brief.visit.features, State.KNOWN)
        met, found = [each for each in known if _is_told(line, each)], (line.name,)
    if not met:
        return None
    proofs = tuple(proof for each in met for proof in each.evidence[:1])[:PROOFS]
    return Way(place=line.place, name=line.name, because=line.because, found=found, evidence=proofs)


def _features(line: Invitation | Trace, features: Iterable[Feature], state: State) -> list[Feature]:
    """Return the features that a line names, in a state."""
    usage = Usage.SUPPLIES if line.place == "supplies" else Usage.USES
    name = line.of if isinstance(line, Trace) else line.name
    return [
        feature
        for feature in features
        if (feature.feature, feature.state, feature.direction) == (name, state, usage)
    ]


def _is_told(line: Invitation, feature: Feature) -> bool:
    """Tell whether a feature is what a line asks for, such as a wiki that readers may edit."""
    return not line.told or feature.detail == line.told


def _untold(line: Invitation, features: Iterable[Feature]) -> list[Feature]:
    """Return the features that are there, while it was not seen that they invite."""
    known = _features(line, features, State.KNOWN)
    return [] if any(_is_told(line, each) for each in known) else known


def _own(brief: Brief) -> list[Channel]:
    """Return the profiles that are the company's own and not dead."""
    return [channel for channel in brief.visit.channels if channel.is_own]


def _profiles(line: Invitation, brief: Brief) -> list[Channel]:
    """Return the company's own profiles on a platform, or on a kind of them."""
    if line.place == "platform":
        return [channel for channel in _own(brief) if channel.platform == line.name]
    return _of_kind(line.name, brief)


def _of_kind(kind: str, brief: Brief) -> list[Channel]:
    """Return the company's own profiles on platforms of a kind."""
    platforms = {rule.name for rule in brief.context.catalogue.platforms if rule.kind == kind}
    return [channel for channel in _own(brief) if channel.platform in platforms]


def _invited(rule: RoleRule, ways: Sequence[Way], brief: Brief) -> Number:
    """Count the ways; at least so many where one could not be looked for."""
    features = brief.visit.features
    unread = [
        feature for line in rule.invites for feature in _features(line, features, State.UNKNOWN)
    ]
    unread += [feature for line in rule.invites for feature in _untold(line, features)]
    if not ways and unread:
        first = unread[0]
        if first.state is State.KNOWN:
            return Unknown(reason=Reason.NOT_PUBLIC, detail=f"who may write in its {first.feature}")
        return Unknown(reason=first.reason or Reason.NOT_CHECKED, detail=first.detail)
    proofs = tuple(proof for way in ways for proof in way.evidence[:1])[:PROOFS]
    marks = (Qualifier.TRUNCATED,) if unread else ()
    return Known(value=len(ways), evidence=proofs or brief.proof, qualifiers=marks)


# ---- observed ----


def _observed(
    rule: RoleRule, invited: Number, ways: Sequence[Way], brief: Brief
) -> Sign | Absent | Unknown:
    """Return the first sign of a role that was counted in public.

    Absent where nothing invites the role; unknown where that is not known, and where something does
    and nothing is counted.
    """
    invited_in = frozenset(place for way in ways for place in way.found)
    signs = (sign for line in rule.shows for sign in _signs(line, invited_in, brief))
    if (first := next(signs, None)) is not None:
        return first
    if isinstance(invited, Unknown):
        return invited
    if isinstance(invited, Known) and not invited.value:
        return Absent(evidence=brief.proof, detail="nothing that invites them was found")
    return Unknown(reason=Reason.NOT_PUBLIC, detail="no count of what they do is public")


def _signs(line: Trace, invited_in: frozenset[str], brief: Brief) -> Iterator[Sign]:
    """Yield the signs that a line names; one of nothing is none."""
    if line.place == "activity":
        signs = _of_activity(line, brief.visit.features)
    elif line.place == "reaction":
        signs = _of_reactions(line, invited_in, brief)
    else:
        signs = _of_audience(line, brief)
    yield from (sign for sign in signs if sign.value > 0)


def _of_activity(line: Trace, features: Iterable[Feature]) -> Iterator[Sign]:
    """Yield what was counted in a feature, with the time of its newest entry."""
    for feature in _features(line, features, State.KNOWN):
        for activity in feature.activity:
            if activity.kind.value == line.name and not isinstance(activity.value, datetime):
                yield Sign(
                    what=line.name,
                    of=feature.feature,
                    value=activity.value,
                    at=_newest(feature.activity),
                    at_least=activity.at_least,
                    evidence=(activity.evidence,),
                )


def _newest(activities: Iterable[Activity]) -> datetime | None:
    """Return when the newest entry of a feature was made; None where nothing tells."""
    times = (each.value for each in activities if each.kind in _NEWEST)
    return max((at for at in times if isinstance(at, datetime)), default=None)


def _of_reactions(line: Trace, invited_in: frozenset[str], brief: Brief) -> Iterator[Sign]:
    """Yield how often the company's own posts of the window met a reaction, all together.

    Only posts of places that invite the role count: a like on a network shows no reader of a blog.
    """
    start = brief.context.window.start
    counts: list[tuple[int, Post]] = []
    cut = False
    for section in own_sections(brief):
        if section.channel not in invited_in:
            continue
        cut = cut or section.truncated
        for post in section.posts:
            number = sum(each.count for each in post.interactions if each.reaction == line.name)
            if number and post.counted_at is not None and post.counted_at >= start:
                counts.append((number, post))
    if counts:
        newest = max(counts, key=lambda pair: (pair[1].counted_at or start, pair[1].url))[1]
        largest = sorted(counts, key=lambda pair: (-pair[0], pair[1].url))[:PROOFS]
        yield Sign(
            what=line.name,
            of="",
            value=sum(number for number, _ in counts),
            at=newest.counted_at,
            at_least=cut,
            evidence=tuple(post.evidence for _, post in largest),
        )


def _of_audience(line: Trace, brief: Brief) -> Iterator[Sign]:
    """Yield the largest audience among the company's profiles on a kind of platform."""
    sizes = [
        (channel.followers, channel)
        for channel in _of_kind(line.name, brief)
        if isinstance(channel.followers, Known)
    ]
    if sizes:
        size, channel = max(sizes, key=lambda pair: (pair[0].value, pair[1].url))
        yield Sign(
            what=channel.audience,
            of=channel.platform,
            value=size.value,
            at=None,
            at_least=Qualifier.TRUNCATED in size.qualifiers,
            evidence=size.evidence[:PROOFS] or channel.evidence,
            exact=size.exact,
            by_hand=Qualifier.MANUAL in size.qualifiers,
        )
