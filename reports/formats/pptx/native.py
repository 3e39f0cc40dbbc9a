"""Charts and tables that PowerPoint can edit: their figures lie in the deck, not in a picture."""

from typing import Any

from lxml import etree
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE, XL_TICK_MARK
from pptx.enum.dml import MSO_LINE, MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.util import Inches, Pt

from audit.model.metric import Unit
from reports.formats.pptx.look import HEAD, LINE, MUTED, SMALL, TABLE
from reports.formats.pptx.slides import SlideChart, SlideGrid, SlideRole
from reports.harmless import harmless, legible

_FORMATS = {Unit.COUNT: "#,##0", Unit.DAYS: "#,##0", Unit.RATE: "0.0", Unit.SHARE: "0%"}
_LABEL, _LABEL_OF_MANY, _FEW = 12, 10, 8
"""Sizes of the names in points, of up to eight columns and of more."""

_LEGEND = 0.35
"""Inches of the line above a chart that says what its colours mean."""

_NO_GRID = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""The style of a table without lines and fills, by the name that Office has for it."""

_HEAD_ROW, _ROW = 0.4, 0.58
_COLORS = {
    SlideRole.OWN: MSO_THEME_COLOR.ACCENT_1,
    SlideRole.OTHERS: MSO_THEME_COLOR.ACCENT_2,
    SlideRole.SECOND: MSO_THEME_COLOR.ACCENT_3,
    SlideRole.TYPICAL: MSO_THEME_COLOR.TEXT_1,
}

Place = tuple[float, float, float, float]


def add_chart(page: Any, chart: SlideChart, *, title: str, place: Place) -> None:
    """Add a chart with its key above it; `title` is what it says to those who do not see it."""
    left, top, width, height = place
    _key(page, chart, (left, top, width, _LEGEND))
    frame = page.shapes.add_chart(
        XL_CHART_TYPE.COLUMN_CLUSTERED,
        *(Inches(each) for each in (left, top + _LEGEND, width, height - _LEGEND)),
        _figures(chart),
    )
    frame.name = legible(chart.about)
    frame.element.nvGraphicFramePr.cNvPr.set("descr", legible(f"Columns: {chart.about}. {title}"))
    drawn = frame.chart
    drawn.has_legend, drawn.has_title = False, False
    drawn.font.size = Pt(_LABEL)
    _axes(drawn, few=len(chart.categories) <= _FEW)
    _columns(drawn.plots[0], chart)
    if chart.line is not None:
        _as_line(drawn)
    # python-pptx 1.0.2 gives axes numbers below zero, which the standard does not allow.
    for number in drawn.element.iter(qn("c:axId"), qn("c:crossAx")):
        number.set("val", number.get("val").lstrip("-"))


def _figures(chart: SlideChart) -> CategoryChartData:
    """Return the figures of a chart; a name that begins like a formula is marked as words.

    They are written into a workbook within the deck, which takes such names for formulas.
    """
    data = CategoryChartData(number_format=_FORMATS[chart.unit])
    data.categories = [harmless(name) for name in chart.categories]
    lines = [chart.line] if chart.line is not None else []
    for bars in (*chart.bars, *lines):
        data.add_series(harmless(bars.title), bars.values)
    return data


def _axes(drawn: Any, *, few: bool) -> None:
    """Leave of the axes the names and the ground: each column says its figure itself."""
    values, names = drawn.value_axis, drawn.category_axis
    values.visible, values.has_major_gridlines, values.minimum_scale = False, False, 0
    names.has_major_gridlines, names.major_tick_mark = False, XL_TICK_MARK.NONE
    names.format.line.color.rgb = RGBColor.from_string(LINE)
    names.tick_labels.font.size = Pt(_LABEL if few else _LABEL_OF_MANY)
    # Names go onto a second line and are not turned, as turned ones leave no room for the columns.
    body = drawn.element.find(f".//{qn('c:catAx')}/{qn('c:txPr')}/{qn('a:bodyPr')}")
    body.set("rot", "0")
    body.set("vert", "horz")


_ON_WHITE = (
    f'<c:spPr {nsdecls("c", "a")}><a:solidFill><a:schemeClr val="bg1"/></a:solidFill></c:spPr>'
)


def _columns(plot: Any, chart: SlideChart) -> None:
    """Colour the columns: ours, those of others, those of a second measure."""
    plot.gap_width, plot.overlap = 60, 0
    plot.has_data_labels = True
    labels = plot.data_labels
    labels.number_format, labels.number_format_is_linked = _FORMATS[chart.unit], False
    labels.position, labels.font.size = XL_LABEL_POSITION.OUTSIDE_END, Pt(_LABEL)
    # On white, as the line of the typical competitor may run through a figure.
    labels._element.find(qn("c:numFmt")).addnext(parse_xml(_ON_WHITE))  # noqa: SLF001
    # The series of the line is the last one, and is no column.
    for series, bars in zip(plot.series, chart.bars, strict=False):
        _fill(series, _COLORS[bars.role])
        if bars.own is not None:
            _fill(series.points[bars.own], _COLORS[SlideRole.OWN])


def _fill(drawn: Any, color: MSO_THEME_COLOR) -> None:
    """Fill columns with a colour of the theme, so that they follow where that is changed."""
    drawn.format.fill.solid()
    drawn.format.fill.fore_color.theme_color = color


_LINE_CHART = (
    f'<c:lineChart {nsdecls("c")}><c:grouping val="standard"/><c:varyColors val="0"/>'
    '<c:marker val="1"/></c:lineChart>'
)


def _as_line(drawn: Any) -> None:
    """Make the last series of a column chart a dashed line over the columns.

    python-pptx 1.0.2 makes no chart of two kinds, so its series is moved by hand.
    """
    columns = drawn.element.find(f".//{qn('c:barChart')}")
    series = columns.findall(qn("c:ser"))[-1]
    line = parse_xml(_LINE_CHART)
    line[-1].addprevious(series)
    for unfit in series.findall(qn("c:invertIfNegative")):
        series.remove(unfit)
    for axis in columns.findall(qn("c:axId")):
        etree.SubElement(line, qn("c:axId"), val=axis.get("val"))
    columns.addnext(line)
    drawn_line = drawn.plots[1].series[0]
    drawn_line.smooth = False
    drawn_line.marker.style = XL_MARKER_STYLE.NONE
    drawn_line.format.line.color.theme_color = MSO_THEME_COLOR.TEXT_1
    drawn_line.format.line.width, drawn_line.format.line.dash_style = Pt(1.75), MSO_LINE.DASH


def _key(page: Any, chart: SlideChart, place: Place) -> None:
    """Say above a chart what it shows, and what its colours mean."""
    frame = page.shapes.add_textbox(*(Inches(each) for each in place)).text_frame
    frame.word_wrap = True
    paragraph = frame.paragraphs[0]
    _run(paragraph, f"{chart.about}:   ", MSO_THEME_COLOR.TEXT_2)
    for role, words in chart.key:
        sign = "- -" if role is SlideRole.TYPICAL else "■"
        _run(paragraph, f"{sign} {words}     ", _COLORS[role], bold=True)


def _run(
    paragraph: Any, words: str, color: MSO_THEME_COLOR, *, bold: bool = False, size: int = SMALL
) -> None:
    """Add words in a colour."""
    run = paragraph.add_run()
    run.text = legible(words)
    run.font.size, run.font.bold = Pt(size), bold
    run.font.color.theme_color = color


def add_table(page: Any, grid: SlideGrid, *, place: tuple[float, float, float]) -> None:
    """Add a table; its rows grow with their words."""
    left, top, width = (Inches(each) for each in place)
    height = Inches(_ROW) * (len(grid.rows) + 1)
    frame = page.shapes.add_table(len(grid.rows) + 1, len(grid.heads), left, top, width, height)
    frame.name = "Table"
    table = frame.table
    table.horz_banding = False
    frame.element.find(f".//{qn('a:tableStyleId')}").text = _NO_GRID
    whole = sum(grid.widths)
    table.rows[0].height = Inches(_HEAD_ROW)
    for column, share in zip(table.columns, grid.widths, strict=True):
        column.width = round(width * share / whole)
    for at, words in enumerate((grid.heads, *grid.rows)):
        for cell, text in zip(table.rows[at].cells, words, strict=True):
            _entry(cell, text, head=at == 0)


def _entry(cell: Any, words: str, *, head: bool) -> None:
    """Write a cell of a table with a line below it."""
    paragraph = cell.text_frame.paragraphs[0]
    cell.vertical_anchor = MSO_ANCHOR.BOTTOM if head else MSO_ANCHOR.MIDDLE
    cell.margin_left = cell.margin_right = Inches(0.08)
    _run(paragraph, words, MSO_THEME_COLOR.TEXT_1, bold=head, size=SMALL if head else TABLE)
    if head:
        cell.fill.solid()
        cell.fill.fore_color.rgb = RGBColor.from_string(HEAD)
    edge = etree.Element(qn("a:lnB"), w=f"{Pt(0.75)}")
    fill = etree.SubElement(edge, qn("a:solidFill"))
    etree.SubElement(fill, qn("a:srgbClr"), val=MUTED if head else LINE)
    # Edges come before the fill in a cell's properties.
    cell._tc.get_or_add_tcPr().insert(0, edge)  # noqa: SLF001  # python-pptx 1.0.2 draws no edges
