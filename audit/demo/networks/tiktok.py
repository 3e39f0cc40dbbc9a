"""The invented TikTok: pages with their data, and what creators let others embed."""

from collections.abc import Mapping, Sequence

from audit.demo.networks.replies import Replying, by_handle, data, document, html, script
from audit.demo.profiles import DemoPost, InventedProfile
from audit.demo.web import Reply

_EMBED = 10
"""So many of the newest videos are in what others embed."""

_NO_ACCOUNT = 10221
"""The status code of an account that is not there; the page comes with status 200 all the same."""


def tiktok(profiles: Sequence[InventedProfile]) -> Replying:
    """Reply for the creators: the page, its oEmbed, and what others embed."""
    by_name = by_handle(profiles)

    def reply(path: str, query: Mapping[str, str]) -> Reply | None:
        name = (query.get("url", "") or path).rpartition("@")[2].partition("/")[0]
        profile = by_name.get(name.casefold())
        if path == "/oembed":
            return _oembed(profile)
        if path.startswith("/embed/"):
            return html(_embed(profile)) if profile else None
        detail = _detail(profile) if profile else {"statusCode": _NO_ACCOUNT, "userInfo": {}}
        state = {"__DEFAULT_SCOPE__": {"webapp.user-detail": detail}}
        body = script(state, name="__UNIVERSAL_DATA_FOR_REHYDRATION__")
        return html(document("TikTok", body=body))

    return reply


def _oembed(profile: InventedProfile | None) -> Reply:
    """Reply with who the creator is."""
    if profile is None:
        return data({"code": 400, "message": "Something went wrong"}, status=400)
    account = profile.account
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


def _detail(profile: InventedProfile) -> object:
    """Give the account with its figures, once as numbers and once, exact, as text."""
    account = profile.account
    hearts = sum(post.likes for post in profile.posts)
    counts = {
        "followerCount": profile.followers,
        "followingCount": account.following,
        "heartCount": hearts,
        "videoCount": profile.total,
    }
    user = {
        "id": account.id,
        "uniqueId": account.handle,
        "nickname": account.name,
        "signature": profile.about,
        "verified": False,
        "privateAccount": False,
        "createTime": _seconds(profile),
        "bioLink": {"link": profile.site, "risk": 0},
    }
    exact = {name: str(count) for name, count in counts.items()}
    return {
        "statusCode": 0,
        "userInfo": {"user": user, "stats": counts, "statsV2": exact, "itemList": []},
    }


def _seconds(profile: InventedProfile) -> int:
    """Give the day on which the account was made in seconds since 1970, day 719 163 of Python."""
    since = profile.account.since
    return (since.toordinal() - 719_163) * 86_400


def _embed(profile: InventedProfile) -> str:
    """Write what others embed: the newest videos with how often each was played."""
    videos = [_video(post) for post in profile.posts[:_EMBED]]
    place, account = f"/embed/@{profile.account.handle}", profile.account
    user = {
        "id": account.id,
        "uniqueId": account.handle,
        "nickname": account.name,
        "signature": profile.about,
        "followerCount": profile.followers,
    }
    state = {"source": {"data": {place: {"userInfo": user, "videoList": videos}}}}
    return document("TikTok", body=script(state, name="__FRONTITY_CONNECT_STATE__"))


def _video(post: DemoPost) -> object:
    """Give a video; the upper half of its id is the second in which it came out."""
    number = (int(post.at.timestamp()) << 32) + post.number
    return {"id": str(number), "desc": post.title, "playCount": post.views}
