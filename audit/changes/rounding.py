"""When two counts may be of one number, as platforms round what they show."""

from audit.measure.followers import Count, margin


def within_rounding(old: Count, new: Count) -> bool:
    """Tell whether two counts may be of one number, as platforms round them.

    "12.3K" is 12,300 ± 50, so that 12,340 and "12.3K" may be the same; exact counts are the same
    only where they are equal (`audit/measure/followers.py`, `margin`).
    """
    return abs(new.value - old.value) <= margin(old) + margin(new)
