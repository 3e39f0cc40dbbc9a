"""Trustpilot: a company's score and number of reviews, by the API, or by its page where allowed.

Facts: https://documentation-apidocumentation.trustpilot.com/ (business units), the page's data by
public tools. What reviewers write is not read.
"""

from urllib.parse import quote

from scrapers.parse.embedded import script_json
from scrapers.parse.html import read_html
from scrapers.platforms import kit

API = "https://api.trustpilot.com/v1/business-units/find?name="
KEY = kit.Key(
    variables=("TRUSTPILOT_API_KEY",),
    host="api.trustpilot.com",
    headers=("apikey: {TRUSTPILOT_API_KEY}",),
    adds="score and number of reviews",
)
_RULE = "platform.trustpilot"
_UNIT = "businessunit-id"
WIDGET = "https://widget.trustpilot.com/trustbox-data/5419b6a8b0d04a076446a9ad"
"""What the smallest of the widgets that companies embed loads: score and number of reviews."""


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Ask the API where there is a key, then what the site's own widget loads, then the page."""
    if ask.has(KEY):
        return (yield from _keyed(ask))
    if ask.hints.get(_UNIT):
        shown = yield from _widget(ask)
        if shown is not None:
            return shown
    found = yield from kit.ask_page(f"https://www.trustpilot.com/review/{quote(ask.handle)}")
    if isinstance(found, kit.Failure):
        return kit.not_found(found, _RULE) if found.reason in kit.GONE else _refused(found)
    return _shown(ask, found)


def _widget(ask: kit.Ask) -> kit.Steps[kit.Profile | None]:
    """What the widget on the company's own site shows everybody; None where that fails."""
    unit = quote(ask.hints[_UNIT], safe="")
    found = yield from kit.ask_json(f"{WIDGET}?businessUnitId={unit}&locale=en-US")
    name = found.text("businessUnit", "displayName") if isinstance(found, kit.JsonAnswer) else ""
    if isinstance(found, kit.Failure) or not name:
        return None
    proof = kit.Proof(found.page, _RULE)
    total = found.field("businessUnit", "numberOfReviews", "total")
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{ask.handle}: {name}"),),
        account=ask.hints[_UNIT],
        name=name,
        figures=kit.rating_figures(proof, found.field("businessUnit", "trustScore"), total),
    )


def _refused(failure: kit.Failure) -> kit.Unknown:
    """Why the page was not read; most often its robots.txt forbids it."""
    hint = f"set {KEY.name} to ask the official API"
    helps = failure.reason in (kit.Reason.ROBOTS, kit.Reason.HTTP_403, kit.Reason.CAPTCHA)
    return kit.Unknown(
        reason=failure.reason, detail=f"{failure.detail}; {hint}" if helps else failure.detail
    )


def _keyed(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Find the company by its domain, as it is written and with or without www."""
    found: kit.JsonAnswer | kit.Failure | None = None
    for name in dict.fromkeys((ask.handle, _other(ask.handle))):
        found = yield from kit.ask_json(API + quote(name), key=KEY)
        if isinstance(found, kit.JsonAnswer):
            return _unit(ask, found)
        if found.reason not in kit.GONE:
            return kit.reason_of(found)
    return (
        kit.not_found(found, _RULE)
        if isinstance(found, kit.Failure)
        else kit.unread(kit.Outcome.MISSING, "")
    )


def _other(name: str) -> str:
    bare = name.removeprefix("www.")
    return bare if bare != name else f"www.{name}"


def _unit(ask: kit.Ask, found: kit.JsonAnswer) -> kit.Profile | kit.Unknown:
    proof, account = kit.Proof(found.page, _RULE), found.text("id")
    if not account:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no company where it used to be")
    score = found.field("score", "trustScore")
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{ask.handle}: {found.text('displayName')}"),),
        account=account,
        name=found.text("displayName"),
        figures=kit.rating_figures(
            proof,
            found.field("trustScore") if score is None else score,
            found.field("numberOfReviews", "total"),
        ),
        links=kit.site_in(found.field("websiteUrl")),
        verified=found.text("status") == "active" and found.field("isClaimed") is True,
    )


def _shown(ask: kit.Ask, found: kit.Page) -> kit.Profile | kit.Unknown:
    """The company in the page's data, or in the page's JSON-LD."""
    document = read_html(found)
    said = script_json(document, "#__NEXT_DATA__")
    unit = kit.object_of(kit.field(said, "props", "pageProps", "businessUnit"))
    name, average = kit.text_of(unit.get("displayName")), unit.get("trustScore")
    total = unit.get("numberOfReviews")
    if not name:
        thing = next((each for each in document.jsonld if "aggregateRating" in each), {})
        rating = thing.get("aggregateRating")
        name, average = kit.text_of(thing.get("name")), kit.field(rating, "ratingValue")
        total = kit.field(rating, "reviewCount")
    if not name:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no company in the page where it used to be")
    proof = kit.Proof(found, _RULE)
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{ask.handle}: {name}"),),
        account=kit.text_of(unit.get("id")),
        name=name,
        figures=kit.rating_figures(proof, average, total),
        links=kit.site_in(unit.get("websiteUrl")),
        verified=unit.get("isClaimed") is True,
    )


PLATFORM = kit.Platform(
    name="trustpilot",
    read=read,
    audience="",
    keys=(KEY,),
    public="score and number of reviews, by the widget on the company's site, or by its page",
    hints={_UNIT: ("trustpilot-widget", "data-businessunit-id")},
    confidence=kit.Confidence.TOOLS,
)
