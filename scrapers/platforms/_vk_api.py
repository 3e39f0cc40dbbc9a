"""VK's API with a service key: a community and its own posts (dev.vk.com)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

from scrapers.parse.text import clean
from scrapers.parse.urls import links_in
from scrapers.platforms import kit

KEY = kit.Key(
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
    (kit.Reaction.LIKES, "likes.count"),
    (kit.Reaction.COMMENTS, "comments.count"),
    (kit.Reaction.SHARES, "reposts.count"),
    (kit.Reaction.VIEWS, "views.count"),
)
_LIMIT = 100


def by_key(ask: kit.Ask, rule: str) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the community, then its posts back to the start of the window."""
    numbered = _NUMBERED.fullmatch(ask.handle)
    number = numbered[1] if numbered is not None else (yield from _number(ask, rule))
    if not isinstance(number, str):
        return number
    found = yield from _asked(
        f"groups.getById?group_id={number}"
        "&fields=members_count,description,site,status,verified,is_closed"
    )
    if isinstance(found, kit.Unknown):
        return found
    group = _group(found)
    profile = _profile(found, group, rule)
    if isinstance(profile, kit.Unknown) or profile.standing is not kit.Standing.LIVE:
        return profile
    if group.get("is_closed") in (1, 2):
        closed = kit.unread(kit.Outcome.PRIVATE, "the community shows its posts to members only")
        return replace(profile, timeline=closed)
    line, figures = yield from _posts(ask, number, rule)
    return replace(profile, timeline=line, figures=figures)


def _number(ask: kit.Ask, rule: str) -> kit.Steps[str | kit.Profile | kit.Unknown]:
    """The number of the community that has a name; a name that nobody has gives an empty list."""
    found = yield from _asked(f"utils.resolveScreenName?screen_name={quote(ask.handle)}")
    if isinstance(found, kit.Unknown):
        return found
    if found.field("response") == []:
        return kit.not_found(found.page, rule)
    number = kit.count_of(found.field("response", "object_id"))
    if number is None:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no number where it used to be")
    if found.text("response", "type") not in ("group", "page", "event"):
        return kit.unread(kit.Outcome.NOT_SUPPORTED, "only pages of communities are read")
    return str(number)


def _group(found: kit.JsonAnswer) -> kit.Json:
    """The community; up to version 5.193 the list itself is the response."""
    return next(iter(found.items("response", "groups") or found.items("response")), {})


def _asked(method: str) -> kit.Steps[kit.JsonAnswer | kit.Unknown]:
    """Ask the API; it answers 200 to all and says in words what went wrong."""
    found = yield from kit.ask_json(f"{API}/{method}&{_VERSION}", key=KEY)
    if isinstance(found, kit.Failure):
        return kit.reason_of(found)
    code = kit.count_of(found.field("error", "error_code"))
    if code is None:
        return found
    said = clean(f"VK error {code}: {found.text('error', 'error_msg')}", 150)
    if code in (6, 9, 29):
        return kit.Unknown(reason=kit.Reason.RATE_LIMITED, detail=said)
    if code in (5, 27, 28):
        return kit.unread(kit.Outcome.NEEDS_KEY, f"{KEY.name} was refused ({said})")
    if code in (15, 18, 30, 203):
        return kit.unread(kit.Outcome.PRIVATE, said)
    return kit.unread(kit.Outcome.PARSE_FAILED, said)


def _profile(found: kit.JsonAnswer, group: kit.Json, rule: str) -> kit.Profile | kit.Unknown:
    if kit.count_of(group.get("id")) is None:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no community where it used to be")
    if group.get("deactivated") == "banned":
        return kit.absent(found.page, rule, kit.Standing.SUSPENDED, "VK has blocked the community")
    if group.get("deactivated"):
        return kit.not_found(found.page, rule, "the community was deleted")
    proof, handle = kit.Proof(found.page, rule), kit.text_of(group.get("screen_name"))
    name, about = kit.text_of(group.get("name")), kit.text_of(group.get("description"))
    members: kit.Known[int] | kit.Unknown = proof.count(group.get("members_count"), "members")
    if group.get("members_count") is None and group.get("is_closed") == 2:
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
    )


def _posts(
    ask: kit.Ask, number: str, rule: str
) -> kit.Steps[tuple[kit.Timeline | kit.Unknown, tuple[kit.ProfileFigure, ...]]]:
    """Page back through the posts of the community itself; the first page counts them all."""
    url = f"wall.get?owner_id=-{number}&filter=owner&count={_LIMIT}&offset="
    first = yield from _asked(f"{url}0")
    if isinstance(first, kit.Unknown):
        return first, ()
    total = kit.count_of(first.field("response", "count"))
    if total is None:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no posts where they used to be"), ()
    listing = kit.Listing(
        first=first,
        items=lambda found: _written(found, kit.Proof(found.page, rule)),
        after=lambda _, part: f"{url}{part * _LIMIT}" if part * _LIMIT < total else "",
        within=("response", "items"),
        ask=_asked,
    )
    figure = kit.Proof(first.page, rule).figure(kit.Count.POSTS, total)
    return (yield from kit.read_posts(ask, listing)), (figure,)


def _written(found: kit.JsonAnswer, proof: kit.Proof) -> Iterator[kit.ProfilePost]:
    for item in found.items("response", "items"):
        made, number, owner = (
            kit.dated_at(item.get("date")),
            kit.count_of(item.get("id")),
            item.get("owner_id"),
        )
        if made is None or number is None or type(owner) is not int:
            continue
        copied = kit.items(item.get("copy_history"))
        text = kit.text_of(item.get("text")) or kit.text_of(kit.field(copied, 0, "text"))
        yield kit.ProfilePost(
            url=f"https://vk.com/wall{owner}_{number}",
            title=kit.headline(text),
            text=text,
            published=made,
            evidence=proof.dated(made, text),
            format=_format(item),
            repost=bool(copied),
            interactions=kit.interactions_of(item, _REACTIONS),
        )


def _format(item: kit.Json) -> str:
    kinds = [kit.text_of(each.get("type")) for each in kit.items(item.get("attachments"))]
    words = list(dict.fromkeys(_FORMATS[kind] for kind in kinds if kind in _FORMATS))
    if "image" in words and "video" in words:
        return "mixed"
    return next(iter(words), "text")
