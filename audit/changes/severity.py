"""How grave a change is, by the rules of `config/rules/changes.yaml`."""

from collections.abc import Collection, Sequence

from audit.changes.finder import Difference
from audit.model.change import ChangeType, Severity, SeverityRule, Side
from audit.model.metric import Unit
from audit.model.value import Known


def severity_of(
    difference: Difference, kind: ChangeType, *, own: bool, rules: Sequence[SeverityRule]
) -> Severity:
    """Return the severity of the first rule that fits; low where none does.

    `own` tells whether it is our own company's; the cause of the difference is settled by now.
    """
    for rule in rules:
        fits = (
            _has(rule.types, kind)
            and _has(rule.events, difference.event)
            and _has(rule.causes, difference.cause)
            and _has(rule.names, difference.name)
            and rule.own in {None, own}
        )
        if fits and _distance(difference) >= rule.at_least:
            return rule.severity
    return Severity.LOW


def _has(wanted: Collection[str], word: str) -> bool:
    """Tell whether a rule asks for a word, or for none."""
    return not wanted or word in wanted


def _distance(difference: Difference) -> float:
    """Return how far a figure moved: as a share of what it was; of shares, the points between.

    From nothing to something is endlessly far, and what is no figure moved by none.
    """
    old, new = _number(difference.old), _number(difference.new)
    if old is None or new is None:
        return 0.0
    if difference.unit is Unit.SHARE:
        return abs(new - old)
    return abs(new - old) / abs(old) if old else float("inf")


def _number(side: Side) -> float | None:
    """Return the number of a side; None for words, times and what is not known."""
    if isinstance(side, Known) and isinstance(side.value, int | float):
        return float(side.value)
    return None
