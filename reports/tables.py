"""A sheet as values: what its cells say, what that means and where it leads; no look at all."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeGuard

from audit.model.metric import Unit
from audit.model.value import Absent, Dated, Known, Moment, Number, Qualifier, Unknown
from reports.charts import Chart
from reports.people import PersonsWord, Yours
from reports.signs import Sign, qualified

Run = tuple[str, bool]
"""A piece of a sentence, and whether it matters most."""

Sentence = tuple[Run, ...]


class Tone(StrEnum):
    """What a cell means to its reader; each format has its own way to show it."""

    PLAIN = "plain"
    STRONG = "strong"
    """What counts most in its row."""

    ASIDE = "aside"
    """Said in passing: nothing to compare with."""

    REASON = "reason"
    """Why there is no figure."""

    ALERT = "alert"
    """Something is wrong and should be mended."""

    THERE = "there"
    """Something is there, though there is no figure of it."""

    TYPICAL = "typical"
    """A figure of several companies together, such as a median."""


class ColumnKind(StrEnum):
    """What the cells of a column hold."""

    GROUP = "group"
    """A key that several rows below each other share."""

    COMPANY = "company"
    WORD = "word"
    CODE = "code"
    """A few letters, such as those of a language."""

    TEXT = "text"
    ADDRESS = "address"
    FIGURE = "figure"
    RANGE = "range"
    TREND = "trend"
    DAY = "day"
    """A calendar day in the time zone of the audit."""

    TIME = "time"
    """A minute in UTC."""

    PROOF = "proof"
    """Words that lead to a proof."""


class Importance(StrEnum):
    """How much a column matters to a reader of its sheet."""

    KEY = "key"
    MAIN = "main"
    DETAIL = "detail"
    ASIDE = "aside"


class RowKind(StrEnum):
    """What a row is, where it is not one of many alike."""

    ENTRY = "entry"
    NOT_THERE = "not-there"
    """Things that were looked for and are not there, or not known, all in one row."""

    RANK = "rank"
    MEDIAN = "median"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class ToProof:
    """A piece of evidence, by its number such as `e12`."""

    id: str


@dataclass(frozen=True, slots=True)
class ToSheet:
    """Another sheet, by its name."""

    name: str


@dataclass(frozen=True, slots=True)
class ToWeb:
    """A web address."""

    url: str


Target = ToProof | ToSheet | ToWeb


@dataclass(frozen=True, slots=True)
class Part:
    """So many of a whole, such as `2 of 4 read`."""

    count: int
    whole: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class Formerly:
    """What something is now and what it was: a handle, or a figure that is no longer known.

    `on` is the day of which the figure is; None where only the time of its reading is known.
    """

    now: str | Unknown
    before: str | Known[int] | Known[float]
    on: date | None = None


Content = (
    Number
    | Moment
    | Dated
    | Part
    | Formerly
    | PersonsWord
    | Sentence
    | str
    | int
    | float
    | datetime
    | None
)
"""What a cell may hold; bare numbers are counts of the audit itself, which need no proof."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its value with the unit of a figure, what it means, its sign, where it leads.

    `noted` is False for an unknown whose reason a cell nearby explains already. `aside` is what
    else must be known of a figure; a format without notes leaves it out. `since` is how a
    figure has changed since the last run, such as `▲ 0.3`; empty where it has not, or where nobody
    knows. `unseen` is what could not be seen of something that is there: a quiet `?` beside it.
    """

    value: Content = None
    _: KW_ONLY
    unit: Unit = Unit.COUNT
    tone: Tone = Tone.PLAIN
    mark: Sign | None = None
    to: Target | None = None
    noted: bool = True
    aside: str = ""
    since: str = ""
    unseen: Unknown | None = None


def is_figure(value: Content) -> TypeGuard[Known[int] | Known[float]]:
    """Tell whether a value is a known number, and not a known point in time."""
    return isinstance(value, Known) and not isinstance(value.value, datetime)


def signs_of(cell: Cell) -> set[Sign]:
    """Return the signs that the value of a cell bears by itself."""
    if isinstance(cell.value, Unknown):
        return {Sign.UNKNOWN}
    if isinstance(cell.value, Absent):
        return {Sign.ABSENT}
    if not is_figure(cell.value):
        return set(signs_of_day(cell))
    return {*(() if cell.value.exact else (Sign.ROUNDED,)), *qualified(cell.value)}


def signs_of_day(cell: Cell) -> tuple[Sign, ...]:
    """Return the signs behind a day; that of a part is the mark of its cell."""
    value = cell.value
    if not isinstance(value, Known) or not isinstance(value.value, datetime):
        return (Sign.TRUNCATED,) if cell.mark is Sign.TRUNCATED else ()
    qualifiers = value.qualifiers
    if cell.mark is Sign.TRUNCATED and Qualifier.TRUNCATED not in qualifiers:
        qualifiers = (Qualifier.TRUNCATED, *qualifiers)
    return qualified(Known(value=value.value, evidence=(), qualifiers=qualifiers))


NONE = Cell(Absent())
"""Looked for and not there."""

EMPTY = Cell()
"""Nothing to say here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its title, what it holds, how much it matters.

    `own` marks the column of the own company. `strip` is true for the columns of a strip, in
    which more is to be seen at a glance: months, subjects. `yours` marks a column that people fill
    in, and whose words are carried over from the last workbook. `words` tells that a column which
    looks like one of figures holds words alone.
    """

    title: str
    kind: ColumnKind = ColumnKind.WORD
    importance: Importance = Importance.MAIN
    own: bool = False
    strip: bool = False
    yours: Yours | None = None
    words: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, one a column.

    `subject` is the company or the metric that the row is about. `begins` tells that a new group
    begins here. `id` is what its finding is called in every run, without blanks, and `about` what
    it is about in words; both where people may fill in something. `also` are ids that it may have
    had in runs that knew less of it, `texts` stand in its cells and tell it from all other rows
    where the words that it is about do not.
    """

    cells: Sequence[Cell]
    _: KW_ONLY
    subject: str = ""
    kind: RowKind = RowKind.ENTRY
    begins: bool = False
    id: str = ""
    about: str = ""
    also: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A part of a sheet that has a title and columns of its own."""

    title: str = ""
    columns: Sequence[Column]
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A sheet as values.

    `finding` is the sentence that a reader should take home, `key` explains the signs that occur,
    `warning` says what is wrong with the whole. `rows` may be made one at a time: go through them
    once. `strip` is the title of the columns of a strip. What has columns of its own stands in
    `blocks`, below the rows.
    """

    title: str
    finding: Sentence
    key: Sequence[str] = ()
    warning: str = ""
    columns: Sequence[Column] = ()
    rows: Iterable[Row] = ()
    strip: str = ""
    blocks: Sequence[Block] = ()
    charts: Sequence[Chart] = ()


def fitting(place: str, table: Table | Block) -> Iterator[Row]:
    """Give the rows of a table or block, one at a time; each has a cell for every column.

    Raises:
        ValueError: a row has too few or too many; with the place, the row, its first cell.
    """
    for number, row in enumerate(table.rows, 1):
        if len(row.cells) != len(table.columns):
            first = row.subject or (repr(row.cells[0].value) if row.cells else "no cell")
            titles = ", ".join(column.title for column in table.columns)
            raise ValueError(
                f"{place}, row {number} ({first}): {len(row.cells)} cells for "
                f"{len(table.columns)} columns ({titles})"
            )
        yield row


def signs_of_figures(rows: Iterable[Row]) -> set[Sign]:
    """Return the signs that travel with the figures of some rows: `≈`, `†`, `(m)`, `(s)`."""
    figures = (cell for row in rows for cell in row.cells if is_figure(cell.value))
    return {sign for cell in figures for sign in signs_of(cell)}
