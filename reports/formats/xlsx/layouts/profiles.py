"""Sheet Profiles in the workbook: twelve columns on one screen, those of people right of it."""

from reports.formats.xlsx.layout import Layout, TableStyle
from reports.formats.xlsx.look import SLATE, Style, varied
from reports.formats.xlsx.styles import Spot
from reports.signs import Sign

_SMALL_MARKS = (Sign.CANDIDATE, Sign.LISTED)


def _style(spot: Spot, style: Style) -> Style:
    """Return the style of a cell: candidates and listings say so in small type."""
    if spot.column.title == "State" and spot.cell.mark in _SMALL_MARKS:
        return varied(style, size=9)
    return style


_TABLE_STYLE = TableStyle(
    widths={
        "Channel": 13,
        "Handle": 16.5,
        "Address": 17.5,
        "Role": 8.5,
        "Ownership proof": 29.5,
        "Sure": 6,
        "State": 20,
        "Audience": 11.5,
        "To mend": 17,
        "Owner": 12,
        "Purpose": 22,
        "Keep, fix, close": 10,
        "Notes": 24,
    },
    folds=("Sure", "Role", "First seen", "Handle"),
    style=_style,
)


LAYOUT = Layout(table_style=_TABLE_STYLE, tab=SLATE)
