"""A count as its box asks for it: whole, over 30 days or of five posts; rates are reckoned up.

"2.5 a week" are about 11 posts in 30 days, "7,5 per post" about 38 likes of five. A bare 7.5 may be
either, or thousands, so it is asked for.
"""

import re
from functools import cache
from typing import NamedTuple

from audit.model.by_hand import DAYS, LAST_POSTS, Field
from audit.typed_values import Raw, TypedRead, count_of, plain_text
from config.table_words import TableField, plain, table_words

_NUMBER = re.compile(
    r"(?:(?:ca|c|about|etwa|env)\.? |[~≈])?(\d{1,6})(?:[.,](\d{1,4})|/(\d{1,2}))?(?!\d)"
)
_PERIOD_FIRST = re.compile(r"(\D{1,20}?)[ :]{0,2}(\d[\d.,]{0,6})\s?(?:\D{0,10})")
"""How East Asia writes a rate, and some elsewhere: 週3回, per week: 3."""

_IN_DAYS = re.compile(r"(\d{1,3}) (\S+)")
_HALVES = {"½": "0.5", "¼": "0.25", "¾": "0.75"}
_EACH = {"日": 1, "天": 1, "일": 1, "週": 7, "周": 7, "주": 7, "月": 30, "월": 30}
"""Periods that may stand alone before a number, also behind a sign for each (毎週, 每月)."""

_TIMES = frozenset({"x", "×", "times", "mal", "fois", "veces", "volte", "vezes", "keer", "razy"})
"""Words between a number and its period: 3 times a week."""

_WHOLE, _FEWEST = 1_000, 1

_NO_RATES = {
    Field.FOLLOWERS: "it counts what came in some time; write how many follow now, such as 12400",
    Field.LIKES: "it counts what came in some time; write the likes of the five newest posts",
    Field.COMMENTS: "it counts what came in some time; write the comments on the five newest posts",
}

_OTHERWISE = {
    Field.POSTS: f"write how many there were in the last {DAYS} days, or such as 2.5 a week",
    Field.LIKES: "write the likes of the five newest posts together, or such as 1200 per post",
    Field.COMMENTS: "write the comments on the five newest posts together, or such as 7 per post",
}
"""What to write where a number has words of a rate with it that are not understood."""

_EVERY = frozenset({"each", "every", "jede", "jeden", "chaque", "cada", "ogni", "elke", "wk", "mo"})
_AVERAGE = frozenset({"schnitt", "each", "jeweils", "chacun", "chacune", "ciascuno"})


class _Rate(NamedTuple):
    """A number with what it is of: so many days, or one post where `days` is None."""

    number: float
    days: int | None


def count_in(field: Field, raw: Raw) -> TypedRead[int] | str | None:
    """Return what is typed into the box of a count; in words why not; None for nothing typed."""
    text = plain_text(raw) if isinstance(raw, str) else ""
    rate = _rate(text)
    if rate is not None:
        return _reckoned(field, rate)
    part = _part(raw, text)
    if part is not None and field in (Field.POSTS, Field.LIKES, Field.COMMENTS):
        return _question(field, part)
    read = count_of(raw)
    # "2 each week" or "1.2k per post" without their words would be another figure.
    return _OTHERWISE[field] if isinstance(read, TypedRead) and _tells_rate(field, text) else read


def _reckoned(field: Field, rate: _Rate) -> TypedRead[int] | str:
    """Return the count of a box that a rate comes to."""
    if field is Field.POSTS and rate.days is not None:
        count = rate.number * DAYS / rate.days
        if 0 < count < _FEWEST:
            return f"that is less than one post in {DAYS} days; write how many there were, 0 or 1"
        return TypedRead(round(count), exact=rate.days == DAYS and count.is_integer())
    if field in (Field.LIKES, Field.COMMENTS) and rate.days is None:
        return TypedRead(round(rate.number * LAST_POSTS), exact=False)
    if field is Field.POSTS:
        return f"it is of one post; write how many posts there were in the last {DAYS} days"
    return _NO_RATES[field]


def _question(field: Field, part: float) -> str:
    """Return what to write in place of a number with decimals."""
    low = int(part)
    if field is Field.POSTS:
        return (
            f"posts of the last {DAYS} days are counted whole; write {low} or {low + 1}, or an "
            f"average with its period: {part:g} a week"
        )
    total = round(part * LAST_POSTS)
    return (
        f"{field} of the five newest posts together are a whole number; write their sum, or "
        f"{part:g} per post if that is the average (about {total} in all)"
    )


def _part(raw: Raw, text: str) -> float | None:
    """Return a number with decimals and no period behind it; None for any other cell."""
    if isinstance(raw, float) and 0 <= raw < _WHOLE:
        return None if raw.is_integer() else raw
    text = _without_halves(text)
    match = _NUMBER.match(text)
    if match is not None and not _is_noun(plain(text[match.end() :])):
        return None
    number = _number(match) if match is not None else None
    return None if number is None or number.is_integer() else number


def _rate(text: str) -> _Rate | None:
    """Return a number with its period, or of each post; None for any other text."""
    text = _without_halves(text)
    match = _NUMBER.match(text)
    if match is None:
        return _rate_behind(text)
    if (number := _number(match)) is None:
        return None
    rest = text[match.end() :].strip()
    words = plain(rest)
    counted, stroke, period = rest.partition("/")
    if stroke and _is_noun(plain(counted)):
        words = plain(period)
        return _Rate(number, _nouns()[words] or None) if words in _nouns() else None
    known, words = table_words(), _without_noun(words)
    if words in known.per_post:
        return _Rate(number, None)
    if (days := known.periods.get(words, 0)) > 0:
        return _Rate(number, days)
    days = _days_in(words)
    return _Rate(number, days) if days else None


def _rate_behind(text: str) -> _Rate | None:
    """Return a number behind its period; None for any other text."""
    match = _PERIOD_FIRST.fullmatch(text)
    number = _NUMBER.fullmatch(match[2]) if match is not None else None
    if match is None or number is None or (value := _number(number)) is None:
        return None
    words = plain(match[1]) or match[1].strip()
    if words in table_words().per_post:
        return _Rate(value, None)
    days = _EACH.get(match[1].lstrip("毎每")) or table_words().periods.get(words)
    return _Rate(value, days) if days else None


def _without_noun(words: str) -> str:
    """Return words without what is counted before its period: posts a week, 3 times a week."""
    first, _, rest = words.partition(" ")
    return rest if rest and (first in _TIMES or _is_noun(first)) else words


def _is_noun(words: str) -> bool:
    """Tell whether words are none, or what is counted: posts, Beiträge, likes."""
    counts = (TableField.POSTS, TableField.LIKES, TableField.COMMENTS)
    return not words or table_words().fields.get(words) in counts


def _days_in(words: str) -> int:
    """Return the days of "in 14 days" or "in 4 weeks"; 0 for any other words."""
    known = table_words()
    rest = " ".join(word for word in words.split() if word not in known.around)
    match = _IN_DAYS.fullmatch(rest)
    each = 0 if match is None else 1 if match[2] in known.days else known.spans.get(match[2], 0)
    return int(match[1]) * each if match is not None else 0


def _tells_rate(field: Field, text: str) -> bool:
    """Tell whether a text that is no known rate says all the same that its number is one."""
    if field not in _OTHERWISE:
        return False
    known, words = table_words(), set(plain(text).split())
    averages = {word for word in known.per_post if " " not in word} | _AVERAGE
    periods = {word for word, days in _nouns().items() if (days > 0) == (field is Field.POSTS)}
    every = _EVERY if field is Field.POSTS else frozenset[str]()
    return bool(words & ((periods - set(known.around)) | averages | every))


@cache
def _nouns() -> dict[str, int]:
    """Return the words behind a stroke, such as week of "2/week", with their days; 0 for a post."""
    known = table_words()
    of_periods = {text.split()[-1]: days for text, days in known.periods.items() if " " in text}
    return of_periods | {text.split()[-1]: 0 for text in known.per_post if " " in text}


def _number(match: re.Match[str]) -> float | None:
    """Return the number of a match; None for a fraction that is none."""
    if match[3] is not None:
        below = int(match[3])
        # 12/2026 is no fraction, and 10/3 more likely a day.
        return int(match[1]) / below if below > int(match[1]) else None
    if _is_group(match):
        return float(match[1] + match[2])
    return float(f"{match[1]}.{match[2] or 0}")


def _is_group(match: re.Match[str]) -> bool:
    """Tell whether a number is one of thousands: three digits stand behind its mark."""
    return len(match[2] or "") == 3 and len(match[1]) <= 3 and not match[1].startswith("0")


def _without_halves(text: str) -> str:
    """Return a text with the signs for parts of one as decimals."""
    for sign, decimals in _HALVES.items():
        text = text.replace(sign, decimals)
    return text
