"""Discord: size and name of the server behind an invite (discord.com/developers, invites)."""

import re
from urllib.parse import quote

from audit.model.exchange import Failure
from audit.model.profile import (
    Count,
    Outcome,
    Profile,
    Standing,
    unread,
)
from audit.model.value import Unknown
from scrapers.parse.html import read_html
from scrapers.parse.ids import time_of_id
from scrapers.parse.urls import links_in
from scrapers.parse.values import at, loaded, text_of
from scrapers.platforms.kit.base import Answer, Ask, Confidence, Platform, Steps, answer, page
from scrapers.platforms.kit.proof import Proof, gone, refused, why

API = "https://discord.com/api/v10"
_RULE = "platform.discord"
_UNKNOWN_INVITE = 10006
_MEMBERS = re.compile(r"(\d[\d.,\s]*[KM]?)\s+(?:other\s+)?members", re.I)
_NUMBER = re.compile(r"(\d{15,20})$")


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Ask what an invite leads to; messages are for members and never read."""
    if "/servers/" in ask.url:
        return (yield from _listed(ask))
    found = yield from answer(
        f"{API}/invites/{quote(ask.handle, safe='')}?with_counts=true&with_expiration=true"
    )
    if isinstance(found, Failure):
        if at(loaded(found.body), "code") == _UNKNOWN_INVITE:
            return gone(found, _RULE, "the invite has expired, or there never was one")
        return why(found)
    if not isinstance(found.at("guild"), dict):
        return _no_server(found)
    return _server(found)


def _no_server(found: Answer) -> Unknown:
    """An invite to a conversation of some persons, which is nobody else's business."""
    if text_of(found.at("code")):
        return unread(Outcome.NOT_SUPPORTED, "the invite leads to persons, not to a server")
    return unread(Outcome.PARSE_FAILED, "no invite where it used to be")


def _server(found: Answer) -> Profile:
    """Both counts are approximate, as their names in the interface say."""
    proof, account = Proof(found.page, _RULE), found.text("guild", "id")
    name, about = found.text("guild", "name"), found.text("guild", "description")
    ends = found.text("expires_at")
    features = found.at("guild", "features")
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{name}: the invite {f'ends {ends}' if ends else 'does not end'}"),),
        account=account,
        name=name,
        about=about,
        audience=proof.count(found.at("approximate_member_count"), "members", exact=False),
        figures=(proof.figure(Count.ONLINE, found.at("approximate_presence_count"), exact=False),),
        timeline=unread(Outcome.NOT_SUPPORTED, "what is written there is for members"),
        links=links_in(about),
        created_at=time_of_id("discord", account),
        verified=isinstance(features, list) and "VERIFIED" in features,
        community=True,
    )


def _listed(ask: Ask) -> Steps[Profile | Unknown]:
    """A page of Discord's directory: its description states the members, where it does."""
    found = yield from page(ask.url)
    if isinstance(found, Failure):
        return refused(found, _RULE)
    document, proof = read_html(found), Proof(found, _RULE)
    about = document.meta("og:description", "description")
    shown, number = _MEMBERS.search(about), _NUMBER.search(ask.handle)
    if shown is None:
        return unread(Outcome.PARSE_FAILED, "the page states no members; an invite's address does")
    account = number[1] if number is not None else ""
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(about),),
        account=account,
        name=document.meta("og:title"),
        about=about,
        audience=proof.count(shown[0], "members"),
        timeline=unread(Outcome.NOT_SUPPORTED, "what is written there is for members"),
        created_at=time_of_id("discord", account),
        community=True,
    )


PLATFORM = Platform(
    name="discord",
    read=read,
    public="members and members online, both approximate; never messages",
    confidence=Confidence.DOCUMENTED,
    audience="members",
    community=True,
)
