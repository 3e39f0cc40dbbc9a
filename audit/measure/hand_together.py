"""The cadence of a company where people have counted the posts of some of its profiles."""

from collections.abc import Sequence
from dataclasses import replace

from audit.measure.hand_values import NO_DAYS
from audit.model.bounds import bound_of_sum, manual_mark, marks_of
from audit.model.engagement import EVERYWHERE
from audit.model.result import Cadence
from audit.model.value import PROOFS, Known, Number


def with_told(row: Cadence, told: Sequence[Cadence]) -> Cadence:
    """Return the row of what was read, with what people counted elsewhere added to it.

    Of their posts nobody knows the days, so that no silence, month or trend is known of all.
    """
    rows = [row, *told]
    newest = _newest(rows)
    return replace(
        row,
        posts=_sum([each.posts for each in rows]),
        posts_per_week=_sum([each.posts_per_week for each in rows]),
        interval=None,
        coverage=min(each.coverage for each in rows),
        truncated=any(each.truncated for each in rows),
        newest=newest.newest,
        recency_days=newest.recency_days,
        status=newest.status,
        longest_gap_days=NO_DAYS,
        weeks_with_post=NO_DAYS,
        gap_variation=NO_DAYS,
        trend=NO_DAYS,
        months=tuple((month, None) for month, _ in row.months),
    )


def of_told(url: str, told: Sequence[Cadence]) -> Cadence:
    """Return the row of a company of which nothing was read, and only people have counted posts."""
    return replace(with_told(told[0], told[1:]), channel=EVERYWHERE, url=url)


def _newest(rows: Sequence[Cadence]) -> Cadence:
    """Return the row with the newest post; where no day is known, the first one."""
    known = [(each.newest.value, each) for each in rows if isinstance(each.newest, Known)]
    return max(known, key=lambda pair: pair[0])[1] if known else rows[0]


def _sum(values: Sequence[Number]) -> Number:
    """Return a sum of counts or rates: what it says of the whole, and that a person counted."""
    known = [value for value in values if isinstance(value, Known)]
    if not known:
        return values[0]
    return Known(
        value=sum(value.value for value in known),
        evidence=tuple(proof for value in known for proof in value.evidence[:1])[:PROOFS],
        exact=all(value.exact for value in known),
        qualifiers=(*marks_of(bound_of_sum(values)), *manual_mark(known)),
    )
