"""Follow channels from one run to the next: first seen, renamed, and what was known before."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from audit.model.presence import Channel, Promise, State
from audit.model.result import CompanyResult
from audit.model.value import Known, Reason, Unknown

KEPT_HANDLES = 5


def followed(
    channels: Sequence[Channel], earlier: CompanyResult | None, as_of: datetime
) -> tuple[Channel, ...]:
    """Each channel with what an earlier run knew of it.

    A channel is the same where the platform's own id is, or else the address.
    """
    before = earlier.channels if earlier is not None else ()
    known = {key: each for each in before for key in _keys(each)}
    return tuple(_followed(each, _known(each, known), as_of) for each in channels)


def _keys(channel: Channel) -> list[str]:
    keys = [f"{channel.platform} {channel.url.casefold()}"]
    if channel.account:
        keys.append(f"{channel.platform} #{channel.account}")
    return keys


def _known(channel: Channel, known: Mapping[str, Channel]) -> Channel | None:
    return next((known[key] for key in reversed(_keys(channel)) if key in known), None)


def _followed(channel: Channel, before: Channel | None, as_of: datetime) -> Channel:
    if before is None:
        return replace(channel, first_seen=as_of)
    then = replace(
        channel,
        first_seen=before.first_seen or as_of,
        account=channel.account or before.account,
        former=_handles(channel, before),
    )
    return _drifted(then, before)


def _handles(channel: Channel, before: Channel) -> tuple[str, ...]:
    """Every other handle that the channel went by; one that it has now is not a former one."""
    handles = (*channel.former, *before.former)
    if channel.state is State.KNOWN and before.state is State.KNOWN:
        handles = (*handles, before.handle)
    mine = channel.handle.casefold()
    kept = {each.casefold(): each for each in handles if each.casefold() != mine}
    return tuple(kept.values())[:KEPT_HANDLES]


def _drifted(channel: Channel, before: Channel) -> Channel:
    """An audience that was known and cannot be read now: the old figure stays, as an old one.

    Where the page came and nothing was found on it, its layout has changed: `drift`.
    """
    if not isinstance(channel.followers, Unknown):
        return channel
    old = before.followers if isinstance(before.followers, Known) else before.previous
    if old is None or Promise.DEAD in channel.promises:
        return channel
    said = channel.followers
    if said.reason is Reason.BAD_CONTENT:
        day = max(each.fetched_at for each in old.evidence) if old.evidence else None
        when = f" on {day:%Y-%m-%d}" if day else ""
        said = Unknown(reason=Reason.DRIFT, detail=f"it was {old.value:,}{when}; {said.detail}")
    whole = channel.state is not State.KNOWN and channel.reason is Reason.BAD_CONTENT
    return replace(
        channel,
        followers=said,
        previous=old,
        reason=Reason.DRIFT if whole else channel.reason,
        detail=said.detail if whole else channel.detail,
    )
