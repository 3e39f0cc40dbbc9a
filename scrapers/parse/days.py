"""Find the days in a text, in numbers or with months in words, in any order that sites use."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from scrapers.parse.clock import Clock
from scrapers.parse.date_words import DateStyle, folded, month_in_any, names_of

_DIGIT = re.compile(r"\d")
_YEAR_FIRST = re.compile(
    r"(?<![A-Za-z\d/.-])(\d{4})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{1,2})(?!\d|[-/.]\d)"
)
_YEAR_LAST = re.compile(
    r"(?<![A-Za-z\d/.-])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?!\d|[-/.]\d)"
)
_CJK = re.compile(r"(?<!\d)(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日號号일]?")
_CJK_DAY = re.compile(r"(?<!\d)(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日號号일]")
_ERA = re.compile(
    r"(令和|平成|民國|民国)\s?([1-9]\d{0,2}|元)\s?年\s?(\d{1,2})\s?月\s?(\d{1,2})\s?[日號号]?"
)
_ERA_LETTER = re.compile(
    r"(?<![A-Za-z\d])([RH])\s?(\d{1,2})([./年])\s?(\d{1,2})[./月]\s?(\d{1,2})(?![\d./])"
)
"""How forms in Japan shorten an era: R8.11.12."""

_ERAS = {"R": 2018, "H": 1988, "令和": 2018, "平成": 1988, "民國": 1911, "民国": 1911}
"""The year before the first one of the eras in which Japan and Taiwan count their years."""

_VIETNAMESE = re.compile(
    r"(?<!\d)(\d{1,2})\s(?:tháng|thg)\s(\d{1,2}),?\s(?:năm\s)?(\d{4})(?!\d)", re.I
)
TOKEN = re.compile(r"\d+|[^\s\d.,;:!?/()\[\]|·•\-@'’\"„“”«»、。،]+")
"""A number, or a word with all its marks, which `\\w` would break up in some scripts."""

_BETWEEN = frozenset(" .,'’/-،")
"""Signs that stand between the parts of one date."""

_APOSTROPHES = frozenset("'’")
_ENDINGS = "° st nd rd th er o a re e ª º én án"
"""What stands behind the number of a day: 3rd, 1er, 29-én."""

_LITTLE_WORDS = (
    "t at on of the de di del d do da den der am um uhr le la el las les il à às alle kl klo "
    "klokken h hs hrs godz dne dnia r rok roku rb m g г р год года року в о об gada i στις στο του "
    "ngày năm saat ora ore ב и"
)
PARTICLES = frozenset(folded(word) for word in f"{_ENDINGS} {_LITTLE_WORDS}".split())
"""Words that stand in or by a date and say nothing more."""

_TWO_DIGITS_FIRST = frozenset({"ja", "zh", "ko", "hu", "lt", "mn"})
"""Languages in which 26.10.29 begins with the year."""

_BUDDHIST = 543
"""Years by which the calendar of Thailand is ahead of the usual one."""

_FIRST_BUDDHIST = 2_500
"""No post is dated so far ahead: a year from here on is one of the calendar of Thailand."""

_NINETIES = 90
"""Years of two digits from here on are of the last century: the web had not begun before."""

_OTHER_YEARS = frozenset({"fa", "ps", "th"})
"""Languages whose calendar has other years: two digits of one may be any."""


class MonthDay(NamedTuple):
    """A day of the year, as sites write it where the year is plain: "Nov 12"."""

    month: int
    day: int


class Reading(NamedTuple):
    """A time in UTC, whether only its day is known, whether day and month may be swapped."""

    at: datetime
    day_only: bool
    ambiguous: bool


@dataclass(frozen=True, slots=True)
class Day:
    """A day as it was found in a text, and where; `swappable` where day and month may be."""

    at: datetime
    start: int
    end: int
    swappable: bool = False

    def at_hour(self, clock: Clock | None) -> Reading | None:
        """Return the time of an hour on this day; None where Python's calendar does not reach."""
        if clock is None:
            return Reading(self.at, day_only=True, ambiguous=self.swappable)
        try:
            at = self.at + clock.since_midnight - clock.ahead_of_utc
        # 0001-01-01T00:00:00+14:00 lies before the first day of Python's calendar.
        except OverflowError:
            return None
        return Reading(at, day_only=False, ambiguous=self.swappable)


def days_in(text: str, style: DateStyle, *, whole: bool) -> Iterator[Day]:
    """Yield the days in a text from left to right; in a whole text years of two digits, too."""
    if _DIGIT.search(text) is None:
        return
    days = [
        *_in_numbers(text, style),
        *(_by_letter(text) if style.language == "ja" else ()),
        *(() if text.isascii() and "th" not in text.lower() else _by_units(text)),
        *_in_words(text, style, whole=whole),
    ]
    yield from sorted(days, key=lambda day: day.start)


def _in_numbers(text: str, style: DateStyle) -> Iterator[Day]:
    """Yield days such as 2026-10-29, 2026/10/29, 29.10.2026, 29/10/2026 and 10/29/26."""
    for match in _YEAR_FIRST.finditer(text):
        at = day_of(int(match[1]), int(match[3]), int(match[4]))
        if at is not None:
            yield Day(at, *match.span())
    for match in _YEAR_LAST.finditer(text):
        first, mark, second, last = match.groups()
        if (pair := _year_last(int(first), int(second), last, mark, style)) is not None:
            yield Day(pair[0], *match.span(), pair[1])


def _year_last(
    first: int, second: int, last: str, mark: str, style: DateStyle
) -> tuple[datetime, bool] | None:
    """Return the day of three numbers, and whether the first two may be swapped; None for none.

    Only slashes are used in both orders: dots and dashes mean day first.
    """
    if len(last) == 2 and style.language in _TWO_DIGITS_FIRST:
        first, last = int(last), f"{first:02}"
    if len(last) == 2 and style.language in _OTHER_YEARS:
        return None
    year = _four_digits(int(last)) if len(last) == 2 else int(last)
    day, month = (second, first) if mark == "/" and style.month_first else (first, second)
    swappable = mark == "/" and first <= 12 and second <= 12 and first != second
    if month > 12:
        day, month = month, day
    at = day_of(year, month, day)
    return (at, swappable) if at is not None else None


def _by_units(text: str) -> Iterator[Day]:
    """Yield days whose parts are named: 2026年10月29日, 2026년 10월 29일, 29 tháng 10, 2026.

    The year may be that of an era: 令和8年10月29日.
    """
    for match in _ERA.finditer(text):
        year = 1 if match[2] == "元" else int(match[2])
        at = day_of(_ERAS[match[1]] + year, int(match[3]), int(match[4]))
        if at is not None:
            yield Day(at, *match.span())
    for pattern, (year, month, day) in ((_CJK, (1, 2, 3)), (_VIETNAMESE, (3, 2, 1))):
        for match in pattern.finditer(text):
            at = day_of(int(match[year]), int(match[month]), int(match[day]))
            if at is not None:
                yield Day(at, *match.span())


def _by_letter(text: str) -> Iterator[Day]:
    """Yield days of an era that is a letter: R8.11.12 is of the eighth year of Reiwa."""
    for match in _ERA_LETTER.finditer(text):
        at = day_of(_ERAS[match[1]] + int(match[2]), int(match[4]), int(match[5]))
        if at is not None:
            yield Day(at, *match.span())


# ---- months in words ----


@dataclass(frozen=True, slots=True)
class _Part:
    """A number or a month in a text: its kind (`N`, `Y` or `M`), its value and its place."""

    kind: str
    value: int
    start: int
    end: int


_ORDERS = {"NMY": (2, 1, 0), "MNY": (2, 0, 1), "YMN": (0, 1, 2), "YNM": (0, 2, 1)}
"""Orders of day, month in words and year; where year, month and day stand in each."""

_SHORT_ORDERS = {"NMN": (2, 1, 0), "MNN": (2, 0, 1)}
"""Orders whose last number is a year of two digits."""


def _in_words(text: str, style: DateStyle, *, whole: bool) -> Iterator[Day]:
    """Yield days such as "29. Oktober 2026", "Oct 29th, 2026", and "2026. október 29."."""
    parts = _parts(text, style, whole=whole)
    orders = _ORDERS | _SHORT_ORDERS if whole else _ORDERS
    for three in zip(parts, parts[1:], parts[2:], strict=False):
        kinds = "".join(part.kind for part in three)
        if kinds not in orders or not all(_touch(text, *two) for two in pairwise(three)):
            continue
        year, month, day = (three[place].value for place in orders[kinds])
        at = day_of(year if "Y" in kinds else _four_digits(year), month, day)
        if at is not None:
            yield Day(at, three[0].start, three[-1].end)


def month_days_in(text: str, style: DateStyle) -> Iterator[tuple[MonthDay, int, int]]:
    """Yield the days without a year in a text, such as "12. Nov", each with its place.

    "Nov '26" is a month. Whether a year stands beside a day is for the caller to see.
    """
    for match in _CJK_DAY.finditer(text):
        yield MonthDay(int(match[1]), int(match[2])), *match.span()
    parts = _parts(text, style, whole=False)
    for two in pairwise(parts):
        by_kind = {part.kind: part.value for part in two}
        between = text[two[0].end : two[1].start]
        is_day = by_kind.keys() == {"N", "M"} and not _APOSTROPHES.intersection(between)
        if is_day and _touch(text, *two):
            yield MonthDay(by_kind["M"], by_kind["N"]), two[0].start, two[1].end


def _four_digits(year: int) -> int:
    """Return the year that two digits mean: 26 is 2026, and 99 is 1999, as nobody dates ahead."""
    return year + (1900 if year >= _NINETIES else 2000)


def _touch(text: str, left: _Part, right: _Part) -> bool:
    """Tell whether two parts are parts of one date: only signs and particles stand between them."""
    between = text[left.end : right.start]
    rest = TOKEN.sub(lambda match: "" if folded(match[0]) in PARTICLES else "\0", between)
    return _BETWEEN.issuperset(rest)


def _parts(text: str, style: DateStyle, *, whole: bool) -> list[_Part]:
    """Return the numbers and months of a text, in its order; other words are left out."""
    tokens = list(TOKEN.finditer(text))
    beginnings = _beginnings(style)
    parts: list[_Part] = []
    for index, token in enumerate(tokens):
        word = token.group()
        # The second word of a month may be one alone: "de novembre" and "novembre".
        if parts and token.start() < parts[-1].end:
            continue
        if word.isdecimal():
            kind = {1: "N", 2: "N", 4: "Y"}.get(len(word))
            if kind is not None:
                parts.append(_Part(kind, int(word), *token.span()))
            continue
        # Some months have two words: "كانون الثاني".
        begins = index + 1 < len(tokens) and folded(word) in beginnings
        pair = f"{word} {tokens[index + 1].group()}" if begins else ""
        of_two = _month(pair, style, whole=whole)
        month = of_two or _month(word, style, whole=whole)
        if month is not None:
            end = tokens[index + 1].end() if of_two else token.end()
            parts.append(_Part("M", month, token.start(), end))
    return parts


@lru_cache(maxsize=256)
def _beginnings(style: DateStyle) -> frozenset[str]:
    """Return the first words of months that have two, `folded`."""
    months = {*names_of(style.language).months, *style.words.months}
    return frozenset(month.partition(" ")[0] for month in months if " " in month)


def _month(word: str, style: DateStyle, *, whole: bool) -> int | None:
    """Return the number of a month by its name: in the page's language before all others."""
    plain = folded(word)
    if not plain or plain in PARTICLES:
        return None
    number = names_of(style.language).months.get(plain) if style.language else None
    number = number or style.words.months.get(plain)
    return number if number is not None or not whole else month_in_any(plain)


def day_of(year: int, month: int, day: int) -> datetime | None:
    """Return midnight UTC of a day; None where the calendar has no such day (31 February)."""
    year -= _BUDDHIST if year >= _FIRST_BUDDHIST else 0
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None
