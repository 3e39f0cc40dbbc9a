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
_ACCEPT = 'application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams"'
_ACTORS = frozenset({"Person", "Service", "Organization", "Group", "Application"})
_FORMATS = {"Article": "article", "Page": "article", "Video": "video", "Audio": "audio",
            "Image": "image", "Event": "event", "Question": "poll"}  # fmt: skip
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
    found = yield from _asked(home.actor or f"{home.api}/users/{quote(home.name)}")
    if isinstance(found, kit.Failure):
        return (yield from _refused(ask, home, found, line))
    if found.text("type") not in _ACTORS:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no account where it used to be")
    if found.field("suspended") is True:
        said = "its server has suspended the account"
        return kit.absent(found.page, _RULE, kit.Standing.SUSPENDED, said)
    return (yield from _profile(ask, home, found, line))


def _refused(
    ask: kit.Ask, home: Home, failure: kit.Failure, line: kit.Timeline | kit.Unknown | None
) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Posts that are known already stay; else the page for people is read."""
    if isinstance(line, kit.Timeline):
        return kit.profile_of_posts(line, kit.reason_of(failure))
    if failure.reason in kit.GONE:
        return kit.not_found(failure, _RULE)
    if failure.reason in REFUSALS:
        return kit.reason_of(failure)
    return (yield from read_page(ask, home, kit.reason_of(failure)))


def _profile(
    ask: kit.Ask, home: Home, found: kit.JsonAnswer, line: kit.Timeline | kit.Unknown | None
) -> kit.Steps[kit.Profile]:
    proof, name = kit.Proof(found.page, _RULE), found.text("preferredUsername") or home.name
    given = [each.get("value") for each in found.items("attachment")]
    followers = yield from _collection(found, "followers")
    following = yield from _collection(found, "following")
    outbox = yield from _collection(found, "outbox")
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"@{name}@{home.host}: {found.text('name')}"),),
        url=_address(found.field("url")) or home.page,
        handle=name,
        account=found.text("id"),
        name=found.text("name") or name,
        about=kit.plain_text(found.field("summary")),
        audience=_size(followers, "followers"),
        figures=(
            kit.ProfileFigure(count=kit.Count.FOLLOWING, value=_size(following, "following")),
            kit.ProfileFigure(count=kit.Count.POSTS, value=_size(outbox, "posts")),
        ),
        timeline=line if line is not None else (yield from _outbox(ask, outbox)),
        links=kit.distinct(*(addresses(each) for each in given), addresses(found.field("summary"))),
        created_at=kit.time_of(found.field("published")),
    )


def _asked(url: str) -> kit.Steps[kit.JsonAnswer | kit.Failure]:
    """Ask for an object of the protocol: an address of its own only by what is accepted."""
    found = yield from kit.ask_json(url, accept=_ACCEPT)
    if isinstance(found, kit.JsonAnswer) and not isinstance(found.payload, dict):
        return kit.bad_content(found.page, "not the JSON that the protocol asks for")
    return found


def _collection(found: kit.JsonAnswer, key: str) -> kit.Steps[kit.JsonAnswer | kit.Unknown]:
    """A collection of the account's: who follows, whom it follows, what it published."""
    url = kit.address_of(found.field(key))
    if not url.startswith("https://"):
        return kit.unread(kit.Outcome.NOT_SUPPORTED, f"the account names no {key}")
    said = yield from _asked(url)
    return kit.reason_of(said) if isinstance(said, kit.Failure) else said


def _size(said: kit.JsonAnswer | kit.Unknown, word: str) -> kit.Known[int] | kit.Unknown:
    if isinstance(said, kit.Unknown):
        return said
    return kit.Proof(said.page, _RULE).count(said.field("totalItems"), word)


def _outbox(
    ask: kit.Ask, box: kit.JsonAnswer | kit.Unknown
) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through what the account has published, until the window is covered."""
    if isinstance(box, kit.Unknown):
        return box
    first = _onward(box, "first")
    part = kit.JsonAnswer(page=box.page, payload=box.field("first") or box.payload)
    listing = kit.Listing(first=first or part, items=_written, after=_after, ask=_asked)
    line = yield from kit.read_posts(ask, listing)
    if isinstance(line, kit.Timeline) and not line.posts and box.field("totalItems"):
        return kit.unread(kit.Outcome.HIDDEN, "the account's outbox lists none of its posts")
    return line


def _onward(part: kit.JsonAnswer, key: str) -> str:
    url = kit.address_of(part.field(key))
    return url if url.startswith("https://") else ""


def _after(part: kit.JsonAnswer, _: int) -> str:
    """The next page; one without posts is the last, whatever it names."""
    return _onward(part, "next") if part.items("orderedItems") else ""


def _written(part: kit.JsonAnswer) -> Iterator[kit.ProfilePost]:
    proof = kit.Proof(part.page, _RULE)
    for activity in part.items("orderedItems"):
        post = activity.get("object")
        if activity.get("type") != "Create" or not isinstance(post, dict) or post.get("inReplyTo"):
            continue
        made = kit.dated_at(post.get("published")) or kit.dated_at(activity.get("published"))
        url = _address(post.get("url")) or _address(post.get("id"))
        text = kit.plain_text(post.get("content"))
        if made is None or not url:
            continue
        title = kit.text_of(post.get("name"), 300) or kit.plain_text(post.get("summary")) or text
        yield kit.ProfilePost(
            url=url,
            title=kit.headline(title),
            text=text,
            published=made,
            evidence=proof.dated(made, title),
            format=_format(post),
            language=_language(post),
            interactions=kit.interactions_of(post, _REACTIONS),
        )


def _address(said: object) -> str:
    """An address that may be given as a text, an object or a list of them."""
    each = said[0] if isinstance(said, list) and said else said
    return kit.address_of(kit.field(each, "href") if isinstance(each, dict) else each)


def _format(post: kit.Json) -> str:
    files = kit.items(post.get("attachment"))
    media = {kit.text_of(each.get("mediaType")).partition("/")[0] for each in files}
    return _FORMATS.get(kit.text_of(post.get("type"))) or kit.format_of(media & _MEDIA) or "text"


def _language(post: kit.Json) -> str:
    said = post.get("contentMap")
    return kit.language_of(next(iter(said), "")) if isinstance(said, dict) else ""
