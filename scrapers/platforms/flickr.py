"""Flickr: followers and number of photos by the page's data, the photos by feed or API.

Facts: the page's `modelExport` by public tools; the feed of 20 by
https://www.flickr.com/services/feeds/docs/photos_public/.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote, unquote

from audit.model.profile import (
    Count,
    Outcome,
    Profile,
    ProfileFigure,
    ProfilePost,
    Standing,
    Timeline,
    unread,
)
from audit.model.value import Number, Unknown
from audit.model.web import Dated, Failure, FeedPage, Page
from scrapers.parse.feeds import read_feed
from scrapers.parse.html import read_html
from scrapers.platforms._base import GONE, Ask, Confidence, Platform, Steps, feed, page
from scrapers.platforms._flickr_api import KEY, RULE, group, number_of, photos
from scrapers.platforms._proof import Proof, gone, needs, timeline, why
from scrapers.platforms._values import Json, at, instant, text_of

FEED = "https://www.flickr.com/services/feeds/photos_public.gne?format=atom&id="
FED = 20
_EXPORT = "modelExport:"
_DECODER = json.JSONDecoder(strict=False)
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
    line = yield from _posts(ask, number, _text(models.owner, "pathAlias") or ask.handle)
    shown = models.proof is not None or (isinstance(line, Timeline) and line.posts)
    return _profile(models, number, line) if shown else models.why or _NO_OWNER


def _models(found: Page | Failure) -> _Models:
    """The owner, the profile and the contacts in the data that the page carries for its scripts."""
    if isinstance(found, Failure):
        return _Models({}, {}, {}, why=why(found))
    main = at(_exported(found), "main")
    owner = _bare(at(_bare(at(main, "photostream-models", 0)), "owner"))
    owner = owner or _bare(at(main, "person-models", 0))
    return _Models(
        owner,
        _bare(at(main, "person-profile-models", 0)),
        _bare(at(main, "person-contacts-count-models", 0)),
        proof=Proof(found, RULE) if owner else None,
    )


def _exported(found: Page) -> object:
    for script in read_html(found).inline:
        start = script.find(_EXPORT)
        if start < 0:
            continue
        try:
            said, _ = _DECODER.raw_decode(script[start + len(_EXPORT) :].lstrip())
        except (ValueError, RecursionError):
            continue
        return said
    return None


def _bare(said: object) -> Json:
    """An object, out of the `data` that newer pages wrap it in."""
    inner = at(said, "data")
    found = inner if isinstance(inner, dict) else said
    return found if isinstance(found, dict) else {}


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
    return timeline(_fed(said, Proof(fed, RULE)), ask, truncated=len(said.items) >= FED)


def _fed(said: FeedPage, proof: Proof) -> Iterator[ProfilePost]:
    for each in said.items:
        yield ProfilePost(
            url=each.url,
            title=each.title,
            published=each.published,
            evidence=proof.of(each.title),
            format="image",
        )


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
        created_at=_at(instant(owner.get("dateCreated"))),
    )


def _at(dated: Dated | None) -> datetime | None:
    return dated.at if dated is not None else None


PLATFORM = Platform(
    name="flickr",
    read=read,
    keys=(KEY,),
    public="followers, number of photos, the newest 20 photos",
    confidence=Confidence.TOOLS,
)
