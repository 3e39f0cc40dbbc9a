"""What the wording of a post says of its purpose: runs of letters, weighed by a learned model."""

import math
import re
from collections.abc import Iterator

from audit.measure.cues import folded
from audit.model.purpose import DECIDED, Purpose, Wording
from audit.model.site import Post

TEXT_CHARACTERS = 300
"""Characters of a text whose wording is read: feeds seldom give more, and its beginning tells."""

SHORTEST, LONGEST = 4, 6
"""Letters in a run, the blanks around a word among them."""

IN_TITLE = "^"
"""The mark before a run of the title alone: there the same letters say more."""

_TELLING = 6
"""Known runs under which the wording says nothing: the script or the language is not known."""

_WORD = re.compile(r"\w+")
_UNSPACED = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


def wording_of(post: Post, model: Wording) -> dict[Purpose, float]:
    """Return log odds of each purpose by the wording of a post; 0 each where it says nothing.

    For the title, and for title and text as one, Σ weights of the known runs ÷ √ their number.
    """
    odds = [0.0] * len(DECIDED)
    known = 0
    for block in blocks(post.title, post.text):
        rows = [model.runs[run] for run in block if run in model.runs]
        known += len(rows)
        for place, column in enumerate(zip(*rows, strict=True)):
            odds[place] += math.fsum(column) / math.sqrt(len(rows))
    return dict(zip(DECIDED, odds if known >= _TELLING else [0.0] * len(DECIDED), strict=True))


def telling_word(post: Post, model: Wording, purpose: Purpose) -> str:
    """Return the word of a post whose letters speak most for one purpose; "" where none does."""
    column = DECIDED.index(purpose)
    words = dict.fromkeys(_WORD.findall(f"{post.title} {post.text[:TEXT_CHARACTERS]}"))
    gains = {word: _gain(word, model, column) for word in words if len(word) >= SHORTEST}
    best = max(gains, key=lambda word: gains[word], default="")
    return best if best and gains[best] > 0 else ""


def _gain(word: str, model: Wording, column: int) -> float:
    """Return how much more the runs of a word speak for one purpose than for all on average."""
    rows = [model.runs[run] for run in _runs(folded(word)) if run in model.runs]
    return math.fsum(row[column] - math.fsum(row) / len(row) for row in rows)


def blocks(title: str, text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the runs of title and text together, and those of the title, marked."""
    head = folded(title)
    whole = f"{head} {folded(text[:TEXT_CHARACTERS])}"
    return frozenset(_runs(whole)), frozenset(f"{IN_TITLE}{run}" for run in _runs(head))


def _runs(text: str) -> Iterator[str]:
    """Yield the runs of letters of a folded text, within words; of words without spaces, pairs."""
    for word in set(_WORD.findall(text)):
        spaced = f" {word[:TEXT_CHARACTERS]} "
        for size in range(SHORTEST, LONGEST + 1):
            yield from (spaced[at : at + size] for at in range(len(spaced) - size + 1))
        if len(spaced) < SHORTEST:
            yield spaced
        if _UNSPACED.search(word):
            yield from (word[at : at + 2] for at in range(len(word) - 1))
