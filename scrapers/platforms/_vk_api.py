"""VK's API with a service key: a community and its own posts (dev.vk.com)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

from audit.model.exchange import Failure, Key
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
from scrapers.parse.text import clean
from scrapers.parse.urls import links_in
from scrapers.parse.values import Json, at, headline, instant, listed, site_of, text_of, whole
from scrapers.platforms.kit.base import Answer, Ask, Steps, answer
from scrapers.platforms.kit.paging import Listing, paged
from scrapers.platforms.kit.posts import interactions
from scrapers.platforms.kit.proof import Proof, absent, gone, why

KEY = Key(
    variables=("VK_SERVICE_TOKEN",),
    host="api.vk.com",
    headers=("Authorization: Bearer {VK_SERVICE_TOKEN}",),
    adds="members of communities, their posts with likes, comments, reposts and views",
)
API = "https://api.vk.com/method"
_VERSION = "v=5.199"
_NUMBERED = re.compile(r"(?:club|public|event)(\d{1,12})")
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
    (Reaction.LIKES, "likes.count"),
    (Reaction.COMMENTS, "comments.count"),
    (Reaction.SHARES, "reposts.count"),
    (Reaction.VIEWS, "views.count"),
)
_LIMIT = 100


def by_key(ask: Ask, rule: str) -> Steps[Profile | Unknown]:
    """Read the community, then its posts back to the start of the window."""
    numbered = _NUMBERED.fullmatch(ask.handle)
    number = numbered[1] if numbered is not None else (yield from _number(ask, rule))
    if not isinstance(number, str):
        return number
    found = yield from _asked(
        f"groups.getById?group_id={number}"
        "&fields=members_count,description,site,status,verified,is_closed"
    )
    if isinstance(found, Unknown):
        return found
    group = _group(found)
    profile = _profile(found, group, rule)
    if isinstance(profile, Unknown) or profile.standing is not Standing.LIVE:
        return profile
    if group.get("is_closed") in (1, 2):
        closed = unread(Outcome.PRIVATE, "the community shows its posts to members only")
        return replace(profile, timeline=closed)
    line, figures = yield from _posts(ask, number, rule)
    return replace(profile, timeline=line, figures=figures)


def _number(ask: Ask, rule: str) -> Steps[str | Profile | Unknown]:
    """The number of the community that has a name; a name that nobody has gives an empty list."""
    found = yield from _asked(f"utils.resolveScreenName?screen_name={quote(ask.handle)}")
    if isinstance(found, Unknown):
        return found
    if found.at("response") == []:
        return gone(found.page, rule)
    number = whole(found.at("response", "object_id"))
    if number is None:
        return unread(Outcome.PARSE_FAILED, "no number where it used to be")
    if found.text("response", "type") not in ("group", "page", "event"):
        return unread(Outcome.NOT_SUPPORTED, "only pages of communities are read")
    return str(number)


def _group(found: Answer) -> Json:
    """The community; up to version 5.193 the list itself is the response."""
    return next(iter(found.listed("response", "groups") or found.listed("response")), {})


def _asked(method: str) -> Steps[Answer | Unknown]:
    """Ask the API; it answers 200 to all and says in words what went wrong."""
    found = yield from answer(f"{API}/{method}&{_VERSION}", key=KEY)
    if isinstance(found, Failure):
        return why(found)
    code = whole(found.at("error", "error_code"))
    if code is None:
        return found
    said = clean(f"VK error {code}: {found.text('error', 'error_msg')}", 150)
    if code in (6, 9, 29):
        return Unknown(reason=Reason.RATE_LIMITED, detail=said)
    if code in (5, 27, 28):
        return unread(Outcome.NEEDS_KEY, f"{KEY.name} was refused ({said})")
    if code in (15, 18, 30, 203):
        return unread(Outcome.PRIVATE, said)
    return unread(Outcome.PARSE_FAILED, said)


def _profile(found: Answer, group: Json, rule: str) -> Profile | Unknown:
    if whole(group.get("id")) is None:
        return unread(Outcome.PARSE_FAILED, "no community where it used to be")
    if group.get("deactivated") == "banned":
        return absent(found.page, rule, Standing.SUSPENDED, "VK has blocked the community")
    if group.get("deactivated"):
        return gone(found.page, rule, "the community was deleted")
    proof, handle = Proof(found.page, rule), text_of(group.get("screen_name"))
    name, about = text_of(group.get("name")), text_of(group.get("description"))
    members: Known[int] | Unknown = proof.count(group.get("members_count"), "members")
    if group.get("members_count") is None and group.get("is_closed") == 2:
        members = unread(Outcome.PRIVATE, "the community is private")
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{handle}: {name}"),),
        url=f"https://vk.com/{quote(handle)}" if handle else "",
        handle=handle,
        account=str(group.get("id")),
        name=name,
        about=about,
        audience=members,
        links=(*site_of(group.get("site")), *links_in(about)),
        verified=group.get("verified") == 1,
    )


def _posts(
    ask: Ask, number: str, rule: str
) -> Steps[tuple[Timeline | Unknown, tuple[ProfileFigure, ...]]]:
    """Page back through the posts of the community itself; the first page counts them all."""
    url = f"wall.get?owner_id=-{number}&filter=owner&count={_LIMIT}&offset="
    first = yield from _asked(f"{url}0")
    if isinstance(first, Unknown):
        return first, ()
    total = whole(first.at("response", "count"))
    if total is None:
        return unread(Outcome.PARSE_FAILED, "no posts where they used to be"), ()
    listing = Listing(
        first=first,
        items=lambda found: _written(found, Proof(found.page, rule)),
        after=lambda _, part: f"{url}{part * _LIMIT}" if part * _LIMIT < total else "",
        within=("response", "items"),
        ask=_asked,
    )
    figure = Proof(first.page, rule).figure(Count.POSTS, total)
    return (yield from paged(ask, listing)), (figure,)


def _written(found: Answer, proof: Proof) -> Iterator[ProfilePost]:
    for item in found.listed("response", "items"):
        made, number, owner = instant(item.get("date")), whole(item.get("id")), item.get("owner_id")
        if made is None or number is None or type(owner) is not int:
            continue
        copied = listed(item.get("copy_history"))
        text = text_of(item.get("text")) or text_of(at(copied, 0, "text"))
        yield ProfilePost(
            url=f"https://vk.com/wall{owner}_{number}",
            title=headline(text),
            text=text,
            published=made,
            evidence=proof.dated(made, text),
            format=_format(item),
            repost=bool(copied),
            interactions=interactions(item, _REACTIONS),
        )


def _format(item: Json) -> str:
    kinds = [text_of(each.get("type")) for each in listed(item.get("attachments"))]
    words = list(dict.fromkeys(_FORMATS[kind] for kind in kinds if kind in _FORMATS))
    if "image" in words and "video" in words:
        return "mixed"
    return next(iter(words), "text")
