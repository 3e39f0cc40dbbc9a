"""What a company's main profile on each platform comes to: its audience, its posts a week."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from audit.measure.presence import CHANNELS
from audit.measure.subject import Brief, Family, Subject, Values
from audit.measure.unmeasured import absent_after_a_look
from audit.model.channel import Channel, main_of
from audit.model.metric import Metric, Phrase, Unit
from audit.model.result import Cadence, CompanyResult
from audit.model.value import Absent, Known, Number, Qualifier, Reason, Unknown

PREFIX = "channel."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Figure:
    """One figure that is compared of every platform, as a pattern of its metric.

    `title` and `phrase` are what follows the platform's name: "YouTube, posts a week" as a row of
    a table, "YouTube: 3 posts a week" in a sentence.
    """

    title: str
    unit: Unit
    definition: str
    phrase: str


_FIGURES: Mapping[str, _Figure] = {
    "followers": _Figure(
        title="audience",
        unit=Unit.COUNT,
        definition="Followers, subscribers or members of the main profile, as the platform states "
        "them.",
        phrase="followers",
    ),
    "posts_per_week": _Figure(
        title="posts a week",
        unit=Unit.RATE,
        definition="Posts ÷ weeks of the period; of a list of which n items are public, (n − 1) "
        "÷ weeks since the oldest of them.",
        phrase="posts a week",
    ),
}
"""By the last part of the metric's id: `followers` of `channel.youtube.followers`."""


def metric_id(platform: str, field: str) -> str:
    """Return the id of a platform's metric, such as `channel.youtube.followers`."""
    return f"{PREFIX}{platform}.{field}"


def platform_of(metric: str) -> str:
    """Return the platform that a metric is about; empty for any other metric."""
    start, _, field = metric.rpartition(".")
    return start.removeprefix(PREFIX) if start.startswith(PREFIX) and field in _FIGURES else ""


def is_audience(metric: str) -> bool:
    """Tell whether a metric is the audience of a platform's main profile."""
    return bool(platform_of(metric)) and metric.endswith(".followers")


def _metric(name: str) -> Metric | None:
    """Define a platform's metric by its id; None for an id that is no platform's.

    Its words bear the platform's name in the catalogue (`youtube`), in place of which the reports
    put the title (`YouTube`), as they alone know the files of rules that the user has added.
    """
    platform = platform_of(name)
    if not platform:
        return None
    figure = _FIGURES[name.rpartition(".")[2]]
    return Metric(
        id=name,
        title=f"{platform}, {figure.title}",
        theme="Channels",
        unit=figure.unit,
        higher_is_better=True,
        definition=figure.definition,
        phrase=Phrase(before=f"{platform}: ", unit=figure.phrase),
    )


def _in_results(results: Sequence[CompanyResult]) -> Sequence[Metric]:
    """List the metrics that are known of any company, those of most companies first.

    The metrics of one platform stay together: its place is that of the one that most companies
    have.
    """
    known = Counter(
        measure.metric
        for result in results
        for measure in result.measures
        if platform_of(measure.metric) and isinstance(measure.value, Known)
    )
    most: Counter[str] = Counter()
    for name, count in known.items():
        most[platform_of(name)] = max(most[platform_of(name)], count)
    names = sorted(known, key=lambda name: (-most[platform_of(name)], platform_of(name), name))
    return [metric for name in names if (metric := _metric(name)) is not None]


def _of_company(brief: Brief) -> Values:
    """Return audience and posts a week of the main profile of each platform."""
    profiles: dict[str, list[Channel]] = {}
    for channel in brief.visit.channels:
        if not channel.candidate:
            profiles.setdefault(channel.platform, []).append(channel)
    values: dict[str, Number] = {}
    for platform, own in profiles.items():
        main = main_of(own)
        values[metric_id(platform, "followers")] = main.followers
        values[metric_id(platform, "posts_per_week")] = _rate(main, brief.rows)
    return values


def with_told(
    values: Mapping[str, Number], channels: Sequence[Channel], rows: Sequence[Cadence]
) -> dict[str, Number]:
    """Return the values, with what people told of profiles where there is none of these.

    So where the company's site could not be reached, and no profile was measured for it.
    """
    joined = dict(values)
    for channel in channels:
        own = [each for each in channels if each.platform == channel.platform]
        if channel.candidate or channel is not main_of(own):
            continue
        told = {"followers": channel.followers, "posts_per_week": _rate(channel, rows)}
        for field, value in told.items():
            name = metric_id(channel.platform, field)
            is_told = isinstance(value, Known) and Qualifier.MANUAL in value.qualifiers
            if is_told and not isinstance(joined.get(name), Known):
                joined[name] = value
    return joined


def _rate(channel: Channel, rows: Sequence[Cadence]) -> Number:
    """Return the posts a week of a profile, or why there is no such number."""
    row = next((row for row in rows if row.url == channel.url), None)
    if row is not None:
        return row.posts_per_week
    match channel.last_post:
        case Unknown():
            return channel.last_post
        case Known() | Absent():
            return Unknown(reason=Reason.NOT_PUBLIC, detail="the platform shows no list of posts")


def _missing(result: CompanyResult, metric: Metric) -> Number:
    """Return what stands for a company without a value: Absent only if its site was read.

    Where only a candidate was found it is unknown, as it may be the company's after all.
    """
    platform = platform_of(metric.id)
    if any(channel.platform == platform and channel.candidate for channel in result.channels):
        return Unknown(
            reason=Reason.NOT_CHECKED, detail="a profile that is perhaps theirs was found"
        )
    return absent_after_a_look(result, CHANNELS, "no such channel was found")


SUBJECT = Subject(
    name="platforms",
    order=40,
    family=Family(of=_metric, in_results=_in_results, missing=_missing),
    of_company=_of_company,
    from_pages=False,
)
