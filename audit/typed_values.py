"""One cell that a person typed: a count, a day or words; in words why it is none.

In any locale and short form ("12.400", "12,4k", "1,5 Mio", "3. Okt. 2026"). A lone "?", "-" or
"n/a" is nothing typed.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Generic, TypeVar

from audit.model.by_hand import day_in_words
from audit.model.value import DateSource
from scrapers.parse.counts import Counted, parse_count
from scrapers.parse.dates import parse_date
from scrapers.parse.text import ascii_signs, clean

Raw = str | int | float | date | datetime | None
"""What a cell may hold: a text, a number, or a day of a spreadsheet."""

Value = TypeVar("Value")

_NOTHING = frozenset({*"?-–—…./", "--", "n/a", "n.a.", "na", "k.a.", "unknown", "unbekannt"})
"""What people type for what they could not find, in small letters without blanks."""

_FIRST_DAY = date(2003, 1, 1)
"""No profile of today's networks is older."""

_MOST = 10_000_000_000
"""More than people live on Earth follow nobody."""

_SHEET_BEGINS = date(1899, 12, 30)
"""Day 0 of spreadsheets: a day whose cell lost its format is a count of days from it."""

_SHEET_DAYS = (37_622, 73_050)
"""Such counts for the days from 2003 to 2099."""

_LONGEST, _SHOWN = 500, 60
_BEFORE_MORE = " ,.;:!?…–-"
"""Signs that do not stand before the ellipsis of a text that was cut."""

_MINUS = re.compile(r"\D{0,40}(?<!\S)[-−–]\s?\d|[\d.,\s]{1,40}[-−–]$")
"""Before the number, or behind it as bookkeeping programs write it."""

_NO_CENTS = re.compile(r"(?<=\d)[.,]00?(?!\d)")
_DECIMAL = re.compile(r"\d{1,15}[.,](?!\d{3}$)\d{1,15}")
_THOUSANDS = re.compile(r"\D{0,40}[1-9]\d{0,2}[.,]\d{3}(?![\d.,])")
_DASHED = re.compile(r"(\d{1,2})[-‐‑–](\d{1,2})[-‐‑–](\d{4}|\d{2})")
"""Which number is the day, and of two digits which is the year, depends on the country."""

_NUMBER = re.compile(r"\d[\d.,'’\s\u00a0\u2009\u202f\u066b\u066c]*")
_ENGLISH_MIL = re.compile(r"\d{1,3}\.\d{1,2}\s?mil\.?", re.I)
_JOINING = re.compile("[百千万萬億亿억천만]")
"""Signs between two parts of one number in East Asia: 1億2345万."""

_A_NUMBER = "write a number such as 12400"
_A_FORMULA = "it is a formula, and the file does not hold what it comes to"
_BELOW = f"a count is never below 0; {_A_NUMBER}"
_BEYOND = f"it is more than there are people; {_A_NUMBER}"
_SEVERAL = f"it is more than one number; {_A_NUMBER}"
_A_DAY = "write the day as 2026-10-03"


@dataclass(frozen=True, slots=True)
class TypedRead(Generic[Value]):
    """What a cell says; `exact` is False of a number in a short form ("12.4k")."""

    value: Value
    exact: bool = True


def count_of(raw: Raw) -> TypedRead[int] | str | None:
    """Return a cell as a count; in words why it is none; None where nothing was typed."""
    match raw:
        case None:
            return None
        case bool():
            return _A_NUMBER
        case int() | float():
            return _whole(raw)
        case date():
            return f"it is a day; {_A_NUMBER}"
        case str():
            text = plain_text(raw)
            if text.startswith("="):
                return f"{_A_FORMULA}; {_A_NUMBER}"
            return _counted(text) if text else None


def day_of(raw: Raw, today: date) -> date | str | None:
    """Return a cell as a day up to `today`; in words why it is none; None for nothing typed."""
    if isinstance(raw, datetime):
        return _possible(raw.date(), today)
    if isinstance(raw, date):
        return _possible(raw, today)
    text = plain_text(raw) if isinstance(raw, str) else _days(raw)
    if text.startswith("="):
        return f"{_A_FORMULA}; {_A_DAY}"
    return _dated(text, today) if text else None


def _days(number: float | None) -> str:
    """Return a number of a spreadsheet as the day that it may count: 46298, or 20261003."""
    if number is None or isinstance(number, bool):
        return "" if number is None else f"{number}"
    if _SHEET_DAYS[0] <= number < _SHEET_DAYS[1]:
        return f"{_SHEET_BEGINS + timedelta(days=int(number))}"
    return f"{number:.0f}"


def text_of(raw: Raw) -> str:
    """Return a cell as words; "" where nothing was typed.

    A long text ends with a whole word and an ellipsis, so that a reader sees that there was more.
    """
    typed = plain_text(raw if isinstance(raw, str) else shown_of(raw), 4 * _LONGEST)
    text = clean(typed, 4 * _LONGEST)
    return text if len(text) <= _LONGEST else _cut(text)


def _cut(text: str) -> str:
    """Return the words of a text that there is room for; what has no spaces is cut anywhere."""
    head = text[: _LONGEST - 1]
    words = head if text[len(head)] == " " else head.rpartition(" ")[0]
    kept = words if len(words) > _LONGEST // 2 else head
    return kept.rstrip(_BEFORE_MORE) + "…"


def shown_of(raw: Raw) -> str:
    """Return what stands in a cell as a reader sees it."""
    match raw:
        case datetime() if raw.time() == time():
            return f"{raw.date()}"
        case float() if raw.is_integer():
            return f"{raw:.15g}"
        case None:
            return ""
        case _:
            return clean(f"{raw}", _SHOWN)


def plain_text(text: str, room: int = _LONGEST) -> str:
    """Return a text in one line and with ASCII digits; "" where it stands for nothing typed."""
    plain = " ".join(ascii_signs(text[:room]).split()).lstrip("'’`")
    return "" if plain.replace(" ", "").casefold() in _NOTHING else plain


def _whole(number: float) -> TypedRead[int] | str:
    """Return a number of a spreadsheet as a count."""
    if number < 0:
        return _BELOW
    # What is no number at all (NaN) is not below anything.
    if not number <= _MOST:
        return _BEYOND
    if number != int(number):
        return f"it is no whole number; write {number * 1_000:.0f} if thousands are meant"
    return TypedRead(int(number))


def _counted(text: str) -> TypedRead[int] | str:
    """Return a text as a count."""
    if unfit := _unfit(text):
        return unfit
    text = _NO_CENTS.sub("", text)
    if _DECIMAL.fullmatch(text):
        return _whole(float(text.replace(",", ".")))
    counted = parse_count(text)
    if _has_several(text, counted):
        return _SEVERAL
    if counted is None:
        return _A_NUMBER
    if (other := _other(text, counted)) is not None:
        return f"it may be {counted.value} or {other}; write the whole number"
    return TypedRead(counted.value, counted.exact) if counted.value <= _MOST else _BEYOND


def _unfit(text: str) -> str:
    """Return why a text can be no count at all; "" for any other."""
    if "%" in text or "٪" in text:
        return f"it is a share; {_A_NUMBER}"
    return _BELOW if _MINUS.match(text) is not None else ""


def _other(text: str, counted: Counted) -> int | None:
    """Return what "12,400k" may be as well: its mark may be one of thousands, or of decimals.

    "1.2 mil" is 1,200 in Spanish, and 1,200,000 to those who write a point before decimals.
    """
    if _ENGLISH_MIL.fullmatch(text) is not None:
        return counted.value * 1_000
    if _THOUSANDS.match(text) is None:
        return None
    one = parse_count(_NUMBER.sub("1", text, count=1))
    return counted.value * 1_000 if one is not None and one.value > 1 else None


def _has_several(text: str, counted: Counted | None) -> bool:
    """Tell whether there is more in a text than one number: "1 2 3", "12 of 2026"."""
    numbers = _NUMBER.findall(text)
    if _JOINING.search(text) or not numbers:
        return False
    # With a unit behind it a number has other digits than the count: 12.4k is 12400.
    digits = re.sub(r"\D", "", numbers[0]).lstrip("0") or "0"
    return len(numbers) > 1 or (
        counted is not None and len(f"{counted.value}") < len(digits) and counted.exact
    )


def _dated(text: str, today: date) -> date | str:
    """Return a text as a day; one that may be two days is refused with the question."""
    noon = datetime.combine(today, time(12), UTC)
    dated = parse_date(text, DateSource.TEXT, noon)
    if dated is None:
        return _A_DAY
    day = dated.at.date()
    dashed = _DASHED.fullmatch(text)
    if dashed is not None and len(dashed[3]) == 2:
        return f"its year may stand first or last; {_A_DAY}"
    is_either = dashed is not None and day.day <= 12 and day.day != day.month
    if not dated.ambiguous and not is_either:
        return _possible(day, today)
    other = date(day.year, day.day, day.month)
    return f"it may be {day_in_words(day)} or {day_in_words(other)}; write {day} or {other}"


def _possible(day: date, today: date) -> date | str:
    """Return a day if a profile may have been read, or posted on, that day."""
    if day > today:
        return f"that day has not come yet; {_A_DAY}"
    if day < _FIRST_DAY:
        return f"that is before there were such profiles; {_A_DAY}"
    return day
