"""X's API v2 with a bearer token: a profile and its own posts (docs.x.com; paid for each post)."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from audit.model.exchange import Failure, Key
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
from scrapers.parse.ids import time_of_id
from scrapers.parse.urls import host_of, links_in
from scrapers.parse.values import (
    Json,
    at,
    by_id,
    digits_of,
    headline,
    instant,
    listed,
    once,
    site_of,
    text_of,
    time_of,
    whole,
)
from scrapers.platforms.kit.base import Answer, Ask, Steps, answer, failed
from scrapers.platforms.kit.paging import Listing, onward, paged
from scrapers.platforms.kit.posts import interactions
from scrapers.platforms.kit.proof import Proof, absent, gone, why

KEY = Key(
    variables=("X_BEARER_TOKEN",),
    host="api.x.com",
    headers=("Authorization: Bearer {X_BEARER_TOKEN}",),
    adds="followers, and the posts of the window without replies and reposts, with their figures;"
    " X charges for each post that is read, 6,000 of a run at most",
    calls=60,
)
API = "https://api.x.com/2"
_USER = "created_at,description,entities,location,protected,public_metrics,url,verified"
_POST = "attachments,created_at,entities,lang,note_tweet,public_metrics,referenced_tweets"
_REACHABLE = 800
"""So many of the newest posts can be reached at most where replies are left out."""

_MEDIA = {"3": "image", "7": "video", "13": "video", "16": "video"}
"""What the number before a media key stands for."""

_OWN = frozenset({"x.com", "twitter.com", "pic.twitter.com", "pic.x.com"})
_REACTIONS = (
    (Reaction.LIKES, "public_metrics.like_count"),
    (Reaction.COMMENTS, "public_metrics.reply_count"),
    (Reaction.SHARES, "public_metrics.retweet_count"),
    (Reaction.SHARES, "public_metrics.quote_count"),
    (Reaction.SAVES, "public_metrics.bookmark_count"),
    (Reaction.VIEWS, "public_metrics.impression_count"),
)
_FIGURES = ((Count.FOLLOWING, "following_count"), (Count.POSTS, "tweet_count"))


def by_key(ask: Ask, rule: str) -> Steps[Profile | Unknown]:
    """Read the profile, then its posts back to the start of the window."""
    found = yield from answer(
        f"{API}/users/by/username/{quote(ask.handle)}?user.fields={_USER}", key=KEY
    )
    if isinstance(found, Failure):
        return why(found)
    account = digits_of(found.at("data", "id"))
    if not account:
        return _refused(found, rule)
    proof, handle = Proof(found.page, rule), found.text("data", "username")
    about = listed(found.at("data", "entities", "description", "urls"))
    bio = _spelt_out(found.text("data", "description"), about)
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"@{handle}: {found.text('data', 'name')}"),),
        url=f"https://x.com/{quote(handle)}" if handle else "",
        handle=handle,
        account=account,
        name=found.text("data", "name"),
        about=bio,
        audience=proof.count(found.at("data", "public_metrics", "followers_count"), "followers"),
        figures=tuple(
            proof.figure(count, found.at("data", "public_metrics", key)) for count, key in _FIGURES
        ),
        timeline=(
            unread(Outcome.PRIVATE, "the posts are protected")
            if found.at("data", "protected") is True
            else (yield from _posts(ask, _Author(account, handle, _written_at_all(found)), rule))
        ),
        links=once(_website(found), links_in(bio)),
        created_at=time_of(found.at("data", "created_at")),
        verified=found.at("data", "verified") is True,
    )


def _refused(found: Answer, rule: str) -> Profile | Unknown:
    said = f"{found.text('errors', 0, 'title')} {found.text('errors', 0, 'detail')}"
    if "suspended" in said:
        return absent(found.page, rule, Standing.SUSPENDED, "the account is suspended")
    if "Could not find user" in said:
        return gone(found.page, rule)
    return unread(Outcome.PARSE_FAILED, "no account where it used to be")


def _written_at_all(found: Answer) -> int | None:
    return whole(found.at("data", "public_metrics", "tweet_count"))


def _website(found: Answer) -> tuple[str, ...]:
    """The address of the profile, as it is behind the short one."""
    said = listed(found.at("data", "entities", "url", "urls"))
    return once(*(site_of(each.get("expanded_url")) for each in said))


@dataclass(frozen=True, slots=True)
class _Author:
    """Whose posts are read; `written` is how many there are at all, replies included."""

    account: str
    handle: str
    written: int | None


def _posts(ask: Ask, author: _Author, rule: str) -> Steps[Timeline | Unknown]:
    url = (
        f"{API}/users/{author.account}/tweets?max_results=100&exclude=replies,retweets"
        f"&tweet.fields={_POST}"
    )
    beyond = author.written is None or author.written > _REACHABLE

    def after(found: Answer, _: int) -> str | None:
        end = None if beyond else ""
        return onward(url, "pagination_token", found.text("meta", "next_token")) or end

    listing = Listing(
        first=url,
        items=lambda found: _written(found, author.handle, Proof(found.page, rule)),
        after=after,
        ask=_asked,
    )
    return paged(ask, listing)


def _asked(url: str) -> Steps[Answer | Failure]:
    """Ask for posts; where there are none, only `meta` is answered."""
    found = yield from answer(url, key=KEY)
    if isinstance(found, Failure) or isinstance(found.at("meta"), dict) or found.at("data"):
        return found
    return failed(found.page, "no posts where they used to be")


def _written(found: Answer, handle: str, proof: Proof) -> Iterator[ProfilePost]:
    for item in found.listed("data"):
        number = digits_of(item.get("id"))
        made = instant(item.get("created_at")) or by_id(time_of_id("x", number))
        if made is None or not number:
            continue
        text = _text(item)
        yield ProfilePost(
            url=f"https://x.com/{quote(handle)}/status/{number}",
            title=headline(text),
            text=text,
            published=made,
            evidence=proof.dated(made, text),
            format=_format(item),
            language=_language(text_of(item.get("lang"))),
            repost=any(each.get("type") == "retweeted" for each in _references(item)),
            interactions=interactions(item, _REACTIONS),
        )


def _references(item: Json) -> list[Json]:
    return listed(item.get("referenced_tweets"))


def _links(item: Json) -> list[Json]:
    return listed(at(item, "entities", "urls")) + listed(at(item, "note_tweet", "entities", "urls"))


def _text(item: Json) -> str:
    text = text_of(at(item, "note_tweet", "text")) or text_of(item.get("text"))
    return _spelt_out(text, _links(item))


def _spelt_out(text: str, links: list[Json]) -> str:
    """A text with the addresses that short ones stand for, without those of media."""
    for link in links:
        short, target = text_of(link.get("url")), text_of(link.get("expanded_url"))
        if short:
            text = text.replace(short, "" if host_of(target) in _OWN else target)
    return text_of(text)


def _format(item: Json) -> str:
    if at(item, "attachments", "poll_ids"):
        return "poll"
    keys = at(item, "attachments", "media_keys")
    media = (
        [_MEDIA.get(str(key).partition("_")[0], "image") for key in keys]
        if isinstance(keys, list)
        else []
    )
    if media:
        return "video" if "video" in media else "image"
    targets = (host_of(text_of(each.get("expanded_url"))) for each in _links(item))
    return "link" if any(host and host not in _OWN for host in targets) else "text"


def _language(said: str) -> str:
    """The language of a post; X writes und, zxx and q.. where there is none."""
    return said[:2] if len(said) == 2 or said[2:3] == "-" else ""
