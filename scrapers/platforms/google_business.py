"""Google Business: a place's rating and number of ratings, by the Places API only.

Facts: https://developers.google.com/maps/documentation/places/web-service/place-details. The terms
allow to keep no more than the place's id for long. A link that holds no place id is looked up by
its name, and only a place that gives the company's own website is taken.
"""

import re
from urllib.parse import quote

from scrapers.parse.urls import same_site
from scrapers.platforms import kit

API = "https://places.googleapis.com/v1/places"
FIELDS = ("id", "displayName", "rating", "userRatingCount", "websiteUri", "businessStatus")
KEY = kit.Key(
    variables=("GOOGLE_MAPS_API_KEY",),
    host="places.googleapis.com",
    headers=("X-Goog-Api-Key: {GOOGLE_MAPS_API_KEY}",),
    adds="rating and number of ratings of a place (billed by Google)",
    calls=100,
)
_RULE = "platform.google-business"
# Links to write a review have `placeid=`, links to the map `q=place_id:`.
_PLACE_ID = re.compile(r"(?:placeid=|place_id[:=])([\w-]{10,})")


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Ask for the place by its id, or search it by its name."""
    if not ask.has(KEY):
        return kit.needs_key(KEY, "rating and number of ratings")
    match = _PLACE_ID.search(ask.url)
    if match is None:
        return (yield from _search(ask))
    fields = ",".join(FIELDS)
    answer = yield from kit.ask_json(f"{API}/{quote(match[1])}?fields={fields}", key=KEY)
    if isinstance(answer, kit.Failure):
        return kit.reason_of(answer)
    return _profile(answer.payload, answer.page)


def _search(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Search by the name in the link; a place is the company's if its website is."""
    name = re.sub(r"[+_-]+", " ", ask.handle).strip()
    # `?cid=` and `g.page/r/CODE` hold numbers of Google's maps, which are neither ids nor names.
    if "cid=" in ask.url or "/r/" in ask.url or not ask.website or not name:
        return kit.unread(
            kit.Outcome.NOT_SUPPORTED, "the link holds no place id that the API knows"
        )
    fields = ",".join(f"places.{field}" for field in FIELDS)
    answer = yield from kit.ask_json(
        f"{API}:searchText?fields={fields}", key=KEY, body={"textQuery": name}
    )
    if isinstance(answer, kit.Failure):
        return kit.reason_of(answer)
    # Many companies bear the same name: only a place that gives our website is believed.
    for place in answer.items("places"):
        if any(same_site(url, ask.website) for url in kit.site_in(place.get("websiteUri"))):
            return _profile(place, answer.page)
    return kit.unread(
        kit.Outcome.NOT_SUPPORTED, "no place of that name gives the company's website"
    )


def _profile(payload: object, page: kit.Page) -> kit.Profile | kit.Unknown:
    """Return the profile of one place as the API gives it; a place without an id is unknown."""
    place = kit.object_of(payload)
    account = kit.text_of(place.get("id"))
    name = kit.text_of(kit.field(place, "displayName", "text"))
    if not account:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no place where it used to be")
    proof, closed = kit.Proof(page, _RULE), place.get("businessStatus") == "CLOSED_PERMANENTLY"
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{name}{', closed for good' if closed else ''}"),),
        account=account,
        name=name,
        # The API leaves both fields out where nobody has rated the place; they are then unknown.
        figures=kit.rating_figures(proof, place.get("rating"), place.get("userRatingCount")),
        links=kit.site_in(place.get("websiteUri")),
    )


PLATFORM = kit.Platform(
    name="google-business",
    read=read,
    audience="",
    keys=(KEY,),
    public="nothing",
    confidence=kit.Confidence.DOCUMENTED,
)
