"""The public list of an account's followers, where its server speaks Mastodon's interface."""

import re
from functools import partial
from urllib.parse import quote

from audit.model.exchange import Failure
from audit.model.profile import Outcome, unread
from audit.model.value import Unknown
from scrapers.parse.values import Json, plain, text_of
from scrapers.platforms.fediverse.home import find_home
from scrapers.platforms.fediverse.server_mastodon import look_up
from scrapers.platforms.kit.base import Answer, Ask, Follower, Steps, answer
from scrapers.platforms.kit.paging import Listing, onward, sampled
from scrapers.platforms.kit.proof import why

SPEAKERS = frozenset(
    {"", "mastodon", "hometown", "glitch", "pleroma", "akkoma", "rebased", "mitra", "takahe"}
    | {"madblog"}
)
"""Software that answers Mastodon's requests without a login; "" is a server that does not tell."""

_LIMIT = 80
_NEXT = re.compile(r'[?&]max_id=([\w-]{1,64})[^<>]{0,2000}>;\s{0,20}rel="next"')


def sample_followers(ask: Ask, wanted: int) -> Steps[tuple[Follower, ...] | Unknown]:
    """Read up to so many followers, from the account's own server, which alone knows them all."""
    home = yield from find_home(ask)
    if isinstance(home, Failure):
        return why(home)
    if home.software not in SPEAKERS:
        return unread(Outcome.NOT_SUPPORTED, f"{home.software} has no public list of followers")
    account = yield from look_up(home)
    if isinstance(account, Failure):
        return why(account)
    if account.at("hide_collections") is True or account.at("pleroma", "hide_followers") is True:
        return unread(Outcome.HIDDEN, "the owner does not show who follows")
    url = f"{home.api}/api/v1/accounts/{quote(account.text('id'))}/followers?limit={_LIMIT}"
    return (yield from _listed(url, wanted))


def _listed(url: str, wanted: int) -> Steps[tuple[Follower, ...] | Unknown]:
    """Page on by the Link header: the list is ordered by what only that one names."""
    listing = Listing(
        first=url,
        items=lambda found: map(_follower, found.listed()),
        after=lambda found, _: onward(url, "max_id", _next(found)),
        ask=partial(answer, private=True),
    )
    return sampled(wanted, listing)


def _next(said: Answer) -> str:
    found = _NEXT.search(said.page.header("link"))
    return found[1] if found is not None else ""


def _follower(said: Json) -> Follower:
    kind = next((word for word in ("bot", "group") if said.get(word) is True), "")
    return Follower(
        account=text_of(said.get("uri")) or text_of(said.get("url")),
        about=plain(said.get("note")),
        kind=kind,
    )
