"""Vimeo: profile page with JSON-LD (used by public tools) and RSS, or the official API.

Channels, groups and showcases have pages of their own; showcases have no feed.
"""

from dataclasses import replace
from urllib.parse import quote, unquote

from audit.model.dated import DateSource
from audit.model.exchange import Failure
from audit.model.profile import (
    Count,
    Outcome,
    Profile,
    ProfileFigure,
    Standing,
    Timeline,
    counted,
    unread,
)
from audit.model.value import Reason, Unknown
from scrapers.parse.embedded import same_as, statistic, things
from scrapers.parse.feeds import read_feed
from scrapers.parse.html import Document, read_html
from scrapers.parse.urls import links_in, split
from scrapers.parse.values import (
    Json,
    at,
    listed,
    once,
    own_site_of,
    site_of,
    text_of,
    time_of,
    whole,
)
from scrapers.platforms._vimeo_api import KEY, RULE, official
from scrapers.platforms.kit.base import Ask, Confidence, Platform, Steps, feed, page
from scrapers.platforms.kit.posts import fed_posts
from scrapers.platforms.kit.proof import Proof, by_posts, gone, timeline, walled, why

_KINDS = ("channels", "groups", "showcase")
_GROUP = "groups"
"""In a group others show their videos: titles and times are all that is kept."""

_NOT_FOUND = b"VimeUhOh"


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Read by the token where there is one, else the page and the feed of videos."""
    kind, name = _parts(ask)
    if ask.has(KEY) and kind != "showcase":
        known = yield from official(ask, f"{kind or 'users'}/{quote(name)}")
        if isinstance(known, Profile):
            return known
    seen = yield from _profile(ask)
    if isinstance(seen, Profile) and seen.standing is not Standing.LIVE:
        return seen
    posts = yield from _posts(ask, kind, name)
    if isinstance(seen, Profile):
        return replace(seen, timeline=_complete(seen, posts), community=kind == _GROUP)
    if isinstance(posts, Unknown) or not posts.posts:
        return seen
    return replace(by_posts(posts, seen), community=kind == _GROUP)


def _parts(ask: Ask) -> tuple[str, str]:
    """Whose page it is: of a channel, a group, a showcase or (none of them) a user; its name."""
    kind, _, name = unquote(split(ask.url).path).strip("/").rpartition("/")
    return (kind if kind in _KINDS else ""), name


def _profile(ask: Ask) -> Steps[Profile | Unknown]:
    found = yield from page(ask.url)
    if isinstance(found, Failure):
        missing = found.reason is Reason.HTTP_404 and _NOT_FOUND in found.body
        return gone(found, RULE) if missing else why(found)
    if walled(found, "log_in"):
        return unread(Outcome.LOGIN_WALL, "Vimeo asks for a login before it shows a page")
    document = read_html(found)
    head, said = _said(document, ask)
    name = text_of(said.get("name"))
    if not name:
        return unread(Outcome.PARSE_FAILED, "no profile where it used to be")
    proof = Proof(found, RULE)
    about = text_of(said.get("description")) or text_of(said.get("bio"))
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{name}: {text_of(said.get('url')) or found.url}"),),
        account=_account(said),
        name=name,
        about=about,
        audience=proof.count(statistic(said, "FollowAction"), "followers"),
        figures=tuple(_videos(proof, said)),
        links=once(*map(site_of, same_as(said)), links_in(about)),
        created_at=time_of(head.get("dateCreated"), DateSource.JSON_LD),
        updated_at=time_of(head.get("dateModified"), DateSource.JSON_LD),
    )


def _said(document: Document, ask: Ask) -> tuple[Json, Json]:
    """The page's statement and what it is about; of a video's page, the author asked for."""
    for head in things(document, "ProfilePage"):
        about = head.get("mainEntity")
        if isinstance(about, dict):
            return head, about
    own = ask.url.rstrip("/").casefold()
    for author in things(document, "Person", "Organization"):
        if text_of(author.get("url")).rstrip("/").casefold() == own:
            return {}, author
    return {}, {}


def _account(said: Json) -> str:
    number = said.get("identifier")
    return str(number) if whole(number) is not None else text_of(number)


def _videos(proof: Proof, said: Json) -> list[ProfileFigure]:
    """How many videos the profile says it has; whom it follows is counted there, too."""
    stated = said.get("agentInteractionStatistic")
    for each in listed(stated) if isinstance(stated, list) else [stated]:
        count = at(each, "userInteractionCount")
        follows = "FollowAction" in str(at(each, "interactionType"))
        if count is not None and not follows:
            return [proof.figure(Count.VIDEOS, count)]
    return []


def _complete(seen: Profile, posts: Timeline | Unknown) -> Timeline | Unknown:
    """The feed is known to be whole where it holds as many videos as the profile counts."""
    videos = counted(seen.figures).get(Count.VIDEOS)
    if isinstance(posts, Unknown) or videos is None or len(posts.posts) < videos.value:
        return posts
    return replace(posts, truncated=False)


def _posts(ask: Ask, kind: str, name: str) -> Steps[Timeline | Unknown]:
    """Read the newest videos from the feed; it says nothing of plays and likes."""
    if kind == "showcase":
        return unread(Outcome.NOT_SUPPORTED, "a showcase has no feed")
    place = f"{kind}/{quote(name)}" if kind else quote(name)
    found = yield from feed(f"https://vimeo.com/{place}/videos/rss")
    if isinstance(found, Failure):
        return why(found)
    said = read_feed(found)
    if said is None or not (said.title or said.items):
        return unread(Outcome.PARSE_FAILED, "no feed of videos where it used to be")
    shown = fed_posts(said, Proof(found, RULE), "video")
    posts = tuple(post for post in shown if own_site_of(post.url, "vimeo.com"))
    if kind == _GROUP:
        posts = tuple(replace(post, text="") for post in posts)
    return timeline(posts, ask, truncated=bool(posts))


PLATFORM = Platform(
    name="vimeo",
    read=read,
    public="followers, number of videos, the newest videos",
    confidence=Confidence.TOOLS,
    keys=(KEY,),
    pace=5.0,
)
