"""Slips in names of measures and findings in a list: without a word they would do nothing."""

from collections.abc import Iterator
from difflib import get_close_matches

from audit.measure import metric_of, metrics
from audit.model.catalogue import Catalogue
from audit.model.company import Company, Competitors
from audit.model.kinds import POINTABLE
from audit.model.site import EMBEDDED_SERVICE

_FIGURES = ("followers", "posts_per_week")
"""What a person may read off a profile; each is a measure of its platform."""

_UNRULED = frozenset({EMBEDDED_SERVICE, "brand-assets", "embed", "rss", "search"})
"""Features that no rule of the catalogue names: they are told by the shape of a page."""

_NEAR = 0.75


def slips(competitors: Competitors, catalogue: Catalogue) -> tuple[str, ...]:
    """Say of each manual figure and each finding to ignore that none is called so, a line each."""
    platforms = tuple(rule.name for rule in catalogue.platforms)
    measures = [metric.id for metric in metrics()]
    measures += [f"channel.{name}.{figure}" for name in platforms for figure in _FIGURES]
    features = {*POINTABLE, *_UNRULED, *(rule.feature for rule in catalogue.features)}
    findings = [f"feature.{name}" for name in sorted(features)]
    findings += [f"channel.{name}" for name in platforms]
    return tuple(
        line
        for company in competitors.companies
        for line in (*_manual(company, measures), *_ignored(company, findings))
    )


def _manual(company: Company, known: list[str]) -> Iterator[str]:
    """Say which figures by hand stand in for no measure; `remarks` tells of those of `figures`."""
    for figure in company.manual:
        name = figure.measure
        channel = name.startswith("channel.")
        if name in known or name.startswith("figure.") or (metric_of(name) and not channel):
            continue
        yield f"{figure.place}: no measure is called {name}{_meant(name, known)}"


def _ignored(company: Company, known: list[str]) -> Iterator[str]:
    """Name the entries of `ignore` that are the name of no finding.

    Of features only what is nearly the name of one: an unknown one may come from a rule to be.
    """
    for entry in company.ignore:
        name = entry.finding
        meant = _meant(name, known)
        kind = name.partition(".")[0]
        if name not in known and (meant != "." or kind != "feature"):
            yield f"{entry.place}: no finding is called {name}{meant}"


def _meant(name: str, known: list[str]) -> str:
    """End a sentence with the name that was probably meant; with a stop where none is near."""
    close = get_close_matches(name[:80], known, n=1, cutoff=_NEAR)
    return f"; did you mean {close[0]}?" if close else "."
