"""Trustpilot: a company's score and number of reviews, by the API, or by its page where allowed.

Facts: https://documentation-apidocumentation.trustpilot.com/ (business units), the page's data by
public tools. What reviewers write is not read.
"""

from urllib.parse import quote

from scrapers.parse.embedded import script_json
from scrapers.parse.html import read_html
from scrapers.platforms import kit

API = "https://api.trustpilot.com/v1/business-units/find?name="
WIDGET = "https://widget.trustpilot.com/trustbox-data/5419b6a8b0d04a076446a9ad"
"""What the smallest of the widgets that companies embed loads: score and number of reviews."""

KEY = kit.Key(
    variables=("TRUSTPILOT_API_KEY",),
    host="api.trustpilot.com",
    headers=("apikey: {TRUSTPILOT_API_KEY}",),
    adds="score and number of reviews",
)
_RULE = "platform.trustpilot"
_UNIT = "businessunit-id"
"""The name of the hint that holds Trustpilot's own id of the company, a "business unit"."""


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Ask the API where there is a key, then what the site's own widget loads, then the page."""
    if ask.has(KEY):
        return (yield from _official(ask))
    if ask.hints.get(_UNIT):
        profile = yield from _by_widget(ask)
        if profile is not None:
            return profile
    page = yield from kit.ask_page(f"https://www.trustpilot.com/review/{quote(ask.handle)}")
    if isinstance(page, kit.Failure):
        return kit.not_found(page, _RULE) if page.reason in kit.GONE else _refusal(page)
    return _by_page(ask, page)


# ---- the API, which needs a key ----


def _official(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Find the company by its domain, as it is written and with or without www."""
    answer: kit.JsonAnswer | kit.Failure | None = None
    # Trustpilot keeps a company under one of the two: `www.acme.example` may be unknown where
    # `acme.example` is known.
    for name in dict.fromkeys((ask.handle, _other_form(ask.handle))):
        answer = yield from kit.ask_json(API + quote(name), key=KEY)
        if isinstance(answer, kit.JsonAnswer):
            return _by_api(ask, answer)
        if answer.reason not in kit.GONE:
            return kit.reason_of(answer)
    return (
        kit.not_found(answer, _RULE)
        if isinstance(answer, kit.Failure)
        else kit.unread(kit.Outcome.MISSING, "")
    )


def _other_form(name: str) -> str:
    """Return a domain without its `www.`, or with one where it has none."""
    bare = name.removeprefix("www.")
    return bare if bare != name else f"www.{name}"


def _by_api(ask: kit.Ask, answer: kit.JsonAnswer) -> kit.Profile | kit.Unknown:
    """Put together the company that the API describes."""
    proof, account = kit.Proof(answer.page, _RULE), answer.text("id")
    if not account:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no company where it used to be")
    score = answer.field("score", "trustScore")
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{ask.handle}: {answer.text('displayName')}"),),
        account=account,
        name=answer.text("displayName"),
        figures=kit.rating_figures(
            proof,
            answer.field("trustScore") if score is None else score,
            answer.field("numberOfReviews", "total"),
        ),
        links=kit.site_in(answer.field("websiteUrl")),
        verified=answer.text("status") == "active" and answer.field("isClaimed") is True,
    )


# ---- the widget on the company's own site ----


def _by_widget(ask: kit.Ask) -> kit.Steps[kit.Profile | None]:
    """Read what the widget on the company's own site shows everybody; None where that fails."""
    unit = quote(ask.hints[_UNIT], safe="")
    answer = yield from kit.ask_json(f"{WIDGET}?businessUnitId={unit}&locale=en-US")
    name = answer.text("businessUnit", "displayName") if isinstance(answer, kit.JsonAnswer) else ""
    if isinstance(answer, kit.Failure) or not name:
        return None
    proof = kit.Proof(answer.page, _RULE)
    total = answer.field("businessUnit", "numberOfReviews", "total")
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{ask.handle}: {name}"),),
        account=ask.hints[_UNIT],
        name=name,
        figures=kit.rating_figures(proof, answer.field("businessUnit", "trustScore"), total),
    )


# ---- the page ----


def _refusal(failure: kit.Failure) -> kit.Unknown:
    """Say why the page was not read, and that the key helps where programs are kept out.

    Most often it is robots.txt, which forbids the pages of reviews to programs.
    """
    hint = f"set {KEY.name} to ask the official API"
    helps = failure.reason in (kit.Reason.ROBOTS, kit.Reason.HTTP_403, kit.Reason.CAPTCHA)
    return kit.Unknown(
        reason=failure.reason, detail=f"{failure.detail}; {hint}" if helps else failure.detail
    )


def _by_page(ask: kit.Ask, page: kit.Page) -> kit.Profile | kit.Unknown:
    """Read the company from the page's data, or from the page's JSON-LD."""
    document = read_html(page)
    payload = script_json(document, "#__NEXT_DATA__")
    unit = kit.object_of(kit.field(payload, "props", "pageProps", "businessUnit"))
    name, average = kit.text_of(unit.get("displayName")), unit.get("trustScore")
    total = unit.get("numberOfReviews")
    if not name:
        # The page of a single review has JSON-LD as well; only the company's states an average.
        rated = next((thing for thing in document.jsonld if "aggregateRating" in thing), {})
        rating = rated.get("aggregateRating")
        name, average = kit.text_of(rated.get("name")), kit.field(rating, "ratingValue")
        total = kit.field(rating, "reviewCount")
    if not name:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no company in the page where it used to be")
    proof = kit.Proof(page, _RULE)
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
