"""Read dates as sites write them; what cannot be right is no date."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache

from audit.model.value import TOO_FAR_AHEAD, Dated, DateSource

EARLIEST_YEAR = 1990
"""A date before the web is a slip, a founding year or a machine's zero."""

MAX_TEXT = 80
"""Characters of a text that are read as a date, once white space is stripped."""

_LOOKED_AT = 4_000
"""Characters of a text that are looked at before white space is stripped."""

_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?"
    r"\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?",
    re.I,
)
_CJK = re.compile(r"(\d{4})\s*[年년./]\s*(\d{1,2})\s*[月월./]\s*(\d{1,2})")
_NUMERIC = re.compile(r"(?<![\d.])(\d{1,2})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?![\d.])")
_DAY_FIRST = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th|er|º|ª|\.|-a|re)?[\s,-]+(?:de\s+|di\s+|d')?([^\W\d_]{3,})\.?,?"
    r"[\s-]+(?:de\s+|del\s+)?(\d{4})(?!\d)",
    re.I,
)
_MONTH_FIRST = re.compile(
    r"([^\W\d_]{3,})\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:\.|,)?\s+(\d{4})(?!\d)", re.I
)
_URL = re.compile(
    r"/((?:19|20)\d{2})[/-](0?[1-9]|1[0-2])(?:[/-](0?[1-9]|[12]\d|3[01]))?(?=[/-]|$|\.)"
)
_COMPACT_URL = re.compile(r"/((?:20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[/_-])")
_MONTH_FIRST_IN = frozenset({"en"})
"""Languages in which 03/04/2024 is the 4th of March, the American way."""

_ENGLISH_DAY = re.compile(r"^[A-Za-z]{3},")


def parse_date(
    text: str,
    source: DateSource,
    now: datetime,
    months: Mapping[str, int] | None = None,
    language: str = "",
) -> Dated | None:
    """Read one date from a short text; None where there is none or it cannot be right.

    `months` maps names of months in small letters to numbers, `language` ("de") is that of the
    page. A day without an hour stands at midnight UTC (`day_only`), a time without a zone counts as
    UTC. "03/04/2024" is read by the language's habit and marked `ambiguous`. Dates before 1990 or
    more than two years after `now` are None.
    """
    text = text[:_LOOKED_AT].strip()[:MAX_TEXT]
    if not text or not any(character.isdigit() for character in text):
        return None
    reading = (
        _iso(text)
        or _rfc(text)
        or _cjk(text)
        or _in_words(text, months or {})
        or _numeric(text, language)
        or _relative(text, now, language)
    )
    if reading is None:
        return None
    at, day_only, ambiguous = reading
    # What lies further ahead than an event is announced is a slip of the writer.
    if at.year < EARLIEST_YEAR or at > now + timedelta(days=730):
        return None
    return Dated(at=at, source=source, day_only=day_only, ambiguous=ambiguous)


def date_in_url(url: str, now: datetime) -> Dated | None:
    """Read the date that an address carries, such as /2024/05/17/; None without a day.

    /2024/05/ is an archive of a month as often as the folder of a post.
    """
    match = _COMPACT_URL.search(url) or _URL.search(url)
    if match is None or match.group(3) is None:
        return None
    day = _day(*(int(part) for part in match.groups()))
    # A post's address is made when it is published; a zone may be a day ahead.
    if day is None or day > now + TOO_FAR_AHEAD:
        return None
    return Dated(at=day, source=DateSource.URL, day_only=True)


_Reading = tuple[datetime, bool, bool]
"""A time, whether only the day is known, whether day and month may be swapped."""


def _iso(text: str) -> _Reading | None:
    """Read ISO 8601, also with a space for the T, and with a zone as `UTC` or `+0200`."""
    match = _ISO.search(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, zone = match.groups()
    start = _day(int(year), int(month), int(day))
    if start is None:
        return None
    # An hour that no clock shows spoils the hour, not the day.
    if hour is None or int(hour) > 23 or int(minute) > 59:
        return start, True, False
    # A second 60 is a leap second, which Python's datetime does not know.
    at = start + timedelta(hours=int(hour), minutes=int(minute), seconds=min(int(second or 0), 59))
    try:
        return at - _offset(zone), False, False
    # 0001-01-01T00:00:00+14:00 lies before the first day of Python's calendar.
    except OverflowError:
        return None


def _offset(zone: str | None) -> timedelta:
    """Return how far a zone such as "+02:00" is ahead of UTC; nothing for "Z" and for none."""
    if not zone or zone[0] not in "+-":
        return timedelta()
    digits = zone[1:].replace(":", "")
    size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return size if zone[0] == "+" else -size


def _rfc(text: str) -> _Reading | None:
    """Read the form of e-mail and RSS: "Thu, 29 Oct 2026 09:30:00 GMT"; the weekday may lack."""
    if not _ENGLISH_DAY.match(text) and not re.match(r"\d{1,2} [A-Z][a-z]{2} \d{4} \d", text):
        return None
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError, LookupError, ArithmeticError, AttributeError):
        return None
    try:
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except OverflowError:
        return None
    return at, False, False


def _cjk(text: str) -> _Reading | None:
    """Read year, month, day with 年月日 or 년월일, or in that order with dots or slashes."""
    match = _CJK.search(text)
    if match is None:
        return None
    at = _day(*(int(part) for part in match.groups()))
    return (at, True, False) if at is not None else None


def _in_words(text: str, months: Mapping[str, int]) -> _Reading | None:
    """Read "29. Oktober 2026" or "October 29, 2026"; the first month that is known counts."""
    for pattern, (day, month, year) in ((_DAY_FIRST, (1, 2, 3)), (_MONTH_FIRST, (2, 1, 3))):
        for match in pattern.finditer(text):
            number = months.get(match.group(month).casefold())
            if number is None:
                continue
            at = _day(int(match.group(year)), number, int(match.group(day)))
            if at is not None:
                return at, True, False
    return None


def _numeric(text: str, language: str) -> _Reading | None:
    """Read "29.10.2026", "29/10/2026" or "10/29/26"; two digits of a year are of this century.

    Day and month are swapped where the second cannot be a month, or where slashes stand in a page
    whose language writes the month first.
    """
    match = _NUMERIC.search(text)
    if match is None:
        return None
    first, mark, second, year_text = match.groups()
    year = int(year_text) + (2000 if len(year_text) == 2 else 0)
    day, month = int(first), int(second)
    american = mark == "/" and language in _MONTH_FIRST_IN
    # Only slashes are used in both orders: dots and dashes mean day first.
    ambiguous = day <= 12 and month <= 12 and day != month and mark == "/"
    if month > 12 or (american and day <= 12):
        day, month = month, day
    at = _day(year, month, day)
    return (at, True, ambiguous) if at is not None else None


@lru_cache(maxsize=4_096)
def _relative(text: str, now: datetime, language: str) -> _Reading | None:
    """Read "3 days ago" in the page's language; None for longer texts and for those with a year."""
    if len(text) > 30 or re.search(r"\d{4}|[/:.%€$£]", text) or not language:
        return None
    import dateparser  # noqa: PLC0415, RUF100 - slow to import, seldom needed

    settings = {"RELATIVE_BASE": now.replace(tzinfo=None), "PREFER_DATES_FROM": "past"}
    # dateparser's other parsers take a bare number such as "12" for a month or a day.
    settings |= {"REQUIRE_PARTS": [], "PARSERS": ["relative-time"]}
    try:
        at = dateparser.parse(text, languages=[language], settings=settings)
    except (ValueError, OverflowError, RecursionError):
        return None
    return (at.replace(tzinfo=UTC), True, False) if at is not None else None


def _day(year: int, month: int, day: int) -> datetime | None:
    """Return midnight UTC of a day; None where the calendar has no such day (31 February)."""
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None
