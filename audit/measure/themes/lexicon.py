"""What is known of the words of a language: inflections, and how common a word is in it."""

import math
from collections.abc import Mapping
from functools import cache
from typing import Protocol

from audit.measure.themes.plain_words import PLAIN_WORDS

FUNCTION_WORD = 5.8
"""Zipf value (log10 of uses in a billion words) from which on a word says nothing by itself: the
250 commonest words of a language, such as "the", "people", "year"."""

COMMON_WORD = 5.6
"""Zipf value from which on a word is no topic alone, though a part of one: "home insurance"."""

_UNLISTED = 2.7
"""Zipf value that stands for words beyond the lists of wordfreq, which end at 3."""

_STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}
"""The Snowball stemmer (snowballstem.org) of each language that has one."""


class _Stemmer(Protocol):
    """What is used of snowballstemmer, which brings no types."""

    def stemWord(self, word: str, /) -> str: ...  # noqa: N802 - the library's own name


class Lexicon:
    """The words of one language; of a language that is not known each word is its own stem."""

    def __init__(self, language: str) -> None:
        """Load the list of words and the stemmer of a language, by its code such as "de"."""
        self.language = language
        self._frequencies = _frequencies(language)
        self._stemmer = _stemmer(language)
        self._publishing = PLAIN_WORDS.get(language, frozenset()) | PLAIN_WORDS["en"]
        self._keys: dict[str, str] = {}
        self._plain: dict[str, bool] = {}

    def key(self, word: str) -> str:
        """Return what all inflections of a word share: "pump" for "Pumps"; never shown."""
        key = self._keys.get(word)
        if key is None:
            low = word.lower().replace("’", "'")
            key = self._stemmer.stemWord(low) if self._stemmer and len(low) > 3 else low
            self._keys[word] = key
        return key

    def zipf(self, word: str) -> float:
        """Return log10 of how often a word is used in a billion words of the language."""
        there = self._frequencies.get(word.lower().replace("’", "'"), 0.0)
        return math.log10(there) + 9 if there else _UNLISTED

    def is_plain(self, word: str) -> bool:
        """Tell whether a word names no subject: a function word, or the language of publishing."""
        plain = self._plain.get(word)
        if plain is None:
            plain = self._plain[word] = self._judged(word.lower().replace("’", "'"))
        return plain

    def _judged(self, low: str) -> bool:
        """Tell whether a word in small letters names no subject."""
        if len(low) < 2 or (low.isdecimal() and not _is_name(low)):
            return True
        return low in self._publishing or self.zipf(low) >= FUNCTION_WORD


def _is_name(digits: str) -> bool:
    """Tell whether a number may name something ("ISO 9001"): no year, no round or small number."""
    return len(digits) > 2 and not 1900 <= int(digits[:9]) < 2100 and int(digits[:9]) % 50 != 0


@cache
def lexicon(language: str) -> Lexicon:
    """Return the lexicon of a language, loaded once."""
    return Lexicon(language)


def _frequencies(language: str) -> Mapping[str, float]:
    """Return the share of each common word in a language; empty where there is no such list.

    The smaller lists of wordfreq (words from one in a million on) load in 5 ms and tell common
    words from rare ones, which is all that is asked of them.
    """
    from wordfreq import available_languages, get_frequency_dict

    if language not in available_languages("small"):
        return {}
    frequencies: Mapping[str, float] = get_frequency_dict(language, "small")
    return frequencies


def _stemmer(language: str) -> _Stemmer | None:
    """Return the stemmer of a language; None where there is none."""
    import snowballstemmer

    name = _STEMMERS.get(language)
    if name is None:
        return None
    stemmer: _Stemmer = snowballstemmer.stemmer(name)
    return stemmer
