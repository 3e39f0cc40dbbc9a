"""What became different between two runs: typed changes, each with its severity and its cause."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from audit.model.kpi import KpiProgress
from audit.model.metric import Unit
from audit.model.value import Absent, Evidence, Known, Unknown, evidence_of


class ChangeType(StrEnum):
    """What a change is about; one file of `audit/changes` finds each. Readers meet these words."""

    COMPANY = "company"
    FEATURE = "feature"
    VENDOR = "vendor"
    CHANNEL = "channel"
    AUDIENCE = "audience"
    CADENCE = "cadence"
    SILENCE = "silence"
    TOPIC = "topic"
    PURPOSE = "purpose"
    HYGIENE = "hygiene"
    KPI = "KPI"
    FIGURE = "figure"


class Event(StrEnum):
    """What happened to it.

    `lost`: it was seen, and is neither there nor proved to be gone (a list that had posts);
    `blocked` and `readable`: it cannot be seen any more, or can be again; `taken over`: the same
    address belongs to another account; `switched`: one vendor in the place of another.
    """

    NEW = "new"
    GONE = "gone"
    LOST = "lost"
    RENAMED = "renamed"
    TAKEN_OVER = "taken over"
    SWITCHED = "switched"
    BLOCKED = "blocked"
    READABLE = "readable again"
    UP = "up"
    DOWN = "down"
    BEGUN = "begun"
    ENDED = "ended"
    MOVED = "moved"


class Severity(StrEnum):
    """How much a change matters, from the gravest; `config/rules/changes.yaml` says why."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """Return the place in that order: 0 for high, 2 for low."""
        return list(Severity).index(self)


class Cause(StrEnum):
    """Whose doing a change is.

    `real`: the company's, or its audience's; `rule`: ours, as a rule was added or changed;
    `access`: in one of the runs it could not be seen; `window`: ours, as the runs looked at
    different times, or as the list was changed.
    """

    REAL = "real"
    RULE = "rule"
    ACCESS = "access"
    WINDOW = "window"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityRule:
    """How grave changes of some kind are; the first rule that fits a change holds.

    Made of `config/rules/changes.yaml`. Each of `types`, `events`, `causes` and `names` (features,
    platforms, standings of a KPI) fits everything where it is empty. `own`: only the own company's,
    or only the others'. `at_least`: how far the figure moved, as a share of the earlier one (0.5 is
    half of it); of shares, in points. `because` is the reason, as docs/changes.md gives it.
    """

    severity: Severity
    because: str
    types: frozenset[ChangeType] = frozenset()
    events: frozenset[Event] = frozenset()
    causes: frozenset[Cause] = frozenset()
    names: frozenset[str] = frozenset()
    own: bool | None = None
    at_least: float = 0.0


Side = Known[int] | Known[float] | Known[datetime] | Known[str] | Absent | Unknown
"""What was so in one of the runs: a value with its proof, nothing, or why it is not known."""


THERE = "there"
"""What is said of a feature that has no vendor and no name: it was met."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing of one company that is other than in an earlier run; made in `audit/changes`.

    `subject` is its id (`feature.forum`, `vendor.chat`, `channel.youtube`, `blog.posts_per_week`),
    `what` says it in words, `url` is where it stands, empty where it has no address. `unit` tells
    what the numbers of `old` and `new` count; None where they are words or times. `why` says in a
    sentence what the cause rests on; empty where it is real and nothing is to be said. `old_run`
    and `new_run` are the runs in which both sides were seen: the old one may lie further back where
    the run before could not see it. `kpi` is where the later run found a KPI, for sentences of it.
    """

    company: str
    type: ChangeType
    event: Event
    subject: str
    what: str
    old: Side
    new: Side
    severity: Severity
    cause: Cause
    old_run: str
    new_run: str
    url: str = ""
    unit: Unit | None = None
    why: str = ""
    kpi: KpiProgress | None = None

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Return the proof of the later run; empty where there is nothing any more."""
        return evidence_of(self.new)

    @property
    def old_evidence(self) -> tuple[Evidence, ...]:
        """Return the proof of the earlier run."""
        return evidence_of(self.old)
