"""The three charts of sheet Summary, with the words above and below them."""

from collections.abc import Sequence
from dataclasses import replace

from audit.model.metric import Unit
from audit.model.profile import NOT_SHOWN
from audit.model.result import CompanyResult, Status
from audit.model.value import Absent, Known, Number, Unknown
from reports import findings
from reports.cells import Cell, text
from reports.charts import Bars, Chart
from reports.look import (
    ALERT,
    BEST,
    BLUE,
    HATCH,
    HEAT_HIGH,
    MUTED,
    OWN,
    PLAIN,
    SLATE,
    UNSEEN,
    WHITE,
    varied,
)
from reports.page import Row
from reports.presence import cadence_of, leads_nowhere
from reports.report import Report
from reports.words import rounded

_MAX_BARS = 12
_TOP_BARS = 10
_BLOCK = varied(PLAIN, size=12, bold=True)


def chart_titles() -> Row:
    """The titles of the charts, as cells that keep to the grid."""
    cells: list[Cell | None] = [None] * 12
    cells[1] = text("Posts a week on the own site", _BLOCK)
    cells[5] = text("Public channels by state", _BLOCK)
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
    for at, (state, color) in zip((5, 6, 7, 8, 9), _LEGEND.items(), strict=True):
        cells[at] = text(state, varied(small, color=color))
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
    """The own profiles by state: active, slowing, dormant, leading nowhere, not known."""
    by_name = {result.company.name: result for result in report.results}
    counts = [_states(by_name[name]) for name in shown]
    looks = (
        Bars(title="Active", values=(), color=BLUE, ink=WHITE, format="0;;"),
        Bars(title="Slowing", values=(), color=HEAT_HIGH, format="0;;"),
        Bars(title="Dormant", values=(), color=BEST, outline=SLATE, format="0;;"),
        Bars(title="Leads nowhere", values=(), color=WHITE, outline=ALERT, ink=ALERT,
             format='"×"0;;'),
        Bars(title="Not known", values=(), color=UNSEEN, outline=HATCH, format='"?"0;;'),
    )  # fmt: skip
    return Chart(
        name="Public channels by state",
        anchor=anchor,
        categories=[_label(name, report.value(name, "presence.channels")) for name in shown],
        series=[
            replace(look, values=[count[at] or None for count in counts])
            for at, look in enumerate(looks)
        ],
        width=395,
        stacked=True,
    )


def _states(result: CompanyResult) -> tuple[int, int, int, int, int]:
    """How many own profiles are in each state; one whose posts are not public is not known.

    Pages that have no posts by their nature are in none.
    """
    counts = [0, 0, 0, 0, 0]
    for channel in result.channels:
        if channel.candidate and not leads_nowhere(channel):
            continue
        if channel.last_post == NOT_SHOWN:
            continue
        row = cadence_of(result, channel)
        at = 4
        if leads_nowhere(channel):
            at = 3
        elif row is not None and isinstance(row.status, Known):
            at = _PLACES.get(row.status.value, 2)
        counts[at] += 1
    return counts[0], counts[1], counts[2], counts[3], counts[4]


_PLACES = {Status.ACTIVE: 0, Status.SLOWING: 1}
_LEGEND = {
    "■ active": BLUE,
    "■ slowing": HEAT_HIGH,
    "■ dormant": SLATE,
    "× nowhere": ALERT,
    "? not known": MUTED,
}
