"""What a reader of a public interface is, and all of them, found by their files."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from audit.model.activity import Activity, ActivityKind
from audit.model.exchange import Page
from audit.model.facts import PageFacts, SourceFacts
from audit.model.value import Evidence
from scrapers.parse.readable import read_json
from scrapers.parse.text import clean

_DIGITS = 12
_MOST = 10**_DIGITS
"""No software counts so much; a larger number is none of its counts."""


@dataclass(frozen=True, slots=True)
class Source:
    """How to ask one software for what happens in it, by a documented and public interface.

    `vendor` and `feature` are those of the rule that recognises it, `also` its other names there;
    `addresses` gives what to ask for, from a page of that software, the most telling first; `read`
    tells the answers apart, and gives None for one that is not as documented.
    """

    feature: str
    vendor: str
    addresses: Callable[[PageFacts], Sequence[str]]
    read: Callable[[Page], SourceFacts | None]
    also: tuple[str, ...] = ()


@dataclass(slots=True)
class Reading:
    """What is read of one answer, while it is being read."""

    page: Page
    rule: str
    figures: list[Activity] = field(default_factory=list)

    def add(self, kind: ActivityKind, value: object) -> None:
        """Take a count that is one, or a time."""
        if isinstance(value, datetime) or (
            isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _MOST
        ):
            shown = f"{kind}: {value}"
            self.figures.append(Activity(kind=kind, value=value, evidence=self.proof(shown)))

    def proof(self, shown: str) -> Evidence:
        """The answer as evidence."""
        return Evidence(
            url=self.page.url,
            fetched_at=self.page.fetched_at,
            rule=self.rule,
            excerpt=clean(shown, 200),
            record=self.page.record,
        )


@cache
def sources() -> Mapping[str, Source]:
    """All readers by the names of their files."""
    import scrapers.sources as package

    names = sorted(module.name for module in iter_modules(package.__path__))
    modules = ((name, import_module(f"scrapers.sources.{name}")) for name in names)
    return {name: module.SOURCE for name, module in modules if hasattr(module, "SOURCE")}


def asked_of(facts: PageFacts) -> Sequence[tuple[str, str]]:
    """The interfaces worth asking, for the software that a page shows: (reader, address)."""
    seen = {(signal.feature, signal.vendor) for signal in facts.signals if signal.strong}
    return [
        (name, address)
        for name, source in sources().items()
        if any((source.feature, vendor) in seen for vendor in (source.vendor, *source.also))
        for address in source.addresses(facts)
    ]


def json_of(page: Page) -> Mapping[str, object]:
    """The object that an answer holds; an empty one where it holds none."""
    found = read_json(page.body)
    return found if isinstance(found, dict) else {}


def at(said: object, *path: str) -> object:
    """What lies under these keys, or None."""
    for key in path:
        said = said.get(key) if isinstance(said, dict) else None
    return said


def listed(said: object) -> list[Mapping[str, object]]:
    """The objects of a list; an empty list where there is none."""
    return [each for each in said if isinstance(each, dict)] if isinstance(said, list) else []


def text_of(said: object) -> str:
    """A text as it is; empty for everything else."""
    return said if isinstance(said, str) else ""


def count_of(said: object) -> int | None:
    """A number that counts something; None for everything else."""
    if isinstance(said, str):
        return int(said) if said.isdecimal() and len(said) < _DIGITS else None
    usable = isinstance(said, int) and not isinstance(said, bool) and 0 <= said < _MOST
    return said if usable and isinstance(said, int) else None


def time_of(said: object) -> datetime | None:
    """A time in UTC from ISO 8601, or None."""
    if not isinstance(said, str):
        return None
    try:
        found = datetime.fromisoformat(said)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
