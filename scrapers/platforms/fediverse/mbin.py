"""Magazines of Mbin: subscribers, titles and counts of threads (its OpenAPI, /api/docs)."""

from collections.abc import Iterator
from urllib.parse import quote

from audit.model.exchange import Failure
from audit.model.profile import (
    Count,
    Outcome,
    Profile,
    ProfilePost,
    Reaction,
    Standing,
    Timeline,
    unread,
)
from audit.model.value import Unknown
from scrapers.parse.values import instant, language_of, text_of, whole
from scrapers.platforms.fediverse.home import Home
from scrapers.platforms.kit.base import Answer, Ask, Steps, answer
from scrapers.platforms.kit.paging import Listing, paged, while_full
from scrapers.platforms.kit.posts import interactions
from scrapers.platforms.kit.proof import Proof, refused

_RULE = "platform.lemmy"
_LIMIT = 50
_REACTIONS = ((Reaction.LIKES, "favourites"), (Reaction.COMMENTS, "numComments"))


def read_mbin(ask: Ask, home: Home) -> Steps[Profile | Unknown]:
    """Read a magazine, then its threads back to the start of the window."""
    found = yield from answer(f"{home.api}/api/magazine/name/{quote(home.name)}")
    if isinstance(found, Failure):
        return refused(found, _RULE)
    number, name = whole(found.at("magazineId")), found.text("name")
    if number is None or not name:
        return unread(Outcome.PARSE_FAILED, "no magazine where it used to be")
    proof, title = Proof(found.page, _RULE), found.text("title")
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{name}@{home.host}: {title}"),),
        url=f"{home.api}/m/{quote(name)}",
        handle=name,
        account=found.text("apProfileId") or f"{home.host}/{number}",
        name=title or name,
        about=found.text("description"),
        audience=proof.count(found.at("subscriptionsCount"), "subscribers"),
        figures=(proof.figure(Count.THREADS, found.at("entryCount")),),
        timeline=(yield from _threads(ask, home, number)),
        community=True,
    )


def _threads(ask: Ask, home: Home, number: int) -> Steps[Timeline | Unknown]:
    url = f"{home.api}/api/magazine/{number}/entries?sort=newest&perPage={_LIMIT}&p="
    listing = Listing(
        first=f"{url}1",
        items=lambda found: _written(found, home),
        after=while_full(url, _LIMIT, "items"),
        within=("items",),
        what="threads",
    )
    return paged(ask, listing)


def _written(found: Answer, home: Home) -> Iterator[ProfilePost]:
    proof = Proof(found.page, _RULE)
    for entry in found.listed("items"):
        made, key = instant(entry.get("createdAt")), whole(entry.get("entryId"))
        title = text_of(entry.get("title"), 300)
        if made is None or key is None:
            continue
        yield ProfilePost(
            url=f"{home.api}/m/{quote(home.name)}/t/{key}",
            title=title,
            published=made,
            evidence=proof.dated(made, title),
            format="link" if entry.get("url") else "text",
            language=language_of(entry.get("lang")),
            interactions=interactions(entry, _REACTIONS),
        )
