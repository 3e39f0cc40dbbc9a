"""What the visit to one company brought home, before any number is measured."""

from collections.abc import Sequence
from dataclasses import dataclass

from audit.model.breakdown import Audience
from audit.model.channel import Channel
from audit.model.exchange import Fetched, Robots
from audit.model.facts import FigureReading
from audit.model.read_list import ReadList
from audit.model.site import Feature, Section
from audit.model.value import Known, Reason, Unknown

GIVEN_UP = "nothing, if they have given it up; else name its new address in the list, as a section"
"""What helps where a section had posts in the run before and its page is gone; only there."""

NOT_TAKEN = "not taken"
"""How the note of a saved page begins that was read, and is not proved to be the company's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something that could not be read or measured; `incomplete` ones lead to exit status 1.

    `what` names it (`website`, `channel.youtube.followers`), `detail` says in words what happened.
    `help` says what would make it readable (a key, a manual figure, a longer budget).
    """

    what: str
    reason: Reason
    detail: str
    help: str = ""
    incomplete: bool = False


def unread_site(notes: Sequence[Note]) -> tuple[Note, ...]:
    """Return why the website, or half of its pages, could not be read; none where they could."""
    return tuple(note for note in notes if note.what == "website" and note.incomplete)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What a visit to one company's website brought home, before any number is measured.

    Put together by `scrapers/visit.py`. `start` is the address of the start page after redirects,
    or why there is none: then languages, channels, features and sections are empty. `sections` are
    those of the site, then those of the profiles that were read. `figures` are what came of the
    figures that a person points at, in the order of the file. `parts` are what pages asked for
    while a browser drew them, as far as the next run may ask for it on condition. `lists` are the
    lists of posts that were read without a gap.
    """

    start: Known[str] | Unknown
    languages: tuple[str, ...]
    channels: tuple[Channel, ...]
    features: tuple[Feature, ...]
    sections: tuple[Section, ...]
    robots: tuple[Robots, ...]
    fetched: tuple[Fetched, ...]
    notes: tuple[Note, ...]
    audiences: tuple[Audience, ...] = ()
    figures: tuple[FigureReading, ...] = ()
    parts: tuple[Fetched, ...] = ()
    lists: tuple[ReadList, ...] = ()
