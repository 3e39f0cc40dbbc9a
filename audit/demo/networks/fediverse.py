"""The invented Bluesky and Mastodon: open interfaces with the whole history, page by page."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from audit.demo.networks.answers import Answering, by_handle, data
from audit.demo.profiles import Item, Shown
from audit.demo.web import Answer

_XRPC = "/xrpc/app.bsky."
_SIGNS = "234567abcdefghijklmnopqrstuvwxyz"
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


def bluesky(accounts: Sequence[Shown]) -> Answering:
    """Answer as the AppView does."""
    known = by_handle(accounts) | {each.account.id: each for each in accounts}

    def answer(path: str, query: Mapping[str, str]) -> Answer | None:
        found = known.get(query.get("actor", "").casefold())
        if found is None or found.shows == "gone":
            said = {"error": "InvalidRequest", "message": "Profile not found"}
            return data(said, status=400)
        if path == f"{_XRPC}actor.getProfile":
            return data(_profile(found))
        if path == f"{_XRPC}feed.getAuthorFeed":
            return data(_author_feed(found, query))
        return None

    return answer


def _author(shown: Shown) -> dict[str, object]:
    account = shown.account
    return {"did": account.id, "handle": account.handle, "displayName": account.name}


def _profile(shown: Shown) -> object:
    return {
        **_author(shown),
        "description": shown.about,
        "website": shown.site,
        "followersCount": shown.followers,
        "followsCount": shown.account.following,
        "postsCount": shown.total,
        "createdAt": f"{shown.account.since}T09:00:00.000Z",
        "labels": [],
    }


def _author_feed(shown: Shown, query: Mapping[str, str]) -> object:
    first, size = int(query.get("cursor", "0")), int(query.get("limit", "50"))
    part = shown.posts[first : first + size]
    more = {"cursor": str(first + size)} if first + size < len(shown.posts) else {}
    return {"feed": [{"post": _post(shown, post)} for post in part], **more}


def _post(shown: Shown, post: Item) -> object:
    made = _iso(post.at)
    record = {"$type": "app.bsky.feed.post", "text": post.title, "createdAt": made}
    embed = {"embed": {"$type": "app.bsky.embed.images#view", "images": []}}
    return {
        "uri": f"at://{shown.account.id}/app.bsky.feed.post/{_key(post.at)}",
        "author": _author(shown),
        "record": record,
        "indexedAt": made,
        "likeCount": post.likes,
        "replyCount": post.comments,
        "repostCount": post.shares,
        "quoteCount": 0,
        **(embed if post.number % 3 == 0 else {}),
    }


def _iso(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%S}.000Z"


def _key(at: datetime) -> str:
    """The record key that a moment gives: microseconds and a clock's number, in base 32."""
    number = int(at.timestamp() * 1_000_000) << 10
    return "".join(_SIGNS[number >> shift & 31] for shift in range(60, -1, -5))


def mastodon(accounts: Sequence[Shown]) -> Answering:
    """Answer as a server of the fediverse does."""
    named = by_handle(accounts)
    numbered = {each.account.id: each for each in accounts}

    def answer(path: str, query: Mapping[str, str]) -> Answer | None:
        if path in _ABOUT:
            return data(_ABOUT[path])
        if path == "/.well-known/webfinger":
            name = query.get("resource", "").removeprefix("acct:").partition("@")[0]
            found = named.get(name.casefold())
            if found is not None and found.shows != "gone":
                return data(_finger(found))
        if path == f"{_API}lookup":
            found = named.get(query.get("acct", "").partition("@")[0].casefold())
            if found is not None and found.shows != "gone":
                return data(_account(found))
        number = path.removeprefix(_API).removesuffix("/statuses")
        if path.endswith("/statuses") and number in numbered:
            return data(_statuses(numbered[number], query))
        return data({"error": "Record not found"}, status=404)

    return answer


def _finger(shown: Shown) -> object:
    name = shown.account.handle
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


def _account(shown: Shown) -> object:
    account = shown.account
    newest = f"{shown.posts[0].at:%Y-%m-%d}" if shown.posts else None
    link = f'<a href="{shown.site}" rel="nofollow noopener me">{shown.site}</a>'
    return {
        "id": account.id,
        "username": account.handle,
        "acct": account.handle,
        "display_name": account.name,
        "note": f"<p>{shown.about}</p>",
        "url": f"{_SERVER}/@{account.handle}",
        "uri": f"{_SERVER}/users/{account.handle}",
        "followers_count": shown.followers,
        "following_count": account.following,
        "statuses_count": shown.total,
        "last_status_at": newest,
        "created_at": f"{account.since}T00:00:00.000Z",
        "locked": False,
        "bot": False,
        "fields": [{"name": "Web", "value": link, "verified_at": f"{account.since}T12:00:00Z"}],
    }


def _statuses(shown: Shown, query: Mapping[str, str]) -> object:
    size, before = int(query.get("limit", "20")), int(query.get("max_id", "0"))
    older = [post for post in shown.posts if not before or _id(post.at) < before]
    return [_status(shown, post) for post in older[:size]]


def _id(at: datetime) -> int:
    return int(at.timestamp() * 1000) << 16


def _status(shown: Shown, post: Item) -> object:
    number, handle = str(_id(post.at)), shown.account.handle
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
