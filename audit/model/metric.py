"""What a metric is; each is defined in its subject (audit/measure), beside its formula."""

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What a figure counts; number formats and rounding follow from it (`reports/words.py`)."""

    COUNT = "count"
    RATE = "rate"
    SHARE = "share"
    DAYS = "days"


class Bound(StrEnum):
    """What a figure that rests on a part of what there is (`truncated`) says of the whole.

    `at least`: a count, or a sum of which something could not be read; `at most`: the days since
    the last post, as an unread one may be younger; `about`: a rate or a mean, which the part
    estimates.
    """

    LEAST = "at least"
    MOST = "at most"
    ESTIMATE = "about"


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """How a sentence says a figure: what stands before it, its unit, what stands behind.

    `Phrase(unit="site features", one="site feature")` says "14 site features" and "1 site
    feature". `one` is the unit of a single one; empty where it is no other.
    """

    unit: str
    one: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A metric: its id, its words for readers, its theme, and which figure is the better one.

    Defined by a subject of `audit/measure`. `higher_is_better` is None where neither is: then there
    is no best, no last and no rank. `definition` is the formula in words, as docs/glossary.md and
    sheet Method give it. `of_period` marks what grows with the period looked at, as a count of
    posts does: companies that are looked at for different periods are not compared in it. `bound`
    is what a figure from a part of the posts says of the whole. `most` is the greatest figure there
    can be: whatever is at least 5 of 6 roles is 6 at most.
    """

    id: str
    title: str
    theme: str
    unit: Unit
    higher_is_better: bool | None
    definition: str
    phrase: Phrase
    of_period: bool = False
    bound: Bound = Bound.LEAST
    most: float | None = None
