"""Words of dates: months, weekdays, today, and what tells a publication from a later change."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from typing import Any

from audit.model.catalogue import Vocabulary
from scrapers.parse.remembered import remembered

ENGLISH = {
    name[:length]: number
    for number, name in enumerate(
        (
            *("january", "february", "march", "april", "may", "june"),
            *("july", "august", "september", "october", "november", "december"),
        ),
        1,
    )
    for length in (3, 4 if name == "september" else 3, len(name))
}
"""The months that mail and feeds write whatever their language (RFC 822)."""

_LANGUAGES = "en de fr es it pt nl sv da no fi pl cs sk hu ro tr ru uk el ja zh ko ar"
"""Languages whose names of days and months are tried where a text does not say its own."""

_CODES = {"no": "nb", "iw": "he", "in": "id", "nn": "nb"}
"""Codes of languages that dateparser knows by another one."""

_LATIN = {"sr": "sr-Latn", "uz": "uz-Latn"}
"""Languages in two scripts, with the code that dateparser has for the Latin one."""

_SHORT_DAYS = frozenset({"thur", "thurs", "weds"})
"""Short names of days that people type in English and no list has."""

_MONTHS = tuple(name for name in ENGLISH if len(name) > 4 or name in ("may", "june", "july"))
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_UNITS = ("second", "minute", "hour", "day", "week", "month", "year")
_LETTERS = str.maketrans("ıکی", "iكي")
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Thai, Japanese, Chinese and Korean, whose words stand within others."""


_CLDR_NUMBER = r"(\d++[.,]?\d*+)"
"""The number in the patterns that dateparser has for "3 days ago"."""

_NUMBER = re.compile(r"\d+")
_BEHIND = re.compile(r"[\s,.:：|·•()（）-]{0,6}(?:\w{1,4}\.?[\s:：]{0,2})?$")
"""What may stand between such a word and the date: signs, and one short word ("updated on: ")."""


class Told(Enum):
    """What the words by a date call it; ACTIVE is the last reply in a thread, not its beginning."""

    PUBLISHED = "published"
    CHANGED = "changed"
    ACTIVE = "active"


@dataclass(frozen=True, slots=True)
class Names:
    """What one language calls months and weekdays, and the units of time; all `folded`."""

    months: Mapping[str, int] = field(default_factory=dict)
    weekdays: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Ago:
    """How one language says that a time is past; all `folded`.

    By a word before the number ("vor"), by one behind the unit ("ago"), or by the unit itself
    ("日前", "napja").
    """

    begins: frozenset[str] = frozenset()
    ends: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()

    def told_in(self, text: str) -> bool:
        """Tell whether a `folded` text says so."""
        return (
            any(text.startswith(f"{word} ") for word in self.begins)
            or any(text.endswith(word) for word in self.ends)
            or any(text.endswith(word) for word in self.units)
        )


# Compared by identity: readers of dates remember answers by style, and a style holds these words.
@dataclass(frozen=True, slots=True, eq=False)
class DateWords:
    """The vocabulary's words of dates, `folded`.

    `months` maps names to 1..12, `days_ago` a language to its words for today (0) and yesterday
    (1). `changed` finds the words before or behind the date of a change ("updated"), `published`
    those of a publication ("posted on"), `started` those of the beginning of a thread ("asked"),
    `active` those of the last reply in it ("last post").
    """

    months: Mapping[str, int] = field(default_factory=lambda: ENGLISH)
    days_ago: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    changed: re.Pattern[str] = re.compile(r"(?!)")
    published: re.Pattern[str] = re.compile(r"(?!)")
    started: re.Pattern[str] = re.compile(r"(?!)")
    active: re.Pattern[str] = re.compile(r"(?!)")

    def told_in(self, text: str) -> Told | None:
        """Tell which of the two a `folded` text speaks of, a publication before a change."""
        return _told_in(self, _NUMBER.sub("0", text))

    def told_at_end(self, text: str) -> Told | None:
        """Tell the same of the end of a `folded` text, but for signs and a short word behind."""
        return _told_at_end(self, _NUMBER.sub("0", text))

    def told_of_thread(self, text: str) -> Told | None:
        """Tell whether a `folded` text speaks of the last reply in a thread, or of its beginning.

        "Last post by Ann, posted" speaks of the last reply.
        """
        return _told_of_thread(self, _NUMBER.sub("0", text))


# The words around dates are the same all over a site; the dates, but for their months, are not.
@remembered(8_192)
def _told_in(words: DateWords, text: str) -> Told | None:
    """Tell what a text speaks of."""
    if words.published.search(text) is not None:
        return Told.PUBLISHED
    return Told.CHANGED if words.changed.search(text) is not None else None


@remembered(8_192)
def _told_at_end(words: DateWords, text: str) -> Told | None:
    """Tell what a text speaks of at its end."""
    if any(_BEHIND.match(text, match.end()) for match in words.published.finditer(text)):
        return Told.PUBLISHED
    changed = any(_BEHIND.match(text, match.end()) for match in words.changed.finditer(text))
    return Told.CHANGED if changed else None


@remembered(8_192)
def _told_of_thread(words: DateWords, text: str) -> Told | None:
    """Tell what a text by the date of a thread speaks of."""
    if words.active.search(text) is not None:
        return Told.ACTIVE
    begun = words.started.search(text) or words.published.search(text)
    return Told.PUBLISHED if begun is not None else None


ENGLISH_WORDS = DateWords()
"""The months of mail and feeds alone, for what is read without a vocabulary."""


@dataclass(frozen=True, slots=True)
class DateStyle:
    """How a page writes dates: its language ("de"), month before day in 03/04/2024, the words."""

    language: str = ""
    month_first: bool = False
    words: DateWords = ENGLISH_WORDS


PLAIN = DateStyle()
"""Dates of which nothing is known but that they may be as mail and feeds write them."""


def date_words(vocabulary: Vocabulary) -> DateWords:
    """Return what a vocabulary has for dates: months, and the words of its `date_…`."""
    days: dict[str, Mapping[str, int]] = {}
    for language, sections in vocabulary.by_language.items():
        known = {folded(word): 1 for word in sections.get("date_yesterday", ())}
        days[language] = known | {folded(word): 0 for word in sections.get("date_today", ())}
    return DateWords(
        months=ENGLISH | {folded(name): number for name, number in vocabulary.months.items()},
        days_ago=days,
        changed=_phrases(vocabulary.sections.get("date_updated", ())),
        published=_phrases(vocabulary.sections.get("date_published", ())),
        started=_phrases(vocabulary.sections.get("date_started", ())),
        active=_phrases(vocabulary.sections.get("date_active", ())),
    )


def _phrases(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for whole phrases, longest first; those of some scripts within words, too.

    It is asked of texts that are `folded`.
    """
    plain = sorted({folded(phrase) for phrase in phrases}, key=lambda text: (-len(text), text))
    within = "|".join(re.escape(phrase) for phrase in plain if _UNSPACED.search(phrase))
    whole = "|".join(re.escape(phrase) for phrase in plain if not _UNSPACED.search(phrase))
    return re.compile(rf"(?:{within or '(?!)'})|(?<![^\W\d_])(?:{whole or '(?!)'})(?![^\W\d_])")


@remembered(8_192)
def folded(text: str) -> str:
    """Return a word of a date in small letters, without accents: "ΟΚΤΩΒΡΊΟΥ", "KASIM" and "kasım".

    Hangul stays whole. The dotless i of Turkish becomes the usual one, as their capitals are mixed
    up, and the two letters that Persian writes otherwise become the Arabic ones.
    """
    if text.isascii():
        return text.lower().strip(".")
    plain = unicodedata.normalize("NFD", text.casefold())
    bare = "".join(each for each in plain if not 0x300 <= ord(each) <= 0x36F)
    return unicodedata.normalize("NFC", bare).translate(_LETTERS).strip(".")


@lru_cache(maxsize=64)
def names_of(language: str) -> Names:
    """Return the names that a language has for days and months; none for one nobody knows.

    They come from dateparser, which has those of 200 languages from the Unicode CLDR.
    """
    if language in _LATIN:
        one, other = _names(language), _names(_LATIN[language])
        return Names(
            {**other.months, **one.months},
            one.weekdays | other.weekdays,
            one.units | other.units,
        )
    return _names(language)


def _names(language: str) -> Names:
    """Return the names that dateparser has for a language in one script."""
    info = _locale(language)
    months = {
        folded(str(name)): number
        for number, month in enumerate(_MONTHS, 1)
        for name in info.get(month, ())
        # Some lists hold numbers, such as "10" or "M10": those are no names.
        if not any(character.isdigit() for character in str(name))
    }
    weekdays = frozenset(folded(str(name)) for day in _WEEKDAYS for name in info.get(day, ()))
    weekdays |= _SHORT_DAYS if language == "en" else frozenset()
    units = frozenset(folded(str(name)) for unit in _UNITS for name in info.get(unit, ()))
    return Names(months, weekdays, units)


@lru_cache(maxsize=64)
def ago_of(language: str) -> Ago:
    """Return how a language says that something is past, from dateparser's lists.

    "vor 3 Tagen" begins with a word for it, "3 dagar sedan" ends with one, though "för" may stand
    before it: where a language has both, the last word tells.
    """
    info = _locale(language)
    begins, ends, wholes = set[str](), set[str](), set[str]()
    patterns: Mapping[str, Iterable[str]] = info.get("relative-type-regex", {})
    for kind, forms in patterns.items():
        for form in forms if kind.endswith(" ago") else ():
            before, _, behind = form.partition(_CLDR_NUMBER)
            unit, _, last = folded(behind.strip()).partition(" ")
            if last:
                ends.add(last)
            elif not before:
                wholes.add(unit)
            # The others are signs, as in "−3 d".
            elif any(map(str.isalpha, before)):
                begins.add(folded(before.strip()))
    known = [folded(str(word)) for word in info.get("ago", ()) if word != "before"]
    return Ago(frozenset({*begins, *known}) - ends, frozenset({*ends, *known}), frozenset(wholes))


def _locale(language: str) -> Mapping[str, Any]:
    """Return what dateparser knows of a language; nothing for one that it does not know."""
    from dateparser.languages.loader import (  # noqa: PLC0415, RUF100 - slow, seldom needed
        default_loader,
    )

    code = _CODES.get(language, language)
    try:
        info: Mapping[str, Any] = default_loader.get_locale_map(languages=[code])[code].info
    except (ValueError, KeyError):
        return {}
    return info


@remembered(4_096)
def is_other_unit(word: str, language: str) -> bool:
    """Tell whether a word names a unit of time in a page's language, or in English, but for days.

    "weeks", "Stunden" and "mois" do, "days" does not.
    """
    plain = folded(word)
    for each in (language or "en", "en"):
        info = _locale(each)
        named = {unit: {folded(str(name)) for name in info.get(unit, ())} for unit in _UNITS}
        if plain in named["day"]:
            return False
        if any(plain in names for names in named.values()):
            return True
    return False


def dateparser_code(language: str) -> str:
    """Return the code by which dateparser knows a language; "" for one that it does not know."""
    return _CODES.get(language, language) if _locale(language) else ""


@remembered(4_096)
def is_weekday(word: str, language: str) -> bool:
    """Tell whether a `folded` word names a day of the week in a page's language, or in any."""
    return any(word in names_of(each).weekdays for each in (language or "en", *_LANGUAGES.split()))


@remembered(4_096)
def month_in_any(word: str) -> int | None:
    """Return the month that a `folded` word names in the first of all languages that knows it."""
    numbers = (names_of(language).months.get(word) for language in _LANGUAGES.split())
    return next((number for number in numbers if number is not None), None)
