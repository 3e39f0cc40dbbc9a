"""Spotify: a show's name and number of episodes by its page, the episodes by the Web API.

Facts: https://developer.spotify.com/documentation/web-api/reference/get-a-show and
https://developer.spotify.com/documentation/web-api/reference/get-a-shows-episodes; the page's
JSON-LD and `music:song_count` were recorded in 2024. Spotify shows no followers of a show.
"""

from collections.abc import Iterator
from functools import partial

from scrapers.parse.document import Document
from scrapers.parse.embedded import things
from scrapers.parse.html import read_html
from scrapers.parse.urls import links_in
from scrapers.platforms import kit

API = "https://api.spotify.com/v1/shows"
OEMBED = "https://open.spotify.com/oembed?url=https%3A%2F%2Fopen.spotify.com%2Fshow%2F"
KEY = kit.Key(
    variables=("SPOTIFY_CLIENT_ID", "SPOTIFY_CLIENT_SECRET"),
    host="api.spotify.com",
    headers=("Authorization: Bearer {token}",),
    grant="https://accounts.spotify.com/api/token",
    adds="every episode of a show with its date",
    opens=frozenset({kit.Opens.POSTS}),
)
_RULE = "platform.spotify"
_MARKET = "US"
"""The country whose catalogue is read: what the API gives depends on one."""

_SIZE = 50
"""Episodes of one page of the API."""


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the show by the API where there is a key, else by its page, else by its embed."""
    if not ask.has(KEY):
        return (yield from _public(ask, kit.needs_key(KEY, "the episodes")))
    answer = yield from kit.ask_json(f"{API}/{ask.handle}?market={_MARKET}", key=KEY)
    if isinstance(answer, kit.JsonAnswer) and answer.text("name"):
        return (yield from _official(ask, answer))
    reason = kit.reason_of(answer) if isinstance(answer, kit.Failure) else _no_name()
    return (yield from _public(ask, reason))


def _no_name() -> kit.Unknown:
    """Say that an answer about a show holds no name of it."""
    return kit.unread(kit.Outcome.PARSE_FAILED, "no name of the show where it used to be")


def _episodes_figure(proof: kit.Proof, stated: object) -> kit.ProfileFigure:
    """Give the number of episodes as a page or the API states it."""
    return proof.figure(kit.Count.EPISODES, stated)


# ---- the Web API, which needs a key ----


def _official(ask: kit.Ask, answer: kit.JsonAnswer) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Put together the show that the API describes, with its episodes."""
    proof, about = kit.Proof(answer.page, _RULE), answer.text("description")
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{answer.text('name')}, {answer.text('publisher')}"),),
        account=ask.handle,
        name=answer.text("name"),
        about=about,
        figures=(_episodes_figure(proof, answer.field("total_episodes")),),
        timeline=(yield from _episodes(ask)),
        links=links_in(about),
    )


def _episodes(ask: kit.Ask) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through the episodes until the window is covered."""
    url = f"{API}/{ask.handle}/episodes?market={_MARKET}&limit={_SIZE}&offset="
    listing = kit.Listing(
        first=f"{url}0",
        items=_posts,
        after=lambda answer, number: f"{url}{number * _SIZE}" if answer.text("next") else "",
        within=("items",),
        what="episodes",
        ask=partial(kit.ask_json, key=KEY),
    )
    return kit.read_posts(ask, listing)


def _posts(answer: kit.JsonAnswer) -> Iterator[kit.ProfilePost]:
    """Read one page of episodes."""
    proof = kit.Proof(answer.page, _RULE)
    for episode in answer.items("items"):
        name, number = kit.text_of(episode.get("name")), kit.name_of(episode.get("id"))
        if not name or not number:
            continue
        yield kit.ProfilePost(
            url=f"https://open.spotify.com/episode/{number}",
            title=name,
            text=kit.text_of(episode.get("description")),
            published=_day(episode),
            evidence=proof.of(f"{kit.text_of(episode.get('release_date'))} {name}"),
            format="audio",
            language=kit.language_of(kit.field(episode, "languages", 0)),
        )


def _day(episode: kit.Json) -> kit.Dated | None:
    """Return the day on which an episode came out; None where only year or month are known."""
    # Spotify says beside the date how much of it is known: `day`, `month` or `year`.
    released = kit.dated_at(episode.get("release_date"))
    if released is None or episode.get("release_date_precision") != "day":
        return None
    return kit.Dated(at=released.at, source=kit.DateSource.API, day_only=True)


# ---- what everybody can read ----


def _public(ask: kit.Ask, episodes: kit.Unknown) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the show's page, or its embed where the page says nothing.

    `episodes` is the reason why there are no posts: without a key nobody is given them.
    """
    page = yield from kit.ask_page(f"https://open.spotify.com/show/{ask.handle}")
    if isinstance(page, kit.Failure):
        return (yield from _embed(ask, kit.reason_of(page), episodes))
    document = read_html(page)
    show = next(iter(things(document, "PodcastSeries")), None)
    name = kit.text_of(show.get("name")) if show is not None else ""
    # A page without JSON-LD may be about anything: its title is only believed where the page says
    # by its own address that it is about this show.
    if not name and document.meta("og:url").endswith(f"/show/{ask.handle}"):
        name = document.meta("og:title")
    if not name:
        return (yield from _embed(ask, _no_name(), episodes))
    proof, about = kit.Proof(page, _RULE), _about(document, show)
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{name}, {kit.text_of((show or {}).get('publisher'))}"),),
        account=ask.handle,
        name=name,
        about=about,
        figures=(_episodes_figure(proof, document.meta("music:song_count")),),
        timeline=episodes,
        links=links_in(about),
    )


def _about(document: Document, show: kit.Json | None) -> str:
    """Return the owner's own words about the show."""
    text = kit.text_of((show or {}).get("description")) or document.meta("og:description")
    # Spotify puts a sentence of its own before them: `Listen to NAME on Spotify. …`.
    return text.partition(" on Spotify. ")[2] or text


def _embed(
    ask: kit.Ask, reason: kit.Unknown, episodes: kit.Unknown
) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the show's name by oEmbed; `reason` says why the page gave nothing."""
    answer = yield from kit.ask_json(OEMBED + ask.handle)
    if isinstance(answer, kit.Failure):
        # A show counts as missing only where page and embed are both gone.
        if answer.reason in kit.GONE and reason.reason in kit.GONE:
            return kit.not_found(answer, _RULE, "neither page nor embed of this show")
        return reason
    name = answer.text("title")
    if not name:
        return reason
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(kit.Proof(answer.page, _RULE).of(name),),
        account=ask.handle,
        name=name,
        figures=(kit.ProfileFigure(count=kit.Count.EPISODES, value=reason),),
        timeline=episodes,
    )


PLATFORM = kit.Platform(
    name="spotify",
    read=read,
    audience="",
    keys=(KEY,),
    public="name and number of episodes",
    confidence=kit.Confidence.RECORDED,
)
