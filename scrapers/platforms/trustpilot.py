"""Trustpilot: a company's score and number of reviews, by the API, or by its page where allowed.

Facts: https://documentation-apidocumentation.trustpilot.com/ (business units), the page's data by
public tools. What reviewers write is not read.
"""

from urllib.parse import quote

from audit.model.exchange import Failure, Key, Page
from audit.model.profile import Outcome, Profile, Standing, unread
from audit.model.value import Reason, Unknown
from scrapers.parse.embedded import script_json
from scrapers.parse.html import read_html
from scrapers.parse.values import at, object_of, site_of, text_of
from scrapers.platforms.kit.base import GONE, Answer, Ask, Confidence, Platform, Steps, answer, page
from scrapers.platforms.kit.proof import Proof, gone, why
from scrapers.platforms.kit.ratings import rated

API = "https://api.trustpilot.com/v1/business-units/find?name="
KEY = Key(
    variables=("TRUSTPILOT_API_KEY",),
    host="api.trustpilot.com",
    headers=("apikey: {TRUSTPILOT_API_KEY}",),
    adds="score and number of reviews",
)
_RULE = "platform.trustpilot"
_UNIT = "businessunit-id"
WIDGET = "https://widget.trustpilot.com/trustbox-data/5419b6a8b0d04a076446a9ad"
"""What the smallest of the widgets that companies embed loads: score and number of reviews."""


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Ask the API where there is a key, then what the site's own widget loads, then the page."""
    if ask.has(KEY):
        return (yield from _keyed(ask))
    if ask.hints.get(_UNIT):
        shown = yield from _widget(ask)
        if shown is not None:
            return shown
    found = yield from page(f"https://www.trustpilot.com/review/{quote(ask.handle)}")
    if isinstance(found, Failure):
        return gone(found, _RULE) if found.reason in GONE else _refused(found)
    return _shown(ask, found)


def _widget(ask: Ask) -> Steps[Profile | None]:
    """What the widget on the company's own site shows everybody; None where that fails."""
    unit = quote(ask.hints[_UNIT], safe="")
    found = yield from answer(f"{WIDGET}?businessUnitId={unit}&locale=en-US")
    name = found.text("businessUnit", "displayName") if isinstance(found, Answer) else ""
    if isinstance(found, Failure) or not name:
        return None
    proof = Proof(found.page, _RULE)
    total = found.at("businessUnit", "numberOfReviews", "total")
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{ask.handle}: {name}"),),
        account=ask.hints[_UNIT],
        name=name,
        figures=rated(proof, found.at("businessUnit", "trustScore"), total),
    )


def _refused(failure: Failure) -> Unknown:
    """Why the page was not read; most often its robots.txt forbids it."""
    hint = f"set {KEY.name} to ask the official API"
    helps = failure.reason in (Reason.ROBOTS, Reason.HTTP_403, Reason.CAPTCHA)
    return Unknown(
        reason=failure.reason, detail=f"{failure.detail}; {hint}" if helps else failure.detail
    )


def _keyed(ask: Ask) -> Steps[Profile | Unknown]:
    """Find the company by its domain, as it is written and with or without www."""
    found: Answer | Failure | None = None
    for name in dict.fromkeys((ask.handle, _other(ask.handle))):
        found = yield from answer(API + quote(name), key=KEY)
        if isinstance(found, Answer):
            return _unit(ask, found)
        if found.reason not in GONE:
            return why(found)
    return gone(found, _RULE) if isinstance(found, Failure) else unread(Outcome.MISSING, "")


def _other(name: str) -> str:
    bare = name.removeprefix("www.")
    return bare if bare != name else f"www.{name}"


def _unit(ask: Ask, found: Answer) -> Profile | Unknown:
    proof, account = Proof(found.page, _RULE), found.text("id")
    if not account:
        return unread(Outcome.PARSE_FAILED, "no company where it used to be")
    score = found.at("score", "trustScore")
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{ask.handle}: {found.text('displayName')}"),),
        account=account,
        name=found.text("displayName"),
        figures=rated(
            proof,
            found.at("trustScore") if score is None else score,
            found.at("numberOfReviews", "total"),
        ),
        links=site_of(found.at("websiteUrl")),
        verified=found.text("status") == "active" and found.at("isClaimed") is True,
    )


def _shown(ask: Ask, found: Page) -> Profile | Unknown:
    """The company in the page's data, or in the page's JSON-LD."""
    document = read_html(found)
    said = script_json(document, "#__NEXT_DATA__")
    unit = object_of(at(said, "props", "pageProps", "businessUnit"))
    name, average = text_of(unit.get("displayName")), unit.get("trustScore")
    total = unit.get("numberOfReviews")
    if not name:
        thing = next((each for each in document.jsonld if "aggregateRating" in each), {})
        rating = thing.get("aggregateRating")
        name, average = text_of(thing.get("name")), at(rating, "ratingValue")
        total = at(rating, "reviewCount")
    if not name:
        return unread(Outcome.PARSE_FAILED, "no company in the page where it used to be")
    proof = Proof(found, _RULE)
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{ask.handle}: {name}"),),
        account=text_of(unit.get("id")),
        name=name,
        figures=rated(proof, average, total),
        links=site_of(unit.get("websiteUrl")),
        verified=unit.get("isClaimed") is True,
    )


PLATFORM = Platform(
    name="trustpilot",
    read=read,
    audience="",
    keys=(KEY,),
    public="score and number of reviews, by the widget on the company's site, or by its page",
    hints={_UNIT: ("trustpilot-widget", "data-businessunit-id")},
    confidence=Confidence.TOOLS,
)
