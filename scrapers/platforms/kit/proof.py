"""From what was read to known values with their proof, or to the reason why there is none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from audit.model.dated import Dated
from audit.model.exchange import Failure, Key, Page
from audit.model.profile import (
    Count,
    Outcome,
    Profile,
    ProfileFigure,
    ProfilePost,
    Standing,
    Timeline,
    unread,
)
from audit.model.value import Evidence, Known, Unknown
from scrapers.parse.counts import parse_count
from scrapers.parse.text import clean
from scrapers.parse.urls import join
from scrapers.parse.values import count_of
from scrapers.platforms.kit.base import GONE, Ask


@dataclass(frozen=True, slots=True)
class Proof:
    """A page as evidence: what is read from it is known, with address, time, rule and record."""

    page: Page
    rule: str

    def of(self, excerpt: str) -> Evidence:
        """The evidence of one thing that the page says."""
        return Evidence(
            url=self.page.url,
            fetched_at=self.page.fetched_at,
            rule=self.rule,
            excerpt=clean(excerpt, 200),
            record=self.page.record,
        )

    def dated(self, made: Dated | None, said: str) -> Evidence:
        """The evidence of one post: its day, where that is known, and what it says."""
        return self.of(f"{made.at:%Y-%m-%d} {said}" if made is not None else said)

    def count(self, said: object, word: str, *, exact: bool = True) -> Known[int] | Unknown:
        """A count, as a number or as the platform shows it ("12.3K"); never zero for nothing.

        `word` says what is counted, for the excerpt and for what is missing.
        """
        number = count_of(said)
        if number is not None:
            return Known(value=number, evidence=(self.of(f"{word}: {said}"),), exact=exact)
        shown = parse_count(said) if isinstance(said, str) else None
        if shown is None:
            return unread(Outcome.PARSE_FAILED, f"no count of {word} where it used to be")
        evidence = (self.of(said if isinstance(said, str) else word),)
        return Known(value=shown.value, evidence=evidence, exact=exact and shown.exact)

    def figure(
        self, count: Count, said: object, word: str = "", *, exact: bool = True
    ) -> ProfileFigure:
        """A count beside the audience; `word` is the platform's own for what is counted."""
        return ProfileFigure(count=count, value=self.count(said, word or str(count), exact=exact))

    def share(self, said: object, word: str) -> Known[float] | Unknown:
        """A rating or another number that is no count."""
        try:
            value = float(said) if isinstance(said, str | int | float) else None
        except (ValueError, OverflowError):
            value = None
        if value is None or isinstance(said, bool) or not 0 <= value < 1e12:
            return unread(Outcome.PARSE_FAILED, f"no {word} where it used to be")
        return Known(value=value, evidence=(self.of(f"{word}: {said}"),))


def not_found(found: Page | Failure, rule: str, said: str = "") -> Profile:
    """There is no such profile: the platform says so."""
    return absent(found, rule, Standing.MISSING, said or "the platform knows no such profile")


def absent(found: Page | Failure, rule: str, standing: Standing, said: str) -> Profile:
    """A profile that is missing, suspended or private, with the answer that says so."""
    outcome = {
        Standing.SUSPENDED: Outcome.SUSPENDED,
        Standing.PRIVATE: Outcome.PRIVATE,
    }.get(standing, Outcome.MISSING)
    at = found.failed_at if isinstance(found, Failure) else found.fetched_at
    evidence = Evidence(
        url=found.url, fetched_at=at, rule=rule, excerpt=clean(said, 200), record=found.record
    )
    why = unread(outcome, said)
    return Profile(standing=standing, evidence=(evidence,), audience=why, timeline=why)


def refused_by(failure: Failure, rule: str, said: str = "") -> Profile | Unknown:
    """An address that gave nothing: there is no such profile, or why it was not read."""
    return not_found(failure, rule, said) if failure.reason in GONE else reason_of(failure)


def reason_of(failure: Failure) -> Unknown:
    """Why nothing was read, in the failure's own word."""
    return Unknown(reason=failure.reason, detail=failure.detail)


def leads_to_login(found: Page, *marks: str) -> bool:
    """Tell whether a page leads to a login in place of what was asked for, by its final address.

    `marks` are the first segments of a login's path, such as `login` or `accounts/login`.
    """
    path = found.url.partition("://")[2].partition("/")[2].casefold()
    plain = path.partition("?")[0].rstrip("/") + "/"
    return any(plain.startswith(mark.strip("/") + "/") for mark in marks)


def needs_key(key: Key, what: str) -> Unknown:
    """Say which key would make something readable."""
    return unread(Outcome.NEEDS_KEY, f"{what}: set {' and '.join(key.variables)}")


def profile_of_posts(line: Timeline, audience: Unknown) -> Profile:
    """A profile of which the posts are all that was read."""
    evidence = tuple(post.evidence for post in line.posts[:1])
    return Profile(standing=Standing.LIVE, evidence=evidence, audience=audience, timeline=line)


def timeline_of(posts: Iterable[ProfilePost], ask: Ask, *, truncated: bool) -> Timeline:
    """The posts that were read, each once, the newest first; none whose address leads nowhere.

    `truncated`: the list was broken off before its end. One whose last post is older than the
    window misses nothing of the window.
    """
    usable = (post for post in posts if join(post.url, "") is not None)
    once = list({post.url: post for post in usable}.values())
    reaches = reaches_back([post for post in once if post.published is not None], ask.since)
    return Timeline(posts=tuple(newest_first(once)), truncated=truncated and not reaches)


def reaches_back(posts: Sequence[ProfilePost], since: datetime) -> bool:
    """Tell whether the last post of a list is older than a time."""
    last = posts[-1].published if posts else None
    return last is not None and last.at < since


def newest_first(posts: Iterable[ProfilePost]) -> list[ProfilePost]:
    """Posts by their times; those without one come last."""
    return sorted(posts, key=_newest)


def _newest(post: ProfilePost) -> tuple[float, str]:
    at = post.published.at if post.published is not None else datetime(1970, 1, 1, tzinfo=UTC)
    return -at.timestamp(), post.url
