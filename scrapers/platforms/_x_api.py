"""X's API v2 with a bearer token: a profile and its own posts (docs.x.com; paid for each post)."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from scrapers.parse.ids import time_of_id
from scrapers.parse.urls import host_of, links_in
from scrapers.platforms import kit

KEY = kit.Key(
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
    (kit.Reaction.LIKES, "public_metrics.like_count"),
    (kit.Reaction.COMMENTS, "public_metrics.reply_count"),
    (kit.Reaction.SHARES, "public_metrics.retweet_count"),
    (kit.Reaction.SHARES, "public_metrics.quote_count"),
    (kit.Reaction.SAVES, "public_metrics.bookmark_count"),
    (kit.Reaction.VIEWS, "public_metrics.impression_count"),
)
_FIGURES = ((kit.Count.FOLLOWING, "following_count"), (kit.Count.POSTS, "tweet_count"))


def by_key(ask: kit.Ask, rule: str) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the profile, then its posts back to the start of the window."""
    found = yield from kit.ask_json(
        f"{API}/users/by/username/{quote(ask.handle)}?user.fields={_USER}", key=KEY
    )
    if isinstance(found, kit.Failure):
        return kit.reason_of(found)
    account = kit.digits_of(found.field("data", "id"))
    if not account:
        return _refused(found, rule)
    proof, handle = kit.Proof(found.page, rule), found.text("data", "username")
    about = kit.items(found.field("data", "entities", "description", "urls"))
    bio = _spelt_out(found.text("data", "description"), about)
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"@{handle}: {found.text('data', 'name')}"),),
        url=f"https://x.com/{quote(handle)}" if handle else "",
        handle=handle,
        account=account,
        name=found.text("data", "name"),
        about=bio,
        audience=proof.count(found.field("data", "public_metrics", "followers_count"), "followers"),
        figures=tuple(
            proof.figure(count, found.field("data", "public_metrics", key))
            for count, key in _FIGURES
        ),
        timeline=(
            kit.unread(kit.Outcome.PRIVATE, "the posts are protected")
            if found.field("data", "protected") is True
            else (yield from _posts(ask, _Author(account, handle, _written_at_all(found)), rule))
        ),
        links=kit.distinct(_website(found), links_in(bio)),
        created_at=kit.time_of(found.field("data", "created_at")),
        verified=found.field("data", "verified") is True,
    )


def _refused(found: kit.JsonAnswer, rule: str) -> kit.Profile | kit.Unknown:
    said = f"{found.text('errors', 0, 'title')} {found.text('errors', 0, 'detail')}"
    if "suspended" in said:
        return kit.absent(found.page, rule, kit.Standing.SUSPENDED, "the account is suspended")
    if "Could not find user" in said:
        return kit.not_found(found.page, rule)
    return kit.unread(kit.Outcome.PARSE_FAILED, "no account where it used to be")


def _written_at_all(found: kit.JsonAnswer) -> int | None:
    return kit.count_of(found.field("data", "public_metrics", "tweet_count"))


def _website(found: kit.JsonAnswer) -> tuple[str, ...]:
    """The address of the profile, as it is behind the short one."""
    said = kit.items(found.field("data", "entities", "url", "urls"))
    return kit.distinct(*(kit.site_in(each.get("expanded_url")) for each in said))


@dataclass(frozen=True, slots=True)
class _Author:
    """Whose posts are read; `written` is how many there are at all, replies included."""

    account: str
    handle: str
    written: int | None


def _posts(ask: kit.Ask, author: _Author, rule: str) -> kit.Steps[kit.Timeline | kit.Unknown]:
    url = (
        f"{API}/users/{author.account}/tweets?max_results=100&exclude=replies,retweets"
        f"&tweet.fields={_POST}"
    )
    beyond = author.written is None or author.written > _REACHABLE

    def after(found: kit.JsonAnswer, _: int) -> str | None:
        end = None if beyond else ""
        return kit.at_cursor(url, "pagination_token", found.text("meta", "next_token")) or end

    listing = kit.Listing(
        first=url,
        items=lambda found: _written(found, author.handle, kit.Proof(found.page, rule)),
        after=after,
        ask=_asked,
    )
    return kit.read_posts(ask, listing)


def _asked(url: str) -> kit.Steps[kit.JsonAnswer | kit.Failure]:
    """Ask for posts; where there are none, only `meta` is answered."""
    found = yield from kit.ask_json(url, key=KEY)
    if (
        isinstance(found, kit.Failure)
        or isinstance(found.field("meta"), dict)
        or found.field("data")
    ):
        return found
    return kit.bad_content(found.page, "no posts where they used to be")


def _written(found: kit.JsonAnswer, handle: str, proof: kit.Proof) -> Iterator[kit.ProfilePost]:
    for item in found.items("data"):
        number = kit.digits_of(item.get("id"))
        made = kit.dated_at(item.get("created_at")) or kit.dated_by_id(time_of_id("x", number))
        if made is None or not number:
            continue
        text = _text(item)
        yield kit.ProfilePost(
            url=f"https://x.com/{quote(handle)}/status/{number}",
            title=kit.headline(text),
            text=text,
            published=made,
            evidence=proof.dated(made, text),
            format=_format(item),
            language=_language(kit.text_of(item.get("lang"))),
            repost=any(each.get("type") == "retweeted" for each in _references(item)),
            interactions=kit.interactions_of(item, _REACTIONS),
        )


def _references(item: kit.Json) -> list[kit.Json]:
    return kit.items(item.get("referenced_tweets"))


def _links(item: kit.Json) -> list[kit.Json]:
    return kit.items(kit.field(item, "entities", "urls")) + kit.items(
        kit.field(item, "note_tweet", "entities", "urls")
    )


def _text(item: kit.Json) -> str:
    text = kit.text_of(kit.field(item, "note_tweet", "text")) or kit.text_of(item.get("text"))
    return _spelt_out(text, _links(item))


def _spelt_out(text: str, links: list[kit.Json]) -> str:
    """A text with the addresses that short ones stand for, without those of media."""
    for link in links:
        short, target = kit.text_of(link.get("url")), kit.text_of(link.get("expanded_url"))
        if short:
            text = text.replace(short, "" if host_of(target) in _OWN else target)
    return kit.text_of(text)


def _format(item: kit.Json) -> str:
    if kit.field(item, "attachments", "poll_ids"):
        return "poll"
    keys = kit.field(item, "attachments", "media_keys")
    media = (
        [_MEDIA.get(str(key).partition("_")[0], "image") for key in keys]
        if isinstance(keys, list)
        else []
    )
    if media:
        return "video" if "video" in media else "image"
    targets = (host_of(kit.text_of(each.get("expanded_url"))) for each in _links(item))
    return "link" if any(host and host not in _OWN for host in targets) else "text"


def _language(said: str) -> str:
    """The language of a post; X writes und, zxx and q.. where there is none."""
    return said[:2] if len(said) == 2 or said[2:3] == "-" else ""
