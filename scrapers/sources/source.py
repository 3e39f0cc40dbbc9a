"""What a reader of a public interface is, and all of them, found by their files."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from audit.families import offered_if_any
from audit.model.exchange import Page
from audit.model.facts import PageFacts, SourceFacts
from audit.model.kinds import ActivityKind
from audit.model.site import Activity
from audit.model.value import Evidence
from scrapers.parse.text import clean

_LARGEST = 10**12
"""No software counts so much; a larger number in an answer is none of its counts."""


@dataclass(frozen=True, slots=True)
class Source:
    """How to ask one software for what happens in it, by a documented and public interface.

    `vendor` and `feature` are those of the rule that recognises the software on a page, `also` the
    other names that the rules know it by (Khoros is also Lithium Community). `addresses` gives what
    to ask for, from a page of that software, the most telling address first. `read` reads any of
    the answers; it gives None for one that is not as documented.
    """

    feature: str
    vendor: str
    addresses: Callable[[PageFacts], Sequence[str]]
    read: Callable[[Page], SourceFacts | None]
    also: tuple[str, ...] = ()


@dataclass(slots=True)
class Reading:
    """The figures of one answer, collected while it is read; `rule` stands in their evidence."""

    page: Page
    rule: str
    figures: list[Activity] = field(default_factory=list)

    def add(self, kind: ActivityKind, value: object) -> None:
        """Take a time, or a whole number from 0 to below 10^12; leave out everything else."""
        if isinstance(value, datetime) or (
            isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _LARGEST
        ):
            proof = self.proof(f"{kind}: {value}")
            self.figures.append(Activity(kind=kind, value=value, evidence=proof))

    def proof(self, words: str) -> Evidence:
        """Give the answer as evidence, with up to 200 characters of what was read in it."""
        return self.page.proof(self.rule, clean(words, 200))


@cache
def sources() -> Mapping[str, Source]:
    """Return all readers by the names of their files, such as `discourse`.

    Raises:
        TypeError: a module offers a reader by another name than `SOURCE`.
    """
    # Readers import this module: they can be looked for only when it is complete.
    import scrapers.sources as package

    names = sorted(module.name for module in iter_modules(package.__path__))
    modules = ((name, import_module(f"scrapers.sources.{name}")) for name in names)
    offers = (
        (name, offered_if_any(module, "SOURCE", Source, "docs/add-a-rule.md"))
        for name, module in modules
    )
    return {name: source for name, source in offers if source is not None}


def asked_of(facts: PageFacts) -> Sequence[tuple[str, str]]:
    """Return the interfaces worth asking for the software that a page shows: (reader, address)."""
    known = software_of(facts)
    return [
        (name, address)
        for name, source in sources().items()
        if any((source.feature, vendor) in known for vendor in (source.vendor, *source.also))
        for address in source.addresses(facts)
    ]


def software_of(facts: PageFacts) -> set[tuple[str, str]]:
    """Return the software that a page surely shows: (feature, vendor).

    A weak signal of a software is no reason to ask for its interface; at two places it is.
    """
    known = {(signal.feature, signal.vendor) for signal in facts.signals if signal.strong}
    places = {(signal.feature, signal.vendor, signal.place) for signal in facts.signals}
    counts = Counter((feature, vendor) for feature, vendor, place in places if place != "link")
    return known | {software for software, count in counts.items() if count > 1}
