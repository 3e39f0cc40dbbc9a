"""What every sheet is drawn from: one run's snapshot and comparison, looked up once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from audit.model.metric import Metric
from audit.model.result import CompanyResult, Comparison, Snapshot
from audit.model.value import Absent, Evidence, Known, Number, Unknown
from reports.evidence import EvidenceIndex
from reports.look import BODY, OWN, Style, varied
from reports.page import FIRST_ROW
from reports.words import Names

_LONG_NAME = 19


class Report:
    """What every sheet is drawn from: the snapshot, in the order in which readers meet it."""

    def __init__(
        self, snapshot: Snapshot, comparisons: Sequence[Comparison], evidence: EvidenceIndex
    ) -> None:
        """Look up once what the sheets ask for again and again."""
        self.snapshot = snapshot
        self.evidence = evidence
        self.results = tuple(sorted(snapshot.results, key=lambda each: not each.company.own))
        self.companies = tuple(result.company.name for result in self.results)
        self.own = next((each.company.name for each in self.results if each.company.own), "")
        self.names = Names(snapshot.competitors.catalogue)
        self.zone = ZoneInfo(snapshot.competitors.settings.timezone)
        self.comparisons: Mapping[str, Comparison] = {each.metric: each for each in comparisons}
        self._values = {each.metric: dict(each.values) for each in comparisons}
        self._rows = {row.evidence: at for at, row in enumerate(evidence.rows(), FIRST_ROW)}

    @property
    def rivals(self) -> tuple[CompanyResult, ...]:
        """The competitors."""
        return tuple(result for result in self.results if not result.company.own)

    @property
    def since(self) -> datetime:
        """The first instant of the window."""
        settings = self.snapshot.competitors.settings
        return self.snapshot.run.as_of - timedelta(days=settings.lookback_days)

    @property
    def partial(self) -> bool:
        """True where the run was interrupted."""
        return self.snapshot.run.finished_at is None

    def name_width(self, usual: float) -> float:
        """The width of a column of companies: a little more than usual where names are long."""
        longest = max((len(name) for name in self.companies), default=0)
        return min(usual + 4, max(usual, longest))

    def proof(self, evidence: Sequence[Evidence]) -> str:
        """The link to the row of the first proof on sheet Evidence, or nothing."""
        at = next((self._rows[each] for each in evidence if each in self._rows), 0)
        return f"#Evidence!A{at}" if at else ""

    def proof_of(self, value: Number) -> str:
        """The link to the proof of a value."""
        match value:
            case Known(evidence=evidence) | Absent(evidence=evidence):
                return self.proof(evidence)
            case Unknown():
                return ""

    def value(self, company: str, metric: str) -> Number | None:
        """The value of a metric for a company; None where it was not compared."""
        return self._values.get(metric, {}).get(company)

    def metric(self, name: str) -> Metric:
        """The definition of a metric; a platform's bears the platform's name."""
        about = self.comparisons[name].about
        if not name.startswith("channel."):
            return about
        platform = name.removeprefix("channel.").rpartition(".")[0]
        title = f"{self.names.platform(platform)}, {about.title.partition(', ')[2]}"
        return replace(about, title=title)


def name_style(report: Report, company: str, base: Style = BODY) -> Style:
    """The name of a company: our own in our colour, a long one in small type."""
    if len(company) > _LONG_NAME:
        base = varied(base, size=min(base.size, 9), shrink=True)
    return varied(base, bold=True, color=OWN) if company == report.own else varied(base, bold=True)
