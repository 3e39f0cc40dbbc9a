"""Any account of the fediverse by the protocol itself: actor, collections, outbox.

W3C ActivityPub and ActivityStreams 2.0. For software without an interface of its own that answers
without a login: WordPress, Ghost, WriteFreely, Friendica, BookWyrm, Owncast and others.
"""

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
from audit.model.value import Known, Unknown
from audit.model.web import Failure, Kind, Request
from scrapers.parse.urls import authority_of
from scrapers.platforms._base import GONE, PAGES, Answer, Ask, Steps, failed
from scrapers.platforms._fediverse_home import REFUSALS, Home
from scrapers.platforms._fediverse_page import read_page
from scrapers.platforms._fediverse_words import addresses, moment, once, plain, tongue
from scrapers.platforms._proof import Proof, absent, gone, timeline, why
from scrapers.platforms._values import Json, at, headline, instant, listed, loaded, text_of, whole

_RULE = "platform.activitypub"
_ACCEPT = 'application/activity+json, application/ld+json; profile="https://www.w3.org/ns/activitystreams"'
_ACTORS = frozenset({"Person", "Service", "Organization", "Group", "Application"})
_FORMATS = {"Article": "article", "Page": "article", "Video": "video", "Audio": "audio",
            "Image": "image", "Event": "event", "Question": "poll"}  # fmt: skip
_MEDIA = ("image", "video", "audio")


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
        evidence = tuple(post.evidence for post in line.posts[:1])
        return Profile(
            standing=Standing.LIVE, evidence=evidence, audience=why(failure), timeline=line
        )
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
        created_at=moment(instant(found.at("published"))),
    )


def _asked(url: str) -> Steps[Answer | Failure]:
    """Ask for an object of the protocol: an address of its own only by what is accepted."""
    found = yield Request(url=url, kind=Kind.DATA, accept=_ACCEPT)
    if isinstance(found, Failure):
        return found
    said = loaded(found.body)
    if not isinstance(said, dict):
        return failed(found, "not the JSON that the protocol asks for")
    return Answer(page=found, said=said)


def _collection(found: Answer, key: str) -> Steps[Answer | Unknown]:
    """A collection of the account's: who follows, whom it follows, what it published."""
    url = found.text(key)
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
    posts: list[ProfilePost] = []
    seen = {""}
    part: Answer | Failure = Answer(page=box.page, said=box.at("first") or box.said)
    url = box.text("first")
    while len(seen) <= PAGES:
        if url not in seen and url.startswith("https://"):
            part = yield from _asked(url)
        if isinstance(part, Failure):
            return timeline(posts, ask, truncated=True) if posts else why(part)
        seen.add(url)
        posts += _written(part)
        url = part.text("next") if listed(part.at("orderedItems")) else ""
        oldest = posts[-1].published if posts else None
        if url in seen or (oldest is not None and oldest.at < ask.since):
            break
    if not posts and box.at("totalItems"):
        return unread(Outcome.HIDDEN, "the account's outbox lists none of its posts")
    return timeline(posts, ask, truncated=bool(url))


def _written(part: Answer) -> Iterator[ProfilePost]:
    proof = Proof(part.page, _RULE)
    for activity in part.listed("orderedItems"):
        post = activity.get("object")
        if activity.get("type") != "Create" or not isinstance(post, dict) or post.get("inReplyTo"):
            continue
        made = instant(post.get("published")) or instant(activity.get("published"))
        url, text = (
            _address(post.get("url")) or _address(post.get("id")),
            plain(post.get("content")),
        )
        if made is None or not url:
            continue
        title = text_of(post.get("name"), 300) or plain(post.get("summary")) or text
        yield ProfilePost(
            url=url,
            title=headline(title),
            text=text,
            published=made,
            evidence=proof.of(f"{made.at:%Y-%m-%d} {title}"),
            format=_format(post),
            language=_language(post),
            interactions=tuple(_interactions(post)),
        )


def _address(said: object) -> str:
    """An address that may be given as a text, an object or a list of them."""
    each = said[0] if isinstance(said, list) and said else said
    url = text_of(at(each, "href") if isinstance(each, dict) else each)
    return url if authority_of(url) else ""


def _format(post: Json) -> str:
    kind = _FORMATS.get(text_of(post.get("type")), "")
    media = {
        text_of(each.get("mediaType")).partition("/")[0] for each in listed(post.get("attachment"))
    }
    found = [each for each in _MEDIA if each in media]
    return kind or ("text" if not found else found[0] if len(found) == 1 else "mixed")


def _language(post: Json) -> str:
    said = post.get("contentMap")
    return tongue(next(iter(said), "")) if isinstance(said, dict) else ""


def _interactions(post: Json) -> Iterator[Interaction]:
    for reaction, key in (
        (Reaction.LIKES, "likes"),
        (Reaction.COMMENTS, "replies"),
        (Reaction.SHARES, "shares"),
    ):
        count = whole(at(post.get(key), "totalItems"))
        if count is not None:
            yield Interaction(reaction=reaction, count=count)
