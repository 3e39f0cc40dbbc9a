"""PeerTube: an account or a channel, and its videos (docs.joinpeertube.org/api-rest-reference)."""

from collections.abc import Iterator
from urllib.parse import quote

from scrapers.parse.urls import authority_of, links_in, segments
from scrapers.platforms import kit
from scrapers.platforms.fediverse.home import Home

_RULE = "platform.peertube"
_PARTS = {
    "description": kit.ProfilePart.BIOGRAPHY,
    "avatars": kit.ProfilePart.PICTURE,
    "banners": kit.ProfilePart.COVER,
}
_ACCOUNT, _CHANNEL = "accounts", "video-channels"
_SHORT = {_ACCOUNT: "a", _CHANNEL: "c"}
"""The short addresses of their pages: /a/NAME and /c/NAME."""

_KINDS = {short: kind for kind, short in _SHORT.items()}
_LIMIT = 100
_REACTIONS = (
    (kit.Reaction.VIEWS, "views"),
    (kit.Reaction.LIKES, "likes"),
    (kit.Reaction.COMMENTS, "comments"),
)
Videos = tuple[kit.Timeline | kit.Unknown, kit.Known[int] | kit.Unknown]
"""The videos that were read, and how many there are in all."""


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the account or channel of an address on a well-known server, which tells them apart."""
    host, kind = authority_of(ask.url), _KINDS.get(next(iter(segments(ask.url)), ""))
    actor = f"https://{host}/{kind}/{ask.handle}" if kind else ""
    return (yield from read_peertube(ask, Home(host=host, name=ask.handle, actor=actor)))


def read_peertube(ask: kit.Ask, home: Home) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read an account or a channel; where the address does not tell which, one after the other.

    The address for programs does: `https://tube.example/video-channels/acme`. `/@acme` does not.
    """
    stated = [kind for kind in (_ACCOUNT, _CHANNEL) if f"/{kind}/" in home.actor]
    kind, *others = stated or [_ACCOUNT, _CHANNEL]
    answer = yield from _look_up(home, kind)
    if others and isinstance(answer, kit.Failure) and answer.reason in kit.GONE:
        kind = others[0]
        answer = yield from _look_up(home, kind)
    if isinstance(answer, kit.Failure):
        return kit.refused_by(answer, _RULE)
    return (yield from _profile(ask, home, answer, kind))


def _look_up(home: Home, kind: str) -> kit.Steps[kit.JsonAnswer | kit.Failure]:
    """Ask for the account or the channel of this name."""
    return (yield from kit.ask_json(f"{home.api}/api/v1/{kind}/{quote(home.name)}"))


def _profile(
    ask: kit.Ask, home: Home, answer: kit.JsonAnswer, kind: str
) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Return the profile with its videos."""
    proof, name = kit.Proof(answer.page, _RULE), answer.text("name")
    if not name:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no account where it used to be")
    line, videos = yield from _videos(ask, home, kind)
    about, support = answer.text("description"), answer.text("support")
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{name}@{home.host}: {answer.text('displayName')}"),),
        url=f"{home.api}/{_SHORT[kind]}/{quote(name)}",
        handle=name,
        account=answer.text("url"),
        name=answer.text("displayName") or name,
        about=about,
        audience=proof.count(answer.field("followersCount"), "followers"),
        figures=(
            proof.figure(kit.Count.FOLLOWING, answer.field("followingCount")),
            kit.ProfileFigure(count=kit.Count.VIDEOS, value=videos),
        ),
        timeline=line,
        links=kit.distinct(links_in(about), links_in(support)),
        created_at=kit.time_of(answer.field("createdAt")),
        picture=bool(answer.items("avatars")),
        cover=bool(answer.items("banners")),
        shows=kit.parts_in(answer.payload, _PARTS),
    )


def _videos(ask: kit.Ask, home: Home, kind: str) -> kit.Steps[Videos]:
    """Page back through the videos until the window is covered; the first page counts them all."""
    url = f"{home.api}/api/v1/{kind}/{quote(home.name)}/videos?count={_LIMIT}&sort=-publishedAt"
    first = yield from kit.ask_json(f"{url}&start=0")
    if isinstance(first, kit.Failure):
        reason = kit.reason_of(first)
        return reason, reason
    listing = kit.Listing(
        first=first,
        items=lambda answer: _published(answer, home),
        after=lambda answer, number: (
            f"{url}&start={number * _LIMIT}" if len(answer.items("data")) >= _LIMIT else ""
        ),
        within=("data",),
        what="videos",
    )
    total = kit.Proof(first.page, _RULE).count(first.field("total"), "videos")
    return (yield from kit.read_posts(ask, listing)), total


def _published(answer: kit.JsonAnswer, home: Home) -> Iterator[kit.ProfilePost]:
    """Give the videos of a page; those without a time or an id are left out."""
    proof = kit.Proof(answer.page, _RULE)
    for video in answer.items("data"):
        published, title = (
            kit.dated_at(video.get("publishedAt")),
            kit.text_of(video.get("name"), 300),
        )
        key = kit.text_of(video.get("shortUUID")) or kit.text_of(video.get("uuid"))
        if published is None or not key:
            continue
        description = kit.text_of(video.get("description"))
        yield kit.ProfilePost(
            url=f"{home.api}/w/{quote(key)}",
            title=title,
            # Lists may hold the beginning of the description only.
            text=description or kit.text_of(video.get("truncatedDescription")),
            published=published,
            evidence=proof.dated(published, title),
            format="video",
            language=kit.language_of(kit.field(video, "language", "id")),
            interactions=kit.interactions_of(video, _REACTIONS),
        )


PLATFORM = kit.Platform(
    name="peertube",
    read=read,
    public="followers, videos back to the start of the window, views, likes, comments",
    confidence=kit.Confidence.RECORDED,
)
