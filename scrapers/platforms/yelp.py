"""Yelp: a business's rating and number of reviews, by the official API only.

Facts: https://docs.developer.yelp.com/reference/v3_business_info. Yelp's terms forbid reading its
pages by programs; the API leaves out businesses that nobody has reviewed.
"""

from urllib.parse import quote

from audit.model.exchange import Failure, Key
from audit.model.profile import Outcome, Profile, Standing, unread
from audit.model.value import Unknown
from scrapers.platforms.kit.base import GONE, Ask, Confidence, Platform, Steps, answer
from scrapers.platforms.kit.proof import Proof, needs, why
from scrapers.platforms.kit.ratings import rated

API = "https://api.yelp.com/v3/businesses/"
KEY = Key(
    variables=("YELP_API_KEY",),
    host="api.yelp.com",
    headers=("Authorization: Bearer {YELP_API_KEY}",),
    adds="rating and number of reviews",
    calls=300,
)
_RULE = "platform.yelp"


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Ask the API; without a key nothing is asked for."""
    if not ask.has(KEY):
        return needs(KEY, "Yelp forbids programs on its pages; rating and number of reviews")
    found = yield from answer(API + quote(ask.handle, safe=""), key=KEY)
    if isinstance(found, Failure):
        lost = Unknown(reason=found.reason, detail="no such business, or nobody has reviewed it")
        return lost if found.reason in GONE else why(found)
    name, account = found.text("name"), found.text("id")
    if not name or not account:
        return unread(Outcome.PARSE_FAILED, "no business where it used to be")
    proof, closed = Proof(found.page, _RULE), found.at("is_closed") is True
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{name}{', closed for good' if closed else ''}"),),
        account=account,
        name=name,
        figures=rated(proof, found.at("rating"), found.at("review_count")),
        verified=found.at("is_claimed") is True,
    )


PLATFORM = Platform(
    name="yelp",
    read=read,
    audience="",
    keys=(KEY,),
    public="nothing",
    confidence=Confidence.DOCUMENTED,
)
