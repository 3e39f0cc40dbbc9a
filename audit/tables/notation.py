"""How a column writes numbers and days: decided by all its cells, as one cell may be read two ways.

"1.234" is a thousand in one country and a little over one in another, "03/04/2026" is in March or
in April.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache

from audit import typed_values
from audit.model.value import DateSource
from audit.tables.rows import Cell
from audit.typed_values import TypedRead
from scrapers.parse.date_words import PLAIN
from scrapers.parse.dates import month_day_of, parse_date
from scrapers.parse.days import days_in
from scrapers.parse.text import ascii_signs

_GROUPS = " '’\u00a0\u2009\u202f\u066c"
_PLAIN = re.compile(r"[+]?[\d.,'’ \u00a0\u2009\u202f\u066c\u066b]+")
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+|\d+|\d{1,2}(?:,\d{2})+,\d{3}")
_NUMERIC_DAY = re.compile(
    r"(\d{1,4})\s?([./-])\s?(\d{1,2})\s?\2\s?(\d{2,4})(?:[T ,]+\d{1,2}[:.]\d{2}.*)?"
)
_WITHOUT_YEAR = re.compile(r"(\d{1,2})\s?([./-])\s?(\d{1,2})\.?")
_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{4})")
_MONTH_IN_WORDS = re.compile(r"[^\W\d]{3,12}\.? \d{4}")
_WEEK = re.compile(r"(\d{4})[- ]?(?:W|KW|CW) ?(\d{1,2})", re.I)
_SERIAL = re.compile(r"[3-6]\d{4}(?:\.\d+)?")
"""A day as spreadsheets count them: 46,324 is 29 October 2026."""

_NOTHING = frozenset({"#n/a", "nan", "null", "none", "#div/0!", "#value!"})
"""What programs write into cells in which nothing is told."""

_NEGATIVE = re.compile(r"\((\d[\d.,]*)\)")
"""How accountants write numbers below zero."""

_FIRST_SERIAL = date(1899, 12, 30)
_CACHED = 20_000
_LONG, _YEAR = 200, 366


class DateOrder(StrEnum):
    """In which order a column writes day and month."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


@dataclass(frozen=True, slots=True)
class Notation:
    """How a column writes: the decimal mark, and the order of day and month.

    `mark` is "" where no cell has decimals. `order` is None where no cell tells it; then `doubtful`
    is a cell that may be read both ways, and "" where there is none.
    """

    mark: str = ""
    order: DateOrder | None = None
    doubtful: str = ""


def notation_of(
    numbers: Iterable[Cell], days: Iterable[Cell], order_asked: DateOrder | None = None
) -> Notation:
    """Return how a column writes its numbers and its days; `asked` is what a person said of days.

    Days of both orders in one column leave all that may be read both ways in doubt.
    """
    marks = {mark for text in _texts(numbers) if (mark := _decimal_mark(text))}
    texts = _texts(days)
    orders = {order for text in texts if (order := _order(text)) is not None}
    order = order_asked or (orders.pop() if len(orders) == 1 else None)
    doubtful = "" if order is not None else min(filter(_may_be_swapped, texts), default="")
    return Notation(marks.pop() if len(marks) == 1 else "", order, doubtful)


def _texts(cells: Iterable[Cell]) -> set[str]:
    """Return the texts among some cells, each once."""
    return {_plainly(cell) for cell in set(cells) if isinstance(cell, str) and cell}


def count_of(cell: Cell, mark: str) -> TypedRead[int] | str | None:
    """Return the count in a cell; in words why it is none; None where nothing is told.

    `mark` is the decimal mark of the column. Short forms ("12,4k") are read too.
    """
    if isinstance(cell, time):
        return "it is a time"
    return typed_values.count_of(_number(cell, mark) if isinstance(cell, str) else cell)


def average_of(cell: Cell, mark: str) -> float | str | None:
    """Return the number in a cell, which may have decimals, as `count_of` does."""
    number = _number(cell, mark) if isinstance(cell, str) else cell
    if isinstance(number, float) and 0 <= number < 1e10:
        return number
    read = count_of(cell, mark)
    return read.value if isinstance(read, TypedRead) else read


def day_of(cell: Cell, order: DateOrder | None, today: date) -> date | str | None:
    """Return the day in a cell; in words why it is none; None where nothing is told."""
    if isinstance(cell, time):
        return "it is a time without a day"
    if not isinstance(cell, str):
        return typed_values.day_of(cell, today)
    text = _plainly(cell)
    return typed_values.day_of(_day(text, order, today) or text, today)


def span_in(texts: Iterable[str]) -> tuple[date | None, int | None]:
    """Return the last day and the number of days of a span such as "1.10.2026 – 31.10.2026".

    Of a single day without a number of days. Neither, where texts name several, or one that may be
    read in two ways.
    """
    days_of_texts = [tuple(days_in(text[:_LONG], PLAIN, whole=False)) for text in texts]
    spans = {days for days in days_of_texts if days}
    spans = {days for days in spans if len(days) == 2} or spans
    if len(spans) != 1 or any(day.swappable for days in spans for day in days):
        return None, None
    days = sorted(day.at.date() for day in spans.pop())
    length = (days[-1] - days[0]).days + 1
    return days[-1], length if len(days) == 2 and length <= _YEAR else None


def in_order(order: DateOrder) -> str:
    """Return how days look in an order, for messages."""
    return "31/12/2026" if order is DateOrder.DAY_FIRST else "12/31/2026"


def _number(text: str, mark: str) -> float | str:
    """Return the number that digits with marks are; any other text as it is."""
    text = _plainly(text)
    if text.casefold() in _NOTHING:
        return ""
    if (negative := _NEGATIVE.fullmatch(text)) is not None:
        return f"-{negative[1]}"
    if _PLAIN.fullmatch(text) is None:
        return text
    digits = "".join(sign for sign in text.lstrip("+") if sign not in _GROUPS)
    digits = digits.replace("\u066b", ",")
    own = _decimal_mark(digits) or mark
    whole, _, fraction = digits.rpartition(own) if own and own in digits else (digits, "", "")
    if _GROUPED.fullmatch(whole) is None or (fraction and not fraction.isdigit()):
        return text
    return float(f"{re.sub('[.,]', '', whole)}.{fraction or 0}")


def _decimal_mark(text: str) -> str:
    """Return the decimal mark of one number where it can be none but that; else ""."""
    if _PLAIN.fullmatch(text) is None:
        return ""
    marks = [sign for sign in text.replace("\u066b", ",") if sign in ".,"]
    if not marks:
        return ""
    last = marks[-1]
    behind = len(text) - 1 - text.replace("\u066b", ",").rindex(last)
    if len(set(marks)) == 2:
        return last if marks.count(last) == 1 else ""
    # Three digits behind one mark are a group of thousands, or decimals: other cells tell.
    return last if len(marks) == 1 and (behind != 3 or text.startswith("0")) else ""


@lru_cache(maxsize=_CACHED)
def _day(text: str, order: DateOrder | None, today: date) -> date | None:
    """Return the day of a text that no other reader takes, or that the column decides."""
    if (match := _NUMERIC_DAY.fullmatch(text)) is not None:
        return _numeric(match[1], match[2], match[3], match[4], order)
    if (match := _WITHOUT_YEAR.fullmatch(text)) is not None:
        return _of_last_year(match, order, today)
    if (match := _MONTH.fullmatch(text)) is not None:
        return _last_of(int(match[1] or match[4]), int(match[2] or match[3]))
    if (match := _WEEK.fullmatch(text)) is not None:
        return _last_of_week(int(match[1]), int(match[2]))
    if _SERIAL.fullmatch(text) is not None:
        return _FIRST_SERIAL + timedelta(days=int(text.partition(".")[0]))
    return _in_words(text, today)


def _in_words(text: str, today: date) -> date | None:
    """Return the last day of a month in words, or a day without its year."""
    now = datetime.combine(today, time(12), UTC)
    if _MONTH_IN_WORDS.fullmatch(text) and (read := parse_date(f"1 {text}", DateSource.TEXT, now)):
        return _last_of(read.at.year, read.at.month)
    of_year = month_day_of(text)
    return _latest(of_year.month, of_year.day, today) if of_year is not None else None


def _numeric(first: str, mark: str, second: str, last: str, order: DateOrder | None) -> date | None:
    """Return the day of three numbers."""
    if len(first) == 4:
        return _date(int(first), int(second), int(last))
    # 26-10-03 is in this year, or of 2003: what is typed is asked about too.
    if len(first) == 3 or len(last) == 3 or (mark == "-" and len(last) == 2):
        return None
    day, month = int(first), int(second)
    own = DateOrder.DAY_FIRST if mark == "." else _order_of(day, month)
    if (own or order) is DateOrder.MONTH_FIRST:
        day, month = month, day
    elif (own or order) is None and day != month:
        return None
    return _date(int(last) + (2000 if len(last) == 2 else 0), month, day)


def _of_last_year(match: re.Match[str], order: DateOrder | None, today: date) -> date | None:
    """Return the newest day that is not in the future for one without a year, such as 29.10."""
    day, month = int(match[1]), int(match[3])
    own = DateOrder.DAY_FIRST if match[2] == "." else _order_of(day, month)
    if (own or order) is DateOrder.MONTH_FIRST:
        day, month = month, day
    elif (own or order) is None and day != month:
        return None
    return _latest(month, day, today)


def _latest(month: int, day: int, today: date) -> date | None:
    """Return the newest such day up to today."""
    days = (_date(year, month, day) for year in range(today.year, today.year - 5, -1))
    return next((each for each in days if each is not None and each <= today), None)


def _last_of(year: int, month: int) -> date | None:
    """Return the last day of a month."""
    first = _date(year, month, 1)
    if first is None:
        return None
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _last_of_week(year: int, week: int) -> date | None:
    """Return the Sunday of a week by its number; None where the year has none."""
    try:
        return date.fromisocalendar(year, week, 7)
    except ValueError:
        return None


def _date(year: int, month: int, day: int) -> date | None:
    """Return a day; None where the calendar has none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _order(text: str) -> DateOrder | None:
    """Return the order that one text can have alone; None where it may have both, or is no day."""
    match = _NUMERIC_DAY.fullmatch(text) or _WITHOUT_YEAR.fullmatch(text)
    if match is None or len(match[1]) > 2:
        return None
    if match[2] == ".":
        return DateOrder.DAY_FIRST
    return _order_of(int(match[1]), int(match[3]))


def _order_of(first: int, second: int) -> DateOrder | None:
    """Return the order of two numbers of which one can be no month; else None."""
    if first > 12 >= second:
        return DateOrder.DAY_FIRST
    return DateOrder.MONTH_FIRST if second > 12 >= first else None


def _may_be_swapped(text: str) -> bool:
    """Tell whether a text is a day whose month may be the other number."""
    match = _NUMERIC_DAY.fullmatch(text) or _WITHOUT_YEAR.fullmatch(text)
    if match is None or len(match[1]) > 2 or match[2] == ".":
        return False
    first, second = int(match[1]), int(match[3])
    return first != second and max(first, second) <= 12


@lru_cache(maxsize=_CACHED)
def _plainly(text: str) -> str:
    """Return a text with ASCII digits and single blanks."""
    return " ".join((text if text.isascii() else ascii_signs(text)).split())
