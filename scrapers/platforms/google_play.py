"""Google Play: an app's rating, number of ratings, installs and last update by its page.

Facts: JSON-LD SoftwareApplication, and the places in the page's data by public tools. The store
rounds installs down ("1,000,000+"); a 404 may mean that one country's store has no such app.
"""

import re

from audit.model.exchange import Failure, Page
from audit.model.profile import (
    Count,
    Outcome,
    Profile,
    Standing,
    unread,
)
from audit.model.value import Unknown
from scrapers.parse.embedded import given, things
from scrapers.parse.html import Document, read_html
from scrapers.parse.jsonld import texts
from scrapers.parse.values import at, site_of, text_of, time_of
from scrapers.platforms.kit.base import GONE, Ask, Confidence, Platform, Steps, page
from scrapers.platforms.kit.proof import Proof, gone, why
from scrapers.platforms.kit.ratings import rated, stores

STORE = "https://play.google.com/store/apps/details"
_RULE = "platform.google-play"
_SHOWN = re.compile(r">(\d[\d.,]*+\s?[KMB]?\+)<(?:/?\w[^<>]{0,200}>\s{0,20}<?){1,4}Downloads<")
_NAME, _ABOUT, _INSTALLS = (0, 0), (72, 0, 1), (13, 0)
_RATING, _RATINGS = (51, 0, 1), (51, 2, 1)
_UPDATED, _SITE = (145, 0, 1, 0), (69, 0, 5, 2)


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Read the app's page in the first country's store that has it."""
    found: Page | Failure | None = None
    for country in stores(ask):
        found = yield from page(f"{STORE}?id={ask.handle}&hl=en&gl={country.upper()}")
        if isinstance(found, Page):
            return _app(ask, found, country)
        if found.reason not in GONE:
            return why(found)
    said = f"not in the store of {' or '.join(stores(ask)).upper()}"
    return gone(found, _RULE, said) if found is not None else unread(Outcome.MISSING, said)


def _app(ask: Ask, found: Page, country: str) -> Profile | Unknown:
    document = read_html(found)
    thing = next(iter(things(document, "SoftwareApplication", "MobileApplication")), {})
    data = _data(document)
    name = text_of(thing.get("name")) or text_of(at(data, *_NAME))
    if not name:
        return unread(Outcome.PARSE_FAILED, "no app in the page where it used to be")
    proof, rating = Proof(found, _RULE), thing.get("aggregateRating")
    average, total = at(rating, "ratingValue"), at(rating, "ratingCount")
    if total is None:
        average, total = at(data, *_RATING), at(data, *_RATINGS)
    own = next(iter(texts(at(thing, "author", "url"))), "")
    installs = text_of(at(data, *_INSTALLS)) or _shown(document)
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{name}, store of {country.upper()}"),),
        account=ask.handle,
        name=name,
        about=text_of(thing.get("description")),
        figures=(
            *rated(proof, average, total),
            proof.figure(Count.INSTALLS, installs, exact=False),
        ),
        links=site_of(at(data, *_SITE)) or site_of(own),
        updated_at=time_of(at(data, *_UPDATED)),
    )


def _data(document: Document) -> object:
    """What the page's data holds of the app: the block that has a name where apps have it."""
    apps = (at(said, 1, 2) for said in given(document, "data"))
    return next(
        (app for app in apps if text_of(at(app, *_NAME)) and isinstance(at(app, 13), list)), None
    )


def _shown(document: Document) -> str:
    """The installs that the page shows ("1B+ Downloads")."""
    found = _SHOWN.search(document.source)
    return found[1] if found is not None else ""


PLATFORM = Platform(
    name="google-play",
    read=read,
    audience="",
    public="rating, number of ratings, installs (rounded down), date of the last update",
    confidence=Confidence.TOOLS,
    pace=3.0,
)
