"""Yelp: a business's rating and number of reviews, by the official API only.

Facts: https://docs.developer.yelp.com/reference/v3_business_info. Yelp's terms forbid reading its
pages by programs; the API leaves out businesses that nobody has reviewed.
"""

from urllib.parse import quote

from scrapers.platforms import kit

API = "https://api.yelp.com/v3/businesses/"
KEY = kit.Key(
    variables=("YELP_API_KEY",),
    host="api.yelp.com",
    headers=("Authorization: Bearer {YELP_API_KEY}",),
    adds="rating and number of reviews",
    calls=300,
)
_RULE = "platform.yelp"


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Ask the API; without a key nothing is asked for."""
    if not ask.has(KEY):
        return kit.needs_key(
            KEY, "Yelp forbids programs on its pages; rating and number of reviews"
        )
    answer = yield from kit.ask_json(API + quote(ask.handle, safe=""), key=KEY)
    if isinstance(answer, kit.Failure):
        return _refusal(answer)
    name, account = answer.text("name"), answer.text("id")
    if not name or not account:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no business where it used to be")
    proof, closed = kit.Proof(answer.page, _RULE), answer.field("is_closed") is True
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{name}{', closed for good' if closed else ''}"),),
        account=account,
        name=name,
        figures=kit.rating_figures(proof, answer.field("rating"), answer.field("review_count")),
        verified=answer.field("is_claimed") is True,
    )


def _refusal(failure: kit.Failure) -> kit.Unknown:
    """Return why the API gave nothing."""
    # Not a missing profile: the API answers 404 as well for a business that nobody has reviewed.
    if failure.reason in kit.GONE:
        return kit.Unknown(
            reason=failure.reason, detail="no such business, or nobody has reviewed it"
        )
    return kit.reason_of(failure)


PLATFORM = kit.Platform(
    name="yelp",
    read=read,
    audience="",
    keys=(KEY,),
    public="nothing",
    confidence=kit.Confidence.DOCUMENTED,
)
