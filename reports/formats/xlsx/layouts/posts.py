"""Sheet Posts in the workbook: small type, one post a row."""

from audit.model.metric import Unit
from reports.formats.xlsx.layout import Layout, TableStyle
from reports.formats.xlsx.look import NUMBER, OWN, SLATE, SMALL, Style, bare_format, varied
from reports.formats.xlsx.styles import Spot
from reports.tables import ColumnKind

_NAME = varied(SMALL, bold=True)
_OWN_NAME = varied(_NAME, color=OWN)
_COUNT = varied(NUMBER, size=9, format=bare_format(Unit.COUNT))
_NO_DATE = varied(SMALL, align="right", indent=0)


def _style(spot: Spot, style: Style) -> Style:
    """Return the style of a cell: names in small type, a date that is missing as a word."""
    if spot.column.kind is ColumnKind.COMPANY:
        return _OWN_NAME if spot.own else _NAME
    if isinstance(spot.cell.value, str) and spot.column.kind is ColumnKind.TIME:
        return _NO_DATE
    if spot.column.kind is ColumnKind.FIGURE:
        return _COUNT
    return style


_TABLE_STYLE = TableStyle(
    widths={
        "Company": 20,
        "Channel": 11,
        "Format": 10,
        "Purpose": 13,
        "Date from": 11,
        "Interactions": 11.5,
        "Left out": 18,
        "Address": 50,
        "Title": 60,
    },
    height=15.5,
    raw=True,
    style=_style,
)


LAYOUT = Layout(table_style=_TABLE_STYLE, tab=SLATE)
