"""The invented TikTok: pages with their data, and what creators let others embed."""

from collections.abc import Mapping, Sequence

from audit.demo.networks.answers import Answering, by_handle, data, document, html, script
from audit.demo.profiles import Item, Shown
from audit.demo.web import Answer

_EMBED = 10
_NO_ACCOUNT = 10221


def tiktok(accounts: Sequence[Shown]) -> Answering:
    """Answer for the accounts."""
    named = by_handle(accounts)

    def answer(path: str, query: Mapping[str, str]) -> Answer | None:
        name = (query.get("url", "") or path).rpartition("@")[2].partition("/")[0]
        found = named.get(name.casefold())
        if path == "/oembed":
            return _oembed(found)
        if path.startswith("/embed/"):
            return html(_embed(found)) if found else None
        said = _detail(found) if found else {"statusCode": _NO_ACCOUNT, "userInfo": {}}
        state = {"__DEFAULT_SCOPE__": {"webapp.user-detail": said}}
        body = script(state, name="__UNIVERSAL_DATA_FOR_REHYDRATION__")
        return html(document("TikTok", body=body))

    return answer


def _oembed(found: Shown | None) -> Answer:
    if found is None:
        return data({"code": 400, "message": "Something went wrong"}, status=400)
    account = found.account
    url = f"https://www.tiktok.com/@{account.handle}"
    return data(
        {
            "version": "1.0",
            "type": "rich",
            "author_name": account.name,
            "author_url": url,
            "author_unique_id": account.handle,
            "title": f"{account.name}'s Creator Profile",
        }
    )


def _detail(shown: Shown) -> object:
    account = shown.account
    hearts = sum(post.likes for post in shown.posts)
    counts = {
        "followerCount": shown.followers,
        "followingCount": account.following,
        "heartCount": hearts,
        "videoCount": shown.total,
    }
    user = {
        "id": account.id,
        "uniqueId": account.handle,
        "nickname": account.name,
        "signature": shown.about,
        "verified": False,
        "privateAccount": False,
        "createTime": _seconds(shown),
        "bioLink": {"link": shown.site, "risk": 0},
    }
    exact = {name: str(count) for name, count in counts.items()}
    return {
        "statusCode": 0,
        "userInfo": {"user": user, "stats": counts, "statsV2": exact, "itemList": []},
    }


def _seconds(shown: Shown) -> int:
    since = shown.account.since
    return (since.toordinal() - 719_163) * 86_400


def _embed(shown: Shown) -> str:
    videos = [_video(post) for post in shown.posts[:_EMBED]]
    place, account = f"/embed/@{shown.account.handle}", shown.account
    user = {
        "id": account.id,
        "uniqueId": account.handle,
        "nickname": account.name,
        "signature": shown.about,
        "followerCount": shown.followers,
    }
    state = {"source": {"data": {place: {"userInfo": user, "videoList": videos}}}}
    return document("TikTok", body=script(state, name="__FRONTITY_CONNECT_STATE__"))


def _video(post: Item) -> object:
    number = (int(post.at.timestamp()) << 32) + post.number
    return {"id": str(number), "desc": post.title, "playCount": post.views}
