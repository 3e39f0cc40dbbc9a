"""PeerTube: an account or a channel, and its videos (docs.joinpeertube.org/api-rest-reference)."""

from collections.abc import Iterator
from urllib.parse import quote

from scrapers.parse.urls import links_in
from scrapers.platforms import kit
from scrapers.platforms.fediverse.home import Home

ACCOUNT, CHANNEL = "accounts", "video-channels"
_RULE = "platform.peertube"
_SHORT = {ACCOUNT: "a", CHANNEL: "c"}
_LIMIT = 100
Videos = tuple[kit.Timeline | kit.Unknown, kit.Known[int] | kit.Unknown]
_REACTIONS = (
    (kit.Reaction.VIEWS, "views"),
    (kit.Reaction.LIKES, "likes"),
    (kit.Reaction.COMMENTS, "comments"),
)


def read_peertube(ask: kit.Ask, home: Home) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read an account or a channel; where the address does not tell which, one after the other."""
    named = [kind for kind in (ACCOUNT, CHANNEL) if f"/{kind}/" in home.actor]
    kind, *others = named or [ACCOUNT, CHANNEL]
    found = yield from _asked(home, kind)
    if others and isinstance(found, kit.Failure) and found.reason in kit.GONE:
        kind = others[0]
        found = yield from _asked(home, kind)
    if isinstance(found, kit.Failure):
        return kit.refused_by(found, _RULE)
    return (yield from _profile(ask, home, found, kind))


def _asked(home: Home, kind: str) -> kit.Steps[kit.JsonAnswer | kit.Failure]:
    return (yield from kit.ask_json(f"{home.api}/api/v1/{kind}/{quote(home.name)}"))


def _profile(
    ask: kit.Ask, home: Home, found: kit.JsonAnswer, kind: str
) -> kit.Steps[kit.Profile | kit.Unknown]:
    proof, name = kit.Proof(found.page, _RULE), found.text("name")
    if not name:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no account where it used to be")
    line, videos = yield from _videos(ask, home, kind)
    about, support = found.text("description"), found.text("support")
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{name}@{home.host}: {found.text('displayName')}"),),
        url=f"{home.api}/{_SHORT[kind]}/{quote(name)}",
        handle=name,
        account=found.text("url"),
        name=found.text("displayName") or name,
        about=about,
        audience=proof.count(found.field("followersCount"), "followers"),
        figures=(
            proof.figure(kit.Count.FOLLOWING, found.field("followingCount")),
            kit.ProfileFigure(count=kit.Count.VIDEOS, value=videos),
        ),
        timeline=line,
        links=kit.distinct(links_in(about), links_in(support)),
        created_at=kit.time_of(found.field("createdAt")),
    )


def _videos(ask: kit.Ask, home: Home, kind: str) -> kit.Steps[Videos]:
    """Page back through the videos until the window is covered; the first page counts them all."""
    url = f"{home.api}/api/v1/{kind}/{quote(home.name)}/videos?count={_LIMIT}&sort=-publishedAt"
    first = yield from kit.ask_json(f"{url}&start=0")
    if isinstance(first, kit.Failure):
        said = kit.reason_of(first)
        return said, said
    listing = kit.Listing(
        first=first,
        items=lambda found: _shown(found, home),
        after=lambda found, part: (
            f"{url}&start={part * _LIMIT}" if len(found.items("data")) >= _LIMIT else ""
        ),
        within=("data",),
        what="videos",
    )
    total = kit.Proof(first.page, _RULE).count(first.field("total"), "videos")
    return (yield from kit.read_posts(ask, listing)), total


def _shown(found: kit.JsonAnswer, home: Home) -> Iterator[kit.ProfilePost]:
    proof = kit.Proof(found.page, _RULE)
    for video in found.items("data"):
        made, title = kit.dated_at(video.get("publishedAt")), kit.text_of(video.get("name"), 300)
        key = kit.text_of(video.get("shortUUID")) or kit.text_of(video.get("uuid"))
        if made is None or not key:
            continue
        text = kit.text_of(video.get("description")) or kit.text_of(
            video.get("truncatedDescription")
        )
        yield kit.ProfilePost(
            url=f"{home.api}/w/{quote(key)}",
            title=title,
            text=text,
            published=made,
            evidence=proof.dated(made, title),
            format="video",
            language=kit.language_of(kit.field(video, "language", "id")),
            interactions=kit.interactions_of(video, _REACTIONS),
        )
