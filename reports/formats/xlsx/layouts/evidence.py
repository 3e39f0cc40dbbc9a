"""Sheet Evidence in the workbook: small type, for it is read only by those who doubt a figure."""

from reports.formats.xlsx.layout import Layout, TableStyle
from reports.formats.xlsx.look import OWN, SLATE, SMALL, Style, varied
from reports.formats.xlsx.styles import Spot
from reports.tables import ColumnKind

_OWN_NAME = varied(SMALL, color=OWN, bold=True)


def _style(spot: Spot, style: Style) -> Style:
    """Return the style of a cell: of the companies only our own stands out."""
    if spot.column.kind is ColumnKind.COMPANY:
        return _OWN_NAME if spot.own else SMALL
    return style


_TABLE_STYLE = TableStyle(
    widths={
        "Id": 8,
        "Measure": 27,
        "Value": 26,
        "Address": 48,
        "Rule": 19,
        "Excerpt": 50,
        "Record": 22,
    },
    height=15.5,
    raw=True,
    frozen=1,
    style=_style,
)


LAYOUT = Layout(table_style=_TABLE_STYLE, tab=SLATE)
