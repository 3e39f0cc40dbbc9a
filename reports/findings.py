"""What the figures say in words: ahead, behind, gaps, and three phrases a company."""

from collections.abc import Sequence

from audit.model.catalogue import Usage
from audit.model.kinds import SECTIONS
from audit.model.metric import Metric, Unit
from audit.model.result import Cadence, CompanyResult, Comparison, TrendDirection
from audit.model.site import State, counted_features
from audit.model.value import Absent, Known, Number, Qualifier, Reason, Unknown
from reports.report import Report
from reports.tables import Sentence
from reports.words import capital, counted, figure, listed, phrase, value_in_words

BUSIEST = "site.posts_per_week"
_SIDE_ISSUES = {
    "completeness",
    "presence.broken",
    "presence.candidates",
    "presence.languages",
}
_NAMES_CHARACTERS = 58
"""What is left for names in a finding, which the link at its end cuts at about 100 characters."""
_TOO_FEW: Sentence = (("Too few figures of competitors to compare with.", False),)


def known(value: Number | None) -> float | None:
    """Return the figure of a value, or None where there is none."""
    return value.value if isinstance(value, Known) else None


def busiest(result: CompanyResult) -> Cadence | None:
    """Return the section with the most posts a week; trend and silence are told of it."""
    own = [row for row in result.cadence if row.channel in SECTIONS]
    rated = [(rate, row) for row in own if (rate := known(row.posts_per_week)) is not None]
    if not rated:
        return own[0] if own else None
    return max(rated, key=lambda pair: pair[0])[1]


def ahead(report: Report) -> Sentence:
    """Return the measure in which the own company leads the median most."""
    ranked = _ranked(report)
    best = max(ranked, key=lambda each: _lead(report, each), default=None)
    if best is None:
        return _TOO_FEW
    if _lead(report, best) <= 0:
        return (("In no measure above the competitors' median.", False),)
    return _against(report, best)


def behind(report: Report) -> Sentence:
    """Return the measure in which the own company is furthest below the median."""
    ranked = _ranked(report)
    worst = min(ranked, key=lambda each: _lead(report, each), default=None)
    if worst is None:
        return _TOO_FEW
    if _lead(report, worst) >= 0:
        return (("In no measure below the competitors' median.", False),)
    return _against(report, worst)


def _ranked(report: Report) -> list[Comparison]:
    """Return the comparisons from which a finding may be made."""
    return [
        each
        for each in report.comparisons.values()
        if each.rank is not None
        and _telling_alone(each.metric)
        and isinstance(each.median, Known)
        and not _partly(report, each)
    ]


def _partly(report: Report, compared: Comparison) -> bool:
    """Tell whether our own figure on public channels is only a part: some could not be read."""
    own = report.value(report.own, compared.metric)
    cut = isinstance(own, Known) and Qualifier.TRUNCATED in own.qualifiers
    return cut and compared.metric.startswith(("channels.", "all."))


def _telling_alone(metric: str) -> bool:
    """Tell whether a metric says something by itself.

    A count of posts depends on how long a list is, its rate does not. Followers never lead.
    """
    return metric not in _SIDE_ISSUES and not metric.endswith((".posts", ".followers"))


def _lead(report: Report, compared: Comparison) -> float:
    """Return how far the own figure lies on the better side of the median: −1 to 1."""
    own, median = known(report.value(report.own, compared.metric)), known(compared.median)
    if own is None or median is None or own == median:
        return 0.0
    # Never by zero: the two differ, so that one of them is not 0.
    lead = (own - median) / max(abs(own), abs(median))
    return lead if report.metric(compared.metric).higher_is_better else -lead


def _against(report: Report, compared: Comparison) -> Sentence:
    """Return own figure, median and rank: 1.5 posts a week; median competitor 3.4; rank 5 of 6."""
    metric = report.metric(compared.metric)
    own = value_in_words(report.value(report.own, metric.id) or compared.median, metric.unit)
    before, strong, after = phrase(metric, own)
    rank = f"; rank {compared.rank.place} of {compared.rank.of}." if compared.rank else "."
    return (
        (capital(before), False),
        (strong, True),
        (f"{after}; median competitor ", False),
        (value_in_words(compared.median, metric.unit), True),
        (rank, False),
    )


def leader(report: Report, metric: str, *, last: bool = False) -> Sentence:
    """Return who has the best or the last figure, where there is no own company."""
    compared = report.comparisons.get(metric)
    name = (compared.last if last else compared.best) if compared else ""
    value = report.value(name, metric)
    if compared is None or value is None:
        return (("Too few figures to tell.", False),)
    about = report.metric(metric)
    before, strong, after = phrase(about, value_in_words(value, about.unit))
    runs = [(name, True), (f": {before}", False), (strong, True), (after, False)]
    if isinstance(compared.median, Known):
        runs += [("; the median is ", False), (value_in_words(compared.median, about.unit), True)]
    return (*runs, (".", False))


def unread(report: Report) -> list[tuple[str, Reason]]:
    """Return the companies that could not be read in full, and why."""
    reasons = [(each.company.name, _reason(report, each)) for each in report.results]
    return [(name, reason) for name, reason in reasons if reason is not None]


def _reason(report: Report, result: CompanyResult) -> Reason | None:
    """Return why a company could not be read in full; None where it could."""
    noted = next((note.reason for note in result.notes if note.incomplete), None)
    value = report.value(result.company.name, "presence.channels")
    return value.reason if noted is None and isinstance(value, Unknown) else noted


def _fitting(names: Sequence[str]) -> str:
    """Return as many names as the line has room for; the rest is counted."""
    rows = [listed(names, limit) for limit in range(len(names), 0, -1)]
    return next((row for row in rows if len(row) <= _NAMES_CHARACTERS), rows[-1])


def to_know(report: Report) -> Sentence:
    """Return what could not be read, so that nobody takes it for nothing."""
    missing = unread(report)
    if missing:
        head = capital(counted(len(missing), "company", "companies"))
        names = _fitting([f"{name} ({reason})" for name, reason in missing])
        return ((head, True), (f" could not be read in full: {names}.", False))
    total = sum(not channel.candidate for each in report.results for channel in each.channels)
    unlooked = sum(
        channel.state is State.UNKNOWN and not channel.candidate
        for each in report.results
        for channel in each.channels
    )
    if unlooked:
        return (
            (f"{unlooked} of {total} profiles", True),
            (" could not be read: their posts are not in these figures.", False),
        )
    return (("Every site could be read.", False),)


def features_of(result: CompanyResult, direction: Usage = Usage.USES) -> set[str]:
    """Return the features of a company's site, without the technique behind it."""
    return {each.feature for each in counted_features(result.features, direction)}


def channels_of(result: CompanyResult) -> set[str]:
    """Return the platforms on which a company has a profile that is its own."""
    return {each.platform for each in result.channels if each.is_own}


def stands_out(report: Report, result: CompanyResult) -> str:
    """Return the phrase of the best figure of a company, or why there is none."""
    return _telling(report, result, last=False) or _present(report, result)


def weak_spot(report: Report, result: CompanyResult) -> str:
    """Return the phrase of the worst figure of a company."""
    reason = _reason(report, result)
    return (
        _telling(report, result, last=True)
        or _quiet(result)
        or (f"? {reason}" if reason else "None among what could be read")
    )


def _telling(report: Report, result: CompanyResult, *, last: bool) -> str:
    """Return the first measure in which a company is the best, or the last; "" without one."""
    name = result.company.name
    for compared in report.comparisons.values():
        holder = compared.last if last else compared.best
        value = report.value(name, compared.metric)
        if holder != name or not _telling_alone(compared.metric) or not isinstance(value, Known):
            continue
        metric = report.metric(compared.metric)
        before, strong, after = phrase(metric, value_in_words(value, metric.unit))
        return f"{_superlative(metric, last=last)}: {before}{strong}{after}"
    return ""


def _superlative(metric: Metric, *, last: bool) -> str:
    """Return what the best or the last figure is among all: of errors the best is the fewest."""
    most, least = "Most", "Fewest"
    if metric.unit is Unit.DAYS:
        most, least = "Longest", "Shortest"
    elif metric.unit is Unit.SHARE or metric.id.startswith("figure."):
        most, least = "Highest", "Lowest"
    return least if last is bool(metric.higher_is_better) else most


def _present(report: Report, result: CompanyResult) -> str:
    """Return how many features and channels a company has, or why it could not be read."""
    reason = _reason(report, result)
    if reason is not None:
        return f"? {reason}"
    features, channels = features_of(result), channels_of(result)
    return capital(f"{counted(len(features), 'site feature')}, {counted(len(channels), 'channel')}")


def _quiet(result: CompanyResult) -> str:
    """Return how long a company has been silent, where that is more than 90 days."""
    row = busiest(result)
    if row is None or not isinstance(row.recency_days, Known) or row.recency_days.value <= 90:
        return ""
    return f"Silent for {figure(row.recency_days.value, Unit.DAYS)} days"


def how_active(report: Report, result: CompanyResult) -> str:
    """Return posts a week, where the trend goes, and how long ago the last post was."""
    value = report.value(result.company.name, BUSIEST)
    if not isinstance(value, Known):
        if isinstance(value, Absent):
            return "No blog, news, podcast or release notes found"
        return f"? {value.reason}" if isinstance(value, Unknown) else ""
    parts = [f"{figure(value.value, Unit.RATE)} a week"]
    row = busiest(result)
    if row is not None and isinstance(row.trend, Known):
        trend = row.trend.value.direction
        parts += [] if trend is TrendDirection.STEADY else [trend.value]
    if row is not None and isinstance(row.recency_days, Known):
        recency = report.metric(f"{row.channel}.recency_days")
        _, ago, _ = phrase(recency, figure(row.recency_days.value, Unit.DAYS))
        parts.append(f"last post {ago}")
    return ", ".join(parts)
