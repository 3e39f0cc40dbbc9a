"""How the topics of a run stand to those of the run before: new, or gone, or gone into another."""

from collections.abc import Iterable, Sequence

from audit.measure.themes.discovery import Vector
from audit.measure.themes.theme import Theme
from audit.model.topics import GoneTopic

SAME = 0.5
"""Cosine between the words of two topics from which on the one speaks of what the other did."""


def new_names(themes: Iterable[Theme], before: Sequence[Theme]) -> frozenset[str]:
    """Return the names of the themes that the run before had not; none without a run before."""
    if not before:
        return frozenset()
    return frozenset({theme.name for theme in themes} - {theme.name for theme in before})


def gone(
    themes: Sequence[Theme], before: Iterable[Theme], named: Iterable[str]
) -> tuple[GoneTopic, ...]:
    """Return the themes of the run before that are no more, by the alphabet.

    One whose words are those of a theme of today has gone into it, the nearest one. What the user
    has named since is there still.
    """
    names = {theme.name.lower() for theme in themes} | {name.lower() for name in named}
    past = [theme for theme in before if theme.name.lower() not in names]
    past.sort(key=lambda theme: theme.name)
    return tuple(GoneTopic(name=theme.name, into=_nearest(theme, themes)) for theme in past)


def _nearest(theme: Theme, themes: Iterable[Theme]) -> str:
    """Return the name of the theme whose words are most alike; "" where none's are alike."""
    likeness = {each.name: _likeness(theme, each) for each in themes}
    best = max(sorted(likeness), key=lambda name: likeness[name], default="")
    return best if best and likeness[best] >= SAME else ""


def _likeness(one: Theme, other: Theme) -> float:
    """Return the cosine of two themes in the language in which they are most alike."""
    shared = one.vectors.keys() & other.vectors.keys()
    return max((_cosine(one.vectors[key], other.vectors[key]) for key in shared), default=0.0)


def _cosine(one: Vector, other: Vector) -> float:
    """Return the cosine of two vectors of length 1."""
    return sum(weight * other.get(key, 0.0) for key, weight in one.items())
