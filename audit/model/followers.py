"""How many follow: the audience of each channel, of all together, and how it grows."""

from dataclasses import dataclass
from datetime import date

from audit.model.value import Known, Number, Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class AudienceCount:
    """The audience of a channel on one day: that of the run's window, or of a person's reading."""

    on: date
    value: Known[int] | Known[float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Growth:
    """How an audience changes a week, as a share of itself: 0.01 is one more in a hundred.

    `low` and `high` are what it may be where platforms round the counts; both are `per_week` where
    they are exact. `since` is the day of the earlier count, `weeks` the time between both.
    """

    per_week: float
    low: float
    high: float
    since: date
    weeks: float

    @property
    def within_rounding(self) -> bool:
        """Tell whether the change may come of rounding alone."""
        return self.low < self.high and self.low <= 0 <= self.high


@dataclass(frozen=True, slots=True, kw_only=True)
class AudienceSize:
    """The audience of one channel, or of all of a company's together (`EVERYWHERE`).

    Made by `audit/measure/followers.py`. `counted` is the platform's word for those who follow,
    `value` how many they are, `margin` how far the true number may lie from it, on either side,
    because the platform rounds.
    """

    channel: str
    url: str
    counted: str
    value: Number
    margin: float
    growth: Known[Growth] | Unknown
