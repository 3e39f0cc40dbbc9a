"""The signs of the results and their words: one table for the cells, the keys and the charts."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from audit.model.channel import Promise
from audit.model.result import Status
from audit.model.value import Known, Moment, Number, Qualifier


class Sign(StrEnum):
    """A sign at a value: what it says is fixed, how it is drawn is up to the format."""

    ACTIVE = "active"
    SLOWING = "slowing"
    DORMANT = "dormant"
    ABANDONED = "abandoned"
    BROKEN = "broken"
    """A broken link: it leads nowhere, to somebody else, or to another handle."""

    FOUND = "found"
    """It is there, whatever could be seen of what goes on there."""

    CANDIDATE = "candidate"
    LISTED = "listed"
    """A page about the company, not a channel of it."""

    BEST = "best"
    LAST = "last"
    RISING = "rising"
    FALLING = "falling"
    ROUNDED = "rounded"
    TRUNCATED = "truncated"
    MANUAL = "manual"
    SAVED = "saved"

    UNKNOWN = "unknown"
    ABSENT = "absent"
    NOT_SEEN = "not-seen"
    """A month that the part of a list that could be read does not reach."""

    STILL = "still"
    """A pause that goes on: it counts up to today."""

    FEW = "few"
    """A group too small to be shown."""


class Legend(StrEnum):
    """The three kinds of key: of the matrix of channels, of profiles, of figures."""

    MATRIX = "matrix"
    PROFILES = "profiles"
    FIGURES = "figures"


@dataclass(frozen=True, slots=True)
class Written:
    """How a mark is written, and what a key says of it.

    `before` tells that the sign stands before the value; else it takes the place of a value that
    is not there, as `there` does.
    """

    text: str
    words: Mapping[Legend, str]
    before: bool = True


_MATRIX, _PROFILES, _FIGURES = Legend.MATRIX, Legend.PROFILES, Legend.FIGURES

SIGNS: Mapping[Sign, Written] = {
    Sign.ACTIVE: Written(
        "●",
        {
            _MATRIX: "in 30 days",
            _PROFILES: "a post in 30 days",
            _FIGURES: "active, ≤ 30 days",
        },
    ),
    Sign.SLOWING: Written("○", {_MATRIX: "in 90", _PROFILES: "in 90", _FIGURES: "slowing, ≤ 90"}),
    Sign.DORMANT: Written(
        "◊", {_MATRIX: "in 365", _PROFILES: "in 365", _FIGURES: "dormant, ≤ 365"}
    ),
    Sign.ABANDONED: Written("abandoned", {}),
    Sign.BROKEN: Written("×", {_MATRIX: "leads nowhere", _PROFILES: "leads nowhere, or renamed"}),
    Sign.ROUNDED: Written(
        "≈",
        {
            _MATRIX: "rounded",
            _PROFILES: "rounded",
            _FIGURES: "rounded",
        },
    ),
    Sign.TRUNCATED: Written(
        "†",
        {
            _MATRIX: "at least or about: only a part is public",
            _FIGURES: "not all was seen: at least, at most or about so much",
        },
    ),
    Sign.MANUAL: Written(
        "(m)",
        {
            _MATRIX: "by hand",
            _PROFILES: "by hand",
            _FIGURES: "by hand",
        },
    ),
    Sign.SAVED: Written(
        "(s)",
        {
            _MATRIX: "from a saved page",
            _PROFILES: "from a saved page",
            _FIGURES: "from a saved page",
        },
    ),
    Sign.FOUND: Written(
        "there",
        {_MATRIX: "theirs, with how many follow", _PROFILES: "theirs, posts not seen"},
        before=False,
    ),
    Sign.CANDIDATE: Written("perhaps theirs", {_MATRIX: "found, not proved"}, before=False),
    Sign.LISTED: Written("listed", {}, before=False),
    Sign.UNKNOWN: Written(
        "?",
        {
            _MATRIX: "not seen; the note says why",
            _PROFILES: "not seen; the note says why",
            _FIGURES: "not known; the note says why",
        },
    ),
    Sign.ABSENT: Written("–", {_MATRIX: "not there", _FIGURES: "not there"}),
    Sign.STILL: Written("still", {_FIGURES: "no post since, counted up to today"}),
    Sign.NOT_SEEN: Written("?", {}, before=False),
    Sign.FEW: Written("<5", {}, before=False),
    Sign.BEST: Written("best", {}),
    Sign.LAST: Written("last", {}),
    Sign.RISING: Written("▲", {}),
    Sign.FALLING: Written("▼", {}),
}
"""In the order in which a key names them."""

OF_STATUS: Mapping[Status, Sign] = {
    Status.ACTIVE: Sign.ACTIVE,
    Status.SLOWING: Sign.SLOWING,
    Status.DORMANT: Sign.DORMANT,
    Status.ABANDONED: Sign.ABANDONED,
}
"""How lately a section or a profile had a post; one that never had any has no sign."""

OF_QUALIFIER: Mapping[Qualifier, Sign] = {
    Qualifier.TRUNCATED: Sign.TRUNCATED,
    Qualifier.ESTIMATE: Sign.TRUNCATED,
    Qualifier.MANUAL: Sign.MANUAL,
    Qualifier.SAVED: Sign.SAVED,
}

BROKEN_WORDS: Mapping[Promise, str] = {
    Promise.DEAD: "gone",
    Promise.FOREIGN: "not theirs",
    Promise.RENAMED: "renamed",
}
"""Promises that lead nowhere, or not where they say; the gravest first."""


def key_words(mark: Sign, legend: Legend) -> str:
    """Return what a key says of a mark, such as `● in 30 days` or `there: theirs`."""
    sign = SIGNS[mark]
    joint = ": " if not sign.before else " "
    return f"{sign.text}{joint}{sign.words[legend]}"


def key_of(marks: Collection[Sign], legend: Legend) -> list[str]:
    """Return the key of the marks that occur, in the order of the table."""
    return [
        key_words(mark, legend)
        for mark, sign in SIGNS.items()
        if mark in marks and legend in sign.words
    ]


def behind(mark: Sign) -> str:
    """Return the sign behind a figure: `†` close to it, words such as `(m)` apart from it."""
    sign = SIGNS[mark].text
    return f" {sign}" if sign.startswith("(") else sign


def qualified(value: Number | Moment) -> tuple[Sign, ...]:
    """Return the marks that travel with a figure or a day: `†`, then `(m)` or `(s)`.

    All that hold are shown, on every sheet: a part that a person told is `† (m)`.
    """
    if not isinstance(value, Known):
        return ()
    marks = {OF_QUALIFIER[qualifier] for qualifier in value.qualifiers}
    return tuple(sign for sign in SIGNS if sign in marks)


def tail_of(signs: Iterable[Sign]) -> str:
    """Return the signs behind a figure, such as `† (m)`; "" for none."""
    return "".join(behind(sign) for sign in signs)
