"""A section or profile that began within the window: how often it has posted since then."""

from dataclasses import replace
from datetime import datetime, timedelta

from audit.measure.cadence import TREND_DAYS, Times
from audit.model.bounds import is_whole
from audit.model.result import Beginning, Cadence, Window
from audit.model.site import Extent, Section
from audit.model.value import Known, Reason, Unknown

_WEEK = timedelta(weeks=1)
_FEWEST_WEEKS = 4
"""Of a shorter time a rate says nothing: two posts in three days are no five a week."""

_TOO_YOUNG = Unknown(reason=Reason.TOO_LITTLE_DATA, detail="it began less than four weeks ago")


def with_beginning(
    row: Cadence, section: Section, window: Window, created_at: datetime | None = None
) -> Cadence:
    """Return a row with its beginning, where its first post of all lies within the window.

    Posts a week stay those of the whole window. A trend from before the beginning is none. That a
    post is the first of all is known of a list that was read to its end, and of a profile that was
    made within the window (`created_at`) and of which no post of it may be missing.
    """
    times = Times(section, window).all
    if row.truncated or not is_whole(row.posts) or not times or times[0] <= window.start:
        return row
    made = created_at is not None and created_at > window.start
    if row.extent is not Extent.WHOLE and not made:
        return row
    first = times[0]
    weeks = (window.as_of - first) / _WEEK
    rate: Known[float] | Unknown = _TOO_YOUNG
    if weeks >= _FEWEST_WEEKS and isinstance(row.posts, Known):
        # The first post opens the span and is no event within it, as in a list that was cut off.
        rate = Known(value=(len(times) - 1) / weeks, evidence=row.posts.evidence)
    begun = replace(row, began=Beginning(at=first, posts_per_week=rate))
    if window.as_of - first >= 2 * timedelta(days=TREND_DAYS):
        return begun
    detail = f"it began on {first:%Y-%m-%d}, within the 180 days that are compared"
    return replace(begun, trend=Unknown(reason=Reason.TOO_LITTLE_DATA, detail=detail))
