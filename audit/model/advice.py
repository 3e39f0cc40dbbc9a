"""Which comparisons are worth a sentence, and which gaps are worth an action: the rules as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Effort(StrEnum):
    """How much an action takes: of the order of hours, of days, of weeks and then steadily."""

    SMALL = "small"
    MEDIUM = "medium"
    LARGE = "large"


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How a metric is told: a line of `findings` in `config/rules/findings.yaml`.

    `metric` is its id, or `figure.*` for all figures that the list points at. In the texts `{}` is
    the figure, `{title}` the metric's title, and `{one|many}` the word that fits the figure. `we`
    tells our own figure, `typical` that of a typical competitor, `company` anybody's, `best` that
    nobody is better. `none` tells, in place of `we` and `typical`, that we have nothing to count,
    `lacks` that a company has not; there `{}` is the typical figure. `apart` is the least
    difference, in the metric's unit, that is worth a sentence. A figure is praised only from
    `praised` on (days: up to it); None where any may be.
    """

    metric: str
    we: str
    typical: str
    company: str
    apart: float
    none: str = ""
    lacks: str = ""
    best: str = ""
    praised: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingTheme:
    """Metrics of which at most one is told at a time; `weight` in 0 to 1 tells how much it matters.

    `because` is the reason for the weight.
    """

    name: str
    weight: float
    because: str
    metrics: tuple[Telling, ...]


ACTION_PLACES = ("feature", "channel", "silent", "metric", "broken", "topic")
"""What an action may be about; a record has one of these keys.

`feature`: we lack each of these features of a site; `channel`: we have no profile on a platform of
this kind; `silent`: our profiles on platforms of this kind have been silent for more than 90 days,
or the website (`site`) for the whole period; `metric`: our figure is worse than that of a typical
competitor; `broken`: profiles that our site names lead nowhere or to somebody else; `topic`:
competitors write more about it (`catch up`), or few write about it and readers want it
(`open field`).
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRule:
    """One kind of gap and what to do about it: a record of `config/rules/actions.yaml`.

    `place` is one of `ACTION_PLACES`, `names` what of it. `do` is the action; `{}` in it stands for
    the platform, the profiles or the topic. `have` and `lack` tell of a feature what competitors do
    and we do not. `same` are what the thing is done by under another name (`feature`, `kind` or
    `platform`), `needs` the features without which it makes no sense. `by` is the figure by which
    those who have a feature are ordered: a measure, or what is counted in it (`replies`). `serves`
    are the measures that it moves, as patterns with `*` and, for the name of the platform, `{}`.
    `because` is the reason for weight and effort.
    """

    place: str
    names: tuple[str, ...]
    do: str
    because: str
    weight: float
    effort: Effort
    have: str = ""
    lack: str = ""
    same: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    serves: tuple[str, ...] = ()
    by: str = ""
