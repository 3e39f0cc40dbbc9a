"""Read dates as sites write them; what cannot be right is no date."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache

from audit.model.dated import TOO_FAR_AHEAD, Dated, DateSource

EARLIEST_YEAR = 1990
MAX_TEXT = 80
_LOOKED_AT = 4_000

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
_MONTH_ONLY_US = frozenset({"en"})
_ENGLISH_DAY = re.compile(r"^[A-Za-z]{3},")


def parse_date(
    text: str,
    source: DateSource,
    now: datetime,
    months: Mapping[str, int] | None = None,
    language: str = "",
) -> Dated | None:
    """Read one date from a short text; None where there is none or it cannot be right.

    A day without an hour stands at midnight UTC (`day_only`), a time without a zone counts as
    UTC. "03/04/2024" is read by the language's habit and marked `ambiguous`.
    """
    text = text[:_LOOKED_AT].strip()[:MAX_TEXT]
    if not text or not any(character.isdigit() for character in text):
        return None
    read = (
        _iso(text)
        or _rfc(text)
        or _cjk(text)
        or _named(text, months or {})
        or _numeric(text, language)
        or _relative(text, now, language)
    )
    if read is None:
        return None
    at, day_only, ambiguous = read
    if at.year < EARLIEST_YEAR or at > now + timedelta(days=730):
        return None
    return Dated(at=at, source=source, day_only=day_only, ambiguous=ambiguous)


def date_in_url(url: str, now: datetime) -> Dated | None:
    """Read the date that an address carries, such as /2024/05/17/; a day must be named."""
    found = _COMPACT_URL.search(url) or _URL.search(url)
    if found is None or found.group(3) is None:
        return None
    at = _day(*(int(part) for part in found.groups()))
    if at is None or at > now + TOO_FAR_AHEAD:
        return None
    return Dated(at=at, source=DateSource.URL, day_only=True)


Read = tuple[datetime, bool, bool]
"""A time, whether only the day is known, whether day and month may be swapped."""


def _iso(text: str) -> Read | None:
    found = _ISO.search(text)
    if found is None:
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    start = _day(int(year), int(month), int(day))
    if start is None:
        return None
    if hour is None or int(hour) > 23 or int(minute) > 59:
        return start, True, False
    at = start + timedelta(hours=int(hour), minutes=int(minute), seconds=min(int(second or 0), 59))
    try:
        return at - _offset(zone), False, False
    except OverflowError:
        return None


def _offset(zone: str | None) -> timedelta:
    if not zone or zone[0] not in "+-":
        return timedelta()
    digits = zone[1:].replace(":", "")
    size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return size if zone[0] == "+" else -size


def _rfc(text: str) -> Read | None:
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


def _cjk(text: str) -> Read | None:
    found = _CJK.search(text)
    if found is None:
        return None
    at = _day(*(int(part) for part in found.groups()))
    return (at, True, False) if at is not None else None


def _named(text: str, months: Mapping[str, int]) -> Read | None:
    for pattern, (day, month, year) in ((_DAY_FIRST, (1, 2, 3)), (_MONTH_FIRST, (2, 1, 3))):
        for found in pattern.finditer(text):
            number = months.get(found.group(month).casefold())
            if number is None:
                continue
            at = _day(int(found.group(year)), number, int(found.group(day)))
            if at is not None:
                return at, True, False
    return None


def _numeric(text: str, language: str) -> Read | None:
    found = _NUMERIC.search(text)
    if found is None:
        return None
    first, mark, second, year_text = found.groups()
    year = int(year_text) + (2000 if len(year_text) == 2 else 0)
    day, month = int(first), int(second)
    american = mark == "/" and language in _MONTH_ONLY_US
    ambiguous = day <= 12 and month <= 12 and day != month and mark == "/"
    if month > 12 or (american and day <= 12):
        day, month = month, day
    at = _day(year, month, day)
    return (at, True, ambiguous) if at is not None else None


@lru_cache(maxsize=4_096)
def _relative(text: str, now: datetime, language: str) -> Read | None:
    """Read "3 days ago" in the page's language; only texts that are as short as that."""
    if len(text) > 30 or re.search(r"\d{4}|[/:.%€$£]", text) or not language:
        return None
    import dateparser  # noqa: PLC0415, RUF100 - slow to import, seldom needed

    settings = {"RELATIVE_BASE": now.replace(tzinfo=None), "PREFER_DATES_FROM": "past"}
    settings |= {"REQUIRE_PARTS": [], "PARSERS": ["relative-time"]}
    try:
        at = dateparser.parse(text, languages=[language], settings=settings)
    except (ValueError, OverflowError, RecursionError):
        return None
    return (at.replace(tzinfo=UTC), True, False) if at is not None else None


def _day(year: int, month: int, day: int) -> datetime | None:
    try:
        return datetime(year, month, day, tzinfo=UTC)
    except ValueError:
        return None
