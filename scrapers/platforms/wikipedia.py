"""Wikipedia: in how many languages an article is, when it was last changed, how often it is read.

Facts: https://www.mediawiki.org/wiki/API:Query, https://doc.wikimedia.org/generated-data-platform/aqs/
(page views), https://www.wikidata.org/wiki/Wikidata:Data_access (P856: official website). Who
edits is not read.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import quote

from scrapers.parse.urls import split
from scrapers.platforms import kit

VIEWS = "https://wikimedia.org/api/rest_v1/metrics/pageviews/per-article"
WIKIDATA = "https://www.wikidata.org/w/api.php?action=wbgetclaims&format=json&property=P856&entity="
MONTHS = 3
_RULE = "platform.wikipedia"
_QUERY = (
    "action=query&format=json&formatversion=2&redirects=1&inprop=url&rvprop=timestamp&lllimit=500"
    "&prop=info%7Crevisions%7Clanglinks%7Cpageprops%7Cdescription&titles="
)
_MISSING = {"missing": "there is no such article", "invalid": "this can be no article's name"}


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the article's record, then how often it was read, then its official website."""
    host = split(ask.url).netloc
    host = "en.wikipedia.org" if host in ("wikipedia.org", "www.wikipedia.org") else host
    found = yield from kit.ask_json(
        f"https://{host}/w/api.php?{_QUERY}{quote(ask.handle, safe='')}"
    )
    if isinstance(found, kit.Failure):
        return kit.reason_of(found)
    said = next(iter(found.items("query", "pages")), {})
    lost = next((words for key, words in _MISSING.items() if said.get(key) is True), "")
    if lost:
        return kit.not_found(found.page, _RULE, lost)
    number, title = kit.count_of(said.get("pageid")), kit.text_of(said.get("title"))
    if number is None or not title:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no article where it used to be")
    proof, handle = kit.Proof(found.page, _RULE), title.replace(" ", "_")
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{title}: {kit.text_of(said.get('description'))}"),),
        url=f"https://{host}/wiki/{handle}",
        handle=handle,
        account=f"{host}/{number}",
        name=title,
        about=kit.text_of(said.get("description")),
        figures=(
            kit.ProfileFigure(count=kit.Count.LANGUAGES, value=_languages(found, proof)),
            kit.ProfileFigure(count=kit.Count.VIEWS, value=(yield from _views(ask, host, handle))),
        ),
        links=(yield from _website(kit.text_of(kit.field(said, "pageprops", "wikibase_item")))),
        updated_at=kit.time_of(kit.field(said, "revisions", 0, "timestamp")),
    )


def _languages(found: kit.JsonAnswer, proof: kit.Proof) -> kit.Number:
    """This article and those in other languages that it names."""
    others = found.items("query", "pages", 0, "langlinks")
    return proof.count(1 + len(others), f"languages, {len(others)} of them beside this one")


def _views(ask: kit.Ask, host: str, handle: str) -> kit.Steps[kit.Number]:
    """How often people read the article in the last whole month that is counted."""
    last = ask.until.replace(day=1) - timedelta(days=1)
    first = last
    for _ in range(MONTHS - 1):
        first = first.replace(day=1) - timedelta(days=1)
    found = yield from kit.ask_json(
        f"{VIEWS}/{host}/all-access/user/{quote(handle, safe='')}"
        f"/monthly/{first:%Y%m}0100/{last:%Y%m%d}00"
    )
    if isinstance(found, kit.Failure):
        return kit.reason_of(found)
    newest = next(iter(found.items("items")[-1:]), {})
    month = _month(kit.text_of(newest.get("timestamp")))
    return kit.Proof(found.page, _RULE).count(newest.get("views"), f"views in {month}")


def _month(stamp: str) -> str:
    try:
        return f"{datetime.strptime(stamp[:6], '%Y%m'):%Y-%m}"  # noqa: DTZ007 - no time, a month
    except ValueError:
        return "a month"


def _website(item: str) -> kit.Steps[tuple[str, ...]]:
    """The official website that Wikidata names for the subject, outdated ones left out."""
    if not item.startswith("Q") or not item[1:].isdigit():
        return ()
    found = yield from kit.ask_json(WIKIDATA + item)
    return () if isinstance(found, kit.Failure) else tuple(_claimed(found))


def _claimed(found: kit.JsonAnswer) -> Iterator[str]:
    for each in kit.items(found.field("claims", "P856")):
        ended = (
            kit.field(each, "qualifiers", "P582") is not None or each.get("rank") == "deprecated"
        )
        if not ended:
            yield from kit.site_in(kit.field(each, "mainsnak", "datavalue", "value"))


PLATFORM = kit.Platform(
    name="wikipedia",
    read=read,
    audience="",
    public="number of languages, last change, views in the last whole month",
    confidence=kit.Confidence.DOCUMENTED,
    community=True,
)
