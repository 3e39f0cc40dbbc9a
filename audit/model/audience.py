"""Who follows a company, as shares of a sample; nothing in it identifies a person."""

from dataclasses import dataclass

from audit.model.breakdown import Breakdown, Part
from audit.model.value import Evidence

SUBJECTS, LANGUAGES, KINDS, OVERLAPS = (
    "audience.subjects",
    "audience.languages",
    "audience.kinds",
    "audience.overlaps",
)
"""What an audience is broken down into: subjects and languages that followers name, types such as
organisation or bot, and the other companies that they follow too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """The composition of one profile's audience, by a sample of `sampled` followers.

    `described` is how many of them say something about themselves: subjects and languages are
    shares of those. Groups under five followers are not shown.
    """

    platform: str
    url: str
    sampled: int
    described: int
    breakdowns: tuple[Breakdown, ...]
    evidence: Evidence

    def shares(self, metric: str) -> tuple[tuple[str, float], ...]:
        """Return the names of one breakdown's parts with their shares, in its order."""
        return tuple((part.name, part.share) for part in self.parts(metric))

    def parts(self, metric: str) -> tuple[Part, ...]:
        """Return the parts of one breakdown; none where it was not made."""
        return next((each.parts for each in self.breakdowns if each.metric == metric), ())
