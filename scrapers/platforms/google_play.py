"""Google Play: an app's rating, number of ratings, installs and last update by its page.

Facts: JSON-LD SoftwareApplication, and the places in the page's data by public tools. The store
rounds installs down ("1,000,000+"); a 404 may mean that one country's store has no such app.
"""

import re

from scrapers.parse.embedded import given, things
from scrapers.parse.html import Document, read_html
from scrapers.parse.jsonld import texts
from scrapers.platforms import kit

STORE = "https://play.google.com/store/apps/details"
_RULE = "platform.google-play"
_SHOWN = re.compile(r">(\d[\d.,]*+\s?[KMB]?\+)<(?:/?\w[^<>]{0,200}>\s{0,20}<?){1,4}Downloads<")
_NAME, _ABOUT, _INSTALLS = (0, 0), (72, 0, 1), (13, 0)
_RATING, _RATINGS = (51, 0, 1), (51, 2, 1)
_UPDATED, _SITE = (145, 0, 1, 0), (69, 0, 5, 2)


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the app's page in the first country's store that has it."""
    found: kit.Page | kit.Failure | None = None
    for country in kit.stores(ask):
        found = yield from kit.ask_page(f"{STORE}?id={ask.handle}&hl=en&gl={country.upper()}")
        if isinstance(found, kit.Page):
            return _app(ask, found, country)
        if found.reason not in kit.GONE:
            return kit.reason_of(found)
    said = f"not in the store of {' or '.join(kit.stores(ask)).upper()}"
    return (
        kit.not_found(found, _RULE, said)
        if found is not None
        else kit.unread(kit.Outcome.MISSING, said)
    )


def _app(ask: kit.Ask, found: kit.Page, country: str) -> kit.Profile | kit.Unknown:
    document = read_html(found)
    thing = next(iter(things(document, "SoftwareApplication", "MobileApplication")), {})
    data = _data(document)
    name = kit.text_of(thing.get("name")) or kit.text_of(kit.field(data, *_NAME))
    if not name:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no app in the page where it used to be")
    proof, rating = kit.Proof(found, _RULE), thing.get("aggregateRating")
    average, total = kit.field(rating, "ratingValue"), kit.field(rating, "ratingCount")
    if total is None:
        average, total = kit.field(data, *_RATING), kit.field(data, *_RATINGS)
    own = next(iter(texts(kit.field(thing, "author", "url"))), "")
    installs = kit.text_of(kit.field(data, *_INSTALLS)) or _shown(document)
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{name}, store of {country.upper()}"),),
        account=ask.handle,
        name=name,
        about=kit.text_of(thing.get("description")),
        figures=(
            *kit.rating_figures(proof, average, total),
            proof.figure(kit.Count.INSTALLS, installs, exact=False),
        ),
        links=kit.site_in(kit.field(data, *_SITE)) or kit.site_in(own),
        updated_at=kit.time_of(kit.field(data, *_UPDATED)),
    )


def _data(document: Document) -> object:
    """What the page's data holds of the app: the block that has a name where apps have it."""
    apps = (kit.field(said, 1, 2) for said in given(document, "data"))
    return next(
        (
            app
            for app in apps
            if kit.text_of(kit.field(app, *_NAME)) and isinstance(kit.field(app, 13), list)
        ),
        None,
    )


def _shown(document: Document) -> str:
    """The installs that the page shows ("1B+ Downloads")."""
    found = _SHOWN.search(document.source)
    return found[1] if found is not None else ""


PLATFORM = kit.Platform(
    name="google-play",
    read=read,
    audience="",
    public="rating, number of ratings, installs (rounded down), date of the last update",
    confidence=kit.Confidence.TOOLS,
    pace=3.0,
)
