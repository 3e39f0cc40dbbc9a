"""Google Business: a place's rating and number of ratings, by the Places API only.

Facts: https://developers.google.com/maps/documentation/places/web-service/place-details. The terms
allow to keep no more than the place's id for long. A link that holds no place id is looked up by
its name, and only a place that gives the company's own website is taken.
"""

import re
from urllib.parse import quote

from audit.model.exchange import Failure, Key, Page
from audit.model.profile import Outcome, Profile, Standing, unread
from audit.model.value import Unknown
from scrapers.parse.urls import same_site
from scrapers.parse.values import at, object_of, site_of, text_of
from scrapers.platforms.kit.base import Ask, Confidence, Platform, Steps, answer
from scrapers.platforms.kit.proof import Proof, needs, why
from scrapers.platforms.kit.ratings import rated

API = "https://places.googleapis.com/v1/places"
FIELDS = ("id", "displayName", "rating", "userRatingCount", "websiteUri", "businessStatus")
KEY = Key(
    variables=("GOOGLE_MAPS_API_KEY",),
    host="places.googleapis.com",
    headers=("X-Goog-Api-Key: {GOOGLE_MAPS_API_KEY}",),
    adds="rating and number of ratings of a place (billed by Google)",
    calls=100,
)
_RULE = "platform.google-business"
_PLACE = re.compile(r"(?:placeid=|place_id[:=])([\w-]{10,})")


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Ask for the place by its id, or search it by its name."""
    if not ask.has(KEY):
        return needs(KEY, "rating and number of ratings")
    known = _PLACE.search(ask.url)
    if known is None:
        return (yield from _search(ask))
    fields = ",".join(FIELDS)
    found = yield from answer(f"{API}/{quote(known[1])}?fields={fields}", key=KEY)
    if isinstance(found, Failure):
        return why(found)
    return _place(found.said, found.page)


def _search(ask: Ask) -> Steps[Profile | Unknown]:
    """Search by the name in the link; a place is the company's if its website is."""
    name = re.sub(r"[+_-]+", " ", ask.handle).strip()
    if "cid=" in ask.url or "/r/" in ask.url or not ask.website or not name:
        return unread(Outcome.NOT_SUPPORTED, "the link holds no place id that the API knows")
    fields = ",".join(f"places.{field}" for field in FIELDS)
    found = yield from answer(
        f"{API}:searchText?fields={fields}", key=KEY, body={"textQuery": name}
    )
    if isinstance(found, Failure):
        return why(found)
    for each in found.listed("places"):
        if any(same_site(url, ask.website) for url in site_of(each.get("websiteUri"))):
            return _place(each, found.page)
    return unread(Outcome.NOT_SUPPORTED, "no place of that name gives the company's website")


def _place(said: object, page: Page) -> Profile | Unknown:
    place = object_of(said)
    account, name = text_of(place.get("id")), text_of(at(place, "displayName", "text"))
    if not account:
        return unread(Outcome.PARSE_FAILED, "no place where it used to be")
    proof, closed = Proof(page, _RULE), place.get("businessStatus") == "CLOSED_PERMANENTLY"
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{name}{', closed for good' if closed else ''}"),),
        account=account,
        name=name,
        figures=rated(proof, place.get("rating"), place.get("userRatingCount")),
        links=site_of(place.get("websiteUri")),
    )


PLATFORM = Platform(
    name="google-business",
    read=read,
    audience="",
    keys=(KEY,),
    public="nothing",
    confidence=Confidence.DOCUMENTED,
)
