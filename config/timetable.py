"""What `settings.schedule` may say: in words, as cron writes it, or as systemd does.

Only what all systems can be told is taken: systemd, cron, launchd, the Task Scheduler of Windows
and GitHub Actions. All else is refused with what can be written in its place.
"""

import re
from calendar import monthrange
from dataclasses import replace

from audit.model.schedule import QUARTERLY, EveryDays, OnDays, ScheduleRule
from config.checks import nearest
from config.timetable_words import meant

MAX_LENGTH = 200
"""Characters of a rule; the longest that is of use lists twelve months and 31 days."""

LONGEST_DAYS = 1096
"""Days between two audits: three years."""

_CAN = (
    "write quarterly, monthly, weekly, every 6 weeks, or a rule such as "
    '"0 6 1 1,4,7,10 *" (cron) or "*-01,04,07,10-01 06:00" (systemd)'
)
_TIMES = "write such as 06:00 or 18:30"
_NAMED: dict[str, OnDays] = {
    "daily": OnDays(),
    "weekly": OnDays(weekdays=(0,)),
    "monthly": OnDays(days=(1,)),
    "quarterly": QUARTERLY,
    "half-yearly": OnDays(months=(1, 7), days=(1,)),
    "semiannually": OnDays(months=(1, 7), days=(1,)),
    "yearly": OnDays(months=(1,), days=(1,)),
    "annually": OnDays(months=(1,), days=(1,)),
}
_SPACES = re.compile(r"[ \t\u00a0]+")
_AT = re.compile(r"(?P<rule>.{1,150}?) at (?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{1,2})")
_ON = re.compile(r"(?P<name>[a-z-]{5,12}) on (?P<day>[a-z]{3,9}|[0-9]{1,2})")
_EVERY = re.compile(r"every (?:(?P<number>[0-9]{1,4}) )?(?P<unit>[a-z]{3,8}?)s?")
_TIME = re.compile(
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{1,2})(?::(?P<second>[0-9]{1,2}(?:\.[0-9]{1,6})?))?"
)
_DATE = re.compile(r"(?:(?P<year>[^-\s]{1,30})-)?(?P<month>[^-\s]{1,60})-(?P<day>[^-\s]{1,120})")
_PART = re.compile(
    r"(?P<first>\*|[a-z0-9]{1,9})(?:(?:-|\.\.)(?P<last>[a-z0-9]{1,9}))?(?:/(?P<step>[0-9]{1,2}))?"
)
_ODD = re.compile(r"[?#~]|\b(?:l|w|lw|[0-9]{1,2}[lw])\b")
"""What only some systems understand: the last day, the nearest working day, the second Monday."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SUNDAY_FIRST = ("sun", *_WEEKDAYS[:-1])
_UNITS_OF_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_UNITS_OF_DAYS = {"day": 1, "week": 7}
_UNITS = frozenset({*_UNITS_OF_MONTHS, *_UNITS_OF_DAYS})
_ONE_DAY = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}\b")
_CRON_FIELD = re.compile(
    rf"(?:[*0-9,/-]|\b(?:{'|'.join((*_MONTHS, *_WEEKDAYS))})[a-z]{{0,6}}\b){{1,150}}"
)
"""Numbers, signs, and names of months and weekdays; other words are a sentence."""

_NO_LEAP_YEAR = 2001
_MONTHS_OF_A_YEAR = (1, 2, 3, 4, 6, 12)


def rule_of(text: str) -> ScheduleRule:
    """Return the rule that a text means.

    Raises:
        ValueError: it means none, or one that not every system can be told; says what can.
    """
    if len(text) > MAX_LENGTH:
        raise ValueError(f"is too long; {_CAN}")
    words = _SPACES.sub(" ", text.strip()).lower().removeprefix("@")
    timed = _AT.fullmatch(words)
    if timed is None:
        return _checked(_rule(words))
    if len(timed["minute"]) == 1:
        raise ValueError(f"there is no time {timed['hour']}:{timed['minute']}; {_TIMES}")
    hour, minute = _clock(timed["hour"], timed["minute"])
    return _checked(replace(_in_words(timed["rule"], words), hour=hour, minute=minute))


def checked_schedule(text: str) -> str:
    """Return the text of a schedule with single spaces.

    Raises:
        ValueError: as `rule_of`.
    """
    rule_of(text)
    return _SPACES.sub(" ", text.strip())


def _rule(words: str) -> ScheduleRule:
    """Return the rule of lower-case words, whichever of the three ways they are written in."""
    if _ODD.search(words):
        raise ValueError(
            "asks for what not every system can be told (a last day, a working day, the second "
            f"Monday); {_CAN}"
        )
    fields = words.split(" ")
    if len(fields) == len(_CRON) and all(map(_CRON_FIELD.fullmatch, fields)):
        return _by_cron(fields)
    if _ONE_DAY.match(words):
        raise ValueError(
            "has a year, and so is one day and no schedule; write yearly for each 1 January, or "
            "* in place of the year, in quotes"
        )
    if _TIME.search(words) or "-" in words.removeprefix("half-").removeprefix("semi-"):
        return _by_systemd(fields)
    return _in_words(words, words)


def _in_words(words: str, whole: str) -> ScheduleRule:
    """Return the rule of `quarterly`, `weekly on friday`, `monthly on 15` or `every 6 weeks`.

    `whole` are the words with the time of day, for advice.
    """
    if words in _NAMED:
        return _NAMED[words]
    every = _EVERY.fullmatch(words)
    if every and every["unit"] in _UNITS:
        return _every(int(every["number"] or 1), every["unit"])
    on = _ON.fullmatch(words)
    if on is None or on["name"] not in _NAMED:
        raise ValueError(f"is no schedule; {_advice(whole)}{_CAN}")
    rule = _NAMED[on["name"]]
    if rule.weekdays:
        return replace(rule, weekdays=_weekdays(on["day"]))
    if not rule.days:
        raise ValueError(f"{on['name']} has no day to choose; leave `on {on['day']}` out")
    return replace(rule, days=_field(on["day"], 1, 31, ()))


def _advice(words: str) -> str:
    """Return what was probably meant, as the beginning of advice; empty where nothing is known."""
    often = "an audit is made once a day at most; " if "hour" in words else ""
    if schedule := meant(words):
        return f"{often}did you mean `{schedule}`? Or "
    near = nearest(words.split(" ", maxsplit=1)[0], tuple(_NAMED))
    return f"{near} Or " if near.startswith("did") else ""


def _every(number: int, unit: str) -> ScheduleRule:
    """Return the rule of so many days, weeks, months, quarters or years."""
    if unit in _UNITS_OF_MONTHS:
        months = _UNITS_OF_MONTHS[unit]
        if number * months not in _MONTHS_OF_A_YEAR:
            raise ValueError(
                f"every {number} {unit}s falls on other months each year, which no calendar can "
                "be told; write every 1, 2, 3, 4, 6 or 12 months, or a number of weeks"
            )
        return OnDays(months=tuple(range(1, 13, number * months)), days=(1,))
    days = _UNITS_OF_DAYS[unit]
    if not 1 <= number * days <= LONGEST_DAYS:
        raise ValueError(f"must be 1 day to {LONGEST_DAYS} days ({LONGEST_DAYS // 7} weeks)")
    return EveryDays(days=number * days)


_CRON = ("minute", "hour", "day", "month", "weekday")
"""The five fields of a line for cron, in their order."""


def _by_cron(fields: list[str]) -> OnDays:
    """Return the rule of the five fields of cron."""
    minute, hour, day, month, weekday = fields
    if not (minute.isdigit() and hour.isdigit()):
        raise ValueError("an audit starts at one time of the day; write one minute and one hour")
    on_hour, on_minute = _clock(hour, minute)
    return OnDays(
        minute=on_minute,
        hour=on_hour,
        days=_field(day, 1, 31, ()),
        months=_field(month, 1, 12, _MONTHS),
        weekdays=_weekdays(weekday),
    )


def _by_systemd(words: list[str]) -> OnDays:
    """Return the rule of a calendar event of systemd: `Mon,Fri *-01,07-* 06:00`."""
    rest = list(words)
    if any(map(_TIME.fullmatch, rest[:-1])):
        raise ValueError(
            f"nothing may follow the time; {_TIMES}, with no time zone: it is the machine's"
        )
    hour, minute = 6, 0
    weekdays: tuple[int, ...] = ()
    if rest and (clock := _TIME.fullmatch(rest[-1])):
        rest.pop()
        hour, minute = _clock(clock["hour"], clock["minute"])
        if clock["second"] and float(clock["second"]):
            raise ValueError("has no seconds; cron knows none")
    if rest and rest[0][:3] in _WEEKDAYS:
        weekdays = _weekdays(rest.pop(0))
    if not rest:
        return OnDays(weekdays=weekdays, hour=hour, minute=minute)
    parts = _DATE.fullmatch(rest[0])
    if parts is None or len(rest) > 1:
        raise ValueError(f"is no schedule; {_advice(' '.join(words))}{_CAN}")
    if parts["year"] not in (None, "*"):
        raise ValueError("has no year; write * in its place")
    return OnDays(
        hour=hour,
        minute=minute,
        months=_field(parts["month"], 1, 12, ()),
        days=_field(parts["day"], 1, 31, ()),
        weekdays=weekdays,
    )


def _clock(hour: str, minute: str) -> tuple[int, int]:
    """Return a time of day.

    Raises:
        ValueError: there is no such time.
    """
    if not (int(hour) < 24 and int(minute) < 60):
        raise ValueError(f"there is no time {hour}:{minute}; {_TIMES}")
    return int(hour), int(minute)


def _field(text: str, low: int, high: int, names: tuple[str, ...]) -> tuple[int, ...]:
    """Return the numbers of a field such as `1,4`, `1-7`, `1..7`, `*/3` or `1/3`, in order.

    Empty where it allows all of them. `names` stand for the numbers from `low` on.

    Raises:
        ValueError: it is none, or a number lies outside.
    """
    numbers: set[int] = set()
    for item in text.split(","):
        part = _PART.fullmatch(item)
        if part is None:
            raise ValueError(f"`{item}` is no number from {low} to {high}; {_CAN}")
        everything = part["first"] == "*"
        first = low if everything else _number(part["first"], low, high, names)
        last = first
        if part["last"]:
            last = _number(part["last"], low, high, names)
        elif everything or part["step"]:
            last = high
        if last < first or part["step"] in ("0", "00"):
            raise ValueError(f"`{item}` runs backwards; write the smaller number first")
        numbers |= set(range(first, last + 1, int(part["step"] or 1)))
    return () if len(numbers) == high - low + 1 else tuple(sorted(numbers))


def _number(word: str, low: int, high: int, names: tuple[str, ...]) -> int:
    """Return the number of a word: a number, or a name by its first three letters."""
    number = names.index(word[:3]) + low if word[:3] in names else -1
    if word.isdigit():
        number = int(word)
    if not low <= number <= high:
        raise ValueError(f"`{word}` is no number from {low} to {high}; {_CAN}")
    return number


def _weekdays(text: str) -> tuple[int, ...]:
    """Return the weekdays of a field, Monday as 0; cron counts from Sunday, as 0 and as 7."""
    plain = ",".join(map(_round_the_week, text.split(",")))
    # Of the numbers Sunday is the last, so that a range such as 6-7 runs forwards.
    numbers = {(number - 1) % 7 for number in _field(plain, 0, 7, _SUNDAY_FIRST)}
    return tuple(sorted(numbers)) if len(numbers) < 7 else ()


def _round_the_week(item: str) -> str:
    """Return a range with a name in it as its days, by number: sun-tue, fri-mon; all else as it is.

    A week has no end, whichever day of it a system counts first; a range of numbers has one.
    """
    part = _PART.fullmatch(item)
    if part is None or not part["last"] or part["step"] in ("0", "00"):
        return item
    ends = [_number(part[end], 0, 7, _SUNDAY_FIRST) % 7 for end in ("first", "last")]
    if part["first"].isdigit() and part["last"].isdigit():
        return item
    days = range(ends[0], ends[0] + (ends[1] - ends[0]) % 7 + 1, int(part["step"] or 1))
    return ",".join(str(day % 7) for day in days)


def _checked(rule: ScheduleRule) -> ScheduleRule:
    """Return a rule that every system can be told, and of which no date is ever left out.

    Raises:
        ValueError: it gives days and weekdays, or a day that one of its months lacks.
    """
    if not isinstance(rule, OnDays):
        return rule
    if rule.days and rule.weekdays:
        raise ValueError(
            "a day of the month and a weekday together mean either day to cron and both to "
            "systemd; keep one of them"
        )
    shortest = min(monthrange(_NO_LEAP_YEAR, month)[1] for month in rule.months or range(1, 13))
    if lacking := [day for day in rule.days if day > shortest]:
        raise ValueError(
            f"not each of its months has a day {lacking[0]}, and in those that lack it no audit "
            "would be made; choose a day from 1 to 28, such as `monthly on 28`"
        )
    return rule
