"""Measures in which we trail a typical competitor, and topics that others write about more."""

from collections.abc import Iterator

from audit.measure.themes.gaps import Reading, TopicGap
from audit.model.advice import ActionRule
from audit.model.metric import Metric, Unit
from audit.model.rounding import rounded
from audit.model.topics import CompanyTopics
from audit.model.value import Evidence, Known
from reports.differences import QUARTER, Difference, Figure, differences
from reports.gaps.scene import FEWEST, Gap, Scene, names_from
from reports.report import Report
from reports.telling import figure_words
from reports.words import figure

_TOPICS = 3
"""Topics that are advised at most; all of them stand on sheet Topics."""

_WRITERS = 2
"""Competitors who write about a topic before it is one of competitors."""


def metric_gaps(scene: Scene, rule: ActionRule) -> Iterator[Gap]:
    """Give the measures of a rule in which we trail; what is not there at all is no such gap."""
    for difference in differences(scene.report, scene.own.company.name):
        value = difference.value
        trailing = difference.metric.id in rule.names and not difference.better
        if trailing and isinstance(value, Known):
            yield _trailing(scene, difference, value)


def _counted(value: Figure, metric: Metric) -> str:
    """Return a figure with what it counts: `at least 3.0 posts a week`."""
    return f"{figure_words(value, metric)} {metric.phrase.unit}"


def _trailing(scene: Scene, difference: Difference, value: Figure) -> Gap:
    """Return the gap of a measure, with who does best in it."""
    report, metric = scene.report, difference.metric
    values = [
        (each, theirs)
        for each in scene.read
        if isinstance(theirs := report.value(each.company.name, metric.id), Known)
    ]
    values.sort(key=lambda each: each[1].value, reverse=bool(metric.higher_is_better))
    best, figure_of_best = values[0]
    return Gap(
        key=metric.id,
        reason=f"We have {_counted(value, metric)}; a typical competitor has "
        f"{figure_words(difference.typical, metric)}",
        who=names_from(best.company.name, [], _counted(figure_of_best, metric)),
        proof=figure_of_best.evidence[:1],
        # Its score holds the weight of the theme already, and the rule has one of its own.
        effect=difference.score / _weight_of(report, difference.theme),
    )


def _weight_of(report: Report, theme: str) -> float:
    """Return the weight of a theme of findings."""
    return next(each.weight for each in report.catalogue.findings if each.name == theme)


def topic_gaps(scene: Scene, rule: ActionRule) -> Iterator[Gap]:
    """Give the topics of a rule, as sheet Topics reads them, the widest first."""
    wanted = [reading for reading in Reading if reading in rule.names]
    found = [
        gap
        for gap in scene.report.topic_gaps
        if gap.reading in wanted and gap.rivals >= FEWEST and _telling(gap)
    ]
    yield from (_topic(scene, gap) for gap in found[:_TOPICS])


def _telling(gap: TopicGap) -> bool:
    """Tell whether a topic's shares, as they are shown, are a quarter apart; an open field is.

    What one competitor alone writes about, such as its own name, is nothing to catch up on.
    """
    if gap.reading is Reading.OPEN_FIELD:
        return gap.pull is not None
    if gap.writers < _WRITERS:
        return False
    own = rounded(gap.own.value, Unit.SHARE) if gap.own else 0.0
    theirs = rounded(gap.others.value, Unit.SHARE)
    return theirs - own >= QUARTER * theirs > 0


def _topic(scene: Scene, gap: TopicGap) -> Gap:
    """Return the gap of a topic: its two shares, or how few write on it and how it is received."""
    own, theirs = gap.own.value if gap.own else 0.0, gap.others.value
    writers = _writers(scene, gap.topic.name)
    if gap.reading is Reading.OPEN_FIELD and gap.pull is not None:
        reason = f"{gap.writers} of {gap.rivals} competitors write about it; its posts get "
        reason += f"{figure(gap.pull, Unit.RATE)} times the usual interactions"
        effect = 1 - 1 / gap.pull
    else:
        reason = f"{figure(own, Unit.SHARE)} of our posts are on it, and "
        reason += f"{figure(theirs, Unit.SHARE)} of all competitors' posts"
        effect = (theirs - own) / theirs
    share, name, proof = writers[0]
    return Gap(
        key=gap.topic.name,
        what=gap.topic.name,
        reason=reason,
        who=names_from(name, [each[1] for each in writers], figure(share, Unit.SHARE)),
        proof=proof,
        effect=effect,
        certainty=gap.rivals / len(scene.report.rivals),
    )


def _writers(scene: Scene, topic: str) -> list[tuple[float, str, tuple[Evidence, ...]]]:
    """Return share, name and proof of the competitors who write on a topic, the most first."""
    found = [
        (count.posts / count.of, result.company.name, count.examples[:1])
        for result in scene.report.rivals
        if isinstance(result.topics, CompanyTopics)
        for count in result.topics.counts
        if count.topic.name == topic and count.posts
    ]
    return sorted(found, key=lambda each: (-each[0], each[1]))
