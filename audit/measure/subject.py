"""What a subject of measures offers: its metrics, and the formulas that give their values."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from audit.model.breakdown import Breakdown, Part
from audit.model.catalogue import Catalogue
from audit.model.company import Company, Competitors, Kpi, Theme
from audit.model.metric import Metric
from audit.model.result import Cadence, CompanyResult, Window
from audit.model.topics import Topic
from audit.model.value import Evidence, Number, Unknown
from audit.model.visit import Visit

T = TypeVar("T")
R = TypeVar("R")

Values = Mapping[str, Number]
"""Values by the ids of their metrics."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a run knows beside the companies: the list as a person wrote it, and the catalogue.

    Made by `audit/run.py` and `audit/replay.py`, once a run.
    """

    competitors: Competitors
    catalogue: Catalogue
    window: Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What a subject is given of one company, whose site could be reached.

    Made by `audit/measure/company.py`. `rows` is the cadence of each section and profile; `proof`
    shows that the site was looked at, for what is absent. `earlier` is what the run before knew;
    None in a first run. `lost` are the kinds of sections that had posts then, and why they are
    unknown now.
    """

    company: Company
    visit: Visit
    rows: tuple[Cadence, ...]
    proof: tuple[Evidence, ...]
    context: Context
    earlier: CompanyResult | None = None
    lost: Mapping[str, Unknown] = field(default_factory=dict)


Overlaps = Mapping[tuple[str, str, str], tuple[Part, ...]]
"""Shares of a sample of followers that follow other companies, by company, platform, address."""


class Doing(Protocol):
    """Where large work is done: here, or in a process of its own (`audit/crew/apart.py`)."""

    def __call__(self, work: Callable[[Iterable[T]], R], pieces: Callable[[], Iterable[T]]) -> R:
        """Do `work`, a function of a module or a `partial` of one, on pieces; return its result."""


def here(work: Callable[[Iterable[T]], R], pieces: Callable[[], Iterable[T]]) -> R:
    """Do work in this process."""
    return work(pieces())


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """What a run knows of all companies together that no single result holds.

    `named` are the user's own topics, `topics` those of the run before. Without a `window` no
    topics are looked for, and no KPI is held against its target. `kpis` are those of the file,
    `earlier` what the run before knew of the own company; None in a first run. `doing` does what
    takes much memory.
    """

    overlaps: Overlaps
    window: Window | None = None
    named: tuple[Theme, ...] = ()
    topics: tuple[Topic, ...] = ()
    kpis: tuple[Kpi, ...] = ()
    earlier: CompanyResult | None = None
    doing: Doing = here


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Metrics of which nobody knows beforehand how many there are, such as two for a platform.

    `of` gives the metric of an id, or None where it is none of the family; `in_results` lists those
    that some results have, in the order in which they are compared; `missing` tells what stands for
    a company that has no value of one: nothing, or why that is not known. `ids` are those that can
    be named before any results are there.
    """

    of: Callable[[str], Metric | None]
    in_results: Callable[[Sequence[CompanyResult]], Sequence[Metric]]
    missing: Callable[[CompanyResult, Metric], Number]
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A subject of measures: one file of this folder, found by its name.

    `order` is its place among the others (tens, with room between). `of_company` gives the values
    of one company, `of_values` those that are about other values, `breakdowns_of` what comes in
    named parts. `of_all` adds to the results what only all companies together tell; it may give
    them one after the other. `from_pages`: where scripts draw the site, what its HTML does not show
    is unknown, not zero.
    """

    name: str
    order: int
    metrics: tuple[Metric, ...] = ()
    family: Family | None = None
    of_company: Callable[[Brief], Values] | None = None
    of_values: Callable[[Values], Values] | None = None
    breakdowns_of: Callable[[Brief], tuple[Breakdown, ...]] | None = None
    of_all: Callable[[Sequence[CompanyResult], Together], Iterable[CompanyResult]] | None = None
    from_pages: bool = True
