"""Any account of the fediverse by the protocol itself: actor, collections, outbox.

W3C ActivityPub and ActivityStreams 2.0. For software without an interface of its own that answers
without a login: WordPress, Ghost, WriteFreely, Friendica, BookWyrm, Owncast and others.
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
from audit.model.value import Known, Unknown
from scrapers.parse.values import (
    Json,
    address_of,
    at,
    headline,
    instant,
    language_of,
    listed,
    once,
    plain,
    text_of,
    time_of,
)
from scrapers.platforms.fediverse.home import REFUSALS, Home
from scrapers.platforms.fediverse.page import read_page
from scrapers.platforms.fediverse.words import addresses
from scrapers.platforms.kit.base import GONE, Answer, Ask, Steps, answer, failed
from scrapers.platforms.kit.paging import Listing, paged
from scrapers.platforms.kit.posts import interactions, mixed
from scrapers.platforms.kit.proof import Proof, absent, by_posts, gone, why

_RULE = "platform.activitypub"
_ACCEPT = 'application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams"'
_ACTORS = frozenset({"Person", "Service", "Organization", "Group", "Application"})
_FORMATS = {"Article": "article", "Page": "article", "Video": "video", "Audio": "audio",
            "Image": "image", "Event": "event", "Question": "poll"}  # fmt: skip
_MEDIA = frozenset({"image", "video", "audio"})
_REACTIONS = (
    (Reaction.LIKES, "likes.totalItems"),
    (Reaction.COMMENTS, "replies.totalItems"),
    (Reaction.SHARES, "shares.totalItems"),
)


def read_actor(
    ask: Ask, home: Home, line: Timeline | Unknown | None = None
) -> Steps[Profile | Unknown]:
    """Read the actor and the sizes of its collections; `line` are posts that are known already."""
    if not home.actor and home.missing is not None:
        return gone(home.missing, _RULE)
    found = yield from _asked(home.actor or f"{home.api}/users/{quote(home.name)}")
    if isinstance(found, Failure):
        return (yield from _refused(ask, home, found, line))
    if found.text("type") not in _ACTORS:
        return unread(Outcome.PARSE_FAILED, "no account where it used to be")
    if found.at("suspended") is True:
        said = "its server has suspended the account"
        return absent(found.page, _RULE, Standing.SUSPENDED, said)
    return (yield from _profile(ask, home, found, line))


def _refused(
    ask: Ask, home: Home, failure: Failure, line: Timeline | Unknown | None
) -> Steps[Profile | Unknown]:
    """Posts that are known already stay; else the page for people is read."""
    if isinstance(line, Timeline):
        return by_posts(line, why(failure))
    if failure.reason in GONE:
        return gone(failure, _RULE)
    if failure.reason in REFUSALS:
        return why(failure)
    return (yield from read_page(ask, home, why(failure)))


def _profile(
    ask: Ask, home: Home, found: Answer, line: Timeline | Unknown | None
) -> Steps[Profile]:
    proof, name = Proof(found.page, _RULE), found.text("preferredUsername") or home.name
    given = [each.get("value") for each in found.listed("attachment")]
    followers = yield from _collection(found, "followers")
    following = yield from _collection(found, "following")
    outbox = yield from _collection(found, "outbox")
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"@{name}@{home.host}: {found.text('name')}"),),
        url=_address(found.at("url")) or home.page,
        handle=name,
        account=found.text("id"),
        name=found.text("name") or name,
        about=plain(found.at("summary")),
        audience=_size(followers, "followers"),
        figures=(
            ProfileFigure(count=Count.FOLLOWING, value=_size(following, "following")),
            ProfileFigure(count=Count.POSTS, value=_size(outbox, "posts")),
        ),
        timeline=line if line is not None else (yield from _outbox(ask, outbox)),
        links=once(*(addresses(each) for each in given), addresses(found.at("summary"))),
        created_at=time_of(found.at("published")),
    )


def _asked(url: str) -> Steps[Answer | Failure]:
    """Ask for an object of the protocol: an address of its own only by what is accepted."""
    found = yield from answer(url, accept=_ACCEPT)
    if isinstance(found, Answer) and not isinstance(found.said, dict):
        return failed(found.page, "not the JSON that the protocol asks for")
    return found


def _collection(found: Answer, key: str) -> Steps[Answer | Unknown]:
    """A collection of the account's: who follows, whom it follows, what it published."""
    url = address_of(found.at(key))
    if not url.startswith("https://"):
        return unread(Outcome.NOT_SUPPORTED, f"the account names no {key}")
    said = yield from _asked(url)
    return why(said) if isinstance(said, Failure) else said


def _size(said: Answer | Unknown, word: str) -> Known[int] | Unknown:
    if isinstance(said, Unknown):
        return said
    return Proof(said.page, _RULE).count(said.at("totalItems"), word)


def _outbox(ask: Ask, box: Answer | Unknown) -> Steps[Timeline | Unknown]:
    """Page back through what the account has published, until the window is covered."""
    if isinstance(box, Unknown):
        return box
    first = _onward(box, "first")
    part = Answer(page=box.page, said=box.at("first") or box.said)
    listing = Listing(first=first or part, items=_written, after=_after, ask=_asked)
    line = yield from paged(ask, listing)
    if isinstance(line, Timeline) and not line.posts and box.at("totalItems"):
        return unread(Outcome.HIDDEN, "the account's outbox lists none of its posts")
    return line


def _onward(part: Answer, key: str) -> str:
    url = address_of(part.at(key))
    return url if url.startswith("https://") else ""


def _after(part: Answer, _: int) -> str:
    """The next page; one without posts is the last, whatever it names."""
    return _onward(part, "next") if part.listed("orderedItems") else ""


def _written(part: Answer) -> Iterator[ProfilePost]:
    proof = Proof(part.page, _RULE)
    for activity in part.listed("orderedItems"):
        post = activity.get("object")
        if activity.get("type") != "Create" or not isinstance(post, dict) or post.get("inReplyTo"):
            continue
        made = instant(post.get("published")) or instant(activity.get("published"))
        url = _address(post.get("url")) or _address(post.get("id"))
        text = plain(post.get("content"))
        if made is None or not url:
            continue
        title = text_of(post.get("name"), 300) or plain(post.get("summary")) or text
        yield ProfilePost(
            url=url,
            title=headline(title),
            text=text,
            published=made,
            evidence=proof.dated(made, title),
            format=_format(post),
            language=_language(post),
            interactions=interactions(post, _REACTIONS),
        )


def _address(said: object) -> str:
    """An address that may be given as a text, an object or a list of them."""
    each = said[0] if isinstance(said, list) and said else said
    return address_of(at(each, "href") if isinstance(each, dict) else each)


def _format(post: Json) -> str:
    files = listed(post.get("attachment"))
    media = {text_of(each.get("mediaType")).partition("/")[0] for each in files}
    return _FORMATS.get(text_of(post.get("type"))) or mixed(media & _MEDIA) or "text"


def _language(post: Json) -> str:
    said = post.get("contentMap")
    return language_of(next(iter(said), "")) if isinstance(said, dict) else ""
