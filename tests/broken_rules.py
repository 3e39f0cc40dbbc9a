"""Break rules of the catalogue at random and say which tests notice it.

`python -m tests.broken_rules --seed 1 --number 10`: each breaks one rule in one way (an address
with a letter too many, a class or id that is gone, a strength turned over) and asks the tests that
do not take their answer from the rule: the snippets of vendors, and the ledger.
"""

import argparse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random

from audit.model.catalogue import Basis, FeatureRule, Strength
from config.catalogue import load_catalogue
from scrapers.page.index import SignalIndex
from tests.ledger import differences, ledger
from tests.snippets import documented, faults, features

ADDRESSES = ("script", "frame", "link", "form")
Way = Callable[[FeatureRule, Random], tuple[str, FeatureRule] | None]
"""How a rule is broken: what was done and the broken rule, or None where it has nothing to break."""


@dataclass(frozen=True, slots=True)
class Break:
    """One rule that is broken: what was done, the rule before, all rules with it broken."""

    what: str
    rule: FeatureRule
    rules: tuple[FeatureRule, ...]


def main() -> int:
    """Break some rules and print who notices; 1 where nobody does."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--number", type=int, default=10)
    arguments.add_argument("--covered", action="store_true", help="documented ones alone")
    chosen = arguments.parse_args()
    rules = load_catalogue().features
    unseen = 0
    for broken in breaks(rules, chosen.seed, chosen.number, covered=chosen.covered):
        noticed = [name for name, told in noticed_by(broken).items() if told]
        unseen += not noticed
        print(f"{broken.rule.id}: {broken.what}: {', '.join(noticed) or 'NOBODY'}")
    return 1 if unseen else 0


def breaks(
    rules: Sequence[FeatureRule], seed: int, number: int, *, covered: bool = False
) -> Iterator[Break]:
    """Yield so many breaks, of all rules or of documented ones whose product has a snippet."""
    random = Random(seed)  # noqa: S311 - the same breaks each time
    held = {(entry.feature, entry.product) for name in features() for entry in documented(name)}
    of_held = [
        rule
        for rule in rules
        if rule.rests_on is Basis.DOCUMENTED and (rule.feature, rule.vendor) in held
    ]
    ways = (_misspelt, _without_name, _turned_over)
    for turn in range(number):
        what, rule, other = _broken(of_held if covered else rules, ways[turn % len(ways)], random)
        yield Break(what, rule, tuple(other if each is rule else each for each in rules))


def _broken(
    rules: Sequence[FeatureRule], way: Way, random: Random
) -> tuple[str, FeatureRule, FeatureRule]:
    """Break the first rule that chance names and that can be broken in this way."""
    while True:
        rule = random.choice(rules)
        broken = way(rule, random)
        if broken is not None:
            what, other = broken
            return what, rule, other


def noticed_by(broken: Break) -> dict[str, list[str]]:
    """Return what the snippets and the ledger say of a break."""
    index = SignalIndex(broken.rules)
    rule = broken.rule
    entries = documented(rule.feature) if rule.feature in features() else ()
    told = [
        fault for entry in entries if entry.product == rule.vendor for fault in faults(entry, index)
    ]
    return {"snippets": told, "ledger": differences(ledger(broken.rules))}


def _misspelt(rule: FeatureRule, random: Random) -> tuple[str, FeatureRule] | None:
    """Spell one address of a rule with a letter too many."""
    places = [place for place in ADDRESSES if getattr(rule, place)]
    if not places:
        return None
    place = random.choice(places)
    marks = list(getattr(rule, place))
    at = random.randrange(len(marks))
    host, slash, path = marks[at].partition("/")
    before, marks[at] = marks[at], f"{host}x{slash}{path}"
    return f"{place} {before} as {marks[at]}", _with(rule, place, marks)


def _without_name(rule: FeatureRule, random: Random) -> tuple[str, FeatureRule] | None:
    """Leave out one class, id or attribute of a rule."""
    if not rule.css:
        return None
    gone = random.choice(rule.css)
    return f"without {gone}", _with(rule, "css", [mark for mark in rule.css if mark != gone])


def _turned_over(rule: FeatureRule, _random: Random) -> tuple[str, FeatureRule]:
    """Make a strong rule weak, a weak one strong."""
    weak = rule.strength is Strength.WEAK
    other = Strength.STRONG if weak else Strength.WEAK
    return f"{rule.strength} as {other}", replace(rule, strength=other)


def _with(rule: FeatureRule, place: str, marks: Sequence[str]) -> FeatureRule:
    """Return a rule with other marks in one place."""
    changed: dict[str, tuple[str, ...]] = {place: tuple(marks)}
    return replace(rule, **changed)  # type: ignore[arg-type]  # a place holds texts alone


if __name__ == "__main__":
    raise SystemExit(main())
