"""How many follow a company: on each channel and over all, and how that changes a week."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

from audit.measure.followed import keys_of
from audit.measure.presence import CHANNELS
from audit.measure.subject import Brief, Family, Subject, Values
from audit.measure.unmeasured import absent_after_a_look
from audit.model.channel import Channel, Promise
from audit.model.engagement import EVERYWHERE
from audit.model.followers import AudienceCount, AudienceSize, Growth
from audit.model.metric import Metric, Phrase, Unit
from audit.model.profile import Profile, Standing
from audit.model.result import CompanyResult, Window
from audit.model.value import PROOFS, Evidence, Known, Number, Qualifier, Reason, Unknown

KEPT_COUNTS = 60
"""Counts of a channel that are remembered: fifteen years of quarters, or two months of days."""

LEAST_DAYS = 7
"""Days between two counts, of which the growth a week is told: of a day it is chance."""

_PER = 1_000
_DIGITS = 2
"""Digits that a rounded count has at least, where zeros at its end may be rounded or real."""

FIRST_COUNT = Unknown(
    reason=Reason.TOO_LITTLE_DATA, detail="no earlier run counted it, a week before or longer"
)
ROUNDED_AWAY = Unknown(
    reason=Reason.TOO_LITTLE_DATA, detail="the change is within the rounding of the counts"
)
NOBODY = Unknown(reason=Reason.TOO_LITTLE_DATA, detail="nobody followed in the earlier run")

TOTAL = Metric(
    id="audience.total",
    title="Followers, all channels",
    theme="Audience",
    unit=Unit.COUNT,
    # Followers can be bought, and never lead a ranking.
    higher_is_better=None,
    definition="Followers, subscribers and members of all own profiles together; at least this "
    "where one of them could not be read. Who follows on two channels counts twice.",
    phrase=Phrase(unit="followers on all channels", one="follower on all channels"),
)
GROWTH = Metric(
    id="audience.growth",
    title="New followers a week, per 1,000",
    theme="Audience",
    unit=Unit.RATE,
    higher_is_better=None,
    definition="((followers now ÷ followers in an earlier run) ^ (1 ÷ weeks between) − 1) × 1,000, "
    "over the profiles that were counted in both.",
    phrase=Phrase(unit="new followers a week per thousand"),
)
_METRICS: Mapping[str, Metric] = {metric.id: metric for metric in (TOTAL, GROWTH)}

Count = Known[int] | Known[float]


def with_counts(
    channels: Sequence[Channel], earlier: CompanyResult | None, window: Window
) -> tuple[Channel, ...]:
    """Return the channels with their audience of this run, and of earlier ones, newest first.

    A channel that is first seen now has no earlier counts: under its handle there may have been
    another account.
    """
    known: dict[str, Channel] = {}
    for channel in earlier.channels if earlier is not None else ():
        for key in keys_of(channel):
            known.setdefault(key, channel)
    return tuple(_with_counts(channel, known, window) for channel in channels)


def margin(value: Count) -> float:
    """Return how far the true number may lie from a count, on either side; 0 for an exact one.

    Half a unit of the last digit that is told: "12.3K" is 12,300 ± 50. Zeros at the end are taken
    for rounded, as far as two digits are left: 20,000 is ± 500 and 1,000,000 is ± 50,000.
    """
    if value.exact or value.value <= 0:
        return 0.0
    digits = str(int(value.value))
    told = max(len(digits.rstrip("0")), min(_DIGITS, len(digits)))
    return float(10 ** (len(digits) - told)) / 2


def within_rounding(old: Count, new: Count) -> bool:
    """Tell whether two counts may be of one number, as platforms round them.

    "12.3K" is 12,300 ± 50, so that 12,340 and "12.3K" may be the same; exact counts are the same
    only where they are equal.
    """
    return abs(new.value - old.value) <= margin(old) + margin(new)


def sizes(brief: Brief) -> tuple[AudienceSize, ...]:
    """Return the audience of a company over all channels, then of each; none without channels."""
    own = [channel for channel in brief.visit.channels if _has_audience(channel)]
    if not own:
        return ()
    rows = tuple(_of_channel(channel) for channel in own)
    return (_of_all(own, rows, brief), *rows)


def _with_counts(channel: Channel, known: Mapping[str, Channel], window: Window) -> Channel:
    """Return a channel with its counts; one a day, of which the latest holds."""
    before = next((known[key] for key in keys_of(channel) if key in known), None)
    first = channel.history.first_seen
    followed = first is not None and first < window.as_of
    older = before.counts if before is not None and followed else ()
    now = _counted(channel, window)
    if now is not None:
        older = (now, *(count for count in older if count.on < now.on))
    return replace(channel, counts=older[:KEPT_COUNTS])


def _counted(channel: Channel, window: Window) -> AudienceCount | None:
    """Return the audience of this run with its day.

    A person's figure is of the day it was read, one of a saved page of the day it was saved.
    """
    value = channel.followers
    if not isinstance(value, Known):
        return None
    by_hand = {Qualifier.MANUAL, Qualifier.SAVED}.intersection(value.qualifiers) and value.evidence
    return AudienceCount(
        on=value.evidence[0].fetched_at.date() if by_hand else _today(window),
        value=replace(value, evidence=value.evidence[:1]),
    )


def _today(window: Window) -> date:
    """Return the last day of the window, in the zone of the settings."""
    return window.as_of.astimezone(ZoneInfo(window.timezone)).date()


def _has_audience(channel: Channel) -> bool:
    """Tell whether a channel is the company's own, there, and one that people follow."""
    own = not channel.candidate and not channel.found.listing
    profile = channel.profile
    gone = Promise.DEAD in channel.promises or (
        isinstance(profile, Profile) and profile.standing in (Standing.MISSING, Standing.SUSPENDED)
    )
    return own and bool(channel.audience) and not gone


def _of_channel(channel: Channel) -> AudienceSize:
    """Return the audience of one channel."""
    value = channel.followers
    return AudienceSize(
        channel=channel.platform,
        url=channel.url,
        counted=channel.audience,
        value=value,
        margin=margin(value) if isinstance(value, Known) else 0.0,
        growth=value if isinstance(value, Unknown) else _growth(_pair(channel)),
    )


def _of_all(
    channels: Sequence[Channel], rows: Sequence[AudienceSize], brief: Brief
) -> AudienceSize:
    """Return the audience over all channels; at least that where one is unknown."""
    known = [row.value for row in rows if isinstance(row.value, Known)]
    total: Number
    if known:
        total = _sum(known, cut=len(known) < len(rows))
    else:
        total = next(row.value for row in rows if not isinstance(row.value, Known))
    return AudienceSize(
        channel=EVERYWHERE,
        url=brief.company.website,
        counted="followers",
        value=total,
        margin=sum(row.margin for row in rows),
        growth=total if isinstance(total, Unknown) else _growth_of_all(channels),
    )


def _sum(values: Sequence[Count], *, cut: bool) -> Count:
    """Add up counts; the sum is exact if all are, and a person's if one is.

    That it is a part comes first among its marks, as cells have room for one.
    """
    marks = [Qualifier.TRUNCATED] if cut else []
    marks += [mark for value in values for mark in value.qualifiers]
    return Known(
        value=sum(value.value for value in values),
        evidence=_proofs(values),
        exact=all(value.exact for value in values),
        qualifiers=tuple(dict.fromkeys(marks)),
    )


def _proofs(values: Sequence[Count]) -> tuple[Evidence, ...]:
    """Return the first piece of evidence of each value."""
    return tuple(proof for value in values for proof in value.evidence[:1])[:PROOFS]


Pair = tuple[AudienceCount, AudienceCount]
"""A count of this run, and the latest that is a week older at least."""


def _pair(channel: Channel) -> Pair | None:
    """Return the two counts of a channel that its growth is told from; None without an earlier."""
    now, *older = channel.counts or (None,)
    if now is None:
        return None
    earlier = (count for count in older if (now.on - count.on).days >= LEAST_DAYS)
    return next(((now, count) for count in earlier), None)


def _growth_of_all(channels: Sequence[Channel]) -> Known[Growth] | Unknown:
    """Return the growth over the channels that were counted on the same two days.

    These are the days on which most were; a person's figures, which have days of their own, mostly
    do not take part. Nor does a channel that this run could not read: what it remembers are counts
    of earlier runs alone.
    """
    read = (channel for channel in channels if isinstance(channel.followers, Known))
    pairs = [pair for channel in read if (pair := _pair(channel)) is not None]
    if not pairs:
        return FIRST_COUNT
    days = Counter((now.on, earlier.on) for now, earlier in pairs)
    chosen = max(days, key=lambda each: (days[each], each))
    alike = [pair for pair in pairs if (pair[0].on, pair[1].on) == chosen]
    return _growth_between(alike)


def _growth(pair: Pair | None) -> Known[Growth] | Unknown:
    """Return the growth of one channel; unknown in its first run."""
    return FIRST_COUNT if pair is None else _growth_between([pair])


def _growth_between(pairs: Sequence[Pair]) -> Known[Growth] | Unknown:
    """Return the growth a week of counts of the same two days, as one audience.

    (later ÷ earlier) ^ (1 ÷ weeks) − 1; for the bounds both numbers are as far off as rounding
    allows.
    """
    later, earlier = ([pair[place].value for pair in pairs] for place in (0, 1))
    now, before = (float(sum(value.value for value in each)) for each in (later, earlier))
    off_now, off_before = (sum(map(margin, each)) for each in (later, earlier))
    if not before:
        return NOBODY
    weeks = (pairs[0][0].on - pairs[0][1].on).days / 7

    def a_week(ratio: float) -> float:
        return float(ratio ** (1 / weeks)) - 1

    return Known(
        value=Growth(
            per_week=a_week(now / before),
            low=a_week(max(0.0, now - off_now) / (before + off_before)),
            high=a_week((now + off_now) / (before - off_before)),
            since=pairs[0][1].on,
            weeks=weeks,
        ),
        evidence=_proofs([*later, *earlier]),
        exact=not (off_now or off_before),
    )


def _of_company(brief: Brief) -> Values:
    """Return the figures over all channels, as far as they are known.

    An unknown one is no measure that could be had: a first run knows of no growth.
    """
    values = _values(sizes(brief))
    return {name: value for name, value in values.items() if isinstance(value, Known)}


def _values(rows: Sequence[AudienceSize]) -> Values:
    """Return the figures of the row over all channels, or why unknown; none without rows."""
    return {TOTAL.id: rows[0].value, GROWTH.id: _per_thousand(rows[0].growth)} if rows else {}


def _per_thousand(growth: Known[Growth] | Unknown) -> Number:
    """Return the growth as new followers a week per 1,000; unknown where rounding may make it."""
    match growth:
        case Known(value=change) if change.within_rounding:
            return ROUNDED_AWAY
        case Known(value=change, evidence=evidence, exact=exact):
            return Known(value=change.per_week * _PER, evidence=evidence, exact=exact)
        case Unknown():
            return growth


def _in_results(results: Sequence[CompanyResult]) -> Sequence[Metric]:
    """Return the metrics that are known of some company: there is no growth in a first run."""
    known = {
        measure.metric
        for result in results
        for measure in result.measures
        if isinstance(measure.value, Known)
    }
    return [metric for name, metric in _METRICS.items() if name in known]


def _missing(result: CompanyResult, metric: Metric) -> Number:
    """Return why a figure is unknown; for a company without a channel, that none was found."""
    nothing = absent_after_a_look(result, CHANNELS, "no public channel found")
    return _values(result.sizes).get(metric.id, nothing)


SUBJECT = Subject(
    name="followers",
    order=48,
    family=Family(of=_METRICS.get, in_results=_in_results, missing=_missing),
    of_company=_of_company,
    # It rests on profiles that were read, however the site is drawn.
    from_pages=False,
)
