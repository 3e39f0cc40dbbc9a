"""What the history knew of the six invented companies a quarter before, for tests of reports."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from audit.changes.between import changes_between
from audit.model.channel import Channel
from audit.model.past import Past
from audit.model.profile import Profile
from audit.model.result import CompanyResult, Measure, Snapshot
from audit.model.site import Feature, State
from audit.model.value import Known, Number, Reason
from audit.past import figures_of
from config.catalogue import load_catalogue
from tests.reports import workbook_example as example

QUARTER = timedelta(days=91)


def past(shot: Snapshot) -> Past:
    """The changes since the run of a quarter before, and its figures."""
    before = earlier_run(shot)
    changes = changes_between(before, shot, load_catalogue())
    return Past(changes=changes, before=figures_of(before), runs=(figures_of(before),))


def earlier_run(shot: Snapshot) -> Snapshot:
    """The run before: as the one of today, but for what `_THEN` says."""
    run = replace(
        shot.run,
        id="20260824T060000000",
        as_of=shot.run.as_of - QUARTER,
        started_at=shot.run.started_at - QUARTER,
        finished_at=shot.run.started_at - QUARTER + timedelta(minutes=7),
    )
    results = tuple(_THEN.get(result.company.name, _as_now)(result) for result in shot.results)
    return replace(shot, run=run, results=results)


def _as_now(result: CompanyResult) -> CompanyResult:
    return result


def _acme(result: CompanyResult) -> CompanyResult:
    """No knowledge base yet, and fewer features."""
    features = tuple(_absent(each, "knowledge-base") for each in result.features)
    return with_value(
        replace(result, features=features), "presence.features", Known(value=3, evidence=())
    )


def _absent(feature: Feature, name: str) -> Feature:
    """A feature as it is, or as one that was looked for in vain."""
    if feature.feature != name:
        return feature
    return replace(feature, state=State.NONE, vendor="", url="", evidence=())


def _borealis(result: CompanyResult) -> CompanyResult:
    """Fewer followers on Bluesky; those on YouTube may be the same, as they are rounded."""
    counts = {"bluesky": 2_400, "youtube": 48_250}
    channels = tuple(_followed_by(each, counts.get(each.platform)) for each in result.channels)
    result = replace(result, channels=channels)
    for platform, exact in (("bluesky", True), ("youtube", False)):
        name = f"channel.{platform}.followers"
        result = with_value(result, name, Known(value=counts[platform], evidence=(), exact=exact))
    return result


def _followed_by(channel: Channel, count: int | None) -> Channel:
    """A profile with another audience."""
    profile = channel.profile
    if count is None or not isinstance(profile, Profile) or not isinstance(profile.audience, Known):
        return channel
    return replace(
        channel, profile=replace(profile, audience=replace(profile.audience, value=count))
    )


def _corvid(result: CompanyResult) -> CompanyResult:
    """The newsletter came from another vendor."""
    features = tuple(
        replace(each, vendor="Mailchimp") if each.vendor == "HubSpot" else each
        for each in result.features
    )
    # Nobody had looked at its list of posts by then.
    return replace(result, features=features, cadence=())


def _delta(result: CompanyResult) -> CompanyResult:
    """The website did not answer."""
    lost = example.unreadable(result.company.name, Reason.TIMEOUT)
    return replace(lost, company=result.company)


def with_value(result: CompanyResult, metric: str, value: Number) -> CompanyResult:
    """A result with another value of a measure."""
    return replace(
        result,
        measures=tuple(
            Measure(metric=each.metric, value=value) if each.metric == metric else each
            for each in result.measures
        ),
    )


_THEN: Mapping[str, Callable[[CompanyResult], CompanyResult]] = {
    "Acme Pumps": _acme,
    "Borealis Valves": _borealis,
    "Corvid Flow": _corvid,
    "Delta Hydraulik": _delta,
}
