"""What could not be read of a company's public channels, in words, with what would help."""

from collections.abc import Iterator, Sequence

from audit.model.channel import CONFIGURED, Channel, Promise
from audit.model.profile import NOT_SHOWN
from audit.model.site import State
from audit.model.value import Known, Moment, Number, Reason, Unknown
from audit.model.visit import Note

_HELP = {
    Reason.ROBOTS: "the platform asks robots to stay away; add a manual figure",
    Reason.LOGIN_WALL: "open the profile in a browser and add a manual figure",
    Reason.CAPTCHA: "open the profile in a browser and add a manual figure",
    Reason.NOT_PUBLIC: "add a manual figure if you can see one",
    Reason.RATE_LIMITED: "run again tomorrow, or add a manual figure",
    Reason.DRIFT: "the page has changed; look by hand, and update the program",
    Reason.BAD_CONTENT: "open the profile and look; add a manual figure",
    Reason.NOT_CHECKED: "open the profile and look; add a manual figure",
    Reason.INTERNAL_ERROR: "please report this address; the log in the data folder has the details",
    Reason.HTTP_404: "mend the link on the site, or ignore the finding",
}


_GRAVE = frozenset({Reason.DRIFT, Reason.INTERNAL_ERROR})
"""A page that has changed, or a fault of ours: the exit status tells."""


def notes(channels: Sequence[Channel]) -> list[Note]:
    """What could not be read of the channels, why, and what would help.

    A profile named in competitors.yaml that cannot be read makes the company incomplete, and so
    does a layout that has changed, or a fault of ours.
    """
    said = [note for each in channels for note in _of_one(each)]
    return list(dict.fromkeys(said))


def _of_one(channel: Channel) -> Iterator[Note]:
    unread = channel.unread
    if unread is not None:
        if not channel.candidate or unread.reason in _GRAVE:
            yield _note(channel, "", unread.reason, unread.detail)
        return
    name = f".{channel.audience or 'followers'}"
    if channel.audience and not channel.found.listing and not channel.candidate:
        yield from _unknown(channel, name, channel.followers)
    for figure in channel.figures:
        if isinstance(figure.value, Unknown) and figure.value.reason in _GRAVE:
            yield from _unknown(channel, f".{figure.count}", figure.value)
    if not channel.candidate and channel.last_post != NOT_SHOWN:
        yield from _unknown(channel, ".posts", channel.last_post)


def _unknown(channel: Channel, what: str, value: Number | Moment) -> Iterator[Note]:
    if isinstance(value, Unknown):
        yield _note(channel, what, value.reason, value.detail)


def _note(channel: Channel, what: str, reason: Reason, detail: str) -> Note:
    named = channel.ownership.has(CONFIGURED)
    unread = channel.state is not State.KNOWN and reason is not Reason.NOT_CHECKED
    by_hand = isinstance(channel.followers, Known)
    dead = Promise.DEAD in channel.promises
    return Note(
        what=f"channel.{channel.platform}{what}",
        reason=reason,
        detail=f"{channel.url}: {detail}",
        help=_HELP[Reason.HTTP_404] if dead else _help(reason, detail),
        incomplete=reason in _GRAVE or (named and unread and not by_hand),
    )


def _help(reason: Reason, detail: str) -> str:
    if reason is Reason.NEEDS_KEY:
        return detail.rpartition(": ")[2]
    return _HELP.get(reason, "run again, or add a manual figure")
