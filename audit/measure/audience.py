"""Who follows the companies: each profile's sample as it was counted, and whom they share."""

from collections.abc import Sequence
from dataclasses import replace

from audit.measure.subject import Overlaps, Subject, Together
from audit.model.breakdown import OVERLAPS, Audience, Breakdown
from audit.model.result import CompanyResult


def with_overlaps(
    results: Sequence[CompanyResult], together: Together
) -> tuple[CompanyResult, ...]:
    """Put beside each sample which other companies its followers follow, too.

    A result in which nothing changes is returned as it is.
    """
    return tuple(_with_overlaps(result, together.overlaps) for result in results)


def overlaps_of(results: Sequence[CompanyResult]) -> Overlaps:
    """Return the overlaps that results hold: a replay takes them over, as it has no samples.

    Who follows a profile is never archived (docs/glossary.md, Privacy).
    """
    return {
        (result.company.name, audience.platform, audience.url): audience.parts(OVERLAPS)
        for result in results
        for audience in result.audiences
    }


def _with_overlaps(result: CompanyResult, overlaps: Overlaps) -> CompanyResult:
    """Return a result with the overlaps of its audiences; the same object where none changes."""
    audiences = tuple(
        _joined(audience, overlaps, result.company.name) for audience in result.audiences
    )
    return result if audiences == result.audiences else replace(result, audiences=audiences)


def _joined(audience: Audience, overlaps: Overlaps, company: str) -> Audience:
    """Return an audience with its overlaps as one breakdown more, where there are any.

    Those that it has already go: only what was given for this run holds.
    """
    kept = tuple(entry for entry in audience.breakdowns if entry.metric != OVERLAPS)
    parts = overlaps.get((company, audience.platform, audience.url), ())
    if parts:
        kept = (*kept, Breakdown(metric=OVERLAPS, of=audience.sampled, parts=parts))
    return replace(audience, breakdowns=kept)


SUBJECT = Subject(name="audience", order=50, of_all=with_overlaps)
