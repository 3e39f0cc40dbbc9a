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
"""Months of page views that are asked for; the newest that is counted is kept."""

_RULE = "platform.wikipedia"
_QUERY = (
    "action=query&format=json&formatversion=2&redirects=1&inprop=url&rvprop=timestamp&lllimit=500"
    "&prop=info%7Crevisions%7Clanglinks%7Cpageprops%7Cdescription&titles="
)
_MISSING = {"missing": "there is no such article", "invalid": "this can be no article's name"}
"""The marks of a title that has no article, and what they mean."""


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the article's record, then how often it was read, then its official website."""
    host = _host(ask)
    answer = yield from kit.ask_json(
        f"https://{host}/w/api.php?{_QUERY}{quote(ask.handle, safe='')}"
    )
    if isinstance(answer, kit.Failure):
        return kit.reason_of(answer)
    article = next(iter(answer.items("query", "pages")), {})
    missing = next((words for mark, words in _MISSING.items() if article.get(mark) is True), "")
    if missing:
        return kit.not_found(answer.page, _RULE, missing)
    number, title = kit.count_of(article.get("pageid")), kit.text_of(article.get("title"))
    if number is None or not title:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no article where it used to be")
    # The title is the one that a redirect led to; in addresses its spaces are underscores.
    proof, handle = kit.Proof(answer.page, _RULE), title.replace(" ", "_")
    item = kit.text_of(kit.field(article, "pageprops", "wikibase_item"))
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{title}: {kit.text_of(article.get('description'))}"),),
        url=f"https://{host}/wiki/{handle}",
        handle=handle,
        account=f"{host}/{number}",
        name=title,
        about=kit.text_of(article.get("description")),
        figures=(
            kit.ProfileFigure(count=kit.Count.LANGUAGES, value=_languages(answer, proof)),
            kit.ProfileFigure(count=kit.Count.VIEWS, value=(yield from _views(ask, host, handle))),
        ),
        links=(yield from _website(item)),
        updated_at=kit.time_of(kit.field(article, "revisions", 0, "timestamp")),
    )


def _host(ask: kit.Ask) -> str:
    """Return the host of the article's language; an address without one is taken for English."""
    host = split(ask.url).netloc
    return "en.wikipedia.org" if host in ("wikipedia.org", "www.wikipedia.org") else host


def _languages(answer: kit.JsonAnswer, proof: kit.Proof) -> kit.Number:
    """Count this article and those in other languages that it names."""
    others = answer.items("query", "pages", 0, "langlinks")
    return proof.count(1 + len(others), f"languages, {len(others)} of them beside this one")


def _views(ask: kit.Ask, host: str, handle: str) -> kit.Steps[kit.Number]:
    """Ask how often people read the article in the last whole month that is counted.

    Programs are left out (`user`), all kinds of devices taken together (`all-access`).
    """
    # The last month may not be counted yet: several are asked for, and the newest answered is read.
    last = ask.until.replace(day=1) - timedelta(days=1)
    first = last
    for _ in range(MONTHS - 1):
        first = first.replace(day=1) - timedelta(days=1)
    answer = yield from kit.ask_json(
        f"{VIEWS}/{host}/all-access/user/{quote(handle, safe='')}"
        f"/monthly/{first:%Y%m}0100/{last:%Y%m%d}00"
    )
    if isinstance(answer, kit.Failure):
        return kit.reason_of(answer)
    newest = next(iter(answer.items("items")[-1:]), {})
    month = _month(kit.text_of(newest.get("timestamp")))
    return kit.Proof(answer.page, _RULE).count(newest.get("views"), f"views in {month}")


def _month(stamp: str) -> str:
    """Return the month of a stamp such as `2026100100` as `2026-10`."""
    try:
        return f"{datetime.strptime(stamp[:6], '%Y%m'):%Y-%m}"  # noqa: DTZ007 - no time, a month
    except ValueError:
        return "a month"


def _website(item: str) -> kit.Steps[tuple[str, ...]]:
    """Ask Wikidata for the official website of an item (`Q42`); empty where that fails."""
    if not item.startswith("Q") or not item[1:].isdigit():
        return ()
    answer = yield from kit.ask_json(WIKIDATA + item)
    return () if isinstance(answer, kit.Failure) else tuple(_claimed(answer))


def _claimed(answer: kit.JsonAnswer) -> Iterator[str]:
    """Give the addresses that Wikidata claims, those that are outdated left out."""
    for claim in kit.items(answer.field("claims", "P856")):
        # Wikidata keeps what was true once: with an end time (P582), or with the rank deprecated.
        outdated = (
            kit.field(claim, "qualifiers", "P582") is not None or claim.get("rank") == "deprecated"
        )
        if not outdated:
            yield from kit.site_in(kit.field(claim, "mainsnak", "datavalue", "value"))


PLATFORM = kit.Platform(
    name="wikipedia",
    read=read,
    audience="",
    public="number of languages, last change, views in the last whole month",
    confidence=kit.Confidence.DOCUMENTED,
    community=True,
)
