"""The three charts of sheet Summary, with the words above and below them."""

from collections.abc import Iterator, Sequence

from audit.model.channel import Channel
from audit.model.metric import Unit
from audit.model.profile import NOT_SHOWN
from audit.model.result import CompanyResult, Status
from audit.model.rounding import rounded
from audit.model.value import Absent, Known, Number, Unknown
from reports import findings
from reports.charts import Chart, Series, SeriesKind
from reports.presence import cadence_of, leads_nowhere
from reports.report import Report

_MAX_BARS = 12
_TOP_BARS = 10


def charts(report: Report) -> tuple[Chart, Chart, Chart]:
    """Return the charts; without companies they have their titles alone."""
    names = _drawn_companies(report)
    return (
        _one_bar_each(
            report,
            names,
            metric=findings.BUSIEST,
            name="Posts a week",
            title="Posts a week on the website",
            notes=_notes(report),
        ),
        _by_state(report, names),
        _one_bar_each(
            report,
            names,
            metric="presence.features",
            name="Website features",
            title="Website features",
        ),
    )


def _notes(report: Report) -> list[str]:
    """Return what the signs at the names mean, as far as they occur."""
    names = report.companies
    starred = any(_starred(report, name) for name in names)
    unread = any(isinstance(report.value(name, findings.BUSIEST), Unknown) for name in names)
    return [
        *(["* partly read: the true figure may differ"] if starred else []),
        *(["? not readable"] if unread else []),
    ]


def _starred(report: Report, name: str) -> bool:
    """Tell whether the posts a week of a company bear a qualifier, such as a list cut off."""
    value = report.value(name, findings.BUSIEST)
    return isinstance(value, Known) and bool(value.qualifiers)


def _drawn_companies(report: Report) -> list[str]:
    """Return all companies up to twelve; of more, our own and the ten most active."""
    names = list(report.companies)
    if len(names) <= _MAX_BARS:
        return names
    rivals = [rival.company.name for rival in report.rivals]
    rates = {name: findings.known(report.value(name, findings.BUSIEST)) or 0.0 for name in rivals}
    top = sorted(rivals, key=lambda name: -rates[name])[:_TOP_BARS]
    return [*([report.own] if report.own else []), *top]


def _one_bar_each(
    report: Report,
    names: Sequence[str],
    *,
    metric: str,
    name: str,
    title: str,
    notes: Sequence[str] = (),
) -> Chart:
    """Return a chart of a metric with one bar a company; where some are left out, the median."""
    unit = report.metric(metric).unit
    values: list[float | None] = []
    labels = []
    for company in names:
        value = report.value(company, metric)
        values.append(_drawn(value, unit))
        star = "*" if metric == findings.BUSIEST and _starred(report, company) else ""
        labels.append(_label(company, value, star))
    compared = report.comparisons.get(metric)
    if len(names) < len(report.companies) and compared is not None:
        labels.append("Median")
        values.append(_drawn(compared.median, unit))
    own = names.index(report.own) if report.own in names else None
    bars = Series(title=name, kind=SeriesKind.COMPANY, values=values, own=own)
    return Chart(name=name, title=title, categories=labels, series=[bars], unit=unit, notes=notes)


def _drawn(value: Number | None, unit: Unit) -> float | None:
    """Return the length of a bar; None where there is no bar, for unknown is not zero."""
    match value:
        case Known(value=figure):
            return rounded(figure, unit)
        case Absent():
            return 0
        case Unknown() | None:
            return None


def _label(name: str, value: Number | None, star: str = "") -> str:
    """Return the name of a bar; a question mark says why there is none."""
    return f"{name} ?" if isinstance(value, Unknown) else f"{name}{star}"


_STATES = (
    (SeriesKind.ACTIVE, "Active", "active"),
    (SeriesKind.SLOWING, "Slowing", "slowing"),
    (SeriesKind.DORMANT, "Silent", "silent"),
    (SeriesKind.NOWHERE, "Leads nowhere", "nowhere"),
    (SeriesKind.NOT_KNOWN, "Not known", "not known"),
)
"""The states of a profile in the order of the bars, with their titles and legends."""

_OF_STATUS = {Status.ACTIVE: SeriesKind.ACTIVE, Status.SLOWING: SeriesKind.SLOWING}
"""All others are silent: dormant, abandoned, or never used."""


def _by_state(report: Report, names: Sequence[str]) -> Chart:
    """Return the chart of own profiles by state: active, slowing, dormant, nowhere, not known."""
    by_name = {result.company.name: result for result in report.results}
    states = [list(_states(by_name[name])) for name in names]
    return Chart(
        name="Public profiles by state",
        title="Public profiles by state",
        categories=[_label(name, report.value(name, "presence.channels")) for name in names],
        series=[
            Series(
                title=title,
                kind=kind,
                values=[profiles.count(kind) or None for profiles in states],
                legend=legend,
            )
            for kind, title, legend in _STATES
        ],
        unit=Unit.COUNT,
        stacked=True,
    )


def _states(result: CompanyResult) -> Iterator[SeriesKind]:
    """Give the state of each own profile; one whose posts are not public is not known.

    Pages that have no posts by their nature are in none.
    """
    for channel in result.channels:
        # What leads to somebody else has become a candidate, and is still an icon of this site's.
        if channel.candidate and not leads_nowhere(channel):
            continue
        if channel.last_post == NOT_SHOWN:
            continue
        yield _state(result, channel)


def _state(result: CompanyResult, channel: Channel) -> SeriesKind:
    """Return the state of a profile."""
    if leads_nowhere(channel):
        return SeriesKind.NOWHERE
    row = cadence_of(result, channel)
    if row is not None and isinstance(row.status, Known):
        return _OF_STATUS.get(row.status.value, SeriesKind.DORMANT)
    return SeriesKind.NOT_KNOWN
