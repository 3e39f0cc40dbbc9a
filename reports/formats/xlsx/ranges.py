"""What lies over the rows of a sheet: filter, name of its table, colour scales, breaks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reports.formats.xlsx.branding import Palette
from reports.formats.xlsx.grid import HEADER_ROW, Grid, Heat
from reports.formats.xlsx.look import DIM, HEAT_CAP, HEAT_HIGH, HEAT_LOW, HEAT_MID, WHITE

if TYPE_CHECKING:
    from openpyxl.formatting.rule import Rule
    from openpyxl.worksheet.worksheet import Worksheet

_NOT_OF_NAMES = re.compile(r"\W")
"""What no name of a range may have: anything but letters, digits and underscores."""


def finish(worksheet: Worksheet, grid: Grid, last: int, palette: Palette) -> None:
    """Set everything that openpyxl writes after the last row."""
    from openpyxl.worksheet.pagebreak import Break

    if grid.table_rows is not None:
        last = HEADER_ROW + grid.table_rows
    if grid.columns and last > HEADER_ROW:
        _filter(worksheet, grid.columns, last)
    for ref in grid.merged:
        worksheet.merged_cells.add(ref)
    for heat in grid.heat:
        worksheet.conditional_formatting.add(heat.ref, _scale(heat, palette))
    if grid.dimmed and last > HEADER_ROW + 1:
        first = HEADER_ROW + 2
        column = grid.dimmed
        # Written for the first row of the range; Excel
        # counts the numbers of the rows on for the others.
        same = f"${column}{first}=${column}{first - 1}"
        worksheet.conditional_formatting.add(f"{column}{first}:{column}{last}", _dimming(same))
    for at in grid.breaks:
        worksheet.row_breaks.append(Break(id=at))


def _filter(worksheet: Worksheet, columns: int, last: int) -> None:
    """Put a filter on the table of a sheet, and give its range a name for formulas and pivots."""
    from openpyxl.utils import get_column_letter, quote_sheetname
    from openpyxl.workbook.defined_name import DefinedName

    end = get_column_letter(columns)
    worksheet.auto_filter.ref = f"A{HEADER_ROW}:{end}{last}"
    name = name_of(worksheet.title)
    place = f"{quote_sheetname(worksheet.title)}!$A${HEADER_ROW}:${end}${last}"
    book = worksheet.parent
    if book is not None:
        book.defined_names[name] = DefinedName(name, attr_text=place)


def name_of(sheet: str) -> str:
    """Return the name of the range with the table of a sheet: `Site_features_data`."""
    return f"{_NOT_OF_NAMES.sub('_', sheet)}_data"


def _scale(heat: Heat, palette: Palette) -> Rule:
    """Return a colour scale: of three colours between fixed figures, else of two."""
    from openpyxl.formatting.rule import ColorScale, FormatObject, Rule
    from openpyxl.styles.colors import Color

    ends = [FormatObject(type="num", val=end) for end in heat.ends or ()]
    ends = ends or [FormatObject(type="min"), FormatObject(type="max")]
    colors = (HEAT_LOW, HEAT_MID, HEAT_HIGH) if heat.ends else (WHITE, HEAT_CAP)
    scale = ColorScale(
        cfvo=ends, color=[Color(rgb=f"FF{palette.drawn(color)}") for color in colors]
    )
    return Rule(type="colorScale", colorScale=scale)


def _dimming(formula: str) -> Rule:
    """Return the rule that dims a key where the row above has the same."""
    from openpyxl.formatting.rule import Rule
    from openpyxl.styles import Font
    from openpyxl.styles.differential import DifferentialStyle

    return Rule(type="expression", formula=[formula], dxf=DifferentialStyle(font=Font(color=DIM)))
