"""Repositories and releases of a GitHub account (docs.github.com/rest: repos, releases)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import quote

from audit.model.exchange import Failure, Key
from audit.model.profile import (
    Count,
    Outcome,
    ProfileFigure,
    ProfilePost,
    Reaction,
    Timeline,
    unread,
)
from audit.model.value import Known, Qualifier, Unknown
from scrapers.parse.values import Json, headline, instant, own_site_of, text_of, time_of, whole
from scrapers.platforms.kit.base import Answer, Ask, Steps, answer, failed
from scrapers.platforms.kit.posts import interactions
from scrapers.platforms.kit.proof import Proof, before, timeline, why

API = "https://api.github.com"
_RULE = "platform.github"
_LIMIT = 100
_REACTIONS = ((Reaction.LIKES, "reactions.total_count"),)
"""The interface leaves the reactions out where there are none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How much is read: pages of repositories, and repositories whose releases are looked at."""

    pages: int
    releases: int


FREE = Bounds(pages=2, releases=6)
"""Without a key there are 60 requests an hour, for all companies."""

KEYED = Bounds(pages=10, releases=20)


@dataclass(frozen=True, slots=True, kw_only=True)
class Repositories:
    """The repositories that were read; `cut`: there are more, of which nothing is known."""

    proof: Proof
    listed: tuple[Json, ...]
    cut: bool

    def pushed_at(self) -> datetime | None:
        """When somebody last added something to one of them."""
        times = (time_of(each.get("pushed_at")) for each in self.listed)
        return max(filter(None, times), default=None)

    def sums(self) -> tuple[ProfileFigure, ...]:
        """Stars and forks of all, a lower bound where not all were read."""
        return (
            ProfileFigure(count=Count.STARS, value=self._sum("stargazers_count", "stars")),
            ProfileFigure(count=Count.FORKS, value=self._sum("forks_count", "forks")),
        )

    def _sum(self, key: str, word: str) -> Known[int] | Unknown:
        counts = [whole(each.get(key)) for each in self.listed]
        known = [count for count in counts if count is not None]
        if len(known) < len(counts):
            return unread(Outcome.PARSE_FAILED, f"no count of {word} where it used to be")
        least = "at least " if self.cut else ""
        said = f"{word} of {len(known)} repositories: {least}{sum(known)}"
        return Known(
            value=sum(known),
            evidence=(self.proof.of(said),),
            exact=not self.cut,
            qualifiers=(Qualifier.TRUNCATED,) if self.cut else (),
        )


def read_repositories(
    owner: str, *, company: bool, key: Key | None
) -> Steps[Repositories | Failure]:
    """List an account's own repositories, those changed last first."""
    place = f"orgs/{quote(owner)}/repos?type=public"
    if not company:
        place = f"users/{quote(owner)}/repos?type=owner"
    found = yield from _part(place, 1, key)
    if isinstance(found, Failure):
        return found
    proof, listed, part = Proof(found.page, _RULE), found.listed(), 1
    while len(found.listed()) >= _LIMIT and part < bounds(key).pages:
        part += 1
        found = yield from _part(place, part, key)
        if isinstance(found, Failure):
            return Repositories(proof=proof, listed=tuple(listed), cut=True)
        listed += found.listed()
    cut = len(found.listed()) >= _LIMIT
    return Repositories(proof=proof, listed=tuple(listed), cut=cut)


def _part(place: str, part: int, key: Key | None) -> Steps[Answer | Failure]:
    more = f"&page={part}" if part > 1 else ""
    found = yield from answer(f"{API}/{place}&sort=pushed&per_page={_LIMIT}{more}", key=key)
    if isinstance(found, Failure) or isinstance(found.said, list):
        return found
    return failed(found.page, "no repositories where they used to be")


def bounds(key: Key | None) -> Bounds:
    """How much is read, with a key or without."""
    return FREE if key is None else KEYED


def read_releases(ask: Ask, found: Repositories, key: Key | None) -> Steps[Timeline | Unknown]:
    """The releases of those repositories that were pushed to within the window, some of many."""
    fresh = [each for each in found.listed if _pushed(each) >= ask.since]
    chosen = _chosen(fresh, bounds(key).releases) or found.listed[:2]
    cut = len(chosen) < len(fresh) or (found.cut and len(fresh) == len(found.listed))
    posts: list[ProfilePost] = []
    for each in chosen:
        name = text_of(each.get("full_name"))
        said = yield from answer(f"{API}/repos/{quote(name)}/releases?per_page={_LIMIT}", key=key)
        if isinstance(said, Failure):
            if not posts:
                return why(said)
            cut = True
            break
        read = list(_releases(said, text_of(each.get("name"))))
        posts += read
        full = len(said.listed()) >= _LIMIT
        cut = cut or (full and bool(read) and not before(read, ask.since))
    return replace(timeline(posts, ask, truncated=False), truncated=cut)


def _pushed(said: Json) -> datetime:
    return time_of(said.get("pushed_at")) or datetime(1970, 1, 1, tzinfo=UTC)


def _chosen(fresh: Sequence[Json], most: int) -> Sequence[Json]:
    """One half those pushed to last, one half those with the most stars."""
    if len(fresh) <= most:
        return fresh
    starred = sorted(fresh, key=lambda each: -(whole(each.get("stargazers_count")) or 0))
    first, second = list(fresh[: most // 2]), list(starred)
    return (first + [each for each in second if each not in first])[:most]


def _releases(said: Answer, repository: str) -> Iterator[ProfilePost]:
    proof = Proof(said.page, _RULE)
    for release in said.listed():
        made = instant(release.get("published_at"))
        url = own_site_of(release.get("html_url"), "github.com")
        if made is None or not url or release.get("draft") is True:
            continue
        named = text_of(release.get("name"), 300) or text_of(release.get("tag_name"), 300)
        yield ProfilePost(
            url=url,
            title=headline(f"{repository} {named}".strip()),
            text=text_of(release.get("body")),
            published=made,
            evidence=proof.dated(made, f"{repository} {named}"),
            format="release",
            interactions=interactions(release, _REACTIONS),
        )
