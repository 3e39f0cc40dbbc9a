"""Slides that set companies side by side in a measure, the typical competitor as a line."""

from collections.abc import Iterator, Sequence

from audit.model.metric import Metric, Unit
from audit.model.rounding import rounded
from audit.model.value import Absent, Known, Number, Reason, Unknown
from reports.findings import known
from reports.formats.pptx.slides import (
    MOST_PROOFS,
    Slide,
    SlideBars,
    SlideChart,
    SlideProof,
    SlideRole,
    because,
    proof_of,
    read_on,
    shortened,
)
from reports.report import Report
from reports.tables import Table
from reports.telling import figure_words, text_of
from reports.words import figure, unknown_note

MOST_BARS = 11
"""Companies in a chart: our own and ten others, as names of more cannot be read."""

_LINE = 110
"""Letters of a line below all bars together; a name may have three lines."""


def compared(report: Report, table: Table, metrics: Sequence[str], sheet: str) -> Slide:
    """Return a slide with a column a company for each metric, and the typical competitor's line.

    Where no figure is known it says why in place of a chart.
    """
    abouts = [report.metric(name) for name in metrics if name in report.comparisons]
    names = _drawn(report, abouts[0].id) if abouts else []
    chart = _chart(report, abouts, names) if abouts else None
    lost = because(_unknown(report, abouts[0])) if abouts and chart is None else ""
    return Slide(
        title=text_of(table.finding),
        chart=chart,
        points=((("Not known: ", True), (f"{lost}.", False)),) if lost else (),
        small=_small(report, abouts, names) if chart is not None else (),
        notes=(*(line for about in abouts for line in _figures(report, about)), *read_on(sheet)),
        proofs=_proofs(report, abouts),
    )


def _chart(report: Report, abouts: Sequence[Metric], names: Sequence[str]) -> SlideChart | None:
    """Return the chart of one metric or two; None where no figure is known."""
    first, *_ = abouts
    bars = [_bars(report, about, names, first=about is first) for about in abouts]
    if not any(_is_drawn(each) for each in bars):
        return None
    line = _typical(report, first, len(names))
    return SlideChart(
        about=first.title,
        categories=tuple(_label(report, name, abouts, 3 * _LINE // len(names)) for name in names),
        bars=tuple(bars),
        unit=first.unit,
        key=tuple(_key(report, bars, line, first)),
        line=line,
    )


def _key(
    report: Report, bars: Sequence[SlideBars], line: SlideBars | None, about: Metric
) -> Iterator[tuple[SlideRole, str]]:
    """Give the words for the colours: ours, theirs, a second figure, the typical one."""
    if report.own:
        yield SlideRole.OWN, report.own
    if report.rivals:
        yield SlideRole.OTHERS, "Competitors" if report.own else "Companies"
    for second in bars[1:]:
        yield second.role, second.title
    if line is not None and line.values[0] is not None:
        yield line.role, f"{line.title}: {figure(line.values[0], about.unit)}"


def _is_drawn(bars: SlideBars) -> bool:
    """Tell whether a figure is known."""
    return any(value is not None for value in bars.values)


def _drawn(report: Report, metric: str) -> list[str]:
    """Return the companies of a chart, own first; of many, our own and those with most."""
    names = list(report.companies)
    if len(names) <= MOST_BARS + 1:
        return names
    rivals = [rival.company.name for rival in report.rivals]
    values = ((name, known(report.value(name, metric))) for name in rivals)
    figures = {name: value for name, value in values if value is not None}
    most = sorted(figures, key=lambda name: -figures[name])[: MOST_BARS - 1]
    return [*([report.own] if report.own else []), *most]


def _bars(report: Report, about: Metric, names: Sequence[str], *, first: bool) -> SlideBars:
    """Return the columns of a metric; ours stands out in the first of several."""
    return SlideBars(
        title=about.title,
        values=tuple(_height(report.value(name, about.id), about.unit) for name in names),
        role=SlideRole.OTHERS if first else SlideRole.SECOND,
        own=names.index(report.own) if first and report.own in names else None,
    )


def _height(value: Number | None, unit: Unit) -> float | None:
    """Return the height of a column: None where nothing is known, for unknown is not zero."""
    match value:
        case Known(value=number):
            return rounded(number, unit)
        case Absent():
            return 0
        case Unknown() | None:
            return None


def _label(report: Report, name: str, abouts: Sequence[Metric], room: int) -> str:
    """Return the name below its columns: with ? where one is not known, with * where one is a part.

    The first of them is what the chart is about.
    """
    values = [report.value(name, about.id) for about in abouts]
    short = shortened(name, room)
    if isinstance(values[0], Unknown) or values[0] is None:
        return f"{short}\N{NO-BREAK SPACE}?"
    part = any(value is not None and _is_partly_known(value) for value in values)
    return f"{short}\N{NO-BREAK SPACE}*" if part else short


def _typical(report: Report, about: Metric, count: int) -> SlideBars | None:
    """Return the line of the typical competitor; None of fewer than three."""
    median = report.comparisons[about.id].median
    if not isinstance(median, Known):
        return None
    whose = "Typical competitor" if report.own else "Typical company"
    values = (rounded(median.value, about.unit),) * count
    return SlideBars(title=whose, values=values, role=SlideRole.TYPICAL)


def _small(report: Report, abouts: Sequence[Metric], names: Sequence[str]) -> tuple[str, ...]:
    """Return what the signs of a chart mean, who is not in it, and why."""
    marked = any(_is_partly_known(report.value(n, about.id)) for n in names for about in abouts)
    lost = because(_unknown(report, abouts[0]))
    left_out = len(report.companies) > len(names)
    return (
        *(["* not all of it could be seen, or a person read it"] if marked else []),
        *([f"? not known: {lost}"] if lost else []),
        *([f"All {len(report.companies)} companies are in the notes"] if left_out else []),
    )


def _unknown(report: Report, about: Metric) -> Iterator[tuple[str, Reason]]:
    """Give the companies whose figure is not known, and why."""
    for name in report.companies:
        value = report.value(name, about.id)
        if isinstance(value, Unknown):
            yield name, value.reason


def _is_partly_known(value: Number | None) -> bool:
    """Tell whether something travels with a figure that a reader must know."""
    return isinstance(value, Known) and bool(value.qualifiers)


def _figures(report: Report, about: Metric) -> Iterator[str]:
    """Give the figures of all companies in words, with what the measure is."""
    yield f"{about.title}: {about.definition}"
    for name in report.companies:
        value = report.value(name, about.id)
        if value is not None:
            yield f"{name}: {_in_words(value, about)}"
    median = report.comparisons[about.id].median
    if isinstance(median, Known):
        whose = "Typical competitor" if report.own else "Typical company"
        yield f"{whose} (median): {figure_words(median, about)}"


def _in_words(value: Number, about: Metric) -> str:
    """Return a value in the speaker's notes: a figure, that there is none, or why not known."""
    match value:
        case Known():
            return figure_words(value, about)
        case Absent():
            return "none"
        case Unknown():
            return f"not known. {unknown_note(value).splitlines()[0]}"


def _proofs(report: Report, abouts: Sequence[Metric]) -> tuple[SlideProof, ...]:
    """Return a page for each figure of the metrics, our own first."""
    found = (
        proof_of(report, f"{name}, {about.title}", value.evidence[0])
        for name in report.companies
        for about in abouts
        if isinstance(value := report.value(name, about.id), Known) and value.evidence
    )
    return tuple(found)[:MOST_PROOFS]
