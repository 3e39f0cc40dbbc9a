"""Which columns of a wide table are hidden until a reader unfolds them: twelve can be taken in."""

from collections.abc import Iterator, Sequence

from reports.formats.xlsx.yours import is_id
from reports.report import Report
from reports.tables import Column, ColumnKind, Importance

MOST_SEEN = 12
"""Columns that are seen at once; a strip counts as one."""


def folded(columns: Sequence[Column], report: Report, first: Sequence[str] = ()) -> list[int]:
    """Return the numbers, from 1, of the columns that are hidden.

    Of a matrix the last competitors are, else those with a title in `first`, then what matters
    least. No column that must be seen is, even where more than twelve are left.
    """
    plain = [column for column in columns if not column.strip]
    ids = sum(map(is_id, plain))
    excess = len(plain) - ids - MOST_SEEN + (len(plain) < len(columns))
    if excess <= 0:
        return []
    return sorted(_candidates(plain, report, first)[:excess])


def _candidates(columns: Sequence[Column], report: Report, first: Sequence[str]) -> list[int]:
    """Return the columns that may be hidden, the first to go first."""
    numbers = {column.title: at for at, column in enumerate(columns, 1)}
    named = [numbers[title] for title in first if title in numbers]
    rest = (*_rivals(columns, report), *_least(columns))
    return list(dict.fromkeys((*named, *rest)))


def _rivals(columns: Sequence[Column], report: Report) -> Iterator[int]:
    """Give the columns of the competitors in a matrix, from the last one on."""
    names = frozenset(report.companies) - {report.own}
    for at in range(len(columns), 0, -1):
        column = columns[at - 1]
        if column.kind is ColumnKind.FIGURE and not column.own and column.title in names:
            yield at


def _least(columns: Sequence[Column]) -> Iterator[int]:
    """Give the columns that are said in passing, then those of details, from the right."""
    for importance in (Importance.ASIDE, Importance.DETAIL):
        for at in range(len(columns), 0, -1):
            column = columns[at - 1]
            if column.importance is importance and column.yours is None and not is_id(column):
                yield at
