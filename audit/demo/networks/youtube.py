"""The invented YouTube: channel pages with the data for their scripts, and feeds of 15 videos."""

from collections.abc import Mapping, Sequence
from html import escape

from audit.demo.networks.replies import (
    NOT_FOUND,
    Replying,
    by_handle,
    document,
    html,
    rounded,
    script,
)
from audit.demo.profiles import DemoPost, InventedProfile
from audit.demo.web import Reply

SITE = "https://www.youtube.com"
_SPACES = (
    'xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns="http://www.w3.org/2005/Atom" '
    'xmlns:media="http://search.yahoo.com/mrss/"'
)
_FEED = 15
"""So many of the newest videos are in a feed."""


def youtube(profiles: Sequence[InventedProfile]) -> Replying:
    """Reply for the channels: their pages by handle, their feeds by id."""
    by_name = by_handle(profiles)
    by_id = {each.account.id: each for each in profiles}

    def reply(path: str, query: Mapping[str, str]) -> Reply | None:
        if path == "/feeds/videos.xml":
            profile = by_id.get(query.get("channel_id", ""))
            return _xml(_feed(profile)) if profile else None
        name = path.strip("/").removeprefix("@").partition("/")[0].casefold()
        profile = by_name.get(name)
        if profile is None or profile.shows == "gone":
            return html(NOT_FOUND.format("404 Not Found", "404"), status=404)
        return html(_page(profile))

    return reply


def _xml(text: str) -> Reply:
    """Reply with a feed."""
    return Reply(status=200, content_type="text/xml; charset=UTF-8", body=text.encode())


def _page(profile: InventedProfile) -> str:
    """Write a channel's page: all it says lies in the variable `ytInitialData` of a script."""
    account = profile.account
    state = {
        "header": {"pageHeaderRenderer": {"pageTitle": account.name, "content": _header(profile)}},
        "metadata": {
            "channelMetadataRenderer": {
                "title": account.name,
                "description": profile.about,
                "externalId": account.id,
                "rssUrl": f"{SITE}/feeds/videos.xml?channel_id={account.id}",
                "vanityChannelUrl": f"http://www.youtube.com/@{account.handle}",
            }
        },
    }
    # As the real page has it, whose reader must find the JSON within a statement of a script.
    element = script(state, kind="text/javascript").replace(">{", ">var ytInitialData = {", 1)
    return document(
        f"{account.name} - YouTube",
        meta={"og:url": f"{SITE}/channel/{account.id}", "og:title": account.name},
        body=element.replace("}</script>", "};</script>"),
    )


def _header(profile: InventedProfile) -> object:
    """Give what stands under the name: handle, subscribers unless hidden, number of videos."""
    counts = [f"{profile.total} videos"]
    if profile.shows != "no-audience":
        counts.insert(0, f"{rounded(profile.followers)} subscribers")
    rows = [[f"@{profile.account.handle}"], counts]
    parts = [{"metadataParts": [{"text": {"content": text}} for text in row]} for row in rows]
    return {
        "pageHeaderViewModel": {"metadata": {"contentMetadataViewModel": {"metadataRows": parts}}}
    }


def _feed(profile: InventedProfile) -> str:
    """Write the Atom feed of the newest videos; its ids lack the `UC` of the channel's id."""
    account = profile.account
    link = f'<link rel="alternate" href="{SITE}/channel/{account.id}"/>'
    author = f"<author><name>{escape(account.name)}</name></author>"
    entries = "".join(_entry(account.id, post) for post in profile.posts[:_FEED])
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><feed {_SPACES}>'
        f"<id>yt:channel:{account.id[2:]}</id><yt:channelId>{account.id[2:]}</yt:channelId>"
        f"<title>{escape(account.name)}</title>{link}{author}"
        f"<published>{account.since}T10:00:00+00:00</published>{entries}</feed>"
    )


def _entry(channel: str, post: DemoPost) -> str:
    """Write a video with how often it was liked and viewed."""
    video = f"{channel[2:9]}{post.number:04d}"
    title, published_at = escape(post.title), post.at.isoformat()
    return (
        f"<entry><id>yt:video:{video}</id><yt:videoId>{video}</yt:videoId>"
        f"<yt:channelId>{channel}</yt:channelId><title>{title}</title>"
        f'<link rel="alternate" href="{SITE}/watch?v={video}"/>'
        f"<published>{published_at}</published><updated>{published_at}</updated>"
        f"<media:group><media:title>{title}</media:title>"
        f"<media:description>{title}</media:description><media:community>"
        f'<media:starRating count="{post.likes}" average="5.00" min="1" max="5"/>'
        f'<media:statistics views="{post.views}"/></media:community></media:group></entry>'
    )
