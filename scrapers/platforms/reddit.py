"""Reddit: threads by Atom feed; with a key counts, too (reddit.com/dev/api, recorded answers)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from audit.model.exchange import Failure, Key
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
from audit.model.value import Number, Unknown
from scrapers.parse.urls import links_in, split
from scrapers.parse.values import (
    Json,
    at,
    instant,
    loaded,
    object_of,
    own_site_of,
    text_of,
    time_of,
    whole,
)
from scrapers.platforms.kit.base import GONE, Answer, Ask, Confidence, Platform, Steps, answer
from scrapers.platforms.kit.blog import Fed, fed
from scrapers.platforms.kit.paging import Listing, onward, paged
from scrapers.platforms.kit.posts import interactions
from scrapers.platforms.kit.proof import Proof, absent, gone, needs, timeline, why

API = "https://oauth.reddit.com"
KEY = Key(
    variables=("REDDIT_CLIENT_ID", "REDDIT_CLIENT_SECRET"),
    host="oauth.reddit.com",
    headers=("Authorization: Bearer {token}",),
    grant="https://www.reddit.com/api/v1/access_token",
    adds="subscribers, scores, comments, and threads back to the start of the window",
)
_RULE = "platform.reddit"
_WALLS = (b"whoa there, pardner", b"network policy", b"network security", b"<title>blocked<")
_FEED_USUAL, _FEED_FULL = 25, 100
_LISTED = 10
"""Pages of a listing; Reddit ends every listing at 1,000 entries, whatever is older."""
_REACTIONS = ((Reaction.COMMENTS, "num_comments"), (Reaction.SHARES, "num_crossposts"))


@dataclass(frozen=True, slots=True)
class _Place:
    """A subreddit, or an account with what it submits; `r/u_NAME` is an account's own."""

    name: str
    user: bool

    @property
    def word(self) -> str:
        return "followers" if self.user else "subscribers"

    @property
    def path(self) -> str:
        return f"user/{self.name}" if self.user else f"r/{self.name}"

    @property
    def feed(self) -> str:
        listing = "submitted" if self.user else "new"
        return f"https://www.reddit.com/{self.path}/{listing}/.rss?limit={_FEED_FULL}"

    @property
    def listing(self) -> str:
        listing = "submitted?sort=new&" if self.user else "new?"
        return f"{API}/{self.path}/{listing}limit=100&raw_json=1"


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Read by key where there is one, else (or where it is refused) the public feed."""
    place = _place(ask)
    if not ask.has(KEY):
        return (yield from _by_feed(ask, place, needs(KEY, place.word)))
    found = yield from answer(f"{API}/{place.path}/about?raw_json=1", key=KEY)
    if isinstance(found, Answer):
        return (yield from _by_key(ask, place, found))
    state = _state(found)
    return state if state is not None else (yield from _by_feed(ask, place, why(found)))


def _place(ask: Ask) -> _Place:
    own = ask.handle.casefold().startswith("u_")
    return _Place(ask.handle[2:] if own else ask.handle, user=own or "/user/" in ask.url)


def _state(failure: Failure) -> Profile | Unknown | None:
    """What a refusal says of the place itself; None where it only refuses us."""
    said = text_of(at(loaded(failure.body), "reason")).casefold()
    if said == "private":
        return absent(failure, _RULE, Standing.PRIVATE, "only its members may read it")
    if said == "banned":
        return absent(failure, _RULE, Standing.SUSPENDED, "Reddit has banned it")
    if said in ("quarantined", "gated"):
        return unread(Outcome.HIDDEN, f"{said}: Reddit shows it to those who agreed to see it")
    if failure.reason in GONE or said == "user_doesnt_exist":
        return gone(failure, _RULE)
    if any(mark in failure.body.lower() for mark in _WALLS):
        return unread(Outcome.BLOCKED, f"Reddit blocks this network ({failure.detail})")
    return None


# ---- the public feed ----


def _by_feed(ask: Ask, place: _Place, audience: Unknown) -> Steps[Profile | Unknown]:
    found = yield from fed(place.feed, _RULE, "reddit.com")
    if isinstance(found, Failure):
        if "/subreddits/search" in split(found.url).path:
            return gone(found, _RULE, "Reddit leads to its search for subreddits")
        return _state(found) or why(found)
    return Profile(
        standing=Standing.LIVE,
        evidence=(found.said.evidence,),
        audience=audience,
        timeline=timeline(_fed(found, place), ask, truncated=_cut(len(found.posts))),
        community=not place.user,
    )


def _cut(entries: int) -> bool:
    """A feed may go on where it is full: 100 entries, or 25 where the limit was not heard."""
    return entries >= _FEED_FULL or entries == _FEED_USUAL


def _fed(found: Fed, place: _Place) -> Iterator[ProfilePost]:
    for each in found.posts:
        if not own_site_of(each.url, "reddit.com"):
            continue
        text = each.text.partition("submitted by")[0].strip()
        yield ProfilePost(
            url=each.url,
            title=each.title,
            text=text if place.user else "",
            published=each.published,
            evidence=each.evidence,
            format="text" if text else "link",
        )


# ---- the interface that needs a key ----


def _by_key(ask: Ask, place: _Place, found: Answer) -> Steps[Profile | Unknown]:
    said, kind = found.at("data"), found.text("kind")
    if kind == "Listing":
        return gone(found.page, _RULE, "Reddit answers with its search for subreddits")
    if kind != ("t2" if place.user else "t5"):
        return unread(Outcome.PARSE_FAILED, "no account or subreddit where it used to be")
    if at(said, "is_suspended") is True:
        return absent(found.page, _RULE, Standing.SUSPENDED, "Reddit has suspended the account")
    proof = Proof(found.page, _RULE)
    about = text_of(at(said, *(("subreddit",) if place.user else ()), "public_description"))
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{place.path}: {text_of(at(said, 'title'))}"),),
        account=text_of(at(said, "name")) if not place.user else f"t2_{text_of(at(said, 'id'))}",
        name=text_of(at(said, *(("subreddit",) if place.user else ()), "title")),
        about=about,
        audience=_audience(proof, said, place),
        figures=tuple(_online(proof, said)),
        timeline=(yield from _listed(ask, place)),
        links=links_in(about),
        created_at=time_of(at(said, "created_utc")),
        community=not place.user,
    )


def _audience(proof: Proof, said: object, place: _Place) -> Number:
    """Subscribers of a subreddit, followers of an account: Reddit counts most of these as 0."""
    if not place.user:
        return proof.count(at(said, "subscribers"), "subscribers")
    count = at(said, "subreddit", "subscribers")
    if count == 0:
        return unread(Outcome.NOT_SUPPORTED, "Reddit gives 0 where it does not show followers")
    return proof.count(count, "followers")


def _online(proof: Proof, said: object) -> Iterator[ProfileFigure]:
    for key in ("accounts_active", "active_user_count"):
        if whole(at(said, key)) is not None:
            yield proof.figure(Count.ONLINE, at(said, key))
            return


def _listed(ask: Ask, place: _Place) -> Steps[Timeline | Unknown]:
    """Page back through what was submitted, until the window is covered."""

    def after(found: Answer, number: int) -> str | None:
        end = None if number >= _LISTED else ""
        return onward(place.listing, "after", found.text("data", "after")) or end

    listing = Listing(
        first=place.listing,
        items=lambda found: _written(found, place),
        after=after,
        within=("data", "children"),
        what="threads",
        ask=partial(answer, key=KEY),
    )
    return paged(ask, listing)


def _written(found: Answer, place: _Place) -> Iterator[ProfilePost]:
    """Submissions (t3); comments (t1) stand under other people's and are no posts."""
    proof = Proof(found.page, _RULE)
    for each in found.listed("data", "children"):
        said, made = each.get("data"), instant(at(each, "data", "created_utc"))
        path, title = text_of(at(said, "permalink")), text_of(at(said, "title"))
        if each.get("kind") != "t3" or made is None or not path.startswith("/") or not title:
            continue
        yield ProfilePost(
            url=f"https://www.reddit.com{path.partition('?')[0]}",
            title=title,
            text=text_of(at(said, "selftext")) if place.user else "",
            published=made,
            evidence=proof.dated(made, title),
            format=_format(object_of(said)),
            interactions=_interactions(said),
        )


def _format(said: Json) -> str:
    hint = text_of(said.get("post_hint"))
    if said.get("poll_data"):
        return "poll"
    if said.get("is_video") is True or "video" in hint:
        return "video"
    if said.get("is_gallery") is True or hint == "image":
        return "image"
    return "text" if said.get("is_self") is True else "link"


def _interactions(said: object) -> tuple[Interaction, ...]:
    """The score is votes for less votes against; below 0, or hidden, it tells nothing."""
    hidden = at(said, "hide_score") is True
    return interactions(said, _REACTIONS if hidden else ((Reaction.LIKES, "score"), *_REACTIONS))


PLATFORM = Platform(
    name="reddit",
    read=read,
    public="titles and times of up to 100 threads or submissions, by the feed where it is let in",
    confidence=Confidence.REPORTED,
    audience="subscribers",
    keys=(KEY,),
    pace=5.0,
    community=True,
)
