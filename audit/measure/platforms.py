"""What a company's best profile on each platform comes to: its audience, its posts a week."""

from collections import Counter
from collections.abc import Sequence

from audit.measure.presence import CHANNELS
from audit.measure.subject import Brief, Family, Subject, Values
from audit.model.channel import Channel
from audit.model.metric import Metric, Phrase, Unit
from audit.model.result import Cadence, CompanyResult
from audit.model.value import Absent, Known, Number, Reason, Unknown

PREFIX = "channel."
_FIELDS = {
    "followers": (
        "audience",
        Unit.COUNT,
        "Followers, subscribers or members of the main profile, as the platform states them.",
        "followers",
    ),
    "posts_per_week": (
        "posts a week",
        Unit.RATE,
        "Posts ÷ weeks of the window; of a list cut off at n items, (n − 1) ÷ weeks since the "
        "oldest of them.",
        "posts a week",
    ),
}
"""What is compared of each platform: words of the title, unit, definition, unit in a sentence."""


def metric_id(platform: str, field: str) -> str:
    """Return the id of a platform's metric, such as `channel.youtube.followers`."""
    return f"{PREFIX}{platform}.{field}"


def platform_of(metric: str) -> str:
    """Return the platform that a metric is about; empty for any other metric."""
    start, _, field = metric.rpartition(".")
    return start.removeprefix(PREFIX) if start.startswith(PREFIX) and field in _FIELDS else ""


def _metric(name: str) -> Metric | None:
    """Define a platform's metric by its id; the title bears the platform's own name."""
    platform, field = platform_of(name), name.rpartition(".")[2]
    if not platform:
        return None
    words, unit, definition, in_sentence = _FIELDS[field]
    return Metric(
        id=name,
        title=f"{platform}, {words}",
        theme="Channels",
        unit=unit,
        higher_is_better=True,
        definition=definition,
        phrase=Phrase(unit=in_sentence, before=f"{platform}: "),
    )


def _in_results(results: Sequence[CompanyResult]) -> Sequence[Metric]:
    """List the metrics that are known of any company, those of most companies first."""
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
    """Give audience and posts a week of the best profile of each platform: the first own one."""
    values: dict[str, Number] = {}
    for channel in brief.visit.channels:
        followers = metric_id(channel.platform, "followers")
        if channel.candidate or followers in values:
            continue
        values[followers] = channel.followers
        values[metric_id(channel.platform, "posts_per_week")] = _rate(channel, brief.rows)
    return values


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
    """Say what a company has on a platform where it was not found: none, if its site was read."""
    platform = platform_of(metric.id)
    if any(channel.platform == platform and channel.candidate for channel in result.channels):
        return Unknown(reason=Reason.NOT_CHECKED, detail="a candidate was found, not proved theirs")
    counted = next((m.value for m in result.measures if m.metric == CHANNELS.id), None)
    match counted:
        case Known(evidence=evidence):
            return Absent(evidence=evidence, detail="no such channel was found")
        case Unknown():
            return counted
        case _:
            return Unknown(reason=Reason.NOT_CHECKED, detail="not measured in this run")


SUBJECT = Subject(
    name="platforms",
    order=40,
    family=Family(of=_metric, in_results=_in_results, missing=_missing),
    of_company=_of_company,
    from_pages=False,
)
