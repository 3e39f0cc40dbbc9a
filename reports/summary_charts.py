"""The three charts of sheet Summary, with the words above and below them."""

from collections.abc import Sequence

from audit.model.metric import Unit
from audit.model.value import Absent, Known, Number, Unknown
from reports import findings
from reports.cells import Cell, text
from reports.charts import Bars, Chart
from reports.look import BEST, BLUE, MUTED, OWN, PLAIN, SLATE, varied
from reports.page import Row
from reports.report import Report
from reports.words import rounded

_MAX_BARS = 12
_TOP_BARS = 10
_BLOCK = varied(PLAIN, size=12, bold=True)


def chart_titles() -> Row:
    """The titles of the charts, as cells that keep to the grid."""
    cells: list[Cell | None] = [None] * 12
    cells[1] = text("Posts a week on the own site", _BLOCK)
    cells[5] = text("Channels found", _BLOCK)
    cells[10] = text("Site features", _BLOCK)
    return Row(cells, 20)


def chart_notes(report: Report) -> Row:
    """What the signs in the charts mean, below them."""
    cells: list[Cell | None] = [None] * 12
    small = varied(PLAIN, size=9, color=MUTED)
    notes = []
    if any(_starred(report, name) for name in report.companies):
        notes.append("* partly read: the true figure may differ")
    if any(isinstance(report.value(name, findings.BUSIEST), Unknown) for name in report.companies):
        notes.append("? not readable")
    cells[1] = text("   ".join(notes), small)
    cells[5] = text("■ proved theirs", varied(small, color=BLUE))
    cells[7] = text("■ candidate", varied(small, color=SLATE))
    return Row(cells, 15)


def _starred(report: Report, name: str) -> bool:
    value = report.value(name, findings.BUSIEST)
    return isinstance(value, Known) and bool(value.qualifiers)


def charts(report: Report, top: int) -> list[Chart]:
    """The charts, with their upper edge in row `top`."""
    shown = _shown_companies(report)
    if not shown:
        return []
    return [
        _plain(report, "Posts a week", findings.BUSIEST, shown, (f"B{top}", 360)),
        _channels(report, shown, f"F{top}"),
        _plain(report, "Site features", "presence.features", shown, (f"K{top}", 400)),
    ]


def _shown_companies(report: Report) -> list[str]:
    """All companies up to twelve; of more, our own and the ten most active."""
    names = list(report.companies)
    if len(names) <= _MAX_BARS:
        return names
    rivals = [each.company.name for each in report.rivals]
    order = {name: findings.known(report.value(name, findings.BUSIEST)) or 0.0 for name in rivals}
    top = sorted(rivals, key=lambda name: -order[name])[:_TOP_BARS]
    return [*([report.own] if report.own else []), *top]


def _plain(
    report: Report, title: str, metric: str, shown: Sequence[str], place: tuple[str, int]
) -> Chart:
    """One bar a company, our own in our colour."""
    unit = report.metric(metric).unit
    values: list[float | None] = []
    labels = []
    for name in shown:
        value = report.value(name, metric)
        values.append(_drawn(value, unit))
        star = "*" if metric == findings.BUSIEST and _starred(report, name) else ""
        labels.append(_label(name, value, star))
    points = {at: OWN for at, name in enumerate(shown) if name == report.own}
    compared = report.comparisons.get(metric)
    if len(shown) < len(report.companies) and compared is not None:
        labels.append("Median")
        values.append(_drawn(compared.median, unit))
    form = "0.0" if unit is Unit.RATE else "0"
    bars = Bars(title=title, values=values, color=SLATE, points=points, format=form)
    return Chart(name=title, anchor=place[0], categories=labels, series=[bars], width=place[1])


def _drawn(value: Number | None, unit: Unit) -> float | None:
    match value:
        case Known(value=figure):
            return rounded(figure, unit)
        case Absent():
            return 0
        case Unknown() | None:
            return None


def _label(name: str, value: Number | None, star: str = "") -> str:
    """The name of a bar; a question mark says why there is none."""
    return f"{name} ?" if isinstance(value, Unknown) else f"{name}{star}"


def _channels(report: Report, shown: Sequence[str], anchor: str) -> Chart:
    """Channels proved theirs, and candidates behind them."""
    sure, maybe, labels = [], [], []
    for name in shown:
        found = report.value(name, "presence.channels")
        labels.append(_label(name, found))
        sure.append(_drawn(found, Unit.COUNT))
        maybe.append(_drawn(report.value(name, "presence.candidates"), Unit.COUNT) or None)
    return Chart(
        name="Channels found",
        anchor=anchor,
        categories=labels,
        series=[
            Bars(title="Proved theirs", values=sure, color=BLUE, ink="FFFFFF", format="0;;"),
            Bars(title="Candidate", values=maybe, color=BEST, outline=SLATE, format="0;;"),
        ],
        width=395,
        stacked=True,
    )
