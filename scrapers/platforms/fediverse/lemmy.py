"""Communities of Lemmy and PieFed: subscribers, titles and counts of threads (join-lemmy.org/api).

PieFed answers in Lemmy's form under another address; Mbin (`mbin.py`) has a form of its own.
NodeInfo tells which of them a server runs. Others write the threads: of those only title, time and
counts are kept.
"""

from collections.abc import Iterator
from urllib.parse import quote

from scrapers.parse.urls import authority_of
from scrapers.platforms import kit
from scrapers.platforms.fediverse.home import Home, software_of
from scrapers.platforms.fediverse.mbin import read_mbin

_RULE = "platform.lemmy"
_INTERFACES = {"lemmy": "/api/v3", "piefed": "/api/alpha"}
_LIMIT = 50
_MISSING = ("couldnt_find_community", "not_found", "No object found")
_REACTIONS = ((kit.Reaction.LIKES, "counts.upvotes"), (kit.Reaction.COMMENTS, "counts.comments"))


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the community of an address, in the way of its server's software."""
    host = authority_of(ask.url)
    software = yield from software_of(host)
    home = Home(host=host, name=ask.handle, software=software)
    return (yield from (read_mbin if software == "mbin" else read_lemmy)(ask, home))


def read_lemmy(ask: kit.Ask, home: Home) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read a community, then its threads back to the start of the window."""
    api = home.api + _INTERFACES.get(home.software, _INTERFACES["lemmy"])
    answer = yield from kit.ask_json(f"{api}/community?name={quote(home.name)}")
    if isinstance(answer, kit.Failure):
        return _refused(answer)
    community = answer.field("community_view", "community")
    if not kit.text_of(kit.field(community, "name")):
        return kit.unread(kit.Outcome.PARSE_FAILED, "no community where it used to be")
    if kit.field(community, "removed") is True:
        detail = "its server has removed the community"
        return kit.absent(answer.page, _RULE, kit.Standing.SUSPENDED, detail)
    if kit.field(community, "deleted") is True:
        return kit.not_found(answer.page, _RULE, "its owner has deleted the community")
    return (yield from _profile(ask, home, answer, api))


def _refused(failure: kit.Failure) -> kit.Profile | kit.Unknown:
    """Tell a missing community: the server says so in words, with 404 or, on older ones, 400."""
    words = failure.body.decode("utf-8", "replace")
    if (failure.reason in kit.GONE or failure.reason is kit.Reason.HTTP_400) and any(
        word in words for word in _MISSING
    ):
        return kit.not_found(failure, _RULE, "the server knows no such community")
    return kit.reason_of(failure)


def _profile(ask: kit.Ask, home: Home, answer: kit.JsonAnswer, api: str) -> kit.Steps[kit.Profile]:
    """Return the profile of a community, with its threads."""
    proof, view = kit.Proof(answer.page, _RULE), answer.field("community_view")
    community = kit.field(view, "community")
    name = kit.text_of(kit.field(community, "name"))
    title = kit.text_of(kit.field(community, "title"))
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"!{name}@{home.host}: {title}"),),
        url=f"{home.api}/c/{quote(name)}",
        handle=name,
        account=kit.text_of(kit.field(community, "actor_id")),
        name=title or name,
        about=kit.text_of(kit.field(community, "description")),
        audience=_count(proof, view, ("subscribers", "subscriptions_count"), "subscribers"),
        figures=(
            kit.ProfileFigure(
                count=kit.Count.THREADS,
                value=_count(proof, view, ("posts", "post_count"), "threads"),
            ),
        ),
        timeline=(yield from _threads(ask, home, api)),
        created_at=kit.time_of(kit.field(community, "published")),
        community=True,
    )


def _count(
    proof: kit.Proof, view: object, keys: tuple[str, ...], word: str
) -> kit.Known[int] | kit.Unknown:
    """Return a count under the name that the one or the other software gives it."""
    values = [value for key in keys if (value := kit.field(view, "counts", key)) is not None]
    return proof.count(values[0] if values else None, word)


def _threads(ask: kit.Ask, home: Home, api: str) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through the threads of a community until the window is covered."""
    url = f"{api}/post/list?community_name={quote(home.name)}&sort=New&limit={_LIMIT}&page="
    listing = kit.Listing(
        first=f"{url}1",
        items=lambda answer: _written(answer, home),
        after=kit.while_full(url, _LIMIT, "posts"),
        within=("posts",),
        what="threads",
    )
    return kit.read_posts(ask, listing)


def _written(answer: kit.JsonAnswer, home: Home) -> Iterator[kit.ProfilePost]:
    """Give the threads of a page; those that are pinned come first, whatever their time."""
    proof = kit.Proof(answer.page, _RULE)
    for view in answer.items("posts"):
        post = kit.object_of(view.get("post"))
        published, key = kit.dated_at(post.get("published")), kit.count_of(post.get("id"))
        # Lemmy calls a title `name`, PieFed `title`.
        title = kit.text_of(post.get("name"), 300) or kit.text_of(post.get("title"), 300)
        hidden = post.get("removed") is True or post.get("deleted") is True
        if published is None or key is None or hidden:
            continue
        yield kit.ProfilePost(
            url=f"{home.api}/post/{key}",
            title=title,
            published=published,
            evidence=proof.dated(published, title),
            format="link" if post.get("url") else "text",
            interactions=kit.interactions_of(view, _REACTIONS),
        )


PLATFORM = kit.Platform(
    name="lemmy",
    read=read,
    audience="subscribers",
    public="subscribers, titles and times of threads, upvotes, comments",
    confidence=kit.Confidence.UNVERIFIED,
    community=True,
)
