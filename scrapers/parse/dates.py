"""Read dates as sites write them; what was understood in part only is no date."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from audit.model.value import TOO_FAR_AHEAD, Dated, DateSource
from scrapers.parse.ago import counted_back
from scrapers.parse.clock import cut_clock
from scrapers.parse.date_words import PLAIN, DateStyle, Told, folded, is_weekday
from scrapers.parse.days import (
    PARTICLES,
    TOKEN,
    Day,
    MonthDay,
    Reading,
    day_of,
    days_in,
    month_days_in,
)
from scrapers.parse.moment import decided_by_now
from scrapers.parse.remembered import remembered
from scrapers.parse.text import ascii_signs

EARLIEST_YEAR = 1990
"""A date before the web is a slip, a founding year or a machine's zero."""

MAX_TEXT = 80
"""Characters of a text that are read as a date, once white space is folded."""

_MOST_WITHOUT_YEAR = 40
"""Characters of a text that is a day without a year, with an hour and a weekday."""

_LOOKED_AT = 4_000
"""Characters of a text that are looked at before white space is folded."""

_AHEAD = timedelta(days=730)
"""How far ahead an event is announced; what lies further is a slip of the writer."""

_DASHES: Mapping[int, str] = dict.fromkeys(range(0x2010, 0x2016), "-")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?(?=$|[Z+-])", re.I)
"""ISO 8601 without its signs; only of a whole text, as many numbers have eight digits."""

_URL = re.compile(
    r"/((?:19|20)\d{2})[/-](0?[1-9]|1[0-2])(?:[/-](0?[1-9]|[12]\d|3[01]))?(?=[/-]|$|\.)"
)
_COMPACT_URL = re.compile(r"/((?:20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[/_-])")
_STAMP = re.compile(r"\d{9,10}(?:\d{3})?(?:\.\d{1,9})?")
"""Seconds or milliseconds since 1970."""


def parse_date(
    text: str, source: DateSource, now: datetime, style: DateStyle = PLAIN
) -> Dated | None:
    """Read a text that is a date and nothing else; None where a part of it was not understood.

    A weekday, an hour and a zone may stand by the day. A day without an hour stands at midnight UTC
    (`day_only`), a time without a zone counts as UTC. "03/04/2024" is read by the page's habit and
    marked `ambiguous`. Dates before 1990 or more than two years after `now` are None, and so is a
    count of seconds, which `date_of_stamp` reads.
    """
    plain = _plain(text)
    if len(plain) > MAX_TEXT:
        return None
    return _usable(_whole(_spelled_out(plain), style), source, now)


def find_date(
    text: str, source: DateSource, now: datetime, style: DateStyle = PLAIN
) -> Dated | None:
    """Read the date of publication in a short text with other words; None where there is none.

    The first date is taken, one that the text calls published before others, and none that it calls
    updated. "3 days ago" and "yesterday, 14:30" are read in the page's language, and are of the
    source `AGO`.
    """
    plain = _plain(text)
    plain = plain if len(plain) <= MAX_TEXT else plain[:MAX_TEXT].rpartition(" ")[0]
    written = _usable(_whole(plain, style) or _labelled(plain, style), source, now)
    if written is not None or (ago := _counted_back(plain, now, style)) is None:
        return written
    decided_by_now()
    return _usable(ago, DateSource.AGO, now)


def month_day_of(text: str, style: DateStyle = PLAIN) -> MonthDay | None:
    """Read a text that is a day without a year and nothing else: "12 Nov", "Thu, 11月12日".

    An hour and a weekday may stand beside it.
    """
    plain = _plain(text)
    if len(plain) > _MOST_WITHOUT_YEAR or not any(map(str.isdigit, plain)):
        return None
    return _without_year(plain, style)


def date_of_stamp(text: str, source: DateSource, now: datetime) -> Dated | None:
    """Read seconds or milliseconds since 1970; None for any other number and for none."""
    if _STAMP.fullmatch(text) is None:
        return None
    whole = text.partition(".")[0]
    seconds = int(whole) // (1_000 if len(whole) > 10 else 1)
    return _usable(Reading(datetime.fromtimestamp(seconds, UTC), False, False), source, now)


def date_in_url(url: str, now: datetime) -> Dated | None:
    """Read the date that an address carries, such as /2024/05/17/; None without a day.

    /2024/05/ is an archive of a month as often as the folder of a post.
    """
    match = _COMPACT_URL.search(url) or _URL.search(url)
    if match is None or match.group(3) is None:
        return None
    day = day_of(*(int(part) for part in match.groups()))
    # A post's address is made when it is published; a zone may be a day ahead.
    if day is None:
        return None
    if day > now + TOO_FAR_AHEAD:
        decided_by_now()
        return None
    return Dated(at=day, source=DateSource.URL, day_only=True)


def _usable(reading: Reading | None, source: DateSource, now: datetime) -> Dated | None:
    """Return a date with its source; None for one that cannot be right."""
    if reading is None:
        return None
    at, day_only, ambiguous = reading
    if at > now + _AHEAD:
        decided_by_now()
        return None
    if at.year < EARLIEST_YEAR:
        return None
    return Dated(at=at, source=source, day_only=day_only, ambiguous=ambiguous)


def _plain(text: str) -> str:
    """Return a text with ASCII digits and signs, folded white space, and nothing hidden in it."""
    text = text[:_LOOKED_AT].strip()
    if not text.isascii():
        text = ascii_signs(text.translate(_DASHES))
        text = "".join(each for each in text if unicodedata.category(each) != "Cf")
    return " ".join(text.split())


def _spelled_out(text: str) -> str:
    """Return "20261029T093000Z" as "2026-10-29 09:30:00Z", and every other text as it is."""
    match = _COMPACT.match(text)
    if match is None:
        return text
    year, month, day, *clock = match.groups()
    hours = ":".join(part for part in clock if part)
    return f"{year}-{month}-{day} {hours}{text[match.end() :]}"


# ---- a text that is a date ----


@remembered(4_096)
def _whole(text: str, style: DateStyle) -> Reading | None:
    """Read a text that is wholly understood: a day, and beside it an hour and a weekday at most."""
    if not any(character.isdigit() for character in text):
        return None
    clock, rest = cut_clock(text)
    day = next(days_in(rest, style, whole=True), None)
    if day is None or not _means_nothing(rest[: day.start] + " " + rest[day.end :], style):
        return None
    return day.at_hour(clock)


@remembered(4_096)
def _without_year(text: str, style: DateStyle) -> MonthDay | None:
    """Read a text that is wholly a day without a year."""
    _, rest = cut_clock(text)
    for date, start, end in month_days_in(rest, style):
        if _means_nothing(f"{rest[:start]} {rest[end:]}", style):
            return date
    return None


def _means_nothing(text: str, style: DateStyle) -> bool:
    """Tell whether what stands beside a date are weekdays, particles and signs alone."""
    words = [folded(match.group()) for match in TOKEN.finditer(text)]
    return not any(character.isdigit() for character in text) and all(
        word in PARTICLES or is_weekday(word, style.language) or not word[:1].isalpha()
        for word in words
    )


# ---- a date among other words ----


# The entries of a list share the words by their dates, and often the day.
@remembered(4_096)
def _counted_back(text: str, now: datetime, style: DateStyle) -> Reading | None:
    """Read a text such as "3 days ago"."""
    return counted_back(text, now, style)


@remembered(4_096)
def _labelled(text: str, style: DateStyle) -> Reading | None:
    """Read the first date that a text does not call updated; one called published before others."""
    days = list(days_in(text, style, whole=False))
    if not days:
        return None
    labels = _labels(text, days, style)
    kept = [
        (not _of_beginning(folded(label), style), day)
        for label, day in zip(labels, days, strict=True)
        if style.words.told_in(folded(label)) is not Told.CHANGED
    ]
    if not kept:
        return None
    day = min(kept, key=lambda pair: pair[0])[1]
    return day.at_hour(cut_clock(text[day.end :], beside=True)[0])


def _of_beginning(label: str, style: DateStyle) -> bool:
    """Tell whether the words by a date call it that of a publication, or of a thread's beginning.

    "Last posted on" does not.
    """
    told = style.words.told_in(label) or style.words.told_of_thread(label)
    return told is Told.PUBLISHED and style.words.told_of_thread(label) is not Told.ACTIVE


def _labels(text: str, days: Sequence[Day], style: DateStyle) -> list[str]:
    """Return the words that belong to each of the days in a text.

    They stand before it; behind it where nothing stands before the first and something behind the
    last, as in "2026年10月29日 更新".
    """
    bounds = [0, *(day.end for day in days), len(text)]
    before = [text[start : day.start] for start, day in zip(bounds, days, strict=False)]
    behind = [*before[1:], text[bounds[-2] :]]
    told = style.words.told_in
    return behind if not told(folded(before[0])) and told(folded(behind[-1])) else before
