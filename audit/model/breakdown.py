"""What something is made of: named parts, each with its share and its proof."""

from dataclasses import dataclass

from audit.model.value import Evidence, Unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One named part of a whole: its share in 0 to 1, and the proof of it.

    Parts may overlap (a follower may name two subjects), so that shares need not add up to 1.
    `evidence` is empty for parts of a sample of followers, of whom nothing is kept.
    """

    name: str
    share: float
    evidence: tuple[Evidence, ...] = ()


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
