"""List marks that name one host of a vendor's own domain: `python -m tests.ties [FEATURE]`.

A vendor serves its script from other hosts tomorrow (`cdn-eu2.acme.example`). Each line is a mark
that could be its domain alone, unless the catalogue knows something else there: then the line says
what, and the tie is meant.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator

from audit.model.catalogue import FeatureRule
from config.catalogue import load_catalogue
from config.strengths import LOADED, named_domain
from scrapers.parse.urls import registrable


def main() -> int:
    """Print the ties of all features or of one."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("feature", nargs="?", default="")
    chosen = arguments.parse_args().feature
    rules = load_catalogue().features
    for rule, line in ties(rules):
        if chosen in ("", rule.feature):
            print(line)
    return 0


def ties(rules: Iterable[FeatureRule]) -> Iterator[tuple[FeatureRule, str]]:
    """Yield the rules with a mark that is tied to one host, each with a line about it."""
    rules = tuple(rules)
    served = _served(rules)
    for rule in rules:
        for place in LOADED:
            for mark in getattr(rule, place):
                host, domain = mark.partition("/")[0], _domain(mark)
                others = sorted(served[domain] - {f"{rule.feature} {rule.vendor}"})
                if host != domain and named_domain(domain, rule.vendor):
                    also = f"; there is also {', '.join(others)}" if others else ""
                    yield rule, f"{rule.id}: {place} {mark} of {domain}{also}"


def _served(rules: Iterable[FeatureRule]) -> dict[str, set[str]]:
    """Return the products that the rules know of each domain."""
    served: dict[str, set[str]] = defaultdict(set)
    for rule in rules:
        for mark in (mark for place in LOADED for mark in getattr(rule, place)):
            served[_domain(mark)].add(f"{rule.feature} {rule.vendor}")
    return served


def _domain(mark: str) -> str:
    """Return the domain that a mark's host belongs to."""
    return registrable(mark.partition("/")[0])


if __name__ == "__main__":
    raise SystemExit(main())
