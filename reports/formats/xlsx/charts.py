"""Native charts: how each series looks, and the drawing of a chart from cells of a sheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from audit.model.metric import Unit
from reports.charts import Chart, Series, SeriesKind
from reports.formats.xlsx.grid import PlacedChart
from reports.formats.xlsx.look import (
    ALERT,
    BEST,
    BLUE,
    FONT,
    HATCH,
    HEAT_HIGH,
    INK,
    LINE,
    OWN,
    SLATE,
    UNSEEN,
    WHITE,
)
from reports.signs import SIGNS, Sign

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from openpyxl.chart.bar_chart import BarChart
    from openpyxl.chart.label import DataLabelList
    from openpyxl.chart.series import Series as DrawnSeries
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.chart.text import RichText

VALUES_FROM = 3
"""The column of sheet Method in which the values of a block begin; names stand in column 1."""
# At 96 pixels an inch; openpyxl takes the size of a chart in centimetres.
_PX_IN_CM = 37.8
_POINT = 12_700
"""English Metric Units of a typographic point."""

_FEW = 4
"""Below this many categories the bars are kept slim by wide gaps."""


@dataclass(frozen=True, slots=True)
class _Look:
    """The colours of a series, and the number format where it is not that of the unit."""

    color: str
    outline: str = ""
    ink: str = INK
    format: str = ""


_SEPARATED = "[>=1000]#,##0;General"
"""A median of counts may end in a half: `#,##0` would round it, `0.#` leaves a bare dot behind."""

_NOWHERE = f'"{SIGNS[Sign.BROKEN].text}"0;;'
_NOT_KNOWN = f'"{SIGNS[Sign.UNKNOWN].text}"0;;'

_LOOKS: Mapping[SeriesKind, _Look] = {
    SeriesKind.COMPANY: _Look(SLATE),
    SeriesKind.OWN: _Look(OWN),
    SeriesKind.TYPICAL: _Look(SLATE),
    SeriesKind.RIVAL: _Look(SLATE),
    SeriesKind.OTHER_RIVAL: _Look(BLUE),
    SeriesKind.ACTIVE: _Look(BLUE, ink=WHITE),
    SeriesKind.SLOWING: _Look(HEAT_HIGH),
    SeriesKind.DORMANT: _Look(BEST, outline=SLATE),
    SeriesKind.NOWHERE: _Look(WHITE, outline=ALERT, ink=ALERT, format=_NOWHERE),
    SeriesKind.NOT_KNOWN: _Look(UNSEEN, outline=HATCH, format=_NOT_KNOWN),
}


def format_of(series: Series, chart: Chart) -> str:
    """Return the number format of a series; a zero is not written into a stacked bar."""
    if form := _LOOKS[series.kind].format:
        return form
    if chart.stacked:
        return "0;;"
    if chart.unit is Unit.RATE:
        return "0.0"
    return _SEPARATED if chart.over_time else "0"


def length_of(chart: Chart) -> int:
    """Return the rows that the figures of a chart take: a header and one a category."""
    return len(chart.categories) + 1


def draw(drawing: PlacedChart, sheet: str, top: int) -> BarChart:
    """Return the chart as openpyxl writes it; its figures stand on the sheet from row `top` on."""
    chart, drawn = drawing.chart, _untitled()
    drawn.type = "col" if chart.over_time else "bar"
    drawn.grouping = "stacked" if chart.stacked else "clustered"
    # Stacked bars need the full overlap, or they stand beside each other; below zero is a gap.
    drawn.overlap = 100 if chart.stacked else -5
    drawn.gapWidth = 60 if len(chart.categories) >= _FEW else 200
    drawn.width, drawn.height = drawing.width / _PX_IN_CM, drawing.height  # type: ignore[assignment]  # the stubs want whole centimetres
    # Title and legend are cells of the sheet, which keep to its grid: see `layout._chart_title`.
    drawn.legend, drawn.title, drawn.style = None, None, None
    # What is unknown is an empty cell, and must not be drawn as a zero.
    drawn.display_blanks = "gap"
    first, last = top + 1, top + len(chart.categories)
    for at, series in enumerate(chart.series):
        column = _letter(VALUES_FROM + at)
        drawn.series.append(
            _series(
                series,
                stacked=chart.stacked,
                ranges=(
                    f"'{sheet}'!${column}${top}",
                    f"'{sheet}'!${column}${first}:${column}${last}",
                    f"'{sheet}'!$A${first}:$A${last}",
                ),
            )
        )
    _axes(drawn, chart)
    _frame(drawn)
    return drawn


def _letter(column: int) -> str:
    """Return the letter of a column, from 1."""
    from openpyxl.utils import get_column_letter

    return get_column_letter(column)


def _untitled() -> BarChart:
    """Return a bar chart that tells Excel that no title is wanted; openpyxl 3.1.5 never does.

    Without the word Excel writes the name of the only series above the chart.
    """
    from openpyxl.chart.bar_chart import BarChart

    drawn = BarChart()
    write = drawn._write  # type: ignore[attr-defined]  # noqa: SLF001  # unknown to the stubs
    drawn._write = lambda: _without_title(write())  # type: ignore[attr-defined]  # noqa: SLF001
    return drawn


def _without_title(tree: Element) -> Element:
    """Return the XML of a chart with `autoTitleDeleted` in its place, before the plot area."""
    from openpyxl.xml.functions import Element as NewElement

    container = next(node for node in tree if node.tag.endswith("chart"))
    place = next(at for at, node in enumerate(container) if node.tag.endswith("plotArea"))
    space = container.tag.removesuffix("chart")
    container.insert(place, NewElement(f"{space}autoTitleDeleted", {"val": "1"}))
    return tree


def _series(series: Series, *, stacked: bool, ranges: tuple[str, str, str]) -> DrawnSeries:
    """Return a series; `ranges` are where its title, its values and their names stand."""
    from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumRef, StrRef
    from openpyxl.chart.marker import DataPoint
    from openpyxl.chart.series import Series as DrawnSeries
    from openpyxl.chart.series import SeriesLabel

    title, values, names = ranges
    look = _LOOKS[series.kind]
    own = [series.own] if series.own is not None else []
    return DrawnSeries(
        tx=SeriesLabel(strRef=StrRef(f=title)),
        cat=AxDataSource(strRef=StrRef(f=names)),
        val=NumDataSource(numRef=NumRef(f=values)),
        spPr=_filled(look.color, look.outline),
        dPt=[DataPoint(idx=at, invertIfNegative=False, spPr=_filled(OWN)) for at in own],
        dLbls=_labels(look, inside=stacked),
        invertIfNegative=False,
    )


def _filled(color: str, outline: str = "") -> GraphicalProperties:
    """Return a filled shape, without a line around it unless one is wanted."""
    from openpyxl.chart.shapes import GraphicalProperties

    shape = GraphicalProperties(solidFill=color)
    if outline:
        shape.line.solidFill = outline
        shape.line.width = _POINT * 3 // 4
    else:
        shape.line.noFill = True
    return shape


def _labels(look: _Look, *, inside: bool) -> DataLabelList:
    """Return the figures at the bars, or in them where bars are stacked."""
    from openpyxl.chart.label import DataLabelList

    labels = DataLabelList()
    labels.showVal = True
    labels.showSerName = labels.showCatName = labels.showLegendKey = labels.showPercent = False
    labels.position = "ctr" if inside else "outEnd"
    labels.txPr = _type(look.ink)
    return labels


def _type(color: str) -> RichText:
    """Return nine-point Arial in a colour."""
    from openpyxl.chart.text import RichText
    from openpyxl.drawing.text import (
        CharacterProperties,
        Font,
        Paragraph,
        ParagraphProperties,
        RichTextProperties,
    )

    # In hundredths of a point.
    face = CharacterProperties(sz=900, b=False, solidFill=color, latin=Font(typeface=FONT))
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=face), endParaRPr=face)
    return RichText(bodyPr=RichTextProperties(), p=[paragraph])


def _axes(drawn: BarChart, chart: Chart) -> None:
    """Write every name at one axis, and no figures at the other: they stand at the bars."""
    from openpyxl.chart.shapes import GraphicalProperties

    names, amounts = drawn.x_axis, drawn.y_axis
    # Said of both axes, as openpyxl 3.1.5 says nothing of it by default (`delete` is None).
    names.delete, amounts.delete = False, True
    names.tickLblSkip = 1
    names.majorTickMark = names.minorTickMark = "none"
    names.txPr = _type(INK)
    names.graphicalProperties = GraphicalProperties()
    names.graphicalProperties.line.solidFill = LINE
    amounts.majorGridlines = None
    # Left to itself Excel may begin the axis higher, and the lengths of bars could not be compared.
    amounts.scaling.min = 0
    if not chart.over_time:  # a bar chart begins at the bottom; this turns it round
        names.scaling.orientation = "maxMin"


def _frame(drawn: BarChart) -> None:
    """Take away border and background."""
    from openpyxl.chart.shapes import GraphicalProperties

    drawn.graphical_properties = GraphicalProperties(noFill=True)
    drawn.graphical_properties.line.noFill = True
    drawn.plot_area.graphicalProperties = GraphicalProperties(noFill=True)
    drawn.plot_area.graphicalProperties.line.noFill = True
