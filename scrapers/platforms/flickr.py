"""Flickr: followers and number of photos by the page's data, the photos by feed or API.

Facts: the page's `modelExport` by public tools; the feed of 20 by
https://www.flickr.com/services/feeds/docs/photos_public/.
"""

from dataclasses import dataclass, replace
from urllib.parse import quote, unquote

from audit.model.exchange import Failure, Page
from audit.model.profile import (
    Count,
    Outcome,
    Profile,
    ProfileFigure,
    Standing,
    Timeline,
    unread,
)
from audit.model.value import Number, Unknown
from scrapers.parse.embedded import assigned
from scrapers.parse.feeds import read_feed
from scrapers.parse.html import read_html
from scrapers.parse.values import Json, at, name_of, object_of, own_site_of, text_of, time_of
from scrapers.platforms._flickr_api import KEY, RULE, group, number_of, photos
from scrapers.platforms.kit.base import GONE, Ask, Confidence, Platform, Steps, feed, page
from scrapers.platforms.kit.posts import fed_posts
from scrapers.platforms.kit.proof import Proof, gone, needs, timeline, why

FEED = "https://www.flickr.com/services/feeds/photos_public.gne?format=atom&id="
FED = 20
_NO_OWNER = unread(Outcome.PARSE_FAILED, "no data of the owner in the page")


@dataclass(frozen=True, slots=True)
class _Models:
    """What the page's data says of its owner; `why` where it could not be read."""

    owner: Json
    profile: Json
    contacts: Json
    proof: Proof | None = None
    why: Unknown | None = None

    def count(self, said: Json, key: str, word: str) -> Number:
        """One count of the page, or why there is none."""
        if self.proof is None:
            return self.why or _NO_OWNER
        return self.proof.count(said.get(key), word)


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Read the page, then the photos."""
    if "/groups/" in ask.url:
        return (yield from group(ask)) if ask.has(KEY) else needs(KEY, "a group's members")
    found = yield from page(f"https://www.flickr.com/photos/{quote(ask.handle, safe='@')}/")
    if isinstance(found, Failure) and found.reason in GONE:
        return gone(found, RULE)
    models = _models(found)
    number = text_of(models.owner.get("id")) or (ask.handle if "@N" in ask.handle else "")
    if not number and ask.has(KEY):
        known = yield from number_of(ask)
        if not isinstance(known, str):
            return known
        number = known
    if not number:
        return models.why or _NO_OWNER
    line = yield from _posts(ask, number, name_of(models.owner.get("pathAlias")) or ask.handle)
    shown = models.proof is not None or (isinstance(line, Timeline) and line.posts)
    return _profile(models, number, line) if shown else models.why or _NO_OWNER


def _models(found: Page | Failure) -> _Models:
    """The owner, the profile and the contacts in the data that the page carries for its scripts."""
    if isinstance(found, Failure):
        return _Models({}, {}, {}, why=why(found))
    main = at(assigned(read_html(found), "modelExport"), "main")
    owner = _bare(at(_bare(at(main, "photostream-models", 0)), "owner"))
    owner = owner or _bare(at(main, "person-models", 0))
    return _Models(
        owner,
        _bare(at(main, "person-profile-models", 0)),
        _bare(at(main, "person-contacts-count-models", 0)),
        proof=Proof(found, RULE) if owner else None,
    )


def _bare(said: object) -> Json:
    """An object, out of the `data` that newer pages wrap it in."""
    inner = at(said, "data")
    return object_of(inner if isinstance(inner, dict) else said)


def _text(said: Json, key: str) -> str:
    return unquote(text_of(said.get(key)))


def _posts(ask: Ask, number: str, handle: str) -> Steps[Timeline | Unknown]:
    """The photos: all of the window with a key, the newest 20 without."""
    if ask.has(KEY):
        return (yield from photos(ask, number, handle))
    fed = yield from feed(FEED + quote(number, safe="@"))
    if isinstance(fed, Failure):
        return why(fed)
    said = read_feed(fed)
    if said is None:
        return unread(Outcome.PARSE_FAILED, "the feed of the photos is none")
    shown = fed_posts(said, Proof(fed, RULE), "image")
    posts = (replace(post, text="") for post in shown if own_site_of(post.url, "flickr.com"))
    return timeline(posts, ask, truncated=len(said.items) >= FED)


def _profile(models: _Models, number: str, line: Timeline | Unknown) -> Profile:
    owner, alias = models.owner, _text(models.owner, "pathAlias")
    seen = line.posts[:1] if isinstance(line, Timeline) else ()
    name = _text(owner, "username")
    proofs = (models.proof.of(f"{alias or number}: {name}"),) if models.proof is not None else ()
    return Profile(
        standing=Standing.LIVE,
        evidence=proofs or tuple(post.evidence for post in seen),
        account=number,
        name=name,
        audience=models.count(models.contacts, "followerCount", "followers"),
        figures=(
            ProfileFigure(
                count=Count.FOLLOWING,
                value=models.count(models.contacts, "followingCount", "following"),
            ),
            ProfileFigure(
                count=Count.PHOTOS, value=models.count(models.profile, "photoCount", "photos")
            ),
        ),
        timeline=line,
        created_at=time_of(owner.get("dateCreated")),
    )


PLATFORM = Platform(
    name="flickr",
    read=read,
    keys=(KEY,),
    public="followers, number of photos, the newest 20 photos",
    confidence=Confidence.TOOLS,
)
