"""Vimeo: profile page with JSON-LD (used by public tools) and RSS; with a key, the official API.

Channels, groups and showcases have pages of their own; showcases have no feed. The API:
developer.vimeo.com/api/reference.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from urllib.parse import quote, unquote

from scrapers.parse.document import Document
from scrapers.parse.embedded import same_as, statistic, things
from scrapers.parse.feeds import read_feed
from scrapers.parse.html import read_html
from scrapers.parse.urls import links_in, split
from scrapers.platforms import kit

KEY = kit.Key(
    variables=("VIMEO_ACCESS_TOKEN",),
    host="api.vimeo.com",
    headers=(
        "Authorization: bearer {VIMEO_ACCESS_TOKEN}",
        "Accept: application/vnd.vimeo.*+json;version=3.4",
    ),
    adds="all videos of the period with plays, likes and comments",
    opens=frozenset({kit.Opens.POSTS}),
)
_API = "https://api.vimeo.com"
_RULE = "platform.vimeo"
_KINDS = ("channels", "groups", "showcase")
_GROUP = "groups"
"""In a group others show their videos: titles and times are all that is kept."""

_NOT_FOUND = b"VimeUhOh"
"""What Vimeo's own page for a missing profile holds; a bare 404 is not believed."""

_PROFILE_FIELDS = (
    "uri,name,link,bio,description,created_time,websites.link,"
    "metadata.connections.followers.total,metadata.connections.users.total,"
    "metadata.connections.videos.total"
)
_VIDEO_FIELDS = (
    "name,description,link,language,created_time,release_time,stats.plays,"
    "metadata.connections.likes.total,metadata.connections.comments.total"
)
_REACTIONS = (
    (kit.Reaction.LIKES, "metadata.connections.likes.total"),
    (kit.Reaction.COMMENTS, "metadata.connections.comments.total"),
    (kit.Reaction.VIEWS, "stats.plays"),
)
"""Plays are null where the owner does not show them."""


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read by the token where there is one, else the page and the feed of videos."""
    kind, name = _place(ask)
    # The API is asked for users, channels and groups only.
    if ask.has(KEY) and kind != "showcase":
        official = yield from _official(ask, f"{kind or 'users'}/{quote(name)}")
        if isinstance(official, kit.Profile):
            return official
    profile = yield from _by_page(ask)
    if isinstance(profile, kit.Profile) and profile.standing is not kit.Standing.LIVE:
        return profile
    posts = yield from _by_feed(ask, kind, name)
    if isinstance(profile, kit.Profile):
        return replace(profile, timeline=_complete(profile, posts), community=kind == _GROUP)
    if isinstance(posts, kit.Unknown) or not posts.posts:
        return profile
    return replace(kit.profile_of_posts(posts, profile), community=kind == _GROUP)


def _place(ask: kit.Ask) -> tuple[str, str]:
    """Return the kind of place (a channel, a group, a showcase; empty for a user) and its name."""
    kind, _, name = unquote(split(ask.url).path).strip("/").rpartition("/")
    return (kind if kind in _KINDS else ""), name


# ---- the page ----


def _by_page(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read what the page states of the profile in its JSON-LD; the videos are not among it."""
    page = yield from kit.ask_page(ask.url)
    if isinstance(page, kit.Failure):
        missing = page.reason is kit.Reason.HTTP_404 and _NOT_FOUND in page.body
        return kit.not_found(page, _RULE) if missing else kit.reason_of(page)
    if kit.leads_to_login(page, "log_in"):
        return kit.unread(kit.Outcome.LOGIN_WALL, "Vimeo asks for a login before it shows a page")
    statement, owner = _owner(read_html(page), ask)
    name = kit.text_of(owner.get("name"))
    if not name:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no profile where it used to be")
    proof = kit.Proof(page, _RULE)
    about = kit.text_of(owner.get("description")) or kit.text_of(owner.get("bio"))
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{name}: {kit.text_of(owner.get('url')) or page.url}"),),
        account=_account(owner),
        name=name,
        about=about,
        audience=proof.count(statistic(owner, "FollowAction"), "followers"),
        figures=tuple(_videos_figure(proof, owner)),
        links=kit.distinct(*map(kit.site_in, same_as(owner)), links_in(about)),
        created_at=kit.time_of(statement.get("dateCreated"), kit.DateSource.JSON_LD),
        updated_at=kit.time_of(statement.get("dateModified"), kit.DateSource.JSON_LD),
    )


def _owner(document: Document, ask: kit.Ask) -> tuple[kit.Json, kit.Json]:
    """Return the page's statement about a profile, and whom it is about; both empty for none."""
    for statement in things(document, "ProfilePage"):
        owner = statement.get("mainEntity")
        if isinstance(owner, dict):
            return statement, owner
    # The page of a video names its author: believed only where it is the one asked for, since an
    # author's followers are not those of the channel or showcase that the video lies in.
    own = ask.url.rstrip("/").casefold()
    for author in things(document, "Person", "Organization"):
        if kit.text_of(author.get("url")).rstrip("/").casefold() == own:
            return {}, author
    return {}, {}


def _account(owner: kit.Json) -> str:
    """Return Vimeo's own number of a profile, which JSON-LD gives as a number or as a text."""
    number = owner.get("identifier")
    return str(number) if kit.count_of(number) is not None else kit.text_of(number)


def _videos_figure(proof: kit.Proof, owner: kit.Json) -> list[kit.ProfileFigure]:
    """Return how many videos the profile says it has; an empty list where it does not say."""
    stated = owner.get("agentInteractionStatistic")
    for statement in kit.items(stated) if isinstance(stated, list) else [stated]:
        count = kit.field(statement, "userInteractionCount")
        # What the profile itself does is counted here: its uploads, and how many it follows.
        follows = "FollowAction" in str(kit.field(statement, "interactionType"))
        if count is not None and not follows:
            return [proof.figure(kit.Count.VIDEOS, count)]
    return []


# ---- the feed ----


def _by_feed(ask: kit.Ask, kind: str, name: str) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Read the newest videos from the feed; it says nothing of plays and likes."""
    if kind == "showcase":
        return kit.unread(kit.Outcome.NOT_SUPPORTED, "a showcase has no feed")
    place = f"{kind}/{quote(name)}" if kind else quote(name)
    page = yield from kit.ask_feed(f"https://vimeo.com/{place}/videos/rss")
    if isinstance(page, kit.Failure):
        return kit.reason_of(page)
    feed = read_feed(page)
    if feed is None or not (feed.title or feed.items):
        return kit.unread(kit.Outcome.PARSE_FAILED, "no feed of videos where it used to be")
    entries = kit.posts_of_feed(feed, kit.Proof(page, _RULE), "video")
    posts = tuple(post for post in entries if kit.own_site_of(post.url, "vimeo.com"))
    if kind == _GROUP:
        posts = tuple(replace(post, text="") for post in posts)
    # How many entries a feed holds at most is not known, so that any but an empty one may go on.
    return kit.timeline_of(posts, ask, truncated=bool(posts))


def _complete(
    profile: kit.Profile, posts: kit.Timeline | kit.Unknown
) -> kit.Timeline | kit.Unknown:
    """Call the feed whole where it holds as many videos as the profile counts."""
    videos = kit.counted(profile.figures).get(kit.Count.VIDEOS)
    if isinstance(posts, kit.Unknown) or videos is None or len(posts.posts) < videos.value:
        return posts
    return replace(posts, truncated=False)


# ---- the API, which needs a key ----


def _official(ask: kit.Ask, place: str) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the profile at a place (`users/NAME`, `groups/NAME`, …), then its videos."""
    answer = yield from kit.ask_json(f"{_API}/{place}?fields={_PROFILE_FIELDS}", key=KEY)
    if isinstance(answer, kit.Failure):
        return kit.reason_of(answer)
    if not answer.text("uri"):
        return kit.unread(kit.Outcome.PARSE_FAILED, "no account where it used to be")
    proof, name = kit.Proof(answer.page, _RULE), answer.text("name")
    about = answer.text("bio") or answer.text("description")
    link = kit.own_site_of(answer.field("link"), "vimeo.com")
    # Those who follow a channel or a group are its `users`.
    audience = "followers" if place.startswith("users/") else "users"
    sites = (kit.site_in(site.get("link")) for site in answer.items("websites"))
    profile = kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{name}: {answer.text('uri')}"),),
        url=link,
        handle=link.rpartition("/")[2],
        account=answer.text("uri").rpartition("/")[2],
        name=name,
        about=about,
        audience=proof.count(_total(answer, audience), "followers"),
        figures=(proof.figure(kit.Count.VIDEOS, _total(answer, "videos")),),
        links=kit.distinct(*sites, links_in(about)),
        created_at=kit.time_of(answer.field("created_time")),
        shows=(kit.ProfilePart.BIOGRAPHY, kit.ProfilePart.LINK),
        community=_is_group(place),
    )
    return replace(profile, timeline=(yield from _official_videos(ask, place)))


def _is_group(place: str) -> bool:
    """Tell whether a place of the API is a group."""
    return place.startswith(f"{_GROUP}/")


def _total(answer: kit.JsonAnswer, connection: str) -> object:
    """Return how many the API counts behind a connection of the profile (`followers`, …)."""
    return answer.field("metadata", "connections", connection, "total")


def _official_videos(ask: kit.Ask, place: str) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through the videos until the window is covered; those of a group without texts."""
    url = f"{_API}/{place}/videos?sort=date&direction=desc&per_page=100&page="
    fields = f"&fields={_VIDEO_FIELDS}"
    listing = kit.Listing(
        first=f"{url}1{fields}",
        items=partial(_posts, texts=not _is_group(place)),
        after=lambda answer, number: (
            f"{url}{number + 1}{fields}" if answer.text("paging", "next") else ""
        ),
        within=("data",),
        what="videos",
        ask=partial(kit.ask_json, key=KEY),
    )
    return kit.read_posts(ask, listing)


def _posts(answer: kit.JsonAnswer, *, texts: bool) -> Iterator[kit.ProfilePost]:
    """Read one page of videos, with or without the texts below them."""
    proof = kit.Proof(answer.page, _RULE)
    for video in answer.items("data"):
        if (post := _post(proof, video)) is not None:
            yield post if texts else replace(post, text="")


def _post(proof: kit.Proof, video: kit.Json) -> kit.ProfilePost | None:
    """Read one video; None where it has no time, or lies elsewhere than on Vimeo."""
    published = kit.dated_at(video.get("release_time")) or kit.dated_at(video.get("created_time"))
    url, title = kit.own_site_of(video.get("link"), "vimeo.com"), kit.text_of(video.get("name"))
    if published is None or not url:
        return None
    return kit.ProfilePost(
        url=url,
        title=title,
        text=kit.text_of(video.get("description")),
        published=published,
        evidence=proof.dated(published, title),
        format="video",
        language=kit.language_of(video.get("language")),
        interactions=kit.interactions_of(video, _REACTIONS),
    )


PLATFORM = kit.Platform(
    name="vimeo",
    read=read,
    public="followers, number of videos, the newest videos",
    confidence=kit.Confidence.TOOLS,
    keys=(KEY,),
    pace=5.0,
)
