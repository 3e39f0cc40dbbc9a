"""Mastodon and what speaks its interface: account and statuses (docs.joinmastodon.org/methods)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from urllib.parse import quote

from scrapers.parse.ids import time_of_id
from scrapers.parse.urls import authority_of
from scrapers.platforms import kit
from scrapers.platforms.fediverse.home import REFUSALS, Home
from scrapers.platforms.fediverse.page import read_page
from scrapers.platforms.fediverse.words import addresses, proves

SPEAKERS = frozenset(
    {
        "",
        "mastodon",
        "hometown",
        "glitch",
        "pleroma",
        "akkoma",
        "rebased",
        "mitra",
        "takahe",
        "madblog",
    }
)
"""Software that answers Mastodon's requests without a login; "" is a server that does not tell."""

_RULE = "platform.mastodon"
_LIMIT = 40
_SHOWS = (
    kit.ProfilePart.BIOGRAPHY,
    kit.ProfilePart.LINK,
    kit.ProfilePart.VERIFIED,
    kit.ProfilePart.PICTURE,
    kit.ProfilePart.COVER,
)
_NO_PICTURE = "/missing.png"
"""How the address of the picture ends that stands for one that the owner has not chosen."""

_MEDIA = {"image": "image", "gifv": "image", "video": "video", "audio": "audio"}
_REACTIONS = (
    (kit.Reaction.LIKES, "favourites_count"),
    (kit.Reaction.COMMENTS, "replies_count"),
    (kit.Reaction.SHARES, "reblogs_count"),
    (kit.Reaction.SHARES, "quotes_count"),
)


def read_mastodon(ask: kit.Ask, home: Home) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the account, then its statuses; go after an account that lives elsewhere, once.

    An account lives elsewhere if its owner has moved it, or if this server only has a copy of it.
    Copies undercount followers, so that a copy whose own server does not answer gives no profile;
    an account that has moved to where nothing answers is read where it was.
    """
    answer = yield from look_up(home)
    if isinstance(answer, kit.Failure):
        return (yield from _refused(ask, home, answer))
    is_copy = _is_copy(answer, home)
    elsewhere = _home_of(answer.field("moved") or (answer.payload if is_copy else None))
    if elsewhere is None:
        return (yield from _account(ask, home, answer))
    there = yield from look_up(elsewhere)
    if isinstance(there, kit.JsonAnswer) and not _is_copy(there, elsewhere):
        profile = yield from _account(ask, elsewhere, there)
        if is_copy:
            return profile
        if isinstance(profile, kit.Profile) and profile.standing is kit.Standing.LIVE:
            return replace(profile, handle=f"{profile.handle}@{elsewhere.host}")
    if is_copy:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no server calls the account its own")
    return (yield from _account(ask, home, answer))


def look_up(home: Home) -> kit.Steps[kit.JsonAnswer | kit.Failure]:
    """Ask an account's own server for it."""
    return (yield from kit.ask_json(f"{home.api}/api/v1/accounts/lookup?acct={quote(home.name)}"))


def _refused(
    ask: kit.Ask, home: Home, failure: kit.Failure
) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Say that there is no such account or that the server wants a login, or read the page.

    Mastodon's own 404 is JSON, `{"error": "Record not found"}`; one without it may come from a
    server without this interface, of which the page can still be read.
    """
    stated = kit.field(kit.json_of(failure.body), "error")
    if failure.reason in kit.GONE and (stated or failure.reason is kit.Reason.HTTP_410):
        return kit.not_found(failure, _RULE)
    if failure.reason is kit.Reason.HTTP_401:
        detail = "its server shows accounts to those who are logged in only"
        return kit.unread(kit.Outcome.LOGIN_WALL, detail)
    if failure.reason in REFUSALS:
        return kit.reason_of(failure)
    return (yield from read_page(ask, home, kit.reason_of(failure)))


def _is_copy(account: kit.JsonAnswer, home: Home) -> bool:
    """Tell whether a server only has a copy of an account: such a one is called `acme@its.server`.

    Madblog (1.3.11) writes out its own name as well: its accounts live at their own addresses.
    """
    hosts = (authority_of(account.text("url")), authority_of(account.text("uri")))
    return "@" in account.text("acct") and home.host not in hosts


def _home_of(account: object) -> Home | None:
    """Return the own server of an account, by the address of its page; None where it names none."""
    host = authority_of(kit.address_of(kit.field(account, "url")))
    name = (
        kit.text_of(kit.field(account, "username"))
        or kit.text_of(kit.field(account, "acct")).partition("@")[0]
    )
    return Home(host=host, name=name) if host and name else None


def _account(
    ask: kit.Ask, home: Home, answer: kit.JsonAnswer
) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read what the account's own server says of it."""
    if not answer.text("id"):
        return kit.unread(kit.Outcome.PARSE_FAILED, "no account where it used to be")
    if answer.field("suspended") is True:
        detail = "its server has suspended the account"
        return kit.absent(answer.page, _RULE, kit.Standing.SUSPENDED, detail)
    return (yield from _profile(ask, home, answer))


def _profile(ask: kit.Ask, home: Home, account: kit.JsonAnswer) -> kit.Steps[kit.Profile]:
    """Return the profile with its posts; of one that asks not to be indexed, its counts alone."""
    proof, name = kit.Proof(account.page, _RULE), account.text("username") or home.name
    silent, fields = account.field("noindex") is True, account.items("fields")
    verified = kit.distinct(
        *(addresses(entry.get("value")) for entry in fields if entry.get("verified_at"))
    )
    others = (addresses(entry.get("value")) for entry in fields)
    excerpt = f"@{name}@{home.host}: {account.text('display_name')}{_limited(account)}"
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(excerpt),),
        url=kit.address_of(account.field("url")) or f"{home.api}/@{quote(name)}",
        handle=name,
        account=account.text("uri") or f"{home.host}/{account.text('id')}",
        name=account.text("display_name") or name,
        about="" if silent else kit.plain_text(account.field("note")),
        audience=_count(proof, account, "followers"),
        figures=(
            kit.ProfileFigure(count=kit.Count.FOLLOWING, value=_count(proof, account, "following")),
            proof.figure(kit.Count.POSTS, account.field("statuses_count")),
        ),
        timeline=(
            kit.unread(kit.Outcome.HIDDEN, "the owner asks not to be indexed: counts only")
            if silent
            else (yield from _statuses(ask, home, account.text("id")))
        ),
        links=() if silent else kit.distinct(verified, *others, addresses(account.field("note"))),
        created_at=_created(account.field("created_at")),
        verified=proves(verified, ask.website),
        picture=_is_chosen(account.text("avatar")),
        cover=_is_chosen(account.text("header")),
        # Of an account that asks not to be indexed no words are kept: that is no empty biography.
        shows=() if silent else _SHOWS,
    )


def _is_chosen(address: str) -> bool:
    """Tell whether a picture is the owner's own, and not the one that stands for none."""
    return bool(address) and not address.endswith(_NO_PICTURE)


def _created(value: object) -> datetime | None:
    """Return when the account was made; a server that does not know says 1970 (Madblog 1.3.11)."""
    at = kit.time_of(value)
    return at if at is not None and at.year > 1970 else None


def _limited(account: kit.JsonAnswer) -> str:
    """Return what to add to the evidence of an account that its server shows to few."""
    return " (limited by its server)" if account.field("limited") is True else ""


def _count(proof: kit.Proof, account: kit.JsonAnswer, word: str) -> kit.Known[int] | kit.Unknown:
    """Return a count; Pleroma says 0 where the owner hides it, and says that it is hidden."""
    hides = {"followers": "hide_followers_count", "following": "hide_follows_count"}[word]
    if account.field("pleroma", hides) is True:
        return kit.unread(kit.Outcome.HIDDEN, f"the owner does not show the count of {word}")
    return proof.count(account.field(f"{word}_count"), word)


def _statuses(ask: kit.Ask, home: Home, account: str) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through the statuses, without replies and boosts, until the window is covered."""
    url = (
        f"{home.api}/api/v1/accounts/{quote(account)}/statuses"
        f"?limit={_LIMIT}&exclude_replies=true&exclude_reblogs=true"
    )
    listing = kit.Listing(
        first=url,
        items=_in_order,
        after=lambda answer, _: (
            kit.at_cursor(url, "max_id", _last_id(answer)) if _goes_on(answer) else ""
        ),
        within=(),
        what="statuses",
    )
    return kit.read_posts(ask, listing)


def _last_id(answer: kit.JsonAnswer) -> str:
    """Return the id of a page's last status, before which the next page begins."""
    return kit.text_of(kit.field(answer.payload, -1, "id"))


def _goes_on(answer: kit.JsonAnswer) -> bool:
    """Tell whether there is an older page: by the Link header, without one by a full page."""
    link = answer.page.header("link")
    return 'rel="next"' in link if link else len(answer.items()) >= _LIMIT


def _in_order(answer: kit.JsonAnswer) -> list[kit.ProfilePost]:
    """Return the posts of a page; where it mixes the days, the newest last: all must then be old.

    Paging stops at a page whose last post is older than the window. Madblog (1.3.11) lists by the
    time at which a post reached its outbox: an old last post there says nothing of the others.
    """
    posts = list(_written(answer))
    times = [_time(post) for post in posts]
    return posts if times == sorted(times, reverse=True) else sorted(posts, key=_time)


def _time(post: kit.ProfilePost) -> float:
    """Return the time of a post in seconds since 1970; 0 where it has none."""
    return post.published.at.timestamp() if post.published is not None else 0.0


def _written(answer: kit.JsonAnswer) -> Iterator[kit.ProfilePost]:
    """Give the statuses that everybody may see; of boosts no words, which are other people's."""
    proof = kit.Proof(answer.page, _RULE)
    for status in answer.items():
        boosted = status.get("reblog")
        post = boosted if isinstance(boosted, dict) else status
        published, url = _published(status), _address(post)
        public = kit.text_of(status.get("visibility")) in ("", "public", "unlisted")
        if published is None or not url or not public or _is_the_account(status):
            continue
        repost = post is not status
        text = "" if repost else kit.plain_text(post.get("content"))
        title = kit.text_of(post.get("spoiler_text"), 300) or text or _pictured(post)
        yield kit.ProfilePost(
            url=url,
            title="" if repost else kit.headline(title),
            text=text,
            published=published,
            evidence=proof.dated(published, text),
            format=_format(post),
            language=kit.language_of(post.get("language")),
            repost=repost,
            interactions=kit.interactions_of(post, _REACTIONS),
        )


def _published(status: kit.Json) -> kit.Dated | None:
    """Return when a status was published; without a time its id holds it."""
    stated = kit.dated_at(status.get("created_at"))
    return stated or kit.dated_by_id(time_of_id("mastodon", kit.text_of(status.get("id"))))


def _address(post: kit.Json) -> str:
    """Return the address of a post's page, else that for programs; "" for no web address."""
    url = kit.text_of(post.get("url")) or kit.text_of(post.get("uri"))
    return url if url.startswith(("http://", "https://")) else ""


def _is_the_account(status: kit.Json) -> bool:
    """Tell whether a status is a change of the profile, which Madblog (1.3.11) lists among them.

    Its address is the account's.
    """
    return kit.text_of(status.get("uri")) == kit.text_of(kit.field(status, "account", "uri")) != ""


def _pictured(post: kit.Json) -> str:
    """Return what the first picture shows, for a post without words."""
    return kit.text_of(kit.field(post.get("media_attachments"), 0, "description"))


def _format(post: kit.Json) -> str:
    """Return the format of a post by its media, else its poll, else the preview of a link."""
    media = kit.items(post.get("media_attachments"))
    kinds = {_MEDIA[kind] for file in media if (kind := kit.text_of(file.get("type"))) in _MEDIA}
    if kinds or post.get("poll"):
        return kit.format_of(kinds) or "poll"
    return "link" if post.get("card") else "text"
