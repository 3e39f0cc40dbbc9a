"""X's API v2 with a bearer token: a profile and its own posts (docs.x.com; paid for each post)."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from audit.model.access import Key
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
from audit.model.value import Unknown
from audit.model.web import Failure
from scrapers.parse.urls import host_of, join, links_in
from scrapers.platforms._base import PAGES, Answer, Ask, Steps, answer
from scrapers.platforms._proof import Proof, absent, gone, timeline, why
from scrapers.platforms._values import Json, at, headline, instant, listed, text_of, whole

KEY = Key(
    variables=("X_BEARER_TOKEN",),
    host="api.x.com",
    headers=("Authorization: Bearer {X_BEARER_TOKEN}",),
    adds="followers, and the posts of the window without replies and reposts, with their figures;"
    " X charges for each post that is read",
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
    (Reaction.LIKES, ("like_count",)),
    (Reaction.COMMENTS, ("reply_count",)),
    (Reaction.SHARES, ("retweet_count", "quote_count")),
    (Reaction.SAVES, ("bookmark_count",)),
    (Reaction.VIEWS, ("impression_count",)),
)


def by_key(ask: Ask, rule: str) -> Steps[Profile | Unknown]:
    """Read the profile, then its posts back to the start of the window."""
    found = yield from answer(
        f"{API}/users/by/username/{quote(ask.handle)}?user.fields={_USER}", key=KEY
    )
    if isinstance(found, Failure):
        return why(found)
    account = found.text("data", "id")
    if not account.isdigit():
        return _refused(found, rule)
    proof, handle = Proof(found.page, rule), found.text("data", "username")
    about = listed(found.at("data", "entities", "description", "urls"))
    bio, made = (
        _spelt_out(found.text("data", "description"), about),
        instant(found.at("data", "created_at")),
    )
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"@{handle}: {found.text('data', 'name')}"),),
        url=f"https://x.com/{quote(handle)}" if handle else "",
        handle=handle,
        account=account,
        name=found.text("data", "name"),
        about=bio,
        audience=proof.count(found.at("data", "public_metrics", "followers_count"), "followers"),
        figures=_figures(found, proof),
        timeline=(
            unread(Outcome.PRIVATE, "the posts are protected")
            if found.at("data", "protected") is True
            else (yield from _posts(ask, _Author(account, handle, _written_at_all(found)), rule))
        ),
        links=tuple(dict.fromkeys((*_website(found), *links_in(bio)))),
        created_at=made.at if made else None,
        verified=found.at("data", "verified") is True,
    )


def _refused(found: Answer, rule: str) -> Profile | Unknown:
    said = f"{found.text('errors', 0, 'title')} {found.text('errors', 0, 'detail')}"
    if "suspended" in said:
        return absent(found.page, rule, Standing.SUSPENDED, "the account is suspended")
    if "Could not find user" in said:
        return gone(found.page, rule)
    return unread(Outcome.PARSE_FAILED, "no account where it used to be")


def _figures(found: Answer, proof: Proof) -> tuple[ProfileFigure, ...]:
    metrics = found.at("data", "public_metrics")
    return tuple(
        ProfileFigure(count=count, value=proof.count(at(metrics, key), str(count)))
        for count, key in ((Count.FOLLOWING, "following_count"), (Count.POSTS, "tweet_count"))
    )


def _written_at_all(found: Answer) -> int | None:
    return whole(found.at("data", "public_metrics", "tweet_count"))


def _website(found: Answer) -> tuple[str, ...]:
    """The address of the profile, as it is behind the short one."""
    said = listed(found.at("data", "entities", "url", "urls"))
    urls = (join(text_of(each.get("expanded_url")), "") for each in said)
    return tuple(url for url in urls if url)


@dataclass(frozen=True, slots=True)
class _Author:
    """Whose posts are read; `written` is how many there are at all, replies included."""

    account: str
    handle: str
    written: int | None


def _posts(ask: Ask, author: _Author, rule: str) -> Steps[Timeline | Unknown]:
    posts: list[ProfilePost] = []
    start = (
        f"{API}/users/{author.account}/tweets?max_results=100&exclude=replies,retweets"
        f"&tweet.fields={_POST}"
    )
    token = ""
    for _ in range(PAGES):
        found = yield from answer(
            f"{start}&pagination_token={quote(token)}" if token else start, key=KEY
        )
        if isinstance(found, Failure):
            return timeline(posts, ask, truncated=True) if posts else why(found)
        if found.at("meta") is None and found.at("data") is None:
            unseen = unread(Outcome.PARSE_FAILED, "no posts where they used to be")
            return timeline(posts, ask, truncated=True) if posts else unseen
        posts += _written(found, author.handle, Proof(found.page, rule))
        token = found.text("meta", "next_token")
        oldest = posts[-1].published if posts else None
        if not token or (oldest is not None and oldest.at < ask.since):
            beyond = author.written is None or author.written > _REACHABLE
            return timeline(posts, ask, truncated=bool(token) or beyond)
    return timeline(posts, ask, truncated=True)


def _written(found: Answer, handle: str, proof: Proof) -> Iterator[ProfilePost]:
    for item in found.listed("data"):
        made, number = instant(item.get("created_at")), text_of(item.get("id"))
        if made is None or not number.isdigit():
            continue
        text = _text(item)
        yield ProfilePost(
            url=f"https://x.com/{quote(handle)}/status/{number}",
            title=headline(text),
            text=text,
            published=made,
            evidence=proof.of(f"{made.at:%Y-%m-%d} {text}"),
            format=_format(item),
            language=_language(text_of(item.get("lang"))),
            repost=any(each.get("type") == "retweeted" for each in _references(item)),
            interactions=tuple(_interactions(item)),
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


def _interactions(item: Json) -> Iterator[Interaction]:
    metrics = item.get("public_metrics")
    for reaction, keys in _REACTIONS:
        counts = [count for key in keys if (count := whole(at(metrics, key))) is not None]
        if counts:
            yield Interaction(reaction=reaction, count=sum(counts))
