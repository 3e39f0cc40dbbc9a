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
    adds="subscribers to three digits, views, all uploads of the period with likes and comments",
    calls=2_000,
    opens=frozenset(kit.Opens),
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
    """Read the channel and its uploads; Unknown where the API knows none or refuses.

    `query` names the channel: `forHandle=%40NAME`, `id=UC…` or `forUsername=NAME`.
    """
    answer = yield from kit.ask_json(
        f"{_API}/channels?part=snippet,statistics,contentDetails&{query}", key=KEY
    )
    if isinstance(answer, kit.Failure):
        return kit.reason_of(answer)
    account = answer.text("items", 0, "id")
    if not ACCOUNT.fullmatch(account):
        return kit.unread(kit.Outcome.MISSING, "the interface knows no such channel")
    profile = _profile(answer, account)
    uploads = answer.text("items", 0, "contentDetails", "relatedPlaylists", "uploads")
    # The list of uploads has the channel's own id, with UU in place of UC.
    return replace(profile, timeline=(yield from _uploads(ask, uploads or f"UU{account[2:]}")))


def _profile(answer: kit.JsonAnswer, account: str) -> kit.Profile:
    """Put together the channel with this id, without its uploads."""
    proof, snippet = kit.Proof(answer.page, RULE), answer.field("items", 0, "snippet")
    statistics = answer.field("items", 0, "statistics")
    name = kit.text_of(kit.field(snippet, "title"))
    about = kit.text_of(kit.field(snippet, "description"))
    # A `customUrl` without @ is an old custom name, and no handle.
    custom = kit.text_of(kit.field(snippet, "customUrl"))
    handle = kit.name_of(custom[1:]) if custom.startswith("@") else ""
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{name}: {account}"),),
        url=f"https://www.youtube.com/{f'@{handle}' if handle else f'channel/{account}'}",
        handle=handle,
        account=account,
        name=name,
        about=about,
        audience=_subscribers(proof, statistics),
        figures=(
            proof.figure(kit.Count.VIDEOS, kit.field(statistics, "videoCount")),
            proof.figure(kit.Count.VIEWS, kit.field(statistics, "viewCount")),
        ),
        links=links_in(about),
        created_at=kit.time_of(kit.field(snippet, "publishedAt")),
        shows=(kit.ProfilePart.BIOGRAPHY,),
    )


def _subscribers(proof: kit.Proof, statistics: object) -> kit.Known[int] | kit.Unknown:
    """Return the subscribers, exact below 1,000; Unknown where the owner hides them."""
    # Hidden subscribers are stated as 0, too: the flag has to be asked first.
    if kit.field(statistics, "hiddenSubscriberCount") is True:
        return kit.unread(kit.Outcome.HIDDEN, "the owner does not show how many subscribe")
    count = kit.field(statistics, "subscriberCount")
    return proof.count(count, "subscribers", exact=(kit.count_of(count) or 0) < _ROUNDED)


def _uploads(ask: kit.Ask, playlist: str) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through all uploads until the window is covered, with the reactions to each."""
    posts: list[kit.ProfilePost] = []
    cursor = ""
    for _ in range(kit.PAGES):
        place = f"&pageToken={quote(cursor, safe='')}" if cursor else ""
        answer = yield from kit.ask_json(
            f"{_API}/playlistItems?part=snippet,contentDetails&maxResults=50"
            f"&playlistId={quote(playlist, safe='')}{place}",
            key=KEY,
        )
        if isinstance(answer, kit.Failure):
            return _broken_off(posts, answer, ask)
        uploads = [upload for upload in answer.items("items") if _public_since(upload)]
        posts += yield from _with_statistics(answer, uploads)
        cursor = answer.text("nextPageToken")
        if not cursor or kit.reaches_back(posts, ask.since):
            return kit.timeline_of(posts, ask, truncated=bool(cursor))
    return kit.timeline_of(posts, ask, truncated=True)


def _broken_off(
    posts: list[kit.ProfilePost], failure: kit.Failure, ask: kit.Ask
) -> kit.Timeline | kit.Unknown:
    """Return what was read before a page failed, or why nothing was."""
    if posts:
        return kit.timeline_of(posts, ask, truncated=True)
    # A channel that never had a video has no list of uploads: that is a real zero.
    if failure.reason is kit.Reason.HTTP_404 and b"playlistNotFound" in failure.body:
        return kit.Timeline(posts=(), truncated=False)
    return kit.reason_of(failure)


def _public_since(upload: kit.Json) -> object:
    """Return when a video became public; private and deleted ones say nothing.

    `snippet.publishedAt` is another time: when the video was put on the list.
    """
    return kit.field(upload, "contentDetails", "videoPublishedAt")


def _with_statistics(
    answer: kit.JsonAnswer, uploads: Sequence[kit.Json]
) -> kit.Steps[list[kit.ProfilePost]]:
    """Read the videos of one page, with their statistics where these can be read.

    A list of uploads states no reactions: one more request asks for those of all its videos.
    """
    numbers = [kit.name_of(kit.field(upload, "contentDetails", "videoId")) for upload in uploads]
    videos: dict[str, kit.Json] = {}
    if wanted := ",".join(filter(None, numbers)):
        statistics = yield from kit.ask_json(
            f"{_API}/videos?part=snippet,statistics&maxResults=50&id={wanted}", key=KEY
        )
        if not isinstance(statistics, kit.Failure):
            videos = {kit.text_of(video.get("id")): video for video in statistics.items("items")}
    proof = kit.Proof(answer.page, RULE)
    pairs = zip(numbers, uploads, strict=True)
    posts = (
        _post(proof, number, upload, videos.get(number, {})) for number, upload in pairs if number
    )
    return [post for post in posts if post is not None]


def _post(
    proof: kit.Proof, number: str, upload: kit.Json, video: kit.Json
) -> kit.ProfilePost | None:
    """Put together a video from its entry in the list and what was read of it (may be empty)."""
    published = kit.dated_at(_public_since(upload))
    title = kit.text_of(kit.field(upload, "snippet", "title"))
    if published is None:
        return None
    snippet = kit.field(video, "snippet")
    spoken = kit.language_of(kit.field(snippet, "defaultAudioLanguage"))
    written = kit.language_of(kit.field(snippet, "defaultLanguage"))
    planned = kit.field(snippet, "liveBroadcastContent") == "upcoming"
    return kit.ProfilePost(
        url=address(number),
        title=title,
        text=kit.text_of(kit.field(upload, "snippet", "description")),
        published=published,
        evidence=proof.dated(published, title),
        format="event" if planned else "video",
        language=spoken or written,
        interactions=kit.interactions_of(video, _REACTIONS),
    )
