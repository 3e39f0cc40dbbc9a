"""How active a company is altogether: posts a week on its site and on its public channels."""

from collections.abc import Sequence

from audit.measure.outlets import is_community
from audit.measure.presence import first_reason
from audit.measure.subject import Brief, Subject, Values
from audit.model.bounds import bound_of_sum, composed, manual_mark, marks_of
from audit.model.channel import Channel
from audit.model.kinds import SECTIONS
from audit.model.metric import Bound, Metric, Phrase, Unit
from audit.model.profile import NOT_SHOWN
from audit.model.result import Cadence, Status
from audit.model.value import PROOFS, Absent, Evidence, Known, Number, Qualifier, Unknown

Proof = tuple[Evidence, ...]

SITE_RATE = Metric(
    id="site.posts_per_week",
    title="Posts a week, website",
    theme="Activity",
    unit=Unit.RATE,
    higher_is_better=True,
    definition="Blog, news, podcast and release notes together; at least this where one of them "
    "could not be seen, about this where only a part of the list of one is public.",
    phrase=Phrase(unit="posts a week", after=" on the website"),
)
CHANNEL_RATE = Metric(
    id="channels.posts_per_week",
    title="Posts a week, social networks",
    theme="Activity",
    unit=Unit.RATE,
    higher_is_better=True,
    definition="All own profiles on public platforms together; at least this where one of them "
    "could not be seen, about this where only a part of the list of one is public. What others "
    "write in a community does not count.",
    phrase=Phrase(unit="posts a week", after=" on social networks"),
)
ACTIVE = Metric(
    id="channels.active",
    title="Active channels",
    theme="Activity",
    unit=Unit.COUNT,
    higher_is_better=True,
    definition="Own profiles with a post of their own in the last 30 days, platforms counted once; "
    "at least this where one of them could not be seen.",
    phrase=Phrase(unit="active channels", one="active channel"),
)


def _of_company(brief: Brief) -> Values:
    """Add up the rates of the site's own sections, and those of the profiles."""
    own_rows = [row for row in brief.rows if row.channel in SECTIONS]
    return {
        SITE_RATE.id: _site_rate(own_rows, brief.proof, tuple(brief.lost.values())),
        **_of_channels(brief.visit.channels, brief.rows, brief.proof),
    }


def _site_rate(rows: Sequence[Cadence], proof: Proof, lost: Sequence[Unknown] = ()) -> Number:
    """Return posts a week over all sections; at least that where one could not be seen.

    Unknown where none could be read, absent where the site has none. `lost` tells of sections that
    the run before has read.
    """
    if not rows:
        words = "no blog, news, podcast or release notes found"
        return lost[0] if lost else Absent(evidence=proof, detail=words)
    rates = [row.posts_per_week for row in rows]
    if all(isinstance(rate, Unknown) for rate in rates):
        return rates[0]
    known = [rate for rate in rates if isinstance(rate, Known)]
    # Two of each, so that one section's proof leaves room for the others'.
    evidence = tuple(proof for rate in known for proof in rate.evidence[:2])[:PROOFS]
    return Known(
        value=float(sum(rate.value for rate in known)),
        evidence=evidence or proof,
        qualifiers=marks_of(bound_of_sum((*rates, *lost))),
    )


def _of_channels(channels: Sequence[Channel], rows: Sequence[Cadence], proof: Proof) -> Values:
    """Return posts a week and active profiles over all own channels.

    What others write in a community of the company's is not counted, nor are pages that have no
    posts by their nature (an app store).
    """
    own = (channel for channel in channels if channel.is_own)
    speaking = [channel for channel in own if not is_community(channel)]
    counted = [channel for channel in speaking if channel.last_post != NOT_SHOWN]
    if speaking and not counted:
        reason = first_reason(speaking)
        return {CHANNEL_RATE.id: reason, ACTIVE.id: reason}
    if not counted:
        none = Absent(evidence=proof, detail="no public channel found")
        return {CHANNEL_RATE.id: none, ACTIVE.id: none}
    by_url = {row.url: row for row in rows}
    read = [by_url[channel.url] for channel in counted if channel.url in by_url]
    cut = len(read) < len(counted)
    return {
        CHANNEL_RATE.id: _rates(counted, read, proof, cut=cut),
        ACTIVE.id: _active(counted, read, proof, cut=cut),
    }


def _rates(
    channels: Sequence[Channel], rows: Sequence[Cadence], proof: Proof, *, cut: bool
) -> Number:
    """Add up the rates of the profiles that were read; `cut`: some were not.

    `channels` give the reason where none of the rates is known.
    """
    known = [row.posts_per_week for row in rows if isinstance(row.posts_per_week, Known)]
    empty = [row for row in rows if isinstance(row.posts_per_week, Absent)]
    if not known and not empty:
        return first_reason(channels)
    # A profile without any post has a rate of nothing, and is read all the same.
    unread = Bound.LEAST if cut else None
    bound = composed((bound_of_sum(row.posts_per_week for row in rows), unread))
    evidence = tuple(rate.evidence[0] for rate in known if rate.evidence)[:PROOFS]
    return Known(
        value=float(sum(rate.value for rate in known)),
        evidence=evidence or proof,
        qualifiers=(*marks_of(bound), *manual_mark(known)),
    )


def _active(
    channels: Sequence[Channel], rows: Sequence[Cadence], proof: Proof, *, cut: bool
) -> Number:
    """Count the platforms with a post in the last 30 days; `cut`: some profiles were not read.

    `channels` give the reason where the status of none is known.
    """
    known = [(row.channel, row.status) for row in rows if isinstance(row.status, Known)]
    states = [state for _, state in known]
    if not states:
        return first_reason(channels)
    active = len({platform for platform, state in known if state.value is Status.ACTIVE})
    evidence = tuple(state.evidence[0] for state in states if state.evidence)[:PROOFS]
    marks = (Qualifier.TRUNCATED,) if cut or len(states) < len(rows) else ()
    return Known(value=active, evidence=evidence or proof, qualifiers=marks)


SUBJECT = Subject(
    name="together",
    order=20,
    metrics=(SITE_RATE, CHANNEL_RATE, ACTIVE),
    of_company=_of_company,
)
