"""What became different between two runs: typed changes, each with its severity and its cause."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from audit.model.metric import Unit
from audit.model.result import RunInfo
from audit.model.value import Absent, Evidence, Known, Unknown


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


Side = Known[int] | Known[float] | Known[datetime] | Known[str] | Absent | Unknown
"""What was so in one of the runs: a value with its proof, nothing, or why it is not known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing of one company that is other than in an earlier run; made in `audit/changes`.

    `subject` is its id (`feature.forum`, `vendor.chat`, `channel.youtube`, `blog.posts_per_week`),
    `what` says it in words, `url` is where it stands, empty where it has no address. `unit` tells
    what the numbers of `old` and `new` count; None where they are words or times. `why` says in a
    sentence what the cause rests on; empty where it is real and nothing is to be said. `old_run`
    and `new_run` are the runs in which both sides were seen: the old one may lie further back where
    the run before could not see it.
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

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """Return the proof of the later run; empty where there is nothing any more."""
        return () if isinstance(self.new, Unknown) else self.new.evidence

    @property
    def old_evidence(self) -> tuple[Evidence, ...]:
        """Return the proof of the earlier run."""
        return () if isinstance(self.old, Unknown) else self.old.evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """All changes between two runs, the gravest first; made by `audit/changes`.

    `notes` say in sentences what keeps the runs from being alike: another list, another period,
    other rules. `like_with_like`: the earlier run was analysed again with today's rules.
    """

    before: RunInfo
    run: RunInfo
    changes: tuple[Change, ...]
    notes: tuple[str, ...] = ()
    like_with_like: bool = False

    @property
    def real(self) -> tuple[Change, ...]:
        """Return the changes that are the companies' own doing."""
        return tuple(change for change in self.changes if change.cause is Cause.REAL)

    def at_least(self, severity: Severity) -> tuple[Change, ...]:
        """Return the real changes that are as grave, or graver."""
        return tuple(change for change in self.real if change.severity.rank <= severity.rank)


def gravest_first(changes: Sequence[Change]) -> tuple[Change, ...]:
    """Return changes in the order in which readers meet them: real ones first, the gravest first.

    Then by the order in which they came, which is that of companies and types.
    """
    causes = list(Cause)
    return tuple(sorted(changes, key=lambda each: (causes.index(each.cause), each.severity.rank)))
