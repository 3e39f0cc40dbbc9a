"""How profiles present themselves, where that is other than before."""

from collections.abc import Callable, Iterator, Mapping

from audit.changes.finder import Difference, Finder
from audit.changes.matched import both_own, subject_of, what_of
from audit.changes.pair import Pair
from audit.model.change import ChangeType, Event, Side
from audit.model.channel import Channel
from audit.model.hygiene import Flag, Hygiene, Words
from audit.model.value import Absent, Known, Unknown

_FLAGS: Mapping[str, tuple[str, Callable[[Hygiene], Flag]]] = {
    "leads_home": ("leads to the website", lambda hygiene: hygiene.leads_home),
    "works": ("its link works", lambda hygiene: hygiene.works),
    "verified": ("verified mark", lambda hygiene: hygiene.verified),
    "picture": ("picture", lambda hygiene: hygiene.picture),
    "cover": ("cover", lambda hygiene: hygiene.cover),
}
"""What holds of a profile or does not. A pinned post comes and goes by the week, and whether a
handle is the usual one depends on other profiles: neither is told."""

_WORDS: Mapping[str, tuple[str, Callable[[Hygiene], Words]]] = {
    "biography": ("what it says of itself", lambda hygiene: hygiene.biography),
    "link": ("its link", lambda hygiene: hygiene.link),
}


def _of_company(pair: Pair) -> Iterator[Difference]:
    """Give what of the own profiles' looks is other than before, as far as both runs know it."""
    for before, now in both_own(pair):
        old, new = before.hygiene, now.hygiene
        if isinstance(old, Hygiene) and isinstance(new, Hygiene):
            yield from _of_profile(now, pair, old, new)


def _of_profile(now: Channel, pair: Pair, old: Hygiene, new: Hygiene) -> Iterator[Difference]:
    """Give what is other than before on one profile."""
    for name, (words, flag) in _FLAGS.items():
        was, holds = flag(old), flag(new)
        if isinstance(was, Known) and isinstance(holds, Known) and was.value != holds.value:
            event = Event.UP if holds.value else Event.DOWN
            yield _difference(now, pair, event, (name, words), (_yes(was), _yes(holds)))
    for name, (words, text) in _WORDS.items():
        before, after = text(old), text(new)
        event_of_words = _turned(before, after)
        if event_of_words is not None:
            yield _difference(now, pair, event_of_words, (name, words), (before, after))


def _yes(flag: Known[bool]) -> Known[str]:
    """Return a flag as a reader meets it."""
    return Known(value="yes" if flag.value else "no", evidence=flag.evidence)


def _turned(before: Words, after: Words) -> Event | None:
    """Return whether words came, went, or are others; None where one of both is not known."""
    if isinstance(before, Unknown) or isinstance(after, Unknown):
        return None
    if isinstance(before, Absent) or isinstance(after, Absent):
        if isinstance(before, Absent) is isinstance(after, Absent):
            return None
        return Event.NEW if isinstance(before, Absent) else Event.GONE
    return Event.MOVED if before.value.split() != after.value.split() else None


def _difference(
    channel: Channel, pair: Pair, event: Event, name: tuple[str, str], sides: tuple[Side, Side]
) -> Difference:
    """Put a difference of a profile's looks together."""
    return Difference(
        event=event,
        subject=f"{subject_of(channel)}.{name[0]}",
        what=f"{what_of(channel, pair)}: {name[1]}",
        old=sides[0],
        new=sides[1],
        url=channel.url,
        name=name[0],
    )


FINDER = Finder(type=ChangeType.HYGIENE, order=100, of_company=_of_company)
