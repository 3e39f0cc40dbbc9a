"""Write the rows of a sheet as XML, a row at a time; openpyxl does it cell by cell, and slower."""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from itertools import groupby
from math import isfinite
from pathlib import Path
from typing import Any, TextIO
from xml.sax.saxutils import escape, quoteattr

from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.comments.comment_sheet import CommentRecord
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.constants import SHEET_MAIN_NS
from openpyxl.xml.functions import tostring

from reports.formats.xlsx.branding import Palette
from reports.formats.xlsx.cells import clean
from reports.formats.xlsx.grid import MOST_ROWS, Line, Styled
from reports.formats.xlsx.hyperlinks import Link, Relations, link_of, xml_of
from reports.formats.xlsx.look import FONT, KEY, Style

MAX_LINKS = 10_000
"""Links on one sheet: Excel takes 65,530, but so many take a minute to open."""

_NOTHING = (None, "")
"""What cannot be clicked; readers would take the place of the link for its words."""

_NOTE_WIDTH, _NOTE_LOWEST, _NOTE_HIGHEST, _NOTE_LINE = 260, 80, 400, 16
"""Width of a note, its height at least and at most, and the height of a line, in pixels."""

_FULL = Line([Styled("A sheet holds no more rows. All of them: audit report --format csv", KEY)])
"""What stands in the last row that there can be."""

_NOTE_CHARACTERS = 38
"""Characters that fit into a line of a note."""


class _SheetFile:
    """The XML of a sheet as a file in UTF-8, in place of openpyxl's stream of elements.

    A row is written as the text that it is. Of elements, which openpyxl makes of all that stands
    around the rows, few are written. Whether all of it is whole XML is asked of the finished file
    (`check_package`).
    """

    def __init__(self, file: TextIO) -> None:
        """Write to a file that is open."""
        self._file = file

    def write(self, element: object) -> None:
        """Write an element of openpyxl with all that is in it."""
        self._file.write(tostring(element, encoding="unicode"))  # type: ignore[call-overload]  # of lxml

    def write_text(self, xml: str) -> None:
        """Write what is XML already."""
        self._file.write(xml)

    @contextmanager
    def element(self, name: str, **attributes: str) -> Iterator[None]:
        """Write an element around all that is written meanwhile."""
        told = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
        self._file.write(f"<{name}{told}>")
        yield
        self._file.write(f"</{name}>")


class _SheetWriter(WorksheetWriter):
    """Writes a sheet in UTF-8; a row is one text.

    openpyxl writes letters beyond ASCII by their numbers, which some readers take wrongly (SheetJS
    0.18 those of emoji).
    """

    def __init__(self, sheet: Worksheet, row_of: Callable[[Line, int], str]) -> None:
        """Begin the file of a sheet; `row_of` gives the XML of a line and its number."""
        super().__init__(sheet)
        self._row_of = row_of
        self._rels = self._relations = Relations()
        self.links: list[Link] = []

    def get_stream(self) -> Generator[object, object, None]:
        """Take elements, and lend the stream to whoever sends True, as openpyxl does."""
        with Path(f"{self.out}").open("w", encoding="utf-8", newline="") as file:
            stream = _SheetFile(file)
            with stream.element("worksheet", xmlns=SHEET_MAIN_NS), suppress(GeneratorExit):
                while True:
                    element = yield None
                    if element is True:
                        yield stream
                    elif element is not None:
                        stream.write(element)

    def write_hyperlinks(self) -> None:
        """Write the links of the sheet behind its rows."""
        if self.links:
            stream: Any = self.xf.send(True)
            stream.write_text(xml_of(self.links, self._relations))
            self.xf.send(None)

    def write_row(  # type: ignore[override]  # lines in place of cells
        self, stream: _SheetFile, lines: Iterable[Line], row: int
    ) -> None:
        """Write a line, as the sheet asks for it."""
        for line in lines:
            stream.write_text(self._row_of(line, row))


class RowWriter:
    """Writes the lines of one sheet.

    openpyxl 3.1.5 makes an object of every cell and four of its XML, which took half of the time of
    a workbook. Here a row is one text that is parsed at once, so that what is written is whole XML
    all the same. A text stays a text whatever it begins with, and the blank between two pieces of a
    sentence stays too, where openpyxl writes it so that Excel drops it.
    """

    def __init__(self, sheet: Worksheet, numbers: Mapping[Style, int], palette: Palette) -> None:
        """Take over the sheet's `append`, behind its head, which is written here.

        `numbers` gives the number of a style in the workbook.
        """
        self._sheet, self._numbers, self._palette = sheet, numbers, palette
        self._letters: list[str] = []
        # `append` of a write-only sheet hands a row to the first of these, and that to the second.
        sheet._values_to_row = lambda lines, _row: lines  # type: ignore[attr-defined]  # noqa: SLF001
        writer = _SheetWriter(sheet, self._row)
        sheet._writer = writer  # type: ignore[attr-defined]  # noqa: SLF001  # else made at need
        writer.write_top()
        self._links = writer.links
        self._notes: list[CommentRecord] = sheet._comments  # type: ignore[attr-defined]  # noqa: SLF001

    def append(self, lines: Iterable[Line]) -> int:
        """Write the lines one at a time, as many as a sheet takes; return how many were written."""
        written = 0
        for line in lines:
            written += 1
            self._sheet.append([line if written < MOST_ROWS else _FULL])
            if written == MOST_ROWS:
                break
        return written

    def _row(self, line: Line, row: int) -> str:
        """Return the XML of a row."""
        parts = [f'<row r="{row}" customHeight="1" ht="{line.height:.10g}">']
        noted: set[str] = {""}
        for cell, letters in zip(line.cells, self._columns(len(line.cells)), strict=False):
            if cell is None:
                continue
            place = f"{letters}{row}"
            parts.append(self._cell(cell, place))
            if cell.note not in noted:  # once in a row is enough
                self._note(cell.note, place)
                noted.add(cell.note)
            # Cells beyond the limit keep the look of a link and lead nowhere.
            if cell.link and cell.value not in _NOTHING and len(self._links) < MAX_LINKS:
                self._links.append(link_of(place, cell))
        parts.append("</row>")
        return "".join(parts)

    def _columns(self, count: int) -> list[str]:
        """Return the letters of so many columns, or of more."""
        while len(self._letters) < count:
            self._letters.append(get_column_letter(len(self._letters) + 1))
        return self._letters

    def _cell(self, cell: Styled, place: str) -> str:
        """Return the XML of a cell: a text in the cell itself, a number, a day as a number."""
        value, start = cell.value, f'<c r="{place}" s="{self._numbers[cell.style]}"'
        if cell.runs:
            return f'{start} t="inlineStr"><is>{self._runs(cell)}</is></c>'
        if isinstance(value, str):
            if not value:
                return f"{start}/>"
            return f'{start} t="inlineStr"><is>{_text(value)}</is></c>'
        if isinstance(value, datetime):
            return f"{start}><v>{_serial(value):.16g}</v></c>"
        if value is None or not isfinite(value):
            return f"{start}/>"
        return f"{start}><v>{value:.16g}</v></c>"

    def _runs(self, cell: Styled) -> str:
        """Return the XML of a sentence with bold or coloured pieces in the font of its cell."""
        style, parts = cell.style, []
        inks = cell.inks or (style.color,) * len(cell.runs)
        pieces_in_ink = zip(cell.runs, inks, strict=True)
        looks = groupby(pieces_in_ink, key=lambda each: (each[0][1] or style.bold, each[1]))
        for (bold, ink), pieces in looks:
            strong, color = '<b val="1"/>' if bold else "", self._palette.drawn(ink)
            font = (
                f'<rFont val="{FONT}"/>{strong}<color rgb="FF{color}"/><sz val="{style.size:g}"/>'
            )
            parts.append(f"<r><rPr>{font}</rPr>{_text(''.join(run[0] for run, _ in pieces))}</r>")
        return "".join(parts)

    def _note(self, words: str, place: str) -> None:
        """Put a note on a cell, of a size that shows all of its words, or its first lines."""
        cell = WriteOnlyCell(self._sheet)
        row = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        cell.row, cell.column = int(row), self._letters.index(place.removesuffix(row)) + 1
        cell.comment = _comment(words)
        self._notes.append(CommentRecord.from_cell(cell))


def _text(words: str) -> str:
    """Return the XML of a text; blanks at its ends, or alone, must be asked for."""
    kept = ' xml:space="preserve"' if words != words.strip() else ""
    return f"<t{kept}>{escape(words)}</t>"


def _serial(at: datetime) -> float:
    """Return a time as Excel counts it: in days, from 1 March 1900 on without its slip."""
    return float(to_excel(at))  # type: ignore[no-untyped-call]


def _comment(words: str) -> Comment:
    """Return a note of the height that its lines need."""
    kept = clean(words)
    note = Comment(kept, "audit")
    lines = sum(1 + len(line) // _NOTE_CHARACTERS for line in kept.split("\n"))
    note.width = _NOTE_WIDTH
    note.height = min(_NOTE_HIGHEST, max(_NOTE_LOWEST, _NOTE_LINE * (lines + 1)))
    return note
