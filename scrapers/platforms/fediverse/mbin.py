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
    answer = yield from kit.ask_json(f"{home.api}/api/magazine/name/{quote(home.name)}")
    if isinstance(answer, kit.Failure):
        return kit.refused_by(answer, _RULE)
    number, name = kit.count_of(answer.field("magazineId")), answer.text("name")
    if number is None or not name:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no magazine where it used to be")
    proof, title = kit.Proof(answer.page, _RULE), answer.text("title")
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{name}@{home.host}: {title}"),),
        url=f"{home.api}/m/{quote(name)}",
        handle=name,
        account=answer.text("apProfileId") or f"{home.host}/{number}",
        name=title or name,
        about=answer.text("description"),
        audience=proof.count(answer.field("subscriptionsCount"), "subscribers"),
        figures=(proof.figure(kit.Count.THREADS, answer.field("entryCount")),),
        timeline=(yield from _threads(ask, home, number)),
        community=True,
    )


def _threads(ask: kit.Ask, home: Home, number: int) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through the threads of the magazine with this number (its name is not taken)."""
    url = f"{home.api}/api/magazine/{number}/entries?sort=newest&perPage={_LIMIT}&p="
    listing = kit.Listing(
        first=f"{url}1",
        items=lambda answer: _written(answer, home),
        after=kit.while_full(url, _LIMIT, "items"),
        within=("items",),
        what="threads",
    )
    return kit.read_posts(ask, listing)


def _written(answer: kit.JsonAnswer, home: Home) -> Iterator[kit.ProfilePost]:
    """Give the threads of a page: title, time and counts, for others than the owner write them."""
    proof = kit.Proof(answer.page, _RULE)
    for entry in answer.items("items"):
        published, key = kit.dated_at(entry.get("createdAt")), kit.count_of(entry.get("entryId"))
        title = kit.text_of(entry.get("title"), 300)
        if published is None or key is None:
            continue
        yield kit.ProfilePost(
            url=f"{home.api}/m/{quote(home.name)}/t/{key}",
            title=title,
            published=published,
            evidence=proof.dated(published, title),
            format="link" if entry.get("url") else "text",
            language=kit.language_of(entry.get("lang")),
            interactions=kit.interactions_of(entry, _REACTIONS),
        )
