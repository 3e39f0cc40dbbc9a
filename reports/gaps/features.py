"""Features of a site that at least half of the competitors have, and we were seen to lack."""

from collections.abc import Iterator, Sequence

from audit.model.advice import ActionRule
from audit.model.catalogue import Usage
from audit.model.metric import Unit
from audit.model.result import CompanyResult
from audit.model.rounding import rounded
from audit.model.site import Activity, Feature, State
from audit.model.value import Known
from reports.gaps.scene import Gap, Scene, common, names_from
from reports.telling import figure_words
from reports.words import figure


def feature_gaps(scene: Scene, rule: ActionRule) -> Iterator[Gap]:
    """Give the gap of a rule's features, where we have none of them under any name."""
    if not _lacking(scene, rule):
        return
    looked = [each for each in scene.read if _settled(each, rule.names)]
    owners = [each for each in looked if _having(each, rule.names)]
    if not common(owners, looked):
        return
    best, words = _best(scene, owners, rule)
    yield Gap(
        reason=f"{len(owners)} of {len(looked)} competitors {rule.have}; {rule.lack}",
        who=names_from(best.company.name, [each.company.name for each in owners], words),
        proof=max(_having(best, rule.names), key=_plainness).evidence[:1],
        effect=len(owners) / len(looked),
        certainty=scene.share_of(looked),
    )


def _best(
    scene: Scene, owners: Sequence[CompanyResult], rule: ActionRule
) -> tuple[CompanyResult, str]:
    """Return who has most of what a rule counts, with that figure.

    Where it is known of nobody, the one of whom it is plainest that it is there, without a figure.
    """
    told = [(each, found) for each in owners if (found := _figure(scene, each, rule)) is not None]
    if told:
        best, (_, words) = max(told, key=lambda each: each[1][0])
        return best, words
    return max(owners, key=lambda each: max(map(_plainness, _having(each, rule.names)))), ""


def _figure(scene: Scene, result: CompanyResult, rule: ActionRule) -> tuple[float, str] | None:
    """Return the figure of a rule for a company, as a number and in words; None for none."""
    if "." in rule.by:
        value = scene.report.value(result.company.name, rule.by)
        metric = scene.report.metric(rule.by) if isinstance(value, Known) else None
        if metric is None or not isinstance(value, Known) or not rounded(value.value, metric.unit):
            return None
        return float(value.value), f"{figure_words(value, metric)} {metric.phrase.unit}"
    counts = [
        (float(activity.value), _counted(activity, activity.value))
        for feature in _having(result, rule.names)
        for activity in feature.activity
        if activity.kind == rule.by and isinstance(activity.value, int | float) and activity.value
    ]
    return max(counts, default=None)


def _counted(activity: Activity, count: float) -> str:
    """Return what was counted in a feature in words: `at least 108 replies`, `1,284 ratings`."""
    least = "at least " if activity.at_least else ""
    return f"{least}{figure(round(count), Unit.COUNT)} {activity.kind}"


def _lacking(scene: Scene, rule: ActionRule) -> bool:
    """Tell whether we were seen to have none of a rule's features, and could do with one.

    What is unknown is no gap: it may well be there.
    """
    states = {each.feature: each.state for each in scene.own.features}
    settled = [states.get(name) for name in rule.names]
    if State.NONE not in settled or State.UNKNOWN in settled or scene.done_already(rule):
        return False
    struck = any(scene.struck_out(f"feature.{name}") for name in rule.names)
    return scene.has_what_it_needs(rule) and not struck


def _settled(result: CompanyResult, names: Sequence[str]) -> bool:
    """Tell whether it is known of a company that it has one of some features, or has none."""
    states = [each.state for each in result.features if each.feature in names]
    return State.KNOWN in states or State.UNKNOWN not in states


def _having(result: CompanyResult, names: Sequence[str]) -> list[Feature]:
    """Return the features of some names that a company has for its own readers."""
    return [
        each
        for each in result.features
        if each.feature in names and each.state is State.KNOWN and each.direction is Usage.USES
    ]


def _plainness(feature: Feature) -> tuple[int, float, int]:
    """Return how plainly readers meet a feature: how it was met, how sure, on how many pages."""
    return feature.certainty.rank, feature.confidence, feature.seen_on
