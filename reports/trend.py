"""How a trend is said in a cell."""

from audit.model.metric import Unit
from audit.model.result import Trend, TrendDirection
from audit.model.rounding import rounded
from audit.model.value import Known, Unknown
from reports.signs import Sign
from reports.tables import Cell


def trend_cell(trend: Known[Trend] | Unknown) -> Cell:
    """Return the change of the rate as a share, such as `▲ +35%`; `steady` in words.

    A trend without a ratio, from nothing to something, is the word of its direction.
    """
    if isinstance(trend, Unknown):
        return Cell(trend)
    ratio, direction = trend.value.ratio, trend.value.direction
    if direction is TrendDirection.STEADY or ratio is None:
        return Cell(direction.value)
    change = rounded(ratio - 1, Unit.SHARE)
    return Cell(change, unit=Unit.SHARE, mark=Sign.FALLING if change < 0 else Sign.RISING)
