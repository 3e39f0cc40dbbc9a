"""What most competitors have or do and the own company does not, the most common first."""

from dataclasses import dataclass

from audit.model.kinds import BLOG, NEWS
from audit.model.metric import Unit
from audit.model.result import CompanyResult
from audit.model.site import State
from audit.model.value import Known, Unknown
from reports.findings import BUSIEST, channels_of, features_of, known
from reports.report import Report
from reports.words import figure, listed, value_in_words

_MAJORITY = 0.5
_PUBLISHES = frozenset({BLOG.name, NEWS.name})
"""Two kinds of section, and one thing where it is asked who publishes on its own site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that most competitors have or do, and the own company does not."""

    action: str
    proof: str
    who: str
    weight: float


def gaps(report: Report, limit: int = 5) -> list[Gap]:
    """Return the biggest gaps of the own company, those that most competitors share first."""
    own = next((each for each in report.results if each.company.name == report.own), None)
    if own is None or not report.rivals:
        return []
    candidates = [*_features(report, own), *_channels(report, own), *_cadence(report)]
    return sorted(candidates, key=lambda gap: (-gap.weight, gap.action))[:limit]


def _features(report: Report, own: CompanyResult) -> list[Gap]:
    """Return the features that we have not, and most competitors have."""
    # What is unknown with us is no gap: it may well be there.
    not_there = {each.feature for each in own.features if each.state is State.NONE}
    if any(each.feature in _PUBLISHES - not_there for each in own.features):
        not_there -= _PUBLISHES
    read = _readable(report)
    return [
        _gap(f"Offer: {report.names.feature(name).lower()}", owners, read)
        for name in sorted(not_there - {NEWS.name})
        if len(owners := [each for each in read if _same_as(name) & features_of(each)])
        > len(read) * _MAJORITY
    ]


def _same_as(feature: str) -> frozenset[str]:
    """Return the features that come to the same for a reader: who has news has a blog."""
    return _PUBLISHES if feature in _PUBLISHES else frozenset({feature})


def _channels(report: Report, own: CompanyResult) -> list[Gap]:
    """Return the platforms on which most competitors are, and we are not."""
    if not _was_read(report, own):
        return []
    read = _readable(report)
    # Candidates too: where a profile may be ours already, none is to be opened.
    ours = {channel.platform for channel in own.channels}
    wanted = sorted({name for each in read for name in channels_of(each)} - ours)
    return [
        _gap(f"Open a channel: {report.names.platform(name)}", owners, read)
        for name in wanted
        if len(owners := [each for each in read if name in channels_of(each)])
        > len(read) * _MAJORITY
    ]


def _readable(report: Report) -> list[CompanyResult]:
    """Return the competitors whose sites could be read."""
    return [each for each in report.rivals if _was_read(report, each)]


def _was_read(report: Report, result: CompanyResult) -> bool:
    """Tell whether a company's site could be read, so that what is missing is missing."""
    return isinstance(report.value(result.company.name, "presence.channels"), Known)


def _gap(action: str, owners: list[CompanyResult], read: list[CompanyResult]) -> Gap:
    """Return a gap that weighs as much as the share of competitors that have it."""
    names = [each.company.name for each in owners]
    return Gap(
        action=action,
        proof=f"{len(owners)} of {len(read)} competitors have it; we do not",
        who=listed(names, limit=2),
        weight=len(owners) / len(read),
    )


def _cadence(report: Report) -> list[Gap]:
    """Return the gap in posts a week, where we post less than the median competitor."""
    compared = report.comparisons.get(BUSIEST)
    if compared is None or not isinstance(compared.median, Known):
        return []
    own, median = report.value(report.own, BUSIEST), compared.median.value
    # Unknown is not zero; a site that has no section with posts (absent) is.
    if isinstance(own, Unknown) or own is None or (known(own) or 0.0) >= median:
        return []
    ahead_of_us = sorted(
        (
            (rate, name)
            for name, value in compared.values
            if (rate := known(value)) is not None and rate > (known(own) or 0.0)
        ),
        reverse=True,
    )
    return [
        Gap(
            action="Post more often on the own site",
            proof=f"{value_in_words(own, Unit.RATE)} posts a week; median competitor "
            f"{figure(median, Unit.RATE)}",
            who=", ".join(f"{name} {figure(rate, Unit.RATE)}" for rate, name in ahead_of_us[:2]),
            weight=1 - (known(own) or 0.0) / median if median else 0.0,
        )
    ]
