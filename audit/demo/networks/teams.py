"""The invented GitHub and Discord: an organisation with its releases, a server behind an invite."""

from collections.abc import Mapping, Sequence

from audit.demo.networks.replies import Replying, by_handle, data
from audit.demo.profiles import DemoPost, InventedProfile
from audit.demo.web import Reply

_LOST = {"message": "Not Found", "status": "404"}
_INVITES = "/api/v10/invites/"


def github(profiles: Sequence[InventedProfile]) -> Replying:
    """Reply as the REST interface does; the subjects of a rhythm are the repositories."""
    by_name = by_handle(profiles)

    def reply(path: str, query: Mapping[str, str]) -> Reply | None:
        kind, name, *rest = [*path.strip("/").split("/"), "", ""][:5]
        profile = by_name.get(name.casefold())
        page = int(query.get("page", "1"))
        payload = _github(profile, kind, [part for part in rest if part]) if profile else None
        if payload is None:
            return data(_LOST, status=404)
        return data([] if isinstance(payload, list) and page > 1 else payload)

    return reply


def _github(profile: InventedProfile, kind: str, rest: Sequence[str]) -> object:
    """Give what lies under /KIND/HANDLE/REST: the organisation, a repository, releases, or None.

    A user has no lists but the repositories, a repository none but the releases: [] stands for
    all others.
    """
    if kind in ("users", "orgs"):
        if not rest:
            return _organisation(profile)
        return [_repository(profile, name) for name in _names(profile)] if rest == ["repos"] else []
    if kind != "repos" or not rest or rest[0] not in _names(profile):
        return None
    if len(rest) == 1:
        return _repository(profile, rest[0])
    if rest[1] != "releases":
        return []
    return [_release(profile, rest[0], post) for post in _releases(profile, rest[0])]


def _names(profile: InventedProfile) -> tuple[str, ...]:
    """List the names of the repositories."""
    return profile.account.rhythm.subjects if profile.account.rhythm else ()


def _organisation(profile: InventedProfile) -> object:
    """Give the organisation with its followers."""
    account = profile.account
    return {
        "login": account.handle,
        "id": int(account.id),
        "type": "Organization",
        "name": account.name,
        "blog": profile.site,
        "bio": None,
        "description": profile.about,
        "public_repos": len(_names(profile)),
        "followers": profile.followers,
        "following": account.following,
        "html_url": f"https://github.com/{account.handle}",
        "created_at": f"{account.since}T08:00:00Z",
        "updated_at": f"{account.since}T08:00:00Z",
    }


def _releases(profile: InventedProfile, name: str) -> list[DemoPost]:
    """List the posts that are releases of a repository: each in turn has one."""
    names = _names(profile)
    return [post for post in profile.posts if names[post.number % len(names)] == name]


def _repository(profile: InventedProfile, name: str) -> object:
    """Give a repository; its stars and forks are parts of the organisation's followers."""
    releases = _releases(profile, name)
    since = f"{profile.account.since}T08:00:00Z"
    newest = f"{releases[0].at:%Y-%m-%dT%H:%M:%SZ}" if releases else since
    rank = _names(profile).index(name) + 2
    return {
        "id": int(profile.account.id) + rank,
        "name": name,
        "full_name": f"{profile.account.handle}/{name}",
        "html_url": f"https://github.com/{profile.account.handle}/{name}",
        "fork": False,
        "archived": False,
        "private": False,
        "stargazers_count": profile.followers // rank,
        "forks_count": profile.followers // (4 * rank),
        "watchers_count": profile.followers // rank,
        "open_issues_count": rank,
        "created_at": f"{profile.account.since}T08:00:00Z",
        "pushed_at": newest,
        "updated_at": newest,
    }


def _release(profile: InventedProfile, name: str, post: DemoPost) -> object:
    """Give a release with the reactions to it."""
    published_at, tag = f"{post.at:%Y-%m-%dT%H:%M:%SZ}", f"v1.{post.number}.0"
    return {
        "id": int(profile.account.id) * 100 + post.number,
        "tag_name": tag,
        "name": f"{name} {tag}",
        "body": post.title,
        "html_url": f"https://github.com/{profile.account.handle}/{name}/releases/tag/{tag}",
        "draft": False,
        "prerelease": False,
        "created_at": published_at,
        "published_at": published_at,
        "reactions": {"total_count": post.likes, "+1": post.likes},
    }


def discord(profiles: Sequence[InventedProfile]) -> Replying:
    """Reply for the invites; what an invite leads to is all that is public."""
    by_name = by_handle(profiles)

    def reply(path: str, query: Mapping[str, str]) -> Reply | None:
        del query
        profile = by_name.get(path.removeprefix(_INVITES).casefold())
        if profile is None or profile.shows == "gone":
            return data({"message": "Unknown Invite", "code": 10006}, status=404)
        return data(_invite(profile))

    return reply


def _invite(profile: InventedProfile) -> object:
    """Give what an invite says of a server, with about how many are in it and online."""
    account = profile.account
    guild = {
        "id": account.id,
        "name": account.name,
        "description": profile.about,
        "features": ["COMMUNITY"],
        "verification_level": 1,
    }
    return {
        "type": 0,
        "code": account.handle,
        "expires_at": None,
        "guild": guild,
        "channel": {"id": str(int(account.id) + 1), "name": "accueil", "type": 0},
        "approximate_member_count": profile.followers,
        "approximate_presence_count": profile.followers // 11,
    }
