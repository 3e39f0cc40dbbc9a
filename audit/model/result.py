"""What a run knows in the end: cadence, measures, one result a company, one snapshot a run."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from audit.model.audience import Audience
from audit.model.channel import Channel
from audit.model.company import Company, Competitors
from audit.model.exchange import Fetched, Robots
from audit.model.metric import Metric
from audit.model.site import Feature, Post
from audit.model.value import Known, Moment, Number, Unknown
from audit.model.visit import Note


class Status(StrEnum):
    """How recently a channel was used: 30, 90 and 365 days are the steps."""

    ACTIVE = "active"
    SLOWING = "slowing"
    DORMANT = "dormant"
    ABANDONED = "abandoned"
    NEVER = "never posted"


class TrendDirection(StrEnum):
    """Where a trend goes; steady where the interval includes 1."""

    RISING = "rising"
    FALLING = "falling"
    STEADY = "steady"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The span that a run measures: the `lookback_days` before `as_of` (UTC).

    A day is a calendar day in `timezone` (an IANA name).
    """

    as_of: datetime
    lookback_days: int
    timezone: str

    @property
    def start(self) -> datetime:
        """The first instant of the window."""
        return self.as_of - timedelta(days=self.lookback_days)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """Posts in the last 90 days ÷ posts in the 90 before, with its 95 % interval."""

    ratio: float | None
    low: float
    high: float | None
    direction: TrendDirection


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """How often, how lately, how steadily one channel is used, within the run's window.

    `posts` counts dated posts in the window; `interval` is the 95 % interval of posts_per_week;
    `coverage` is observed span ÷ window in 0..1; `months` counts posts per calendar month
    ("2026-10"), None where that month was not observed.
    """

    channel: str
    url: str
    posts: Number
    posts_per_week: Number
    interval: tuple[float, float] | None
    coverage: float
    truncated: bool
    newest: Moment
    recency_days: Number
    longest_gap_days: Number
    weeks_with_post: Number
    gap_variation: Number
    status: Known[Status] | Unknown
    trend: Known[Trend] | Unknown
    undated: int
    flagged: int
    months: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A value of one metric for one company; the metric is defined in docs/glossary.md."""

    metric: str
    value: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyResult:
    """Everything one run knows about one company."""

    company: Company
    channels: tuple[Channel, ...] = ()
    features: tuple[Feature, ...] = ()
    posts: tuple[Post, ...] = ()
    cadence: tuple[Cadence, ...] = ()
    measures: tuple[Measure, ...] = ()
    languages: tuple[str, ...] = ()
    robots: tuple[Robots, ...] = ()
    notes: tuple[Note, ...] = ()
    fetched: tuple[Fetched, ...] = ()
    audiences: tuple[Audience, ...] = ()

    @property
    def kept(self) -> Mapping[str, Fetched]:
        """What was fetched with success, by address: the next run asks only for changes."""
        return {each.url: each for each in self.fetched if each.outcome in ("ok", "unchanged")}

    @property
    def complete(self) -> bool:
        """False where something that a reader relies on could not be read."""
        return not any(note.incomplete for note in self.notes)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunInfo:
    """Which run this is; `as_of` ends the window, `finished_at` is None while it is broken."""

    id: str
    as_of: datetime
    started_at: datetime
    finished_at: datetime | None
    version: str
    rules_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Everything one run knows, immutable; `results` in the order of the file, own first.

    `notes` say what of the run itself could not be kept, or not be read again.
    """

    run: RunInfo
    competitors: Competitors
    results: tuple[CompanyResult, ...]
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rank:
    """The own company's place for one metric: 1 is the highest figure (or lowest, as defined)."""

    place: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One metric across companies, own first; `best` and `last` are company names, "" at a tie.

    `median` is over the competitors' known values and needs three; `rank` is None where half of
    the values are unknown or there is no baseline.
    """

    metric: str
    about: Metric
    values: tuple[tuple[str, Number], ...]
    median: Number
    best: str
    last: str
    rank: Rank | None
    read: int
