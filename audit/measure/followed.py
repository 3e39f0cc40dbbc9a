"""Follow channels from one run to the next: first seen, renamed, taken over, known before."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from audit.model.channel import (
    CONFIGURED,
    Channel,
    ChannelHistory,
    Drift,
    OwnershipPart,
    Promise,
)
from audit.model.profile import ProfileFigure
from audit.model.result import CompanyResult
from audit.model.site import State
from audit.model.value import Absent, Known, Moment, Number, Qualifier, Reason, Unknown

TAKEN_OVER = OwnershipPart(name="another account than in an earlier run", weight=-0.60)
"""What it says of a profile that the platform's id under its handle has changed."""

OWN = 0.5
"""From this ownership on a profile is the company's own."""

KEPT_HANDLES = 5
"""Other handles of a channel that are remembered at most."""


def followed(
    channels: Sequence[Channel], earlier: CompanyResult | None, as_of: datetime
) -> tuple[Channel, ...]:
    """Return each channel with its history: what an earlier run knew of it.

    A channel is the same where the platform's own id is, or the address it has or was found by: so
    a handle may change and the channel stays. A handle under which the platform has another id now
    is another account: it is new, and less surely the company's. Without an earlier run all are
    first seen at `as_of`.
    """
    known: dict[str, Channel] = {}
    for channel in earlier.channels if earlier is not None else ():
        for key in keys_of(channel):
            known.setdefault(key, channel)
    return tuple(_followed(channel, known, as_of) for channel in channels)


def _followed(channel: Channel, known: Mapping[str, Channel], as_of: datetime) -> Channel:
    """Return a channel with its history; one that took another's handle, judged anew."""
    met = [known[key] for key in keys_of(channel) if key in known]
    before = next((other for other in met if not is_another(channel, other)), None)
    followed_channel = replace(channel, history=_history(channel, before, as_of))
    # The account that took a handle over is no less a stranger a run later.
    stranger = met and (before is None or before.ownership.has(TAKEN_OVER.name))
    return _taken_over(followed_channel) if stranger else followed_channel


def is_another(channel: Channel, before: Channel) -> bool:
    """Tell whether the platform's own ids say that two channels are two accounts.

    A number and a name are two kinds of id, of which one account may have both.
    """
    now, then = channel.account, before.account
    return bool(now and then) and now != then and now.isdecimal() == then.isdecimal()


def _taken_over(channel: Channel) -> Channel:
    """Return a channel whose handle was another account's, as somebody else's until proved.

    What leads back to the company's site, or a person has named, is the company's all the same: it
    may have begun anew under its old handle.
    """
    whose = channel.ownership
    if whose.links_back or whose.has(CONFIGURED):
        return channel
    score = round(max(0.0, whose.score + TAKEN_OVER.weight), 2)
    judged = replace(
        whose,
        score=score,
        parts=(*whose.parts, TAKEN_OVER),
        candidate=whose.candidate or score < OWN,
    )
    promised = bool(channel.found.found_on) and not whose.candidate
    foreign = (Promise.FOREIGN,) if promised and judged.candidate else ()
    return replace(
        channel,
        ownership=judged,
        promises=tuple(dict.fromkeys((*foreign, *channel.promises))),
    )


def keys_of(channel: Channel) -> list[str]:
    """Return the names by which a channel is known again, the surest first.

    Such as `github #4711`, then `github https://github.com/acme`.
    """
    addresses = [channel.address_key, channel.found.address_key]
    # Histories from before November 2026 have the address alone.
    if not channel.found.key:
        addresses += [channel.url, channel.found.url]
    keys = [f"{channel.platform} {address}" for address in dict.fromkeys(addresses) if address]
    account = [f"{channel.platform} #{channel.account}"] if channel.account else []
    return [*account, *keys]


def _history(channel: Channel, before: Channel | None, as_of: datetime) -> ChannelHistory:
    """Return what is known of a channel from before; of a dead one, not what it has lost."""
    if before is None:
        return replace(channel.history, first_seen=as_of)
    history = replace(
        channel.history,
        first_seen=before.history.first_seen or as_of,
        account=channel.account or before.account,
        former=_handles(channel, before),
    )
    if Promise.DEAD in channel.promises:
        return history
    history = replace(history, drift=_drift(channel, before))
    followers = replace(channel, history=history).followers
    if not isinstance(followers, Unknown):
        return history
    return replace(history, previous=_measured(before.followers) or before.history.previous)


def _handles(channel: Channel, before: Channel) -> tuple[str, ...]:
    """Return every other handle that the channel went by, without the one that it has now."""
    handles = (*channel.history.former, *before.history.former)
    if channel.state is State.KNOWN and before.state is State.KNOWN:
        handles = (*handles, before.handle)
    current = channel.handle.casefold()
    kept = {handle.casefold(): handle for handle in handles if handle.casefold() != current}
    return tuple(kept.values())[:KEPT_HANDLES]


def _drift(channel: Channel, before: Channel) -> Drift:
    """Return what the page held last time and does not hold now, though it came.

    Its layout has changed. A wall, a refusal or a figure that the owner hides is no drift.
    """
    earlier_figures = {figure.count: figure.value for figure in before.figures}
    old = _measured(before.followers) or before.history.previous
    followers = _lost(channel.followers, old)
    return Drift(
        profile=_lost_page(channel, before, followers),
        followers=followers,
        last_post=_silenced(channel.last_post, before.last_post),
        figures=tuple(
            ProfileFigure(count=figure.count, value=lost)
            for figure in channel.figures
            if (lost := _lost(figure.value, earlier_figures.get(figure.count))) is not None
        ),
    )


def _lost_page(channel: Channel, before: Channel, followers: Unknown | None) -> Unknown | None:
    """Return the reason for a page that was read before and cannot be read at all now."""
    unread = channel.unread
    if unread is None or unread.reason is not Reason.BAD_CONTENT:
        return None
    if before.state is not State.KNOWN and before.history.previous is None:
        return None
    audience = channel.followers if followers is None else followers
    # The old audience, which the detail of a lost one tells, says more than that nothing was read.
    words = audience.detail if isinstance(audience, Unknown) else ""
    return Unknown(reason=Reason.DRIFT, detail=words or unread.detail)


def _measured(value: Number | None) -> Known[int] | Known[float] | None:
    """Return a figure that the program itself has fetched; None for a person's and for none."""
    by_person = {Qualifier.MANUAL, Qualifier.SAVED}
    if not isinstance(value, Known) or by_person.intersection(value.qualifiers):
        return None
    return value


def _lost(now: Number, before: Number | None) -> Unknown | None:
    """Return the reason for a figure that was read before and is not on the page now, if it is so.

    Its detail tells the old figure: "it was 1,200 on 2026-08-01; …".
    """
    old = _measured(before)
    # Readers say `bad-content` of a page that came and is not built as it was, and of no other.
    if old is None or not isinstance(now, Unknown) or now.reason is not Reason.BAD_CONTENT:
        return None
    day = max((proof.fetched_at for proof in old.evidence), default=None)
    when = f" on {day:%Y-%m-%d}" if day else ""
    return Unknown(reason=Reason.DRIFT, detail=f"it was {old.value:,}{when}; {now.detail}")


def _silenced(now: Moment, before: Moment) -> Unknown | None:
    """Return the reason for a list that had posts and cannot be read, or is said to be empty.

    None where there were no posts, or there still are.
    """
    if not isinstance(before, Known):
        return None
    empty = isinstance(now, Absent)
    if empty or (isinstance(now, Unknown) and now.reason is Reason.BAD_CONTENT):
        detail = f"a post of {before.value:%Y-%m-%d} was read before, and none now"
        return Unknown(reason=Reason.DRIFT, detail=detail)
    return None
