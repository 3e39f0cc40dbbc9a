"""Charts as values: bars with their figures and their meaning; a format draws them."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from audit.model.metric import Unit


class SeriesKind(StrEnum):
    """What the bars of a series stand for."""

    COMPANY = "company"
    """One bar a company."""

    OWN = "own"
    TYPICAL = "typical"
    RIVAL = "rival"
    OTHER_RIVAL = "other-rival"
    ACTIVE = "active"
    SLOWING = "slowing"
    DORMANT = "dormant"
    NOWHERE = "nowhere"
    NOT_KNOWN = "not-known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """The bars of one kind, one a category: None where unknown, which is never drawn as zero.

    `legend` is what stands beside the chart in place of a legend; `own` is the place of the own
    company's bar, from 0.
    """

    title: str
    kind: SeriesKind
    values: Sequence[float | None]
    legend: str = ""
    own: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A bar chart: a series or several over the same categories.

    `title` stands above it, `notes` explain the signs in it. `unit` is that of all its figures.
    `stacked` puts the series of a category into one bar, `over_time` lets the bars stand upright.
    """

    name: str
    title: str
    categories: Sequence[str]
    series: Sequence[Series]
    unit: Unit
    notes: Sequence[str] = ()
    stacked: bool = False
    over_time: bool = False
