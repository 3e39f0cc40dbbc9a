"""Repositories and releases of a GitHub account (docs.github.com/rest: repos, releases)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import quote

from scrapers.platforms import kit

API = "https://api.github.com"
_RULE = "platform.github"
_LIMIT = 100
_REACTIONS = ((kit.Reaction.LIKES, "reactions.total_count"),)
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

    proof: kit.Proof
    listed: tuple[kit.Json, ...]
    cut: bool

    def pushed_at(self) -> datetime | None:
        """When somebody last added something to one of them."""
        times = (kit.time_of(each.get("pushed_at")) for each in self.listed)
        return max(filter(None, times), default=None)

    def sums(self) -> tuple[kit.ProfileFigure, ...]:
        """Stars and forks of all, a lower bound where not all were read."""
        return (
            kit.ProfileFigure(count=kit.Count.STARS, value=self._sum("stargazers_count", "stars")),
            kit.ProfileFigure(count=kit.Count.FORKS, value=self._sum("forks_count", "forks")),
        )

    def _sum(self, key: str, word: str) -> kit.Known[int] | kit.Unknown:
        counts = [kit.count_of(each.get(key)) for each in self.listed]
        known = [count for count in counts if count is not None]
        if len(known) < len(counts):
            return kit.unread(kit.Outcome.PARSE_FAILED, f"no count of {word} where it used to be")
        least = "at least " if self.cut else ""
        said = f"{word} of {len(known)} repositories: {least}{sum(known)}"
        return kit.Known(
            value=sum(known),
            evidence=(self.proof.of(said),),
            exact=not self.cut,
            qualifiers=(kit.Qualifier.TRUNCATED,) if self.cut else (),
        )


def read_repositories(
    owner: str, *, company: bool, key: kit.Key | None
) -> kit.Steps[Repositories | kit.Failure]:
    """List an account's own repositories, those changed last first."""
    place = f"orgs/{quote(owner)}/repos?type=public"
    if not company:
        place = f"users/{quote(owner)}/repos?type=owner"
    found = yield from _part(place, 1, key)
    if isinstance(found, kit.Failure):
        return found
    proof, listed, part = kit.Proof(found.page, _RULE), found.items(), 1
    while len(found.items()) >= _LIMIT and part < bounds(key).pages:
        part += 1
        found = yield from _part(place, part, key)
        if isinstance(found, kit.Failure):
            return Repositories(proof=proof, listed=tuple(listed), cut=True)
        listed += found.items()
    cut = len(found.items()) >= _LIMIT
    return Repositories(proof=proof, listed=tuple(listed), cut=cut)


def _part(place: str, part: int, key: kit.Key | None) -> kit.Steps[kit.JsonAnswer | kit.Failure]:
    more = f"&page={part}" if part > 1 else ""
    found = yield from kit.ask_json(f"{API}/{place}&sort=pushed&per_page={_LIMIT}{more}", key=key)
    if isinstance(found, kit.Failure) or isinstance(found.payload, list):
        return found
    return kit.bad_content(found.page, "no repositories where they used to be")


def bounds(key: kit.Key | None) -> Bounds:
    """How much is read, with a key or without."""
    return FREE if key is None else KEYED


def read_releases(
    ask: kit.Ask, found: Repositories, key: kit.Key | None
) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """The releases of those repositories that were pushed to within the window, some of many."""
    fresh = [each for each in found.listed if _pushed(each) >= ask.since]
    chosen = _chosen(fresh, bounds(key).releases) or found.listed[:2]
    cut = len(chosen) < len(fresh) or (found.cut and len(fresh) == len(found.listed))
    posts: list[kit.ProfilePost] = []
    for each in chosen:
        name = kit.text_of(each.get("full_name"))
        said = yield from kit.ask_json(
            f"{API}/repos/{quote(name)}/releases?per_page={_LIMIT}", key=key
        )
        if isinstance(said, kit.Failure):
            if not posts:
                return kit.reason_of(said)
            cut = True
            break
        read = list(_releases(said, kit.text_of(each.get("name"))))
        posts += read
        full = len(said.items()) >= _LIMIT
        cut = cut or (full and bool(read) and not kit.reaches_back(read, ask.since))
    return replace(kit.timeline_of(posts, ask, truncated=False), truncated=cut)


def _pushed(said: kit.Json) -> datetime:
    return kit.time_of(said.get("pushed_at")) or datetime(1970, 1, 1, tzinfo=UTC)


def _chosen(fresh: Sequence[kit.Json], most: int) -> Sequence[kit.Json]:
    """One half those pushed to last, one half those with the most stars."""
    if len(fresh) <= most:
        return fresh
    starred = sorted(fresh, key=lambda each: -(kit.count_of(each.get("stargazers_count")) or 0))
    first, second = list(fresh[: most // 2]), list(starred)
    return (first + [each for each in second if each not in first])[:most]


def _releases(said: kit.JsonAnswer, repository: str) -> Iterator[kit.ProfilePost]:
    proof = kit.Proof(said.page, _RULE)
    for release in said.items():
        made = kit.dated_at(release.get("published_at"))
        url = kit.own_site_of(release.get("html_url"), "github.com")
        if made is None or not url or release.get("draft") is True:
            continue
        named = kit.text_of(release.get("name"), 300) or kit.text_of(release.get("tag_name"), 300)
        yield kit.ProfilePost(
            url=url,
            title=kit.headline(f"{repository} {named}".strip()),
            text=kit.text_of(release.get("body")),
            published=made,
            evidence=proof.dated(made, f"{repository} {named}"),
            format="release",
            interactions=kit.interactions_of(release, _REACTIONS),
        )
