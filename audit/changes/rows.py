"""The same place of posts in two runs: a section of the site, or a profile, with its cadence."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from audit.changes.matched import both_own, what_of
from audit.changes.pair import Look, Pair
from audit.model.kinds import SECTION_KINDS
from audit.model.result import Cadence

_COVERAGE_STEP = 1e-4
_SECTIONS = {kind.name: kind for kind in SECTION_KINDS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The cadence of one place in two runs; `subject` is its id, `what` its name for readers."""

    before: Cadence
    now: Cadence
    subject: str
    what: str


def rows(pair: Pair) -> Iterator[Rows]:
    """Give the places whose posts both runs have looked at: sections first, then own profiles."""
    old, new = _sections(pair.before), _sections(pair.now)
    for name in new:
        if name in old:
            title = _SECTIONS[name].title if name in _SECTIONS else pair.title(name)
            what = title[:1].upper() + title[1:]
            yield Rows(before=old[name], now=new[name], subject=name, what=what)
    for before, now in both_own(pair):
        then, today = _row(pair.before, before.url), _row(pair.now, now.url)
        if then is not None and today is not None:
            subject = f"channel.{now.platform}"
            yield Rows(before=then, now=today, subject=subject, what=what_of(now, pair))


def _sections(look: Look) -> dict[str, Cadence]:
    """Return the cadence of each kind of section, the first where there are two."""
    profiles = {channel.url for channel in look.result.channels}
    found: dict[str, Cadence] = {}
    for row in look.result.cadence:
        if row.url not in profiles:
            found.setdefault(row.channel, row)
    return found


def _row(look: Look, url: str) -> Cadence | None:
    """Return the cadence of a profile; None where its posts were not read."""
    return next((row for row in look.result.cadence if row.url == url), None)


def seen_since(row: Cadence, look: Look) -> datetime:
    """Return back to when all posts of a place are known.

    A little earlier, as coverage is kept with four digits: the oldest post lies within.
    """
    return look.run.as_of - timedelta(days=look.days) * (row.coverage + _COVERAGE_STEP)


def times(row: Cadence, look: Look) -> list[datetime]:
    """Return the times of the posts of a place that count, in order."""
    return sorted(
        post.counted_at
        for post in look.result.posts
        if (post.channel, post.channel_url) == (row.channel, row.url)
        and post.counted_at is not None
    )
