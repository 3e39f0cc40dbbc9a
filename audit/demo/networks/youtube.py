"""The invented YouTube: channel pages with the data for their scripts, and feeds of 15 videos."""

from collections.abc import Mapping, Sequence
from html import escape

from audit.demo.networks.answers import (
    NOT_FOUND,
    Answering,
    by_handle,
    document,
    html,
    rounded,
    script,
)
from audit.demo.profiles import Item, Shown
from audit.demo.web import Answer

SITE = "https://www.youtube.com"
_SPACES = (
    'xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns="http://www.w3.org/2005/Atom" '
    'xmlns:media="http://search.yahoo.com/mrss/"'
)
_FEED = 15


def youtube(accounts: Sequence[Shown]) -> Answering:
    """Answer for the channels."""
    named = by_handle(accounts)
    numbered = {each.account.id: each for each in accounts}

    def answer(path: str, query: Mapping[str, str]) -> Answer | None:
        if path == "/feeds/videos.xml":
            found = numbered.get(query.get("channel_id", ""))
            return _xml(_feed(found)) if found else None
        name = path.strip("/").removeprefix("@").partition("/")[0].casefold()
        found = named.get(name)
        if found is None or found.shows == "gone":
            return html(NOT_FOUND.format("404 Not Found", "404"), status=404)
        return html(_page(found))

    return answer


def _xml(text: str) -> Answer:
    return Answer(status=200, content_type="text/xml; charset=UTF-8", body=text.encode())


def _page(shown: Shown) -> str:
    account = shown.account
    said = {
        "header": {"pageHeaderRenderer": {"pageTitle": account.name, "content": _header(shown)}},
        "metadata": {
            "channelMetadataRenderer": {
                "title": account.name,
                "description": shown.about,
                "externalId": account.id,
                "rssUrl": f"{SITE}/feeds/videos.xml?channel_id={account.id}",
                "vanityChannelUrl": f"http://www.youtube.com/@{account.handle}",
            }
        },
    }
    data = script(said, kind="text/javascript").replace(">{", ">var ytInitialData = {", 1)
    return document(
        f"{account.name} - YouTube",
        meta={"og:url": f"{SITE}/channel/{account.id}", "og:title": account.name},
        body=data.replace("}</script>", "};</script>"),
    )


def _header(shown: Shown) -> object:
    """What stands under the name: handle, subscribers unless the owner hides them, videos."""
    counts = [f"{shown.total} videos"]
    if shown.shows != "no-audience":
        counts.insert(0, f"{rounded(shown.followers)} subscribers")
    rows = [[f"@{shown.account.handle}"], counts]
    parts = [{"metadataParts": [{"text": {"content": text}} for text in row]} for row in rows]
    return {
        "pageHeaderViewModel": {"metadata": {"contentMetadataViewModel": {"metadataRows": parts}}}
    }


def _feed(shown: Shown) -> str:
    account = shown.account
    link = f'<link rel="alternate" href="{SITE}/channel/{account.id}"/>'
    author = f"<author><name>{escape(account.name)}</name></author>"
    entries = "".join(_entry(account.id, post) for post in shown.posts[:_FEED])
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><feed {_SPACES}>'
        f"<id>yt:channel:{account.id[2:]}</id><yt:channelId>{account.id[2:]}</yt:channelId>"
        f"<title>{escape(account.name)}</title>{link}{author}"
        f"<published>{account.since}T10:00:00+00:00</published>{entries}</feed>"
    )


def _entry(channel: str, post: Item) -> str:
    video = f"{channel[2:9]}{post.number:04d}"
    title, made = escape(post.title), post.at.isoformat()
    return (
        f"<entry><id>yt:video:{video}</id><yt:videoId>{video}</yt:videoId>"
        f"<yt:channelId>{channel}</yt:channelId><title>{title}</title>"
        f'<link rel="alternate" href="{SITE}/watch?v={video}"/>'
        f"<published>{made}</published><updated>{made}</updated>"
        f"<media:group><media:title>{title}</media:title>"
        f"<media:description>{title}</media:description><media:community>"
        f'<media:starRating count="{post.likes}" average="5.00" min="1" max="5"/>'
        f'<media:statistics views="{post.views}"/></media:community></media:group></entry>'
    )
