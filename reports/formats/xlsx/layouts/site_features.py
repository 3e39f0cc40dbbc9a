"""Sheet Site features in the workbook: what is not there stands in one row, in small type."""

from reports.formats.xlsx.layout import Layout, TableStyle
from reports.formats.xlsx.look import BODY, LINK, SMALL, Style, varied
from reports.formats.xlsx.styles import Spot
from reports.tables import ColumnKind, RowKind, Tone


def _style(spot: Spot, style: Style) -> Style:
    """Return the style of a cell; a row of what is not there is empty but for its words."""
    if spot.row.kind is RowKind.NOT_THERE:
        if spot.cell.value is None:
            return BODY
        return SMALL if spot.cell.tone is Tone.ASIDE else style
    if spot.column.kind is ColumnKind.PROOF:
        return varied(LINK, align="right", indent=0)
    return style


_TABLE_STYLE = TableStyle(
    widths={
        "Feature": 18,
        "Vendor": 20,
        "For whom": 14,
        "Activity": 30,
        "How it was seen": 15,
        "Address": 36,
        "Pages seen on": 10,
        "Sure": 8,
        "Proof": 8,
    },
    aligned={"Proof": "right"},
    style=_style,
)


LAYOUT = Layout(table_style=_TABLE_STYLE)
