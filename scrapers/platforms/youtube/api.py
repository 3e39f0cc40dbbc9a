"""A YouTube channel by the official Data API v3 (developers.google.com/youtube/v3/docs)."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote

from scrapers.parse.urls import links_in
from scrapers.platforms import kit
from scrapers.platforms.youtube.feed import ACCOUNT, RULE, address

KEY = kit.Key(
    variables=("YOUTUBE_API_KEY",),
    host="www.googleapis.com",
    headers=("X-Goog-Api-Key: {YOUTUBE_API_KEY}",),
    adds="subscribers to three digits, views, all uploads of the window with likes and comments",
    calls=2_000,
)
_API = "https://www.googleapis.com/youtube/v3"
_ROUNDED = 1_000
"""From here on the API rounds subscribers down to three digits."""
_REACTIONS = (
    (kit.Reaction.LIKES, "statistics.likeCount"),
    (kit.Reaction.COMMENTS, "statistics.commentCount"),
    (kit.Reaction.VIEWS, "statistics.viewCount"),
)
"""Likes and comments are not there where the owner switched them off."""


def official(ask: kit.Ask, query: str) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the channel and its uploads; Unknown where the API knows none or refuses."""
    found = yield from kit.ask_json(
        f"{_API}/channels?part=snippet,statistics,contentDetails&{query}", key=KEY
    )
    if isinstance(found, kit.Failure):
        return kit.reason_of(found)
    account = found.text("items", 0, "id")
    if not ACCOUNT.fullmatch(account):
        return kit.unread(kit.Outcome.MISSING, "the interface knows no such channel")
    profile = _profile(found, account)
    uploads = found.text("items", 0, "contentDetails", "relatedPlaylists", "uploads")
    return replace(profile, timeline=(yield from _uploads(ask, uploads or f"UU{account[2:]}")))


def _profile(found: kit.JsonAnswer, account: str) -> kit.Profile:
    proof, snippet = kit.Proof(found.page, RULE), found.field("items", 0, "snippet")
    statistics = found.field("items", 0, "statistics")
    name, description = (
        kit.text_of(kit.field(snippet, "title")),
        kit.text_of(kit.field(snippet, "description")),
    )
    custom = kit.text_of(kit.field(snippet, "customUrl"))
    handle = kit.name_of(custom[1:]) if custom.startswith("@") else ""
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{name}: {account}"),),
        url=f"https://www.youtube.com/{f'@{handle}' if handle else f'channel/{account}'}",
        handle=handle,
        account=account,
        name=name,
        about=description,
        audience=_subscribers(proof, statistics),
        figures=(
            proof.figure(kit.Count.VIDEOS, kit.field(statistics, "videoCount")),
            proof.figure(kit.Count.VIEWS, kit.field(statistics, "viewCount")),
        ),
        links=links_in(description),
        created_at=kit.time_of(kit.field(snippet, "publishedAt")),
    )


def _subscribers(proof: kit.Proof, statistics: object) -> kit.Known[int] | kit.Unknown:
    if kit.field(statistics, "hiddenSubscriberCount") is True:
        return kit.unread(kit.Outcome.HIDDEN, "the owner does not show how many subscribe")
    count = kit.field(statistics, "subscriberCount")
    return proof.count(count, "subscribers", exact=(kit.count_of(count) or 0) < _ROUNDED)


def _uploads(ask: kit.Ask, playlist: str) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through all uploads until the window is covered, with what each one met."""
    posts: list[kit.ProfilePost] = []
    cursor = ""
    for _ in range(kit.PAGES):
        more = f"&pageToken={quote(cursor, safe='')}" if cursor else ""
        found = yield from kit.ask_json(
            f"{_API}/playlistItems?part=snippet,contentDetails&maxResults=50"
            f"&playlistId={quote(playlist, safe='')}{more}",
            key=KEY,
        )
        if isinstance(found, kit.Failure):
            return _broken_off(posts, found, ask)
        videos = [each for each in found.items("items") if _made(each)]
        posts += yield from _watched(found, videos)
        cursor = found.text("nextPageToken")
        if not cursor or kit.reaches_back(posts, ask.since):
            return kit.timeline_of(posts, ask, truncated=bool(cursor))
    return kit.timeline_of(posts, ask, truncated=True)


def _broken_off(
    posts: list[kit.ProfilePost], failure: kit.Failure, ask: kit.Ask
) -> kit.Timeline | kit.Unknown:
    """What there is; a channel that never had a video has no list of uploads."""
    if posts:
        return kit.timeline_of(posts, ask, truncated=True)
    if failure.reason is kit.Reason.HTTP_404 and b"playlistNotFound" in failure.body:
        return kit.Timeline(posts=(), truncated=False)
    return kit.reason_of(failure)


def _made(item: kit.Json) -> object:
    """When a video became public; private and deleted ones say nothing."""
    return kit.field(item, "contentDetails", "videoPublishedAt")


def _watched(found: kit.JsonAnswer, videos: Sequence[kit.Json]) -> kit.Steps[list[kit.ProfilePost]]:
    """The videos of one page, with their statistics where these can be read."""
    keys = [kit.name_of(kit.field(each, "contentDetails", "videoId")) for each in videos]
    more: dict[str, kit.Json] = {}
    if wanted := ",".join(filter(None, keys)):
        said = yield from kit.ask_json(
            f"{_API}/videos?part=snippet,statistics&maxResults=50&id={wanted}", key=KEY
        )
        if not isinstance(said, kit.Failure):
            more = {kit.text_of(each.get("id")): each for each in said.items("items")}
    proof = kit.Proof(found.page, RULE)
    pairs = zip(keys, videos, strict=True)
    posts = (_post(proof, key, each, more.get(key, {})) for key, each in pairs if key)
    return [post for post in posts if post is not None]


def _post(proof: kit.Proof, key: str, item: kit.Json, more: kit.Json) -> kit.ProfilePost | None:
    made, title = kit.dated_at(_made(item)), kit.text_of(kit.field(item, "snippet", "title"))
    if made is None:
        return None
    snippet = kit.field(more, "snippet")
    spoken, written = (
        kit.field(snippet, "defaultAudioLanguage"),
        kit.field(snippet, "defaultLanguage"),
    )
    planned = kit.field(snippet, "liveBroadcastContent") == "upcoming"
    return kit.ProfilePost(
        url=address(key),
        title=title,
        text=kit.text_of(kit.field(item, "snippet", "description")),
        published=made,
        evidence=proof.dated(made, title),
        format="event" if planned else "video",
        language=kit.language_of(spoken) or kit.language_of(written),
        interactions=kit.interactions_of(more, _REACTIONS),
    )
