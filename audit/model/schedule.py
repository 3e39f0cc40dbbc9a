"""When audits are made again: days of the calendar, or days after the last one."""

from dataclasses import dataclass
from datetime import date, timedelta

_SEARCHED_DAYS = 366 * 9
"""Within nine years every day of the calendar comes: 29 February skips 2100."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDays:
    """Days of the calendar, all at one time of day in the zone of the machine.

    `months` are 1 to 12, `days` 1 to 31 of a month, `weekdays` 0 (Monday) to 6; an empty tuple
    stands for every one. `days` and `weekdays` are never both given, as cron then takes either and
    other systems both.
    """

    months: tuple[int, ...] = ()
    days: tuple[int, ...] = ()
    weekdays: tuple[int, ...] = ()
    hour: int = 6
    minute: int = 0

    def after(self, day: date) -> date | None:
        """Return the first day of the rule behind a day; None where none ever comes."""
        for step in range(1, _SEARCHED_DAYS):
            other = day + timedelta(days=step)
            if self._holds(other):
                return other
        return None

    def _holds(self, day: date) -> bool:
        """Tell whether a day is one of the rule's."""
        return (
            day.month in (self.months or (day.month,))
            and day.day in (self.days or (day.day,))
            and day.weekday() in (self.weekdays or (day.weekday(),))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class EveryDays:
    """So many days after the last audit, at a time of day in the zone of the machine."""

    days: int
    hour: int = 6
    minute: int = 0

    def after(self, day: date) -> date | None:
        """Return the day of the next audit behind one that was made on a day."""
        return day + timedelta(days=self.days)


ScheduleRule = OnDays | EveryDays

QUARTERLY = OnDays(months=(1, 4, 7, 10), days=(1,))
"""The first day of each quarter."""
