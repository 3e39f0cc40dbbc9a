"""The cadence of a company's own site and own channels as one."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from audit.measure.cadence import Times
from audit.measure.hand_together import of_told, with_told
from audit.measure.intervals import rates_interval
from audit.measure.outlets import Outlet, outlets, without_mirrors
from audit.measure.subject import Brief
from audit.measure.timing import pattern_of_company
from audit.model.bounds import bound_of_sum, composed, manual_mark, marks_of
from audit.model.engagement import EVERYWHERE
from audit.model.metric import Bound
from audit.model.result import Cadence, Status, Window
from audit.model.site import Post, Section
from audit.model.value import PROOFS, Dated, DateSource, Known, Number, Qualifier, Reason, Unknown

_PART = (Qualifier.TRUNCATED,)
_LEAST = Bound.LEAST


def together(brief: Brief) -> Cadence | None:
    """Return the cadence over all outlets of a company; None where none of them could be read.

    The rates are added up; all else is of the span in which every list is seen. Where an outlet
    could not be read, its reason stands for what a post in it would change: the longest gap, the
    variation, the trend, the months, and a status that is not active.
    """
    listed = without_mirrors(outlets(brief))
    read, by_hand = _readable(listed), _by_hand(listed)
    if not read and not by_hand:
        return None
    if read:
        row = replace(
            _of_all(read, brief.company.website, brief.context.window),
            pattern=pattern_of_company(brief),
        )
        row = with_told(row, by_hand) if by_hand else row
    else:
        row = of_told(brief.company.website, by_hand)
    missing = _missing(brief, listed)
    return row if missing is None else _reserved(row, missing)


def longest_pause(brief: Brief) -> Number | None:
    """Return the longest pause in days over all outlets that could be read; None of none of them.

    What could not be read, or bears no date, may lie within the pause, so that it is at most this;
    where a list is cut off it may be longer, too, and is about this. The last post that a person
    told of a profile ends a pause like any other.
    """
    listed = without_mirrors(outlets(brief))
    read = _readable(listed)
    if not read:
        return None
    parts = [Times(_section(each.name, "", [each]), brief.context.window) for each in read]
    since = max(part.since for part in parts)
    merged = _section(EVERYWHERE, "", read)
    dated = tuple(post for post in merged.posts if post.counted_at is not None)
    seen = replace(merged, posts=(*dated, *_last_told(listed)))
    pause = Times(seen, brief.context.window, since=since).cadence().longest_gap_days
    if not isinstance(pause, Known):
        return pause
    all_read = _missing(brief, listed) is None and not _by_hand(listed)
    whole = len(dated) == len(merged.posts) and all_read
    bound = Bound.ESTIMATE if merged.truncated else None if whole else Bound.MOST
    return replace(pause, qualifiers=marks_of(bound))


def _readable(listed: Sequence[Outlet]) -> list[Outlet]:
    """Return the outlets that could be read and whose posts have dates."""
    rows = [(each, each.row) for each in listed]
    return [
        each for each, row in rows if isinstance(row, Cadence) and not row.by_hand and _dated(row)
    ]


def _by_hand(listed: Sequence[Outlet]) -> list[Cadence]:
    """Return the rows of the outlets of which a person has counted the posts."""
    rows = [each.row for each in listed if isinstance(each.row, Cadence)]
    return [row for row in rows if row.by_hand and _dated(row)]


def _last_told(listed: Sequence[Outlet]) -> Iterator[Post]:
    """Give the last post of each profile of which a person told its day."""
    for outlet in listed:
        row = outlet.row
        if not isinstance(row, Cadence) or not row.by_hand or not isinstance(row.newest, Known):
            continue
        yield Post(
            channel=row.channel,
            channel_url=row.url,
            url="",
            title="",
            published=Dated(at=row.newest.value, source=DateSource.TEXT, day_only=True),
            format="",
            language="",
            flag="",
            evidence=row.newest.evidence[0],
        )


def _missing(brief: Brief, listed: Sequence[Outlet]) -> Unknown | None:
    """Return why an outlet could not be read; None where all could."""
    read = _readable(listed)
    told = [row.url for row in _by_hand(listed)]
    lacks = [_lack(each) for each in listed if each not in read and each.url not in told]
    return next(iter((*lacks, *brief.lost.values())), None)


def _dated(row: Cadence) -> bool:
    """Tell whether the posts of an outlet have dates, so that they can be counted."""
    return not isinstance(row.posts, Unknown)


def _lack(outlet: Outlet) -> Unknown:
    """Return why nothing can be counted of an outlet."""
    value = outlet.row if isinstance(outlet.row, Unknown) else outlet.row.posts
    return value if isinstance(value, Unknown) else Unknown(reason=Reason.TOO_LITTLE_DATA)


def _of_all(read: Sequence[Outlet], url: str, window: Window) -> Cadence:
    """Return the cadence of outlets that could be read, as one list of posts."""
    parts = [Times(_section(each.name, each.url, [each]), window) for each in read]
    merged = _section(EVERYWHERE, url, read)
    row = Times(merged, window, since=max(part.since for part in parts)).cadence()
    seen = Times(replace(merged, truncated=False), window).cadence()
    rate, interval = _rate(parts, row)
    marks = _PART if row.truncated else ()
    return replace(
        row,
        posts=_marked(seen.posts, marks),
        posts_per_week=rate,
        interval=interval,
    )


def _section(name: str, url: str, of: Sequence[Outlet]) -> Section:
    """Return the posts of some outlets as those of one section, each address once."""
    posts: dict[str | int, Post] = {}
    for outlet in of:
        for post in outlet.posts:
            posts.setdefault(post.url or id(post), post)
    rows = [each.row for each in of if isinstance(each.row, Cadence)]
    counts = [row.posts for row in rows if isinstance(row.posts, Known)]
    return Section(
        channel=name,
        url=url,
        feeds=(),
        posts=tuple(posts.values()),
        truncated=any(row.truncated for row in rows),
        picked=bool(rows) and all(row.picked for row in rows),
        unreadable=None,
        evidence=tuple(proof for count in counts for proof in count.evidence[:1])[:PROOFS],
    )


def _rate(parts: Sequence[Times], row: Cadence) -> tuple[Number, tuple[float, float] | None]:
    """Add up the rates of outlets, each over the span of its own list, with the interval of a sum.

    A single outlet keeps the interval that it has.
    """
    if len(parts) == 1:
        return row.posts_per_week, row.interval
    events = [event for part in parts if (event := part.events()) is not None]
    if not events:
        return row.posts_per_week, None
    undated = any(part.undated for part in parts)
    bound = composed(
        (*(_bound(part) for part in parts), _LEAST if len(events) < len(parts) else None)
    )
    evidence = tuple(proof for part in parts for proof in part.proof[:1])[:PROOFS]
    total = sum(count / weeks for count, weeks in events)
    rate = Known(value=total, evidence=evidence, qualifiers=marks_of(bound))
    return rate, None if undated else rates_interval(events)


def _reserved(row: Cadence, missing: Unknown) -> Cadence:
    """Return a row beside which an outlet could not be read: what that leaves open is unknown."""
    active = isinstance(row.status, Known) and row.status.value is Status.ACTIVE
    return replace(
        row,
        posts=_marked(row.posts, _PART),
        posts_per_week=_partial(row.posts_per_week),
        truncated=True,
        recency_days=_marked(row.recency_days, _PART),
        longest_gap_days=missing,
        weeks_with_post=_partial(row.weeks_with_post),
        gap_variation=missing,
        status=row.status if active else missing,
        trend=missing,
        months=tuple((month, None) for month, _ in row.months),
    )


def _bound(part: Times) -> Bound | None:
    """Return what the rate of an outlet says of the whole."""
    if part.cut and not part.section.picked:
        return Bound.ESTIMATE
    return _LEAST if part.cut or part.undated else None


def _partial(value: Number) -> Number:
    """Return a rate to which what could not be read may add something."""
    if not isinstance(value, Known):
        return value
    bound = composed((bound_of_sum([value]), _LEAST))
    return replace(value, qualifiers=(*marks_of(bound), *manual_mark([value])))


def _marked(value: Number, marks: tuple[Qualifier, ...]) -> Number:
    """Return a value with marks, if it is known."""
    return replace(value, qualifiers=marks) if isinstance(value, Known) else value
