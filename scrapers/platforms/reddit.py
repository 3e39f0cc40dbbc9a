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
    adds="subscribers, scores, comments, and threads back to the start of the period",
    opens=frozenset(kit.Opens),
)
_RULE = "platform.reddit"
_WALLS = (b"whoa there, pardner", b"network policy", b"network security", b"<title>blocked<")
"""Words of the pages that Reddit gives to addresses that it keeps out."""
_FEED_FULL, _FEED_USUAL = 100, 25
"""Entries of a feed at most, and where the wish for so many was not heard."""
_MOST_PAGES = 10
"""Pages of a listing; Reddit ends every listing at 1,000 entries, whatever is older."""
_REACTIONS = ((kit.Reaction.COMMENTS, "num_comments"), (kit.Reaction.SHARES, "num_crossposts"))


@dataclass(frozen=True, slots=True)
class _Venue:
    """Where on Reddit something is submitted: a subreddit, or an account with its submissions."""

    name: str
    is_account: bool

    @property
    def audience(self) -> str:
        """The word for those who follow."""
        return "followers" if self.is_account else "subscribers"

    @property
    def path(self) -> str:
        """The path in addresses, without a slash at its ends."""
        return f"user/{self.name}" if self.is_account else f"r/{self.name}"

    @property
    def feed(self) -> str:
        """The address of the public feed of the newest submissions."""
        listing = "submitted" if self.is_account else "new"
        return f"https://www.reddit.com/{self.path}/{listing}/.rss?limit={_FEED_FULL}"

    @property
    def listing(self) -> str:
        """The address of the newest submissions at the interface."""
        listing = "submitted?sort=new&" if self.is_account else "new?"
        return f"{API}/{self.path}/{listing}limit=100&raw_json=1"


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read by key where there is one, else (or where it is refused) the public feed."""
    venue = _venue(ask)
    if not ask.has(KEY):
        return (yield from _by_feed(ask, venue, kit.needs_key(KEY, venue.audience)))
    # Without `raw_json` the texts come with `&amp;` and the like in them.
    answer = yield from kit.ask_json(f"{API}/{venue.path}/about?raw_json=1", key=KEY)
    if isinstance(answer, kit.JsonAnswer):
        return (yield from _by_key(ask, venue, answer))
    state = _state_in(answer)
    if state is not None:
        return state
    return (yield from _by_feed(ask, venue, kit.reason_of(answer)))


def _venue(ask: kit.Ask) -> _Venue:
    """Return where the address leads; `r/u_NAME` is the account NAME under another address."""
    is_alias = ask.handle.casefold().startswith("u_")
    name = ask.handle[len("u_") :] if is_alias else ask.handle
    return _Venue(name, is_account=is_alias or "/user/" in ask.url)


def _state_in(failure: kit.Failure) -> kit.Profile | kit.Unknown | None:
    """Return what a refusal says of the venue itself; None where it only refuses us."""
    # Private, banned and quarantined subreddits all answer 403 or 404; `reason` tells which it is.
    reason = kit.text_of(kit.field(kit.json_of(failure.body), "reason")).casefold()
    if reason == "private":
        return kit.absent(failure, _RULE, kit.Standing.PRIVATE, "only its members may read it")
    if reason == "banned":
        return kit.absent(failure, _RULE, kit.Standing.SUSPENDED, "Reddit has banned it")
    if reason in ("quarantined", "gated"):
        return kit.unread(
            kit.Outcome.HIDDEN, f"{reason}: Reddit shows it to those who agreed to see it"
        )
    if failure.reason in kit.GONE or reason == "user_doesnt_exist":
        return kit.not_found(failure, _RULE)
    if any(mark in failure.body.lower() for mark in _WALLS):
        return kit.unread(kit.Outcome.BLOCKED, f"Reddit blocks this network ({failure.detail})")
    return None


# ---- the public feed ----


def _by_feed(
    ask: kit.Ask, venue: _Venue, audience: kit.Unknown
) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the newest submissions by feed; `audience` says why there is no count."""
    feed = yield from kit.read_blog_feed(venue.feed, _RULE, "reddit.com")
    if isinstance(feed, kit.Failure):
        # For a subreddit that there is not, Reddit makes a search for subreddits of that name.
        if "/subreddits/search" in split(feed.url).path:
            return kit.not_found(feed, _RULE, "Reddit leads to its search for subreddits")
        return _state_in(feed) or kit.reason_of(feed)
    cut = _may_go_on(len(feed.posts))
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(feed.said.evidence,),
        audience=audience,
        timeline=kit.timeline_of(_posts_of_feed(feed, venue), ask, truncated=cut),
        community=not venue.is_account,
    )


def _may_go_on(entries: int) -> bool:
    """Tell whether a feed is full: of 100 entries, or of 25 where the limit was not heard."""
    return entries >= _FEED_FULL or entries == _FEED_USUAL


def _posts_of_feed(feed: kit.BlogFeed, venue: _Venue) -> Iterator[kit.ProfilePost]:
    """Give the submissions of a feed; of a subreddit without their texts, which others wrote."""
    for post in feed.posts:
        if not kit.own_site_of(post.url, "reddit.com"):
            continue
        # Each entry ends in "submitted by /u/NAME [link] [comments]"; before it stands what was
        # written. Nothing stands there where somebody submitted a link.
        text = post.text.partition("submitted by")[0].strip()
        yield kit.ProfilePost(
            url=post.url,
            title=post.title,
            text=text if venue.is_account else "",
            published=post.published,
            evidence=post.evidence,
            format="text" if text else "link",
        )


# ---- the interface that needs a key ----


def _by_key(
    ask: kit.Ask, venue: _Venue, answer: kit.JsonAnswer
) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Put the profile together from the answer of `/about`, and read the submissions."""
    data, kind = answer.field("data"), answer.text("kind")
    # Reddit's kinds: t2 is an account, t5 a subreddit; a `Listing` is its search for subreddits,
    # to which it leads for a name that nobody has.
    if kind == "Listing":
        return kit.not_found(answer.page, _RULE, "Reddit answers with its search for subreddits")
    if kind != ("t2" if venue.is_account else "t5"):
        return kit.unread(kit.Outcome.PARSE_FAILED, "no account or subreddit where it used to be")
    if kit.field(data, "is_suspended") is True:
        return kit.absent(
            answer.page, _RULE, kit.Standing.SUSPENDED, "Reddit has suspended the account"
        )
    proof = kit.Proof(answer.page, _RULE)
    # An account describes itself in a subreddit of its own, which lies within its record.
    described = kit.field(data, "subreddit") if venue.is_account else data
    about = kit.text_of(kit.field(described, "public_description"))
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{venue.path}: {kit.text_of(kit.field(data, 'title'))}"),),
        account=_account(data, venue),
        name=kit.text_of(kit.field(described, "title")),
        about=about,
        audience=_audience(proof, data, venue),
        figures=tuple(_online(proof, data)),
        timeline=(yield from _timeline(ask, venue)),
        links=links_in(about),
        created_at=kit.time_of(kit.field(data, "created_utc")),
        community=not venue.is_account,
    )


def _account(data: object, venue: _Venue) -> str:
    """Return the full name that Reddit has for a venue, such as `t5_2qh1i` or `t2_1w72`."""
    # Of a subreddit `name` is that full name, of an account it is the handle.
    if venue.is_account:
        return f"t2_{kit.text_of(kit.field(data, 'id'))}"
    return kit.text_of(kit.field(data, "name"))


def _audience(proof: kit.Proof, data: object, venue: _Venue) -> kit.Number:
    """Return the subscribers of a subreddit, or the followers of an account."""
    if not venue.is_account:
        return proof.count(kit.field(data, "subscribers"), "subscribers")
    # Reddit gives 0 for most accounts, whether or not somebody follows them: that is no zero.
    count = kit.field(data, "subreddit", "subscribers")
    if count == 0:
        return kit.unread(
            kit.Outcome.NOT_SUPPORTED, "Reddit gives 0 where it does not show followers"
        )
    return proof.count(count, "followers")


def _online(proof: kit.Proof, data: object) -> Iterator[kit.ProfileFigure]:
    """Give how many are there now, once; a subreddit states it under either of two names."""
    for key in ("accounts_active", "active_user_count"):
        if kit.count_of(kit.field(data, key)) is not None:
            yield proof.figure(kit.Count.ONLINE, kit.field(data, key))
            return


def _timeline(ask: kit.Ask, venue: _Venue) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through what was submitted, until the window is covered."""

    def after(answer: kit.JsonAnswer, number: int) -> str | None:
        # A cursor that is missing ends the list, except on the last page that Reddit gives of any
        # listing: what is older was submitted, too, but cannot be reached.
        end = None if number >= _MOST_PAGES else ""
        return kit.at_cursor(venue.listing, "after", answer.text("data", "after")) or end

    listing = kit.Listing(
        first=venue.listing,
        items=lambda answer: _posts_in(answer, venue),
        after=after,
        within=("data", "children"),
        what="threads",
        ask=partial(kit.ask_json, key=KEY),
    )
    return kit.read_posts(ask, listing)


def _posts_in(answer: kit.JsonAnswer, venue: _Venue) -> Iterator[kit.ProfilePost]:
    """Give the submissions on one page of a listing; of a subreddit without their texts."""
    proof = kit.Proof(answer.page, _RULE)
    for child in answer.items("data", "children"):
        data = kit.object_of(child.get("data"))
        published = kit.dated_at(data.get("created_utc"))
        path, title = kit.text_of(data.get("permalink")), kit.text_of(data.get("title"))
        # Submissions are of the kind t3. Comments (t1) stand under other people's and are no posts.
        is_submission = child.get("kind") == "t3"
        if not is_submission or published is None or not path.startswith("/") or not title:
            continue
        yield kit.ProfilePost(
            url=f"https://www.reddit.com{path.partition('?')[0]}",
            title=title,
            text=kit.text_of(data.get("selftext")) if venue.is_account else "",
            published=published,
            evidence=proof.dated(published, title),
            format=_format(data),
            interactions=_interactions(data),
        )


def _format(data: kit.Json) -> str:
    """Return the format of a submission; one that leads elsewhere is a link."""
    hint = kit.text_of(data.get("post_hint"))
    if data.get("poll_data"):
        return "poll"
    # `is_video` marks Reddit's own videos; one that lies elsewhere is known by the hint.
    if data.get("is_video") is True or "video" in hint:
        return "video"
    if data.get("is_gallery") is True or hint == "image":
        return "image"
    return "text" if data.get("is_self") is True else "link"


def _interactions(data: kit.Json) -> tuple[kit.Interaction, ...]:
    """Return what readers did; the score counts as likes where it is shown and not below 0."""
    # The score is votes for less votes against: below 0 it tells nothing of how many liked it, and
    # a subreddit may hide it for the first hours.
    hidden = data.get("hide_score") is True
    return kit.interactions_of(
        data, _REACTIONS if hidden else ((kit.Reaction.LIKES, "score"), *_REACTIONS)
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
