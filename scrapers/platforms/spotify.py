"""Spotify: a show's name and number of episodes by its page, the episodes by the Web API.

Facts: https://developer.spotify.com/documentation/web-api/reference/get-a-show; the page's JSON-LD
and `music:song_count` were recorded in 2024. Spotify shows no followers of a show.
"""

from audit.model.exchange import Failure
from audit.model.profile import (
    Count,
    Outcome,
    Profile,
    ProfileFigure,
    Standing,
    unread,
)
from audit.model.value import Unknown
from scrapers.parse.embedded import things
from scrapers.parse.html import Document, read_html
from scrapers.parse.urls import links_in
from scrapers.parse.values import Json, text_of
from scrapers.platforms._spotify_api import API, KEY, MARKET, RULE, episodes
from scrapers.platforms.kit.base import GONE, Answer, Ask, Confidence, Platform, Steps, answer, page
from scrapers.platforms.kit.proof import Proof, gone, needs, why

OEMBED = "https://open.spotify.com/oembed?url=https%3A%2F%2Fopen.spotify.com%2Fshow%2F"


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Read the show by the API where there is a key, else by its page, else by its embed."""
    if ask.has(KEY):
        found = yield from answer(f"{API}/{ask.handle}?market={MARKET}", key=KEY)
        if isinstance(found, Answer) and found.text("name"):
            return (yield from _keyed(ask, found))
        refused = why(found) if isinstance(found, Failure) else _no_name()
        return (yield from _public(ask, refused))
    return (yield from _public(ask, needs(KEY, "the episodes")))


def _no_name() -> Unknown:
    return unread(Outcome.PARSE_FAILED, "no name of the show where it used to be")


def _keyed(ask: Ask, found: Answer) -> Steps[Profile | Unknown]:
    proof, about = Proof(found.page, RULE), found.text("description")
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{found.text('name')}, {found.text('publisher')}"),),
        account=ask.handle,
        name=found.text("name"),
        about=about,
        figures=(_episodes(proof, found.at("total_episodes")),),
        timeline=(yield from episodes(ask)),
        links=links_in(about),
    )


def _episodes(proof: Proof, said: object) -> ProfileFigure:
    return proof.figure(Count.EPISODES, said)


def _public(ask: Ask, line: Unknown) -> Steps[Profile | Unknown]:
    """Read what the show's page says to everybody; its embed where the page says nothing."""
    found = yield from page(f"https://open.spotify.com/show/{ask.handle}")
    if isinstance(found, Failure):
        return (yield from _embed(ask, why(found), line))
    document = read_html(found)
    show = next(iter(things(document, "PodcastSeries")), None)
    name = text_of(show.get("name")) if show is not None else ""
    if not name and document.meta("og:url").endswith(f"/show/{ask.handle}"):
        name = document.meta("og:title")
    if not name:
        return (yield from _embed(ask, _no_name(), line))
    proof, about = Proof(found, RULE), _about(document, show)
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{name}, {text_of((show or {}).get('publisher'))}"),),
        account=ask.handle,
        name=name,
        about=about,
        figures=(_episodes(proof, document.meta("music:song_count")),),
        timeline=line,
        links=links_in(about),
    )


def _about(document: Document, show: Json | None) -> str:
    said = text_of((show or {}).get("description")) or document.meta("og:description")
    return said.partition(" on Spotify. ")[2] or said


def _embed(ask: Ask, reason: Unknown, line: Unknown) -> Steps[Profile | Unknown]:
    """The show's name by oEmbed; where page and embed are both gone, so is the show."""
    found = yield from answer(OEMBED + ask.handle)
    if isinstance(found, Failure):
        both = found.reason in GONE and reason.reason in GONE
        return gone(found, RULE, "neither page nor embed of this show") if both else reason
    name = found.text("title")
    if not name:
        return reason
    return Profile(
        standing=Standing.LIVE,
        evidence=(Proof(found.page, RULE).of(name),),
        account=ask.handle,
        name=name,
        figures=(ProfileFigure(count=Count.EPISODES, value=reason),),
        timeline=line,
    )


PLATFORM = Platform(
    name="spotify",
    read=read,
    audience="",
    keys=(KEY,),
    public="name and number of episodes",
    confidence=Confidence.RECORDED,
)
