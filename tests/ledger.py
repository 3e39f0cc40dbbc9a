"""What the catalogue holds, in a line a feature: a change of a rule is one that was meant.

`python -m tests.ledger` says what differs from the file, `--write` renews it. The digest is taken
of each rule's name, vendor, direction, basis, strength and marks.
"""

import argparse
import hashlib
from collections.abc import Iterable
from pathlib import Path

from audit.model.catalogue import PLACES, FeatureRule, Strength
from config.catalogue import load_catalogue

FILE = Path(__file__).parent / "scrapers" / "page" / "ledger.txt"


def main() -> int:
    """Compare the packaged catalogue with the ledger, or write it anew."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--write", action="store_true", help="take the catalogue as it is")
    lines = ledger(load_catalogue().features)
    if arguments.parse_args().write:
        FILE.write_text("\n".join(lines) + "\n", "utf-8")
        return 0
    changed = differences(lines)
    print(*changed, sep="\n")
    return 1 if changed else 0


def ledger(rules: Iterable[FeatureRule]) -> list[str]:
    """Return a line for each feature: its numbers of vendors, rules, strong ones, marks; a digest."""
    by_feature: dict[str, list[FeatureRule]] = {}
    for rule in rules:
        by_feature.setdefault(rule.feature, []).append(rule)
    return [_line(feature, by_feature[feature]) for feature in sorted(by_feature)]


def differences(lines: Iterable[str]) -> list[str]:
    """Return the lines that the ledger has otherwise, each with a sign: - noted, + as it is."""
    noted, now = set(FILE.read_text("utf-8").splitlines()), set(lines)
    return [
        *(f"- {line}" for line in sorted(noted - now)),
        *(f"+ {line}" for line in sorted(now - noted)),
    ]


def _line(feature: str, rules: list[FeatureRule]) -> str:
    """Return the line of a feature."""
    strong = sum(rule.strength is Strength.STRONG for rule in rules)
    marks = sum(len(getattr(rule, place)) for rule in rules for place in PLACES)
    vendors = len({rule.vendor for rule in rules})
    told = "\n".join(sorted(_told(rule) for rule in rules))
    digest = hashlib.sha256(told.encode()).hexdigest()[:16]
    return f"{feature}: {vendors} vendors, {len(rules)} rules, {strong} strong, {marks} marks, {digest}"


def _told(rule: FeatureRule) -> str:
    """Return everything that a rule says, in an order that does not depend on its file."""
    marks = (f"{place}={mark}" for place in PLACES for mark in sorted(getattr(rule, place)))
    said = (rule.id, rule.vendor, rule.direction, rule.rests_on, rule.strength, *marks)
    return "\t".join(said)


if __name__ == "__main__":
    raise SystemExit(main())
