"""How many days the posts of a table cover, where its rows follow each other by day or month."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from audit.model.by_hand import LAST_POSTS
from audit.tables.figures import Figures, TableFigure
from audit.tables.headings import Of
from audit.tables.names import NamedProfile
from config.table_words import TableField

_FEWEST = 3
"""Rows of a profile from which on they show how far apart they are."""

_MONTH = (28, 31)
_TOTALS_FROM = 10
"""A running total is told by counts that only rise; from so many posts on that is no chance."""

_REACTIONS = (TableField.LIKES, TableField.COMMENTS)
ByDay = dict[tuple[NamedProfile, date], Figures]
Days = tuple[tuple[date, Figures], ...]


@dataclass(frozen=True, slots=True)
class PeriodFigures:
    """The figures as the history takes them, and what was left aside for want of a period.

    `thinned` tells that a profile had several days of a month, of which the last one is kept;
    `without_days` counts numbers of posts of which nobody knows how many days they cover,
    `without_posts` likes and comments of which nobody knows of how many posts they are.
    """

    figures: ByDay
    without_days: int
    without_posts: int
    thinned: bool = False


def with_periods(
    figures_by_day: Mapping[tuple[NamedProfile, date], Figures], longest: int
) -> PeriodFigures:
    """Say how many days each number of posts covers, and make all likes those of five posts.

    Counts that stand there for each day, week or month are added up, over `longest` days at most.
    """
    figures: ByDay = {key: dict(each) for key, each in figures_by_day.items()}
    for profile, days in _series(figures):
        _add_up(figures, profile, days, longest)
    lost_days = lost_posts = 0
    for each in figures.values():
        lost_posts += _reckoned(each)
        posts = each.get(TableField.POSTS)
        if posts is not None and posts.days is None:
            del each[TableField.POSTS]
            lost_days += 1
    last_of_months = _last_of_months(figures)
    number = sum(bool(each) for each in figures.values())
    return PeriodFigures(
        last_of_months, lost_days, lost_posts, thinned=len(last_of_months) < number
    )


def _last_of_months(figures: ByDay) -> ByDay:
    """Return of each profile, month and measure the last figure alone.

    A daily export of years would else be gone through by each run for ever.
    """
    last_figures: ByDay = {}
    months_seen = set[tuple[NamedProfile, int, int, TableField]]()
    for (profile, on), each in sorted(figures.items(), key=lambda item: item[0][1], reverse=True):
        month = {field: (profile, on.year, on.month, field) for field in each}
        last = {field: each[field] for field, key in month.items() if key not in months_seen}
        months_seen |= set(month.values())
        if last:
            last_figures[profile, on] = last
    return {key: last_figures[key] for key in figures if key in last_figures}


def _series(figures: ByDay) -> Iterator[tuple[NamedProfile, Days]]:
    """Yield the days of each profile with posts of no period, or of a month at most, in order."""
    by_profile: dict[NamedProfile, list[tuple[date, Figures]]] = defaultdict(list)
    for (profile, on), each in figures.items():
        posts = each.get(TableField.POSTS)
        if posts is not None and (posts.days is None or posts.days <= _MONTH[1]):
            by_profile[profile].append((on, each))
    for profile, days in by_profile.items():
        yield profile, tuple(sorted(days, key=lambda day: day[0]))


def _add_up(figures: ByDay, profile: NamedProfile, days: Days, longest: int) -> None:
    """Put in place of the counts of many rows their sum, as of the last of them."""
    days = _unbroken(days)
    if len(days) < _FEWEST:
        return
    added = [day for day in days if (days[-1][0] - day[0]).days < longest]
    first, last = added[0][0], added[-1][0]
    step = _step(added)
    counts = [_count(each, TableField.POSTS) for _, each in added]
    if step is None or not _covers(added, step) or (total := _total(counts)) is None:
        return
    is_running = total != sum(counts)
    span = (last - first).days + (0 if is_running else step)
    end = last
    if step > 7 and first.day == 1 and last.day == 1:
        end, span = _end_of_month(last), (_end_of_month(last) - first).days + 1
    sums = {field: _sum(added, field) for field in _REACTIONS}
    newest = next((on for on, each in reversed(added) if _count(each, TableField.POSTS)), None)
    row = added[-1][1][TableField.POSTS].row
    for _, each in days:
        for field in (TableField.POSTS, *_REACTIONS):
            each.pop(field, None)
    at = figures.setdefault((profile, end), {})
    at[TableField.POSTS] = TableFigure(total, span, Of.PERIOD, row)
    if not is_running:
        at.update(
            {f: TableFigure(n, span, Of.PERIOD, row) for f, n in sums.items() if n is not None}
        )
    if step == 1 and not is_running and newest is not None:
        at.setdefault(TableField.LAST_POST, TableFigure(newest, None, Of.PERIOD, row))


def _unbroken(days: Days) -> Days:
    """Return the last of some days that follow each other without a gap, where they are daily."""
    steps = [(b[0] - a[0]).days for a, b in pairwise(days)]
    if steps.count(1) * 2 < len(steps):
        return days
    start = max((at + 1 for at, step in enumerate(steps) if step != 1), default=0)
    return days[start:]


def _step(days: Sequence[tuple[date, Figures]]) -> int | None:
    """Return how many days lie between two rows; None where they are not evenly apart."""
    steps = {(b[0] - a[0]).days for a, b in pairwise(days)}
    if len(steps) == 1 and steps <= {1, 7}:
        return steps.pop()
    if steps and min(steps) >= _MONTH[0] and max(steps) <= _MONTH[1]:
        return 30
    return None


def _covers(days: Sequence[tuple[date, Figures]], step: int) -> bool:
    """Tell whether the posts of each row are those since the row before, as far as it says."""
    days_told = {each[TableField.POSTS].days for _, each in days} - {None}
    return all(
        days is not None and abs(days - step) <= (2 if step > 7 else 0) for days in days_told
    )


def _total(counts: Sequence[float]) -> float | None:
    """Return the posts of all rows: their sum, or the difference of a running total.

    None where nobody can tell which it is.
    """
    rises = all(a <= b for a, b in pairwise(counts)) and counts[0] >= _TOTALS_FROM
    if not rises:
        return sum(counts)
    grown = counts[-1] - counts[0]
    return grown if len(counts) > _FEWEST and grown < counts[0] else None


def _end_of_month(day: date) -> date:
    """Return the last day of a day's month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _sum(days: Sequence[tuple[date, Figures]], field: TableField) -> float | None:
    """Return the sum of a count over some rows; None where one of them lacks it."""
    figures = [each.get(field) for _, each in days]
    if any(figure is None or figure.of is not Of.PERIOD for figure in figures):
        return None
    return sum(_count(each, field) for _, each in days)


def _count(figures: Figures, field: TableField) -> float:
    """Return a count as a number; 0 for none."""
    value = figures[field].value if field in figures else 0
    return value if isinstance(value, int | float) else 0


def _reckoned(figures: Figures) -> int:
    """Turn likes and comments into those of five posts; return how many could not be."""
    lost = 0
    posts = figures.get(TableField.POSTS)
    for field in _REACTIONS:
        figure = figures.get(field)
        if figure is None or figure.of is Of.LAST_POSTS:
            continue
        share = _per_post(figure, posts)
        if share is None:
            del figures[field]
            lost += 1
        else:
            figures[field] = figure._replace(value=round(LAST_POSTS * share), of=Of.LAST_POSTS)
    return lost


def _per_post(figure: TableFigure, posts: TableFigure | None) -> float | None:
    """Return a count of one post on average; None where nobody knows of how many posts it is."""
    if not isinstance(figure.value, int | float):
        return None
    if figure.of is Of.POST:
        return figure.value
    if posts is None or not isinstance(posts.value, int | float) or posts.value <= 0:
        return None
    return figure.value / posts.value if posts.days == figure.days else None
