"""From what was read to known values with their proof, or to the reason why there is none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

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
from audit.model.value import Dated, Evidence, Known, Unknown
from scrapers.parse.counts import parse_count
from scrapers.parse.text import clean
from scrapers.parse.urls import join
from scrapers.parse.values import count_of
from scrapers.platforms.kit.base import GONE, Ask

_EXCERPT = 200
_MOST = 1e12
"""No rating or other figure reaches this; infinity and NaN fail the comparison, too."""


# ---- values with their proof ----


@dataclass(frozen=True, slots=True)
class Proof:
    """A page as evidence: what is read from it is known, with address, time, rule and record.

    `proof = kit.Proof(answer.page, "platform.acme")`, once for each page that is read.
    """

    page: Page
    rule: str

    def of(self, excerpt: str) -> Evidence:
        """Return the evidence of one thing; `excerpt` is what the page says (200 characters)."""
        return Evidence(
            url=self.page.url,
            fetched_at=self.page.fetched_at,
            rule=self.rule,
            excerpt=clean(excerpt, _EXCERPT),
            record=self.page.record,
        )

    def dated(self, published: Dated | None, text: str) -> Evidence:
        """Return the evidence of one post: "2026-11-24 Our new pump", or the text alone."""
        return self.of(f"{published.at:%Y-%m-%d} {text}" if published is not None else text)

    def count(self, value: object, word: str, *, exact: bool = True) -> Known[int] | Unknown:
        """Return a count with its proof, from a number or from a text as the platform shows it.

        `word` is what is counted: `proof.count(answer.field("followers"), "followers")`. 12300 is
        exact, "12.3K followers" is 12300 and not exact, 0 is a known zero; None, "" and "many" are
        unknown (bad-content, "no count of followers where it used to be"). `exact=False` is for
        platforms that round without showing it.
        """
        number = count_of(value)
        if number is not None:
            return Known(value=number, evidence=(self.of(f"{word}: {value}"),), exact=exact)
        displayed = parse_count(value) if isinstance(value, str) else None
        if displayed is None:
            return unread(Outcome.PARSE_FAILED, f"no count of {word} where it used to be")
        evidence = (self.of(value if isinstance(value, str) else word),)
        return Known(value=displayed.value, evidence=evidence, exact=exact and displayed.exact)

    def figure(
        self, count: Count, value: object, word: str = "", *, exact: bool = True
    ) -> ProfileFigure:
        """Return a figure of a profile beside its audience: `proof.figure(kit.Count.VIDEOS, 12)`.

        `word` is the platform's own for what is counted, where it has another than ours.
        """
        return ProfileFigure(count=count, value=self.count(value, word or str(count), exact=exact))

    def share(self, value: object, word: str) -> Known[float] | Unknown:
        """Return a number that is no count, such as a rating of 4.6, with its proof.

        "4.6" in quotes is read, too; `word` ("rating") says what is missing where it is none.
        """
        try:
            number = float(value) if isinstance(value, str | int | float) else None
        except (ValueError, OverflowError):
            number = None
        # float(True) is 1.0, but a flag is no rating.
        if number is None or isinstance(value, bool) or not 0 <= number < _MOST:
            return unread(Outcome.PARSE_FAILED, f"no {word} where it used to be")
        return Known(value=number, evidence=(self.of(f"{word}: {value}"),))


# ---- why there is no profile, or no value ----


def not_found(answer: Page | Failure, rule: str, detail: str = "") -> Profile:
    """Say that there is no such profile, by the answer that shows it; `detail` in words.

    Only for what the platform itself says: a 404 that also comes in outages is a `reason_of`.
    """
    return absent(answer, rule, Standing.MISSING, detail or "the platform knows no such profile")


def absent(answer: Page | Failure, rule: str, standing: Standing, detail: str) -> Profile:
    """Say that a profile is missing, suspended or private, by the answer that shows it.

    `kit.absent(failure, _RULE, kit.Standing.SUSPENDED, "the account is suspended")`: such a
    profile has a standing with evidence, and neither an audience nor posts.
    """
    outcome = {
        Standing.SUSPENDED: Outcome.SUSPENDED,
        Standing.PRIVATE: Outcome.PRIVATE,
    }.get(standing, Outcome.MISSING)
    at = answer.failed_at if isinstance(answer, Failure) else answer.fetched_at
    evidence = Evidence(
        url=answer.url,
        fetched_at=at,
        rule=rule,
        excerpt=clean(detail, _EXCERPT),
        record=answer.record,
    )
    reason = unread(outcome, detail)
    return Profile(standing=standing, evidence=(evidence,), audience=reason, timeline=reason)


def refused_by(failure: Failure, rule: str, detail: str = "") -> Profile | Unknown:
    """Say what a failure means where 404 and 410 are a sure sign that there is no such profile.

    For those the profile is missing; every other failure (403, timeout …) is a reason.
    """
    return not_found(failure, rule, detail) if failure.reason in GONE else reason_of(failure)


def reason_of(failure: Failure) -> Unknown:
    """Return a failure's own reason and detail as an unknown value."""
    return Unknown(reason=failure.reason, detail=failure.detail)


def leads_to_login(page: Page, *marks: str) -> bool:
    """Tell whether a page leads to a login in place of what was asked for, by its final address.

    `marks` are the first segments of a login's path: with "accounts/login" the address
    `https://acme.example/accounts/login/?next=/acme` is one, `/accounts/loginfo` is not.
    """
    path = page.url.partition("://")[2].partition("/")[2].casefold()
    plain = path.partition("?")[0].rstrip("/") + "/"
    return any(plain.startswith(mark.strip("/") + "/") for mark in marks)


def needs_key(key: Key, what: str) -> Unknown:
    """Say which key would make something readable: `kit.needs_key(KEY, "followers")`.

    The user reads "followers: set ACME_CLIENT_ID and ACME_CLIENT_SECRET".
    """
    return unread(Outcome.NEEDS_KEY, f"{what}: set {' and '.join(key.variables)}")


# ---- posts ----


def profile_of_posts(line: Timeline, audience: Unknown) -> Profile:
    """Return a live profile of which the posts are all that was read; `audience` says why."""
    evidence = tuple(post.evidence for post in line.posts[:1])
    return Profile(standing=Standing.LIVE, evidence=evidence, audience=audience, timeline=line)


def timeline_of(posts: Iterable[ProfilePost], ask: Ask, *, truncated: bool) -> Timeline:
    """Return the posts that were read, each once, the newest first.

    Posts without a usable address are left out. `truncated` is True where the list went on: a feed
    of the newest 20, a page that could not be read. If its last post is older than the window, all
    posts of the window were there, and the timeline is not truncated. `posts` must therefore come
    in the platform's own order, the newest first.
    """
    usable = (post for post in posts if join(post.url, "") is not None)
    # Pages overlap where something is posted between two requests: the later copy stays.
    distinct = list({post.url: post for post in usable}.values())
    reaches = reaches_back([post for post in distinct if post.published is not None], ask.since)
    return Timeline(posts=tuple(newest_first(distinct)), truncated=truncated and not reaches)


def reaches_back(posts: Sequence[ProfilePost], since: datetime) -> bool:
    """Tell whether the last post of a list is older than `since`; False for one without a time."""
    last = posts[-1].published if posts else None
    return last is not None and last.at < since


def newest_first(posts: Iterable[ProfilePost]) -> list[ProfilePost]:
    """Return posts by their times, the newest first; those without one come last."""
    return sorted(posts, key=_age)


def _age(post: ProfilePost) -> tuple[float, str]:
    """Return what posts are sorted by: their age, then their address."""
    at = post.published.at if post.published is not None else datetime(1970, 1, 1, tzinfo=UTC)
    return -at.timestamp(), post.url
