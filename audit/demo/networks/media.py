"""The invented Pinterest and Spotify: pins with how often they were saved, and a podcast."""

from collections.abc import Mapping, Sequence
from email.utils import format_datetime
from html import escape

from audit.demo.networks.answers import (
    NOT_FOUND,
    Answering,
    by_handle,
    data,
    document,
    html,
    script,
)
from audit.demo.profiles import Item, Shown
from audit.demo.web import FEED_TYPE, Answer

_FEED = 25


def pinterest(accounts: Sequence[Shown]) -> Answering:
    """Answer for the profiles: the newest pins as RSS, the owner in the state of the page."""
    named = by_handle(accounts)

    def answer(path: str, query: Mapping[str, str]) -> Answer | None:
        del query
        name, _, rest = path.strip("/").partition("/")
        found = named.get(name.casefold())
        if found is None or found.shows == "gone":
            return html(NOT_FOUND.format("Pinterest", "User not found."), status=404)
        if rest == "feed.rss":
            return Answer(status=200, content_type=FEED_TYPE, body=_pins(found).encode())
        return html(_board(found))

    return answer


def _pins(shown: Shown) -> str:
    items = "".join(
        f"<item><title>{escape(pin.title)}</title><link>{_pin(pin)}</link>"
        f"<description>{escape(pin.title)}</description>"
        f"<pubDate>{format_datetime(pin.at)}</pubDate><guid>{_pin(pin)}</guid></item>"
        for pin in shown.posts[:_FEED]
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>{escape(shown.account.name)}</title>"
        f"<link>https://www.pinterest.com/{shown.account.handle}/</link>{items}</channel></rss>"
    )


def _pin(pin: Item) -> str:
    return f"https://www.pinterest.com/pin/{700_000_000_000 + pin.number}/"


def _user(shown: Shown) -> dict[str, object]:
    account = shown.account
    return {
        "id": account.id,
        "username": account.handle,
        "full_name": account.name,
        "about": shown.about,
        "website_url": shown.site,
        "follower_count": shown.followers,
        "following_count": account.following,
        "pin_count": shown.total,
    }


def _board(shown: Shown) -> str:
    state = {"initialReduxState": {"users": {shown.account.id: _user(shown)}}}
    return document(
        f"{shown.account.name} ({shown.account.handle}) - Pinterest",
        body=script(state, name="__PWS_INITIAL_PROPS__"),
    )


def pinterest_widgets(accounts: Sequence[Shown]) -> Answering:
    """Answer for what others embed: how often pins were saved."""
    named = by_handle(accounts)

    def answer(path: str, query: Mapping[str, str]) -> Answer | None:
        del query
        name = path.removeprefix("/v3/pidgets/users/").partition("/")[0]
        found = named.get(name.casefold())
        if found is None or found.shows == "gone":
            return None
        pins = [
            {"id": str(700_000_000_000 + pin.number), "repin_count": pin.shares}
            for pin in found.posts[:_FEED]
        ]
        return data({"status": "success", "data": {"user": _user(found), "pins": pins}})

    return answer


def spotify(accounts: Sequence[Shown]) -> Answering:
    """Answer for the shows: name and episodes; who listens is nobody's business."""
    named = by_handle(accounts)

    def answer(path: str, query: Mapping[str, str]) -> Answer | None:
        del query
        found = named.get(path.removeprefix("/show/").casefold())
        return html(_show(found)) if found else None

    return answer


def _show(shown: Shown) -> str:
    account = shown.account
    series = {
        "@context": "https://schema.googleapis.com/",
        "@type": "PodcastSeries",
        "name": account.name,
        "description": shown.about,
        "publisher": "Nordkopp",
    }
    return document(
        f"{account.name} | Podcast on Spotify",
        meta={
            "og:title": account.name,
            "og:url": f"https://open.spotify.com/show/{account.handle}",
            "music:song_count": str(shown.total),
        },
        head=script(series, kind="application/ld+json"),
    )
