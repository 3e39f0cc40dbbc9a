"""Read a number that a person points at, in the notation of the page's language."""

import re
from dataclasses import dataclass
from math import isfinite

from audit.model.metric import Unit
from scrapers.parse.counts import multiplier_at, parse_count
from scrapers.parse.date_words import is_other_unit
from scrapers.parse.text import ascii_signs, clean

_POINT_LANGUAGES = frozenset(
    [
        *("en", "ga", "cy", "mt", "zh", "ja", "ko", "th", "he", "iw", "ms", "sw", "fil", "tl"),
        *("hi", "bn", "ta", "te", "ml", "mr", "gu", "pa", "ur"),
    ]
)
"""Languages that write 4.6 with a point; all others that a page may name write 4,6."""

_NUMBER = re.compile(
    # A dash behind a word joins ("Team-5") or parts ("customers - 5"): no sign.
    r"(?<![\d.,])(?<!\d[-‑–−:/])(?P<sign>(?<![^\s(])[-‑–−](?=\d)|^[-‑–−]\s)?"
    # An atomic group: before 3.11.5 a possessive one takes in the sign behind the last digit
    # (https://github.com/python/cpython/issues/100061).
    r"(?P<digits>\d{1,15}+"
    r"(?>(?:[ '’\u00a0\u2009\u202f\u066c]\d{3}(?!\d)|[.,\u066b]\d{1,15}+){0,6}))"
    # Not within a range, a time or a date: 10–20, 12:30, 2026-03-12, 3/12/2026; but 4.6/5.
    r"(?![.,]?\d|[-‑–−:]\d|/\d{1,4}/\d)"
)
"""Digits in groups, with a decimal mark or without, and with the sign before them."""

_GROUPED = re.compile(r"\d{0,15}|\d{1,3}(?:[.,]\d{2,3}){0,6}[.,]\d{3}")
"""What stands before the decimal mark: digits alone, or in groups (Indian ones of two)."""

_YEAR = re.compile(r"1[89]\d\d|20\d\d")
_SINCE = re.compile(
    r"(?:(?<![^\W\d_])(?:since|est|estd|established|founded in|seit|gegründet|gegr|depuis"
    r"|fondée? en|desde|dal|sinds|sedan|siden|vuodesta|od(?: roku)?|din|с|з|от|από(?: το)?|منذ)"
    r"|创立于|創立於|始于|自)\.?\s{0,3}$",
    re.I,
)
"""Words before the year in which something began, in the languages of the vocabulary."""

_OF_YEAR = re.compile(r"\s?(?:年|년|(?:['’]?(?:den|dan|ten|tan))? beri|\s?óta)", re.I)
"""Words behind such a year, in languages that put them there."""

_OF_RATES = "`unit: rate` takes numbers with decimals"
_OF_SHARES = "`unit: share` takes numbers with a percent sign"
_PERCENT = re.compile(r"\s?[%٪]")
_TO = "to|till|bis|à|jusqu'à|hasta|a|até|tot|til|till|do|до|～|〜|~"
_RANGE = re.compile(
    rf"(?:\s?[%٪])?(?:\s?[-–−]\s?(?=\d[\d.,]{{0,9}}\s?[%٪])|\s?(?:{_TO})\s)\s?\d", re.I
)
"""What makes a range of a number, where the dash does not stand right behind it: "12%–15%"."""

_MORE = re.compile(r"[eE][+-]?\d|_\d|\s?[¼-¾⅐-⅞]|[ \u00a0\u2009\u202f]\d")
"""What goes on with a number in a way that is not read: 1e6, 1_000, 1½, 12 345 67."""

_JSON_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?")
_WORD_BEHIND = re.compile(r"\s{0,2}([^\W\d_]{1,20})")
_DIGIT = re.compile(r"\d")
_SHOWN = 60
"""Characters of a text that a reason repeats."""

_MOST = 1e15
"""Greater numbers are telephones and ids, and no spreadsheet keeps all their digits."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as it was read; `exact` is False where the page rounds ("1.2 million")."""

    value: int | float
    exact: bool = True


def parse_number(text: str, unit: Unit, language: str) -> Numeral | str:
    """Read the first number of a text in a unit; return in words why there is none.

    A count is whole, with or without a unit of its own: "12.400", "1.2 million". A share has a
    percent sign: "98 %" is 0.98. Days are no weeks or hours. `language` ("de") tells which mark is
    the decimal one where both readings make sense: "1,234" is 1.234 in German and 1234 in English.
    Without a language such a number is not read. Nothing is read from within a date, a time or a
    range.
    """
    text = text if text.isascii() else ascii_signs(text)
    match = _NUMBER.search(text)
    if match is None:
        hint = "; a date, a time or a range is none" if _DIGIT.search(text) else ""
        return f"no number in “{clean(text, _SHOWN)}”{hint}"
    if (odd := _odd(match)) or (odd := _other_time(match, unit, language)):
        return odd
    if unit is not Unit.COUNT:
        return _with_unit(match, unit, language)
    if _is_year(match):
        return f"“{clean(text, _SHOWN)}” tells a year and counts nothing"
    has_fraction = bool(match["sign"]) or "\u066b" in match["digits"]
    counted = parse_count(text) if not has_fraction else None
    if counted is None:
        other = _OF_SHARES if _has_percent(match) else _OF_RATES
        return f"“{clean(text, _SHOWN)}” is no count; {other}"
    return Numeral(counted.value, counted.exact)


def _is_year(match: re.Match[str]) -> bool:
    """Tell whether a number is the year of a beginning: "since 1987", "1987年創業"."""
    if _YEAR.fullmatch(match["digits"]) is None:
        return False
    before, behind = match.string[: match.start()], match.string[match.end() :]
    return _SINCE.search(before) is not None or _OF_YEAR.match(behind) is not None


def _odd(match: re.Match[str]) -> str:
    """Return why a number that goes on behind what was read of it is none; "" for any other."""
    text, end = match.string, match.end()
    if _RANGE.match(text, end):
        return f"no number in “{clean(text, _SHOWN)}”; a date, a time or a range is none"
    if _MORE.match(text, end):
        return f"“{clean(text, _SHOWN)}” is written in a way that is not read as a number"
    return ""


def _other_time(match: re.Match[str], unit: Unit, language: str) -> str:
    """Return why a number of days counts something else, such as weeks; "" where it does not."""
    text, end = match.string, match.end()
    if unit is not Unit.DAYS:
        return ""
    word = _WORD_BEHIND.match(text, end)
    other = word is not None and is_other_unit(word[1], language)
    if not other and not _PERCENT.match(text, end):
        return ""
    return f"“{clean(text, _SHOWN)}” does not count days"


def number_of_json(value: object, unit: Unit) -> Numeral | str:
    """Read a value of JSON as a number; a text is read as on a page without a language."""
    if isinstance(value, str) and _JSON_NUMBER.fullmatch(value):
        value = float(value)
    if isinstance(value, str):
        return parse_number(value[:200], unit, "")
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
        return "the path leads to no number"
    if unit is Unit.SHARE and 0 <= value <= 1:
        return Numeral(value)
    if unit is Unit.SHARE:
        return f'{value:g} is no share; in JSON it lies between 0 and 1, or is a text as "98 %"'
    return _within_bounds(value, unit, percent=False)


def _with_unit(match: re.Match[str], unit: Unit, language: str) -> Numeral | str:
    """Return a number with decimals, times what the words behind it multiply by."""
    value = _decimal(match["digits"], language)
    if isinstance(value, str):
        return value
    multiplier, end = multiplier_at(match.string, match.end())
    if multiplier == 0:
        return f"the unit behind “{match['digits']}” has two meanings"
    if match.string[end : end + 1].isdecimal():
        return f"“{clean(match.string, _SHOWN)}” is in several parts; `unit: count` adds them up"
    signed = -value if match["sign"] else value
    read = _within_bounds(signed, unit, percent=_has_percent(match))
    if isinstance(read, str) or multiplier == 1:
        return read
    return Numeral(read.value * multiplier, exact=False)


def _has_percent(match: re.Match[str]) -> bool:
    """Tell whether a percent sign stands beside a number; Turkish and Basque write %98."""
    before = match.string[: match.start()].endswith(("%", "٪"))
    return before or _PERCENT.match(match.string, match.end()) is not None


def _within_bounds(value: float, unit: Unit, *, percent: bool) -> Numeral | str:
    """Return a number if it can be one of the unit; a share in 0 to 1."""
    if abs(value) >= _MOST:
        return "the number has too many digits to be a figure"
    if unit is Unit.SHARE and not percent:
        return f"{value:g} has no percent sign beside it; point at an element that includes it"
    if unit is Unit.SHARE:
        return Numeral(value / 100 if percent else value)
    if unit is Unit.COUNT and (value < 0 or value != int(value)):
        return f"{value:g} is no count; `unit: rate` takes numbers with decimals"
    return Numeral(int(value) if value == int(value) else value)


def _decimal(digits: str, language: str) -> float | str:
    """Return the number that digits with marks are; in words why it could be two numbers."""
    plain = re.sub(r"[ '’\u00a0\u2009\u202f\u066c]", "", digits).replace("\u066b", ",")
    mark = _decimal_mark(plain, language)
    if mark is None:
        return f"“{digits}” may be read in two ways, and the page names no language"
    whole, _, fraction = plain.rpartition(mark) if mark else (plain, "", "")
    if not _GROUPED.fullmatch(whole):
        return f"“{digits}” is a date, a version or a list rather than a number"
    return float(f"{re.sub('[.,]', '', whole)}.{fraction}")


def _decimal_mark(plain: str, language: str) -> str | None:
    """Return the decimal mark of a number, "" where it has none; None where nobody can tell."""
    marks = [sign for sign in plain if sign in ".,"]
    if not marks:
        return ""
    if len(set(marks)) == 2:
        # Of two different marks the last is the decimal one: 1.234,5 and 1,234.5.
        return marks[-1] if marks.count(marks[-1]) == 1 else ""
    if len(marks) > 1:
        return ""
    whole, _, fraction = plain.partition(marks[0])
    if len(fraction) != 3 or len(whole) > 3 or whole == "0":
        return marks[0]
    if not language:
        return None
    usual = "." if language in _POINT_LANGUAGES else ","
    return marks[0] if marks[0] == usual else ""
