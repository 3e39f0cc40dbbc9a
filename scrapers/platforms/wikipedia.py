"""Wikipedia: in how many languages an article is, when it was last changed, how often it is read.

Facts: https://www.mediawiki.org/wiki/API:Query, https://doc.wikimedia.org/generated-data-platform/aqs/
(page views), https://www.wikidata.org/wiki/Wikidata:Data_access (P856: official website). Who
edits is not read.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import quote

from audit.model.exchange import Failure
from audit.model.profile import Count, Outcome, Profile, ProfileFigure, Standing, unread
from audit.model.value import Number, Unknown
from scrapers.parse.urls import split
from scrapers.parse.values import at, listed, site_of, text_of, time_of, whole
from scrapers.platforms.kit.base import Answer, Ask, Confidence, Platform, Steps, answer
from scrapers.platforms.kit.proof import Proof, gone, why

VIEWS = "https://wikimedia.org/api/rest_v1/metrics/pageviews/per-article"
WIKIDATA = "https://www.wikidata.org/w/api.php?action=wbgetclaims&format=json&property=P856&entity="
MONTHS = 3
_RULE = "platform.wikipedia"
_QUERY = (
    "action=query&format=json&formatversion=2&redirects=1&inprop=url&rvprop=timestamp&lllimit=500"
    "&prop=info%7Crevisions%7Clanglinks%7Cpageprops%7Cdescription&titles="
)
_MISSING = {"missing": "there is no such article", "invalid": "this can be no article's name"}


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Read the article's record, then how often it was read, then its official website."""
    host = split(ask.url).netloc
    host = "en.wikipedia.org" if host in ("wikipedia.org", "www.wikipedia.org") else host
    found = yield from answer(f"https://{host}/w/api.php?{_QUERY}{quote(ask.handle, safe='')}")
    if isinstance(found, Failure):
        return why(found)
    said = next(iter(found.listed("query", "pages")), {})
    lost = next((words for key, words in _MISSING.items() if said.get(key) is True), "")
    if lost:
        return gone(found.page, _RULE, lost)
    number, title = whole(said.get("pageid")), text_of(said.get("title"))
    if number is None or not title:
        return unread(Outcome.PARSE_FAILED, "no article where it used to be")
    proof, handle = Proof(found.page, _RULE), title.replace(" ", "_")
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{title}: {text_of(said.get('description'))}"),),
        url=f"https://{host}/wiki/{handle}",
        handle=handle,
        account=f"{host}/{number}",
        name=title,
        about=text_of(said.get("description")),
        figures=(
            ProfileFigure(count=Count.LANGUAGES, value=_languages(found, proof)),
            ProfileFigure(count=Count.VIEWS, value=(yield from _views(ask, host, handle))),
        ),
        links=(yield from _website(text_of(at(said, "pageprops", "wikibase_item")))),
        updated_at=time_of(at(said, "revisions", 0, "timestamp")),
    )


def _languages(found: Answer, proof: Proof) -> Number:
    """This article and those in other languages that it names."""
    others = found.listed("query", "pages", 0, "langlinks")
    return proof.count(1 + len(others), f"languages, {len(others)} of them beside this one")


def _views(ask: Ask, host: str, handle: str) -> Steps[Number]:
    """How often people read the article in the last whole month that is counted."""
    last = ask.until.replace(day=1) - timedelta(days=1)
    first = last
    for _ in range(MONTHS - 1):
        first = first.replace(day=1) - timedelta(days=1)
    found = yield from answer(
        f"{VIEWS}/{host}/all-access/user/{quote(handle, safe='')}"
        f"/monthly/{first:%Y%m}0100/{last:%Y%m%d}00"
    )
    if isinstance(found, Failure):
        return why(found)
    newest = next(iter(found.listed("items")[-1:]), {})
    month = _month(text_of(newest.get("timestamp")))
    return Proof(found.page, _RULE).count(newest.get("views"), f"views in {month}")


def _month(stamp: str) -> str:
    try:
        return f"{datetime.strptime(stamp[:6], '%Y%m'):%Y-%m}"  # noqa: DTZ007 - no time, a month
    except ValueError:
        return "a month"


def _website(item: str) -> Steps[tuple[str, ...]]:
    """The official website that Wikidata names for the subject, outdated ones left out."""
    if not item.startswith("Q") or not item[1:].isdigit():
        return ()
    found = yield from answer(WIKIDATA + item)
    return () if isinstance(found, Failure) else tuple(_claimed(found))


def _claimed(found: Answer) -> Iterator[str]:
    for each in listed(found.at("claims", "P856")):
        ended = at(each, "qualifiers", "P582") is not None or each.get("rank") == "deprecated"
        if not ended:
            yield from site_of(at(each, "mainsnak", "datavalue", "value"))


PLATFORM = Platform(
    name="wikipedia",
    read=read,
    audience="",
    public="number of languages, last change, views in the last whole month",
    confidence=Confidence.DOCUMENTED,
    community=True,
)
