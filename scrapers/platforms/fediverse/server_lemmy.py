"""Communities of Lemmy and PieFed: subscribers, titles and counts of threads (join-lemmy.org/api).

PieFed answers in Lemmy's form under another address. Others write the threads: of those only
title, time and counts are kept.
"""

from collections.abc import Iterator
from urllib.parse import quote

from scrapers.platforms import kit
from scrapers.platforms.fediverse.home import Home

_RULE = "platform.lemmy"
_PLACES = {"lemmy": "/api/v3", "piefed": "/api/alpha"}
_LIMIT = 50
_MISSING = ("couldnt_find_community", "not_found", "No object found")
_REACTIONS = ((kit.Reaction.LIKES, "counts.upvotes"), (kit.Reaction.COMMENTS, "counts.comments"))


def read_lemmy(ask: kit.Ask, home: Home) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read a community, then its threads back to the start of the window."""
    place = home.api + _PLACES.get(home.software, _PLACES["lemmy"])
    found = yield from kit.ask_json(f"{place}/community?name={quote(home.name)}")
    if isinstance(found, kit.Failure):
        return _refused(found)
    view = found.field("community_view")
    name = kit.text_of(kit.field(view, "community", "name"))
    if not name:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no community where it used to be")
    if kit.field(view, "community", "removed") is True:
        return kit.absent(
            found.page, _RULE, kit.Standing.SUSPENDED, "its server has removed the community"
        )
    if kit.field(view, "community", "deleted") is True:
        return kit.not_found(found.page, _RULE, "its owner has deleted the community")
    return (yield from _profile(ask, home, found, place))


def _refused(failure: kit.Failure) -> kit.Profile | kit.Unknown:
    """A missing community is said in words, with 404 or, on older servers, 400."""
    said = failure.body.decode("utf-8", "replace")
    if (failure.reason in kit.GONE or failure.reason is kit.Reason.HTTP_400) and any(
        word in said for word in _MISSING
    ):
        return kit.not_found(failure, _RULE, "the server knows no such community")
    return kit.reason_of(failure)


def _profile(ask: kit.Ask, home: Home, found: kit.JsonAnswer, place: str) -> kit.Steps[kit.Profile]:
    proof, view = kit.Proof(found.page, _RULE), found.field("community_view")
    name, title = found.text("community_view", "community", "name"), _title(found)
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"!{name}@{home.host}: {title}"),),
        url=f"{home.api}/c/{quote(name)}",
        handle=name,
        account=kit.text_of(kit.field(view, "community", "actor_id")),
        name=title or name,
        about=kit.text_of(kit.field(view, "community", "description")),
        audience=_count(proof, view, ("subscribers", "subscriptions_count"), "subscribers"),
        figures=(
            kit.ProfileFigure(
                count=kit.Count.THREADS,
                value=_count(proof, view, ("posts", "post_count"), "threads"),
            ),
        ),
        timeline=(yield from _threads(ask, home, place)),
        created_at=kit.time_of(kit.field(view, "community", "published")),
        community=True,
    )


def _title(found: kit.JsonAnswer) -> str:
    return found.text("community_view", "community", "title")


def _count(
    proof: kit.Proof, view: object, keys: tuple[str, ...], word: str
) -> kit.Known[int] | kit.Unknown:
    """A count under the name that the one or the other software gives it."""
    said = [value for key in keys if (value := kit.field(view, "counts", key)) is not None]
    return proof.count(said[0] if said else None, word)


def _threads(ask: kit.Ask, home: Home, place: str) -> kit.Steps[kit.Timeline | kit.Unknown]:
    url = f"{place}/post/list?community_name={quote(home.name)}&sort=New&limit={_LIMIT}&page="
    listing = kit.Listing(
        first=f"{url}1",
        items=lambda found: _written(found, home),
        after=kit.while_full(url, _LIMIT, "posts"),
        within=("posts",),
        what="threads",
    )
    return kit.read_posts(ask, listing)


def _written(found: kit.JsonAnswer, home: Home) -> Iterator[kit.ProfilePost]:
    """The threads; those that are pinned come first, whatever their time."""
    proof = kit.Proof(found.page, _RULE)
    for view in found.items("posts"):
        post = view.get("post")
        made, key = kit.dated_at(kit.field(post, "published")), kit.count_of(kit.field(post, "id"))
        title = kit.text_of(kit.field(post, "name"), 300) or kit.text_of(
            kit.field(post, "title"), 300
        )
        hidden = kit.field(post, "removed") is True or kit.field(post, "deleted") is True
        if made is None or key is None or hidden:
            continue
        yield kit.ProfilePost(
            url=f"{home.api}/post/{key}",
            title=title,
            published=made,
            evidence=proof.dated(made, title),
            format="link" if kit.field(post, "url") else "text",
            interactions=kit.interactions_of(view, _REACTIONS),
        )
