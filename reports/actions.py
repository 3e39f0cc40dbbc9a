"""What to do about the gaps to the competitors: at most twelve actions, what matters most first."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from audit.measure import metric_of
from audit.model.advice import ActionRule, Effort
from audit.model.kpi import KpiProgress, KpiStanding
from audit.model.value import Evidence
from reports.gaps.channels import channel_gaps, link_gaps
from reports.gaps.features import feature_gaps
from reports.gaps.figures import metric_gaps, topic_gaps
from reports.gaps.scene import Gap, Scene
from reports.gaps.silence import silent_gaps
from reports.report import Report

MOST = 12
"""More actions than this nobody takes up until the next quarter."""

_FINDERS: Mapping[str, Callable[[Scene, ActionRule], Iterator[Gap]]] = {
    "feature": feature_gaps,
    "channel": channel_gaps,
    "silent": silent_gaps,
    "metric": metric_gaps,
    "broken": link_gaps,
    "topic": topic_gaps,
}
"""By the place of a rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Something to do: `reason` in two figures, `who` does it, and the `proof` of that.

    `place` is what of ours it is about, as in the rules (`ACTION_PLACES`). `kpi` is the name of the
    KPI that it serves; empty where there is none. `score` is effect × weight of the rule ×
    certainty, in 0 to 1. `id` is what the gap is called in every run, whatever the words and
    figures of the day: `channel.instagram`, `topic.Maintenance`.
    """

    id: str
    place: str
    do: str
    reason: str
    who: str
    proof: tuple[Evidence, ...]
    kpi: str
    effort: Effort
    score: float


def actions(report: Report) -> list[Action]:
    """Return the actions for the own company, the highest score first; none without competitors."""
    own = next((each for each in report.results if each.company.own), None)
    if own is None or not report.rivals:
        return []
    scene = Scene(report, own)
    found = [
        _action(rule, gap, own.kpis)
        for rule in report.catalogue.actions
        if rule.weight > 0
        for gap in _FINDERS[rule.place](scene, rule)
    ]
    return sorted(found, key=lambda each: (-each.score, each.do))[:MOST]


def _action(rule: ActionRule, gap: Gap, kpis: Sequence[KpiProgress]) -> Action:
    """Put a gap into the words of its rule."""
    return Action(
        id=f"{rule.place}.{gap.key or '+'.join(rule.names)}",
        place=rule.place,
        do=rule.do.replace("{}", gap.what),
        reason=gap.reason,
        who=gap.who,
        proof=gap.proof,
        kpi=_kpi(
            [*_own_measure(rule), *(each.replace("{}", gap.platform) for each in rule.serves)], kpis
        ),
        effort=rule.effort,
        score=gap.effect * rule.weight * gap.certainty,
    )


def _own_measure(rule: ActionRule) -> tuple[str, ...]:
    """Return the measures that a rule is about, which its action moves before all others."""
    return rule.names if rule.place == "metric" else ()


def _kpi(patterns: Sequence[str], kpis: Sequence[KpiProgress]) -> str:
    """Return the KPI that is not reached yet and whose measure an action moves most."""
    served = (
        each.kpi.name
        for pattern in patterns
        for each in kpis
        if each.standing is not KpiStanding.REACHED
        and fnmatchcase(each.kpi.measure, pattern)
        and _is_bettered(each)
    )
    return next(served, "")


def _is_bettered(progress: KpiProgress) -> bool:
    """Tell whether what betters a measure brings its KPI nearer: nobody posts more to post less."""
    about = metric_of(progress.kpi.measure)
    if about is None or about.higher_is_better is None:
        return True
    wants_less = progress.kpi.target.lstrip().startswith("<")
    return wants_less is not about.higher_is_better
