"""What a person probably meant by words that are no schedule, in words that are one."""

import re

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY = re.compile(r"\b(?:mon|tue|wed|thu|fri|sat|sun)(?:s|nes|rs|ur)?(?:day)?s?\b")
_NTH = re.compile(r"\b(?:first|second|third|fourth|last|1st|2nd|3rd|4th)\b")
_DAY = re.compile(r"\b([0-9]{1,2})(?:st|nd|rd|th)\b|\bon (?:the )?([0-9]{1,2})\b(?!:)")
_TIME = re.compile(r"\b([0-9]{1,2}):([0-9]{2})\b|\bat ([0-9]{1,2})(?: ?(am|pm))?\b(?!:)")
_WEEKS = re.compile(
    r"\b(?:(?P<number>[0-9]{1,3}|two|three|four|six|eight|other)(?:nd|rd|th)? "
    r"(?P<unit>week|month)s?"
    r"|(?P<two>fortnight|biweekly|bi-weekly))"
)
_NUMBERS = {"two": 2, "other": 2, "three": 3, "four": 4, "six": 6, "eight": 8}
_SEVERAL = (2, 3, 4, 6, 12)
_OFTENER = re.compile(r"hour|minute|twice a day")
_PERIODS = (
    ("half-year", "half-yearly"),
    ("quarter", "quarterly"),
    ("month", "monthly"),
    ("week", "weekly"),
    ("year", "yearly"),
    ("annual", "yearly"),
    ("day", "daily"),
    ("daily", "daily"),
    ("morning", "daily"),
    ("evening", "daily"),
    ("night", "daily"),
)
"""What is looked for in this order, so that `the 15th day of each month` is of a month."""


def meant(words: str) -> str:
    """Return a schedule for lower-case words that are none: `every monday` is `weekly on monday`.

    Empty where nothing is recognised in them.
    """
    if _OFTENER.search(words):
        return "daily"
    rule = _several(words) or _on_day(words)
    at = _at(words)
    return f"{rule} at {at}" if rule and at else rule


def _several(words: str) -> str:
    """Return `every 2 weeks` for what says a number of weeks or months; else an empty text."""
    match = _WEEKS.search(words)
    if match is None:
        return ""
    number = 2 if match["two"] else _NUMBERS.get(match["number"]) or int(match["number"])
    unit = match["unit"] or "week"
    known = number in _SEVERAL if unit == "month" else number > 1
    return f"every {number} {unit}s" if known else ""


def _on_day(words: str) -> str:
    """Return a named schedule, with the weekday or the day of the month that was said."""
    period = next((name for part, name in _PERIODS if part in _WEEKDAY.sub(" ", words)), "")
    weekday = _WEEKDAY.search(words)
    if weekday is not None:
        name = next(each for each in _WEEKDAYS if each.startswith(weekday[0][:3]))
        # Not every system knows the first Monday of a month; its first day comes as often.
        of_a_month = _NTH.search(words) and period in ("monthly", "quarterly")
        return period if of_a_month else f"weekly on {name}"
    day = _day(words)
    if day and period in ("", "daily", "monthly"):
        return f"monthly on {day}"
    return f"{period} on {day}" if day and period in ("quarterly", "half-yearly") else period


def _day(words: str) -> int | None:
    """Return the day of the month that was said; None for one that some months lack."""
    match = _DAY.search(words)
    number = int(match[1] or match[2]) if match is not None else 0
    return number if 1 <= number <= 28 else None


def _at(words: str) -> str:
    """Return the time of day that was said, such as 07:00; empty where none was."""
    match = _TIME.search(words)
    if match is None:
        return ""
    hour, minute = int(match[1] or match[3]), int(match[2] or 0)
    hour = hour % 12 + (12 if match[4] == "pm" else 0) if match[4] else hour
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else ""
