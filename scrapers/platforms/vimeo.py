"""Vimeo: profile page with JSON-LD (used by public tools) and RSS, or the official API.

Channels, groups and showcases have pages of their own; showcases have no feed.
"""

from dataclasses import replace
from urllib.parse import quote, unquote

from scrapers.parse.embedded import same_as, statistic, things
from scrapers.parse.feeds import read_feed
from scrapers.parse.html import Document, read_html
from scrapers.parse.urls import links_in, split
from scrapers.platforms import kit
from scrapers.platforms._vimeo_api import KEY, RULE, official

_KINDS = ("channels", "groups", "showcase")
_GROUP = "groups"
"""In a group others show their videos: titles and times are all that is kept."""

_NOT_FOUND = b"VimeUhOh"


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read by the token where there is one, else the page and the feed of videos."""
    kind, name = _parts(ask)
    if ask.has(KEY) and kind != "showcase":
        known = yield from official(ask, f"{kind or 'users'}/{quote(name)}")
        if isinstance(known, kit.Profile):
            return known
    seen = yield from _profile(ask)
    if isinstance(seen, kit.Profile) and seen.standing is not kit.Standing.LIVE:
        return seen
    posts = yield from _posts(ask, kind, name)
    if isinstance(seen, kit.Profile):
        return replace(seen, timeline=_complete(seen, posts), community=kind == _GROUP)
    if isinstance(posts, kit.Unknown) or not posts.posts:
        return seen
    return replace(kit.profile_of_posts(posts, seen), community=kind == _GROUP)


def _parts(ask: kit.Ask) -> tuple[str, str]:
    """Whose page it is: of a channel, a group, a showcase or (none of them) a user; its name."""
    kind, _, name = unquote(split(ask.url).path).strip("/").rpartition("/")
    return (kind if kind in _KINDS else ""), name


def _profile(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    found = yield from kit.ask_page(ask.url)
    if isinstance(found, kit.Failure):
        missing = found.reason is kit.Reason.HTTP_404 and _NOT_FOUND in found.body
        return kit.not_found(found, RULE) if missing else kit.reason_of(found)
    if kit.leads_to_login(found, "log_in"):
        return kit.unread(kit.Outcome.LOGIN_WALL, "Vimeo asks for a login before it shows a page")
    document = read_html(found)
    head, said = _said(document, ask)
    name = kit.text_of(said.get("name"))
    if not name:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no profile where it used to be")
    proof = kit.Proof(found, RULE)
    about = kit.text_of(said.get("description")) or kit.text_of(said.get("bio"))
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{name}: {kit.text_of(said.get('url')) or found.url}"),),
        account=_account(said),
        name=name,
        about=about,
        audience=proof.count(statistic(said, "FollowAction"), "followers"),
        figures=tuple(_videos(proof, said)),
        links=kit.distinct(*map(kit.site_in, same_as(said)), links_in(about)),
        created_at=kit.time_of(head.get("dateCreated"), kit.DateSource.JSON_LD),
        updated_at=kit.time_of(head.get("dateModified"), kit.DateSource.JSON_LD),
    )


def _said(document: Document, ask: kit.Ask) -> tuple[kit.Json, kit.Json]:
    """The page's statement and what it is about; of a video's page, the author asked for."""
    for head in things(document, "ProfilePage"):
        about = head.get("mainEntity")
        if isinstance(about, dict):
            return head, about
    own = ask.url.rstrip("/").casefold()
    for author in things(document, "Person", "Organization"):
        if kit.text_of(author.get("url")).rstrip("/").casefold() == own:
            return {}, author
    return {}, {}


def _account(said: kit.Json) -> str:
    number = said.get("identifier")
    return str(number) if kit.count_of(number) is not None else kit.text_of(number)


def _videos(proof: kit.Proof, said: kit.Json) -> list[kit.ProfileFigure]:
    """How many videos the profile says it has; whom it follows is counted there, too."""
    stated = said.get("agentInteractionStatistic")
    for each in kit.items(stated) if isinstance(stated, list) else [stated]:
        count = kit.field(each, "userInteractionCount")
        follows = "FollowAction" in str(kit.field(each, "interactionType"))
        if count is not None and not follows:
            return [proof.figure(kit.Count.VIDEOS, count)]
    return []


def _complete(seen: kit.Profile, posts: kit.Timeline | kit.Unknown) -> kit.Timeline | kit.Unknown:
    """The feed is known to be whole where it holds as many videos as the profile counts."""
    videos = kit.counted(seen.figures).get(kit.Count.VIDEOS)
    if isinstance(posts, kit.Unknown) or videos is None or len(posts.posts) < videos.value:
        return posts
    return replace(posts, truncated=False)


def _posts(ask: kit.Ask, kind: str, name: str) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Read the newest videos from the feed; it says nothing of plays and likes."""
    if kind == "showcase":
        return kit.unread(kit.Outcome.NOT_SUPPORTED, "a showcase has no feed")
    place = f"{kind}/{quote(name)}" if kind else quote(name)
    found = yield from kit.ask_feed(f"https://vimeo.com/{place}/videos/rss")
    if isinstance(found, kit.Failure):
        return kit.reason_of(found)
    said = read_feed(found)
    if said is None or not (said.title or said.items):
        return kit.unread(kit.Outcome.PARSE_FAILED, "no feed of videos where it used to be")
    shown = kit.posts_of_feed(said, kit.Proof(found, RULE), "video")
    posts = tuple(post for post in shown if kit.own_site_of(post.url, "vimeo.com"))
    if kind == _GROUP:
        posts = tuple(replace(post, text="") for post in posts)
    return kit.timeline_of(posts, ask, truncated=bool(posts))


PLATFORM = kit.Platform(
    name="vimeo",
    read=read,
    public="followers, number of videos, the newest videos",
    confidence=kit.Confidence.TOOLS,
    keys=(KEY,),
    pace=5.0,
)
