"""Write the workbook: every sheet drawn as values first, then written row by row."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from lxml.etree import LxmlError

from reports.charts import Chart
from reports.formats.xlsx.book import Book
from reports.formats.xlsx.cells import clean, text
from reports.formats.xlsx.chart_looks import columns_of
from reports.formats.xlsx.charts import VALUES_FROM
from reports.formats.xlsx.charts import draw as drawn_chart
from reports.formats.xlsx.grid import HEADER_ROW, Grid, Heat, Line, Styled
from reports.formats.xlsx.layouts import layout_of
from reports.formats.xlsx.look import (
    DIM,
    FONT,
    HEAT_CAP,
    HEAT_HIGH,
    HEAT_LOW,
    HEAT_MID,
    KEY,
    MAX_WIDTH,
    MUTED,
    NUMBER,
    PLAIN,
    WHITE,
    varied,
)
from reports.formats.xlsx.replaced import kept_words, state_of
from reports.formats.xlsx.yours import mark
from reports.package import check_package
from reports.people import NOTHING_KEPT
from reports.report import Report
from reports.save import save
from reports.sheets import sheets
from reports.sheets._base import Sheet
from reports.words import day_in_words

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.formatting.rule import Rule
    from openpyxl.worksheet.worksheet import Worksheet

_MARGINS = (0.4, 0.4, 0.45, 0.55)
"""Left, right, top and bottom margin of a printed page, in inches."""

_FOOT_CHARACTERS = 120
_FIGURE = varied(NUMBER, size=9, color=MUTED, bottom="")
"""A figure that a chart is drawn from."""


def write_workbook(report: Report, path: Path) -> Path:
    """Write the workbook, whole or not at all; return the path as it really is.

    What people wrote into the one that it replaces is carried over; one whose words cannot be read
    is left, and the new one gets a name with a number.

    Raises:
        SaveError: it could not be written; an older workbook is as it was.
    """
    before = state_of(path)
    kept = kept_words(path, report.snapshot.competitors.path.name)
    whole = report.carrying(kept or NOTHING_KEPT)

    def may_replace() -> bool:
        """Tell whether all words are known; somebody may have saved more while we wrote."""
        return kept is not None and state_of(path) == before

    return save(path, lambda temporary: _write(whole, temporary), may_replace=may_replace)


def grid_of(sheet: Sheet, report: Report) -> Grid:
    """Return a sheet as it is laid out, without the figures of the charts."""
    return layout_of(sheet).lay_out(sheet.draw(report), Book(report))


def _write(report: Report, path: Path) -> None:
    """Lay out all sheets, write them, and check that the file opens.

    Raises:
        OSError: it could not be written, or would not open.
    """
    shared = Book(report)
    grids = {
        sheet: layout_of(sheet).lay_out(sheet.draw(report), shared)
        for sheet in sheets()
        if sheet.wanted(report)
    }
    tops = _chart_blocks(grids)
    book = _new_book(report)
    try:
        _fill(book, report, grids, tops)
        book.save(path)
    except BaseException as error:  # whatever ends the writing
        _abandon(book)
        if isinstance(error, LxmlError):  # how a full disk shows itself in the middle of a sheet
            raise OSError(f"writing stopped: {error}; make room on the disk") from error
        raise
    check_package(path)


def _abandon(book: Workbook) -> None:
    """End the half-written sheets, which would complain on the terminal when they are collected."""
    for sheet in book.worksheets:
        # Each sheet holds two open generators, its rows and the XML file below them (`xf`);
        # openpyxl 3.1.5 ends them only when it saves.
        for stream in (getattr(sheet, "_rows", None), getattr(sheet, "_writer", None)):
            half = getattr(stream, "xf", stream)
            if half is not None:
                with suppress(LxmlError, OSError):
                    half.close()


def _new_book(report: Report) -> Workbook:
    """Return an empty workbook whose columns are measured in Arial 10, its first font."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils.indexed_list import IndexedList

    # Write-only, so that rows go to the disk one at a time: a workbook of fifty companies has
    # 20,300 rows of evidence (docs/performance.md).
    book = Workbook(write_only=True)
    plain = Font(name=FONT, size=10)
    # openpyxl 3.1.5 puts Calibri 11 first. Widths are counted in digits of the first font, and
    # those of the layouts are meant for Arial 10.
    book._fonts = IndexedList([plain])  # type: ignore[attr-defined]  # noqa: SLF001  # first font
    book._named_styles["Normal"].font = plain  # type: ignore[attr-defined]  # noqa: SLF001
    book.properties.title = f"Social presence, {day_in_words(report.snapshot.run.as_of)}"
    book.properties.creator = "social-audit"
    # By this a workbook that was saved under another name is known as one of the same list.
    book.properties.subject = clean(report.snapshot.competitors.path.name)
    # Times of a workbook have no zone in openpyxl; this one is in UTC.
    book.properties.created = report.snapshot.run.started_at.replace(tzinfo=None)
    book.properties.modified = book.properties.created
    return book


def _chart_blocks(grids: dict[Sheet, Grid]) -> Mapping[str, tuple[str, int]]:
    """Put the figures of all charts below the sheet that holds them; say where each begins.

    A chart of Excel draws from cells, which have to stand on some sheet.
    """
    holder = next(sheet for sheet in grids if layout_of(sheet).holds_chart_data)
    charts = [drawing.chart for grid in grids.values() for drawing in grid.drawings]
    lines = list(grids[holder].lines)
    tops: dict[str, tuple[str, int]] = {}
    for chart in charts:
        lines.append(Line([None], 10))
        tops[chart.name] = (holder.name, len(lines) + 1)
        lines += _block(chart)
    grids[holder] = replace(grids[holder], lines=lines)
    return tops


def _block(chart: Chart) -> list[Line]:
    """Return the figures of a chart: a row of titles, then a row a category."""
    gap: list[Styled | None] = [None] * (VALUES_FROM - 2)
    head = varied(KEY, bold=True)
    columns = columns_of(chart)
    titles = [text(column.title, varied(head, align="right")) for column in columns]
    lines = [Line([text(f"Chart: {chart.name}", head), *gap, *titles])]
    for at, category in enumerate(chart.categories):
        cells = [
            Styled(column.values[at], varied(_FIGURE, format=column.format)) for column in columns
        ]
        name = text(category, varied(PLAIN, size=9, color=MUTED))
        lines.append(Line([name, *gap, *cells], 14))
    return lines


def _fill(
    book: Workbook,
    report: Report,
    grids: Mapping[Sheet, Grid],
    tops: Mapping[str, tuple[str, int]],
) -> None:
    """Write all sheets into the workbook."""
    from reports.formats.xlsx.anchors import DescribedAnchor
    from reports.formats.xlsx.paint import Painter

    painter = Painter()
    for sheet, grid in grids.items():
        worksheet: Worksheet = book.create_sheet(sheet.name)
        # This order must stay. A write-only sheet of openpyxl 3.1.5 writes
        # its properties, panes and widths before the first row, filter and
        # colours after the last; what is set too late is lost without a word.
        _prepare(worksheet, layout_of(sheet).tab, grid, report)
        painter.take_over(worksheet)
        last = _append(worksheet, grid)
        _finish(worksheet, grid, last)
        mark(book, worksheet, grid, last)
        for drawing in grid.drawings:
            drawn = drawn_chart(drawing, *tops[drawing.chart.name])
            drawn.anchor = DescribedAnchor(drawing)  # type: ignore[assignment]  # the stubs know cells only
            worksheet.add_chart(drawn)


def _prepare(worksheet: Worksheet, tab: str, grid: Grid, report: Report) -> None:
    """Set everything that openpyxl writes before the first row."""
    from openpyxl.utils import get_column_letter

    for at, width in enumerate(grid.widths, 1):
        worksheet.column_dimensions[get_column_letter(at)].width = width
    if grid.hidden:
        worksheet.column_dimensions[get_column_letter(grid.hidden)].hidden = True
    worksheet.sheet_view.showGridLines = False
    worksheet.sheet_view.zoomScale = 100
    worksheet.sheet_properties.tabColor = tab
    if grid.freeze:
        worksheet.freeze_panes = grid.freeze
    _print_setup(worksheet, grid, report)


def _print_setup(worksheet: Worksheet, grid: Grid, report: Report) -> None:
    """Print on A4 across, as wide as the table needs and with its header on every page."""
    from openpyxl.worksheet.properties import PageSetupProperties

    worksheet.page_setup.orientation = "landscape"
    # The number of A4 in Excel's list of papers.
    worksheet.page_setup.paperSize = 9
    if grid.scale:
        worksheet.page_setup.scale = grid.scale
        worksheet.print_options.horizontalCentered = True
    else:
        worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        # Rounded up: a table of up to two screens' width
        # is shrunk to one page, a wider one takes more.
        seen = sum(width for at, width in enumerate(grid.widths, 1) if at != grid.hidden)
        worksheet.page_setup.fitToWidth = max(1, -(-int(seen) // (2 * MAX_WIDTH)))
        # 0 is as many pages down as it takes; without it
        # Excel would shrink a long table to one page.
        worksheet.page_setup.fitToHeight = 0
        if grid.columns:
            worksheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
        if grid.titled_columns:
            worksheet.print_title_cols = grid.titled_columns
    margins = worksheet.page_margins
    margins.left, margins.right, margins.top, margins.bottom = _MARGINS
    margins.header, margins.footer = 0.2, 0.25
    _foot(worksheet, report)


def _foot(worksheet: Worksheet, report: Report) -> None:
    """Print report and date, sheet, page of pages; an ampersand in a name is doubled.

    A single one begins a code of Excel's, such as `&P` for the number of the page.
    """
    who = f"{report.own} · " if report.own else ""
    title = f"{who}social presence audit · {day_in_words(report.snapshot.run.as_of)}"
    foot = worksheet.oddFooter
    if foot is None:  # openpyxl makes one, its stubs do not know
        return
    words = {
        foot.left: clean(title).replace("&", "&&")[:_FOOT_CHARACTERS],
        foot.center: "&A",
        foot.right: "&P of &N",
    }
    for part, content in words.items():
        part.text, part.font, part.size = content, FONT, 8


def _append(worksheet: Worksheet, grid: Grid) -> int:
    """Write the rows one at a time; return how many there are.

    openpyxl writes the height of a row with the row, and would keep those of all rows.
    """
    last = 0
    for last, line in enumerate(grid.lines, 1):
        worksheet.row_dimensions[last].height = line.height
        worksheet.append(list(line.cells))
        del worksheet.row_dimensions[last]
    return last


def _finish(worksheet: Worksheet, grid: Grid, last: int) -> None:
    """Set everything that openpyxl writes after the last row."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.pagebreak import Break

    if grid.table_rows is not None:
        last = HEADER_ROW + grid.table_rows
    if grid.columns and last > HEADER_ROW:
        end = get_column_letter(grid.columns)
        worksheet.auto_filter.ref = f"A{HEADER_ROW}:{end}{last}"
    for heat in grid.heat:
        worksheet.conditional_formatting.add(heat.ref, _scale(heat))
    if grid.dimmed and last > HEADER_ROW + 1:
        first = HEADER_ROW + 2
        column = grid.dimmed
        # Written for the first row of the range; Excel
        # counts the numbers of the rows on for the others.
        same = f"${column}{first}=${column}{first - 1}"
        worksheet.conditional_formatting.add(f"{column}{first}:{column}{last}", _dimming(same))
    for at in grid.breaks:
        worksheet.row_breaks.append(Break(id=at))


def _scale(heat: Heat) -> Rule:
    """Return a colour scale: of three colours between fixed figures, else of two."""
    from openpyxl.formatting.rule import ColorScale, FormatObject, Rule
    from openpyxl.styles.colors import Color

    ends = [FormatObject(type="num", val=end) for end in heat.ends or ()]
    ends = ends or [FormatObject(type="min"), FormatObject(type="max")]
    colors = (HEAT_LOW, HEAT_MID, HEAT_HIGH) if heat.ends else (WHITE, HEAT_CAP)
    scale = ColorScale(cfvo=ends, color=[Color(rgb=f"FF{color}") for color in colors])
    return Rule(type="colorScale", colorScale=scale)


def _dimming(formula: str) -> Rule:
    """Return the rule that dims a key where the row above has the same."""
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import Font
    from openpyxl.styles.differential import DifferentialStyle

    return Rule(type="expression", formula=[formula], dxf=DifferentialStyle(font=Font(color=DIM)))
