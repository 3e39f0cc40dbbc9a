"""What could not be read or measured of a company, in words, with what would help."""

from collections.abc import Iterator, Sequence

from audit.measure.manual import manual_notes
from audit.measure.pointed import pointed_notes
from audit.model.by_hand import Field
from audit.model.channel import CONFIGURED, Channel, Promise
from audit.model.company import Company
from audit.model.profile import NOT_SHOWN
from audit.model.result import Window
from audit.model.site import Section, State
from audit.model.value import Known, Moment, Number, Reason, Unknown
from audit.model.visit import Note, Visit
from audit.model.what_helps import LOOK, help_on_profile, help_on_site

_GRAVE = frozenset({Reason.DRIFT, Reason.INTERNAL_ERROR})
"""A page that has changed, or a fault of ours: the exit status tells, whatever channel it is."""


def notes_of(visit: Visit, company: Company, window: Window) -> list[Note]:
    """Return notes on sections, what a person points at, channels, figures by hand, if any."""
    limited = any(note.reason is Reason.BUDGET for note in visit.notes)
    sections = [
        note for section in visit.sections for note in _of_section(section, limited=limited)
    ]
    pointed = pointed_notes(visit.figures, visit.sections)
    by_hand = manual_notes(company, window)
    return [*sections, *pointed, *_of_channels(visit.channels), *by_hand]


def _of_section(section: Section, *, limited: bool) -> Iterator[Note]:
    """Give a note for a section that is there and could not be read.

    What a person points at has notes of its own (`pointed_notes`). Where no limit ended the visit
    (`limited`), a higher one helps nobody.
    """
    if section.unreadable is None or section.pointed is not None:
        return
    reason = section.unreadable.reason
    helps = limited or reason is not Reason.NOT_CHECKED
    yield Note(
        what=section.channel,
        reason=reason,
        detail=f"{section.url}: {section.unreadable.detail}",
        help=help_on_site(reason) if helps else LOOK,
    )


def _of_channels(channels: Sequence[Channel]) -> list[Note]:
    """Return a note for all that could not be read of the channels: why, and what would help.

    A profile named in competitors.yaml that cannot be read makes the company incomplete, and so
    does a layout that has changed, or a fault of ours. Notes that say the same are one.
    """
    return list(dict.fromkeys(note for channel in channels for note in _of_channel(channel)))


def _of_channel(channel: Channel) -> Iterator[Note]:
    """Give the notes of one channel: that it was not read, or which of its figures are unknown.

    Of a candidate, which counts nowhere, only what is grave is told.
    """
    unread = channel.unread
    if unread is not None:
        is_wanted = not channel.candidate and not _is_filled_in(channel)
        if is_wanted or unread.reason in _GRAVE:
            yield _note(channel, "", unread.reason, unread.detail)
        return
    # A listing is a page about the company, and no place where it would have an audience.
    if channel.audience and not channel.found.listing and not channel.candidate:
        yield from _unknown(channel, f".{channel.audience}", channel.followers)
    for figure in channel.figures:
        # Hardly any profile states every figure there is; only a lost one is worth a note.
        if isinstance(figure.value, Unknown) and figure.value.reason in _GRAVE:
            yield from _unknown(channel, f".{figure.count}", figure.value)
    if not channel.candidate and channel.last_post != NOT_SHOWN:
        yield from _unknown(channel, ".posts", channel.last_post)


def _is_filled_in(channel: Channel) -> bool:
    """Tell whether people told all that is asked of a profile, so that nothing is left to do."""
    told = {field for record in channel.told for field in record.tells}
    asked = {Field.POSTS, Field.LAST} | ({Field.FOLLOWERS} if channel.audience else set())
    return asked <= told


def _unknown(channel: Channel, part: str, value: Number | Moment) -> Iterator[Note]:
    """Give a note for a value that is unknown; `part` names it, such as `.followers`."""
    if isinstance(value, Unknown):
        yield _note(channel, part, value.reason, value.detail)


def _note(channel: Channel, part: str, reason: Reason, detail: str) -> Note:
    """Say what of a channel could not be read; `part` is empty for the whole profile.

    It makes the company incomplete if it is grave, or if a person named this profile, it was
    tried in vain, and there is no figure by hand either.
    """
    is_configured = channel.ownership.has(CONFIGURED)
    is_unread = channel.state is not State.KNOWN and reason is not Reason.NOT_CHECKED
    is_by_hand = isinstance(channel.followers, Known)
    is_dead = Promise.DEAD in channel.promises
    return Note(
        what=f"channel.{channel.platform}{part}",
        reason=reason,
        detail=f"{channel.url}: {detail}",
        help=help_on_profile(Reason.HTTP_404) if is_dead else _help(reason, detail),
        incomplete=reason in _GRAVE or (is_configured and is_unread and not is_by_hand),
    )


def _help(reason: Reason, detail: str) -> str:
    """Return what would help against a reason."""
    if reason is Reason.NEEDS_KEY:
        # Readers end the detail with what to set: "posts: set YOUTUBE_API_KEY" (kit/proof.py).
        return f"{detail.rpartition(': ')[2]} (docs/keys.md)"
    return help_on_profile(reason)
