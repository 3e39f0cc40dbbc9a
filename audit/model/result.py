"""What a run knows in the end: cadence, measures, one result a company, one snapshot a run."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from audit.model.breakdown import Audience, Breakdown
from audit.model.channel import Channel
from audit.model.company import Company, Competitors
from audit.model.engagement import Engagement
from audit.model.exchange import BY_HAND, RECALLED, Fetched, Robots
from audit.model.followers import AudienceSize
from audit.model.hashtags import Hashtags
from audit.model.kpi import KpiProgress
from audit.model.ladder import Rung
from audit.model.metric import Metric
from audit.model.read_list import ReadList
from audit.model.site import Extent, Feature, Post, PostList
from audit.model.topics import NOT_LOOKED_AT, CompanyTopics
from audit.model.value import TOO_FAR_AHEAD, Known, Moment, Number, Qualifier, Reason, Unknown
from audit.model.visit import GIVEN_UP, Note


class Status(StrEnum):
    """How recently a channel was used; the steps are 30, 90 and 365 days.

    The days are those of docs/glossary.md, Cadence; NEVER is said only of a complete, empty list.
    """

    ACTIVE = "active"
    SLOWING = "slowing"
    DORMANT = "dormant"
    ABANDONED = "abandoned"
    NEVER = "never posted"


class TrendDirection(StrEnum):
    """Where a trend goes; steady where its interval includes 1, so that neither is proved."""

    RISING = "rising"
    FALLING = "falling"
    STEADY = "steady"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The span that a run measures: the `lookback_days` before `as_of` (UTC).

    Made by `audit/plan.py`. A day is a calendar day in `timezone` (an IANA name).
    """

    as_of: datetime
    lookback_days: int
    timezone: str

    @property
    def start(self) -> datetime:
        """Return the first instant of the window."""
        return self.as_of - timedelta(days=self.lookback_days)

    def is_ahead(self, at: datetime, seen_at: datetime) -> bool:
        """Tell whether a post seen at some time lies behind the end of the span.

        Clocks and zones differ, so that 48 hours are allowed; but not in a run that looks back from
        later on, as with `--as-of`: there a post of the days between is really a later one.
        """
        looks_back = seen_at - self.as_of >= timedelta(days=1)
        return at > self.as_of + (timedelta() if looks_back else TOO_FAR_AHEAD)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trend:
    """Posts in the last 90 days ÷ posts in the 90 before, with its 95 % interval.

    `ratio` and `high` are None where there was no post in the 90 days before: the ratio may then be
    as high as one likes.
    """

    ratio: float | None
    low: float
    high: float | None
    direction: TrendDirection


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """An hour of a week (weekday: Monday is 0; hour: 0 to 23) and the posts in it."""

    weekday: int
    hour: int
    posts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    """Posts of the window by weekday and hour in the zone of the settings.

    Made by `audit/measure/timing.py` of 30 posts or more. `posts` have a weekday, `timed` of them
    an hour, too; `weekdays` are seven counts from Monday on, `hours` seven rows of 24, empty where
    fewer than 30 posts have an hour. `busiest` is None at a tie and without hours.
    """

    posts: int
    timed: int
    weekdays: tuple[int, ...]
    hours: tuple[tuple[int, ...], ...]
    busiest: Slot | None


NO_PATTERN = Unknown(reason=Reason.NOT_CHECKED, detail="not measured in that run")
"""What stands for the pattern in histories of before December 2026."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """The first post of all of a section or profile that began within the window.

    `posts_per_week` is (n − 1) ÷ weeks since then; unknown of less than four weeks. Made by
    `audit/measure/beginning.py`.
    """

    at: datetime
    posts_per_week: Known[float] | Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """How often, how lately, how steadily one channel is used, within the run's window.

    Made by `audit/measure/cadence.py`, one for each section and each profile whose posts were read.
    `posts` counts dated posts in the window; `interval` is the 95 % interval of posts_per_week, and
    None where there is no such rate; `coverage` is observed span ÷ window in 0 to 1. `undated`
    counts posts without a date, `flagged` those whose date is not trusted. `months` counts posts
    per calendar month ("2026-10"), None where that month was not observed; it is empty where
    nothing could be read. `pattern` tells on which weekdays and at which hours. `lists` are those
    that name the posts of a section, each with how far it was read; none for a profile. `began` is
    told of what is younger than the window, and None otherwise.
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
    pattern: Known[Pattern] | Unknown = NO_PATTERN
    lists: tuple[PostList, ...] = ()
    began: Beginning | None = None

    @property
    def by_hand(self) -> bool:
        """Tell whether a person has told it: of the days of its posts only the last is known."""
        told = (self.posts, self.newest)
        return any(isinstance(each, Known) and Qualifier.MANUAL in each.qualifiers for each in told)

    @property
    def picked(self) -> bool:
        """Tell whether its posts are picks, so that others may be newer."""
        rate = self.posts_per_week
        is_exact = isinstance(rate, Known) and Qualifier.ESTIMATE not in rate.qualifiers
        return self.truncated and is_exact

    @property
    def extent(self) -> Extent | None:
        """Return how far the posts of a section were read; None where no list was told."""
        if not self.lists:
            return None
        extents = {each.extent for each in self.lists}
        if self.truncated or extents == {Extent.CUT}:
            return Extent.CUT
        return Extent.WHOLE if Extent.WHOLE in extents else Extent.WINDOW

    @property
    def disagree(self) -> bool:
        """Tell whether lists that were read to their end differ by over 2 % and more than a post.

        One with less than half as many posts as another is of a part of the section, such as the
        feed of a category.
        """
        counts = [each.posts for each in self.lists if each.extent is Extent.WHOLE]
        most = max(counts, default=0)
        least = min((count for count in counts if 2 * count >= most), default=0)
        return most - least > max(1, 0.02 * most)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A value of one metric for one company; the metric is defined in docs/glossary.md."""

    metric: str
    value: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class CompanyResult:
    """Everything one run knows about one company.

    Made by `audit/measure/company.py`. A company that was not visited to the end has no `measures`
    and a note that says why (`audit/store/missing.py`). `audiences` is empty unless followers were
    sampled, `ladder` where no site could be reached and in histories from before December 2026.
    `pattern` and `together` are those of its own site and own channels as one; the latter is None
    where none of them could be read. `engagement` is that over
    all channels, then that of each; empty without channels.
    `topics` is what only all companies together tell (`audit/measure/topics.py`).
    `hashtags` are those of all own profiles, then of each; empty where none uses any.
    `sizes` is the audience over all channels, then of each; empty without channels.
    `breakdowns` are what its posts are made of, such as their purposes.
    `kpis` hold what the own company has set itself against what is; empty for all others.
    `parts` are what drawn pages asked for, as far as the next run may ask for it on condition;
    `lists` are the lists of posts whose older pages it may take from the archive.
    """

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
    ladder: tuple[Rung, ...] = ()
    pattern: Known[Pattern] | Unknown = NO_PATTERN
    together: Cadence | None = None
    engagement: tuple[Engagement, ...] = ()
    sizes: tuple[AudienceSize, ...] = ()
    hashtags: tuple[Hashtags, ...] = ()
    topics: CompanyTopics | Unknown = NOT_LOOKED_AT
    breakdowns: tuple[Breakdown, ...] = ()
    kpis: tuple[KpiProgress, ...] = ()
    parts: tuple[Fetched, ...] = ()
    lists: tuple[ReadList, ...] = ()

    @property
    def asked_for(self) -> tuple[Fetched, ...]:
        """Return what was fetched: not what an earlier run or a person had fetched before."""
        return tuple(page for page in self.fetched if page.outcome not in (RECALLED, BY_HAND))

    @property
    def kept(self) -> Mapping[str, Fetched]:
        """Return what was fetched with success, by name: the next run asks only for changes.

        The name is that of the answer, behind redirects.
        """
        rules = (robots.kept for robots in self.robots if robots.kept is not None)
        kept = (page for page in self.fetched if page.outcome in ("ok", "unchanged"))
        # First, as the page of now may lie at the same address.
        recalled = (page for page in self.fetched if page.outcome == RECALLED)
        return {page.asked or page.url: page for page in (*recalled, *self.parts, *kept, *rules)}

    @property
    def complete(self) -> bool:
        """Tell whether everything that a reader relies on could be read."""
        return not any(note.incomplete for note in self.notes)

    @property
    def given_up(self) -> tuple[Note, ...]:
        """Return the notes on sections that had posts in the run before and whose page is gone.

        All could be read, so that the company is complete; exit status 1 tells it in this run.
        """
        return tuple(note for note in self.notes if note.help == GIVEN_UP)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunInfo:
    """Which run this is; `as_of` ends the window, `finished_at` is None while it is not finished.

    `version` is the program's, `rules_version` the catalogue's, the user's own files included,
    `reading` that of the code that reads (`audit/reading.py`; "" in runs from before December
    2026): runs of different ones may differ for that alone.
    """

    id: str
    as_of: datetime
    started_at: datetime
    finished_at: datetime | None
    version: str
    rules_version: str
    reading: str = ""

    @property
    def rules(self) -> str:
        """Return by what its pages were read: two runs of the same rules can be compared."""
        return f"{self.rules_version}.{self.reading}" if self.reading else self.rules_version


LIST = "list of companies"
"""What the notes of a snapshot call the list of its run, where that cannot be read any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Everything one run knows, immutable; `results` in the order of the file, own first.

    `notes` say what of the run itself could not be kept, or not be read again; mostly there are
    none.
    """

    run: RunInfo
    competitors: Competitors
    results: tuple[CompanyResult, ...]
    notes: tuple[Note, ...] = ()

    @property
    def is_list_lost(self) -> bool:
        """Tell whether the list of the run is damaged, so that its settings are not known."""
        return any(note.what == LIST for note in self.notes)


MEDIAN_NEEDS = 3
"""Of fewer companies a median would be one of them, or halfway between two."""

DIFFERENT_PERIODS = Unknown(
    reason=Reason.TOO_LITTLE_DATA, detail="the companies are looked at for different periods"
)
"""What stands for the median of a figure that grows with the period."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rank:
    """The own company's place for one metric: 1 is the highest figure (or lowest, as defined)."""

    place: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Averages:
    """Median and mean of the known values of some companies, `known` of `of`; both need three.

    What is absent or unknown is in neither, and is no zero. Where one of the values is only a part,
    or rounded, so are they.
    """

    median: Number
    mean: Number
    known: int
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One metric across companies, own first; made by `audit/compare.py`.

    `best` and `last` are company names, "" at a tie, of fewer than three known figures and where
    neither end is better. `competitors`
    averages all companies but our own, `everyone` all of them. `rank` is None where half of the
    values are unknown, where fewer than three are known, or where there is no baseline. `read`
    counts the companies whose value is not unknown.
    """

    metric: str
    about: Metric
    values: tuple[tuple[str, Number], ...]
    competitors: Averages
    everyone: Averages
    best: str
    last: str
    rank: Rank | None
    read: int

    @property
    def median(self) -> Number:
        """Return the median of the competitors: the figure of a typical one."""
        return self.competitors.median
