"""Bluesky: profile, posts and followers by its public AppView (docs.bsky.app, its lexicons)."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from urllib.parse import quote

from audit.model.dated import Dated
from audit.model.exchange import Failure
from audit.model.profile import (
    Count,
    Outcome,
    Profile,
    ProfilePost,
    Reaction,
    Standing,
    Timeline,
    unread,
)
from audit.model.value import Unknown
from scrapers.parse.ids import time_of_tid
from scrapers.parse.urls import links_in
from scrapers.parse.values import (
    Json,
    at,
    by_id,
    headline,
    instant,
    language_of,
    listed,
    loaded,
    name_of,
    site_of,
    text_of,
    time_of,
)
from scrapers.platforms._bluesky_page import read_page
from scrapers.platforms.kit.base import Answer, Ask, Confidence, Follower, Platform, Steps, answer
from scrapers.platforms.kit.paging import Listing, onward, paged, sampled
from scrapers.platforms.kit.posts import interactions
from scrapers.platforms.kit.proof import Proof, absent, gone, why

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
    (Reaction.LIKES, "likeCount"),
    (Reaction.COMMENTS, "replyCount"),
    (Reaction.SHARES, "repostCount"),
    (Reaction.SHARES, "quoteCount"),
)


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Read the profile, then its posts back to the start of the window."""
    found = yield from answer(f"{API}.actor.getProfile?actor={quote(ask.handle)}")
    if isinstance(found, Failure):
        return (yield from _refused(ask, found))
    proof, shown = Proof(found.page, _RULE), f"@{found.text('handle')}"
    hidden = any(each.get("val") == _HIDDEN for each in found.listed("labels"))
    handle, account = name_of(found.at("handle")), name_of(found.at("did"))
    if not account:
        return unread(Outcome.PARSE_FAILED, "no account where it used to be")
    current = account if handle in _NO_HANDLES else handle
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{shown}: {found.text('displayName')}"),),
        url=f"https://bsky.app/profile/{current}",
        handle=current,
        account=account,
        name=found.text("displayName"),
        about=found.text("description"),
        audience=proof.count(found.at("followersCount"), "followers"),
        figures=(
            proof.figure(Count.FOLLOWING, found.at("followsCount")),
            proof.figure(Count.POSTS, found.at("postsCount")),
        ),
        timeline=(
            unread(Outcome.HIDDEN, "the owner asks not to show the posts to readers without login")
            if hidden
            else (yield from _posts(ask, account))
        ),
        links=(
            *links_in(found.text("description")),
            *_own_domain(handle),
            *links_in(found.text("website")),
        ),
        created_at=time_of(found.at("createdAt")),
        verified=found.at("verification", "verifiedStatus") == "valid",
    )


def _refused(ask: Ask, failure: Failure) -> Steps[Profile | Unknown]:
    """What the interface says in words; after answers that tell nothing the page is read."""
    answered = loaded(failure.body)
    said = f"{text_of(at(answered, 'error'))}: {text_of(at(answered, 'message'))}"
    if "Profile not found" in said or "Unable to resolve handle" in said:
        return gone(failure, _RULE)
    if "AccountTakedown" in said or "suspended" in said:
        return absent(failure, _RULE, Standing.SUSPENDED, "the account is suspended")
    if "AccountDeactivated" in said or "deactivated" in said:
        return absent(failure, _RULE, Standing.MISSING, "the account is deactivated")
    return (yield from read_page(ask, why(failure), _RULE))


def _own_domain(handle: str) -> tuple[str, ...]:
    """A handle that is a domain proves that its owner holds that domain."""
    if handle.endswith((".bsky.social", ".invalid")) or "." not in handle:
        return ()
    return site_of(f"https://{handle}/")


def _posts(ask: Ask, account: str) -> Steps[Timeline | Unknown]:
    """Page back through the posts, without replies, until the window is covered."""
    url = f"{API}.feed.getAuthorFeed?actor={quote(account)}&filter=posts_no_replies&limit=100"
    listing = Listing(
        first=url,
        items=lambda found: _written(found, account),
        after=lambda found, _: onward(url, "cursor", found.text("cursor")),
        within=("feed",),
    )
    return paged(ask, listing)


def _written(found: Answer, account: str) -> Iterator[ProfilePost]:
    proof = Proof(found.page, _RULE)
    for item in found.listed("feed"):
        post, reason = item.get("post"), text_of(at(item, "reason", "$type"))
        made = instant(at(item, "reason", "indexedAt")) if "reasonRepost" in reason else _made(post)
        text = text_of(at(post, "record", "text"))
        handle = name_of(at(post, "author", "handle"))
        key = _key(post)
        if made is None or not key or "reasonPin" in reason:
            continue
        shown = account if handle in _NO_HANDLES else handle
        yield ProfilePost(
            url=f"https://bsky.app/profile/{shown}/post/{key}",
            title=headline(text),
            text=text,
            published=made,
            evidence=proof.dated(made, text),
            format=_format(at(post, "embed")),
            language=language_of(at(post, "record", "langs", 0)),
            repost="reasonRepost" in reason,
            interactions=interactions(post, _REACTIONS),
        )


def _made(post: object) -> Dated | None:
    """When a post was made; its own clock is not believed where it is a day off."""
    said, seen = instant(at(post, "record", "createdAt")), instant(at(post, "indexedAt"))
    if said is None or seen is None:
        return said or seen or by_id(time_of_tid(_key(post)))
    return seen if said.at - seen.at > _DAY else said


def _key(post: object) -> str:
    """The record key of a post, the last part of its address."""
    return name_of(text_of(at(post, "uri")).rpartition("/")[2])


def _format(embed: object) -> str:
    kind = text_of(at(embed, "$type")).removeprefix("app.bsky.embed.").partition("#")[0]
    return _FORMATS.get(kind, "text")


def sample(ask: Ask, wanted: int) -> Steps[tuple[Follower, ...] | Unknown]:
    """Read up to so many followers from the public list."""
    url = f"{API}.graph.getFollowers?actor={quote(ask.handle)}&limit=100"
    listing = Listing(
        first=url,
        items=lambda found: map(_follower, found.listed("followers")),
        after=lambda found, _: onward(url, "cursor", found.text("cursor")),
        ask=partial(answer, private=True),
    )
    return sampled(wanted, listing)


def _follower(said: Json) -> Follower:
    kind = "bot" if any(each.get("val") == "bot" for each in listed(said.get("labels"))) else ""
    return Follower(
        account=text_of(said.get("did")), about=text_of(said.get("description")), kind=kind
    )


PLATFORM = Platform(
    name="bluesky",
    read=read,
    sample=sample,
    public="followers, posts back to the start of the window, likes, reposts, replies",
    confidence=Confidence.DOCUMENTED,
)
