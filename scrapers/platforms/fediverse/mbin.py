"""Magazines of Mbin: subscribers, titles and counts of threads (its OpenAPI, /api/docs)."""

from collections.abc import Iterator
from urllib.parse import quote

from scrapers.platforms import kit
from scrapers.platforms.fediverse.home import Home

_RULE = "platform.lemmy"
_LIMIT = 50
_REACTIONS = ((kit.Reaction.LIKES, "favourites"), (kit.Reaction.COMMENTS, "numComments"))


def read_mbin(ask: kit.Ask, home: Home) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read a magazine, then its threads back to the start of the window."""
    found = yield from kit.ask_json(f"{home.api}/api/magazine/name/{quote(home.name)}")
    if isinstance(found, kit.Failure):
        return kit.refused_by(found, _RULE)
    number, name = kit.count_of(found.field("magazineId")), found.text("name")
    if number is None or not name:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no magazine where it used to be")
    proof, title = kit.Proof(found.page, _RULE), found.text("title")
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{name}@{home.host}: {title}"),),
        url=f"{home.api}/m/{quote(name)}",
        handle=name,
        account=found.text("apProfileId") or f"{home.host}/{number}",
        name=title or name,
        about=found.text("description"),
        audience=proof.count(found.field("subscriptionsCount"), "subscribers"),
        figures=(proof.figure(kit.Count.THREADS, found.field("entryCount")),),
        timeline=(yield from _threads(ask, home, number)),
        community=True,
    )


def _threads(ask: kit.Ask, home: Home, number: int) -> kit.Steps[kit.Timeline | kit.Unknown]:
    url = f"{home.api}/api/magazine/{number}/entries?sort=newest&perPage={_LIMIT}&p="
    listing = kit.Listing(
        first=f"{url}1",
        items=lambda found: _written(found, home),
        after=kit.while_full(url, _LIMIT, "items"),
        within=("items",),
        what="threads",
    )
    return kit.read_posts(ask, listing)


def _written(found: kit.JsonAnswer, home: Home) -> Iterator[kit.ProfilePost]:
    proof = kit.Proof(found.page, _RULE)
    for entry in found.items("items"):
        made, key = kit.dated_at(entry.get("createdAt")), kit.count_of(entry.get("entryId"))
        title = kit.text_of(entry.get("title"), 300)
        if made is None or key is None:
            continue
        yield kit.ProfilePost(
            url=f"{home.api}/m/{quote(home.name)}/t/{key}",
            title=title,
            published=made,
            evidence=proof.dated(made, title),
            format="link" if entry.get("url") else "text",
            language=kit.language_of(entry.get("lang")),
            interactions=kit.interactions_of(entry, _REACTIONS),
        )
