"""Write the workbook: every sheet drawn as values first, then written row by row."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers.expat import ExpatError, ParserCreate

from lxml.etree import LxmlError

from audit.model.result import Comparison, Snapshot
from reports.cells import Cell, clean, text
from reports.charts import VALUES_FROM, Chart
from reports.charts import draw as drawn_chart
from reports.evidence import number_evidence
from reports.look import (
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
from reports.page import HEADER_ROW, Heat, Page, Row
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
_CHUNK = 1 << 16
_FOOT_CHARACTERS = 120
_BLOCK_FIGURE = varied(NUMBER, size=9, color=MUTED, bottom="")


def write_workbook(snapshot: Snapshot, comparisons: Sequence[Comparison], path: Path) -> Path:
    """Write the workbook, whole or not at all; give the path as it really is.

    Raises:
        SaveError: it could not be written; an older workbook is as it was.
    """
    report = Report(snapshot, comparisons, number_evidence(snapshot))
    return save(path, lambda temporary: _write(report, temporary))


def _write(report: Report, path: Path) -> None:
    pages = {sheet: sheet.draw(report) for sheet in sheets() if sheet.shown(report)}
    tops = _chart_blocks(pages)
    book = _new_book(report)
    try:
        _fill(book, report, pages, tops)
        book.save(path)
    except BaseException as error:  # whatever ends the writing
        _abandon(book)
        if isinstance(error, LxmlError):  # how a full disk shows itself in the middle of a sheet
            raise OSError(f"writing stopped: {error}; make room on the disk") from error
        raise
    _verify(path)


def _abandon(book: Workbook) -> None:
    """End the half-written sheets, which would complain on the terminal when they are collected."""
    for sheet in book.worksheets:
        for stream in (getattr(sheet, "_rows", None), getattr(sheet, "_writer", None)):
            half = getattr(stream, "xf", stream)
            if half is not None:
                with suppress(LxmlError, OSError):
                    half.close()


def _new_book(report: Report) -> Workbook:
    """An empty workbook whose columns are measured in Arial 10."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils.indexed_list import IndexedList

    book = Workbook(write_only=True)
    plain = Font(name=FONT, size=10)
    book._fonts = IndexedList([plain])  # type: ignore[attr-defined]  # noqa: SLF001  # first font
    book._named_styles["Normal"].font = plain  # type: ignore[attr-defined]  # noqa: SLF001
    book.properties.title = f"Social presence, {day_in_words(report.snapshot.run.as_of)}"
    book.properties.creator = "social-audit"
    book.properties.created = report.snapshot.run.started_at.replace(tzinfo=None)
    book.properties.modified = book.properties.created
    return book


def _chart_blocks(pages: dict[Sheet, Page]) -> Mapping[str, tuple[str, int]]:
    """Put the figures of all charts below the sheet that holds them; say where each begins."""
    holder = next(sheet for sheet in pages if sheet.holds_chart_data)
    charts = [chart for page in pages.values() for chart in page.charts]
    rows = list(pages[holder].rows)
    tops: dict[str, tuple[str, int]] = {}
    for chart in charts:
        rows.append(Row([None], 10))
        tops[chart.name] = (holder.name, len(rows) + 1)
        rows += _block(chart)
    page = pages[holder]
    pages[holder] = replace(page, rows=rows)
    return tops


def _block(chart: Chart) -> list[Row]:
    gap: list[Cell | None] = [None] * (VALUES_FROM - 2)
    head = varied(KEY, bold=True)
    titles = [text(bars.title, varied(head, align="right")) for bars in chart.series]
    rows = [Row([text(f"Chart: {chart.name}", head), *gap, *titles])]
    for at, category in enumerate(chart.categories):
        cells = [
            Cell(
                bars.values[at], varied(NUMBER, size=9, color=MUTED, format=bars.format, bottom="")
            )
            for bars in chart.series
        ]
        rows.append(Row([text(category, varied(PLAIN, size=9, color=MUTED)), *gap, *cells], 14))
    return rows


def _fill(
    book: Workbook,
    report: Report,
    pages: Mapping[Sheet, Page],
    tops: Mapping[str, tuple[str, int]],
) -> None:
    from reports.paint import Painter

    painter = Painter()
    for sheet, page in pages.items():
        made: Worksheet = book.create_sheet(sheet.name)
        _prepare(made, sheet, page, report)
        painter.take_over(made)
        last = _rows(made, page)
        _finish(made, page, last)
        for chart in page.charts:
            made.add_chart(drawn_chart(chart, *tops[chart.name]), chart.anchor)


def _prepare(made: Worksheet, sheet: Sheet, page: Page, report: Report) -> None:
    """Everything that openpyxl writes before the first row."""
    from openpyxl.utils import get_column_letter

    for at, width in enumerate(page.widths, 1):
        made.column_dimensions[get_column_letter(at)].width = width
    made.sheet_view.showGridLines = False
    made.sheet_view.zoomScale = 100
    made.sheet_properties.tabColor = sheet.tab
    if page.freeze:
        made.freeze_panes = page.freeze
    _print_setup(made, page, report)


def _print_setup(made: Worksheet, page: Page, report: Report) -> None:
    from openpyxl.worksheet.properties import PageSetupProperties

    made.page_setup.orientation = "landscape"
    made.page_setup.paperSize = 9
    if page.scale:
        made.page_setup.scale = page.scale
        made.print_options.horizontalCentered = True
    else:
        made.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        made.page_setup.fitToWidth = max(1, -(-int(sum(page.widths)) // (2 * MAX_WIDTH)))
        made.page_setup.fitToHeight = 0
        if page.columns:
            made.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
        if page.titled_columns:
            made.print_title_cols = page.titled_columns
    margins = made.page_margins
    margins.left, margins.right, margins.top, margins.bottom = _MARGINS
    margins.header, margins.footer = 0.2, 0.25
    _foot(made, report)


def _foot(made: Worksheet, report: Report) -> None:
    """Report and date, sheet, page of pages; an ampersand in a name is doubled."""
    who = f"{report.own} · " if report.own else ""
    said = f"{who}social presence audit · {day_in_words(report.snapshot.run.as_of)}"
    foot = made.oddFooter
    if foot is None:  # openpyxl makes one, its stubs do not know
        return
    words = {
        foot.left: clean(said).replace("&", "&&")[:120],
        foot.center: "&A",
        foot.right: "&P of &N",
    }
    for part, content in words.items():
        part.text, part.font, part.size = content, FONT, 8


def _rows(made: Worksheet, page: Page) -> int:
    last = 0
    for last, row in enumerate(page.rows, 1):
        made.row_dimensions[last].height = row.height
        made.append(list(row.cells))
        del made.row_dimensions[last]
    return last


def _finish(made: Worksheet, page: Page, last: int) -> None:
    """Everything that openpyxl writes after the last row."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.pagebreak import Break

    if page.table_rows is not None:
        last = HEADER_ROW + page.table_rows
    if page.columns and last > HEADER_ROW:
        end = get_column_letter(page.columns)
        made.auto_filter.ref = f"A{HEADER_ROW}:{end}{last}"
    for heat in page.heat:
        made.conditional_formatting.add(heat.ref, _scale(heat))
    if page.dimmed and last > HEADER_ROW + 1:
        first = HEADER_ROW + 2
        column = page.dimmed
        same = f"${column}{first}=${column}{first - 1}"
        made.conditional_formatting.add(f"{column}{first}:{column}{last}", _dimming(same))
    for at in page.breaks:
        made.row_breaks.append(Break(id=at))


def _scale(heat: Heat) -> Rule:
    from openpyxl.formatting.rule import ColorScale, FormatObject, Rule
    from openpyxl.styles.colors import Color

    ends = [FormatObject(type="num", val=end) for end in heat.ends or ()]
    ends = ends or [FormatObject(type="min"), FormatObject(type="max")]
    colors = (HEAT_LOW, HEAT_MID, HEAT_HIGH) if heat.ends else (WHITE, HEAT_CAP)
    scale = ColorScale(cfvo=ends, color=[Color(rgb=f"FF{each}") for each in colors])
    return Rule(type="colorScale", colorScale=scale)


def _dimming(formula: str) -> Rule:
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import Font
    from openpyxl.styles.differential import DifferentialStyle

    return Rule(type="expression", formula=[formula], dxf=DifferentialStyle(font=Font(color=DIM)))


def _verify(path: Path) -> None:
    """Check that the file opens: each part is whole, and each XML part is XML.

    Raises:
        OSError: it would not open; nothing has been replaced.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                with archive.open(name) as part:
                    parser = ParserCreate()
                    while chunk := part.read(_CHUNK):
                        parser.Parse(chunk, False)
                    parser.Parse(b"", True)
    except (zipfile.BadZipFile, ExpatError) as error:
        raise OSError(f"the workbook would not open: {error}") from error
