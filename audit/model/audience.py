"""Who follows a company, as shares of a sample; nothing in it identifies a person."""

from dataclasses import dataclass

from audit.model.value import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """The share of this company's sampled followers who follow another company too, in 0..1."""

    company: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """The composition of one profile's audience: shares in 0..1 of the `sampled` followers.

    `described` is how many of them say something about themselves: subjects and languages are
    shares of those. `kinds` are types such as organisation or bot. Groups under five followers are
    not shown.
    """

    platform: str
    url: str
    sampled: int
    described: int
    subjects: tuple[tuple[str, float], ...]
    languages: tuple[tuple[str, float], ...]
    kinds: tuple[tuple[str, float], ...]
    evidence: Evidence
    overlaps: tuple[Overlap, ...] = ()
