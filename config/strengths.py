"""Say how strong a rule is by what it rests on: the one policy of the catalogue."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from audit.model.catalogue import PLACES, Basis, FeatureRule, Strength

LOADED = ("script", "frame", "form")
"""Places whose addresses the page itself loads or sends to; a link is a mere mention."""

_SHORT = 4
"""A name with fewer letters must be a whole label of a host: `ada` stands in canada.example too."""

_PLUGIN = re.compile(r"/(?:wp-content/plugins|modules/contrib|typo3conf/ext)/[\w-]{4,}/")
"""The folder of a plugin: such a name is given out once, by the software's own directory."""

_WORD = re.compile(r"[a-z0-9]+")


def decided(
    rules: Iterable[FeatureRule], stated: frozenset[str] = frozenset()
) -> tuple[FeatureRule, ...]:
    """Give each rule the strength of the policy, but for those (ids) that state one themselves.

    `documented` and `seen` are strong. `known` is weak, unless each mark names its product alone:
    an address that the page loads from a domain that bears the vendor's name and serves no other
    product of the catalogue, or the folder of a plugin. A domain that is remembered wrongly is
    nobody's and never fires; a class or a literal may be anybody's.
    """
    rules = tuple(rules)
    products = _products_of_domains(rules)
    return tuple(
        rule if rule.id in stated else replace(rule, strength=_strength(rule, products))
        for rule in rules
    )


def _strength(rule: FeatureRule, products: Mapping[str, frozenset[str]]) -> Strength:
    """Return what the policy makes of a rule; `products` are those that a domain serves."""
    if rule.rests_on is not Basis.KNOWN:
        return Strength.STRONG
    marks = [(place, mark) for place in PLACES for mark in getattr(rule, place)]
    alone = all(
        (place in LOADED and _is_own(mark, rule.vendor, products))
        or (place == "path" and _PLUGIN.search(mark) is not None)
        for place, mark in marks
    )
    return Strength.STRONG if alone and marks else Strength.WEAK


def _is_own(mark: str, vendor: str, products: Mapping[str, frozenset[str]]) -> bool:
    """Tell whether an address lies on a domain of the vendor's name that serves one product."""
    domain = named_domain(mark, vendor)
    return bool(domain) and len(products.get(domain, frozenset())) <= 1


def named_domain(mark: str, vendor: str) -> str:
    """Return the part of a mark's host that bears a vendor's name, "" if none does.

    `cdn.pumptalk.example/w.js` of Pumptalk gives `pumptalk.example`, `w.pump.talk` `pump.talk`.
    """
    labels = mark.partition("/")[0].lower().split(".")
    words = _WORD.findall(vendor.lower())
    for start in range(len(labels) - 2, -1, -1):
        joined = "".join(labels[start:]).replace("-", "")
        if _bears(labels[start].replace("-", ""), words) or joined == "".join(words):
            return ".".join(labels[start:])
    return ""


def _bears(label: str, words: list[str]) -> bool:
    """Tell whether a label of a host holds a vendor's name or a telling word of it."""
    names = ("".join(words), *words)
    return any(name == label or (len(name) >= _SHORT and name in label) for name in names)


def _products_of_domains(rules: Iterable[FeatureRule]) -> dict[str, frozenset[str]]:
    """Return the products that the catalogue knows of each domain and those above it."""
    products: dict[str, set[str]] = defaultdict(set)
    for rule in rules:
        for mark in (mark for place in LOADED for mark in getattr(rule, place)):
            labels = mark.partition("/")[0].lower().split(".")
            for start in range(len(labels) - 1):
                products[".".join(labels[start:])].add(f"{rule.feature} {rule.vendor}")
    return {domain: frozenset(known) for domain, known in products.items()}
