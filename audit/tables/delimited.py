"""Read a table from a file of text: its encoding and what stands between cells are found out."""

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from io import StringIO
from itertools import islice
from pathlib import Path

from audit.tables.rows import (
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    TableError,
    TableRow,
    TableSheet,
    is_empty,
    too_large,
)

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SHOWN = {"utf-8-sig": "UTF-8", "utf-8": "UTF-8", "utf-16": "UTF-16", "utf-16-le": "UTF-16"}
_KANA = re.compile("[\u3041-\u30ff]")
_POLISH = re.compile("[A-Za-z][\u00b3\u00b9\u00bf][a-z]")
"""What the Polish letters of windows-1250 look like when they are read as windows-1252."""

_DELIMITERS = ",;\t|"
_NAMES = {",": "a comma", ";": "a semicolon", "\t": "a tab", "|": "a stroke"}
BY_COMMA = f"{_NAMES[',']} between cells"
"""How the notation of a table ends whose cells commas divide."""

_PEEK = 60
"""Rows by which it is found out what stands between cells."""

_SEP = re.compile(r'"?sep=(.)"?\r?\n', re.I)
"""A first line by which Excel is told the delimiter."""

Understood = Callable[[Sequence[TableRow]], int]


def sheet_of(content: bytes, file: Path, understood: Understood) -> TableSheet:
    """Return the rows of a file of text.

    `understood` says of the first rows how many headings of the best of them are known: by that
    the delimiter is chosen, as cells may hold commas and semicolons.

    Raises:
        TableError: it holds no text.
    """
    text, encoding = _decoded(content, file)
    mark, start = _SEP.match(text), 0
    if mark is not None:
        start = mark.end()
    candidates = mark[1] if mark is not None else _DELIMITERS
    head = {each: list(_peeked(text[start:], each)) for each in candidates}
    delimiter = max(candidates, key=lambda each: (understood(head[each]), _evenness(head[each])))
    name = _SHOWN.get(encoding, encoding)
    return TableSheet(
        name="",
        rows=_rows(text[start:], delimiter, file, first=1 + (start > 0)),
        notation=f"{name}, {_NAMES.get(delimiter, delimiter)} between cells",
    )


def _decoded(content: bytes, file: Path) -> tuple[str, str]:
    """Return the text of a file and the name of its encoding."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return content.decode(encoding, "replace").removeprefix("\ufeff"), encoding
    # UTF-16 without a mark: every other byte of its tabs, digits and Latin letters is zero.
    if content[:400].count(0) > len(content[:400]) // 4:
        encoding = "utf-16-le" if content[1:2] == b"\0" else "utf-16-be"
        text = content.decode(encoding, "replace")
    else:
        text, encoding = _without_mark(content)
    if "\0" in text or _is_binary(text[:4_000]):
        raise TableError(f"{file}: is no table; export the figures as CSV or .xlsx")
    return text, encoding


def _without_mark(content: bytes) -> tuple[str, str]:
    """Return the text of bytes that do not say their encoding."""
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    try:
        japanese = content.decode("cp932")
        if len(_KANA.findall(japanese[:20_000])) > 2:
            return japanese, "Shift_JIS"
    except UnicodeDecodeError:
        pass
    western = content.decode("cp1252", "replace")
    if _POLISH.search(western):
        return content.decode("cp1250", "replace"), "windows-1250"
    return western, "windows-1252"


def _is_binary(text: str) -> bool:
    """Tell whether a text holds signs that no table has."""
    odd = sum(sign < " " and sign not in "\t\r\n\f" for sign in text)
    return odd > len(text) // 50 or text.count("\ufffd") > len(text) // 20


def _peeked(text: str, delimiter: str) -> Iterator[TableRow]:
    """Yield the first rows as they are with a delimiter; none where that cannot be read."""
    # A quotation mark that never ends would make one cell of all that follows.
    reader = csv.reader(StringIO(text[:200_000], newline=""), delimiter=delimiter)
    try:
        for number, cells in enumerate(islice(reader, _PEEK), 1):
            if any(cells):
                yield TableRow(number, tuple(cell.strip() for cell in cells[:MOST_COLUMNS]))
    except csv.Error:
        return


def _evenness(rows: Sequence[TableRow]) -> int:
    """Return how many rows have as many cells as most, where that is more than one."""
    widths = Counter(len(row.cells) for row in rows)
    width, number = max(widths.items(), key=lambda pair: pair[1], default=(1, 0))
    return number if width > 1 else 0


def _rows(text: str, delimiter: str, file: Path, first: int) -> Iterator[TableRow]:
    """Yield all rows that are not empty; `first` is the number of the first one in the file."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        for number, cells in enumerate(reader, first):
            if number > MOST_ROWS:
                raise too_large(file)
            row: tuple[Cell, ...] = tuple([cell.strip() for cell in cells[:MOST_COLUMNS]])
            if not is_empty(row):
                yield TableRow(number, row)
    except csv.Error as error:
        raise TableError(
            f"{file}, line {reader.line_num}: cannot be read ({error}): "
            "is a quotation mark missing?"
        ) from error
