"""Repositories and releases of a GitHub account (docs.github.com/rest: repos, releases)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import quote

from scrapers.platforms import kit

API = "https://api.github.com"
_RULE = "platform.github"
_PAGE_SIZE = 100
"""Entries on one page of a list, the most that the interface gives."""
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
    """The repositories that were read, as the interface gives them, last pushed to first.

    `proof` is the first page of their list; `cut`: there are more, of which nothing is known.
    """

    proof: kit.Proof
    listed: tuple[kit.Json, ...]
    cut: bool

    def pushed_at(self) -> datetime | None:
        """Return when somebody last added something to one of them; None where none says."""
        times = (kit.time_of(repository.get("pushed_at")) for repository in self.listed)
        return max(filter(None, times), default=None)

    def sums(self) -> tuple[kit.ProfileFigure, ...]:
        """Return stars and forks of all, as a lower bound where not all were read."""
        return (
            kit.ProfileFigure(count=kit.Count.STARS, value=self._sum("stargazers_count", "stars")),
            kit.ProfileFigure(count=kit.Count.FORKS, value=self._sum("forks_count", "forks")),
        )

    def _sum(self, key: str, word: str) -> kit.Known[int] | kit.Unknown:
        """Add one count up over the repositories; unknown if a single one of them lacks it."""
        counts = [kit.count_of(repository.get(key)) for repository in self.listed]
        known = [count for count in counts if count is not None]
        if len(known) < len(counts):
            return kit.unread(kit.Outcome.PARSE_FAILED, f"no count of {word} where it used to be")
        least = "at least " if self.cut else ""
        excerpt = f"{word} of {len(known)} repositories: {least}{sum(known)}"
        return kit.Known(
            value=sum(known),
            evidence=(self.proof.of(excerpt),),
            exact=not self.cut,
            qualifiers=(kit.Qualifier.TRUNCATED,) if self.cut else (),
        )


def bounds(key: kit.Key | None) -> Bounds:
    """Return how much is read, with a key or without."""
    return FREE if key is None else KEYED


# ---- repositories ----


def read_repositories(
    owner: str, *, is_organisation: bool, key: kit.Key | None
) -> kit.Steps[Repositories | kit.Failure]:
    """List an account's own repositories, those that were pushed to last first.

    A first page that fails is the failure; one that fails later cuts the list short.
    """
    # `type` has other words for organisations than for users: `public` leaves out what is private,
    # `owner` what a user is only a member of.
    place = f"orgs/{quote(owner)}/repos?type=public"
    if not is_organisation:
        place = f"users/{quote(owner)}/repos?type=owner"
    answer = yield from _repositories_page(place, 1, key)
    if isinstance(answer, kit.Failure):
        return answer
    proof, listed, number = kit.Proof(answer.page, _RULE), answer.items(), 1
    while len(answer.items()) >= _PAGE_SIZE and number < bounds(key).pages:
        number += 1
        answer = yield from _repositories_page(place, number, key)
        if isinstance(answer, kit.Failure):
            return Repositories(proof=proof, listed=tuple(listed), cut=True)
        listed += answer.items()
    cut = len(answer.items()) >= _PAGE_SIZE
    return Repositories(proof=proof, listed=tuple(listed), cut=cut)


def _repositories_page(
    place: str, number: int, key: kit.Key | None
) -> kit.Steps[kit.JsonAnswer | kit.Failure]:
    """Ask for one page of repositories, numbered from 1; what is no list is a failure."""
    more = f"&page={number}" if number > 1 else ""
    url = f"{API}/{place}&sort=pushed&per_page={_PAGE_SIZE}{more}"
    answer = yield from kit.ask_json(url, key=key)
    if isinstance(answer, kit.Failure) or isinstance(answer.payload, list):
        return answer
    return kit.bad_content(answer.page, "no repositories where they used to be")


# ---- releases ----


def read_releases(
    ask: kit.Ask, repositories: Repositories, key: kit.Key | None
) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Read the releases of repositories that were pushed to within the window, of some of many."""
    listed = repositories.listed
    fresh = [repository for repository in listed if _pushed_at(repository) >= ask.since]
    # Of an account that rests, two repositories are looked at: they tell when it last released.
    chosen = _chosen(fresh, bounds(key).releases) or listed[:2]
    cut = len(chosen) < len(fresh) or (repositories.cut and len(fresh) == len(listed))
    posts: list[kit.ProfilePost] = []
    for repository in chosen:
        full_name = kit.text_of(repository.get("full_name"))
        url = f"{API}/repos/{quote(full_name)}/releases?per_page={_PAGE_SIZE}"
        answer = yield from kit.ask_json(url, key=key)
        if isinstance(answer, kit.Failure):
            if not posts:
                return kit.reason_of(answer)
            cut = True
            break
        releases = list(_releases_in(answer, kit.text_of(repository.get("name"))))
        posts += releases
        full = len(answer.items()) >= _PAGE_SIZE
        cut = cut or (full and bool(releases) and not kit.reaches_back(releases, ask.since))
    # `timeline_of` judges by one list that ends in its oldest post; here several are joined.
    return replace(kit.timeline_of(posts, ask, truncated=False), truncated=cut)


def _pushed_at(repository: kit.Json) -> datetime:
    """Return when somebody last pushed to a repository; 1970 where it does not say."""
    return kit.time_of(repository.get("pushed_at")) or datetime(1970, 1, 1, tzinfo=UTC)


def _chosen(fresh: Sequence[kit.Json], most: int) -> Sequence[kit.Json]:
    """Choose one half those pushed to last, one half those with the most stars."""
    if len(fresh) <= most:
        return fresh
    newest = list(fresh[: most // 2])
    starred = sorted(fresh, key=_fewer_stars)
    return (newest + [each for each in starred if each not in newest])[:most]


def _fewer_stars(repository: kit.Json) -> int:
    """Return a key that sorts the repositories with the most stars first."""
    return -(kit.count_of(repository.get("stargazers_count")) or 0)


def _releases_in(answer: kit.JsonAnswer, repository: str) -> Iterator[kit.ProfilePost]:
    """Give the releases that everybody can see; a draft is none, nor what lies elsewhere."""
    proof = kit.Proof(answer.page, _RULE)
    for release in answer.items():
        published = kit.dated_at(release.get("published_at"))
        url = kit.own_site_of(release.get("html_url"), "github.com")
        if published is None or not url or release.get("draft") is True:
            continue
        # Many releases have no name of their own; GitHub then shows their tag.
        name = kit.text_of(release.get("name"), 300) or kit.text_of(release.get("tag_name"), 300)
        yield kit.ProfilePost(
            url=url,
            title=kit.headline(f"{repository} {name}".strip()),
            text=kit.text_of(release.get("body")),
            published=published,
            evidence=proof.dated(published, f"{repository} {name}"),
            format="release",
            interactions=kit.interactions_of(release, _REACTIONS),
        )
