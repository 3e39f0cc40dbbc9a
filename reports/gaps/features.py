"""Features of a site that at least half of the competitors have, and we were seen to lack."""

from collections.abc import Iterator, Sequence

from audit.model.advice import ActionRule
from audit.model.catalogue import Usage
from audit.model.result import CompanyResult
from audit.model.site import Feature, State
from reports.gaps.scene import Gap, Scene, common, names_from


def feature_gaps(scene: Scene, rule: ActionRule) -> Iterator[Gap]:
    """Give the gap of a rule's features, where we have none of them under any name."""
    if not _lacking(scene, rule):
        return
    looked = [each for each in scene.read if _settled(each, rule.names)]
    owners = [each for each in looked if _having(each, rule.names)]
    if not common(owners, looked):
        return
    best = max(owners, key=lambda each: max(map(_plainness, _having(each, rule.names))))
    yield Gap(
        reason=f"{len(owners)} of {len(looked)} competitors {rule.have}; {rule.lack}",
        who=names_from(best.company.name, [each.company.name for each in owners]),
        proof=max(_having(best, rule.names), key=_plainness).evidence[:1],
        effect=len(owners) / len(looked),
        certainty=scene.share_of(looked),
    )


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
