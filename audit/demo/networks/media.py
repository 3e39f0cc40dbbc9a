"""The invented Pinterest and Spotify: pins with how often they were saved, and a podcast."""

from collections.abc import Mapping, Sequence
from email.utils import format_datetime
from html import escape

from audit.demo.networks.replies import (
    NOT_FOUND,
    Replying,
    by_handle,
    data,
    document,
    html,
    script,
)
from audit.demo.profiles import DemoPost, InventedProfile
from audit.demo.web import FEED_TYPE, Reply

_FEED = 25
"""So many of the newest pins are in the feed."""


def pinterest(profiles: Sequence[InventedProfile]) -> Replying:
    """Reply for the profiles: the newest pins as RSS, the owner in the state of the page."""
    by_name = by_handle(profiles)

    def reply(path: str, query: Mapping[str, str]) -> Reply | None:
        del query
        name, _, rest = path.strip("/").partition("/")
        profile = by_name.get(name.casefold())
        if profile is None or profile.shows == "gone":
            return html(NOT_FOUND.format("Pinterest", "User not found."), status=404)
        if rest == "feed.rss":
            return Reply(status=200, content_type=FEED_TYPE, body=_pins(profile).encode())
        return html(_board(profile))

    return reply


def _pins(profile: InventedProfile) -> str:
    """Write the feed of the newest pins."""
    items = "".join(
        f"<item><title>{escape(pin.title)}</title><link>{_pin(pin)}</link>"
        f"<description>{escape(pin.title)}</description>"
        f"<pubDate>{format_datetime(pin.at)}</pubDate><guid>{_pin(pin)}</guid></item>"
        for pin in profile.posts[:_FEED]
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>{escape(profile.account.name)}</title>"
        f"<link>https://www.pinterest.com/{profile.account.handle}/</link>{items}</channel></rss>"
    )


def _pin(pin: DemoPost) -> str:
    """Give the address of a pin."""
    return f"https://www.pinterest.com/pin/{700_000_000_000 + pin.number}/"


def _user(profile: InventedProfile) -> dict[str, object]:
    """Give the owner with the figures, as both the page and the widgets have it."""
    account = profile.account
    return {
        "id": account.id,
        "username": account.handle,
        "full_name": account.name,
        "about": profile.about,
        "website_url": profile.site,
        "follower_count": profile.followers,
        "following_count": account.following,
        "pin_count": profile.total,
    }


def _board(profile: InventedProfile) -> str:
    """Write the page of a profile; its figures are only in the state for its scripts."""
    state = {"initialReduxState": {"users": {profile.account.id: _user(profile)}}}
    return document(
        f"{profile.account.name} ({profile.account.handle}) - Pinterest",
        body=script(state, name="__PWS_INITIAL_PROPS__"),
    )


def pinterest_widgets(profiles: Sequence[InventedProfile]) -> Replying:
    """Reply with what others embed: how often pins were saved."""
    by_name = by_handle(profiles)

    def reply(path: str, query: Mapping[str, str]) -> Reply | None:
        del query
        name = path.removeprefix("/v3/pidgets/users/").partition("/")[0]
        profile = by_name.get(name.casefold())
        if profile is None or profile.shows == "gone":
            return None
        pins = [
            {"id": str(700_000_000_000 + pin.number), "repin_count": pin.shares}
            for pin in profile.posts[:_FEED]
        ]
        return data({"status": "success", "data": {"user": _user(profile), "pins": pins}})

    return reply


def spotify(profiles: Sequence[InventedProfile]) -> Replying:
    """Reply for the shows: name and episodes; who listens is nobody's business."""
    by_name = by_handle(profiles)

    def reply(path: str, query: Mapping[str, str]) -> Reply | None:
        del query
        profile = by_name.get(path.removeprefix("/show/").casefold())
        return html(_show(profile)) if profile else None

    return reply


def _show(profile: InventedProfile) -> str:
    """Write the page of a podcast, with the number of its episodes and no number of listeners."""
    account = profile.account
    series = {
        "@context": "https://schema.googleapis.com/",
        "@type": "PodcastSeries",
        "name": account.name,
        "description": profile.about,
        "publisher": "Nordkopp",
    }
    return document(
        f"{account.name} | Podcast on Spotify",
        meta={
            "og:title": account.name,
            "og:url": f"https://open.spotify.com/show/{account.handle}",
            "music:song_count": str(profile.total),
        },
        head=script(series, kind="application/ld+json"),
    )
