"""Sheet Cadence in the workbook: a table, a strip of twelve months, a chart."""

from reports.formats.xlsx.layout import Layout, TableStyle
from reports.formats.xlsx.look import NUMBER, OWN_TINT, Style, varied
from reports.formats.xlsx.styles import Spot
from reports.months import MONTHS


def _style(spot: Spot, style: Style) -> Style:
    """Return the style of a cell; an empty one is that of a missing figure."""
    if spot.cell.value is not None or spot.column.strip:
        return style
    return varied(NUMBER, fill=OWN_TINT) if spot.own else NUMBER


_TABLE_STYLE = TableStyle(
    widths={
        "Company": 18.5,
        "Channel": 11,
        "Posts": 7,
        "Per week": 9,
        "95% between": 9.5,
        "Since it began": 20,
        "Status": 12.5,
        "Longest pause, days": 10.5,
        "Weeks with a post": 10.5,
        "Trend, 90 days": 12,
        "Period seen": 8,
    },
    strip_ends=(0, 4, 12),
    strip_reach=MONTHS,
    names_widen=False,
    own_rows_tinted=True,
    folds=("95% between",),
    style=_style,
)


LAYOUT = Layout(table_style=_TABLE_STYLE)
