"""Discord: size and name of the server behind an invite (discord.com/developers, invites)."""

import re
from urllib.parse import quote

from scrapers.parse.html import read_html
from scrapers.parse.ids import time_of_id
from scrapers.parse.urls import links_in
from scrapers.platforms import kit

API = "https://discord.com/api/v10"
_RULE = "platform.discord"
_UNKNOWN_INVITE = 10006
"""The interface's own word for an invite that is none; a 404 without it proves nothing."""

_MEMBERS = re.compile(r"(\d[\d.,\s]*[KM]?)\s+(?:other\s+)?members", re.I)
_SERVER_ID = re.compile(r"(\d{15,20})$")
"""The end of an address in the directory, such as /servers/acme-pumps-123456789012345678."""


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Ask what an invite leads to; messages are for members and never read."""
    if "/servers/" in ask.url:
        return (yield from _directory_page(ask))
    answer = yield from kit.ask_json(
        f"{API}/invites/{quote(ask.handle, safe='')}?with_counts=true&with_expiration=true"
    )
    if isinstance(answer, kit.Failure):
        if kit.field(kit.json_of(answer.body), "code") == _UNKNOWN_INVITE:
            return kit.not_found(answer, _RULE, "the invite has expired, or there never was one")
        return kit.reason_of(answer)
    if not isinstance(answer.field("guild"), dict):
        return _no_server(answer)
    return _server(answer)


def _no_server(answer: kit.JsonAnswer) -> kit.Unknown:
    """Say why an invite names no server: it is to a conversation of some persons, or no invite."""
    if kit.text_of(answer.field("code")):
        return kit.unread(kit.Outcome.NOT_SUPPORTED, "the invite leads to persons, not to a server")
    return kit.unread(kit.Outcome.PARSE_FAILED, "no invite where it used to be")


def _server(answer: kit.JsonAnswer) -> kit.Profile:
    """Return the profile of the server behind an invite; the interface calls a server a guild.

    Both counts are approximate, as their names in the interface say.
    """
    proof, account = kit.Proof(answer.page, _RULE), answer.text("guild", "id")
    name, about = answer.text("guild", "name"), answer.text("guild", "description")
    ends = answer.text("expires_at")
    features = answer.field("guild", "features")
    online = answer.field("approximate_presence_count")
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{name}: the invite {f'ends {ends}' if ends else 'does not end'}"),),
        account=account,
        name=name,
        about=about,
        audience=proof.count(answer.field("approximate_member_count"), "members", exact=False),
        figures=(proof.figure(kit.Count.ONLINE, online, exact=False),),
        timeline=kit.unread(kit.Outcome.NOT_SUPPORTED, "what is written there is for members"),
        links=links_in(about),
        created_at=time_of_id("discord", account),
        verified=isinstance(features, list) and "VERIFIED" in features,
        community=True,
    )


def _directory_page(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read a page of Discord's directory: its description states the members, where it does."""
    page = yield from kit.ask_page(ask.url)
    if isinstance(page, kit.Failure):
        return kit.refused_by(page, _RULE)
    document, proof = read_html(page), kit.Proof(page, _RULE)
    about = document.meta("og:description", "description")
    members, server_id = _MEMBERS.search(about), _SERVER_ID.search(ask.handle)
    if members is None:
        return kit.unread(
            kit.Outcome.PARSE_FAILED, "the page states no members; an invite's address does"
        )
    account = server_id[1] if server_id is not None else ""
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(about),),
        account=account,
        name=document.meta("og:title"),
        about=about,
        audience=proof.count(members[0], "members"),
        timeline=kit.unread(kit.Outcome.NOT_SUPPORTED, "what is written there is for members"),
        created_at=time_of_id("discord", account),
        community=True,
    )


PLATFORM = kit.Platform(
    name="discord",
    read=read,
    public="members and members online, both approximate; never messages",
    confidence=kit.Confidence.DOCUMENTED,
    audience="members",
    community=True,
)
