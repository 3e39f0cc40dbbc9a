"""The episodes of a show by Spotify's Web API.

Facts: https://developer.spotify.com/documentation/web-api/reference/get-a-shows-episodes.
"""

from collections.abc import Iterator
from functools import partial

from audit.model.dated import Dated, DateSource
from audit.model.exchange import Key
from audit.model.profile import ProfilePost, Timeline
from audit.model.value import Unknown
from scrapers.parse.values import Json, at, instant, language_of, name_of, text_of
from scrapers.platforms.kit.base import Answer, Ask, Steps, answer
from scrapers.platforms.kit.paging import Listing, paged
from scrapers.platforms.kit.proof import Proof

API = "https://api.spotify.com/v1/shows"
MARKET = "US"
SIZE = 50
KEY = Key(
    variables=("SPOTIFY_CLIENT_ID", "SPOTIFY_CLIENT_SECRET"),
    host="api.spotify.com",
    headers=("Authorization: Bearer {token}",),
    grant="https://accounts.spotify.com/api/token",
    adds="every episode of a show with its date",
)
RULE = "platform.spotify"


def episodes(ask: Ask) -> Steps[Timeline | Unknown]:
    """Page back through the episodes until the window is covered."""
    url = f"{API}/{ask.handle}/episodes?market={MARKET}&limit={SIZE}&offset="
    listing = Listing(
        first=f"{url}0",
        items=_listed,
        after=lambda found, number: f"{url}{number * SIZE}" if found.text("next") else "",
        within=("items",),
        what="episodes",
        ask=partial(answer, key=KEY),
    )
    return paged(ask, listing)


def _listed(found: Answer) -> Iterator[ProfilePost]:
    proof = Proof(found.page, RULE)
    for each in found.listed("items"):
        name, key = text_of(each.get("name")), name_of(each.get("id"))
        if not name or not key:
            continue
        yield ProfilePost(
            url=f"https://open.spotify.com/episode/{key}",
            title=name,
            text=text_of(each.get("description")),
            published=_day(each),
            evidence=proof.of(f"{text_of(each.get('release_date'))} {name}"),
            format="audio",
            language=language_of(at(each, "languages", 0)),
        )


def _day(said: Json) -> Dated | None:
    """The day of an episode; a mere year or month is no date."""
    found = instant(said.get("release_date"))
    if found is None or said.get("release_date_precision") != "day":
        return None
    return Dated(at=found.at, source=DateSource.API, day_only=True)
