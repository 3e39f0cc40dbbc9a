"""Put the followers that companies share beside the samples in which they were counted."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from audit.model.audience import Overlap
from audit.model.result import CompanyResult

Overlaps = Mapping[tuple[str, str, str], tuple[Overlap, ...]]
"""By company, platform and address of the profile."""


def with_overlaps(result: CompanyResult, found: Overlaps) -> CompanyResult:
    """The result with the overlaps of each of its profiles; the same one where there are none."""
    name = result.company.name
    audiences = tuple(
        replace(each, overlaps=found.get((name, each.platform, each.url), ()))
        for each in result.audiences
    )
    return result if audiences == result.audiences else replace(result, audiences=audiences)


def overlaps_of(results: Iterable[CompanyResult]) -> Overlaps:
    """The overlaps that results hold."""
    return {
        (result.company.name, each.platform, each.url): each.overlaps
        for result in results
        for each in result.audiences
    }
