"""A chart of one figure a company: a dot on the range in which it may lie, with the typical one."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from audit.model.metric import Unit
from audit.model.result import CompanyResult
from audit.model.rounding import rounded
from audit.model.value import Known, Number, Unknown
from reports.formats.html.cells import reason
from reports.formats.html.markup import Html, classes, name, percent, tag
from reports.formats.html.paper import Paper
from reports.plain import plain_text
from reports.tables import Cell, Column, ColumnKind
from reports.words import figure

_COLUMN = Column(title="", kind=ColumnKind.FIGURE)
_ROOM = 0.86
"""The part of the width that the widest range takes; the figure stands behind it."""

_STEPS = (1, 2, 5, 10, 20, 50)
_MOST_TICKS = 6
_RANGE = ", with the range in which it may lie by chance, where one can be told"


@dataclass(frozen=True, slots=True)
class _Line:
    """A company of the chart: its figure, and the range in which that may lie.

    Both ends are alike where no range can be told.
    """

    company: str
    value: Number | None
    low: float
    high: float


def dots(paper: Paper, metric: str) -> Html | None:
    """Return the chart of a rate; a company whose rate is not known says why in its place."""
    compared = paper.report.comparisons.get(metric)
    if compared is None or not any(isinstance(value, Known) for _, value in compared.values):
        return None
    lines = [_line(paper, result, metric) for result in paper.report.results]
    typical = compared.median
    most = max((line.high for line in lines), default=0.0)
    most = max(most, typical.value if isinstance(typical, Known) else 0.0)
    end = (most or 1.0) / _ROOM
    usual = rounded(typical.value, Unit.RATE) if isinstance(typical, Known) else None
    title = paper.report.metric(metric).title
    return tag(
        "figure",
        tag(
            "figcaption",
            tag("b", title),
            _RANGE,
        ),
        _typical_label(paper, usual, end),
        *(_drawn(line, paper, usual, end) for line in lines),
        _axis(end),
        class_="dots",
        aria_label=_spoken(title, lines, paper, usual),
    )


def _line(paper: Paper, result: CompanyResult, metric: str) -> _Line:
    """Return the line of a company.

    The range is that of its posts altogether; it is drawn only where it belongs to the figure.
    """
    value = paper.report.value(result.company.name, metric)
    if not isinstance(value, Known):
        return _Line(result.company.name, value, 0.0, 0.0)
    shown = rounded(value.value, Unit.RATE)
    row = result.together
    rate = row.posts_per_week if row is not None else None
    if row is None or row.interval is None or not isinstance(rate, Known):
        return _Line(result.company.name, value, shown, shown)
    low, high = row.interval
    if rounded(rate.value, Unit.RATE) != shown:
        low = high = shown
    return _Line(result.company.name, value, min(low, shown), max(high, shown))


def _drawn(line: _Line, paper: Paper, usual: float | None, end: float) -> Html:
    """Return a row: the name, and the dot with its figure behind it."""
    own = line.company == paper.report.own
    words, place = _figure(line, paper), line.high / end
    label = tag("span", words, class_="figure", style=f"left:{percent(place)}")
    return tag(
        "div",
        tag("span", name(line.company), class_="who"),
        tag("div", _track(line, usual, end), label, class_="track"),
        class_=classes("row", "own" if own else ""),
        data_c=paper.companies[line.company],
    )


def _track(line: _Line, usual: float | None, end: float) -> Html:
    """Return the drawing of a row, in per cent of its width, so that text keeps its size."""
    shapes = []
    if usual is not None:
        at = percent(usual / end)
        shapes.append(tag("line", x1=at, x2=at, y1="0", y2="100%", class_="typical-line"))
    if isinstance(line.value, Known):
        low, high = percent(line.low / end), percent(line.high / end)
        dot = percent(rounded(line.value.value, Unit.RATE) / end)
        shapes.append(tag("line", x1=low, x2=high, y1="50%", y2="50%", class_="range"))
        shapes.append(tag("circle", cx=dot, cy="50%", r="5", class_="dot"))
    return tag("svg", *shapes, aria_hidden="true", focusable="false")


def _figure(line: _Line, paper: Paper) -> Html | str:
    """Return the figure of a company as all cells have it, or why there is none."""
    if line.value is None:
        return ""
    words = plain_text(Cell(line.value, unit=Unit.RATE), _COLUMN, paper.report)
    return reason(line.value, words) if isinstance(line.value, Unknown) else words


def _typical_label(paper: Paper, usual: float | None, end: float) -> Html | None:
    """Return what the dashed line is, above it."""
    if usual is None:
        return None
    who = "a typical competitor" if paper.report.own else "a typical company"
    place = usual / end
    words = tag(
        "span",
        f"{who} {figure(usual, Unit.RATE)}",
        class_=classes("typical-label", "before" if place > 1 / 2 else ""),
        style=f"left:{percent(place)}",
    )
    return tag(
        "div", tag("span", class_="who"), tag("div", words, class_="track"), class_="row top"
    )


def _axis(end: float) -> Html:
    """Return the figures below the chart."""
    marks = (tag("span", f"{tick:g}", style=f"left:{percent(tick / end)}") for tick in _ticks(end))
    return tag(
        "div",
        tag("span", class_="who"),
        tag("div", *marks, class_="track axis"),
        class_="row",
        aria_hidden="true",
    )


def _ticks(end: float) -> Sequence[float]:
    """Return the round figures of an axis, six at most, from 0."""
    power = 10.0 ** (math.floor(math.log10(end)) - 1)
    step = next(each * power for each in _STEPS if end / (each * power) <= _MOST_TICKS - 1)
    return [round(step * at, 6) for at in range(int(end / step) + 1)]


def _spoken(title: str, lines: Sequence[_Line], paper: Paper, usual: float | None) -> str:
    """Return what the chart says, for those who do not see it."""
    known = [line for line in lines if isinstance(line.value, Known)]
    parts = [f"{title}: {len(known)} of {len(lines)} companies known"]
    if known:
        most = max(known, key=lambda line: line.high)
        parts.append(f"most: {most.company}, {_figure(most, paper)}")
    if usual is not None:
        parts.append(f"typical: {figure(usual, Unit.RATE)}")
    return "; ".join(parts)
