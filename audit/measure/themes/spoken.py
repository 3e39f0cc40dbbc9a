"""In which language posts are written: as their section says, unless its headings say otherwise."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Protocol

from audit.model.site import Post

SURE = 0.95
"""Probability from which on the words of a section are believed, whatever it says of itself."""

_LETTERS = 80
"""Letters under which a language is a guess: on single headings py3langid wavers."""

_HEADINGS = 60
"""Headings of a section that are looked at."""

Group = tuple[str, str]
"""A section by its address, and the language that it states."""


def languages_of(posts: Sequence[Post]) -> list[str]:
    """Return the language of each post as a code such as "de"; "" where it is not known.

    Software of blogs states English until somebody changes it, so that the joined headings of a
    section win where they are surely of another language.
    """
    groups: dict[Group, list[Post]] = {}
    for post in posts:
        groups.setdefault(_group(post), []).append(post)
    spoken = {group: _spoken(group[1], members) for group, members in groups.items()}
    return [spoken[_group(post)] for post in posts]


def _group(post: Post) -> Group:
    """Return what a post shares with those that are judged together with it."""
    return post.channel_url, post.language.lower().partition("-")[0]


def _spoken(stated: str, posts: Sequence[Post]) -> str:
    """Return the language of the posts of a section; what it states where its words are few."""
    words = " ".join(dict.fromkeys(post.title for post in posts[:_HEADINGS]))
    if sum(map(str.isalpha, words)) < _LETTERS:
        return stated
    language, probability = _identifier().classify(words)
    return str(language) if probability >= SURE else stated


class _Identifier(Protocol):
    """What is used of py3langid, which brings no types."""

    def classify(self, text: str, /) -> tuple[str, float]: ...


@cache
def _identifier() -> _Identifier:
    """Return the identifier of languages with probabilities, loaded once."""
    from py3langid import langid

    model = Path(langid.__file__).parent / langid.MODEL_FILE
    # Without norm_probs py3langid (0.4.0) gives sums of logarithms, -115 and the like.
    identifier: _Identifier = langid.LanguageIdentifier.from_modelpath(str(model), norm_probs=True)
    return identifier
