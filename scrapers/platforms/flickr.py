"""Flickr: followers and number of photos by the page's data, the photos by feed or API.

Facts: the page's `modelExport` by public tools; the feed of 20 by
https://www.flickr.com/services/feeds/docs/photos_public/; the API by
https://www.flickr.com/services/api/ (urls.lookupUser, people.getPublicPhotos, urls.lookupGroup,
groups.getInfo).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote, urlencode

from scrapers.parse.embedded import assigned
from scrapers.parse.feeds import read_feed
from scrapers.parse.html import read_html
from scrapers.parse.urls import links_in
from scrapers.platforms import kit

KEY = kit.Key(
    variables=("FLICKR_API_KEY",),
    host="api.flickr.com",
    query="api_key={FLICKR_API_KEY}",
    adds="all photos with views, favourites and comments; members of groups",
    opens=frozenset({kit.Opens.POSTS}),
)
API = "https://api.flickr.com/services/rest/"
FEED = "https://www.flickr.com/services/feeds/photos_public.gne?format=atom&id="
_RULE = "platform.flickr"
_FEED_FULL = 20
"""Photos that the feed holds at most."""
_PAGE_SIZE = 500
"""Photos that the API gives on one page at most."""
_EXTRAS = "date_upload,views,count_faves,count_comments,media"
"""What the API leaves out of a list of photos unless it is asked for."""
_REACTIONS = (
    (kit.Reaction.LIKES, "count_faves"),
    (kit.Reaction.COMMENTS, "count_comments"),
    (kit.Reaction.VIEWS, "views"),
)
_NO_OWNER = kit.unread(kit.Outcome.PARSE_FAILED, "no data of the owner in the page")


@dataclass(frozen=True, slots=True)
class _Models:
    """What the page's data says of its owner, in the objects that Flickr calls models.

    `proof` is None where no owner was read; `reason` then says why, if the page itself failed.
    """

    owner: kit.Json
    profile: kit.Json
    contacts: kit.Json
    proof: kit.Proof | None = None
    reason: kit.Unknown | None = None

    def count(self, model: kit.Json, key: str, word: str) -> kit.Number:
        """Return one count of a model, or why there is none; `word` says what is counted."""
        if self.proof is None:
            return self.reason or _NO_OWNER
        return self.proof.count(model.get(key), word)


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the page, then the photos; a group is read by the API alone."""
    if "/groups/" in ask.url:
        return (yield from _group(ask)) if ask.has(KEY) else kit.needs_key(KEY, "a group's members")
    page = yield from kit.ask_page(f"https://www.flickr.com/photos/{quote(ask.handle, safe='@')}/")
    if isinstance(page, kit.Failure) and page.reason in kit.GONE:
        return kit.not_found(page, _RULE)
    models = _models(page)
    # An address may hold the account's number (NSID) instead of its name: `/photos/1234567@N01/`.
    account = kit.text_of(models.owner.get("id")) or (ask.handle if "@N" in ask.handle else "")
    if not account and ask.has(KEY):
        answer = yield from _account_of(ask)
        if not isinstance(answer, str):
            return answer
        account = answer
    if not account:
        return models.reason or _NO_OWNER
    handle = kit.name_of(models.owner.get("pathAlias")) or ask.handle
    timeline = yield from _posts(ask, account, handle)
    # Where the page gave nothing, only a photo proves that there is such an account.
    has_posts = isinstance(timeline, kit.Timeline) and timeline.posts
    if models.proof is None and not has_posts:
        return models.reason or _NO_OWNER
    return _profile(models, account, timeline)


def _profile(models: _Models, account: str, timeline: kit.Timeline | kit.Unknown) -> kit.Profile:
    """Put the page's data and the photos together; either of them is evidence enough."""
    owner, alias = models.owner, _text(models.owner, "pathAlias")
    newest = timeline.posts[:1] if isinstance(timeline, kit.Timeline) else ()
    name = _text(owner, "username")
    stated = (models.proof.of(f"{alias or account}: {name}"),) if models.proof is not None else ()
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=stated or tuple(post.evidence for post in newest),
        account=account,
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
        timeline=timeline,
        created_at=kit.time_of(owner.get("dateCreated")),
    )


# ---- the page's data ----


def _models(page: kit.Page | kit.Failure) -> _Models:
    """Read owner, profile and contacts from the data that the page carries for its scripts."""
    if isinstance(page, kit.Failure):
        return _Models({}, {}, {}, reason=kit.reason_of(page))
    main = kit.field(assigned(read_html(page), "modelExport"), "main")
    # The owner lies within the stream of photos; where there is no stream, a person's model has it.
    owner = _unwrapped(kit.field(_unwrapped(kit.field(main, "photostream-models", 0)), "owner"))
    owner = owner or _unwrapped(kit.field(main, "person-models", 0))
    return _Models(
        owner,
        _unwrapped(kit.field(main, "person-profile-models", 0)),
        _unwrapped(kit.field(main, "person-contacts-count-models", 0)),
        proof=kit.Proof(page, _RULE) if owner else None,
    )


def _unwrapped(model: object) -> kit.Json:
    """Return a model as an object, taken out of the `data` that newer pages wrap it in."""
    inner = kit.field(model, "data")
    return kit.object_of(inner if isinstance(inner, dict) else model)


def _text(model: kit.Json, key: str) -> str:
    """Return a text of a model; the page writes them in percent signs: "Acme%20Pumps"."""
    return unquote(kit.text_of(model.get(key)))


# ---- the photos ----


def _posts(ask: kit.Ask, account: str, handle: str) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Read the photos of an account: all of the window with a key, the newest 20 without."""
    if ask.has(KEY):
        return (yield from _keyed_posts(ask, account, handle))
    page = yield from kit.ask_feed(FEED + quote(account, safe="@"))
    if isinstance(page, kit.Failure):
        return kit.reason_of(page)
    feed = read_feed(page)
    if feed is None:
        return kit.unread(kit.Outcome.PARSE_FAILED, "the feed of the photos is none")
    photos = kit.posts_of_feed(feed, kit.Proof(page, _RULE), "image")
    # The text of an entry is Flickr's frame around the picture ("Acme posted a photo:").
    posts = (replace(post, text="") for post in photos if kit.own_site_of(post.url, "flickr.com"))
    return kit.timeline_of(posts, ask, truncated=len(feed.items) >= _FEED_FULL)


def _keyed_posts(ask: kit.Ask, account: str, handle: str) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through the photos by the API, until the window is covered."""
    # The method wants a page's number, not an address: in this listing the number is the place.
    listing = kit.Listing(
        first="1",
        items=lambda answer: _posts_in(answer, handle),
        after=lambda answer, number: str(number + 1) if number < _page_count(answer) else "",
        within=("photos", "photo"),
        what="photos",
        ask=lambda place: _call(
            "people.getPublicPhotos",
            user_id=account,
            extras=_EXTRAS,
            per_page=_PAGE_SIZE,
            page=place,
        ),
    )
    return kit.read_posts(ask, listing)


def _page_count(answer: kit.JsonAnswer) -> int:
    """Return how many pages of photos there are; 0 where the answer does not say."""
    return kit.count_of(answer.field("photos", "pages")) or 0


def _posts_in(answer: kit.JsonAnswer, handle: str) -> Iterator[kit.ProfilePost]:
    """Give the photos and videos on one page of the list; one without a number is left out."""
    proof = kit.Proof(answer.page, _RULE)
    for photo in answer.items("photos", "photo"):
        number = kit.name_of(photo.get("id"))
        published = kit.dated_at(photo.get("dateupload"))
        if not number:
            continue
        title = kit.text_of(photo.get("title")) or f"photo {number}"
        yield kit.ProfilePost(
            url=f"https://www.flickr.com/photos/{handle}/{number}/",
            title=title,
            published=published,
            evidence=proof.dated(published, title),
            format="video" if photo.get("media") == "video" else "image",
            interactions=kit.interactions_of(photo, _REACTIONS),
        )


# ---- the API ----


def _account_of(ask: kit.Ask) -> kit.Steps[str | kit.Profile | kit.Unknown]:
    """Look up the number (NSID) behind an address of photos."""
    answer = yield from _call("urls.lookupUser", url=f"https://www.flickr.com/photos/{ask.handle}/")
    if isinstance(answer, kit.Failure):
        return _absent(answer, "user")
    return answer.text("user", "id") or kit.unread(
        kit.Outcome.PARSE_FAILED, "no number of this user"
    )


def _group(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read a group: its name, its members, the number of its photos; who wrote is not kept."""
    address = f"https://www.flickr.com/groups/{ask.handle}/"
    lookup = yield from _call("urls.lookupGroup", url=address)
    if isinstance(lookup, kit.Failure):
        return _absent(lookup, "group")
    account = lookup.text("group", "id")
    answer = yield from _call("groups.getInfo", group_id=account)
    if isinstance(answer, kit.Failure):
        return kit.reason_of(answer)
    # In JSON, Flickr puts what was the text of an XML element under `_content`.
    proof, name = kit.Proof(answer.page, _RULE), answer.text("group", "name", "_content")
    about = answer.text("group", "description", "_content")
    members = proof.count(answer.field("group", "members", "_content"), "members")
    photos = proof.count(answer.field("group", "pool_count", "_content"), "photos")
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"group {name}"),),
        account=account,
        name=name,
        about=about,
        audience=members,
        figures=(
            kit.ProfileFigure(count=kit.Count.MEMBERS, value=members),
            kit.ProfileFigure(count=kit.Count.PHOTOS, value=photos),
        ),
        links=links_in(about),
        community=True,
    )


def _absent(failure: kit.Failure, kind: str) -> kit.Profile | kit.Unknown:
    """Return a missing profile where a lookup knows no such user or group, else its reason."""
    if f"{kind.capitalize()} not found".encode() in failure.body:
        return kit.not_found(failure, _RULE, f"the platform knows no such {kind}")
    return kit.reason_of(failure)


def _call(method: str, **values: str | int) -> kit.Steps[kit.JsonAnswer | kit.Failure]:
    """Call a method of the API; what the interface refuses is a failure with its words."""
    query = {"method": f"flickr.{method}", "format": "json", "nojsoncallback": 1, **values}
    answer = yield from kit.ask_json(f"{API}?{urlencode(query)}", key=KEY)
    # A refusal comes with status 200 and says `"stat": "fail"`.
    if isinstance(answer, kit.Failure) or answer.text("stat") == "ok":
        return answer
    return kit.bad_content(answer.page, answer.text("message") or "not what this interface answers")


PLATFORM = kit.Platform(
    name="flickr",
    read=read,
    keys=(KEY,),
    public="followers, number of photos, the newest 20 photos",
    confidence=kit.Confidence.TOOLS,
)
