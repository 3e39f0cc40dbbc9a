"""When the next audit is due, by the rule, the audits that were made and a clock not to trust."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, tzinfo

from audit.model.schedule import OnDays, ScheduleRule


def next_look(days: OnDays, now: datetime, zone: tzinfo | None = None) -> datetime:
    """Return the first time behind now at which a system looks whether an audit is due, in UTC."""
    today = now.astimezone(zone).date()
    yesterday = date.fromordinal(max(1, today.toordinal() - 1))
    at = _instant(days, _after(days, yesterday), zone)
    return at if at > now else _instant(days, _after(days, today), zone)


def due_at(
    rule: ScheduleRule, made: Iterable[datetime], now: datetime, zone: tzinfo | None = None
) -> datetime | None:
    """Return when the audit behind the last one is due, in UTC; None where none was made yet.

    It is due now where that is not behind `now`. `made` are the times of the audits that were
    made. An audit counts for the whole of its day.

    Where the clock was wrong an audit may be dated ahead of now. It counts as long as it lies no
    more than a time of the rule ahead; else it was made under a wrong clock, and would keep all
    others from being made for years.

    `zone` is that of the rule's time of day; None is the zone of the machine, in which its timers
    and cron count.
    """
    last = newest(rule, made, now, zone)
    if last is None:
        return None
    return _instant(rule, _after(rule, last.astimezone(zone).date()), zone)


def newest(
    rule: ScheduleRule, made: Iterable[datetime], now: datetime, zone: tzinfo | None = None
) -> datetime | None:
    """Return the time of the newest audit that counts, as `due_at` says; None if none does."""
    limit = latest_to_count(rule, now, zone)
    return max((at for at in made if at < limit), default=None)


def latest_to_count(rule: ScheduleRule, now: datetime, zone: tzinfo | None = None) -> datetime:
    """Return the time from which on no audit can have been made: the second one of the rule."""
    return _instant(rule, _after(rule, _after(rule, now.astimezone(zone).date())), zone)


def _after(rule: ScheduleRule, day: date) -> date:
    """Return the day of the rule behind a day; the end of the calendar has none behind it."""
    try:
        return rule.after(day) or date.max
    except OverflowError:
        return date.max


def _instant(rule: ScheduleRule, day: date, zone: tzinfo | None) -> datetime:
    """Return the time of the rule on a day, in UTC.

    An hour that the clocks leave out in spring is the one behind it, as for timers and cron.
    """
    at = datetime.combine(day, time(rule.hour, rule.minute), zone)
    try:
        return at.astimezone(UTC)
    except (OverflowError, ValueError, OSError):  # the ends of the calendar
        return at.replace(tzinfo=UTC)
