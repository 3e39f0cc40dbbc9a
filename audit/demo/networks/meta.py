"""The invented Instagram and Facebook: Open Graph of public pages, a login before the rest."""

from collections.abc import Mapping, Sequence

from audit.demo.networks.answers import (
    NOT_FOUND,
    Answering,
    by_handle,
    document,
    html,
    moved,
    rounded,
)
from audit.demo.profiles import Shown
from audit.demo.web import Answer

_EXACT_BELOW = 10_000


def instagram(accounts: Sequence[Shown]) -> Answering:
    """Answer for the accounts; what others may embed is not switched on here."""
    named = by_handle(accounts)

    def answer(path: str, query: Mapping[str, str]) -> Answer | None:
        del query
        if path.startswith("/accounts/login"):
            return html(document("Login • Instagram"))
        name, _, rest = path.strip("/").partition("/")
        found = named.get(name.casefold())
        if found is None or found.shows == "gone":
            return html(document("Instagram", body='<script>{"routePath":null}</script>'))
        if rest or found.shows == "wall":
            return moved(f"/accounts/login/?next=%2F{name}%2F")
        return html(_account(found))

    return answer


def _account(shown: Shown) -> str:
    account = shown.account
    counts = (
        f"{_shown(shown.followers)} Followers, {_shown(account.following)} Following, "
        f"{_shown(shown.total)} Posts"
    )
    title = f"{account.name} (@{account.handle})"
    return document(
        f"{title} • Instagram photos and videos",
        meta={
            "description": f'{counts} - {title} on Instagram: "{shown.about}"',
            "og:type": "profile",
            "og:title": f"{title} • Instagram photos and videos",
            "og:description": f"{counts} - See Instagram photos and videos from {title}",
        },
    )


def _shown(count: int) -> str:
    return f"{count:,}" if count < _EXACT_BELOW else rounded(count)


def facebook(accounts: Sequence[Shown]) -> Answering:
    """Answer for the pages: likes for everybody, or a login in place of the page."""
    named = by_handle(accounts)

    def answer(path: str, query: Mapping[str, str]) -> Answer | None:
        del query
        if path == "/login/":
            return html(document("Log in to Facebook", meta={"og:title": "Log in to Facebook"}))
        name = path.strip("/").casefold()
        found = named.get(name)
        if found is None or found.shows == "gone":
            return html(NOT_FOUND.format("Page Not Found", "Page Not Found"), status=404)
        if found.shows == "wall":
            return moved(f"/login/?next=%2F{name}")
        return html(_fan_page(found))

    return answer


def _fan_page(shown: Shown) -> str:
    account = shown.account
    said = (
        f"{account.name}. {shown.followers:,} likes · {shown.followers // 90:,} talking about "
        f"this. {shown.about}"
    )
    return document(
        account.name,
        meta={
            "og:type": "video.other",
            "og:title": account.name,
            "og:description": said,
            "og:url": f"https://www.facebook.com/{account.handle}",
            "al:android:url": f"fb://profile/{account.id}",
        },
    )
