"""Bluesky: profile, posts and followers by its public AppView (docs.bsky.app, its lexicons).

Where that refuses in words that tell nothing, the profile's page is read: it states counts for all
as JSON-LD (recorded), but no posts.
"""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from urllib.parse import quote

from scrapers.parse.embedded import links_of, statistic, things
from scrapers.parse.html import read_html
from scrapers.parse.ids import time_of_tid
from scrapers.parse.urls import links_in
from scrapers.platforms import kit

API = "https://public.api.bsky.app/xrpc/app.bsky"
_RULE = "platform.bluesky"
_HIDDEN = "!no-unauthenticated"
"""The label of owners who ask not to be shown without a login; the interface shows them still."""

_DAY = timedelta(days=1)
_NO_HANDLES = ("", "handle.invalid")
"""What stands for a handle whose domain does not confirm it: such an account goes by its DID."""

_FORMATS = {
    "images": "image",
    "gallery": "image",
    "video": "video",
    "external": "link",
}
_QUOTING = "recordWithMedia"
"""An embed that holds a quoted post and beside it, as `media`, an embed of another type."""

_REACTIONS = (
    (kit.Reaction.LIKES, "likeCount"),
    (kit.Reaction.COMMENTS, "replyCount"),
    (kit.Reaction.SHARES, "repostCount"),
    (kit.Reaction.SHARES, "quoteCount"),
)
_ON_PAGE = (kit.ProfilePart.BIOGRAPHY, kit.ProfilePart.PICTURE)
"""What the page's JSON-LD states; the interface leaves out what is not there, of all parts."""

_OWN_ACTIONS = ((kit.Count.FOLLOWING, "FollowAction"), (kit.Count.POSTS, "WriteAction"))
"""What the profile itself does; the page states it apart from what others do with the profile."""


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the profile, then its posts back to the start of the window."""
    answer = yield from kit.ask_json(f"{API}.actor.getProfile?actor={quote(ask.handle)}")
    if isinstance(answer, kit.Failure):
        return (yield from _refused(ask, answer))
    account = kit.name_of(answer.field("did"))
    if not account:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no account where it used to be")
    return (yield from _profile(ask, answer, account))


def _refused(ask: kit.Ask, failure: kit.Failure) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Take the interface at its word; after a refusal that tells nothing read the page.

    A missing profile is a status 400 with `{"error": "InvalidRequest", "message": "Profile not
    found"}`, so that only the words tell it from a request that was wrong.
    """
    payload = kit.json_of(failure.body)
    error, message = (kit.text_of(kit.field(payload, key)) for key in ("error", "message"))
    words = f"{error}: {message}"
    if "Profile not found" in words or "Unable to resolve handle" in words:
        return kit.not_found(failure, _RULE)
    if "AccountTakedown" in words or "suspended" in words:
        return kit.absent(failure, _RULE, kit.Standing.SUSPENDED, "the account is suspended")
    if "AccountDeactivated" in words or "deactivated" in words:
        return kit.absent(failure, _RULE, kit.Standing.MISSING, "the account is deactivated")
    return (yield from _read_page(ask, kit.reason_of(failure)))


def _profile(ask: kit.Ask, answer: kit.JsonAnswer, account: str) -> kit.Steps[kit.Profile]:
    """Read the posts, unless the owner hides them, and return the profile with them."""
    proof, handle = kit.Proof(answer.page, _RULE), kit.name_of(answer.field("handle"))
    current = account if handle in _NO_HANDLES else handle
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"@{answer.text('handle')}: {answer.text('displayName')}"),),
        url=f"https://bsky.app/profile/{current}",
        handle=current,
        account=account,
        name=answer.text("displayName"),
        about=answer.text("description"),
        audience=proof.count(answer.field("followersCount"), "followers"),
        figures=(
            proof.figure(kit.Count.FOLLOWING, answer.field("followsCount")),
            proof.figure(kit.Count.POSTS, answer.field("postsCount")),
        ),
        timeline=(yield from _posts(ask, answer, account)),
        links=(
            *links_in(answer.text("description")),
            *_own_domain(handle),
            *links_in(answer.text("website")),
        ),
        created_at=kit.time_of(answer.field("createdAt")),
        verified=answer.field("verification", "verifiedStatus") == "valid",
        picture=bool(answer.text("avatar")),
        cover=bool(answer.text("banner")),
        pinned=isinstance(answer.field("pinnedPost"), dict),
        shows=tuple(kit.ProfilePart),
    )


def _own_domain(handle: str) -> tuple[str, ...]:
    """Return the site that a handle is: a handle that is a domain proves that its owner holds it.

    `acme.example` gives its address, `acme.bsky.social` is Bluesky's own domain and gives ().
    """
    if handle.endswith((".bsky.social", ".invalid")) or "." not in handle:
        return ()
    return kit.site_in(f"https://{handle}/")


def _posts(
    ask: kit.Ask, profile: kit.JsonAnswer, account: str
) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through the posts, without replies, until the window is covered."""
    if any(label.get("val") == _HIDDEN for label in profile.items("labels")):
        detail = "the owner asks not to show the posts to readers without login"
        return kit.unread(kit.Outcome.HIDDEN, detail)
    url = f"{API}.feed.getAuthorFeed?actor={quote(account)}&filter=posts_no_replies&limit=100"
    listing = kit.Listing(
        first=url,
        items=lambda answer: _written(answer, account),
        after=lambda answer, _: kit.at_cursor(url, "cursor", answer.text("cursor")),
        within=("feed",),
    )
    return (yield from kit.read_posts(ask, listing))


def _written(answer: kit.JsonAnswer, account: str) -> Iterator[kit.ProfilePost]:
    """Give the posts and reposts of a page; a repost counts from the time it was passed on."""
    proof = kit.Proof(answer.page, _RULE)
    for entry in answer.items("feed"):
        post, reason = entry.get("post"), kit.text_of(kit.field(entry, "reason", "$type"))
        repost = "reasonRepost" in reason
        published = (
            kit.dated_at(kit.field(entry, "reason", "indexedAt")) if repost else _published(post)
        )
        text = kit.text_of(kit.field(post, "record", "text"))
        author = kit.name_of(kit.field(post, "author", "handle"))
        key = _key(post)
        # Pins are not asked for (includePins): one would stand first, whatever its age.
        if published is None or not key or "reasonPin" in reason:
            continue
        name = account if author in _NO_HANDLES else author
        yield kit.ProfilePost(
            url=f"https://bsky.app/profile/{name}/post/{key}",
            title=kit.headline(text),
            text=text,
            published=published,
            evidence=proof.dated(published, text),
            format=_format(kit.field(post, "embed")),
            language=kit.language_of(kit.field(post, "record", "langs", 0)),
            repost=repost,
            interactions=kit.interactions_of(post, _REACTIONS),
        )


def _published(post: object) -> kit.Dated | None:
    """Return when a post was published; the writer's clock is not believed where it is a day off.

    `createdAt` is what the writer's program states and may be any time; `indexedAt` is when the
    network got the post. Without both the post's key holds the time.
    """
    created = kit.dated_at(kit.field(post, "record", "createdAt"))
    indexed = kit.dated_at(kit.field(post, "indexedAt"))
    if created is None or indexed is None:
        return created or indexed or kit.dated_by_id(time_of_tid(_key(post)))
    return indexed if created.at - indexed.at > _DAY else created


def _key(post: object) -> str:
    """Return the record key of a post: the last part of `at://did:plc:x/app.bsky.feed.post/KEY`."""
    return kit.name_of(kit.text_of(kit.field(post, "uri")).rpartition("/")[2])


def _format(embed: object) -> str:
    """Return the format of a post by what is embedded: "image" for `app.bsky.embed.images#view`."""
    kind = _embedded(embed)
    return _FORMATS.get(_embedded(kit.field(embed, "media")) if kind == _QUOTING else kind, "text")


def _embedded(embed: object) -> str:
    """Return the type of an embed: "video" for `app.bsky.embed.video#view`."""
    return kit.text_of(kit.field(embed, "$type")).removeprefix("app.bsky.embed.").partition("#")[0]


def _read_page(ask: kit.Ask, refusal: kit.Unknown) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the page where the interface refused; `refusal` is why there are no posts.

    A page that states no account (`did:…`) is no better than the refusal, which stays the reason.
    """
    page = yield from kit.ask_page(f"https://bsky.app/profile/{quote(ask.handle, safe=':')}")
    if isinstance(page, kit.Failure):
        return refusal
    stated = next(iter(things(read_html(page), "ProfilePage")), {})
    person = kit.object_of(stated.get("mainEntity"))
    account = kit.name_of(person.get("identifier"))
    handle = kit.name_of(kit.text_of(person.get("alternateName")).removeprefix("@")) or account
    if not account.startswith("did:"):
        return refusal
    proof, about = kit.Proof(page, _RULE), kit.text_of(person.get("description"))
    # There are two lists with a FollowAction: this one counts whom the profile itself follows.
    own = {"interactionStatistic": person.get("agentInteractionStatistic")}
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"@{handle}: {kit.text_of(person.get('name'))}"),),
        url=f"https://bsky.app/profile/{handle}",
        handle=handle,
        account=account,
        name=kit.text_of(person.get("name")),
        about=about,
        audience=proof.count(statistic(person, "FollowAction"), "followers"),
        figures=tuple(
            proof.figure(count, statistic(own, action)) for count, action in _OWN_ACTIONS
        ),
        timeline=refusal,
        links=kit.distinct(links_in(about), *map(kit.site_in, links_of(stated))),
        created_at=kit.time_of(stated.get("dateCreated")),
        picture=bool(kit.text_of(person.get("image"))),
        shows=_ON_PAGE,
    )


def sample(ask: kit.Ask, wanted: int) -> kit.Steps[tuple[kit.Follower, ...] | kit.Unknown]:
    """Read up to `wanted` followers from the public list."""
    url = f"{API}.graph.getFollowers?actor={quote(ask.handle)}&limit=100"
    listing = kit.Listing(
        first=url,
        items=lambda answer: map(_follower, answer.items("followers")),
        after=lambda answer, _: kit.at_cursor(url, "cursor", answer.text("cursor")),
        ask=partial(kit.ask_json, private=True),
    )
    return kit.read_followers(wanted, listing)


def _follower(actor: kit.Json) -> kit.Follower:
    """Return one follower; bots label themselves."""
    labels = kit.items(actor.get("labels"))
    return kit.Follower(
        account=kit.text_of(actor.get("did")),
        about=kit.text_of(actor.get("description")),
        kind="bot" if any(label.get("val") == "bot" for label in labels) else "",
    )


PLATFORM = kit.Platform(
    name="bluesky",
    read=read,
    sample=sample,
    public="followers, posts back to the start of the window, likes, reposts, replies",
    confidence=kit.Confidence.DOCUMENTED,
)
