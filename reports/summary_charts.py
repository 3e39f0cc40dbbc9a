"""The charts of sheet Summary: activity by channel, profiles by state, topics; with their words.

Each is held against the typical competitor, a line across the bars.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from audit.measure.themes.gaps import TopicGap
from audit.model.channel import Channel
from audit.model.metric import Unit
from audit.model.profile import NOT_SHOWN
from audit.model.result import CompanyResult, Status
from audit.model.rounding import rounded
from audit.model.value import Absent, Known, Number, Unknown
from reports import findings
from reports.charts import Chart, Series, SeriesKind
from reports.posting import WEBSITE, rates_by_channel
from reports.presence import cadence_of, leads_nowhere
from reports.report import Report
from reports.words import figure

_RATE = "all.posts_per_week"
_MOST_STANDING = 8
"""Companies whose names have room below standing bars."""

_MAX_BARS = 12
_TOP_BARS = 10
_TOPICS = 5
_NETWORKS = (SeriesKind.FIRST, SeriesKind.SECOND, SeriesKind.THIRD)
_TOPIC_LETTERS = 26
"""Letters of a topic that stand below its bar."""


def charts(report: Report) -> tuple[Chart, ...]:
    """Return the charts, three at most; without companies they have their titles alone."""
    names = _drawn_companies(report)
    topics = _topics(report)
    last = topics if topics is not None else _features(report, names)
    return (_by_channel(report, names), _by_state(report, names), last)


def _drawn_companies(report: Report) -> list[str]:
    """Return all companies up to twelve; of more, our own and the ten most active."""
    names = list(report.companies)
    if len(names) <= _MAX_BARS:
        return names
    rivals = [rival.company.name for rival in report.rivals]
    rates = {name: findings.known(report.value(name, _RATE)) or 0.0 for name in rivals}
    top = sorted(rivals, key=lambda name: -rates[name])[:_TOP_BARS]
    return [*([report.own] if report.own else []), *top]


def _by_channel(report: Report, names: Sequence[str]) -> Chart:
    """Return the chart of posts a week: of each company how much of it is where."""
    rates = {each.company.name: rates_by_channel(each) for each in report.results}
    networks = _busiest_networks([each for name, each in rates.items() if name in names])
    series = [_of_channel(WEBSITE, "Website", SeriesKind.WEBSITE, [rates[name] for name in names])]
    for kind, network in zip(_NETWORKS, networks, strict=False):
        title = report.names.platform(network)
        series.append(_of_channel(network, title, kind, [rates[name] for name in names]))
    others = [_sum_of_others(rates[name], networks) for name in names]
    if any(others):
        series.append(Series(title="Other networks", kind=SeriesKind.REST, values=others))
    chart = Chart(
        name="Posts a week",
        title="Posts a week, by channel",
        categories=[_label(name, report.value(name, _RATE), _star(report, name)) for name in names],
        series=[replace(each, legend=each.title) for each in series],
        unit=Unit.RATE,
        stacked=True,
        notes=_notes(report, names),
    )
    return _held(report, chart, _RATE, "posts a week")


def _busiest_networks(rates: Sequence[Mapping[str, float]]) -> list[str]:
    """Return the networks with most posts over all companies, three at most."""
    total: Counter[str] = Counter()
    for each in rates:
        total.update({name: rate for name, rate in each.items() if name != WEBSITE and rate})
    return sorted(total, key=lambda name: (-total[name], name))[: len(_NETWORKS)]


def _of_channel(
    name: str, title: str, kind: SeriesKind, rates: Sequence[Mapping[str, float]]
) -> Series:
    """Return the bars of one channel; a company without it, or without a post, has none."""
    values = [rounded(each.get(name, 0.0), Unit.RATE) or None for each in rates]
    return Series(title=title, kind=kind, values=values)


def _sum_of_others(rates: Mapping[str, float], networks: Sequence[str]) -> float | None:
    """Return the posts a week on all other networks together."""
    total = sum(rate for name, rate in rates.items() if name not in (WEBSITE, *networks))
    return rounded(float(total), Unit.RATE) or None


def _held(report: Report, chart: Chart, metric: str, words: str) -> Chart:
    """Return a chart held against a typical competitor, where there is one.

    By a line across its bars; of many companies, whose names have no room below standing bars, by a
    bar at the end.
    """
    compared = report.comparisons.get(metric)
    if compared is None or not isinstance(compared.median, Known) or not chart.categories:
        return chart
    value = rounded(compared.median.value, compared.about.unit)
    who = "typical competitor" if report.own else "typical company"
    line = Series(
        title=who.capitalize(),
        kind=SeriesKind.TYPICAL,
        values=[float(value)] * len(chart.categories),
        legend=f"{who}: {figure(value, compared.about.unit)} {words}",
    )
    if len(chart.categories) <= _MOST_STANDING:
        return replace(chart, line=line)
    blank = [None] * len(chart.categories)
    bar = replace(line, kind=SeriesKind.MIDDLE, values=[*blank, float(value)])
    return replace(
        chart,
        categories=[*chart.categories, line.title],
        series=[*(replace(each, values=[*each.values, None]) for each in chart.series), bar],
        stacked=True,
    )


def _notes(report: Report, names: Sequence[str]) -> list[str]:
    """Return what the signs at the names mean, as far as they occur."""
    starred = any(_star(report, name) for name in names)
    unread = any(isinstance(report.value(name, _RATE), Unknown) for name in names)
    return [
        *(["* a part of it could not be seen"] if starred else []),
        *(["? not known"] if unread else []),
    ]


def _star(report: Report, name: str) -> str:
    """Return the sign of a company whose posts a week bear a qualifier, such as a list cut off."""
    value = report.value(name, _RATE)
    return "*" if isinstance(value, Known) and value.qualifiers else ""


def _label(name: str, value: Number | None, star: str = "") -> str:
    """Return the name of a bar; a question mark says why there is none."""
    return f"{name} ?" if isinstance(value, Unknown) else f"{name}{star}"


def _topics(report: Report) -> Chart | None:
    """Return the chart of the topics in which we and all competitors differ most; None of none.

    Without an own company, or where nothing can be held against ours, it shows what all write
    about most.
    """
    gaps = [gap for gap in report.topic_gaps if gap.gap is not None and gap.own is not None]
    if gaps:
        return _differences(report, sorted(gaps, key=lambda gap: -abs(gap.gap or 0.0))[:_TOPICS])
    shared = sorted(report.topic_gaps, key=lambda gap: -gap.others.value)[:_TOPICS]
    if not shared:
        return None
    values = [rounded(gap.others.value, Unit.SHARE) for gap in shared]
    return Chart(
        name="Topics",
        title="Topics written about most",
        categories=[_short(gap) for gap in shared],
        series=[Series(title="Share of posts", kind=SeriesKind.COMPANY, values=values)],
        unit=Unit.SHARE,
        notes=["of all posts of the companies"],
    )


def _differences(report: Report, gaps: Sequence[TopicGap]) -> Chart:
    """Return the chart of our share of posts on topics, the competitors' as a line across."""
    ours = [rounded(gap.own.value, Unit.SHARE) for gap in gaps if gap.own is not None]
    theirs = [rounded(gap.others.value, Unit.SHARE) for gap in gaps]
    return Chart(
        name="Topics",
        title="Topics: where we differ most",
        categories=[
            f"{_short(gap)} {figure(own, Unit.SHARE)} · {figure(others, Unit.SHARE)}"
            for gap, own, others in zip(gaps, ours, theirs, strict=True)
        ],
        series=[
            Series(
                title=report.own,
                kind=SeriesKind.OWN,
                values=ours,
                legend="share of our posts, the first figure",
            )
        ],
        unit=Unit.SHARE,
        line=Series(
            title="All competitors",
            kind=SeriesKind.TYPICAL,
            values=theirs,
            legend="share of all competitors' posts, the second",
        ),
    )


def _short(gap: TopicGap) -> str:
    """Return the name of a topic with room beside its bar, never cut in mid-word."""
    name = gap.topic.name
    if len(name) <= _TOPIC_LETTERS:
        return name
    head = name[: _TOPIC_LETTERS - 1]
    return f"{head.rpartition(' ')[0] or head}…"


def _features(report: Report, names: Sequence[str]) -> Chart:
    """Return the chart of the website's features, where no topics are known."""
    metric = "presence.features"
    own = names.index(report.own) if report.own in names else None
    values = [_drawn(report.value(name, metric)) for name in names]
    chart = Chart(
        name="Website features",
        title="Kinds of website features",
        categories=[_label(name, report.value(name, metric)) for name in names],
        series=[Series(title="Website features", kind=SeriesKind.COMPANY, values=values, own=own)],
        unit=Unit.COUNT,
    )
    return _held(report, chart, metric, "kinds")


def _drawn(value: Number | None) -> float | None:
    """Return the length of a bar; None where there is no bar, for unknown is not zero."""
    match value:
        case Known(value=figure):
            return rounded(figure, Unit.COUNT)
        case Absent():
            return 0
        case Unknown() | None:
            return None


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
    chart = Chart(
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
    return _held(report, chart, "channels.active", "active")


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
