"""Native charts: the drawing of a chart from cells of a sheet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reports.charts import Chart, Series
from reports.formats.xlsx.chart_looks import LINE_INK, LOOKS, ChartLook
from reports.formats.xlsx.grid import PlacedChart
from reports.formats.xlsx.look import FONT, INK, LINE, OWN

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from openpyxl.chart.bar_chart import BarChart
    from openpyxl.chart.label import DataLabelList
    from openpyxl.chart.line_chart import LineChart
    from openpyxl.chart.series import Series as DrawnSeries
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.chart.text import RichText

VALUES_FROM = 3
"""The column of sheet Method in which the values of a block begin; names stand in column 1."""
_DASH = 16
"""The size of a dash in points; 72 is the largest that there is."""

_POINT = 12_700
"""English Metric Units of a typographic point."""

_FEW = 4
"""Below this many categories the bars are kept slim by wide gaps."""


def draw(drawing: PlacedChart, sheet: str, top: int) -> BarChart:
    """Return the chart as openpyxl writes it; its figures stand on the sheet from row `top` on."""
    chart, drawn = drawing.chart, _untitled()
    drawn.type = "col" if chart.upright else "bar"
    drawn.grouping = "stacked" if chart.stacked else "clustered"
    # Stacked bars need the full overlap, or they stand beside each other; below zero is a gap.
    drawn.overlap = 100 if chart.stacked else -5
    drawn.gapWidth = 60 if len(chart.categories) >= _FEW else 200
    # Title and legend are cells of the sheet, which keep to its grid: see `layout._chart_title`.
    drawn.legend, drawn.title, drawn.style = None, None, None
    # What is unknown is an empty cell, and must not be drawn as a zero.
    drawn.display_blanks = "gap"
    place = _Place(sheet, top, len(chart.categories))
    for at, series in enumerate(chart.series):
        # A dash of each category would lie on the figures; they stand beside the names.
        labelled = chart.line is None or chart.line.is_level
        drawn.series.append(_series(series, place.of(at), stacked=chart.stacked, labelled=labelled))
    _axes(drawn, chart)
    _frame(drawn)
    if chart.line is not None:
        drawn += _across(chart, chart.line, place)
    return drawn


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the figures of a chart stand: their sheet, the row of their titles, how many rows."""

    sheet: str
    top: int
    rows: int

    def of(self, at: int) -> tuple[str, str, str]:
        """Return where the title, the values and the names of a series stand, from 0."""
        column, first, last = _letter(VALUES_FROM + at), self.top + 1, self.top + self.rows
        return (
            f"'{self.sheet}'!${column}${self.top}",
            f"'{self.sheet}'!${column}${first}:${column}${last}",
            f"'{self.sheet}'!$A${first}:$A${last}",
        )


def _across(chart: Chart, line: Series, place: _Place) -> LineChart:
    """Return the line across the bars, in the colour of words; it has the axes of the bars.

    Where the categories have figures of their own, which no line joins, each has a dash.
    """
    from openpyxl.chart.line_chart import LineChart
    from openpyxl.chart.marker import Marker

    upon = LineChart()
    upon.grouping = "standard"
    drawn = _ranged(place.of(len(chart.series)))
    drawn.smooth = False
    drawn.graphicalProperties.line.solidFill = LINE_INK
    drawn.graphicalProperties.line.width = _POINT * 3 // 2
    drawn.marker = Marker(symbol="none")
    if not line.is_level:
        drawn.graphicalProperties.line.noFill = True
        drawn.graphicalProperties.line.solidFill = None
        drawn.marker = Marker(symbol="dash", size=_DASH, spPr=_filled(LINE_INK))
    upon.series.append(drawn)
    upon.x_axis.axId, upon.y_axis.axId = 10, 100
    return upon


def _ranged(ranges: tuple[str, str, str]) -> DrawnSeries:
    """Return a series of a line that draws from cells."""
    from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumRef, StrRef
    from openpyxl.chart.series import Series as DrawnSeries
    from openpyxl.chart.series import SeriesLabel
    from openpyxl.chart.shapes import GraphicalProperties

    title, values, names = ranges
    return DrawnSeries(
        tx=SeriesLabel(strRef=StrRef(f=title)),
        cat=AxDataSource(strRef=StrRef(f=names)),
        val=NumDataSource(numRef=NumRef(f=values)),
        spPr=GraphicalProperties(),
    )


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


def _series(
    series: Series, ranges: tuple[str, str, str], *, stacked: bool, labelled: bool
) -> DrawnSeries:
    """Return a series; `ranges` are where its title, its values and their names stand."""
    from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumRef, StrRef
    from openpyxl.chart.marker import DataPoint
    from openpyxl.chart.series import Series as DrawnSeries
    from openpyxl.chart.series import SeriesLabel

    title, values, names = ranges
    look = LOOKS[series.kind]
    own = [series.own] if series.own is not None else []
    return DrawnSeries(
        tx=SeriesLabel(strRef=StrRef(f=title)),
        cat=AxDataSource(strRef=StrRef(f=names)),
        val=NumDataSource(numRef=NumRef(f=values)),
        spPr=_filled(look.color, look.outline),
        dPt=[DataPoint(idx=at, invertIfNegative=False, spPr=_filled(OWN)) for at in own],
        dLbls=_labels(look, inside=stacked) if labelled else None,
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


def _labels(look: ChartLook, *, inside: bool) -> DataLabelList:
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
    if chart.upright:
        # Left to themselves programs turn long names; told not to, they break them at blanks.
        names.txPr.bodyPr.rot = 0
    names.graphicalProperties = GraphicalProperties()
    names.graphicalProperties.line.solidFill = LINE
    amounts.majorGridlines = None
    # Left to itself Excel may begin the axis higher, and the lengths of bars could not be compared.
    amounts.scaling.min = 0
    if not chart.upright:  # a bar chart begins at the bottom; this turns it round
        names.scaling.orientation = "maxMin"


def _frame(drawn: BarChart) -> None:
    """Take away border and background."""
    from openpyxl.chart.shapes import GraphicalProperties

    drawn.graphical_properties = GraphicalProperties(noFill=True)
    drawn.graphical_properties.line.noFill = True
    drawn.plot_area.graphicalProperties = GraphicalProperties(noFill=True)
    drawn.plot_area.graphicalProperties.line.noFill = True
