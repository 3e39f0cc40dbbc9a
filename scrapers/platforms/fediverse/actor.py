"""Any account of the fediverse by the protocol itself: actor, collections, outbox.

W3C ActivityPub and ActivityStreams 2.0. For software without an interface of its own that answers
without a login: WordPress, Ghost, WriteFreely, Friendica, BookWyrm, Owncast and others.
"""

from collections.abc import Iterator
from urllib.parse import quote

from scrapers.platforms import kit
from scrapers.platforms.fediverse.home import REFUSALS, Home
from scrapers.platforms.fediverse.page import read_page
from scrapers.platforms.fediverse.words import addresses

_RULE = "platform.activitypub"
_ACCEPT = (
    "application/activity+json, "
    'application/ld+json; profile="https://www.w3.org/ns/activitystreams"'
)
_ACTORS = frozenset({"Person", "Service", "Organization", "Group", "Application"})
_FORMATS = {
    "Article": "article",
    "Page": "article",
    "Video": "video",
    "Audio": "audio",
    "Image": "image",
    "Event": "event",
    "Question": "poll",
}
_SHOWS = (
    kit.ProfilePart.BIOGRAPHY,
    kit.ProfilePart.LINK,
    kit.ProfilePart.PICTURE,
    kit.ProfilePart.COVER,
)
_MEDIA = frozenset({"image", "video", "audio"})
_REACTIONS = (
    (kit.Reaction.LIKES, "likes.totalItems"),
    (kit.Reaction.COMMENTS, "replies.totalItems"),
    (kit.Reaction.SHARES, "shares.totalItems"),
)


def read_actor(
    ask: kit.Ask, home: Home, line: kit.Timeline | kit.Unknown | None = None
) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the actor and the sizes of its collections; `line` are posts that are known already."""
    if not home.actor and home.missing is not None:
        return kit.not_found(home.missing, _RULE)
    answer = yield from _ask_object(home.actor or f"{home.api}/users/{quote(home.name)}")
    if isinstance(answer, kit.Failure):
        return (yield from _refused(ask, home, answer, line))
    if answer.text("type") not in _ACTORS:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no account where it used to be")
    if answer.field("suspended") is True:
        detail = "its server has suspended the account"
        return kit.absent(answer.page, _RULE, kit.Standing.SUSPENDED, detail)
    return (yield from _profile(ask, home, answer, line))


def _refused(
    ask: kit.Ask, home: Home, failure: kit.Failure, line: kit.Timeline | kit.Unknown | None
) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Keep posts that are known already; without any, read the page for people if it may help."""
    if isinstance(line, kit.Timeline):
        return kit.profile_of_posts(line, kit.reason_of(failure))
    if failure.reason in kit.GONE:
        return kit.not_found(failure, _RULE)
    if failure.reason in REFUSALS:
        return kit.reason_of(failure)
    return (yield from read_page(ask, home, kit.reason_of(failure)))


def _profile(
    ask: kit.Ask, home: Home, actor: kit.JsonAnswer, line: kit.Timeline | kit.Unknown | None
) -> kit.Steps[kit.Profile]:
    """Ask for the actor's collections and return the profile; its posts are `line`, if any."""
    proof, name = kit.Proof(actor.page, _RULE), actor.text("preferredUsername") or home.name
    fields = [attachment.get("value") for attachment in actor.items("attachment")]
    followers = yield from _collection(actor, "followers")
    following = yield from _collection(actor, "following")
    outbox = yield from _collection(actor, "outbox")
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"@{name}@{home.host}: {actor.text('name')}"),),
        url=_address(actor.field("url")) or home.page,
        handle=name,
        account=actor.text("id"),
        name=actor.text("name") or name,
        about=kit.plain_text(actor.field("summary")),
        audience=_size(followers, "followers"),
        figures=(
            kit.ProfileFigure(count=kit.Count.FOLLOWING, value=_size(following, "following")),
            kit.ProfileFigure(count=kit.Count.POSTS, value=_size(outbox, "posts")),
        ),
        timeline=line if line is not None else (yield from _outbox(ask, outbox)),
        links=kit.distinct(*map(addresses, fields), addresses(actor.field("summary"))),
        created_at=kit.time_of(actor.field("published")),
        picture=bool(_address(actor.field("icon"))),
        cover=bool(_address(actor.field("image"))),
        shows=_SHOWS,
    )


def _ask_object(url: str) -> kit.Steps[kit.JsonAnswer | kit.Failure]:
    """Ask for an object of the protocol; what is no JSON object is a failure.

    Objects often have the address of their page for people: the types that are accepted tell the
    server which of the two is wanted.
    """
    answer = yield from kit.ask_json(url, accept=_ACCEPT)
    if isinstance(answer, kit.JsonAnswer) and not isinstance(answer.payload, dict):
        return kit.bad_content(answer.page, "not the JSON that the protocol asks for")
    return answer


def _collection(actor: kit.JsonAnswer, key: str) -> kit.Steps[kit.JsonAnswer | kit.Unknown]:
    """Ask for a collection of the account's: who follows, whom it follows, what it published."""
    url = kit.address_of(actor.field(key))
    if not url.startswith("https://"):
        return kit.unread(kit.Outcome.NOT_SUPPORTED, f"the account names no {key}")
    answer = yield from _ask_object(url)
    return kit.reason_of(answer) if isinstance(answer, kit.Failure) else answer


def _size(collection: kit.JsonAnswer | kit.Unknown, word: str) -> kit.Known[int] | kit.Unknown:
    """Return how many a collection holds; servers state that even where they list nobody."""
    if isinstance(collection, kit.Unknown):
        return collection
    return kit.Proof(collection.page, _RULE).count(collection.field("totalItems"), word)


def _outbox(
    ask: kit.Ask, outbox: kit.JsonAnswer | kit.Unknown
) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through what the account has published, until the window is covered.

    `first` of an outbox is the address of its first page, or that page itself; a short outbox may
    do without pages and list its posts itself.
    """
    if isinstance(outbox, kit.Unknown):
        return outbox
    inline = kit.JsonAnswer(page=outbox.page, payload=outbox.field("first") or outbox.payload)
    first = _page_address(outbox, "first") or inline
    listing = kit.Listing(first=first, items=_written, after=_after, ask=_ask_object)
    line = yield from kit.read_posts(ask, listing)
    if isinstance(line, kit.Timeline) and not line.posts and outbox.field("totalItems"):
        return kit.unread(kit.Outcome.HIDDEN, "the account's outbox lists none of its posts")
    return line


def _page_address(part: kit.JsonAnswer, key: str) -> str:
    """Return the address of another page of a collection (`first`, `next`); "" for none."""
    url = kit.address_of(part.field(key))
    return url if url.startswith("https://") else ""


def _after(part: kit.JsonAnswer, _: int) -> str:
    """Return the address of the next page; one without posts is the last, whatever it names."""
    return _page_address(part, "next") if part.items("orderedItems") else ""


def _written(part: kit.JsonAnswer) -> Iterator[kit.ProfilePost]:
    """Give the posts that the account itself wrote: no boosts (Announce) and no replies."""
    proof = kit.Proof(part.page, _RULE)
    for activity in part.items("orderedItems"):
        post = activity.get("object")
        if activity.get("type") != "Create" or not isinstance(post, dict) or post.get("inReplyTo"):
            continue
        published = kit.dated_at(post.get("published")) or kit.dated_at(activity.get("published"))
        url = _address(post.get("url")) or _address(post.get("id"))
        text = kit.plain_text(post.get("content"))
        if published is None or not url:
            continue
        title = kit.text_of(post.get("name"), 300) or kit.plain_text(post.get("summary")) or text
        yield kit.ProfilePost(
            url=url,
            title=kit.headline(title),
            text=text,
            published=published,
            evidence=proof.dated(published, title),
            format=_format(post),
            language=_language(post),
            interactions=kit.interactions_of(post, _REACTIONS),
        )


def _address(value: object) -> str:
    """Return an address that is given as a text, as an object, or as the first of a list of these.

    ActivityStreams allows all three: "https://a.example/1", {"href": "https://a.example/1"}, [ … ].
    """
    first = value[0] if isinstance(value, list) and value else value
    return kit.address_of(kit.field(first, "href") if isinstance(first, dict) else first)


def _format(post: kit.Json) -> str:
    """Return the format of a post by its type, else by what is attached: a Note with an image."""
    files = kit.items(post.get("attachment"))
    media = {kit.text_of(file.get("mediaType")).partition("/")[0] for file in files}
    return _FORMATS.get(kit.text_of(post.get("type"))) or kit.format_of(media & _MEDIA) or "text"


def _language(post: kit.Json) -> str:
    """Return the language of a post: the first of its content by language, {"de": "<p>…</p>"}."""
    contents = post.get("contentMap")
    return kit.language_of(next(iter(contents), "")) if isinstance(contents, dict) else ""
