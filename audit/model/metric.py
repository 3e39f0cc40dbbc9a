"""What a metric is; each is defined in its subject (audit/measure), beside its formula."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

_TENTH = Decimal("0.1")


class Unit(StrEnum):
    """What a figure counts; number formats and rounding follow from it (`reports/words.py`)."""

    COUNT = "count"
    RATE = "rate"
    SHARE = "share"
    DAYS = "days"


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
    posts does: companies that are looked at for different periods are not compared in it.
    """

    id: str
    title: str
    theme: str
    unit: Unit
    higher_is_better: bool | None
    definition: str
    phrase: Phrase
    of_period: bool = False


_STEPS = {Unit.RATE: _TENTH, Unit.SHARE: Decimal("0.01")}


def rounded(figure: float, unit: Unit) -> int | float:
    """Return the figure as every sheet, sentence and chart has it: rounded here and nowhere else.

    Half a step is rounded up, as a reader would: `round` of Python would make 0.25 a 0.2, and
    0.35, which is a little less in binary, a 0.3. So the figure is taken as it is written.
    """
    if isinstance(figure, int):
        return figure
    if unit in _STEPS:
        return float(Decimal(repr(figure)).quantize(_STEPS[unit], ROUND_HALF_UP))
    tenths = float(Decimal(repr(figure)).quantize(_TENTH, ROUND_HALF_UP))
    return int(tenths) if tenths.is_integer() else tenths
