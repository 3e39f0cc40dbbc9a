"""Communities of Lemmy and PieFed: subscribers, titles and counts of threads (join-lemmy.org/api).

PieFed answers in Lemmy's form under another address. Others write the threads: of those only
title, time and counts are kept.
"""

from collections.abc import Iterator
from urllib.parse import quote

from audit.model.exchange import Failure
from audit.model.profile import (
    Count,
    Outcome,
    Profile,
    ProfileFigure,
    ProfilePost,
    Reaction,
    Standing,
    Timeline,
    unread,
)
from audit.model.value import Known, Reason, Unknown
from scrapers.parse.values import at, instant, text_of, time_of, whole
from scrapers.platforms.fediverse.home import Home
from scrapers.platforms.kit.base import GONE, Answer, Ask, Steps, answer
from scrapers.platforms.kit.paging import Listing, paged, while_full
from scrapers.platforms.kit.posts import interactions
from scrapers.platforms.kit.proof import Proof, absent, gone, why

_RULE = "platform.lemmy"
_PLACES = {"lemmy": "/api/v3", "piefed": "/api/alpha"}
_LIMIT = 50
_MISSING = ("couldnt_find_community", "not_found", "No object found")
_REACTIONS = ((Reaction.LIKES, "counts.upvotes"), (Reaction.COMMENTS, "counts.comments"))


def read_lemmy(ask: Ask, home: Home) -> Steps[Profile | Unknown]:
    """Read a community, then its threads back to the start of the window."""
    place = home.api + _PLACES.get(home.software, _PLACES["lemmy"])
    found = yield from answer(f"{place}/community?name={quote(home.name)}")
    if isinstance(found, Failure):
        return _refused(found)
    view = found.at("community_view")
    name = text_of(at(view, "community", "name"))
    if not name:
        return unread(Outcome.PARSE_FAILED, "no community where it used to be")
    if at(view, "community", "removed") is True:
        return absent(found.page, _RULE, Standing.SUSPENDED, "its server has removed the community")
    if at(view, "community", "deleted") is True:
        return gone(found.page, _RULE, "its owner has deleted the community")
    return (yield from _profile(ask, home, found, place))


def _refused(failure: Failure) -> Profile | Unknown:
    """A missing community is said in words, with 404 or, on older servers, 400."""
    said = failure.body.decode("utf-8", "replace")
    if (failure.reason in GONE or failure.reason is Reason.HTTP_400) and any(
        word in said for word in _MISSING
    ):
        return gone(failure, _RULE, "the server knows no such community")
    return why(failure)


def _profile(ask: Ask, home: Home, found: Answer, place: str) -> Steps[Profile]:
    proof, view = Proof(found.page, _RULE), found.at("community_view")
    name, title = found.text("community_view", "community", "name"), _title(found)
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"!{name}@{home.host}: {title}"),),
        url=f"{home.api}/c/{quote(name)}",
        handle=name,
        account=text_of(at(view, "community", "actor_id")),
        name=title or name,
        about=text_of(at(view, "community", "description")),
        audience=_count(proof, view, ("subscribers", "subscriptions_count"), "subscribers"),
        figures=(
            ProfileFigure(
                count=Count.THREADS, value=_count(proof, view, ("posts", "post_count"), "threads")
            ),
        ),
        timeline=(yield from _threads(ask, home, place)),
        created_at=time_of(at(view, "community", "published")),
        community=True,
    )


def _title(found: Answer) -> str:
    return found.text("community_view", "community", "title")


def _count(proof: Proof, view: object, keys: tuple[str, ...], word: str) -> Known[int] | Unknown:
    """A count under the name that the one or the other software gives it."""
    said = [value for key in keys if (value := at(view, "counts", key)) is not None]
    return proof.count(said[0] if said else None, word)


def _threads(ask: Ask, home: Home, place: str) -> Steps[Timeline | Unknown]:
    url = f"{place}/post/list?community_name={quote(home.name)}&sort=New&limit={_LIMIT}&page="
    listing = Listing(
        first=f"{url}1",
        items=lambda found: _written(found, home),
        after=while_full(url, _LIMIT, "posts"),
        within=("posts",),
        what="threads",
    )
    return paged(ask, listing)


def _written(found: Answer, home: Home) -> Iterator[ProfilePost]:
    """The threads; those that are pinned come first, whatever their time."""
    proof = Proof(found.page, _RULE)
    for view in found.listed("posts"):
        post = view.get("post")
        made, key = instant(at(post, "published")), whole(at(post, "id"))
        title = text_of(at(post, "name"), 300) or text_of(at(post, "title"), 300)
        hidden = at(post, "removed") is True or at(post, "deleted") is True
        if made is None or key is None or hidden:
            continue
        yield ProfilePost(
            url=f"{home.api}/post/{key}",
            title=title,
            published=made,
            evidence=proof.dated(made, title),
            format="link" if at(post, "url") else "text",
            interactions=interactions(view, _REACTIONS),
        )
