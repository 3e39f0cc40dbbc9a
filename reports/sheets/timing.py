"""Sheet Timing: on which weekdays and at which hours each company posts."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from audit.measure.habits import has_quiet_weekend, usual_hour, usual_weekdays
from audit.model.result import Pattern
from audit.model.value import Known, Qualifier, Unknown
from reports.left_out import left_out
from reports.report import Report
from reports.sheets._base import Sheet
from reports.signs import Legend, Sign, key_of
from reports.silent import fell_silent, posts_now
from reports.tables import EMPTY, Cell, Column, ColumnKind, Row, Sentence, Table, Tone
from reports.words import listed, of_all

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_HOURS = tuple(Column(title=f"{hour}", kind=ColumnKind.FIGURE, strip=True) for hour in range(24))
_COLUMNS = (
    Column(title="Company", kind=ColumnKind.COMPANY),
    Column(title="Weekday"),
    Column(title="Posts", kind=ColumnKind.FIGURE),
    Column(title="Busiest hour"),
)
_BUSIEST = 3
"""The place of that column."""


def draw(report: Report) -> Table:
    """Return the sheet: seven rows a company, an hour a column; no busiest hour if none has one."""
    rows, columns = list(_rows(report)), [*_COLUMNS, *_HOURS]
    kept = [at for at in range(len(columns)) if at != _BUSIEST or _has_busiest(rows)]
    return Table(
        title="When they post",
        finding=_finding(report),
        key=_key(report),
        columns=[columns[at] for at in kept],
        rows=[replace(row, cells=[row.cells[at] for at in kept]) for row in rows],
        strip=f"Posts by the hour in which they appeared, {report.zone.key}",
    )


def _has_busiest(rows: Sequence[Row]) -> bool:
    """Tell whether any row names the busiest hour of its company."""
    return any(row.cells[_BUSIEST].value is not None for row in rows)


def _finding(report: Report) -> Sentence:
    """Return when we post most, else whoever has a habit, else who posts most: hour or weekday."""
    known = [
        (each.company.own, each.company.name, each.pattern.value)
        for each in report.results
        if isinstance(each.pattern, Known)
    ]
    own, name, pattern = max(known, key=lambda each: (each[0], _tells(each[2]), each[2].posts))
    silent = fell_silent(report, name, networks=False)
    verb = ("post" if own else "posts") if posts_now(report, name) else "posted"
    who = f"{'We' if own else name} {verb}"
    last = f", the last on {silent}" if silent else ""
    slot = usual_hour(pattern)
    if slot is None:
        return _by_weekday(who, pattern, last)
    count = f"{slot.posts} of {of_all(pattern.timed, 'post')} of which the hour is known"
    return (
        (f"{who} most on {_DAYS[slot.weekday]}s ", False),
        (_hour(slot.hour), True),
        (f": {count}{last}.", False),
    )


def _tells(pattern: Pattern) -> bool:
    """Tell whether an hour or days of the week stand out."""
    habits = (usual_hour(pattern), usual_weekdays(pattern), has_quiet_weekend(pattern))
    return any(habits)


def _by_weekday(who: str, pattern: Pattern, last: str) -> Sentence:
    """Return the weekday with the most posts, or the two that stand out together."""
    usual = usual_weekdays(pattern)
    days = [f"{_DAYS[day]}s" for day in usual]
    if not days and has_quiet_weekend(pattern):
        fewest = sum(pattern.weekdays[5:])
        return (
            (f"{who} clearly less on ", False),
            ("Saturdays and Sundays", True),
            (f" than on other days: {fewest} of {of_all(pattern.posts, 'post')}{last}.", False),
        )
    if not days:
        seen = f"in the {of_all(pattern.posts, 'post')} that were seen"
        return ((f"{who} on no weekday clearly more often than on others, {seen}{last}.", False),)
    count = sum(pattern.weekdays[day] for day in usual)
    return (
        (f"{who} most on ", False),
        (listed(days), True),
        (f": {count} of {of_all(pattern.posts, 'post')}{last}.", False),
    )


def _hour(hour: int) -> str:
    """Return an hour as readers say it: `between 9 and 10`."""
    return f"between {hour} and {hour + 1}"


def _key(report: Report) -> list[str]:
    """Return what a reader must know of the figures, and the signs that occur."""
    patterns = [each.pattern for each in report.results]
    marks = {Sign.UNKNOWN} if any(isinstance(each, Unknown) for each in patterns) else set()
    if any(isinstance(each, Known) and _cut(each) for each in patterns):
        marks.add(Sign.TRUNCATED)
    return [
        "Website and own profiles together; darker is more, · none",
        "a post whose hour is not known counts for its weekday only",
        *key_of(marks, Legend.FIGURES),
    ]


def _cut(pattern: Known[Pattern]) -> bool:
    """Tell whether some posts may be missing."""
    return Qualifier.TRUNCATED in pattern.qualifiers


def _rows(report: Report) -> Iterator[Row]:
    """Give seven rows for each company with enough posts, and one for each other."""
    for at, result in enumerate(report.results):
        name = result.company.name
        if isinstance(result.pattern, Unknown):
            nothing = [Cell(name), EMPTY, Cell(result.pattern), EMPTY]
            yield Row([*nothing, *[EMPTY] * len(_HOURS)], subject=name, begins=at > 0)
            continue
        for day, title in enumerate(_DAYS):
            cells = [Cell(name), Cell(title), *_cells(report, result.pattern, day)]
            yield Row(cells, subject=name, begins=day == 0 and at > 0)


def _cells(report: Report, pattern: Known[Pattern], day: int) -> list[Cell]:
    """Return the posts of a weekday, its busiest hour if that is a habit, and its hours."""
    counts = pattern.value
    posts = Known(
        value=counts.weekdays[day], evidence=pattern.evidence, qualifiers=pattern.qualifiers
    )
    slot = usual_hour(counts)
    busiest = Cell(_hour(slot.hour), tone=Tone.STRONG) if slot and slot.weekday == day else EMPTY
    # Where too few posts have an hour, a dot would say that there was none.
    hours = [Cell(count) for count in counts.hours[day]] if counts.hours else [EMPTY] * len(_HOURS)
    return [Cell(posts, to=report.proof_of(posts)), busiest, *hours]


def _is_wanted(report: Report) -> bool:
    """Tell whether any company has enough posts for a pattern."""
    return "Timing" not in left_out(report)


SHEET = Sheet(
    name="Timing",
    order=65,
    draw=draw,
    wanted=_is_wanted,
    answers="On which days and at which hours do they post?",
)
