"""The invented GitHub and Discord: an organisation with its releases, a server behind an invite."""

from collections.abc import Mapping, Sequence

from audit.demo.networks.answers import Answering, by_handle, data
from audit.demo.profiles import Item, Shown
from audit.demo.web import Answer

_LOST = {"message": "Not Found", "status": "404"}
_INVITES = "/api/v10/invites/"


def github(accounts: Sequence[Shown]) -> Answering:
    """Answer as the REST interface does; the subjects of a rhythm are the repositories."""
    named = by_handle(accounts)

    def answer(path: str, query: Mapping[str, str]) -> Answer | None:
        kind, name, *rest = [*path.strip("/").split("/"), "", ""][:5]
        found = named.get(name.casefold())
        page = int(query.get("page", "1"))
        said = _github(found, kind, [part for part in rest if part]) if found else None
        if said is None:
            return data(_LOST, status=404)
        return data([] if isinstance(said, list) and page > 1 else said)

    return answer


def _github(shown: Shown, kind: str, rest: Sequence[str]) -> object:
    if kind in ("users", "orgs"):
        if not rest:
            return _organisation(shown)
        return [_repository(shown, name) for name in _names(shown)] if rest == ["repos"] else []
    if kind != "repos" or not rest or rest[0] not in _names(shown):
        return None
    if len(rest) == 1:
        return _repository(shown, rest[0])
    if rest[1] != "releases":
        return []
    return [_release(shown, rest[0], post) for post in _releases(shown, rest[0])]


def _names(shown: Shown) -> tuple[str, ...]:
    return shown.account.rhythm.subjects if shown.account.rhythm else ()


def _organisation(shown: Shown) -> object:
    account = shown.account
    return {
        "login": account.handle,
        "id": int(account.id),
        "type": "Organization",
        "name": account.name,
        "blog": shown.site,
        "bio": None,
        "description": shown.about,
        "public_repos": len(_names(shown)),
        "followers": shown.followers,
        "following": account.following,
        "html_url": f"https://github.com/{account.handle}",
        "created_at": f"{account.since}T08:00:00Z",
        "updated_at": f"{account.since}T08:00:00Z",
    }


def _releases(shown: Shown, name: str) -> list[Item]:
    names = _names(shown)
    return [post for post in shown.posts if names[post.number % len(names)] == name]


def _repository(shown: Shown, name: str) -> object:
    mine = _releases(shown, name)
    newest = f"{mine[0].at:%Y-%m-%dT%H:%M:%SZ}" if mine else f"{shown.account.since}T08:00:00Z"
    place = _names(shown).index(name) + 2
    return {
        "id": int(shown.account.id) + place,
        "name": name,
        "full_name": f"{shown.account.handle}/{name}",
        "html_url": f"https://github.com/{shown.account.handle}/{name}",
        "fork": False,
        "archived": False,
        "private": False,
        "stargazers_count": shown.followers // place,
        "forks_count": shown.followers // (4 * place),
        "watchers_count": shown.followers // place,
        "open_issues_count": place,
        "created_at": f"{shown.account.since}T08:00:00Z",
        "pushed_at": newest,
        "updated_at": newest,
    }


def _release(shown: Shown, name: str, post: Item) -> object:
    made, tag = f"{post.at:%Y-%m-%dT%H:%M:%SZ}", f"v1.{post.number}.0"
    return {
        "id": int(shown.account.id) * 100 + post.number,
        "tag_name": tag,
        "name": f"{name} {tag}",
        "body": post.title,
        "html_url": f"https://github.com/{shown.account.handle}/{name}/releases/tag/{tag}",
        "draft": False,
        "prerelease": False,
        "created_at": made,
        "published_at": made,
        "reactions": {"total_count": post.likes, "+1": post.likes},
    }


def discord(accounts: Sequence[Shown]) -> Answering:
    """Answer for the invites; what an invite leads to is all that is public."""
    named = by_handle(accounts)

    def answer(path: str, query: Mapping[str, str]) -> Answer | None:
        del query
        found = named.get(path.removeprefix(_INVITES).casefold())
        if found is None or found.shows == "gone":
            return data({"message": "Unknown Invite", "code": 10006}, status=404)
        return data(_invite(found))

    return answer


def _invite(shown: Shown) -> object:
    account = shown.account
    guild = {
        "id": account.id,
        "name": account.name,
        "description": shown.about,
        "features": ["COMMUNITY"],
        "verification_level": 1,
    }
    return {
        "type": 0,
        "code": account.handle,
        "expires_at": None,
        "guild": guild,
        "channel": {"id": str(int(account.id) + 1), "name": "accueil", "type": 0},
        "approximate_member_count": shown.followers,
        "approximate_presence_count": shown.followers // 11,
    }
