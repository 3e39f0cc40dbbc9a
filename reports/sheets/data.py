"""Sheet Data: every figure in long form, one a row, to filter or to make a pivot table of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from audit.measure import metric_of
from audit.model.bounds import bound_of
from audit.model.channel import Channel, main_of
from audit.model.engagement import EVERYWHERE, Engagement, Formula, Rate
from audit.model.kinds import SECTIONS
from audit.model.metric import Metric, Unit
from audit.model.past import PastRun
from audit.model.result import Cadence, CompanyResult, RunInfo
from audit.model.value import Absent, Known, Number, Qualifier, Unknown
from reports.report import Report
from reports.sheets._base import Sheet
from reports.tables import EMPTY, Cell, Column, ColumnKind, Importance, Row, Sentence, Table, Tone
from reports.words import capital, counted, unknown_note

_MOST_EARLIER = 3_000
"""Rows of earlier runs at most, beyond those of the run before: a workbook of fifty companies would
take a minute for all runs of three years."""

_COLUMNS = (
    Column(title="Company", kind=ColumnKind.COMPANY),
    Column(title="Channel", importance=Importance.DETAIL),
    Column(title="Measure", importance=Importance.DETAIL),
    Column(title="Value", kind=ColumnKind.FIGURE, importance=Importance.DETAIL),
    Column(title="Unit", importance=Importance.DETAIL),
    Column(title="How exact", importance=Importance.DETAIL),
    Column(title="Why not known", kind=ColumnKind.TEXT, importance=Importance.ASIDE),
    Column(title="Date", kind=ColumnKind.DAY, importance=Importance.DETAIL),
    Column(title="Run", importance=Importance.ASIDE),
    Column(title="Proof", importance=Importance.ASIDE),
)

_UNITS = {
    Unit.COUNT: "number",
    Unit.RATE: "rate",
    Unit.SHARE: "share",
    Unit.DAYS: "days",
}
_TOGETHER = {
    "all": "All together",
    "engagement": "All together",
    "audience": "All together",
    "purpose": "All together",
    "site": "Own website",
    "channels": "All profiles",
}
"""What a measure is about that is of no single section or platform, by the first part of its id."""

_MEASURES = {
    "posts": "Posts in the period",
    "posts_per_week": "Posts a week",
    "recency_days": "Days since the last post",
    "longest_gap_days": "Longest pause, days",
    "weeks_with_post": "Weeks with a post",
    "share_of_posts": "Share of posts",
    "share_of_interactions": "Share of interactions",
    "followers": "Audience",
}
"""What is measured of several channels, by the last part of the id: the same words for all of them,
so that a pivot table can set them side by side."""

_PER_VIEW = "Interactions a post, per 1,000 views"
_THOUSAND = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Figure:
    """A figure of a company in a run; `channel` is empty where it is about the company itself.

    `about` tells its unit and what it says of the whole where it rests on a part.
    """

    company: str
    channel: str
    measure: str
    value: Number
    about: Metric
    run: RunInfo


def draw(report: Report) -> Table:
    """Return the sheet: a row a figure, this run first; its rows are made one at a time."""
    earlier = _earlier_runs(report)
    key = [
        "Value: as all sheets show it; empty where it is not known",
        "Rate: posts a week, or interactions a post",
    ]
    if earlier:
        runs = counted(len(earlier), "earlier run", "earlier runs")
        key.append(f"Below this run: the known figures of {runs}")
    return Table(
        title="Every figure, one a row",
        finding=_finding(report),
        key=key,
        columns=_COLUMNS,
        rows=_rows(report, earlier),
    )


def _finding(report: Report) -> Sentence:
    """Return how many figures of this run are known."""
    known = sum(isinstance(figure.value, Known) for figure in _of_this_run(report))
    head = f"{known:,} {'figure' if known == 1 else 'figures'}"
    who = counted(len(report.results), "company", "companies")
    return ((head, True), (f" of {who}, to filter or to make a pivot table of.", False))


def _rows(report: Report, earlier: Sequence[PastRun]) -> Iterator[Row]:
    """Give a row for each figure, those of this run with their proof."""
    before = (figure for run in earlier for figure in _of_earlier_run(report, run))
    for figure in chain(_of_this_run(report), before):
        proof = report.proof_of(figure.value)
        cells = (
            Cell(figure.company),
            Cell(figure.channel) if figure.channel else EMPTY,
            Cell(figure.measure),
            _value(figure),
            Cell(_UNITS[figure.about.unit]),
            Cell(_exactness(figure)),
            _reason(figure.value),
            Cell(figure.run.as_of),
            Cell(figure.run.id),
            Cell(proof.id) if proof is not None else EMPTY,
        )
        yield Row(cells, subject=figure.company)


def _value(figure: _Figure) -> Cell:
    """Return the figure as a plain number: what travels with it stands in a column of its own."""
    value = figure.value
    return Cell(value.value, unit=figure.about.unit) if isinstance(value, Known) else EMPTY


def _exactness(figure: _Figure) -> str:
    """Return how a figure is known: `exact`, `at least, rounded`, `by hand`; or that it is not."""
    match figure.value:
        case Known(exact=exact, qualifiers=marks) as value:
            bound = bound_of(value, figure.about)
            words = [
                *([bound.value] if bound is not None else []),
                *([] if exact else ["rounded"]),
                *(["by hand"] if Qualifier.MANUAL in marks else []),
                *(["from a saved page"] if Qualifier.SAVED in marks else []),
            ]
            return ", ".join(words) or "exact"
        case Absent():
            return "not there"
        case Unknown():
            return "not known"


def _reason(value: Number) -> Cell:
    """Return in words why a figure is not known."""
    if not isinstance(value, Unknown):
        return EMPTY
    why, _, _ = unknown_note(value).partition("\n")
    return Cell(why, tone=Tone.REASON)


def _of_this_run(report: Report) -> Iterator[_Figure]:
    """Give the figures of this run: what is compared, then what else is known of each profile."""
    run = report.snapshot.run
    for result in report.results:
        name = result.company.name
        for metric, compared in report.comparisons.items():
            value = report.value(name, metric)
            if value is not None:
                channel, measure = _named(report, report.named(compared.about))
                yield _Figure(
                    company=name,
                    channel=channel,
                    measure=measure,
                    value=value,
                    about=compared.about,
                    run=run,
                )
        yield from _of_profiles(report, result)


def _named(report: Report, about: Metric) -> tuple[str, str]:
    """Return the channel that a measure is about, and the measure without it."""
    of, _, field = about.id.rpartition(".")
    measure = _MEASURES.get(field, "")
    if of.startswith("channel."):
        platform = report.names.platform(of.removeprefix("channel."))
        return platform, measure or capital(about.title.partition(", ")[2])
    if of in SECTIONS:
        return report.names.channel(of), measure or about.title
    if of in _TOGETHER:
        return _TOGETHER[of], measure or about.title
    return "", about.title


def _of_profiles(report: Report, result: CompanyResult) -> Iterator[_Figure]:
    """Give what is known of each profile besides what is compared."""
    others = _other_profiles(report, result)
    found = chain(
        *(_of_posts(row, others) for row in result.cadence if row.channel not in SECTIONS),
        *(_of_readers(row) for row in result.engagement if row.channel != EVERYWHERE),
    )
    for url, platform, measure, value, metric in found:
        about = metric_of(metric)
        if isinstance(value, Known) and about is not None:
            yield _Figure(
                company=result.company.name,
                channel=others.get(url, report.names.channel(platform)),
                measure=measure or about.title,
                value=value,
                about=about,
                run=report.snapshot.run,
            )


_Found = tuple[str, str, str, Number, str]
"""Address and platform of a profile, the measure, its value, and the metric that it is like."""


def _of_posts(row: Cadence, others: Mapping[str, str]) -> Iterator[_Found]:
    """Give how often, how lately and how steadily a profile has posts.

    Posts a week of the main profile of a platform are compared, and so given there.
    """
    values = {
        "posts": row.posts,
        "recency_days": row.recency_days,
        "longest_gap_days": row.longest_gap_days,
        "weeks_with_post": row.weeks_with_post,
    }
    if row.url in others:
        values["posts_per_week"] = row.posts_per_week
    for field, value in values.items():
        # Defined alike for all channels; those of the blog have their definition in its metrics.
        yield row.url, row.channel, _MEASURES[field], value, f"blog.{field}"


def _of_readers(row: Engagement) -> Iterator[_Found]:
    """Give what readers do with the posts of a channel."""
    values = {
        "per_post": row.mean,
        "median": row.median,
        "applause": row.applause,
        "conversation": row.conversation,
        "amplification": row.amplification,
    }
    for field, value in values.items():
        yield row.url, row.channel, "", value, f"engagement.{field}"
    if isinstance(row.rate, Known):
        by_views = row.rate.value.formula is Formula.VIEWS
        metric = "engagement.per_thousand_followers"
        yield row.url, row.channel, _PER_VIEW if by_views else "", _per_thousand(row.rate), metric


def _per_thousand(rate: Known[Rate]) -> Known[float]:
    """Return an engagement rate per 1,000 followers or views, as all sheets show it."""
    return Known(
        value=rate.value.value * _THOUSAND,
        evidence=rate.evidence,
        exact=rate.exact,
        qualifiers=rate.qualifiers,
    )


def _other_profiles(report: Report, result: CompanyResult) -> Mapping[str, str]:
    """Return by address what a profile is called that is not the main one of its platform.

    That is the platform with the handle, `YouTube @second`, so that the two are not taken for one.
    """
    by_platform: dict[str, list[Channel]] = {}
    for channel in result.channels:
        by_platform.setdefault(channel.platform, []).append(channel)
    return {
        channel.url: f"{report.names.platform(platform)} @{channel.handle.lstrip('@')}"
        for platform, channels in by_platform.items()
        for channel in channels
        if channel is not main_of(channels)
    }


def _earlier_runs(report: Report) -> list[PastRun]:
    """Return the earlier runs whose figures there is room for, the newest first, one at least."""
    runs: list[PastRun] = []
    rows = 0
    for run in reversed(report.past.runs):
        rows += sum(1 for _ in _of_earlier_run(report, run))
        if runs and rows > _MOST_EARLIER:
            break
        runs.append(run)
    return runs


def _of_earlier_run(report: Report, run: PastRun) -> Iterator[_Figure]:
    """Give the known figures of an earlier run, of the companies and measures of this one."""
    for result in report.results:
        for metric, compared in report.comparisons.items():
            value = run.value(result.company.website, metric)
            if isinstance(value, Known):
                channel, measure = _named(report, report.named(compared.about))
                yield _Figure(
                    company=result.company.name,
                    channel=channel,
                    measure=measure,
                    value=value,
                    about=compared.about,
                    run=run.run,
                )


SHEET = Sheet(
    name="Data", order=72, draw=draw, of_all=True, answers="What are all the figures, one a row?"
)
