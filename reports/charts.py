"""Charts as values: bars with their figures and their meaning; a format draws them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from audit.model.metric import Unit
from reports.words import figure


class SeriesKind(StrEnum):
    """What the bars of a series stand for."""

    COMPANY = "company"
    """One bar a company."""

    OWN = "own"
    TYPICAL = "typical"
    RIVAL = "rival"
    OTHER_RIVAL = "other-rival"
    ACTIVE = "active"
    SLOWING = "slowing"
    DORMANT = "dormant"
    NOWHERE = "nowhere"
    NOT_KNOWN = "not-known"
    WEBSITE = "website"
    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    MIDDLE = "middle"
    """The typical competitor as a bar of its own, where no line can be drawn."""

    REST = "rest"
    """The website and the networks that all companies together use most; then all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The bars of one kind, one a category: None where unknown, which is never drawn as zero.

    `legend` is what stands beside the chart in place of a legend; `own` is the place of the own
    company's bar, from 0.
    """

    title: str
    kind: SeriesKind
    values: Sequence[float | None]
    legend: str = ""
    own: int | None = None

    @property
    def is_level(self) -> bool:
        """Tell whether all figures are one."""
        return len(set(self.values)) == 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A bar chart: a series or several over the same categories.

    `title` stands above it, `notes` explain the signs in it. `unit` is that of all its figures.
    `stacked` puts the series of a category into one bar, `over_time` lets the bars stand upright.
    `line` is what the bars are held against: the typical competitor, a figure a category, drawn
    across the bars, which stand upright for it; one that is the same everywhere is one line.
    """

    name: str
    title: str
    categories: Sequence[str]
    series: Sequence[Series]
    unit: Unit
    notes: Sequence[str] = ()
    stacked: bool = False
    over_time: bool = False
    line: Series | None = None

    @property
    def upright(self) -> bool:
        """Tell whether the bars stand: Excel and LibreOffice draw no line across lying ones."""
        return self.over_time or self.line is not None

    @property
    def most(self) -> float:
        """Return the end of the longest bar, or of the line; 0 of a chart without figures."""
        rows = [_known(row) for row in zip(*(each.values for each in self.series), strict=True)]
        bars = [sum(row) if self.stacked else max(row) for row in rows if row]
        return max([*bars, *_known(self.line.values if self.line else ())], default=0.0)


def described(chart: Chart) -> str:
    """Return a chart in words, for those who cannot see it: all figures, the line last.

    "Bar chart: Posts a week by channel. Acme: Website 0.4, YouTube 1; typical competitor: 3.4."
    What is unknown is said to be, and a long one is cut behind a figure.
    """
    parts = [
        f"{name}: {', '.join(_figures(chart, at))}" for at, name in enumerate(chart.categories)
    ]
    if chart.line is not None and chart.line.is_level:
        parts.append(f"{chart.line.title}: {_shown(chart.line.values[0], chart.unit)}")
    room = _LONGEST - len(chart.title) - 20
    kept = [part for at, part in enumerate(parts) if len("; ".join(parts[: at + 1])) <= room]
    more = len(parts) - len(kept)
    tail = f"; and {more} more" if more else ""
    return f"Bar chart: {chart.title}. {'; '.join(kept)}{tail}."


_LONGEST = 1_500
"""Letters of a description: programs that read it aloud cannot stop in the middle."""


def _figures(chart: Chart, at: int) -> Iterator[str]:
    """Give the figures of a category, those of several series with their titles."""
    line = chart.line
    told = [*chart.series, *([line] if line is not None and not line.is_level else [])]
    known = [(each.title, value) for each in told if (value := each.values[at]) is not None]
    for title, value in known:
        yield f"{title} {_shown(value, chart.unit)}" if len(told) > 1 else _shown(value, chart.unit)
    if not known:
        yield _shown(None, chart.unit)


def _shown(value: float | None, unit: Unit) -> str:
    """Return a figure of a chart in words."""
    return "not known" if value is None else figure(value, unit)


def _known(values: Sequence[float | None]) -> list[float]:
    """Return the values that are known."""
    return [value for value in values if value is not None]
