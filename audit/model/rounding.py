"""Figures rounded as readers meet them, so that what is compared is what is shown."""

from decimal import ROUND_HALF_UP, Decimal

from audit.model.metric import Unit
from audit.model.value import Known, Qualifier

_STEP = {Unit.RATE: Decimal("0.1"), Unit.SHARE: Decimal("0.01")}
_ONE, _TENTH = Decimal(1), Decimal("0.1")
_WHOLE_FROM = 1_000
"""From here on a tenth of a count or of a day says nothing."""


def rounded(figure: float, unit: Unit) -> int | float:
    """Return the figure as every sheet, sentence and chart has it: rounded here and nowhere else.

    Half a step is rounded up, as a reader would: `round` of Python would make 0.25 a 0.2, and
    0.35, which is a little less in binary, a 0.3. So the figure is taken as it is written.
    """
    if isinstance(figure, int):
        return figure
    if unit in _STEP:
        return float(Decimal(repr(figure)).quantize(_STEP[unit], ROUND_HALF_UP))
    tenths = float(Decimal(repr(figure)).quantize(_TENTH, ROUND_HALF_UP))
    if abs(tenths) >= _WHOLE_FROM:
        return int(Decimal(repr(figure)).quantize(_ONE, ROUND_HALF_UP))
    return int(tenths) if tenths.is_integer() else tenths


def moved_as_shown(old: Known[object], new: Known[object], unit: Unit) -> int | float:
    """Return by how much a figure has moved as readers meet both; 0 where they see the same.

    0, too, where one of both is only a part, as what is at least 3 and was at least 2 may have
    moved either way; and where one is no number.
    """
    then, today = old.value, new.value
    if not isinstance(then, int | float) or not isinstance(today, int | float):
        return 0
    if Qualifier.TRUNCATED in (*old.qualifiers, *new.qualifiers):
        return 0
    return rounded(rounded(today, unit) - rounded(then, unit), unit)
