"""Magazines of Mbin: subscribers, titles and counts of threads (its OpenAPI, /api/docs)."""

from collections.abc import Iterator
from urllib.parse import quote

from audit.model.profile import (
    Count,
    Interaction,
    Outcome,
    Profile,
    ProfileFigure,
    ProfilePost,
    Reaction,
    Standing,
    Timeline,
    unread,
)
from audit.model.value import Unknown
from audit.model.web import Failure
from scrapers.platforms._base import GONE, PAGES, Answer, Ask, Steps, answer
from scrapers.platforms._fediverse_home import Home
from scrapers.platforms._fediverse_words import tongue
from scrapers.platforms._proof import Proof, gone, timeline, why
from scrapers.platforms._values import Json, instant, text_of, whole

_RULE = "platform.lemmy"
_LIMIT = 50


def read_mbin(ask: Ask, home: Home) -> Steps[Profile | Unknown]:
    """Read a magazine, then its threads back to the start of the window."""
    found = yield from answer(f"{home.api}/api/magazine/name/{quote(home.name)}")
    if isinstance(found, Failure):
        return gone(found, _RULE) if found.reason in GONE else why(found)
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
        figures=(
            ProfileFigure(
                count=Count.THREADS, value=proof.count(found.at("entryCount"), "threads")
            ),
        ),
        timeline=(yield from _threads(ask, home, number)),
        community=True,
    )


def _threads(ask: Ask, home: Home, number: int) -> Steps[Timeline | Unknown]:
    posts: list[ProfilePost] = []
    url = f"{home.api}/api/magazine/{number}/entries?sort=newest&perPage={_LIMIT}"
    for part in range(1, PAGES + 1):
        found = yield from answer(f"{url}&p={part}")
        if isinstance(found, Failure):
            return timeline(posts, ask, truncated=True) if posts else why(found)
        if not isinstance(found.at("items"), list):
            return unread(Outcome.PARSE_FAILED, "no threads where they used to be")
        posts += _written(found, home)
        more = len(found.listed("items")) >= _LIMIT
        oldest = posts[-1].published if posts else None
        if not more or (oldest is not None and oldest.at < ask.since):
            return timeline(posts, ask, truncated=more)
    return timeline(posts, ask, truncated=True)


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
            evidence=proof.of(f"{made.at:%Y-%m-%d} {title}"),
            format="link" if entry.get("url") else "text",
            language=tongue(entry.get("lang")),
            interactions=tuple(_interactions(entry)),
        )


def _interactions(entry: Json) -> Iterator[Interaction]:
    for reaction, key in ((Reaction.LIKES, "favourites"), (Reaction.COMMENTS, "numComments")):
        count = whole(entry.get(key))
        if count is not None:
            yield Interaction(reaction=reaction, count=count)
