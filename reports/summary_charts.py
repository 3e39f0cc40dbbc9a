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
from audit.model.value import Absent, Known
from reports import findings
from reports.changed import shortened
from reports.charts import Chart, Series, SeriesKind
from reports.posting import WEBSITE, rates_by_channel
from reports.presence import cadence_of
from reports.report import Report
from reports.words import figure, listed

_RATE = "all.posts_per_week"
_STANDING_LETTERS = 60
"""Letters that the names below all standing bars of a chart have room for, side by side."""

_NAME_LETTERS = 28
"""Letters of a name that stand beside a lying bar in one line; programs leave out others."""

_MAX_BARS = 12
_TOP_BARS = 10
_TOPICS = 5
_NETWORKS = (SeriesKind.FIRST, SeriesKind.SECOND, SeriesKind.THIRD)
_TOPIC_LETTERS = 26
"""Letters of a topic that stand below its bar."""


def charts(report: Report) -> tuple[Chart, ...]:
    """Return the charts that have anything to show, three at most."""
    names = drawn_companies(report)
    topics = _topics(report)
    last = topics if topics is not None else _features(report, names)
    drawn = (_by_channel(report, names), _by_state(report, names), last)
    # Below the bars of topics stand their figures, too, of which nothing may be cut.
    return tuple(
        chart if chart is topics else _with_short_names(chart)
        for chart in drawn
        if chart.categories
    )


def _with_short_names(chart: Chart) -> Chart:
    """Return a chart whose names stand beside their bars in one line, where they stay apart so."""
    short = [_short_name(name) for name in chart.categories]
    apart = [
        name if short.count(brief) > 1 else brief
        for name, brief in zip(chart.categories, short, strict=True)
    ]
    return replace(chart, categories=apart)


def _short_name(name: str) -> str:
    """Return a name cut behind a word; it keeps the star that says that a part was not seen."""
    star = "*" if name.endswith("*") else ""
    return shortened(name.removesuffix("*"), _NAME_LETTERS) + star


def drawn_companies(report: Report) -> list[str]:
    """Return all companies up to twelve; of more, our own and the ten most active."""
    names = list(report.companies)
    if len(names) <= _MAX_BARS:
        return names
    rivals = [rival.company.name for rival in report.rivals]
    rates = {name: findings.known(report.value(name, _RATE)) or 0.0 for name in rivals}
    top = sorted(rivals, key=lambda name: -rates[name])[:_TOP_BARS]
    return [*([report.own] if report.own else []), *top]


def _by_channel(report: Report, companies: Sequence[str]) -> Chart:
    """Return the chart of posts a week: of each company how much of it is where."""
    names = _known(report, companies, _RATE)
    by_name = {each.company.name: each for each in report.results}
    rates = [rates_by_channel(by_name[name]) for name in names]
    networks = _busiest_networks(rates)
    series = [_of_channel(WEBSITE, "Website", SeriesKind.WEBSITE, rates)]
    for kind, network in zip(_NETWORKS, networks, strict=False):
        series.append(_of_channel(network, report.names.platform(network), kind, rates))
    others = [_sum_of_others(each, networks) for each in rates]
    if any(others):
        series.append(Series(title="Other networks", kind=SeriesKind.REST, values=others))
    starred = any(_star(report, name) for name in names)
    chart = Chart(
        name="Posts a week",
        title="Posts a week, by channel",
        categories=[f"{name}{_star(report, name)}" for name in names],
        series=[replace(each, legend=each.title) for each in series],
        unit=Unit.RATE,
        stacked=True,
        notes=[
            *(["* a part could not be seen"] if starred else []),
            *_lost(companies, names),
        ],
    )
    return _held(report, chart, _RATE, "posts a week")


def _known(report: Report, companies: Sequence[str], metric: str) -> list[str]:
    """Return the companies of which a figure is known, or that there is nothing to count."""
    return [name for name in companies if isinstance(report.value(name, metric), Known | Absent)]


def _lost(companies: Sequence[str], names: Sequence[str]) -> list[str]:
    """Return which companies a chart does not show, as nothing of it is known of them."""
    lost = [name for name in companies if name not in names]
    return [f"not known: {listed(lost)}"] if lost else []


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

    By a line across its bars; where the names are too many or too long to stand below standing
    bars, by a bar at the end.
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
    longest = max(len(word) for name in chart.categories for word in name.split())
    if len(chart.categories) * longest <= _STANDING_LETTERS:
        return replace(chart, line=line)
    blank = [None] * len(chart.categories)
    bar = replace(line, kind=SeriesKind.MIDDLE, values=[*blank, float(value)])
    return replace(
        chart,
        categories=[*chart.categories, line.title],
        series=[*(replace(each, values=[*each.values, None]) for each in chart.series), bar],
        stacked=True,
    )


def _star(report: Report, name: str) -> str:
    """Return the sign of a company whose posts a week bear a qualifier, such as a list cut off."""
    value = report.value(name, _RATE)
    return "*" if isinstance(value, Known) and value.qualifiers else ""


def _topics(report: Report) -> Chart | None:
    """Return the chart of the topics in which we and all competitors differ most; None of none.

    Without an own company, or where nothing can be held against ours, it shows what all write
    about most.
    """
    gaps = [gap for gap in report.topic_gaps if gap.gap is not None and gap.own is not None]
    if gaps:
        return _differences(report, sorted(gaps, key=lambda gap: -abs(gap.gap or 0.0))[:_TOPICS])
    # In a language of one company alone a topic tells nothing of the others.
    common = [gap for gap in report.topic_gaps if not gap.alone]
    shared = sorted(common, key=lambda gap: -gap.others.value)[:_TOPICS]
    if not shared:
        return None
    values = [rounded(gap.others.value, Unit.SHARE) for gap in shared]
    return Chart(
        name="Topics",
        title="Topics written about most",
        categories=[_short(gap) for gap in shared],
        series=[Series(title="Share of posts", kind=SeriesKind.COMPANY, values=values)],
        unit=Unit.SHARE,
        notes=[f"share of all {'competitors' if report.own else 'companies'}' posts"],
    )


def _whose(report: Report, gaps: Sequence[TopicGap]) -> str:
    """Return whose posts those of all competitors are; how many's, where not of all it is known."""
    known, of = min(gap.rivals for gap in gaps), len(report.rivals)
    return "all competitors'" if known == of else f"{known} of {of} competitors'"


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
                legend="our posts: the first figure",
            )
        ],
        unit=Unit.SHARE,
        line=Series(
            title="All competitors",
            kind=SeriesKind.TYPICAL,
            values=theirs,
            legend=f"{_whose(report, gaps)} posts: the second figure",
        ),
    )


def _short(gap: TopicGap) -> str:
    """Return the name of a topic with room beside its bar, never cut in mid-word."""
    return shortened(gap.topic.name, _TOPIC_LETTERS)


def _features(report: Report, companies: Sequence[str]) -> Chart:
    """Return the chart of the website's features, where no topics are known."""
    metric = "presence.features"
    names = _known(report, companies, metric)
    own = names.index(report.own) if report.own in names else None
    values = [findings.known(report.value(name, metric)) or 0 for name in names]
    chart = Chart(
        name="Website features",
        title="Kinds of website features",
        categories=names,
        series=[Series(title="Website features", kind=SeriesKind.COMPANY, values=values, own=own)],
        unit=Unit.COUNT,
        notes=_lost(companies, names),
    )
    return _held(report, chart, metric, "kinds")


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


def _by_state(report: Report, companies: Sequence[str]) -> Chart:
    """Return the chart of own profiles by state: active, slowing, dormant, nowhere, not known."""
    names = _known(report, companies, "presence.channels")
    by_name = {result.company.name: result for result in report.results}
    states = [list(_states(by_name[name])) for name in names]
    chart = Chart(
        name="Public profiles by state",
        title="Public profiles by state",
        categories=names,
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
        notes=_lost(companies, names),
    )
    return _held(report, chart, "channels.active", "active")


def _states(result: CompanyResult) -> Iterator[SeriesKind]:
    """Give the state of each own profile; one whose posts are not public is not known.

    Pages that have no posts by their nature are in none.
    """
    for channel in result.channels:
        # What leads to somebody else has become a candidate, and is still an icon of this site's.
        if channel.candidate and not channel.leads_away:
            continue
        if channel.last_post == NOT_SHOWN:
            continue
        yield _state(result, channel)


def _state(result: CompanyResult, channel: Channel) -> SeriesKind:
    """Return the state of a profile."""
    if channel.leads_away:
        return SeriesKind.NOWHERE
    row = cadence_of(result, channel)
    if row is not None and isinstance(row.status, Known):
        return _OF_STATUS.get(row.status.value, SeriesKind.DORMANT)
    return SeriesKind.NOT_KNOWN
