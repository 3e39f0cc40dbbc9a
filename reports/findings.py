"""What the figures say in words: ahead, behind, gaps, and three phrases a company."""

from collections.abc import Sequence
from dataclasses import dataclass

from audit.model.catalogue import Direction as Use
from audit.model.metric import Unit
from audit.model.presence import State
from audit.model.result import Cadence, CompanyResult, Comparison, Direction
from audit.model.value import Absent, Known, Number, Reason, Unknown
from reports.cells import Run
from reports.report import Report
from reports.words import capital, counted, figure, listed, phrase, said

BUSIEST = "site.posts_per_week"
_SIDE_ISSUES = {"completeness", "presence.candidates", "presence.languages"}
_MAJORITY = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that most competitors have or do, and the own company does not."""

    action: str
    proof: str
    who: str
    link: str
    weight: float


def known(value: Number | None) -> float | None:
    """The figure of a value, or None where there is none."""
    return value.value if isinstance(value, Known) else None


def busiest(result: CompanyResult) -> Cadence | None:
    """The section of a company with the most posts a week; trend and silence are told of it."""
    rated = [
        (rate, row) for row in result.cadence if (rate := known(row.posts_per_week)) is not None
    ]
    if not rated:
        return result.cadence[0] if result.cadence else None
    return max(rated, key=lambda pair: pair[0])[1]


def ahead(report: Report) -> Sequence[Run]:
    """The measure in which the own company leads the median most."""
    ranked = [each for each in _ranked(report) if _lead(report, each) > 0]
    if not ranked:
        return (("In no measure above the competitors' median.", False),)
    return _against(report, max(ranked, key=lambda each: _lead(report, each)))


def behind(report: Report) -> Sequence[Run]:
    """The measure in which the own company is furthest below the median."""
    ranked = [each for each in _ranked(report) if _lead(report, each) < 0]
    if not ranked:
        return (("In no measure below the competitors' median.", False),)
    return _against(report, min(ranked, key=lambda each: _lead(report, each)))


def _ranked(report: Report) -> list[Comparison]:
    return [
        each
        for each in report.comparisons.values()
        if each.rank is not None and _telling_alone(each.metric) and isinstance(each.median, Known)
    ]


def _telling_alone(metric: str) -> bool:
    """A count of posts depends on how long a list is; its rate does not."""
    return metric not in _SIDE_ISSUES and not metric.endswith(".posts")


def _lead(report: Report, compared: Comparison) -> float:
    """How far the own figure lies on the better side of the median: −1 to 1."""
    own, median = known(report.value(report.own, compared.metric)), known(compared.median)
    if own is None or median is None or own == median:
        return 0.0
    lead = (own - median) / max(abs(own), abs(median))
    return lead if report.metric(compared.metric).higher_is_better else -lead


def _against(report: Report, compared: Comparison) -> Sequence[Run]:
    """Say own figure, median and rank: 1.5 posts a week; median competitor 3.4; rank 5 of 6."""
    metric = report.metric(compared.metric)
    own = said(report.value(report.own, metric.id) or compared.median, metric.unit)
    before, strong, after = phrase(metric.id, metric.title, own)
    rank = f"; rank {compared.rank.place} of {compared.rank.of}." if compared.rank else "."
    return (
        (capital(before), False),
        (strong, True),
        (f"{after}; median competitor ", False),
        (said(compared.median, metric.unit), True),
        (rank, False),
    )


def leader(report: Report, metric: str, *, last: bool = False) -> Sequence[Run]:
    """Who has the best or the last figure, where there is no own company to compare with."""
    compared = report.comparisons.get(metric)
    name = (compared.last if last else compared.best) if compared else ""
    value = report.value(name, metric)
    if compared is None or value is None:
        return (("Too few figures to tell.", False),)
    unit, title = report.metric(metric).unit, report.metric(metric).title
    before, strong, after = phrase(metric, title, said(value, unit))
    runs = [(name, True), (f": {before}", False), (strong, True), (after, False)]
    if isinstance(compared.median, Known):
        runs += [("; the median is ", False), (said(compared.median, unit), True)]
    return (*runs, (".", False))


def to_know(report: Report) -> Sequence[Run]:
    """What could not be read, so that nobody takes it for nothing."""
    unread = [each for each in report.results if not each.complete]
    if unread:
        reasons = [
            f"{each.company.name} ({next(n.reason for n in each.notes if n.incomplete)})"
            for each in unread
        ]
        head = capital(counted(len(unread), "company", "companies"))
        return ((head, True), (f" could not be read in full: {listed(reasons)}.", False))
    found = sum(not channel.candidate for each in report.results for channel in each.channels)
    unlooked = sum(
        channel.state is State.UNKNOWN and not channel.candidate
        for each in report.results
        for channel in each.channels
    )
    if unlooked:
        return (
            (f"{unlooked} of {found} profiles", True),
            (" were found but not read: their posts are not in these figures.", False),
        )
    return (("Every site could be read.", False),)


def gaps(report: Report, limit: int = 5) -> list[Gap]:
    """The biggest gaps of the own company, those that most competitors share first."""
    own = next((each for each in report.results if each.company.name == report.own), None)
    if own is None or not report.rivals:
        return []
    found = [*_features(report, own), *_channels(report, own), *_cadence(report)]
    return sorted(found, key=lambda gap: (-gap.weight, gap.action))[:limit]


def features_of(result: CompanyResult, direction: Use = Use.USES) -> set[str]:
    """The features seen on a company's site."""
    return {
        each.feature
        for each in result.features
        if each.state is State.KNOWN and each.direction is direction
    }


def channels_of(result: CompanyResult) -> set[str]:
    """The platforms on which a company has a profile that is its own."""
    return {each.platform for each in result.channels if not each.candidate}


def _features(report: Report, own: CompanyResult) -> list[Gap]:
    not_there = {each.feature for each in own.features if each.state is State.NONE}
    read = _readable(report)
    return [
        _gap(f"Offer: {report.names.feature(name).lower()}", owners, read, "#Site features!A1")
        for name in sorted(not_there)
        if len(owners := [each for each in read if name in features_of(each)])
        > len(read) * _MAJORITY
    ]


def _channels(report: Report, own: CompanyResult) -> list[Gap]:
    if not _was_read(report, own):
        return []
    read = _readable(report)
    named = {channel.platform for channel in own.channels}
    wanted = sorted({name for each in read for name in channels_of(each)} - named)
    return [
        _gap(f"Open a channel: {report.names.platform(name)}", owners, read, "#Channels!A1")
        for name in wanted
        if len(owners := [each for each in read if name in channels_of(each)])
        > len(read) * _MAJORITY
    ]


def _readable(report: Report) -> list[CompanyResult]:
    return [each for each in report.rivals if _was_read(report, each)]


def _was_read(report: Report, result: CompanyResult) -> bool:
    return isinstance(report.value(result.company.name, "presence.channels"), Known)


def _gap(action: str, owners: list[CompanyResult], read: list[CompanyResult], link: str) -> Gap:
    names = [each.company.name for each in owners]
    return Gap(
        action=action,
        proof=f"{len(owners)} of {len(read)} competitors have it; we do not",
        who=listed(names, limit=2),
        link=link,
        weight=len(owners) / len(read),
    )


def _cadence(report: Report) -> list[Gap]:
    """Posting less than the median competitor."""
    compared = report.comparisons.get(BUSIEST)
    if compared is None or not isinstance(compared.median, Known):
        return []
    own, median = report.value(report.own, BUSIEST), compared.median.value
    if isinstance(own, Unknown) or own is None or (known(own) or 0.0) >= median:
        return []
    ahead_of_us = sorted(
        (
            (rate, name)
            for name, value in compared.values
            if (rate := known(value)) is not None and rate > (known(own) or 0.0)
        ),
        reverse=True,
    )
    return [
        Gap(
            action="Post more often on the own site",
            proof=f"{said(own, Unit.RATE)} posts a week; median competitor "
            f"{figure(median, Unit.RATE)}",
            who=", ".join(f"{name} {figure(rate, Unit.RATE)}" for rate, name in ahead_of_us[:2]),
            link="#Cadence!A1",
            weight=1 - (known(own) or 0.0) / median if median else 0.0,
        )
    ]


def stands_out(report: Report, result: CompanyResult) -> str:
    """The phrase of the best figure of a company, or why there is none."""
    return _telling(report, result, last=False) or _present(result)


def weak_spot(report: Report, result: CompanyResult) -> str:
    """The phrase of the worst figure of a company."""
    unread = _unread(result)
    return (
        _telling(report, result, last=True)
        or _quiet(result)
        or (f"? {unread}" if unread else "None among what could be read")
    )


def _telling(report: Report, result: CompanyResult, *, last: bool) -> str:
    name = result.company.name
    for compared in report.comparisons.values():
        who = compared.last if last else compared.best
        value = report.value(name, compared.metric)
        if who != name or not _telling_alone(compared.metric) or not isinstance(value, Known):
            continue
        metric = report.metric(compared.metric)
        before, strong, after = phrase(metric.id, metric.title, said(value, metric.unit))
        lead = "Fewest: " if last else "Most: "
        if metric.unit is Unit.DAYS:
            lead = "Longest: " if last else "Shortest: "
        return f"{lead}{before}{strong}{after}"
    return ""


def _present(result: CompanyResult) -> str:
    unread = _unread(result)
    if unread is not None:
        return f"? {unread}"
    features, channels = features_of(result), channels_of(result)
    return capital(f"{counted(len(features), 'site feature')}, {counted(len(channels), 'channel')}")


def _unread(result: CompanyResult) -> Reason | None:
    """Why a company could not be read in full; None where it could."""
    return next((note.reason for note in result.notes if note.incomplete), None)


def _quiet(result: CompanyResult) -> str:
    row = busiest(result)
    if row is None or not isinstance(row.recency_days, Known) or row.recency_days.value <= 90:
        return ""
    return f"Silent for {figure(row.recency_days.value, Unit.DAYS)} days"


def how_active(report: Report, result: CompanyResult) -> str:
    """Posts a week, where it goes, and how long ago the last post was."""
    value = report.value(result.company.name, BUSIEST)
    if not isinstance(value, Known):
        if isinstance(value, Absent):
            return "No blog, news or podcast found"
        return f"? {value.reason}" if isinstance(value, Unknown) else ""
    parts = [f"{figure(value.value, Unit.RATE)} a week"]
    row = busiest(result)
    if row is not None and isinstance(row.trend, Known):
        trend = row.trend.value.direction
        parts += [] if trend is Direction.STEADY else [trend.value]
    if row is not None and isinstance(row.recency_days, Known):
        parts.append(f"last post {figure(row.recency_days.value, Unit.DAYS)} days ago")
    return ", ".join(parts)
