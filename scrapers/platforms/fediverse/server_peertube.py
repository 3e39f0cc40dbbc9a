"""PeerTube: an account or a channel, and its videos (docs.joinpeertube.org/api-rest-reference)."""

from collections.abc import Iterator
from urllib.parse import quote

from audit.model.exchange import Failure
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
from audit.model.value import Known, Unknown
from scrapers.parse.urls import links_in
from scrapers.parse.values import at, instant, language_of, once, text_of, time_of
from scrapers.platforms.fediverse.home import Home
from scrapers.platforms.kit.base import GONE, Answer, Ask, Steps, answer
from scrapers.platforms.kit.paging import Listing, paged
from scrapers.platforms.kit.posts import interactions
from scrapers.platforms.kit.proof import Proof, refused, why

ACCOUNT, CHANNEL = "accounts", "video-channels"
_RULE = "platform.peertube"
_SHORT = {ACCOUNT: "a", CHANNEL: "c"}
_LIMIT = 100
Videos = tuple[Timeline | Unknown, Known[int] | Unknown]
_REACTIONS = (
    (Reaction.VIEWS, "views"),
    (Reaction.LIKES, "likes"),
    (Reaction.COMMENTS, "comments"),
)


def read_peertube(ask: Ask, home: Home) -> Steps[Profile | Unknown]:
    """Read an account or a channel; where the address does not tell which, one after the other."""
    named = [kind for kind in (ACCOUNT, CHANNEL) if f"/{kind}/" in home.actor]
    kind, *others = named or [ACCOUNT, CHANNEL]
    found = yield from _asked(home, kind)
    if others and isinstance(found, Failure) and found.reason in GONE:
        kind = others[0]
        found = yield from _asked(home, kind)
    if isinstance(found, Failure):
        return refused(found, _RULE)
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
            proof.figure(Count.FOLLOWING, found.at("followingCount")),
            ProfileFigure(count=Count.VIDEOS, value=videos),
        ),
        timeline=line,
        links=once(links_in(about), links_in(support)),
        created_at=time_of(found.at("createdAt")),
    )


def _videos(ask: Ask, home: Home, kind: str) -> Steps[Videos]:
    """Page back through the videos until the window is covered; the first page counts them all."""
    url = f"{home.api}/api/v1/{kind}/{quote(home.name)}/videos?count={_LIMIT}&sort=-publishedAt"
    first = yield from answer(f"{url}&start=0")
    if isinstance(first, Failure):
        said = why(first)
        return said, said
    listing = Listing(
        first=first,
        items=lambda found: _shown(found, home),
        after=lambda found, part: (
            f"{url}&start={part * _LIMIT}" if len(found.listed("data")) >= _LIMIT else ""
        ),
        within=("data",),
        what="videos",
    )
    total = Proof(first.page, _RULE).count(first.at("total"), "videos")
    return (yield from paged(ask, listing)), total


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
            evidence=proof.dated(made, title),
            format="video",
            language=language_of(at(video, "language", "id")),
            interactions=interactions(video, _REACTIONS),
        )
