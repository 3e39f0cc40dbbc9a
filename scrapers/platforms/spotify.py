"""Spotify: a show's name and number of episodes by its page, the episodes by the Web API.

Facts: https://developer.spotify.com/documentation/web-api/reference/get-a-show; the page's JSON-LD
and `music:song_count` were recorded in 2024. Spotify shows no followers of a show.
"""

from scrapers.parse.embedded import things
from scrapers.parse.html import Document, read_html
from scrapers.parse.urls import links_in
from scrapers.platforms import kit
from scrapers.platforms._spotify_api import API, KEY, MARKET, RULE, episodes

OEMBED = "https://open.spotify.com/oembed?url=https%3A%2F%2Fopen.spotify.com%2Fshow%2F"


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the show by the API where there is a key, else by its page, else by its embed."""
    if ask.has(KEY):
        found = yield from kit.ask_json(f"{API}/{ask.handle}?market={MARKET}", key=KEY)
        if isinstance(found, kit.JsonAnswer) and found.text("name"):
            return (yield from _keyed(ask, found))
        refused = kit.reason_of(found) if isinstance(found, kit.Failure) else _no_name()
        return (yield from _public(ask, refused))
    return (yield from _public(ask, kit.needs_key(KEY, "the episodes")))


def _no_name() -> kit.Unknown:
    return kit.unread(kit.Outcome.PARSE_FAILED, "no name of the show where it used to be")


def _keyed(ask: kit.Ask, found: kit.JsonAnswer) -> kit.Steps[kit.Profile | kit.Unknown]:
    proof, about = kit.Proof(found.page, RULE), found.text("description")
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{found.text('name')}, {found.text('publisher')}"),),
        account=ask.handle,
        name=found.text("name"),
        about=about,
        figures=(_episodes(proof, found.field("total_episodes")),),
        timeline=(yield from episodes(ask)),
        links=links_in(about),
    )


def _episodes(proof: kit.Proof, said: object) -> kit.ProfileFigure:
    return proof.figure(kit.Count.EPISODES, said)


def _public(ask: kit.Ask, line: kit.Unknown) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read what the show's page says to everybody; its embed where the page says nothing."""
    found = yield from kit.ask_page(f"https://open.spotify.com/show/{ask.handle}")
    if isinstance(found, kit.Failure):
        return (yield from _embed(ask, kit.reason_of(found), line))
    document = read_html(found)
    show = next(iter(things(document, "PodcastSeries")), None)
    name = kit.text_of(show.get("name")) if show is not None else ""
    if not name and document.meta("og:url").endswith(f"/show/{ask.handle}"):
        name = document.meta("og:title")
    if not name:
        return (yield from _embed(ask, _no_name(), line))
    proof, about = kit.Proof(found, RULE), _about(document, show)
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{name}, {kit.text_of((show or {}).get('publisher'))}"),),
        account=ask.handle,
        name=name,
        about=about,
        figures=(_episodes(proof, document.meta("music:song_count")),),
        timeline=line,
        links=links_in(about),
    )


def _about(document: Document, show: kit.Json | None) -> str:
    said = kit.text_of((show or {}).get("description")) or document.meta("og:description")
    return said.partition(" on Spotify. ")[2] or said


def _embed(
    ask: kit.Ask, reason: kit.Unknown, line: kit.Unknown
) -> kit.Steps[kit.Profile | kit.Unknown]:
    """The show's name by oEmbed; where page and embed are both gone, so is the show."""
    found = yield from kit.ask_json(OEMBED + ask.handle)
    if isinstance(found, kit.Failure):
        both = found.reason in kit.GONE and reason.reason in kit.GONE
        return kit.not_found(found, RULE, "neither page nor embed of this show") if both else reason
    name = found.text("title")
    if not name:
        return reason
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(kit.Proof(found.page, RULE).of(name),),
        account=ask.handle,
        name=name,
        figures=(kit.ProfileFigure(count=kit.Count.EPISODES, value=reason),),
        timeline=line,
    )


PLATFORM = kit.Platform(
    name="spotify",
    read=read,
    audience="",
    keys=(KEY,),
    public="name and number of episodes",
    confidence=kit.Confidence.RECORDED,
)
