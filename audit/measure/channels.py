"""What a company's public channels come to: audience and posts a week of each, and together."""

from collections.abc import Iterator, Sequence

from audit.model.channel import CONFIGURED, Channel, Promise
from audit.model.metric import channel_metric
from audit.model.profile import NOT_SHOWN
from audit.model.result import Cadence, Status
from audit.model.site import State
from audit.model.value import Absent, Evidence, Known, Moment, Number, Qualifier, Reason, Unknown
from audit.model.visit import Note

PROOFS = 5
Proofs = tuple[Evidence, ...]

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


def own(channels: Sequence[Channel]) -> list[Channel]:
    """The channels that are proved to be the company's."""
    return [each for each in channels if not each.candidate]


def of_platforms(channels: Sequence[Channel], rows: Sequence[Cadence]) -> dict[str, Number]:
    """Audience and posts a week of the best profile of each platform."""
    values: dict[str, Number] = {}
    for channel in own(channels):
        name = channel_metric(channel.platform, "followers")
        if name in values:
            continue
        values[name] = channel.followers
        values[channel_metric(channel.platform, "posts_per_week")] = _rate(channel, rows)
    return values


def _rate(channel: Channel, rows: Sequence[Cadence]) -> Number:
    row = next((row for row in rows if row.url == channel.url), None)
    if row is not None:
        return row.posts_per_week
    match channel.last_post:
        case Unknown():
            return channel.last_post
        case Known() | Absent():
            return Unknown(reason=Reason.NOT_PUBLIC, detail="the platform shows no list of posts")


def together(
    channels: Sequence[Channel], rows: Sequence[Cadence], proof: Proofs
) -> dict[str, Number]:
    """Posts a week and active profiles over all own channels; at least that where some are unread.

    What others write in a community of the company's is not counted, nor are pages that have no
    posts by their nature.
    """
    speaking = [each for each in own(channels) if not _is_community(each)]
    counted = [each for each in speaking if each.last_post != NOT_SHOWN]
    if speaking and not counted:
        unseen = _first_reason(speaking)
        return {"channels.posts_per_week": unseen, "channels.active": unseen}
    if not counted:
        none = Absent(evidence=proof, detail="no public channel found")
        return {"channels.posts_per_week": none, "channels.active": none}
    by_url = {row.url: row for row in rows}
    read = [by_url[each.url] for each in counted if each.url in by_url]
    cut = len(read) < len(counted)
    return {
        "channels.posts_per_week": _rates(counted, read, proof, cut=cut),
        "channels.active": _active(counted, read, proof, cut=cut),
    }


def _is_community(channel: Channel) -> bool:
    """Tell whether others write the posts of a profile."""
    return channel.live is not None and channel.live.community


def _rates(
    channels: Sequence[Channel], rows: Sequence[Cadence], proof: Proofs, *, cut: bool
) -> Number:
    known = [row.posts_per_week for row in rows if isinstance(row.posts_per_week, Known)]
    empty = [row for row in rows if isinstance(row.posts_per_week, Absent)]
    if not known and not empty:
        return _first_reason(channels)
    marked = any(Qualifier.TRUNCATED in each.qualifiers for each in known)
    cut = cut or marked or len(known) + len(empty) < len(rows)
    evidence = tuple(each.evidence[0] for each in known if each.evidence)[:PROOFS]
    return Known(
        value=float(sum(each.value for each in known)),
        evidence=evidence or proof,
        qualifiers=(Qualifier.TRUNCATED,) if cut else (),
    )


def _active(
    channels: Sequence[Channel], rows: Sequence[Cadence], proof: Proofs, *, cut: bool
) -> Number:
    states = [row.status for row in rows if isinstance(row.status, Known)]
    if not states:
        return _first_reason(channels)
    active = sum(each.value is Status.ACTIVE for each in states)
    evidence = tuple(each.evidence[0] for each in states if each.evidence)[:PROOFS]
    marks = (Qualifier.TRUNCATED,) if cut or len(states) < len(rows) else ()
    return Known(value=active, evidence=evidence or proof, qualifiers=marks)


def _first_reason(channels: Sequence[Channel]) -> Unknown:
    """Why none of the channels could be read: the reason of the first."""
    for channel in channels:
        if isinstance(channel.last_post, Unknown):
            return channel.last_post
    return Unknown(reason=Reason.NOT_PUBLIC, detail="no list of posts is public")


def broken(channels: Sequence[Channel], proof: Proofs) -> Number:
    """How many profiles that the site names break their promise; at least, if some are unread."""
    found = [each for each in channels if each.promises]
    mine = own(channels)
    unread = [each for each in mine if each.state is not State.KNOWN and not each.promises]
    if mine and len(unread) == len(mine) and not found:
        return _first_reason(mine)
    evidence = tuple(each.evidence[0] for each in found if each.evidence)[:PROOFS]
    marks = (Qualifier.TRUNCATED,) if unread else ()
    return Known(value=len(found), evidence=evidence or proof, qualifiers=marks)


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
