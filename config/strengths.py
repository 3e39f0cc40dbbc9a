"""Say how strong a rule is by what it rests on: the one policy of the catalogue."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from audit.model.catalogue import PLACES, Basis, FeatureRule, Strength

LOADED = ("script", "frame", "form")
"""Places whose addresses the page itself loads or sends to; a link is a mere mention."""

_SHORT = 4
"""A name with fewer letters must be a whole label of a host: `ada` stands in canada.example too."""

_PLUGIN = re.compile(
    r"/(?:(?:wp-content/plugins|modules/contrib|typo3conf/ext)/[\w-]{4,}"
    r"|(?:components|media)/com_\w{4,})/"
)
"""The folder of a plugin: such a name is given out once, by the software's own directory.

Components of Joomla lie in `/components/com_pumptalk/`, their scripts in `/media/com_pumptalk/`.

Names of fewer than four letters are left out, as folders of a site's own are called so too.
"""

_WORD = re.compile(r"[a-z0-9]+")


def decided(
    rules: Iterable[FeatureRule], stated: frozenset[str] = frozenset()
) -> tuple[FeatureRule, ...]:
    """Give each rule the strength of the policy, but for those (ids) that state one themselves.

    `documented` and `seen` are strong. `known` is weak, but for marks that name their product
    alone: an address that the page loads from a domain that bears the vendor's name and that no
    other vendor's mark meets, and the folder of a plugin. A domain that is remembered wrongly is
    nobody's and never fires; a class or a literal may be anybody's. A known rule with marks of both
    sorts becomes two, the weak one with `.hints` behind its id.
    """
    rules = tuple(rules)
    owners = _Owners(rules)
    return tuple(
        part for rule in rules for part in ((rule,) if rule.id in stated else _parts(rule, owners))
    )


def _parts(rule: FeatureRule, owners: "_Owners") -> Iterator[FeatureRule]:
    """Yield what the policy makes of a rule: itself, or its strong and its weak part."""
    if rule.rests_on is not Basis.KNOWN:
        yield _of_strength(Strength.STRONG, rule)
        return
    marks: dict[str, Any] = {place: getattr(rule, place) for place in PLACES}
    alone: dict[str, Any] = {
        place: tuple(mark for mark in listed if _names_alone(rule, place, mark, owners))
        for place, listed in marks.items()
    }
    if not any(alone.values()):
        if any(marks.values()):
            yield _of_strength(Strength.WEAK, rule)
        return
    yield replace(rule, strength=Strength.STRONG, **alone)
    others: dict[str, Any] = {
        place: tuple(mark for mark in listed if mark not in alone[place])
        for place, listed in marks.items()
    }
    if any(others.values()):
        yield replace(rule, id=f"{rule.id}.hints", strength=Strength.WEAK, **others)


def _of_strength(strength: Strength, rule: FeatureRule) -> FeatureRule:
    """Return a rule with a strength; nearly all are made with theirs."""
    return rule if rule.strength is strength else replace(rule, strength=strength)


def _names_alone(rule: FeatureRule, place: str, mark: str, owners: "_Owners") -> bool:
    """Tell whether a mark names its product and no other."""
    if place == "path":
        return _PLUGIN.search(mark) is not None
    return place in LOADED and owners.is_own(mark, rule.vendor)


class _Owners:
    """Whose the addresses of the catalogue are, by host and path."""

    def __init__(self, rules: Iterable[FeatureRule]) -> None:
        """Note for each address that is loaded, and each above it, the vendors that have it."""
        self._at: dict[str, set[str]] = defaultdict(set)
        self._under: dict[str, set[str]] = defaultdict(set)
        for rule in rules:
            for mark in (mark for place in LOADED for mark in getattr(rule, place)):
                self._at[_tidy(mark)].add(rule.vendor)
                for above in _above(_tidy(mark)):
                    self._under[above].add(rule.vendor)

    def is_own(self, mark: str, vendor: str) -> bool:
        """Tell whether an address bears a vendor's name, and no other vendor's mark meets it."""
        tidy = _tidy(mark)
        others = set().union(
            self._under.get(tidy, ()), *(self._at.get(a, ()) for a in _above(tidy))
        )
        return bool(named_domain(mark, vendor)) and others <= {vendor}


def _tidy(mark: str) -> str:
    """Return an address as it is compared: in lower case, without a slash at its end."""
    return mark.lower().rstrip("/$")


def _above(mark: str) -> Iterator[str]:
    """Yield an address and all those that hold it: shorter paths, then the domains above."""
    host, *parts = mark.split("/")
    labels = host.split(".")
    for length in range(len(parts), 0, -1):
        yield "/".join((host, *parts[:length]))
    for start in range(len(labels) - 1):
        yield ".".join(labels[start:])


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
