"""How the series of a chart look, and the figures that they are drawn from, as columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audit.model.metric import Unit
from reports.charts import Chart, Series, SeriesKind
from reports.formats.xlsx.look import (
    ALERT,
    BEST,
    BLUE,
    HATCH,
    HEAT_HIGH,
    INK,
    OWN,
    SLATE,
    UNSEEN,
    WHITE,
)
from reports.signs import SIGNS, Sign


@dataclass(frozen=True, slots=True)
class ChartLook:
    """The colours of a series, and the number format where it is not that of the unit."""

    color: str
    outline: str = ""
    ink: str = INK
    format: str = ""


_SEPARATED = "[>=1000]#,##0;General"
"""A median of counts may end in a half: `#,##0` would round it, `0.#` leaves a bare dot behind."""

_NOWHERE = f'"{SIGNS[Sign.BROKEN].text}"0;;'
_NOT_KNOWN = f'"{SIGNS[Sign.UNKNOWN].text}"0;;'

LOOKS: Mapping[SeriesKind, ChartLook] = {
    SeriesKind.COMPANY: ChartLook(SLATE),
    SeriesKind.OWN: ChartLook(OWN),
    SeriesKind.TYPICAL: ChartLook(SLATE),
    SeriesKind.RIVAL: ChartLook(SLATE),
    SeriesKind.OTHER_RIVAL: ChartLook(BLUE),
    SeriesKind.ACTIVE: ChartLook(BLUE, ink=WHITE),
    SeriesKind.SLOWING: ChartLook(HEAT_HIGH),
    SeriesKind.DORMANT: ChartLook(BEST, outline=SLATE),
    SeriesKind.NOWHERE: ChartLook(WHITE, outline=ALERT, ink=ALERT, format=_NOWHERE),
    SeriesKind.NOT_KNOWN: ChartLook(UNSEEN, outline=HATCH, format=_NOT_KNOWN),
    SeriesKind.WEBSITE: ChartLook(BLUE, ink=WHITE),
    SeriesKind.FIRST: ChartLook(HEAT_HIGH),
    SeriesKind.SECOND: ChartLook(SLATE, ink=WHITE),
    SeriesKind.THIRD: ChartLook(BEST, outline=SLATE),
    SeriesKind.MIDDLE: ChartLook(INK, ink=WHITE),
    SeriesKind.REST: ChartLook(WHITE, outline=SLATE),
}

LINE_INK = INK
"""The typical competitor is a line in the colour of the words: it is no bar of anybody's."""

_LINE_SIGN, _DASH_SIGN, _FILLED, _HOLLOW = "──", "▬", "■", "□"

_LOW = 0.08
"""A bar of less than this part of the highest has no room for its figure."""


@dataclass(frozen=True, slots=True)
class DataColumn:
    """A column of the figures that a chart is drawn from."""

    title: str
    values: Sequence[float | None]
    format: str


def line_sign(line: Series) -> tuple[str, str]:
    """Return what stands for the line in a legend, in its colour: a line, or the dash of each."""
    return (_LINE_SIGN if line.is_level else _DASH_SIGN), LINE_INK


def sign_of(series: Series) -> tuple[str, str]:
    """Return what stands for a series in a legend, in the colour that its bars have.

    A white bar is known by its outline.
    """
    look = LOOKS[series.kind]
    return (_HOLLOW, look.outline) if look.color in (WHITE, UNSEEN) else (_FILLED, look.color)


def columns_of(chart: Chart) -> list[DataColumn]:
    """Return the figures of a chart as columns: a series each, then the line."""
    columns = [
        DataColumn(series.title, series.values, _format_of(series, chart))
        for series in chart.series
    ]
    if chart.line is None:
        return columns
    form = "0%" if chart.unit is Unit.SHARE else "0.0"
    return [*columns, DataColumn(chart.line.title, chart.line.values, form)]


def _format_of(series: Series, chart: Chart) -> str:
    """Return the number format of a series; a zero is not written into a stacked bar.

    Nor is a share of a bar that is too short for it.
    """
    if form := LOOKS[series.kind].format:
        return form
    if chart.unit is Unit.SHARE:
        return "0%"
    if chart.stacked:
        least = chart.most * _LOW
        return f'[>={least:.2f}]0.0;""' if chart.unit is Unit.RATE else "0;;"
    if chart.unit is Unit.RATE:
        return "0.0"
    return _SEPARATED if chart.over_time else "0"
