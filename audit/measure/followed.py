"""Follow channels from one run to the next: first seen, renamed, and what was known before."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from audit.model.channel import Channel, Promise
from audit.model.profile import ProfileFigure
from audit.model.result import CompanyResult
from audit.model.site import State
from audit.model.value import Absent, Known, Moment, Number, Qualifier, Reason, Unknown

KEPT_HANDLES = 5


def followed(
    channels: Sequence[Channel], earlier: CompanyResult | None, as_of: datetime
) -> tuple[Channel, ...]:
    """Each channel with what an earlier run knew of it.

    A channel is the same where the platform's own id is, or the address it has or was found by.
    """
    before = earlier.channels if earlier is not None else ()
    known: dict[str, Channel] = {}
    for each in before:
        for key in keys_of(each):
            known.setdefault(key, each)
    return tuple(_followed(one, _known(one, known), as_of) for one in channels)


def keys_of(channel: Channel) -> list[str]:
    """The names by which a channel is known again, the surest first."""
    addresses = dict.fromkeys((channel.url.casefold(), channel.named_as.casefold()))
    keys = [f"{channel.platform} {each}" for each in addresses if each]
    account = [f"{channel.platform} #{channel.account}"] if channel.account else []
    return [*account, *keys]


def _known(channel: Channel, known: Mapping[str, Channel]) -> Channel | None:
    return next((known[key] for key in keys_of(channel) if key in known), None)


def _followed(channel: Channel, before: Channel | None, as_of: datetime) -> Channel:
    if before is None:
        return replace(channel, first_seen=as_of)
    then = replace(
        channel,
        first_seen=before.first_seen or as_of,
        account=channel.account or before.account,
        former=_handles(channel, before),
    )
    if Promise.DEAD in channel.promises:
        return then
    return _with_old(_drifted(then, before), before)


def _handles(channel: Channel, before: Channel) -> tuple[str, ...]:
    """Every other handle that the channel went by; one that it has now is not a former one."""
    handles = (*channel.former, *before.former)
    if channel.state is State.KNOWN and before.state is State.KNOWN:
        handles = (*handles, before.handle)
    mine = channel.handle.casefold()
    kept = {each.casefold(): each for each in handles if each.casefold() != mine}
    return tuple(kept.values())[:KEPT_HANDLES]


def _with_old(channel: Channel, before: Channel) -> Channel:
    """An audience that was known and cannot be read now: the old figure stays, as an old one."""
    if not isinstance(channel.followers, Unknown):
        return channel
    return replace(channel, previous=_measured(before.followers) or before.previous)


def _drifted(channel: Channel, before: Channel) -> Channel:
    """What the page held last time and does not hold now, though it came: its layout has changed.

    A wall, a refusal or a figure that the owner hides is no drift.
    """
    figures = {each.count: each.value for each in before.figures}
    whole = channel.state is not State.KNOWN and channel.reason is Reason.BAD_CONTENT
    read_before = before.state is State.KNOWN or before.previous is not None
    old = _measured(before.followers) or before.previous
    followers = _drift(channel.followers, old)
    return replace(
        channel,
        followers=followers,
        last_post=_silenced(channel.last_post, before.last_post),
        figures=tuple(
            ProfileFigure(count=each.count, value=_drift(each.value, figures.get(each.count)))
            for each in channel.figures
        ),
        reason=Reason.DRIFT if whole and read_before else channel.reason,
        detail=_words(followers) or channel.detail if whole and read_before else channel.detail,
    )


def _measured(value: Number | None) -> Known[int] | Known[float] | None:
    """A figure that the program itself has read."""
    if not isinstance(value, Known) or Qualifier.MANUAL in value.qualifiers:
        return None
    return value


def _drift(now: Number, before: Number | None) -> Number:
    old = _measured(before)
    if old is None or not isinstance(now, Unknown) or now.reason is not Reason.BAD_CONTENT:
        return now
    day = max((each.fetched_at for each in old.evidence), default=None)
    when = f" on {day:%Y-%m-%d}" if day else ""
    return Unknown(reason=Reason.DRIFT, detail=f"it was {old.value:,}{when}; {now.detail}")


def _silenced(now: Moment, before: Moment) -> Moment:
    """A list of posts that had some and cannot be read, or is said to be empty now."""
    if not isinstance(before, Known):
        return now
    empty = isinstance(now, Absent)
    if empty or (isinstance(now, Unknown) and now.reason is Reason.BAD_CONTENT):
        detail = f"a post of {before.value:%Y-%m-%d} was read before, and none now"
        return Unknown(reason=Reason.DRIFT, detail=detail)
    return now


def _words(value: Number) -> str:
    return value.detail if isinstance(value, Unknown) else ""
