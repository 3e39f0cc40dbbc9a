"""The invented Bluesky and Mastodon: open interfaces with the whole history, page by page."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from audit.demo.networks.replies import Replying, by_handle, data
from audit.demo.profiles import DemoPost, InventedProfile
from audit.demo.web import Reply

_XRPC = "/xrpc/app.bsky."
_SIGNS = "234567abcdefghijklmnopqrstuvwxyz"
"""The digits of base 32 in which Bluesky writes record keys, in the order of ASCII."""

_API = "/api/v1/accounts/"
_SERVER = "https://mastodon.social"
_SCHEMA = "http://nodeinfo.diaspora.software/ns/schema/2.0"
_ABOUT: Mapping[str, object] = {
    "/.well-known/nodeinfo": {"links": [{"rel": _SCHEMA, "href": f"{_SERVER}/nodeinfo/2.0"}]},
    "/nodeinfo/2.0": {
        "version": "2.0",
        "software": {"name": "mastodon", "version": "4.5.2"},
        "protocols": ["activitypub"],
        "openRegistrations": True,
    },
}


def bluesky(profiles: Sequence[InventedProfile]) -> Replying:
    """Reply as the AppView does: the profile, and its posts page by page."""
    known = by_handle(profiles) | {each.account.id: each for each in profiles}

    def reply(path: str, query: Mapping[str, str]) -> Reply | None:
        profile = known.get(query.get("actor", "").casefold())
        if profile is None or profile.shows == "gone":
            # a profile that is not there is a bad request here, not a 404
            return data({"error": "InvalidRequest", "message": "Profile not found"}, status=400)
        if path == f"{_XRPC}actor.getProfile":
            return data(_profile(profile))
        if path == f"{_XRPC}feed.getAuthorFeed":
            return data(_author_feed(profile, query))
        return None

    return reply


def _author(profile: InventedProfile) -> dict[str, object]:
    """Give what stands beside every post: whose it is."""
    account = profile.account
    return {"did": account.id, "handle": account.handle, "displayName": account.name}


def _profile(profile: InventedProfile) -> object:
    """Give what `getProfile` says of an account."""
    return {
        **_author(profile),
        "description": profile.about,
        "website": profile.site,
        "followersCount": profile.followers,
        "followsCount": profile.account.following,
        "postsCount": profile.total,
        "createdAt": f"{profile.account.since}T09:00:00.000Z",
        "labels": [],
    }


def _author_feed(profile: InventedProfile, query: Mapping[str, str]) -> object:
    """Give the posts from the place on that `cursor` names, and the cursor of those that follow."""
    first, size = int(query.get("cursor", "0")), int(query.get("limit", "50"))
    part = profile.posts[first : first + size]
    more = {"cursor": str(first + size)} if first + size < len(profile.posts) else {}
    return {"feed": [{"post": _post(profile, post)} for post in part], **more}


def _post(profile: InventedProfile, post: DemoPost) -> object:
    """Give a post with its reactions; every third has a picture."""
    created_at = _iso(post.at)
    record = {"$type": "app.bsky.feed.post", "text": post.title, "createdAt": created_at}
    embed = {"embed": {"$type": "app.bsky.embed.images#view", "images": []}}
    return {
        "uri": f"at://{profile.account.id}/app.bsky.feed.post/{_key(post.at)}",
        "author": _author(profile),
        "record": record,
        "indexedAt": created_at,
        "likeCount": post.likes,
        "replyCount": post.comments,
        "repostCount": post.shares,
        "quoteCount": 0,
        **(embed if post.number % 3 == 0 else {}),
    }


def _iso(at: datetime) -> str:
    """Write a time in UTC as both interfaces do."""
    return f"{at:%Y-%m-%dT%H:%M:%S}.000Z"


def _key(at: datetime) -> str:
    """Write the record key of a moment: microseconds and a clock's number, in base 32."""
    number = int(at.timestamp() * 1_000_000) << 10
    return "".join(_SIGNS[number >> shift & 31] for shift in range(60, -1, -5))


def mastodon(profiles: Sequence[InventedProfile]) -> Replying:
    """Reply as a server of the fediverse does: what it is, whose account, which posts."""
    by_name = by_handle(profiles)
    by_id = {each.account.id: each for each in profiles}

    def reply(path: str, query: Mapping[str, str]) -> Reply | None:
        if path in _ABOUT:
            return data(_ABOUT[path])
        if path == "/.well-known/webfinger":
            name = query.get("resource", "").removeprefix("acct:").partition("@")[0]
            profile = by_name.get(name.casefold())
            if profile is not None and profile.shows != "gone":
                return data(_finger(profile))
        if path == f"{_API}lookup":
            profile = by_name.get(query.get("acct", "").partition("@")[0].casefold())
            if profile is not None and profile.shows != "gone":
                return data(_account(profile))
        number = path.removeprefix(_API).removesuffix("/statuses")
        if path.endswith("/statuses") and number in by_id:
            return data(_statuses(by_id[number], query))
        return data({"error": "Record not found"}, status=404)

    return reply


def _finger(profile: InventedProfile) -> object:
    """Give what WebFinger says of an account: its page and its actor."""
    name = profile.account.handle
    page = {
        "rel": "http://webfinger.net/rel/profile-page",
        "type": "text/html",
        "href": f"{_SERVER}/@{name}",
    }
    actor = {
        "rel": "self",
        "type": "application/activity+json",
        "href": f"{_SERVER}/users/{name}",
    }
    return {"subject": f"acct:{name}@mastodon.social", "links": [page, actor]}


def _account(profile: InventedProfile) -> object:
    """Give an account with its figures and a link to its website that the server has verified."""
    account = profile.account
    newest = f"{profile.posts[0].at:%Y-%m-%d}" if profile.posts else None
    link = f'<a href="{profile.site}" rel="nofollow noopener me">{profile.site}</a>'
    return {
        "id": account.id,
        "username": account.handle,
        "acct": account.handle,
        "display_name": account.name,
        "note": f"<p>{profile.about}</p>",
        "url": f"{_SERVER}/@{account.handle}",
        "uri": f"{_SERVER}/users/{account.handle}",
        "followers_count": profile.followers,
        "following_count": account.following,
        "statuses_count": profile.total,
        "last_status_at": newest,
        "created_at": f"{account.since}T00:00:00.000Z",
        "locked": False,
        "bot": False,
        "fields": [{"name": "Web", "value": link, "verified_at": f"{account.since}T12:00:00Z"}],
    }


def _statuses(profile: InventedProfile, query: Mapping[str, str]) -> object:
    """Give the newest posts, or those that are older than the post `max_id`."""
    size, before = int(query.get("limit", "20")), int(query.get("max_id", "0"))
    older = [post for post in profile.posts if not before or _id(post.at) < before]
    return [_status(profile, post) for post in older[:size]]


def _id(at: datetime) -> int:
    """Number a post by its moment, as Mastodon does: milliseconds, then 16 bits of its own."""
    return int(at.timestamp() * 1000) << 16


def _status(profile: InventedProfile, post: DemoPost) -> object:
    """Give a post with its reactions; every second has a picture."""
    number, handle = str(_id(post.at)), profile.account.handle
    image = [{"type": "image"}] if post.number % 2 else []
    return {
        "id": number,
        "created_at": _iso(post.at),
        "url": f"{_SERVER}/@{handle}/{number}",
        "uri": f"{_SERVER}/users/{handle}/statuses/{number}",
        "content": f"<p>{post.title}</p>",
        "visibility": "public",
        "language": None,
        "replies_count": post.comments,
        "reblogs_count": post.shares,
        "favourites_count": post.likes,
        "media_attachments": image,
        "reblog": None,
        "in_reply_to_id": None,
        "poll": None,
        "card": None,
    }
