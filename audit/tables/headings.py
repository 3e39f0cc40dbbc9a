"""What the headings of a table mean, and in which row they stand."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import lru_cache

from audit.tables.names import KnownNames
from audit.tables.rows import TableRow
from config.table_words import MEASURES, TableField, TableWords, plain, table_words

_NUMBER_OF_DAYS = re.compile(r"(?<![\w.])(\d{1,3}) ?(\w+)")
_FEW_DAYS = re.compile(r"[1-9]\d?|[12]\d\d|3[0-5]\d|36[0-6]", re.ASCII)
_CHANGE = re.compile(r"[±Δ∆]|\+ ?/ ?[-−–]")
"""A sign that a heading counts what came and went: "Fans +/-"."""

_LOOKED_AT = 40
"""Rows, from the first, among which the headings stand."""

_FEWEST_GROUPS = 2
_LONGEST = 120
"""Characters of a heading; a longer text is a remark above the table."""

_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


class Of(Enum):
    """Of what a number of likes or comments is: of a period, of one post, of the last five."""

    PERIOD = "period"
    POST = "post"
    LAST_POSTS = "last posts"


@dataclass(frozen=True, slots=True)
class Heading:
    """What one heading, or one name in a column of measures, means.

    `field` is None where it is not understood. `company` (a key) and `channel` are set where it
    names them; `days` is the period that it names, `of` what its counts are of.
    """

    field: TableField | None
    company: str = ""
    channel: str = ""
    days: int | None = None
    of: Of = Of.PERIOD


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column: its place from 0, its heading as it is written, and what that means."""

    index: int
    title: str
    heading: Heading

    @property
    def field(self) -> TableField | None:
        """Return what the column holds; None where its heading is not understood."""
        return self.heading.field


@dataclass(frozen=True, slots=True)
class Header:
    """The row with the headings: its number, its columns, and what stands above it.

    `gains` are headings of followers that count only new ones, and are left aside.
    """

    number: int
    columns: tuple[TableColumn, ...]
    above: tuple[str, ...]
    gains: tuple[str, ...] = ()

    def of(self, *fields: TableField) -> tuple[TableColumn, ...]:
        """Return the columns that hold one of some fields."""
        return tuple(column for column in self.columns if column.field in fields)

    @property
    def pivoted(self) -> tuple[TableColumn, ...]:
        """Return the columns that are headed by a company or a platform alone."""
        return tuple(
            column
            for column in self.of(TableField.VALUE)
            if column.heading.company or column.heading.channel
        )

    @property
    def is_long(self) -> bool:
        """Tell whether a column says what the value of each row measures."""
        return bool(self.of(TableField.MEASURE)) and bool(self.of(TableField.VALUE))

    @property
    def meaning(self) -> tuple[Heading, ...]:
        """Return what its columns hold, by which sheets of one kind are known."""
        return tuple(column.heading for column in self.columns if column.field is not None)

    @property
    def tells(self) -> bool:
        """Tell whether any figure can be read below these headings."""
        return bool(self.of(*MEASURES) or self.pivoted or self.is_long or self.is_of_posts)

    @property
    def is_of_posts(self) -> bool:
        """Tell whether each row is a post, with the day on which that appeared."""
        others = (TableField.FOLLOWERS, TableField.POSTS, TableField.LAST_POST)
        is_list = self.of(TableField.POSTED) or (
            self.of(TableField.POST_TITLE) and self.of(TableField.ON)
        )
        return bool(is_list) and not self.is_long and not self.pivoted and not self.of(*others)

    @property
    def has_reactions_alone(self) -> bool:
        """Tell whether it counts likes and comments of a time, and not the posts that got them."""
        measures = {column.field for column in self.of(*MEASURES)}
        alone = bool(measures) and measures <= {TableField.LIKES, TableField.COMMENTS}
        return alone and not (self.is_of_posts or self.is_long or self.pivoted)


Mapped = Mapping[str, TableField | None]
"""What a person says of headings, by the heading as `plain` has it; None for one to leave out."""


def header_in(
    rows: Sequence[TableRow], names: KnownNames, mapped: Mapped, sheet: str = ""
) -> Header | None:
    """Return the row with the most headings that are known; None where none tells a figure.

    One of new followers alone is given all the same, so that it can be said. `sheet` is the name of
    the sheet.
    """
    best, most = None, 0
    for place, row in enumerate(rows[:_LOOKED_AT]):
        titles = _grouped(row, rows[place - 1], names) if place else row
        header = _header(titles, rows[:place], names, mapped)
        header = _without_gains(header, (sheet, *_titles(rows[:place])), mapped)
        # A row of cells may hold names too, but fewer than the headings above it, told or not.
        if _known(header) > most:
            best, most = header if header.tells or header.gains else None, _known(header)
    return best


def _grouped(row: TableRow, above: TableRow, names: KnownNames) -> TableRow:
    """Return headings with the names that stand above groups of them: LinkedIn over two columns.

    A single name above the table is one for all of it, and no group.
    """
    groups = [_is_name(cell, names) for cell in above.cells]
    if sum(groups) < _FEWEST_GROUPS:
        return row
    cells, group = list(row.cells), ""
    for index, cell in enumerate(row.cells):
        if index < len(groups) and groups[index]:
            group = str(above.cells[index])
        if group and isinstance(cell, str) and heading_of(cell, names).field in MEASURES:
            cells[index] = f"{group} {cell}"
    return TableRow(row.number, tuple(cells))


def _is_name(cell: object, names: KnownNames) -> bool:
    """Tell whether a cell holds the name of a company or a platform alone."""
    heading = heading_of(cell, names) if isinstance(cell, str) and cell else None
    return heading is not None and bool(heading.company or heading.channel)


def known_in(rows: Sequence[TableRow], names: KnownNames, mapped: Mapped) -> int:
    """Return how many headings of the best row are known."""
    header = header_in(rows, names, mapped)
    return _known(header) if header is not None else 0


def _known(header: Header) -> int:
    """Return how many of the headings are known."""
    return sum(column.field is not None for column in header.columns)


def _header(row: TableRow, above: Iterable[TableRow], names: KnownNames, mapped: Mapped) -> Header:
    """Read a row as headings."""
    columns = [
        TableColumn(index, cell, _mapped_or(cell, names, mapped))
        for index, cell in enumerate(row.cells)
        if isinstance(cell, str) and cell and len(cell) <= _LONGEST
    ]
    texts = tuple(cell for each in above for cell in each.cells if isinstance(cell, str) and cell)
    return Header(row.number, tuple(_settled(columns)), texts)


def _titles(above: Iterable[TableRow]) -> Iterable[str]:
    """Yield the lines above a table: rows with a single cell."""
    for row in above:
        filled = [cell for cell in row.cells if cell != ""]
        if len(filled) == 1:
            yield str(filled[0])


def _without_gains(header: Header, titles: Iterable[str], mapped: Mapped) -> Header:
    """Leave followers aside that are the new ones of each day, as in the exports of LinkedIn.

    A title of the table says so, or a column that tells them apart by the way they came. What a
    person says of a heading holds.
    """
    titles_of_followers = (column.title for column in header.of(TableField.FOLLOWERS))
    gains = tuple(title for title in titles_of_followers if plain(title) not in mapped)
    words, headings = table_words(), [column.title for column in header.columns]
    if not gains or not (
        any(_is_followers_but(text, words.gains) for text in titles)
        or any(_is_followers_but(text, words.parts) for text in headings)
    ):
        return header
    aside = Heading(TableField.ASIDE)
    columns = tuple(
        replace(column, heading=aside) if column.title in gains else column
        for column in header.columns
    )
    return replace(header, columns=columns, gains=gains)


def _is_followers_but(text: str, marks: frozenset[str]) -> bool:
    """Tell whether a text says followers, with one of some words beside it."""
    whole, words = plain(text), table_words()
    rests = (left for mark in marks if (left := _without(whole, mark)) is not None)
    return any(_field(left, words) is TableField.FOLLOWERS for left in rests)


def _mapped_or(title: str, names: KnownNames, mapped: Mapped) -> Heading:
    """Return what a person says that a heading means, else what its words mean."""
    words = plain(title)
    read = heading_of(title, names)
    if words not in mapped:
        return read
    field = mapped[words]
    return replace(read, field=field) if field is not None else Heading(TableField.ASIDE)


def _settled(columns: Sequence[TableColumn]) -> Iterable[TableColumn]:
    """Yield the columns; one headed by a name alone is no figure where others are figures."""
    has_figures = any(
        column.field in (*MEASURES, TableField.VALUE)
        and not (column.heading.company or column.heading.channel)
        for column in columns
    )
    for column in columns:
        by_name = column.field is TableField.VALUE and (
            column.heading.company or column.heading.channel
        )
        yield replace(column, heading=Heading(None)) if by_name and has_figures else column


@lru_cache(maxsize=20_000)
def heading_of(text: str, names: KnownNames) -> Heading:
    """Return what a heading means: a field, with the company, platform and period beside it."""
    words, rest = table_words(), plain(text)
    if _CHANGE.search(text) is not None:
        return Heading(TableField.ASIDE)
    if (whole := words.fields.get(rest)) is not None:
        return Heading(whole)
    rest, of = _of_what(rest, words)
    rest, days = _period(rest, words)
    rest, channel = _cut(rest, names.platforms)
    rest, company = _cut(rest, names.companies)
    field = _field(rest, words)
    if not rest and (channel or company):
        field = TableField.VALUE
    if field in (None, TableField.ASIDE) or (field not in MEASURES and rest):
        return Heading(field or _aside(plain(text), words))
    if of is not Of.PERIOD and field not in (TableField.LIKES, TableField.COMMENTS):
        return Heading(TableField.ASIDE)
    if field is TableField.FOLLOWERS and days is not None:
        # Followers of a period are those that came in it, or those that were there before it.
        return Heading(None)
    return Heading(field, company, channel, days, of)


def _field(rest: str, words: TableWords) -> TableField | None:
    """Return the field of what is left of a heading, also without words that change nothing."""
    if (field := words.fields.get(rest)) is not None:
        return field
    rest_kept = " ".join(word for word in rest.split() if word not in words.little)
    return words.fields.get(rest_kept)


def _aside(whole: str, words: TableWords) -> TableField | None:
    """Return ASIDE for a heading with a word that the product compares nothing by; else None."""
    if "%" in whole or not words.aside.isdisjoint(whole.split()):
        return TableField.ASIDE
    is_known = any(_without(whole, phrase) is not None for phrase in _phrases(words))
    return TableField.ASIDE if is_known else None


@lru_cache(maxsize=1)
def _phrases(words: TableWords) -> tuple[str, ...]:
    """Return the words for what is left aside that are no single word with blanks around it."""
    return tuple(each for each in words.aside if " " in each or _UNSPACED.search(each))


def _of_what(rest: str, words: TableWords) -> tuple[str, Of]:
    """Take out of a heading of what its count is."""
    for of, phrases in ((Of.LAST_POSTS, words.last_posts), (Of.POST, words.per_post)):
        for phrase in phrases:
            if (left := _without(rest, phrase)) is not None:
                # "average likes per post" says it twice.
                return next((more for p in phrases if (more := _without(left, p))), left), of
    return rest, Of.PERIOD


def _period(rest: str, words: TableWords) -> tuple[str, int | None]:
    """Take out of a heading how many days it covers: "last 28 days", "per month"."""
    for match in _NUMBER_OF_DAYS.finditer(rest):
        if match[2] in words.days and 0 < int(match[1]) <= 366:
            before, behind = rest[: match.start()].split(), rest[match.end() :].split()
            # Only beside the number: "in" is a part of LinkedIn, too.
            while before and before[-1] in words.around:
                before.pop()
            while behind and behind[0] in words.around:
                behind.pop(0)
            return " ".join((*before, *behind)), int(match[1])
    for phrase, days in words.periods.items():
        if (left := _without(rest, phrase)) is not None:
            return left, days
    return rest, None


def days_in(text: str) -> int | None:
    """Return how many days a cell such as "30 days", "monthly" or "28" covers; None for none."""
    whole = plain(text)
    if _FEW_DAYS.fullmatch(whole):
        return int(whole)
    words = table_words()
    left, days = _period(f"{whole} ".strip(), words)
    return days if not set(left.split()) - words.around else None


def _cut(rest: str, names: Mapping[str, str]) -> tuple[str, str]:
    """Take a name out of a heading; return what is left, and whose name it is.

    That is the shortest name that leaves a measure, as "page likes" behind a network are other than
    "likes" behind its page; else the longest name.
    """
    fields, cut = table_words().fields, (rest, "")
    tokens = rest.split()
    for length in range(1, len(tokens) + 1):
        for start in range(len(tokens) - length + 1):
            meant = names.get(" ".join(tokens[start : start + length]))
            if meant is not None:
                cut = " ".join((*tokens[:start], *tokens[start + length :])), meant
                if not cut[0] or fields.get(cut[0]) in MEASURES:
                    return cut
    return cut


def _without(rest: str, phrase: str) -> str | None:
    """Return a heading without a phrase; None where it does not hold it."""
    if _UNSPACED.search(phrase):
        return " ".join(rest.replace(phrase, " ").split()) if phrase in rest else None
    padded = f" {rest} "
    if f" {phrase} " not in padded:
        return None
    return " ".join(padded.replace(f" {phrase} ", " ", 1).split())
