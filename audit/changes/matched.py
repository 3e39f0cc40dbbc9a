"""Which profile of one run is which of the other."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from audit.changes.pair import Pair
from audit.measure.followed import is_another, keys_of
from audit.model.channel import Channel, Promise, Role
from audit.model.profile import Profile, Standing

_OF_OTHERS = frozenset({Role.PERSON, Role.FAN, Role.IMPOSTOR})
_GONE = frozenset({Standing.MISSING, Standing.SUSPENDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A profile in two runs; one of both is None where only the other has it.

    `usurped` is the profile of the earlier run that had the address which another account has now.
    """

    before: Channel | None
    now: Channel | None
    usurped: Channel | None = None


def matched(pair: Pair) -> tuple[Match, ...]:
    """Return each profile of two runs once: those of the later run, then those it does not have.

    A profile is the same by the platform's own id, or by its address (`audit/measure/followed.py`).
    """
    known: dict[str, Channel] = {}
    for channel in pair.before.result.channels:
        for key in keys_of(channel):
            known.setdefault(key, channel)
    matches = [_match(channel, known) for channel in pair.now.result.channels]
    met = {id(each.before) for each in matches} | {id(each.usurped) for each in matches}
    rest = [each for each in pair.before.result.channels if id(each) not in met]
    return (*matches, *(Match(before=each, now=None) for each in rest))


def both_own(pair: Pair) -> Iterator[tuple[Channel, Channel]]:
    """Give the profiles that are the company's own and there in both runs."""
    for match in matched(pair):
        before, now = match.before, match.now
        if before is not None and now is not None and is_own(before) and is_own(now):
            yield before, now


def is_own(channel: Channel) -> bool:
    """Tell whether a profile is the company's own and still there; those of persons are not."""
    return is_claimed(channel) and not is_gone(channel)


def is_claimed(channel: Channel) -> bool:
    """Tell whether a profile is proved to be the company's, be it there or not."""
    return not channel.candidate and channel.role not in _OF_OTHERS


def is_gone(channel: Channel) -> bool:
    """Tell whether the platform says that nothing is there any more."""
    profile = channel.profile
    standing = profile.standing if isinstance(profile, Profile) else Standing.LIVE
    return Promise.DEAD in channel.promises or standing in _GONE


def subject_of(channel: Channel) -> str:
    """Return the id of a profile: `channel.youtube`."""
    return f"channel.{channel.platform}"


def what_of(channel: Channel, pair: Pair) -> str:
    """Return a profile in words: "YouTube @acme"."""
    return f"{pair.title(channel.platform)} {channel.handle}".strip()


def _match(channel: Channel, known: Mapping[str, Channel]) -> Match:
    """Return a profile with what the earlier run knew of it, or of who had its address."""
    met: Sequence[Channel] = [known[key] for key in keys_of(channel) if key in known]
    before = next((other for other in met if not is_another(channel, other)), None)
    usurped = next(iter(met), None) if before is None else None
    return Match(before=before, now=channel, usurped=usurped)
