"""The invented Instagram and Facebook: Open Graph of public pages, a login before the rest."""

from collections.abc import Mapping, Sequence

from audit.demo.networks.replies import (
    NOT_FOUND,
    Replying,
    by_handle,
    document,
    html,
    moved,
    rounded,
)
from audit.demo.profiles import InventedProfile
from audit.demo.web import Reply

_EXACT_BELOW = 10_000
"""Instagram writes smaller counts in full, larger ones rounded."""


def instagram(profiles: Sequence[InventedProfile]) -> Replying:
    """Reply for the profiles; what others may embed is not switched on here."""
    by_name = by_handle(profiles)

    def reply(path: str, query: Mapping[str, str]) -> Reply | None:
        del query
        if path.startswith("/accounts/login"):
            return html(document("Login • Instagram"))
        name, _, rest = path.strip("/").partition("/")
        profile = by_name.get(name.casefold())
        if profile is None or profile.shows == "gone":
            # what is not there is a page with status 200 as well, and no route for its scripts
            return html(document("Instagram", body='<script>{"routePath":null}</script>'))
        if rest or profile.shows == "wall":
            return moved(f"/accounts/login/?next=%2F{name}%2F")
        return html(_account(profile))

    return reply


def _account(profile: InventedProfile) -> str:
    """Write the page of an account; its figures stand in the description for search engines."""
    account = profile.account
    counts = (
        f"{_count(profile.followers)} Followers, {_count(account.following)} Following, "
        f"{_count(profile.total)} Posts"
    )
    title = f"{account.name} (@{account.handle})"
    return document(
        f"{title} • Instagram photos and videos",
        meta={
            "description": f'{counts} - {title} on Instagram: "{profile.about}"',
            "og:type": "profile",
            "og:title": f"{title} • Instagram photos and videos",
            "og:description": f"{counts} - See Instagram photos and videos from {title}",
        },
    )


def _count(count: int) -> str:
    """Write a count as Instagram shows it."""
    return f"{count:,}" if count < _EXACT_BELOW else rounded(count)


def facebook(profiles: Sequence[InventedProfile]) -> Replying:
    """Reply for the pages: likes for everybody, or a login in place of the page."""
    by_name = by_handle(profiles)

    def reply(path: str, query: Mapping[str, str]) -> Reply | None:
        del query
        if path == "/login/":
            return html(document("Log in to Facebook", meta={"og:title": "Log in to Facebook"}))
        name = path.strip("/").casefold()
        profile = by_name.get(name)
        if profile is None or profile.shows == "gone":
            return html(NOT_FOUND.format("Page Not Found", "Page Not Found"), status=404)
        if profile.shows == "wall":
            return moved(f"/login/?next=%2F{name}")
        return html(_fan_page(profile))

    return reply


def _fan_page(profile: InventedProfile) -> str:
    """Write a page; its figures stand in the description for those who share it."""
    account = profile.account
    description = (
        f"{account.name}. {profile.followers:,} likes · {profile.followers // 90:,} talking about "
        f"this. {profile.about}"
    )
    return document(
        account.name,
        meta={
            "og:type": "video.other",
            "og:title": account.name,
            "og:description": description,
            "og:url": f"https://www.facebook.com/{account.handle}",
            "al:android:url": f"fb://profile/{account.id}",
        },
    )
