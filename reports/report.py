"""What every sheet is drawn from: one run's snapshot and comparison, looked up once."""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Self
from zoneinfo import ZoneInfo

from audit.measure.themes.gaps import TopicGap, gaps
from audit.model.brand import Brand
from audit.model.company import Company
from audit.model.metric import Metric
from audit.model.past import NO_PAST, Past
from audit.model.result import CompanyResult, Comparison, Snapshot
from audit.model.value import Absent, Evidence, Known, Number, Unknown
from reports.evidence import EvidenceIndex
from reports.people import NOTHING_KEPT, Kept
from reports.tables import ToProof
from reports.words import Names, catalogue_of


class Report:
    """What every sheet is drawn from: the snapshot, in the order in which readers meet it."""

    def __init__(
        self,
        snapshot: Snapshot,
        comparisons: Sequence[Comparison],
        past: Past = NO_PAST,
        of_all: "Report | None" = None,
    ) -> None:
        """Look up once what the sheets ask for again and again.

        `past` is what the history knows from before the run; nothing in a first one. `of_all` is
        the report of all companies, where this one is of those nearest to our own; both number
        their proofs alike, as sheet Evidence is that of all.
        """
        self.snapshot, self.past = snapshot, past
        self.kept = NOTHING_KEPT
        self.of_all: Report = self if of_all is None else of_all
        units = {each.metric: each.about.unit for each in comparisons}
        self.evidence: EvidenceIndex = (
            EvidenceIndex(snapshot, units) if of_all is None else of_all.evidence
        )
        # Stable: behind our own company the others keep the order of the list.
        self.results = tuple(sorted(snapshot.results, key=lambda each: not each.company.own))
        self.companies = tuple(result.company.name for result in self.results)
        self.own = next((each.company.name for each in self.results if each.company.own), "")
        self.catalogue = catalogue_of(snapshot.competitors.catalogue)
        self.names = Names(self.catalogue)
        self.zone = ZoneInfo(snapshot.competitors.settings.timezone)
        self.comparisons: Mapping[str, Comparison] = {each.metric: each for each in comparisons}
        self._values = {each.metric: dict(each.values) for each in comparisons}

    def carrying(self, kept: Kept) -> Self:
        """Return the same report with the words of people from the workbook that it replaces."""
        other = copy(self)
        other.kept = kept
        other.of_all = other if self.of_all is self else self.of_all.carrying(kept)
        return other

    @property
    def brand(self) -> Brand:
        """Return the look that the reader's own house asks for."""
        return self.snapshot.competitors.brand

    @property
    def rivals(self) -> tuple[CompanyResult, ...]:
        """Return the competitors, in their order."""
        return tuple(result for result in self.results if not result.company.own)

    @property
    def since(self) -> datetime:
        """Return the first instant of the window."""
        settings = self.snapshot.competitors.settings
        return self.snapshot.run.as_of - timedelta(days=settings.lookback_days)

    def days_of(self, company: Company) -> int:
        """Return the days of the window of a company, which may have one of its own."""
        return company.days_back(self.snapshot.competitors.settings)

    def since_of(self, company: Company) -> datetime:
        """Return the first instant of the window of a company."""
        return self.snapshot.run.as_of - timedelta(days=self.days_of(company))

    @cached_property
    def topic_gaps(self) -> tuple[TopicGap, ...]:
        """Return the topics across companies; looked up once, as all posts are gone through."""
        return gaps(self.snapshot.results)

    @property
    def partial(self) -> bool:
        """Tell whether the run was interrupted."""
        return self.snapshot.run.finished_at is None

    def proof(self, evidence: Sequence[Evidence]) -> ToProof | None:
        """Return the way to the first piece of evidence, or None where there is none."""
        numbers = self.evidence.ids(tuple(evidence))
        return ToProof(numbers[0]) if numbers else None

    def proof_of(self, value: Number) -> ToProof | None:
        """Return the way to the proof of a value."""
        match value:
            case Known(evidence=evidence) | Absent(evidence=evidence):
                return self.proof(evidence)
            case Unknown():
                return None

    def value(self, company: str, metric: str) -> Number | None:
        """Return the value of a metric for a company; None where it was not compared."""
        return self._values.get(metric, {}).get(company)

    def metric(self, name: str) -> Metric:
        """Return the definition of a metric that is compared, in the words of readers."""
        return self.named(self.comparisons[name].about)

    def named(self, about: Metric) -> Metric:
        """Return a metric in the words of readers: one of a platform bears the platform's name."""
        if not about.id.startswith("channel."):
            return about
        platform = self.names.platform(about.id.removeprefix("channel.").rpartition(".")[0])
        title = f"{platform}, {about.title.partition(', ')[2]}"
        return replace(about, title=title, phrase=replace(about.phrase, before=f"{platform}: "))
