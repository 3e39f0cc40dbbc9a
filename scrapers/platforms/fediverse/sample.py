"""The public list of an account's followers, where its server speaks Mastodon's interface."""

import re
from functools import partial
from urllib.parse import quote

from scrapers.platforms import kit
from scrapers.platforms.fediverse.home import find_home
from scrapers.platforms.fediverse.server_mastodon import SPEAKERS, look_up

_LIMIT = 80
_NEXT = re.compile(r'[?&]max_id=([\w-]{1,64})[^<>]{0,2000}>;\s{0,20}rel="next"')
"""The cursor in a Link header: `<https://a.example/…?limit=80&max_id=7>; rel="next"`."""


def sample_followers(
    ask: kit.Ask, wanted: int
) -> kit.Steps[tuple[kit.Follower, ...] | kit.Unknown]:
    """Read up to `wanted` followers, from the account's own server, which alone knows them all."""
    home = yield from find_home(ask)
    if isinstance(home, kit.Failure):
        return kit.reason_of(home)
    if home.software not in SPEAKERS:
        return kit.unread(
            kit.Outcome.NOT_SUPPORTED, f"{home.software} has no public list of followers"
        )
    account = yield from look_up(home)
    if isinstance(account, kit.Failure):
        return kit.reason_of(account)
    if _hides_followers(account):
        return kit.unread(kit.Outcome.HIDDEN, "the owner does not show who follows")
    url = f"{home.api}/api/v1/accounts/{quote(account.text('id'))}/followers?limit={_LIMIT}"
    return (yield from _listed(url, wanted))


def _hides_followers(account: kit.JsonAnswer) -> bool:
    """Tell whether the owner hides who follows: the list would then be empty, as if nobody did."""
    return (
        account.field("hide_collections") is True
        or account.field("pleroma", "hide_followers") is True
    )


def _listed(url: str, wanted: int) -> kit.Steps[tuple[kit.Follower, ...] | kit.Unknown]:
    """Page on by the Link header: the list is ordered by what only that one names."""
    listing = kit.Listing(
        first=url,
        items=lambda answer: map(_follower, answer.items()),
        after=lambda answer, _: kit.at_cursor(url, "max_id", _next(answer)),
        ask=partial(kit.ask_json, private=True),
    )
    return kit.read_followers(wanted, listing)


def _next(answer: kit.JsonAnswer) -> str:
    """Return the cursor of the next page; "" where the Link header names none."""
    match = _NEXT.search(answer.page.header("link"))
    return match[1] if match is not None else ""


def _follower(account: kit.Json) -> kit.Follower:
    """Return one follower; the software marks bots and groups, everybody else has no kind."""
    kind = next((word for word in ("bot", "group") if account.get(word) is True), "")
    return kit.Follower(
        account=kit.text_of(account.get("uri")) or kit.text_of(account.get("url")),
        about=kit.plain_text(account.get("note")),
        kind=kind,
    )
