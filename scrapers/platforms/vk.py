"""VK: communities by the VK API with a service key; without one, whether their page is there.

The API: dev.vk.com.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

from scrapers.parse.document import Document
from scrapers.parse.html import read_html
from scrapers.parse.text import clean
from scrapers.parse.urls import links_in, segments
from scrapers.platforms import kit

API = "https://api.vk.com/method"
KEY = kit.Key(
    variables=("VK_SERVICE_TOKEN",),
    host="api.vk.com",
    headers=("Authorization: Bearer {VK_SERVICE_TOKEN}",),
    adds="members of communities, their posts with likes, comments, reposts and views",
    opens=frozenset(kit.Opens),
)
_RULE = "platform.vk"
_PARTS = {
    "description": kit.ProfilePart.BIOGRAPHY,
    "site": kit.ProfilePart.LINK,
    "verified": kit.ProfilePart.VERIFIED,
}
_VERSION = "v=5.199"
_SIZE = 100
"""Posts of one page of a wall."""

_PERSON = re.compile(r"id\d{1,12}")
_NUMBERED = re.compile(r"(?:club|public|event)(\d{1,12})")
_UNSEEN = frozenset({"script", "style", "noscript", "template"})
_WALLS = frozenset({"login", "login.php", "join", "restore"})
_CHALLENGES = frozenset({"challenge.html", "429.html", "badbrowser.php"})
_LIMITED = frozenset({6, 9, 29})
"""The API's error codes for too many requests."""

_KEY_REFUSED = frozenset({5, 27, 28})
"""Those for a key that is not accepted."""

_NOT_ALLOWED = frozenset({15, 18, 30, 203})
"""Those for what is deleted, private or for members only."""

_CLOSED, _PRIVATE = 1, 2
"""How `is_closed` says who may read a community; an open one has 0."""

_FORMATS = {
    "photo": "image",
    "album": "image",
    "video": "video",
    "audio": "audio",
    "podcast": "audio",
    "poll": "poll",
    "article": "article",
    "link": "link",
    "event": "event",
}
_REACTIONS = (
    (kit.Reaction.LIKES, "likes.count"),
    (kit.Reaction.COMMENTS, "comments.count"),
    (kit.Reaction.SHARES, "reposts.count"),
    (kit.Reaction.VIEWS, "views.count"),
)


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read a community by its key; without one, see whether its page is there."""
    if _PERSON.fullmatch(ask.handle) is not None:
        return _not_a_community()
    if ask.has(KEY):
        return (yield from _official(ask))
    page = yield from kit.ask_page(f"https://vk.com/{quote(ask.handle)}")
    if isinstance(page, kit.Failure):
        return kit.refused_by(page, _RULE)
    return _by_page(page)


def _not_a_community() -> kit.Unknown:
    """Say that a name stands for something that is not read, such as a person."""
    return kit.unread(kit.Outcome.NOT_SUPPORTED, "only pages of communities are read")


# ---- the page ----


def _by_page(page: kit.Page) -> kit.Profile | kit.Unknown:
    """Read from a page that a community is there, or what stands in its way."""
    # Checks for robots and logins are pages of their own that VK leads to: the final address tells.
    first = next(iter(segments(page.url)), "")
    if first in _CHALLENGES:
        return kit.unread(kit.Outcome.BLOCKED, "VK asks for a proof that a person reads")
    if first in _WALLS:
        return kit.unread(
            kit.Outcome.LOGIN_WALL, f"VK asks for a login; {KEY.name} makes it readable"
        )
    document = read_html(page)
    text = _text(document)
    if "User was deleted or banned" in text:
        return kit.absent(page, _RULE, kit.Standing.SUSPENDED, "the page was deleted or banned")
    if "This profile is private" in text:
        return kit.absent(page, _RULE, kit.Standing.PRIVATE, "the profile is private")
    name = document.meta("og:title")
    # A page of somebody says by its type that it is a profile, a community's as well as a person's.
    if not name or document.meta("og:type") != "profile":
        return kit.needs_key(KEY, "members and posts")
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(kit.Proof(page, _RULE).of(name),),
        name=name,
        audience=kit.needs_key(KEY, "members"),
        timeline=kit.needs_key(KEY, "posts"),
    )


def _text(document: Document) -> str:
    """Return what a reader of the page sees, without the words that its scripts hold.

    A sentence such as "This profile is private" in a script says nothing of this page.
    """
    body = document.tree.body
    if body is None:
        return ""
    nodes = (node for node in body.traverse(include_text=True) if node.is_text_node)
    visible = (node for node in nodes if node.parent and node.parent.tag not in _UNSEEN)
    return " ".join(node.text_content or "" for node in visible)


# ---- the API, which needs a key ----


def _official(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the community, then its posts back to the start of the window."""
    # `club123` is a number already; every other name has to be looked up.
    numbered = _NUMBERED.fullmatch(ask.handle)
    number = numbered[1] if numbered is not None else (yield from _number(ask))
    if not isinstance(number, str):
        return number
    answer = yield from _ask(
        f"groups.getById?group_id={number}"
        "&fields=members_count,description,site,status,verified,is_closed"
    )
    if isinstance(answer, kit.Unknown):
        return answer
    group = _group(answer)
    profile = _profile(answer, group)
    if isinstance(profile, kit.Unknown) or profile.standing is not kit.Standing.LIVE:
        return profile
    if group.get("is_closed") in (_CLOSED, _PRIVATE):
        closed = kit.unread(kit.Outcome.PRIVATE, "the community shows its posts to members only")
        return replace(profile, timeline=closed)
    timeline, figures = yield from _timeline(ask, number)
    return replace(profile, timeline=timeline, figures=figures)


def _number(ask: kit.Ask) -> kit.Steps[str | kit.Profile | kit.Unknown]:
    """Look up the number of the community that has a name; a Profile where nobody has the name."""
    answer = yield from _ask(f"utils.resolveScreenName?screen_name={quote(ask.handle)}")
    if isinstance(answer, kit.Unknown):
        return answer
    # A name that is taken gives an object, a name that nobody has an empty list in its place.
    if answer.field("response") == []:
        return kit.not_found(answer.page, _RULE)
    number = kit.count_of(answer.field("response", "object_id"))
    if number is None:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no number where it used to be")
    if answer.text("response", "type") not in ("group", "page", "event"):
        return _not_a_community()
    return str(number)


def _ask(method: str) -> kit.Steps[kit.JsonAnswer | kit.Unknown]:
    """Ask for what a method of the API gives (`wall.get?owner_id=-1`), or return why nothing.

    The API answers 200 to all, and says in the answer what went wrong.
    """
    answer = yield from kit.ask_json(f"{API}/{method}&{_VERSION}", key=KEY)
    if isinstance(answer, kit.Failure):
        return kit.reason_of(answer)
    code = kit.count_of(answer.field("error", "error_code"))
    if code is None:
        return answer
    error = clean(f"VK error {code}: {answer.text('error', 'error_msg')}", 150)
    if code in _LIMITED:
        return kit.Unknown(reason=kit.Reason.RATE_LIMITED, detail=error)
    if code in _KEY_REFUSED:
        return kit.unread(kit.Outcome.NEEDS_KEY, f"{KEY.name} was refused ({error})")
    if code in _NOT_ALLOWED:
        return kit.unread(kit.Outcome.PRIVATE, error)
    return kit.unread(kit.Outcome.PARSE_FAILED, error)


def _group(answer: kit.JsonAnswer) -> kit.Json:
    """Return the community in an answer; empty for none."""
    # Up to version 5.193 of the API the list itself was the response.
    return next(iter(answer.items("response", "groups") or answer.items("response")), {})


def _profile(answer: kit.JsonAnswer, group: kit.Json) -> kit.Profile | kit.Unknown:
    """Put together the community, without its posts."""
    if kit.count_of(group.get("id")) is None:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no community where it used to be")
    if group.get("deactivated") == "banned":
        return kit.absent(
            answer.page, _RULE, kit.Standing.SUSPENDED, "VK has blocked the community"
        )
    if group.get("deactivated"):
        return kit.not_found(answer.page, _RULE, "the community was deleted")
    proof, handle = kit.Proof(answer.page, _RULE), kit.text_of(group.get("screen_name"))
    name, about = kit.text_of(group.get("name")), kit.text_of(group.get("description"))
    members: kit.Known[int] | kit.Unknown = proof.count(group.get("members_count"), "members")
    # A closed community still tells its size, a private one leaves it out.
    if group.get("members_count") is None and group.get("is_closed") == _PRIVATE:
        members = kit.unread(kit.Outcome.PRIVATE, "the community is private")
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{handle}: {name}"),),
        url=f"https://vk.com/{quote(handle)}" if handle else "",
        handle=handle,
        account=str(group.get("id")),
        name=name,
        about=about,
        audience=members,
        links=(*kit.site_in(group.get("site")), *links_in(about)),
        verified=group.get("verified") == 1,
        shows=kit.parts_in(group, _PARTS),
    )


def _timeline(
    ask: kit.Ask, number: str
) -> kit.Steps[tuple[kit.Timeline | kit.Unknown, tuple[kit.ProfileFigure, ...]]]:
    """Page back through the posts of the community itself; the first page counts them all."""
    # On walls communities have negative numbers, persons positive ones.
    url = f"wall.get?owner_id=-{number}&filter=owner&count={_SIZE}&offset="
    first = yield from _ask(f"{url}0")
    if isinstance(first, kit.Unknown):
        return first, ()
    total = kit.count_of(first.field("response", "count"))
    if total is None:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no posts where they used to be"), ()
    listing = kit.Listing(
        first=first,
        items=_posts,
        after=lambda _, pages: f"{url}{pages * _SIZE}" if pages * _SIZE < total else "",
        within=("response", "items"),
        ask=_ask,
    )
    figure = kit.Proof(first.page, _RULE).figure(kit.Count.POSTS, total)
    return (yield from kit.read_posts(ask, listing)), (figure,)


def _posts(answer: kit.JsonAnswer) -> Iterator[kit.ProfilePost]:
    """Read one page of a wall."""
    proof = kit.Proof(answer.page, _RULE)
    for post in answer.items("response", "items"):
        published = kit.dated_at(post.get("date"))
        number, owner = kit.count_of(post.get("id")), post.get("owner_id")
        # The owner is compared by its type: `true` would pass for an int, and is no number.
        if published is None or number is None or type(owner) is not int:
            continue
        copied = kit.items(post.get("copy_history"))
        text = kit.text_of(post.get("text")) or kit.text_of(kit.field(copied, 0, "text"))
        yield kit.ProfilePost(
            url=f"https://vk.com/wall{owner}_{number}",
            title=kit.headline(text),
            text=text,
            published=published,
            evidence=proof.dated(published, text),
            format=_format(post),
            repost=bool(copied),
            interactions=kit.interactions_of(post, _REACTIONS),
        )


def _format(post: kit.Json) -> str:
    """Return the format of a post by its first attachment; pictures with videos are mixed."""
    kinds = [kit.text_of(part.get("type")) for part in kit.items(post.get("attachments"))]
    formats = list(dict.fromkeys(_FORMATS[kind] for kind in kinds if kind in _FORMATS))
    if "image" in formats and "video" in formats:
        return "mixed"
    return next(iter(formats), "text")


PLATFORM = kit.Platform(
    name="vk",
    read=read,
    public="whether the page is there; no figures",
    confidence=kit.Confidence.DOCUMENTED,
    audience="members",
    keys=(KEY,),
)
