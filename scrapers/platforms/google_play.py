"""Google Play: an app's rating, number of ratings, installs and last update by its page.

Facts: JSON-LD SoftwareApplication, and the places in the page's data by public tools. The store
rounds installs down ("1,000,000+"); a 404 may mean that one country's store has no such app.
"""

import re

from scrapers.parse.document import Document
from scrapers.parse.embedded import given, things
from scrapers.parse.html import read_html
from scrapers.parse.jsonld import texts
from scrapers.platforms import kit

STORE = "https://play.google.com/store/apps/details"
_RULE = "platform.google-play"
_SHOWN_INSTALLS = re.compile(
    r">(\d[\d.,]*+\s?[KMB]?\+)<(?:/?\w[^<>]{0,200}>\s{0,20}<?){1,4}Downloads<"
)
# The page's data are lists within lists and have no names: these are the places of an app's fields
# (by public tools), each a path of positions from the app's block on.
_NAME, _INSTALLS = (0, 0), (13, 0)
_RATING, _RATINGS = (51, 0, 1), (51, 2, 1)
_UPDATED, _SITE = (145, 0, 1, 0), (69, 0, 5, 2)


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the app's page in the first country's store that has it."""
    answer: kit.Page | kit.Failure | None = None
    for country in kit.stores(ask):
        answer = yield from kit.ask_page(f"{STORE}?id={ask.handle}&hl=en&gl={country.upper()}")
        if isinstance(answer, kit.Page):
            return _profile(ask, answer, country)
        if answer.reason not in kit.GONE:
            return kit.reason_of(answer)
    detail = f"not in the store of {' or '.join(kit.stores(ask)).upper()}"
    if answer is None:
        return kit.unread(kit.Outcome.MISSING, detail)
    return kit.not_found(answer, _RULE, detail)


def _profile(ask: kit.Ask, page: kit.Page, country: str) -> kit.Profile | kit.Unknown:
    """Return the profile of an app, from the page's JSON-LD and where that is silent its data."""
    document = read_html(page)
    thing = next(iter(things(document, "SoftwareApplication", "MobileApplication")), {})
    app = _app_data(document)
    name = kit.text_of(thing.get("name")) or kit.text_of(kit.field(app, *_NAME))
    if not name:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no app in the page where it used to be")
    proof, rating = kit.Proof(page, _RULE), thing.get("aggregateRating")
    average, total = kit.field(rating, "ratingValue"), kit.field(rating, "ratingCount")
    # Average and number are taken from one place, so that they belong together.
    if total is None:
        average, total = kit.field(app, *_RATING), kit.field(app, *_RATINGS)
    author_site = next(iter(texts(kit.field(thing, "author", "url"))), "")
    installs = kit.text_of(kit.field(app, *_INSTALLS)) or _shown_installs(document)
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{name}, store of {country.upper()}"),),
        account=ask.handle,
        name=name,
        about=kit.text_of(thing.get("description")),
        figures=(
            *kit.rating_figures(proof, average, total),
            # "1,000,000+" is rounded down, though it reads like a number to the last digit.
            proof.figure(kit.Count.INSTALLS, installs, exact=False),
        ),
        links=kit.site_in(kit.field(app, *_SITE)) or kit.site_in(author_site),
        updated_at=kit.time_of(kit.field(app, *_UPDATED)),
    )


def _app_data(document: Document) -> object:
    """Return the app's block of the page's data; None where no block looks like one."""
    # The page has many blocks, and the number of the app's (`ds:5`) changes: it is known by its
    # form, a name where apps have it and a list where their installs are.
    for block in given(document, "data"):
        app = kit.field(block, 1, 2)
        if kit.text_of(kit.field(app, *_NAME)) and isinstance(kit.field(app, 13), list):
            return app
    return None


def _shown_installs(document: Document) -> str:
    """Return the installs as a reader of the page sees them: "1B+" of "1B+ Downloads"."""
    match = _SHOWN_INSTALLS.search(document.source)
    return match[1] if match is not None else ""


PLATFORM = kit.Platform(
    name="google-play",
    read=read,
    audience="",
    public="rating, number of ratings, installs (rounded down), date of the last update",
    confidence=kit.Confidence.TOOLS,
    pace=3.0,
)
