"""Our profiles, and our website, that fell silent where most competitors still publish."""

from collections.abc import Iterator

from audit.model.advice import ActionRule
from audit.model.bounds import is_whole
from audit.model.channel import Channel
from audit.model.metric import Unit
from audit.model.result import CompanyResult, Status
from audit.model.value import Known
from reports.findings import known
from reports.gaps.channels import names_of, proof_on, rate_on
from reports.gaps.scene import Gap, Scene, common, names_from
from reports.presence import cadence_of
from reports.words import figure

_SILENT_DAYS, _LIVELY_DAYS = 90, 30
_SITE = "site"
"""What a rule of silence calls the company's own website, beside the kinds of platforms."""


def silent_gaps(scene: Scene, rule: ActionRule) -> Iterator[Gap]:
    """Give our profiles that fell silent where at least half of the competitors still post.

    A rule for the `site` is about the website.
    """
    if _SITE in rule.names:
        yield from _silent_site(scene)
    for channel in scene.own.channels:
        days, name = _silent_days(scene.own, channel), channel.platform
        if days is None or not scene.is_kind(name, rule.names) or channel.leads_away:
            continue
        looked = [each for each in scene.read if _status(each, name) is not None]
        lively = [each for each in looked if _status(each, name) is Status.ACTIVE]
        if not common(lively, looked):
            continue
        best = max(lively, key=lambda each: rate_on(scene, each, name))
        yield Gap(
            # By its identity, as a company may have two profiles on one platform.
            key=channel.identity.replace(" ", "/", 1),
            what=scene.report.names.platform(name),
            platform=name,
            reason=f"Our last post there is {figure(days, Unit.DAYS)} days old; "
            f"{len(lively)} of {len(looked)} competitors posted there within 30 days",
            who=names_from(best.company.name, names_of(lively), _pace(rate_on(scene, best, name))),
            proof=proof_on(best, name),
            effect=len(lively) / len(looked),
            certainty=scene.share_of(looked),
        )


def _silent_site(scene: Scene) -> Iterator[Gap]:
    """Give our website, if it published nothing in the period where at least half still do."""
    days = {
        each.company.name: days
        for each in (scene.own, *scene.read)
        if (days := known(scene.report.value(each.company.name, f"{_SITE}.recency_days")))
        is not None
    }
    ours = scene.own.company.name
    own, rate = days.pop(ours, 0.0), scene.report.value(ours, f"{_SITE}.posts_per_week")
    # Where a section could not be read there may be a younger post.
    if own <= _SILENT_DAYS or known(rate) != 0 or (rate is not None and not is_whole(rate)):
        return
    lively = [name for name in days if days[name] <= _LIVELY_DAYS]
    if not common(lively, list(days)):
        return
    best = max(lively, key=lambda name: _site_rate(scene, name))
    proof = scene.report.value(best, f"{_SITE}.recency_days")
    yield Gap(
        reason=f"Our last post there is {figure(own, Unit.DAYS)} days old; "
        f"{len(lively)} of {len(days)} competitors posted within 30 days",
        who=names_from(best, lively, _pace(_site_rate(scene, best))),
        proof=proof.evidence[:1] if isinstance(proof, Known) else (),
        effect=len(lively) / len(days),
        certainty=len(days) / len(scene.report.rivals),
    )


def _pace(rate: float) -> str:
    """Return posts a week in words; empty where they are not known or shown as none."""
    words = figure(rate, Unit.RATE)
    return f"{words} a week" if rate > 0 and words != figure(0.0, Unit.RATE) else ""


def _site_rate(scene: Scene, company: str) -> float:
    """Return posts a week of a company on its website; below 0 where they are not known."""
    rate = known(scene.report.value(company, f"{_SITE}.posts_per_week"))
    return -1.0 if rate is None else rate


def _silent_days(result: CompanyResult, channel: Channel) -> float | None:
    """Return how long one of our profiles has been silent, where that is over 90 days."""
    row = None if channel.candidate else cadence_of(result, channel)
    days = known(row.recency_days) if row is not None else None
    return days if days is not None and days > _SILENT_DAYS else None


def _status(result: CompanyResult, platform: str) -> Status | None:
    """Return how lately a company has posted on a platform: that of its liveliest profile."""
    states = [
        row.status.value
        for channel in result.channels
        if channel.platform == platform
        and not channel.candidate
        and (row := cadence_of(result, channel)) is not None
        and isinstance(row.status, Known)
    ]
    return min(states, key=list(Status).index, default=None)
