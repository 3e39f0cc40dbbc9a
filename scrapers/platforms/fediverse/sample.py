"""The public list of an account's followers, where its server speaks Mastodon's interface."""

import re
from functools import partial
from urllib.parse import quote

from scrapers.platforms import kit
from scrapers.platforms.fediverse.home import find_home
from scrapers.platforms.fediverse.server_mastodon import look_up

SPEAKERS = frozenset(
    {"", "mastodon", "hometown", "glitch", "pleroma", "akkoma", "rebased", "mitra", "takahe"}
    | {"madblog"}
)
"""Software that answers Mastodon's requests without a login; "" is a server that does not tell."""

_LIMIT = 80
_NEXT = re.compile(r'[?&]max_id=([\w-]{1,64})[^<>]{0,2000}>;\s{0,20}rel="next"')


def sample_followers(
    ask: kit.Ask, wanted: int
) -> kit.Steps[tuple[kit.Follower, ...] | kit.Unknown]:
    """Read up to so many followers, from the account's own server, which alone knows them all."""
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
    if (
        account.field("hide_collections") is True
        or account.field("pleroma", "hide_followers") is True
    ):
        return kit.unread(kit.Outcome.HIDDEN, "the owner does not show who follows")
    url = f"{home.api}/api/v1/accounts/{quote(account.text('id'))}/followers?limit={_LIMIT}"
    return (yield from _listed(url, wanted))


def _listed(url: str, wanted: int) -> kit.Steps[tuple[kit.Follower, ...] | kit.Unknown]:
    """Page on by the Link header: the list is ordered by what only that one names."""
    listing = kit.Listing(
        first=url,
        items=lambda found: map(_follower, found.items()),
        after=lambda found, _: kit.at_cursor(url, "max_id", _next(found)),
        ask=partial(kit.ask_json, private=True),
    )
    return kit.read_followers(wanted, listing)


def _next(said: kit.JsonAnswer) -> str:
    found = _NEXT.search(said.page.header("link"))
    return found[1] if found is not None else ""


def _follower(said: kit.Json) -> kit.Follower:
    kind = next((word for word in ("bot", "group") if said.get(word) is True), "")
    return kit.Follower(
        account=kit.text_of(said.get("uri")) or kit.text_of(said.get("url")),
        about=kit.plain_text(said.get("note")),
        kind=kind,
    )
