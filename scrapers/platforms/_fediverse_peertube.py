"""PeerTube: an account or a channel, and its videos (docs.joinpeertube.org/api-rest-reference)."""

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
from audit.model.web import Failure
from scrapers.parse.urls import links_in
from scrapers.platforms._base import GONE, PAGES, Answer, Ask, Steps, answer
from scrapers.platforms._fediverse_home import Home
from scrapers.platforms._fediverse_words import moment, once, tongue
from scrapers.platforms._proof import Proof, gone, timeline, why
from scrapers.platforms._values import Json, at, instant, text_of, whole

ACCOUNT, CHANNEL = "accounts", "video-channels"
_RULE = "platform.peertube"
_SHORT = {ACCOUNT: "a", CHANNEL: "c"}
_LIMIT = 100
Videos = tuple[Timeline | Unknown, Known[int] | Unknown]


def read_peertube(ask: Ask, home: Home) -> Steps[Profile | Unknown]:
    """Read an account or a channel; where the address does not tell which, one after the other."""
    named = [kind for kind in (ACCOUNT, CHANNEL) if f"/{kind}/" in home.actor]
    kind, *others = named or [ACCOUNT, CHANNEL]
    found = yield from _asked(home, kind)
    if others and isinstance(found, Failure) and found.reason in GONE:
        kind = others[0]
        found = yield from _asked(home, kind)
    if isinstance(found, Failure):
        return gone(found, _RULE) if found.reason in GONE else why(found)
    return (yield from _profile(ask, home, found, kind))


def _asked(home: Home, kind: str) -> Steps[Answer | Failure]:
    return (yield from answer(f"{home.api}/api/v1/{kind}/{quote(home.name)}"))


def _profile(ask: Ask, home: Home, found: Answer, kind: str) -> Steps[Profile | Unknown]:
    proof, name = Proof(found.page, _RULE), found.text("name")
    if not name:
        return unread(Outcome.PARSE_FAILED, "no account where it used to be")
    line, videos = yield from _videos(ask, home, kind)
    about, support = found.text("description"), found.text("support")
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{name}@{home.host}: {found.text('displayName')}"),),
        url=f"{home.api}/{_SHORT[kind]}/{quote(name)}",
        handle=name,
        account=found.text("url"),
        name=found.text("displayName") or name,
        about=about,
        audience=proof.count(found.at("followersCount"), "followers"),
        figures=(
            ProfileFigure(
                count=Count.FOLLOWING, value=proof.count(found.at("followingCount"), "following")
            ),
            ProfileFigure(count=Count.VIDEOS, value=videos),
        ),
        timeline=line,
        links=once(links_in(about), links_in(support)),
        created_at=moment(instant(found.at("createdAt"))),
    )


def _videos(ask: Ask, home: Home, kind: str) -> Steps[Videos]:
    """Page back through the videos until the window is covered; the first page counts them all."""
    posts: list[ProfilePost] = []
    total: Known[int] | Unknown = unread(Outcome.PARSE_FAILED, "no count of videos")
    url = f"{home.api}/api/v1/{kind}/{quote(home.name)}/videos?count={_LIMIT}&sort=-publishedAt"
    for part in range(PAGES):
        found = yield from answer(f"{url}&start={part * _LIMIT}")
        if isinstance(found, Failure):
            said = why(found)
            return (timeline(posts, ask, truncated=True), total) if posts else (said, said)
        if not isinstance(found.at("data"), list):
            return unread(Outcome.PARSE_FAILED, "no videos where they used to be"), total
        if part == 0:
            total = Proof(found.page, _RULE).count(found.at("total"), "videos")
        posts += _shown(found, home)
        more = len(found.listed("data")) >= _LIMIT
        oldest = posts[-1].published if posts else None
        if not more or (oldest is not None and oldest.at < ask.since):
            return timeline(posts, ask, truncated=more), total
    return timeline(posts, ask, truncated=True), total


def _shown(found: Answer, home: Home) -> Iterator[ProfilePost]:
    proof = Proof(found.page, _RULE)
    for video in found.listed("data"):
        made, title = instant(video.get("publishedAt")), text_of(video.get("name"), 300)
        key = text_of(video.get("shortUUID")) or text_of(video.get("uuid"))
        if made is None or not key:
            continue
        text = text_of(video.get("description")) or text_of(video.get("truncatedDescription"))
        yield ProfilePost(
            url=f"{home.api}/w/{quote(key)}",
            title=title,
            text=text,
            published=made,
            evidence=proof.of(f"{made.at:%Y-%m-%d} {title}"),
            format="video",
            language=tongue(at(video, "language", "id")),
            interactions=tuple(_interactions(video)),
        )


def _interactions(video: Json) -> Iterator[Interaction]:
    for reaction, key in (
        (Reaction.VIEWS, "views"),
        (Reaction.LIKES, "likes"),
        (Reaction.COMMENTS, "comments"),
    ):
        count = whole(video.get(key))
        if count is not None:
            yield Interaction(reaction=reaction, count=count)
