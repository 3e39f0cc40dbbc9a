"""Audiences that have grown or shrunk by more than rounding and the drift of every week."""

from collections.abc import Iterator

from audit.changes.finder import Difference, Finder
from audit.changes.matched import both_own, what_of
from audit.changes.pair import Pair
from audit.measure.followers import Count, within_rounding
from audit.model.change import Cause, ChangeType, Event, Side
from audit.model.channel import Channel
from audit.model.metric import Unit
from audit.model.site import State
from audit.model.value import Known, Reason, Unknown

LEAST_SHARE, FEWEST = 0.02, 10
"""How far a count must move to be a change: as a share of what it was, and in followers."""


def _of_company(pair: Pair) -> Iterator[Difference]:
    """Give the profiles whose audience is other than before, or cannot be read any more."""
    for before, now in both_own(pair):
        if not now.audience or now.found.listing:
            continue
        old, new = before.followers, now.followers
        if isinstance(new, Known) and (last := _last(before, now, pair)) is not None:
            if is_worth_telling(last, new) and not within_rounding(last, new):
                event = Event.UP if new.value > last.value else Event.DOWN
                yield _difference(now, pair, event, last, new)
        # Of a profile that cannot be read at all that is told once, with the profile.
        elif now.state is State.KNOWN and isinstance(old, Known) and isinstance(new, Unknown):
            event = Event.LOST if new.reason is Reason.DRIFT else Event.BLOCKED
            lost = _difference(now, pair, event, old, new)
            yield lost.because(Cause.ACCESS, new.detail)


def is_worth_telling(old: Count, new: Count) -> bool:
    """Tell whether an audience has moved by a share and a number that anybody would speak of.

    Every audience drifts by a few each week: 805 to 806 is no news, nor are 3 more of 20.
    """
    moved = abs(new.value - old.value)
    return moved >= FEWEST and moved >= LEAST_SHARE * old.value


def _last(before: Channel, now: Channel, pair: Pair) -> Count | None:
    """Return the audience of the earlier run, or the last that was known until then."""
    if isinstance(before.followers, Known):
        return before.followers
    older = (count.value for count in now.counts if count.on <= pair.before.day)
    return next(older, None)


def _difference(channel: Channel, pair: Pair, event: Event, old: Side, new: Side) -> Difference:
    """Put a difference of an audience together."""
    return Difference(
        event=event,
        subject=f"channel.{channel.platform}.{channel.audience}",
        what=f"{what_of(channel, pair)}: {channel.audience}",
        old=old,
        new=new,
        url=channel.url,
        unit=Unit.COUNT,
        name=channel.platform,
    )


FINDER = Finder(type=ChangeType.AUDIENCE, order=50, of_company=_of_company)
