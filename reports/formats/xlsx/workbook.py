"""Write the workbook: every sheet drawn as values first, then written row by row."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reports.charts import Chart
from reports.formats.xlsx import packed, printing, ranges
from reports.formats.xlsx.book import SUMMARY, Book
from reports.formats.xlsx.branding import Palette, place_logo
from reports.formats.xlsx.cells import text
from reports.formats.xlsx.chart_looks import columns_of
from reports.formats.xlsx.charts import VALUES_FROM
from reports.formats.xlsx.charts import draw as drawn_chart
from reports.formats.xlsx.fitting import raised
from reports.formats.xlsx.grid import Grid, Line, Styled
from reports.formats.xlsx.layouts import layout_of
from reports.formats.xlsx.look import KEY, MUTED, NUMBER, PLAIN, varied
from reports.formats.xlsx.replaced import kept_words, state_of
from reports.formats.xlsx.yours import mark
from reports.held import why_held
from reports.package import check_package
from reports.people import NOTHING_KEPT
from reports.report import Report
from reports.save import save
from reports.sheets import sheets
from reports.sheets._base import Sheet

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

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
        return kept is not None and state_of(path) == before and not why_held(path)

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
    book = packed.new_book(report)
    try:
        _fill(book, report, grids, tops)
        packed.write(book, path, company=report.own)
    except BaseException:  # whatever ends the writing
        _abandon(book)
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
                with suppress(OSError):
                    half.close()


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
        lines += raised(_block(chart), grids[holder].widths)
    grids[holder] = replace(grids[holder], lines=lines)
    return tops


def _block(chart: Chart) -> list[Line]:
    """Return the figures of a chart: a row of titles, then a row a category."""
    gap: list[Styled | None] = [None] * (VALUES_FROM - 2)
    head = varied(KEY, bold=True)
    columns = columns_of(chart)
    titles = [text(column.title, varied(head, align="right", wrap=True)) for column in columns]
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

    palette = Palette(report.brand)
    painter = Painter(palette)
    for sheet, grid in grids.items():
        worksheet: Worksheet = book.create_sheet(sheet.name)
        # This order must stay. A write-only sheet of openpyxl 3.1.5 writes
        # its properties, panes and widths before the first row, filter and
        # colours after the last; what is set too late is lost without a word.
        _prepare(worksheet, palette.drawn(layout_of(sheet).tab), grid, report)
        last = painter.rows(worksheet).append(grid.lines)
        ranges.finish(worksheet, grid, last, palette)
        mark(book, worksheet, grid, last)
        for drawing in grid.drawings:
            drawn = drawn_chart(drawing, *tops[drawing.chart.name])
            palette.paint(drawn)
            drawn.anchor = DescribedAnchor(drawing)  # type: ignore[assignment]  # the stubs know cells only
            worksheet.add_chart(drawn)


def _prepare(worksheet: Worksheet, tab: str, grid: Grid, report: Report) -> None:
    """Set everything that openpyxl writes before the first row."""
    from openpyxl.utils import get_column_letter

    for at, width in enumerate(grid.widths, 1):
        column = worksheet.column_dimensions[get_column_letter(at)]
        column.width = width
        if at == grid.hidden:
            column.hidden = True
        elif at in grid.folded:
            column.outlineLevel, column.hidden = 1, True
        elif at - 1 in grid.folded:  # the column with the button that unfolds them
            column.collapsed = True
    worksheet.sheet_view.showGridLines = False
    worksheet.sheet_view.zoomScale = 100
    worksheet.sheet_properties.tabColor = tab
    if grid.freeze:
        worksheet.freeze_panes = grid.freeze
    if report.brand.logo is not None and worksheet.title == SUMMARY:
        place_logo(worksheet, report.brand.logo, grid.widths, report.own)
    printing.set_up(worksheet, grid, report)
