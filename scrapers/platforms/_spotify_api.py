"""The episodes of a show by Spotify's Web API.

Facts: https://developer.spotify.com/documentation/web-api/reference/get-a-shows-episodes.
"""

from collections.abc import Iterator
from functools import partial

from scrapers.platforms import kit

API = "https://api.spotify.com/v1/shows"
MARKET = "US"
SIZE = 50
KEY = kit.Key(
    variables=("SPOTIFY_CLIENT_ID", "SPOTIFY_CLIENT_SECRET"),
    host="api.spotify.com",
    headers=("Authorization: Bearer {token}",),
    grant="https://accounts.spotify.com/api/token",
    adds="every episode of a show with its date",
)
RULE = "platform.spotify"


def episodes(ask: kit.Ask) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through the episodes until the window is covered."""
    url = f"{API}/{ask.handle}/episodes?market={MARKET}&limit={SIZE}&offset="
    listing = kit.Listing(
        first=f"{url}0",
        items=_listed,
        after=lambda found, number: f"{url}{number * SIZE}" if found.text("next") else "",
        within=("items",),
        what="episodes",
        ask=partial(kit.ask_json, key=KEY),
    )
    return kit.read_posts(ask, listing)


def _listed(found: kit.JsonAnswer) -> Iterator[kit.ProfilePost]:
    proof = kit.Proof(found.page, RULE)
    for each in found.items("items"):
        name, key = kit.text_of(each.get("name")), kit.name_of(each.get("id"))
        if not name or not key:
            continue
        yield kit.ProfilePost(
            url=f"https://open.spotify.com/episode/{key}",
            title=name,
            text=kit.text_of(each.get("description")),
            published=_day(each),
            evidence=proof.of(f"{kit.text_of(each.get('release_date'))} {name}"),
            format="audio",
            language=kit.language_of(kit.field(each, "languages", 0)),
        )


def _day(said: kit.Json) -> kit.Dated | None:
    """The day of an episode; a mere year or month is no date."""
    found = kit.dated_at(said.get("release_date"))
    if found is None or said.get("release_date_precision") != "day":
        return None
    return kit.Dated(at=found.at, source=kit.DateSource.API, day_only=True)
