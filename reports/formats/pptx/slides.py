"""A deck as values: what its slides say, which figures stand on them, and what proves it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from unicodedata import east_asian_width

from audit.model.metric import Unit
from audit.model.value import Evidence, Reason
from reports.report import Report
from reports.tables import Sentence
from reports.words import clause, day_in_words, listed

MOST_PROOFS = 12
"""Proofs in the notes of a slide: more of them nobody opens while he speaks."""


class SlideRole(StrEnum):
    """Whose the figures of a chart are, or which; a colour follows from it."""

    OWN = "own"
    OTHERS = "others"
    SECOND = "second"
    """A second figure of the same companies."""

    TYPICAL = "typical"


@dataclass(frozen=True, slots=True, kw_only=True)
class SlideBars:
    """Figures of one meaning: one a category, None where it is not known and nothing is drawn.

    `own` is the place of our own company's among those of others, from 0.
    """

    title: str
    values: tuple[float | None, ...]
    role: SlideRole
    own: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SlideChart:
    """A chart that can be edited in the deck; `line` goes across all categories.

    `key` says in words what the colours mean.
    """

    about: str
    categories: tuple[str, ...]
    bars: tuple[SlideBars, ...]
    unit: Unit
    key: tuple[tuple[SlideRole, str], ...]
    line: SlideBars | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SlideGrid:
    """A table: heads, rows, and how wide a column is, as a part of the whole."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlideProof:
    """Where a reader can see for himself: what it proves, and the address of the page."""

    words: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slide:
    """A slide: its title is the finding; below it a chart, a table or points; `small` at its foot.

    `notes` are for the speaker: all figures in words, then the proofs.
    """

    title: str
    points: tuple[Sentence, ...] = ()
    chart: SlideChart | None = None
    grid: SlideGrid | None = None
    small: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    proofs: tuple[SlideProof, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """The whole deck; `subtitle` stands on the first slide."""

    title: str
    subtitle: str
    slides: tuple[Slide, ...]


def proof_of(report: Report, words: str, evidence: Evidence) -> SlideProof:
    """Return a proof with its number on sheet Evidence, if it has one, and the day it was read."""
    numbers = report.evidence.ids((evidence,))
    number = f" ({numbers[0]})" if numbers else ""
    day = day_in_words(evidence.fetched_at.astimezone(report.zone))
    return SlideProof(words=f"{words}{number}, read on {day}", url=evidence.url)


def read_on(*names: str) -> tuple[str, ...]:
    """Return where the workbook says more."""
    return (f"More in the workbook: sheet {' and '.join(names)}.",)


def because(unknown: Iterable[tuple[str, Reason]]) -> str:
    """Return who is not known, and why: "A and B (did not answer); C (is behind a login)"."""
    by_reason: dict[str, list[str]] = {}
    for name, reason in unknown:
        by_reason.setdefault(clause(reason), []).append(name)
    return "; ".join(f"{listed(names)} ({why})" for why, names in by_reason.items())


def shortened(words: str, room: int) -> str:
    """Return words that fit, cut between two of them; where there is no blank, between letters.

    `room` is in letters; those of East Asia take the room of two.
    """
    taken = 0
    for at, letter in enumerate(words):
        taken += 2 if east_asian_width(letter) in "WF" else 1
        if taken > room:
            head = words[: max(1, at - 1)]
            return f"{head.rpartition(' ')[0] or head}…"
    return words
