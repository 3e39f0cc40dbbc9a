"""How a sheet is printed: A4 across, one page wide, its header and its foot on every page."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from reports.formats.xlsx.cells import clean
from reports.formats.xlsx.grid import FIRST_ROW, HEADER_ROW, Grid
from reports.formats.xlsx.look import FONT, MAX_WIDTH
from reports.report import Report
from reports.words import day_in_words

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_MARGINS = (0.4, 0.4, 0.45, 0.55)
"""Left, right, top and bottom margin of a printed page, in inches."""

_A4 = 9
"""The number of A4 in Excel's list of papers."""

_FOOT_CHARACTERS = 100
"""Excel takes 255 for the whole foot, the codes for type and pages among them."""

_HEAD_ROWS = 3
"""Title, finding and key: what is printed of a sheet that is looked up and not read."""


def set_up(worksheet: Worksheet, grid: Grid, report: Report) -> None:
    """Print on A4 across, as wide as the table needs and with its header on every page."""
    worksheet.page_setup.orientation = "landscape"
    worksheet.page_setup.paperSize = _A4
    if grid.scale:
        worksheet.page_setup.scale = grid.scale
        worksheet.print_options.horizontalCentered = True
    else:
        _fit_to_pages(worksheet, grid)
    margins = worksheet.page_margins
    margins.left, margins.right, margins.top, margins.bottom = _MARGINS
    margins.header, margins.footer = 0.2, 0.25
    _foot(worksheet, report)


def _fit_to_pages(worksheet: Worksheet, grid: Grid) -> None:
    """Shrink a table to the width of a page, and repeat its header on each."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    seen = sum(
        width for at, width in enumerate(grid.widths, 1) if at not in (*grid.folded, grid.hidden)
    )
    # Rounded up: a table of up to two screens' width
    # is shrunk to one page, a wider one takes more.
    worksheet.page_setup.fitToWidth = (
        max(1, -(-int(seen) // (2 * MAX_WIDTH))) if grid.printed else 1
    )
    # 0 is as many pages down as it takes; without it
    # Excel would shrink a long table to one page.
    worksheet.page_setup.fitToHeight = 0
    if not grid.printed:
        # 'Print entire workbook' would otherwise print hundreds of pages of proofs.
        sums = accumulate(grid.widths)
        last = sum(width <= MAX_WIDTH for width in sums)
        worksheet.print_area = f"A1:{get_column_letter(max(1, last))}{_HEAD_ROWS}"
        return
    if grid.print_area:
        worksheet.print_area = grid.print_area
    if grid.columns:
        worksheet.print_title_rows = f"{HEADER_ROW}:{FIRST_ROW - 1}"
    if grid.titled_columns:
        worksheet.print_title_cols = grid.titled_columns


def _foot(worksheet: Worksheet, report: Report) -> None:
    """Print report and date, sheet, page of pages."""
    who = f"{report.own} · " if report.own else ""
    day = day_in_words(report.snapshot.run.as_of)
    title = report.brand.footer or f"{who}social presence audit"
    foot = worksheet.oddFooter
    if foot is None:  # openpyxl makes one, its stubs do not know
        return
    words = {
        foot.left: f"{_foot_words(title)} · {day}",
        foot.center: "&A",
        foot.right: "&P of &N",
    }
    for part, content in words.items():
        part.text, part.font, part.size = content, FONT, 8


def _foot_words(content: str) -> str:
    """Return words for a foot: cut first, then each ampersand doubled.

    A single one begins a code of Excel's, such as `&P` for the number of the page; a cut between
    two would leave one.
    """
    return clean(content)[:_FOOT_CHARACTERS].replace("&", "&&")
