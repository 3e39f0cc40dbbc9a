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
_MEMBERS = re.compile(r"(\d[\d.,\s]*[KM]?)\s+(?:other\s+)?members", re.I)
_NUMBER = re.compile(r"(\d{15,20})$")


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Ask what an invite leads to; messages are for members and never read."""
    if "/servers/" in ask.url:
        return (yield from _listed(ask))
    found = yield from kit.ask_json(
        f"{API}/invites/{quote(ask.handle, safe='')}?with_counts=true&with_expiration=true"
    )
    if isinstance(found, kit.Failure):
        if kit.field(kit.json_of(found.body), "code") == _UNKNOWN_INVITE:
            return kit.not_found(found, _RULE, "the invite has expired, or there never was one")
        return kit.reason_of(found)
    if not isinstance(found.field("guild"), dict):
        return _no_server(found)
    return _server(found)


def _no_server(found: kit.JsonAnswer) -> kit.Unknown:
    """An invite to a conversation of some persons, which is nobody else's business."""
    if kit.text_of(found.field("code")):
        return kit.unread(kit.Outcome.NOT_SUPPORTED, "the invite leads to persons, not to a server")
    return kit.unread(kit.Outcome.PARSE_FAILED, "no invite where it used to be")


def _server(found: kit.JsonAnswer) -> kit.Profile:
    """Both counts are approximate, as their names in the interface say."""
    proof, account = kit.Proof(found.page, _RULE), found.text("guild", "id")
    name, about = found.text("guild", "name"), found.text("guild", "description")
    ends = found.text("expires_at")
    features = found.field("guild", "features")
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{name}: the invite {f'ends {ends}' if ends else 'does not end'}"),),
        account=account,
        name=name,
        about=about,
        audience=proof.count(found.field("approximate_member_count"), "members", exact=False),
        figures=(
            proof.figure(kit.Count.ONLINE, found.field("approximate_presence_count"), exact=False),
        ),
        timeline=kit.unread(kit.Outcome.NOT_SUPPORTED, "what is written there is for members"),
        links=links_in(about),
        created_at=time_of_id("discord", account),
        verified=isinstance(features, list) and "VERIFIED" in features,
        community=True,
    )


def _listed(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """A page of Discord's directory: its description states the members, where it does."""
    found = yield from kit.ask_page(ask.url)
    if isinstance(found, kit.Failure):
        return kit.refused_by(found, _RULE)
    document, proof = read_html(found), kit.Proof(found, _RULE)
    about = document.meta("og:description", "description")
    shown, number = _MEMBERS.search(about), _NUMBER.search(ask.handle)
    if shown is None:
        return kit.unread(
            kit.Outcome.PARSE_FAILED, "the page states no members; an invite's address does"
        )
    account = number[1] if number is not None else ""
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(about),),
        account=account,
        name=document.meta("og:title"),
        about=about,
        audience=proof.count(shown[0], "members"),
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
