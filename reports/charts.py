"""Native charts as values, the block of figures that they draw from, and their drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reports.look import FONT, INK, LINE

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from openpyxl.chart.bar_chart import BarChart
    from openpyxl.chart.label import DataLabelList
    from openpyxl.chart.series import Series
    from openpyxl.chart.shapes import GraphicalProperties
    from openpyxl.chart.text import RichText

VALUES_FROM = 3
"""The column of sheet Method in which the values of a block begin; names stand in column 1."""
_PX_IN_CM = 37.8
_POINT = 12_700
_FEW = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """One series: its name, its values (None: unknown, left empty), its colours and format."""

    title: str
    values: Sequence[float | None]
    color: str
    points: Mapping[int, str] = field(default_factory=dict)
    outline: str = ""
    ink: str = INK
    format: str = "General"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A bar chart without title, legend and axis: cells around it say these."""

    name: str
    anchor: str
    categories: Sequence[str]
    series: Sequence[Bars]
    width: int
    height: float = 6.3
    upright: bool = False
    stacked: bool = False

    @property
    def length(self) -> int:
        """The rows that the block of the chart takes: a header and one a category."""
        return len(self.categories) + 1


def draw(chart: Chart, sheet: str, top: int) -> BarChart:
    """The chart as openpyxl writes it; its block stands on the sheet from row `top` on."""
    drawn = _untitled()
    drawn.type = "col" if chart.upright else "bar"
    drawn.grouping = "stacked" if chart.stacked else "clustered"
    drawn.overlap = 100 if chart.stacked else -5
    drawn.gapWidth = 60 if len(chart.categories) >= _FEW else 200
    drawn.width, drawn.height = chart.width / _PX_IN_CM, chart.height  # type: ignore[assignment]  # the stubs want whole centimetres
    drawn.legend, drawn.title, drawn.style = None, None, None
    drawn.display_blanks = "gap"
    first, last = top + 1, top + len(chart.categories)
    for at, bars in enumerate(chart.series):
        column = _letter(VALUES_FROM + at)
        drawn.series.append(
            _series(
                bars,
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
    from openpyxl.utils import get_column_letter

    return get_column_letter(column)


def _untitled() -> BarChart:
    """A bar chart that says to Excel that no title is wanted (openpyxl 3.1.5 never says so)."""
    from openpyxl.chart.bar_chart import BarChart

    drawn = BarChart()
    write = drawn._write  # type: ignore[attr-defined]  # noqa: SLF001  # unknown to the stubs
    drawn._write = lambda: _without_title(write())  # type: ignore[attr-defined]  # noqa: SLF001
    return drawn


def _without_title(tree: Element) -> Element:
    from openpyxl.xml.functions import Element as Made

    container = next(each for each in tree if each.tag.endswith("chart"))
    place = next(at for at, each in enumerate(container) if each.tag.endswith("plotArea"))
    space = container.tag.removesuffix("chart")
    container.insert(place, Made(f"{space}autoTitleDeleted", {"val": "1"}))
    return tree


def _series(bars: Bars, *, stacked: bool, ranges: tuple[str, str, str]) -> Series:
    from openpyxl.chart.data_source import AxDataSource, NumDataSource, NumRef, StrRef
    from openpyxl.chart.marker import DataPoint
    from openpyxl.chart.series import Series, SeriesLabel

    title, values, names = ranges
    return Series(
        tx=SeriesLabel(strRef=StrRef(f=title)),
        cat=AxDataSource(strRef=StrRef(f=names)),
        val=NumDataSource(numRef=NumRef(f=values)),
        spPr=_filled(bars.color, bars.outline),
        dPt=[DataPoint(idx=at, invertIfNegative=False, spPr=_filled(color))
             for at, color in sorted(bars.points.items())],
        dLbls=_labels(bars, inside=stacked),
        invertIfNegative=False,
    )  # fmt: skip


def _filled(color: str, outline: str = "") -> GraphicalProperties:
    from openpyxl.chart.shapes import GraphicalProperties

    shape = GraphicalProperties(solidFill=color)
    if outline:
        shape.line.solidFill = outline
        shape.line.width = _POINT * 3 // 4
    else:
        shape.line.noFill = True
    return shape


def _labels(bars: Bars, *, inside: bool) -> DataLabelList:
    from openpyxl.chart.label import DataLabelList

    labels = DataLabelList()
    labels.showVal = True
    labels.showSerName = labels.showCatName = labels.showLegendKey = labels.showPercent = False
    labels.position = "ctr" if inside else "outEnd"
    labels.txPr = _type(bars.ink)
    return labels


def _type(color: str) -> RichText:
    """Nine-point Arial."""
    from openpyxl.chart.text import RichText
    from openpyxl.drawing.text import (
        CharacterProperties,
        Font,
        Paragraph,
        ParagraphProperties,
        RichTextProperties,
    )

    face = CharacterProperties(sz=900, b=False, solidFill=color, latin=Font(typeface=FONT))
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=face), endParaRPr=face)
    return RichText(bodyPr=RichTextProperties(), p=[paragraph])


def _axes(drawn: BarChart, chart: Chart) -> None:
    """Names on one axis, every one of them; no figures on the other, they stand at the bars."""
    from openpyxl.chart.shapes import GraphicalProperties

    names, amounts = drawn.x_axis, drawn.y_axis
    names.delete, amounts.delete = False, True
    names.tickLblSkip = 1
    names.majorTickMark = names.minorTickMark = "none"
    names.txPr = _type(INK)
    names.graphicalProperties = GraphicalProperties()
    names.graphicalProperties.line.solidFill = LINE
    amounts.majorGridlines = None
    amounts.scaling.min = 0
    if not chart.upright:
        names.scaling.orientation = "maxMin"


def _frame(drawn: BarChart) -> None:
    """No border, no background."""
    from openpyxl.chart.shapes import GraphicalProperties

    drawn.graphical_properties = GraphicalProperties(noFill=True)
    drawn.graphical_properties.line.noFill = True
    drawn.plot_area.graphicalProperties = GraphicalProperties(noFill=True)
    drawn.plot_area.graphicalProperties.line.noFill = True
