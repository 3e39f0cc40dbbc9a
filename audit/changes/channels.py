"""Profiles that are new, gone, renamed, taken over by another account, or not to be seen."""

from collections.abc import Iterator

from audit.changes.features import NOT_NAMED, unseen
from audit.changes.finder import Difference, Finder
from audit.changes.matched import (
    Match,
    is_claimed,
    is_gone,
    is_own,
    matched,
    subject_of,
    what_of,
)
from audit.changes.pair import Pair
from audit.measure.followed import is_another
from audit.model.change import Cause, ChangeType, Event, Side
from audit.model.channel import CONFIGURED, Channel
from audit.model.company import Company
from audit.model.site import State
from audit.model.value import Absent, Known, Reason, Unknown

ON_THE_LIST = "the list named it in one of the runs only"
NO_LONGER_PROVED = "the website no longer names it, and nothing else proves it to be theirs"
_OPENED_NOWHERE = frozenset({Reason.NOT_CHECKED})


def _of_company(pair: Pair) -> Iterator[Difference]:
    """Give the profiles that are other than before, in the order of the later run."""
    for match in matched(pair):
        difference = _of_match(match, pair)
        if difference is not None:
            yield difference


def _of_match(match: Match, pair: Pair) -> Difference | None:
    """Return what became different with a profile; None where nothing did, and of strangers'."""
    before, now = match.before, match.now
    if match.usurped is not None and now is not None:
        return _usurped(match.usurped, now, pair)
    if now is None:
        return _vanished(before, pair) if before is not None and is_own(before) else None
    if before is None:
        return _appeared(now, pair) if is_own(now) else None
    return _of_both(before, now, pair)


def _usurped(before: Channel, now: Channel, pair: Pair) -> Difference | None:
    """Return that another account has the address; None where it was never the company's."""
    if not is_own(before):
        return None
    return Difference(
        event=Event.TAKEN_OVER,
        subject=subject_of(now),
        what=what_of(now, pair),
        old=Known(value=f"{before.handle} (account {before.account})", evidence=before.evidence),
        new=Known(value=f"{now.handle} (account {now.account})", evidence=now.evidence),
        url=now.url,
        why="the platform's own id under this address is another one",
        name=now.platform,
    )


def _of_both(before: Channel, now: Channel, pair: Pair) -> Difference | None:
    """Return what became different with a profile that both runs have met."""
    if is_own(before) and is_claimed(now) and is_gone(now):
        detail = now.unread.detail if now.unread is not None else ""
        gone = _difference(now, pair, Event.GONE, _there(before), Absent())
        return gone.because(Cause.REAL, detail)
    if is_own(before) and not is_claimed(now):
        return _disowned(before, now, pair)
    if not is_own(before) and is_own(now):
        return _claimed(before, now, pair)
    if not is_own(now):
        return None
    if _is_renamed(before, now):
        old = Known(value=before.handle, evidence=before.evidence)
        new = Known(value=now.handle, evidence=now.evidence)
        return _difference(now, pair, Event.RENAMED, old, new)
    return _seen(before, now, pair)


def _is_renamed(before: Channel, now: Channel) -> bool:
    """Tell whether an account goes by another handle, both of which the platform has told."""
    both_read = before.state is State.KNOWN and now.state is State.KNOWN
    same = not is_another(now, before) and now.handle.casefold() == before.handle.casefold()
    return both_read and not same


def _seen(before: Channel, now: Channel, pair: Pair) -> Difference | None:
    """Return that a profile cannot be read any more, or can be again; None where neither is so."""
    old, new = before.unread, now.unread
    if old is None and new is not None:
        cause = unseen(pair)[0] if new.reason in _OPENED_NOWHERE else Cause.ACCESS
        event = Event.LOST if new.reason is Reason.DRIFT else Event.BLOCKED
        return _difference(now, pair, event, _there(before), new).because(cause, new.detail)
    if old is not None and new is None:
        cause = unseen(pair)[0] if old.reason in _OPENED_NOWHERE else Cause.ACCESS
        return _difference(now, pair, Event.READABLE, old, _there(now)).because(cause, old.detail)
    return None


def _appeared(now: Channel, pair: Pair) -> Difference:
    """Return that a profile is met which the earlier run had not."""
    if _is_listed(now) and not _lists(pair.before.company, now):
        lack = Unknown(reason=Reason.NOT_CHECKED, detail=ON_THE_LIST)
        return _difference(now, pair, Event.NEW, lack, _there(now)).because(
            Cause.WINDOW, ON_THE_LIST
        )
    if pair.proves_new(now.found.evidence, now.found.found_on):
        return _difference(now, pair, Event.NEW, Absent(), _there(now))
    cause, why = unseen(pair)
    lack = Unknown(reason=Reason.NOT_CHECKED, detail=why)
    return _difference(now, pair, Event.READABLE, lack, _there(now)).because(cause, why)


def _vanished(before: Channel, pair: Pair) -> Difference:
    """Return that a profile of the earlier run is not met any more."""
    if _is_listed(before) and not _lists(pair.now.company, before):
        lack = Unknown(reason=Reason.NOT_CHECKED, detail=ON_THE_LIST)
        return _difference(before, pair, Event.GONE, _there(before), lack).because(
            Cause.WINDOW, ON_THE_LIST
        )
    if before.found.found_on and pair.proves_gone((), before.found.found_on):
        gone = _difference(before, pair, Event.GONE, _there(before), Absent())
        why = pair.why_gone(f"{what_of(before, pair)} is not on it", (), before.found.found_on)
        return gone.because(Cause.REAL, why)
    cause, why = unseen(pair)
    why = why if before.found.found_on else NOT_NAMED
    lack = Unknown(reason=Reason.NOT_CHECKED, detail=why)
    return _difference(before, pair, Event.BLOCKED, _there(before), lack).because(cause, why)


def _disowned(before: Channel, now: Channel, pair: Pair) -> Difference | None:
    """Return that a profile which is still met is not proved to be the company's any more."""
    dropped = bool(before.found.found_on) and not now.found.found_on
    if dropped and pair.proves_gone((), before.found.found_on):
        lack = Absent(evidence=now.evidence)
        gone = _difference(now, pair, Event.GONE, _there(before), lack)
        return gone.because(Cause.REAL, NO_LONGER_PROVED)
    cause, why = unseen(pair)
    lost = Unknown(reason=Reason.NOT_CHECKED, detail=why)
    return _difference(now, pair, Event.BLOCKED, _there(before), lost).because(cause, why)


def _claimed(before: Channel, now: Channel, pair: Pair) -> Difference:
    """Return that a profile is the company's own and there, which it was not known to be."""
    named_since = bool(now.found.found_on) and not before.found.found_on
    if is_gone(before) or (named_since and pair.proves_new((), now.found.found_on)):
        return _difference(now, pair, Event.NEW, Absent(evidence=before.evidence), _there(now))
    cause, why = unseen(pair)
    lack = Unknown(reason=Reason.NOT_CHECKED, detail=why)
    return _difference(now, pair, Event.READABLE, lack, _there(now)).because(cause, why)


def _is_listed(channel: Channel) -> bool:
    """Tell whether a person named the profile in the list."""
    return channel.ownership.has(CONFIGURED)


def _lists(company: Company, channel: Channel) -> bool:
    """Tell whether the list of a run names a profile by its address."""
    urls = {each.url.casefold().rstrip("/") for each in company.channels}
    return channel.found.url.casefold().rstrip("/") in urls


def _there(channel: Channel) -> Known[str]:
    """Return that a profile is there, by its handle."""
    return Known(value=channel.handle or channel.url, evidence=channel.evidence)


def _difference(channel: Channel, pair: Pair, event: Event, old: Side, new: Side) -> Difference:
    """Put a difference of a profile together."""
    return Difference(
        event=event,
        subject=subject_of(channel),
        what=what_of(channel, pair),
        old=old,
        new=new,
        url=channel.url,
        name=channel.platform,
    )


FINDER = Finder(type=ChangeType.CHANNEL, order=40, of_company=_of_company)
