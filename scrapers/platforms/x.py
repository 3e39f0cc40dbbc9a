"""X: the JSON-LD of the profile page where it is served; with a key, the API v2.

The API (docs.x.com) gives followers and the profile's own posts, and is paid for each post.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from scrapers.parse.embedded import links_of, script_json, statistic, things
from scrapers.parse.html import read_html
from scrapers.parse.ids import time_of_id
from scrapers.parse.urls import host_of, links_in
from scrapers.platforms import kit

API = "https://api.x.com/2"
KEY = kit.Key(
    variables=("X_BEARER_TOKEN",),
    host="api.x.com",
    headers=("Authorization: Bearer {X_BEARER_TOKEN}",),
    adds="followers, and the posts of the period without replies and reposts, with their figures;"
    " X charges for each post that is read, 6,000 of a run at most",
    calls=60,
    opens=frozenset(kit.Opens),
)
_RULE = "platform.x"
_HELP = f"{KEY.name} makes it readable"
_EMBED = "https://syndication.twitter.com/srv/timeline-profile/screen-name/"
_ACTIONS = ((kit.Count.FOLLOWING, "SubscribeAction"), (kit.Count.POSTS, "WriteAction"))
"""X puts those whom the profile follows under SubscribeAction."""

_USER_FIELDS = "created_at,description,entities,location,protected,public_metrics,url,verified"
_POST_FIELDS = "attachments,created_at,entities,lang,note_tweet,public_metrics,referenced_tweets"
_REACHABLE = 800
"""So many of the newest posts can be reached at most where replies are left out."""

_MEDIA = {"3": "image", "7": "video", "13": "video", "16": "video"}
"""What the number before a media key stands for."""

_OWN_HOSTS = frozenset({"x.com", "twitter.com", "pic.twitter.com", "pic.x.com"})
_REACTIONS = (
    (kit.Reaction.LIKES, "public_metrics.like_count"),
    (kit.Reaction.COMMENTS, "public_metrics.reply_count"),
    (kit.Reaction.SHARES, "public_metrics.retweet_count"),
    (kit.Reaction.SHARES, "public_metrics.quote_count"),
    (kit.Reaction.SAVES, "public_metrics.bookmark_count"),
    (kit.Reaction.VIEWS, "public_metrics.impression_count"),
)
_FIGURES = ((kit.Count.FOLLOWING, "following_count"), (kit.Count.POSTS, "tweet_count"))


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read by the API with a key, else what the public page states."""
    if ask.has(KEY):
        return (yield from _official(ask))
    page = yield from kit.ask_page(f"https://x.com/{quote(ask.handle)}")
    profile = _refusal(page) if isinstance(page, kit.Failure) else _by_page(page)
    if isinstance(profile, kit.Unknown) and ask.undocumented:
        return (yield from _by_embed(ask, profile))
    return profile


# ---- the page ----


def _refusal(failure: kit.Failure) -> kit.Unknown:
    """Return why the page was not read, and what helps.

    X answers every address in the same way, so that even a 404 does not prove a profile missing.
    """
    return kit.Unknown(reason=failure.reason, detail=f"{failure.detail}; {_HELP}")


def _by_page(page: kit.Page) -> kit.Profile | kit.Unknown:
    """Read the profile from the page's JSON-LD."""
    statements = things(read_html(page), "ProfilePage")
    owner = kit.field(statements[0], "mainEntity") if statements else None
    if not isinstance(owner, dict):
        # A plain client gets a shell that scripts are to fill, and that asks for a login.
        return kit.unread(kit.Outcome.LOGIN_WALL, f"the page says nothing without a login; {_HELP}")
    name, about = kit.text_of(owner.get("name")), kit.text_of(owner.get("description"))
    proof, handle = kit.Proof(page, _RULE), kit.text_of(owner.get("additionalName"))
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"@{handle}: {name}"),),
        url=f"https://x.com/{quote(handle)}" if handle else "",
        handle=handle,
        account=kit.digits_of(owner.get("identifier")),
        name=name,
        about=about,
        audience=proof.count(statistic(owner, "FollowAction"), "followers"),
        figures=tuple(proof.figure(count, statistic(owner, action)) for count, action in _ACTIONS),
        timeline=kit.needs_key(KEY, "posts"),
        links=kit.distinct(links_in(about), *map(kit.site_in, links_of(statements[0]))),
        created_at=kit.time_of(statements[0].get("dateCreated")),
    )


# ---- the embedded timeline, which no document describes ----


def _by_embed(ask: kit.Ask, reason: kit.Unknown) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the followers from the embedded timeline; `reason` is returned where it fails.

    Its posts are left alone: they stand in the order of their likes and tell no cadence.
    """
    page = yield from kit.ask_page(f"{_EMBED}{quote(ask.handle)}")
    if isinstance(page, kit.Failure):
        return reason
    payload = script_json(read_html(page), "#__NEXT_DATA__")
    entries = kit.items(kit.field(payload, "props", "pageProps", "timeline", "entries"))
    # The profile is described by its posts alone, among which are reposts of others.
    authors = (kit.field(entry, "content", "tweet", "user") for entry in entries)
    own = (author for author in authors if _handle(author).casefold() == ask.handle.casefold())
    user = next(own, None)
    if user is None:
        return reason
    proof, about = kit.Proof(page, _RULE), kit.text_of(kit.field(user, "description"))
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"@{_handle(user)}: {kit.text_of(kit.field(user, 'name'))}"),),
        handle=_handle(user),
        account=kit.text_of(kit.field(user, "id_str")),
        name=kit.text_of(kit.field(user, "name")),
        about=about,
        audience=proof.count(kit.field(user, "followers_count"), "followers"),
        timeline=kit.needs_key(KEY, "posts"),
        links=links_in(about),
    )


def _handle(user: object) -> str:
    """Return the handle of a user in the embedded timeline."""
    return kit.text_of(kit.field(user, "screen_name"))


# ---- the API, which needs a key: the profile ----


def _official(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the profile, then its posts back to the start of the period."""
    answer = yield from kit.ask_json(
        f"{API}/users/by/username/{quote(ask.handle)}?user.fields={_USER_FIELDS}", key=KEY
    )
    if isinstance(answer, kit.Failure):
        return kit.reason_of(answer)
    account = kit.digits_of(answer.field("data", "id"))
    if not account:
        return _no_account(answer)
    proof, handle = kit.Proof(answer.page, _RULE), answer.text("data", "username")
    links = kit.items(answer.field("data", "entities", "description", "urls"))
    about = _spelt_out(answer.text("data", "description"), links)
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"@{handle}: {answer.text('data', 'name')}"),),
        url=f"https://x.com/{quote(handle)}" if handle else "",
        handle=handle,
        account=account,
        name=answer.text("data", "name"),
        about=about,
        audience=proof.count(_metric(answer, "followers_count"), "followers"),
        figures=tuple(proof.figure(count, _metric(answer, key)) for count, key in _FIGURES),
        timeline=(
            kit.unread(kit.Outcome.PRIVATE, "the posts are protected")
            if answer.field("data", "protected") is True
            else (yield from _timeline(ask, _author(answer, account, handle)))
        ),
        links=kit.distinct(_website(answer), links_in(about)),
        created_at=kit.time_of(answer.field("data", "created_at")),
        verified=answer.field("data", "verified") is True,
        shows=(kit.ProfilePart.BIOGRAPHY, kit.ProfilePart.LINK, kit.ProfilePart.VERIFIED),
    )


def _metric(answer: kit.JsonAnswer, key: str) -> object:
    """Return a count of the profile (`followers_count`, `tweet_count`, …)."""
    return answer.field("data", "public_metrics", key)


def _no_account(answer: kit.JsonAnswer) -> kit.Profile | kit.Unknown:
    """Return why an answer holds no account; the API says so in words, with status 200."""
    error = f"{answer.text('errors', 0, 'title')} {answer.text('errors', 0, 'detail')}"
    if "suspended" in error:
        return kit.absent(answer.page, _RULE, kit.Standing.SUSPENDED, "the account is suspended")
    if "Could not find user" in error:
        return kit.not_found(answer.page, _RULE)
    return kit.unread(kit.Outcome.PARSE_FAILED, "no account where it used to be")


def _website(answer: kit.JsonAnswer) -> tuple[str, ...]:
    """Return the address that the profile gives, as it is behind the short one."""
    links = kit.items(answer.field("data", "entities", "url", "urls"))
    return kit.distinct(*(kit.site_in(link.get("expanded_url")) for link in links))


# ---- the API: the posts ----


@dataclass(frozen=True, slots=True)
class _Author:
    """Whose posts are read; `written` is how many there are at all, replies included."""

    account: str
    handle: str
    written: int | None


def _author(answer: kit.JsonAnswer, account: str, handle: str) -> _Author:
    """Put together the author from the answer that describes the profile."""
    return _Author(account, handle, kit.count_of(_metric(answer, "tweet_count")))


def _timeline(ask: kit.Ask, author: _Author) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through the author's own posts until the window is covered."""
    url = (
        f"{API}/users/{author.account}/tweets?max_results=100&exclude=replies,retweets"
        f"&tweet.fields={_POST_FIELDS}"
    )
    # The last page of a list looks the same whether the author has no more posts or the API gives
    # no more: only one who has written little is known to be read to the end.
    beyond = author.written is None or author.written > _REACHABLE

    def after(answer: kit.JsonAnswer, _: int) -> str | None:
        """Return the address of the page after this one; None where more may be out of reach."""
        end = None if beyond else ""
        return kit.at_cursor(url, "pagination_token", answer.text("meta", "next_token")) or end

    listing = kit.Listing(
        first=url,
        items=lambda answer: _posts(answer, author.handle),
        after=after,
        ask=_ask_posts,
    )
    return kit.read_posts(ask, listing)


def _ask_posts(url: str) -> kit.Steps[kit.JsonAnswer | kit.Failure]:
    """Ask for a page of posts; an answer that is no list of posts is a failure."""
    answer = yield from kit.ask_json(url, key=KEY)
    # Where there are no posts, `data` is left out and only `meta` is answered.
    if (
        isinstance(answer, kit.Failure)
        or isinstance(answer.field("meta"), dict)
        or answer.field("data")
    ):
        return answer
    return kit.bad_content(answer.page, "no posts where they used to be")


def _posts(answer: kit.JsonAnswer, handle: str) -> Iterator[kit.ProfilePost]:
    """Read one page of posts."""
    proof = kit.Proof(answer.page, _RULE)
    for post in answer.items("data"):
        number = kit.digits_of(post.get("id"))
        published = kit.dated_at(post.get("created_at")) or kit.dated_by_id(time_of_id("x", number))
        if published is None or not number:
            continue
        text = _text(post)
        yield kit.ProfilePost(
            url=f"https://x.com/{quote(handle)}/status/{number}",
            title=kit.headline(text),
            text=text,
            published=published,
            evidence=proof.dated(published, text),
            format=_format(post),
            language=_language(kit.text_of(post.get("lang"))),
            repost=_is_repost(post),
            interactions=kit.interactions_of(post, _REACTIONS),
        )


def _is_repost(post: kit.Json) -> bool:
    """Tell whether a post passes on another; replies and quotes refer to others, too."""
    references = kit.items(post.get("referenced_tweets"))
    return any(reference.get("type") == "retweeted" for reference in references)


def _links(post: kit.Json) -> list[kit.Json]:
    """Return the links of a post, and those of its long form."""
    return kit.items(kit.field(post, "entities", "urls")) + kit.items(
        kit.field(post, "note_tweet", "entities", "urls")
    )


def _text(post: kit.Json) -> str:
    """Return the words of a post with its links spelt out."""
    # Long posts are cut in `text`; `note_tweet` has them whole.
    text = kit.text_of(kit.field(post, "note_tweet", "text")) or kit.text_of(post.get("text"))
    return _spelt_out(text, _links(post))


def _spelt_out(text: str, links: list[kit.Json]) -> str:
    """Return a text with the addresses that short ones stand for, without those of media.

    Every address in a text is a short one of X's own (t.co). One that leads to X itself shows a
    picture or a quoted post, and is left out.
    """
    for link in links:
        short, target = kit.text_of(link.get("url")), kit.text_of(link.get("expanded_url"))
        if short:
            text = text.replace(short, "" if host_of(target) in _OWN_HOSTS else target)
    return kit.text_of(text)


def _format(post: kit.Json) -> str:
    """Return the format of a post: a poll, its media, a link that leads away, or text."""
    if kit.field(post, "attachments", "poll_ids"):
        return "poll"
    # A media key is `7_` and a number; the first digits say what kind of medium it is.
    keys = kit.field(post, "attachments", "media_keys")
    media = (
        [_MEDIA.get(str(key).partition("_")[0], "image") for key in keys]
        if isinstance(keys, list)
        else []
    )
    if media:
        return "video" if "video" in media else "image"
    targets = (host_of(kit.text_of(link.get("expanded_url"))) for link in _links(post))
    return "link" if any(host and host not in _OWN_HOSTS for host in targets) else "text"


def _language(tag: str) -> str:
    """Return the language of a post; empty where there is none."""
    # X writes `und`, `zxx` or `q` with two letters for posts without words of a language.
    return tag[:2] if len(tag) == 2 or tag[2:3] == "-" else ""


PLATFORM = kit.Platform(
    name="x",
    read=read,
    public="followers where robots.txt and the page allow it; no posts",
    confidence=kit.Confidence.TOOLS,
    keys=(KEY,),
    undocumented="followers from the backend of embedded timelines",
    pace=3.0,
)
