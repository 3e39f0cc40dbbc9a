"""What something is made of: named parts with their shares; the first is who follows a profile."""

from dataclasses import dataclass

from audit.model.value import Evidence, Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One named part of a whole: its share in 0 to 1, and the proof of it.

    Parts may overlap (a follower may name two subjects), so that shares need not add up to 1.
    `evidence` is empty for parts of a sample of followers, of whom nothing is kept. `interval` is
    the exact 95 % interval of the share; None where what was counted is all there is.
    """

    name: str
    share: float
    evidence: tuple[Evidence, ...] = ()
    interval: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Breakdown:
    """One measure that comes in parts: languages, topics, formats, subjects of followers.

    `metric` names it, `of` is how many things were looked at. `unknown` tells why there are no
    parts; without parts and without a reason there were too few of each to be shown.
    """

    metric: str
    of: int
    parts: tuple[Part, ...]
    unknown: Unknown | None = None


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

    Made by `scrapers/channels/audiences.py` where settings.audience_sample is over 0 and the
    platform publishes its lists. `described` is how many of the sample say something about
    themselves: subjects and languages are shares of those. Groups under five followers are left
    out, so that nobody can be told from a share (docs/glossary.md, Privacy).
    """

    platform: str
    url: str
    sampled: int
    described: int
    breakdowns: tuple[Breakdown, ...]
    evidence: Evidence

    def shares(self, metric: str) -> tuple[tuple[str, float], ...]:
        """Return the names of one breakdown's parts with their shares (0 to 1), in its order."""
        return tuple((part.name, part.share) for part in self.parts(metric))

    def parts(self, metric: str) -> tuple[Part, ...]:
        """Return the parts of one breakdown, such as `LANGUAGES`; none where it was not made."""
        return next((entry.parts for entry in self.breakdowns if entry.metric == metric), ())
