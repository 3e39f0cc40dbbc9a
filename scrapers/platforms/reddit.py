"""Reddit: threads by Atom feed; with a key counts, too (reddit.com/dev/api, recorded answers)."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from scrapers.parse.urls import links_in, split
from scrapers.platforms import kit

API = "https://oauth.reddit.com"
KEY = kit.Key(
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
_REACTIONS = ((kit.Reaction.COMMENTS, "num_comments"), (kit.Reaction.SHARES, "num_crossposts"))


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


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read by key where there is one, else (or where it is refused) the public feed."""
    place = _place(ask)
    if not ask.has(KEY):
        return (yield from _by_feed(ask, place, kit.needs_key(KEY, place.word)))
    found = yield from kit.ask_json(f"{API}/{place.path}/about?raw_json=1", key=KEY)
    if isinstance(found, kit.JsonAnswer):
        return (yield from _by_key(ask, place, found))
    state = _state(found)
    return state if state is not None else (yield from _by_feed(ask, place, kit.reason_of(found)))


def _place(ask: kit.Ask) -> _Place:
    own = ask.handle.casefold().startswith("u_")
    return _Place(ask.handle[2:] if own else ask.handle, user=own or "/user/" in ask.url)


def _state(failure: kit.Failure) -> kit.Profile | kit.Unknown | None:
    """What a refusal says of the place itself; None where it only refuses us."""
    said = kit.text_of(kit.field(kit.json_of(failure.body), "reason")).casefold()
    if said == "private":
        return kit.absent(failure, _RULE, kit.Standing.PRIVATE, "only its members may read it")
    if said == "banned":
        return kit.absent(failure, _RULE, kit.Standing.SUSPENDED, "Reddit has banned it")
    if said in ("quarantined", "gated"):
        return kit.unread(
            kit.Outcome.HIDDEN, f"{said}: Reddit shows it to those who agreed to see it"
        )
    if failure.reason in kit.GONE or said == "user_doesnt_exist":
        return kit.not_found(failure, _RULE)
    if any(mark in failure.body.lower() for mark in _WALLS):
        return kit.unread(kit.Outcome.BLOCKED, f"Reddit blocks this network ({failure.detail})")
    return None


# ---- the public feed ----


def _by_feed(
    ask: kit.Ask, place: _Place, audience: kit.Unknown
) -> kit.Steps[kit.Profile | kit.Unknown]:
    found = yield from kit.read_blog_feed(place.feed, _RULE, "reddit.com")
    if isinstance(found, kit.Failure):
        if "/subreddits/search" in split(found.url).path:
            return kit.not_found(found, _RULE, "Reddit leads to its search for subreddits")
        return _state(found) or kit.reason_of(found)
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(found.said.evidence,),
        audience=audience,
        timeline=kit.timeline_of(_fed(found, place), ask, truncated=_cut(len(found.posts))),
        community=not place.user,
    )


def _cut(entries: int) -> bool:
    """A feed may go on where it is full: 100 entries, or 25 where the limit was not heard."""
    return entries >= _FEED_FULL or entries == _FEED_USUAL


def _fed(found: kit.BlogFeed, place: _Place) -> Iterator[kit.ProfilePost]:
    for each in found.posts:
        if not kit.own_site_of(each.url, "reddit.com"):
            continue
        text = each.text.partition("submitted by")[0].strip()
        yield kit.ProfilePost(
            url=each.url,
            title=each.title,
            text=text if place.user else "",
            published=each.published,
            evidence=each.evidence,
            format="text" if text else "link",
        )


# ---- the interface that needs a key ----


def _by_key(
    ask: kit.Ask, place: _Place, found: kit.JsonAnswer
) -> kit.Steps[kit.Profile | kit.Unknown]:
    said, kind = found.field("data"), found.text("kind")
    if kind == "Listing":
        return kit.not_found(found.page, _RULE, "Reddit answers with its search for subreddits")
    if kind != ("t2" if place.user else "t5"):
        return kit.unread(kit.Outcome.PARSE_FAILED, "no account or subreddit where it used to be")
    if kit.field(said, "is_suspended") is True:
        return kit.absent(
            found.page, _RULE, kit.Standing.SUSPENDED, "Reddit has suspended the account"
        )
    proof = kit.Proof(found.page, _RULE)
    about = kit.text_of(
        kit.field(said, *(("subreddit",) if place.user else ()), "public_description")
    )
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{place.path}: {kit.text_of(kit.field(said, 'title'))}"),),
        account=kit.text_of(kit.field(said, "name"))
        if not place.user
        else f"t2_{kit.text_of(kit.field(said, 'id'))}",
        name=kit.text_of(kit.field(said, *(("subreddit",) if place.user else ()), "title")),
        about=about,
        audience=_audience(proof, said, place),
        figures=tuple(_online(proof, said)),
        timeline=(yield from _listed(ask, place)),
        links=links_in(about),
        created_at=kit.time_of(kit.field(said, "created_utc")),
        community=not place.user,
    )


def _audience(proof: kit.Proof, said: object, place: _Place) -> kit.Number:
    """Subscribers of a subreddit, followers of an account: Reddit counts most of these as 0."""
    if not place.user:
        return proof.count(kit.field(said, "subscribers"), "subscribers")
    count = kit.field(said, "subreddit", "subscribers")
    if count == 0:
        return kit.unread(
            kit.Outcome.NOT_SUPPORTED, "Reddit gives 0 where it does not show followers"
        )
    return proof.count(count, "followers")


def _online(proof: kit.Proof, said: object) -> Iterator[kit.ProfileFigure]:
    for key in ("accounts_active", "active_user_count"):
        if kit.count_of(kit.field(said, key)) is not None:
            yield proof.figure(kit.Count.ONLINE, kit.field(said, key))
            return


def _listed(ask: kit.Ask, place: _Place) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through what was submitted, until the window is covered."""

    def after(found: kit.JsonAnswer, number: int) -> str | None:
        end = None if number >= _LISTED else ""
        return kit.at_cursor(place.listing, "after", found.text("data", "after")) or end

    listing = kit.Listing(
        first=place.listing,
        items=lambda found: _written(found, place),
        after=after,
        within=("data", "children"),
        what="threads",
        ask=partial(kit.ask_json, key=KEY),
    )
    return kit.read_posts(ask, listing)


def _written(found: kit.JsonAnswer, place: _Place) -> Iterator[kit.ProfilePost]:
    """Submissions (t3); comments (t1) stand under other people's and are no posts."""
    proof = kit.Proof(found.page, _RULE)
    for each in found.items("data", "children"):
        said, made = each.get("data"), kit.dated_at(kit.field(each, "data", "created_utc"))
        path, title = (
            kit.text_of(kit.field(said, "permalink")),
            kit.text_of(kit.field(said, "title")),
        )
        if each.get("kind") != "t3" or made is None or not path.startswith("/") or not title:
            continue
        yield kit.ProfilePost(
            url=f"https://www.reddit.com{path.partition('?')[0]}",
            title=title,
            text=kit.text_of(kit.field(said, "selftext")) if place.user else "",
            published=made,
            evidence=proof.dated(made, title),
            format=_format(kit.object_of(said)),
            interactions=_interactions(said),
        )


def _format(said: kit.Json) -> str:
    hint = kit.text_of(said.get("post_hint"))
    if said.get("poll_data"):
        return "poll"
    if said.get("is_video") is True or "video" in hint:
        return "video"
    if said.get("is_gallery") is True or hint == "image":
        return "image"
    return "text" if said.get("is_self") is True else "link"


def _interactions(said: object) -> tuple[kit.Interaction, ...]:
    """The score is votes for less votes against; below 0, or hidden, it tells nothing."""
    hidden = kit.field(said, "hide_score") is True
    return kit.interactions_of(
        said, _REACTIONS if hidden else ((kit.Reaction.LIKES, "score"), *_REACTIONS)
    )


PLATFORM = kit.Platform(
    name="reddit",
    read=read,
    public="titles and times of up to 100 threads or submissions, by the feed where it is let in",
    confidence=kit.Confidence.REPORTED,
    audience="subscribers",
    keys=(KEY,),
    pace=5.0,
    community=True,
)
