"""Flickr: followers and number of photos by the page's data, the photos by feed or API.

Facts: the page's `modelExport` by public tools; the feed of 20 by
https://www.flickr.com/services/feeds/docs/photos_public/.
"""

from dataclasses import dataclass, replace
from urllib.parse import quote, unquote

from scrapers.parse.embedded import assigned
from scrapers.parse.feeds import read_feed
from scrapers.parse.html import read_html
from scrapers.platforms import kit
from scrapers.platforms._flickr_api import KEY, RULE, group, number_of, photos

FEED = "https://www.flickr.com/services/feeds/photos_public.gne?format=atom&id="
FED = 20
_NO_OWNER = kit.unread(kit.Outcome.PARSE_FAILED, "no data of the owner in the page")


@dataclass(frozen=True, slots=True)
class _Models:
    """What the page's data says of its owner; `why` where it could not be read."""

    owner: kit.Json
    profile: kit.Json
    contacts: kit.Json
    proof: kit.Proof | None = None
    why: kit.Unknown | None = None

    def count(self, said: kit.Json, key: str, word: str) -> kit.Number:
        """One count of the page, or why there is none."""
        if self.proof is None:
            return self.why or _NO_OWNER
        return self.proof.count(said.get(key), word)


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the page, then the photos."""
    if "/groups/" in ask.url:
        return (yield from group(ask)) if ask.has(KEY) else kit.needs_key(KEY, "a group's members")
    found = yield from kit.ask_page(f"https://www.flickr.com/photos/{quote(ask.handle, safe='@')}/")
    if isinstance(found, kit.Failure) and found.reason in kit.GONE:
        return kit.not_found(found, RULE)
    models = _models(found)
    number = kit.text_of(models.owner.get("id")) or (ask.handle if "@N" in ask.handle else "")
    if not number and ask.has(KEY):
        known = yield from number_of(ask)
        if not isinstance(known, str):
            return known
        number = known
    if not number:
        return models.why or _NO_OWNER
    line = yield from _posts(ask, number, kit.name_of(models.owner.get("pathAlias")) or ask.handle)
    shown = models.proof is not None or (isinstance(line, kit.Timeline) and line.posts)
    return _profile(models, number, line) if shown else models.why or _NO_OWNER


def _models(found: kit.Page | kit.Failure) -> _Models:
    """The owner, the profile and the contacts in the data that the page carries for its scripts."""
    if isinstance(found, kit.Failure):
        return _Models({}, {}, {}, why=kit.reason_of(found))
    main = kit.field(assigned(read_html(found), "modelExport"), "main")
    owner = _bare(kit.field(_bare(kit.field(main, "photostream-models", 0)), "owner"))
    owner = owner or _bare(kit.field(main, "person-models", 0))
    return _Models(
        owner,
        _bare(kit.field(main, "person-profile-models", 0)),
        _bare(kit.field(main, "person-contacts-count-models", 0)),
        proof=kit.Proof(found, RULE) if owner else None,
    )


def _bare(said: object) -> kit.Json:
    """An object, out of the `data` that newer pages wrap it in."""
    inner = kit.field(said, "data")
    return kit.object_of(inner if isinstance(inner, dict) else said)


def _text(said: kit.Json, key: str) -> str:
    return unquote(kit.text_of(said.get(key)))


def _posts(ask: kit.Ask, number: str, handle: str) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """The photos: all of the window with a key, the newest 20 without."""
    if ask.has(KEY):
        return (yield from photos(ask, number, handle))
    fed = yield from kit.ask_feed(FEED + quote(number, safe="@"))
    if isinstance(fed, kit.Failure):
        return kit.reason_of(fed)
    said = read_feed(fed)
    if said is None:
        return kit.unread(kit.Outcome.PARSE_FAILED, "the feed of the photos is none")
    shown = kit.posts_of_feed(said, kit.Proof(fed, RULE), "image")
    posts = (replace(post, text="") for post in shown if kit.own_site_of(post.url, "flickr.com"))
    return kit.timeline_of(posts, ask, truncated=len(said.items) >= FED)


def _profile(models: _Models, number: str, line: kit.Timeline | kit.Unknown) -> kit.Profile:
    owner, alias = models.owner, _text(models.owner, "pathAlias")
    seen = line.posts[:1] if isinstance(line, kit.Timeline) else ()
    name = _text(owner, "username")
    proofs = (models.proof.of(f"{alias or number}: {name}"),) if models.proof is not None else ()
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=proofs or tuple(post.evidence for post in seen),
        account=number,
        name=name,
        audience=models.count(models.contacts, "followerCount", "followers"),
        figures=(
            kit.ProfileFigure(
                count=kit.Count.FOLLOWING,
                value=models.count(models.contacts, "followingCount", "following"),
            ),
            kit.ProfileFigure(
                count=kit.Count.PHOTOS, value=models.count(models.profile, "photoCount", "photos")
            ),
        ),
        timeline=line,
        created_at=kit.time_of(owner.get("dateCreated")),
    )


PLATFORM = kit.Platform(
    name="flickr",
    read=read,
    keys=(KEY,),
    public="followers, number of photos, the newest 20 photos",
    confidence=kit.Confidence.TOOLS,
)
