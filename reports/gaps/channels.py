"""Profiles: those that most competitors have and we do not, and links that lead nowhere."""

from collections.abc import Iterator, Sequence

from audit.model.advice import ActionRule
from audit.model.bounds import bound_of
from audit.model.metric import Bound, Unit
from audit.model.result import CompanyResult
from audit.model.value import Evidence, Known
from reports.differences import is_half_seen
from reports.findings import channels_of, known
from reports.gaps.scene import FEWEST, Gap, Scene, common, names_from, was_read
from reports.words import figure, listed

_ROW = 2
"""Profiles that a website shows beside each other where it shows its own."""


def channel_gaps(scene: Scene, rule: ActionRule) -> Iterator[Gap]:
    """Give the platforms on which at least half of the competitors are, and we are not.

    Where a profile may be ours already none is to be opened; nor is one of a platform of which we
    are not known to have none, as most of our website was not seen and no profile on the rest.
    """
    if not was_read(scene.report, scene.own) or not scene.has_what_it_needs(rule):
        return
    if is_half_seen(scene.own) and not channels_of(scene.own):
        return
    ours = {each.platform for each in scene.own.channels}
    wanted = {name for each in scene.read for name in scene.platforms(each, rule.names)}
    for name in sorted(wanted - ours - scene.dead):
        owners = [each for each in scene.read if name in channels_of(each)]
        if common(owners, scene.read) and not scene.struck_out(f"channel.{name}"):
            yield _channel(scene, name, owners)


def _channel(scene: Scene, platform: str, owners: Sequence[CompanyResult]) -> Gap:
    """Return the gap of a platform; the busiest there is told where its posts could be read."""
    best = max(owners, key=lambda each: rate_on(scene, each, platform))
    rate = figure(rate_on(scene, best, platform), Unit.RATE)
    told = rate != figure(0.0, Unit.RATE)
    busiest = "the busiest" if _is_busiest(scene, best, owners, platform) else best.company.name
    others = [each for each in scene.read if each not in owners]
    least = "At least " if any(_may_be_there(scene, each) for each in others) else ""
    tail = f"{busiest} posts {rate} times a week" if told else "none of ours was found"
    return Gap(
        key=platform,
        what=scene.report.names.platform(platform),
        platform=platform,
        reason=f"{least}{len(owners)} of {len(scene.read)} competitors are there; {tail}",
        who=names_from(best.company.name, names_of(owners), f"{rate} a week" if told else ""),
        proof=proof_on(best, platform),
        effect=len(owners) / len(scene.read),
        certainty=scene.share_of(scene.read),
    )


def _may_be_there(scene: Scene, result: CompanyResult) -> bool:
    """Tell whether a company of which a profile was not seen may have one all the same.

    Most of its website was not read, or it shows no row of its profiles: it may name one in a text.
    """
    counted = scene.report.value(result.company.name, "presence.channels")
    part = counted is not None and bound_of(counted, scene.report.metric("presence.channels"))
    return bool(part) or len(channels_of(result)) < _ROW


def link_gaps(scene: Scene, rule: ActionRule) -> Iterator[Gap]:
    """Give the profiles that our own site links and that lead nowhere, or to somebody else."""
    del rule
    linked = [each for each in scene.own.channels if each.promises or not each.candidate]
    broken = [each for each in linked if each.leads_away]
    if not broken:
        return
    names = dict.fromkeys(scene.report.names.platform(each.platform) for each in broken)
    lead = "leads" if len(broken) == 1 else "lead"
    yield Gap(
        what=listed(list(names)),
        reason=f"{len(broken)} of {len(linked)} profiles that our site links {lead} nowhere, or to "
        "somebody else",
        who="",
        proof=broken[0].evidence[:1],
        # One dead link alone is worth mending; many of few are worse.
        effect=(1 + len(broken) / len(linked)) / 2,
    )


def names_of(results: Sequence[CompanyResult]) -> list[str]:
    """Return the names of some companies."""
    return [each.company.name for each in results]


def rate_on(scene: Scene, result: CompanyResult, platform: str) -> float:
    """Return posts a week of a company on a platform; 0 where they are not known, to sort by."""
    return known(scene.report.value(result.company.name, _rate(platform))) or 0.0


def _is_busiest(
    scene: Scene, best: CompanyResult, owners: Sequence[CompanyResult], platform: str
) -> bool:
    """Tell whether nobody else may post more: of one or two whose posts could be read nobody."""
    name = _rate(platform)
    rates = {
        each.company.name: value
        for each in owners
        if isinstance(value := scene.report.value(each.company.name, name), Known)
    }
    if len(rates) < max(FEWEST, len(owners)):
        return False
    about = scene.report.metric(name)
    more = {who for who, value in rates.items() if bound_of(value, about) is Bound.LEAST}
    return more <= {best.company.name}


def _rate(platform: str) -> str:
    """Return the metric of the posts a week on a platform."""
    return f"channel.{platform}.posts_per_week"


def proof_on(result: CompanyResult, platform: str) -> tuple[Evidence, ...]:
    """Return the proof of a company's own profile on a platform."""
    own = (each for each in result.channels if each.platform == platform and not each.candidate)
    return next(own).evidence[:1]
