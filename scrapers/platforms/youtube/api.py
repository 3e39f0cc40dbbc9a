"""A YouTube channel by the official Data API v3 (developers.google.com/youtube/v3/docs)."""

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote

from audit.model.exchange import Failure, Key
from audit.model.profile import (
    Count,
    Outcome,
    Profile,
    ProfilePost,
    Reaction,
    Standing,
    Timeline,
    unread,
)
from audit.model.value import Known, Reason, Unknown
from scrapers.parse.urls import links_in
from scrapers.parse.values import Json, at, instant, language_of, name_of, text_of, time_of, whole
from scrapers.platforms.kit.base import PAGES, Answer, Ask, Steps, answer
from scrapers.platforms.kit.posts import interactions
from scrapers.platforms.kit.proof import Proof, before, timeline, why
from scrapers.platforms.youtube.feed import ACCOUNT, RULE, address

KEY = Key(
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
    (Reaction.LIKES, "statistics.likeCount"),
    (Reaction.COMMENTS, "statistics.commentCount"),
    (Reaction.VIEWS, "statistics.viewCount"),
)
"""Likes and comments are not there where the owner switched them off."""


def official(ask: Ask, query: str) -> Steps[Profile | Unknown]:
    """Read the channel and its uploads; Unknown where the API knows none or refuses."""
    found = yield from answer(
        f"{_API}/channels?part=snippet,statistics,contentDetails&{query}", key=KEY
    )
    if isinstance(found, Failure):
        return why(found)
    account = found.text("items", 0, "id")
    if not ACCOUNT.fullmatch(account):
        return unread(Outcome.MISSING, "the interface knows no such channel")
    profile = _profile(found, account)
    uploads = found.text("items", 0, "contentDetails", "relatedPlaylists", "uploads")
    return replace(profile, timeline=(yield from _uploads(ask, uploads or f"UU{account[2:]}")))


def _profile(found: Answer, account: str) -> Profile:
    proof, snippet = Proof(found.page, RULE), found.at("items", 0, "snippet")
    statistics = found.at("items", 0, "statistics")
    name, description = text_of(at(snippet, "title")), text_of(at(snippet, "description"))
    custom = text_of(at(snippet, "customUrl"))
    handle = name_of(custom[1:]) if custom.startswith("@") else ""
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{name}: {account}"),),
        url=f"https://www.youtube.com/{f'@{handle}' if handle else f'channel/{account}'}",
        handle=handle,
        account=account,
        name=name,
        about=description,
        audience=_subscribers(proof, statistics),
        figures=(
            proof.figure(Count.VIDEOS, at(statistics, "videoCount")),
            proof.figure(Count.VIEWS, at(statistics, "viewCount")),
        ),
        links=links_in(description),
        created_at=time_of(at(snippet, "publishedAt")),
    )


def _subscribers(proof: Proof, statistics: object) -> Known[int] | Unknown:
    if at(statistics, "hiddenSubscriberCount") is True:
        return unread(Outcome.HIDDEN, "the owner does not show how many subscribe")
    count = at(statistics, "subscriberCount")
    return proof.count(count, "subscribers", exact=(whole(count) or 0) < _ROUNDED)


def _uploads(ask: Ask, playlist: str) -> Steps[Timeline | Unknown]:
    """Page back through all uploads until the window is covered, with what each one met."""
    posts: list[ProfilePost] = []
    cursor = ""
    for _ in range(PAGES):
        more = f"&pageToken={quote(cursor, safe='')}" if cursor else ""
        found = yield from answer(
            f"{_API}/playlistItems?part=snippet,contentDetails&maxResults=50"
            f"&playlistId={quote(playlist, safe='')}{more}",
            key=KEY,
        )
        if isinstance(found, Failure):
            return _broken_off(posts, found, ask)
        videos = [each for each in found.listed("items") if _made(each)]
        posts += yield from _watched(found, videos)
        cursor = found.text("nextPageToken")
        if not cursor or before(posts, ask.since):
            return timeline(posts, ask, truncated=bool(cursor))
    return timeline(posts, ask, truncated=True)


def _broken_off(posts: list[ProfilePost], failure: Failure, ask: Ask) -> Timeline | Unknown:
    """What there is; a channel that never had a video has no list of uploads."""
    if posts:
        return timeline(posts, ask, truncated=True)
    if failure.reason is Reason.HTTP_404 and b"playlistNotFound" in failure.body:
        return Timeline(posts=(), truncated=False)
    return why(failure)


def _made(item: Json) -> object:
    """When a video became public; private and deleted ones say nothing."""
    return at(item, "contentDetails", "videoPublishedAt")


def _watched(found: Answer, videos: Sequence[Json]) -> Steps[list[ProfilePost]]:
    """The videos of one page, with their statistics where these can be read."""
    keys = [name_of(at(each, "contentDetails", "videoId")) for each in videos]
    more: dict[str, Json] = {}
    if wanted := ",".join(filter(None, keys)):
        said = yield from answer(
            f"{_API}/videos?part=snippet,statistics&maxResults=50&id={wanted}", key=KEY
        )
        if not isinstance(said, Failure):
            more = {text_of(each.get("id")): each for each in said.listed("items")}
    proof = Proof(found.page, RULE)
    pairs = zip(keys, videos, strict=True)
    posts = (_post(proof, key, each, more.get(key, {})) for key, each in pairs if key)
    return [post for post in posts if post is not None]


def _post(proof: Proof, key: str, item: Json, more: Json) -> ProfilePost | None:
    made, title = instant(_made(item)), text_of(at(item, "snippet", "title"))
    if made is None:
        return None
    snippet = at(more, "snippet")
    spoken, written = at(snippet, "defaultAudioLanguage"), at(snippet, "defaultLanguage")
    planned = at(snippet, "liveBroadcastContent") == "upcoming"
    return ProfilePost(
        url=address(key),
        title=title,
        text=text_of(at(item, "snippet", "description")),
        published=made,
        evidence=proof.dated(made, title),
        format="event" if planned else "video",
        language=language_of(spoken) or language_of(written),
        interactions=interactions(more, _REACTIONS),
    )
