"""Bluesky: profile, posts and followers by its public AppView (docs.bsky.app, its lexicons)."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from urllib.parse import quote

from scrapers.parse.ids import time_of_tid
from scrapers.parse.urls import links_in
from scrapers.platforms import kit
from scrapers.platforms._bluesky_page import read_page

API = "https://public.api.bsky.app/xrpc/app.bsky"
_RULE = "platform.bluesky"
_HIDDEN = "!no-unauthenticated"
_DAY = timedelta(days=1)
_NO_HANDLES = ("", "handle.invalid")
_FORMATS = {
    "images": "image",
    "gallery": "image",
    "video": "video",
    "external": "link",
    "recordWithMedia": "image",
}
_REACTIONS = (
    (kit.Reaction.LIKES, "likeCount"),
    (kit.Reaction.COMMENTS, "replyCount"),
    (kit.Reaction.SHARES, "repostCount"),
    (kit.Reaction.SHARES, "quoteCount"),
)


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the profile, then its posts back to the start of the window."""
    found = yield from kit.ask_json(f"{API}.actor.getProfile?actor={quote(ask.handle)}")
    if isinstance(found, kit.Failure):
        return (yield from _refused(ask, found))
    proof, shown = kit.Proof(found.page, _RULE), f"@{found.text('handle')}"
    hidden = any(each.get("val") == _HIDDEN for each in found.items("labels"))
    handle, account = kit.name_of(found.field("handle")), kit.name_of(found.field("did"))
    if not account:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no account where it used to be")
    current = account if handle in _NO_HANDLES else handle
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{shown}: {found.text('displayName')}"),),
        url=f"https://bsky.app/profile/{current}",
        handle=current,
        account=account,
        name=found.text("displayName"),
        about=found.text("description"),
        audience=proof.count(found.field("followersCount"), "followers"),
        figures=(
            proof.figure(kit.Count.FOLLOWING, found.field("followsCount")),
            proof.figure(kit.Count.POSTS, found.field("postsCount")),
        ),
        timeline=(
            kit.unread(
                kit.Outcome.HIDDEN, "the owner asks not to show the posts to readers without login"
            )
            if hidden
            else (yield from _posts(ask, account))
        ),
        links=(
            *links_in(found.text("description")),
            *_own_domain(handle),
            *links_in(found.text("website")),
        ),
        created_at=kit.time_of(found.field("createdAt")),
        verified=found.field("verification", "verifiedStatus") == "valid",
    )


def _refused(ask: kit.Ask, failure: kit.Failure) -> kit.Steps[kit.Profile | kit.Unknown]:
    """What the interface says in words; after answers that tell nothing the page is read."""
    answer = kit.json_of(failure.body)
    error, message = (kit.text_of(kit.field(answer, key)) for key in ("error", "message"))
    said = f"{error}: {message}"
    if "Profile not found" in said or "Unable to resolve handle" in said:
        return kit.not_found(failure, _RULE)
    if "AccountTakedown" in said or "suspended" in said:
        return kit.absent(failure, _RULE, kit.Standing.SUSPENDED, "the account is suspended")
    if "AccountDeactivated" in said or "deactivated" in said:
        return kit.absent(failure, _RULE, kit.Standing.MISSING, "the account is deactivated")
    return (yield from read_page(ask, kit.reason_of(failure), _RULE))


def _own_domain(handle: str) -> tuple[str, ...]:
    """A handle that is a domain proves that its owner holds that domain."""
    if handle.endswith((".bsky.social", ".invalid")) or "." not in handle:
        return ()
    return kit.site_in(f"https://{handle}/")


def _posts(ask: kit.Ask, account: str) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through the posts, without replies, until the window is covered."""
    url = f"{API}.feed.getAuthorFeed?actor={quote(account)}&filter=posts_no_replies&limit=100"
    listing = kit.Listing(
        first=url,
        items=lambda found: _written(found, account),
        after=lambda found, _: kit.at_cursor(url, "cursor", found.text("cursor")),
        within=("feed",),
    )
    return kit.read_posts(ask, listing)


def _written(found: kit.JsonAnswer, account: str) -> Iterator[kit.ProfilePost]:
    proof = kit.Proof(found.page, _RULE)
    for item in found.items("feed"):
        post, reason = item.get("post"), kit.text_of(kit.field(item, "reason", "$type"))
        made = (
            kit.dated_at(kit.field(item, "reason", "indexedAt"))
            if "reasonRepost" in reason
            else _made(post)
        )
        text = kit.text_of(kit.field(post, "record", "text"))
        handle = kit.name_of(kit.field(post, "author", "handle"))
        key = _key(post)
        if made is None or not key or "reasonPin" in reason:
            continue
        shown = account if handle in _NO_HANDLES else handle
        yield kit.ProfilePost(
            url=f"https://bsky.app/profile/{shown}/post/{key}",
            title=kit.headline(text),
            text=text,
            published=made,
            evidence=proof.dated(made, text),
            format=_format(kit.field(post, "embed")),
            language=kit.language_of(kit.field(post, "record", "langs", 0)),
            repost="reasonRepost" in reason,
            interactions=kit.interactions_of(post, _REACTIONS),
        )


def _made(post: object) -> kit.Dated | None:
    """When a post was made; its own clock is not believed where it is a day off."""
    said, seen = (
        kit.dated_at(kit.field(post, "record", "createdAt")),
        kit.dated_at(kit.field(post, "indexedAt")),
    )
    if said is None or seen is None:
        return said or seen or kit.dated_by_id(time_of_tid(_key(post)))
    return seen if said.at - seen.at > _DAY else said


def _key(post: object) -> str:
    """The record key of a post, the last part of its address."""
    return kit.name_of(kit.text_of(kit.field(post, "uri")).rpartition("/")[2])


def _format(embed: object) -> str:
    kind = kit.text_of(kit.field(embed, "$type")).removeprefix("app.bsky.embed.").partition("#")[0]
    return _FORMATS.get(kind, "text")


def sample(ask: kit.Ask, wanted: int) -> kit.Steps[tuple[kit.Follower, ...] | kit.Unknown]:
    """Read up to so many followers from the public list."""
    url = f"{API}.graph.getFollowers?actor={quote(ask.handle)}&limit=100"
    listing = kit.Listing(
        first=url,
        items=lambda found: map(_follower, found.items("followers")),
        after=lambda found, _: kit.at_cursor(url, "cursor", found.text("cursor")),
        ask=partial(kit.ask_json, private=True),
    )
    return kit.read_followers(wanted, listing)


def _follower(said: kit.Json) -> kit.Follower:
    kind = "bot" if any(each.get("val") == "bot" for each in kit.items(said.get("labels"))) else ""
    return kit.Follower(
        account=kit.text_of(said.get("did")), about=kit.text_of(said.get("description")), kind=kind
    )


PLATFORM = kit.Platform(
    name="bluesky",
    read=read,
    sample=sample,
    public="followers, posts back to the start of the window, likes, reposts, replies",
    confidence=kit.Confidence.DOCUMENTED,
)
