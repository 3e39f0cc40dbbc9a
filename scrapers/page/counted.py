"""Find numbers that stand alone with what they count: "3 comments", "Reviews (12)", "12条评论"."""

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from scrapers.page.names import folded
from scrapers.page.words import COMPACT, LinkWords
from scrapers.parse.document import Document
from scrapers.parse.remembered import remembered
from scrapers.parse.text import clean

_NUMBER = r"\d{1,3}(?:[.,'’ ]?\d{3}){0,2}"
_COUNTED = re.compile(
    rf"\(?{_NUMBER}\+? ?(?P<after>[^\d()]{{1,40}})\)?"
    rf"|(?:{_NUMBER} ?[-–] ?)?{_NUMBER} [^\d\s]{{1,10}} {_NUMBER} (?P<total>[^\d()]{{1,40}})"
    rf"|(?P<before>[^\d()]{{1,40}})\(? ?{_NUMBER} ?(?:件|个|個|条|條|則|개)?\)?"
)
"""A number and its noun, and nothing else; some scripts put a counter behind the number.

Lists in parts say "2 of 12 reviews", or "1-10 of 57 reviews".
"""

_YEAR = re.compile(r"(?<![\d.,(])(?:19|20)\d\d(?![\d.,)])")
"""A number that may be a year: "2023 in review" and "Reviews 2019" are of one."""

_APART = re.compile(r"[\W\d_]+")
"""What stands between words: "Q&A" has two."""

MAX_WORDS = 3
"""Words that a noun may have, as in "verified customer reviews"; more are a sentence."""

_MAX_TEXTS = 5_000
"""Texts of one page that are looked at."""

_LONG = 80
"""Characters of a text that may be a number with its noun."""


class Nouns:
    """The words of one section of the vocabulary, to be found in a short text."""

    def __init__(self, words: Collection[str]) -> None:
        """Index the words: whole words, and those of scripts without spaces anywhere."""
        self._compact = tuple(word for word in words if COMPACT.search(word))
        apart = (" ".join(_APART.split(folded(word))).strip() for word in words)
        self._whole = frozenset(apart) - {"", *self._compact}
        # A cache of this object: on the method itself it would keep all of them alive.
        self.within = remembered(8_192)(self._within)

    def _within(self, text: str) -> bool:
        """Tell whether the text holds one of the words, whatever its case and accents."""
        words = _APART.split(folded(text))
        phrases = {
            " ".join(words[start : start + size])
            for size in range(1, MAX_WORDS + 1)
            for start in range(len(words) - size + 1)
        }
        return bool(self._whole & phrases) or any(word in text for word in self._compact)


def counted(document: Document, link_words: LinkWords, section: str) -> Iterator[str]:
    """Yield each text of the page that is a number and a noun of the section, and nothing else.

    A number within a sentence is none of them, nor one in a text of more than three words.
    """
    return iter(dict.fromkeys(counted_everywhere(document, link_words, section)))


def counted_everywhere(document: Document, link_words: LinkWords, section: str) -> Iterator[str]:
    """Yield the same texts as often as they stand on the page."""
    nouns = nouns_of(link_words.phrases(section))
    for text, noun in _with_nouns(document.numbered_texts()):
        if nouns.within(noun):
            yield text


@lru_cache(maxsize=64)
def nouns_of(words: tuple[str, ...]) -> Nouns:
    """Return the words of a section to be found in short texts, indexed once in a process."""
    return Nouns(words)


# Of the last page alone: several sections of words are looked for in the same texts.
@lru_cache(maxsize=1)
def _with_nouns(texts: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return the texts that are a number and what it counts, with the latter."""
    cleaned = (clean(text, _LONG) for text in texts[:_MAX_TEXTS])
    matches = ((text, _COUNTED.fullmatch(text)) for text in cleaned)
    nouns = ((text, _noun(match)) for text, match in matches if match is not None)
    return tuple((text, noun) for text, noun in nouns if 0 < len(noun.split()) <= MAX_WORDS)


def _noun(match: re.Match[str]) -> str:
    """Return what a number counts; nothing where it is a year, beside more than a bare noun."""
    after, before = match["after"] or "", match["before"] or ""
    if _YEAR.search(match.group()) and (before or len(after.split()) > 1):
        return ""
    return after or before or match["total"] or ""
