"""Mastodon and what speaks its interface: account and statuses (docs.joinmastodon.org/methods)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from urllib.parse import quote

from audit.model.dated import Dated
from audit.model.exchange import Failure
from audit.model.profile import (
    Count,
    Outcome,
    Profile,
    ProfileFigure,
    ProfilePost,
    Reaction,
    Standing,
    Timeline,
    unread,
)
from audit.model.value import Known, Reason, Unknown
from scrapers.parse.ids import time_of_id
from scrapers.parse.urls import authority_of
from scrapers.parse.values import (
    Json,
    address_of,
    at,
    by_id,
    headline,
    instant,
    language_of,
    listed,
    loaded,
    once,
    plain,
    text_of,
    time_of,
)
from scrapers.platforms.fediverse.home import REFUSALS, Home
from scrapers.platforms.fediverse.page import read_page
from scrapers.platforms.fediverse.words import addresses, proves
from scrapers.platforms.kit.base import GONE, Answer, Ask, Steps, answer
from scrapers.platforms.kit.paging import Listing, onward, paged
from scrapers.platforms.kit.posts import interactions, mixed
from scrapers.platforms.kit.proof import Proof, absent, gone, why

_RULE = "platform.mastodon"
_LIMIT = 40
_MEDIA = {"image": "image", "gifv": "image", "video": "video", "audio": "audio"}
_REACTIONS = (
    (Reaction.LIKES, "favourites_count"),
    (Reaction.COMMENTS, "replies_count"),
    (Reaction.SHARES, "reblogs_count"),
    (Reaction.SHARES, "quotes_count"),
)


def read_mastodon(ask: Ask, home: Home) -> Steps[Profile | Unknown]:
    """Read the account, then its statuses; go after an account that lives elsewhere, once."""
    found = yield from look_up(home)
    if isinstance(found, Failure):
        return (yield from _refused(ask, home, found))
    afar = _afar(found, home)
    elsewhere = _home_of(found.at("moved") or (found.said if afar else None))
    if elsewhere is None:
        return (yield from _here(ask, home, found))
    there = yield from look_up(elsewhere)
    if isinstance(there, Answer) and not _afar(there, elsewhere):
        read = yield from _here(ask, elsewhere, there)
        if afar:
            return read
        if isinstance(read, Profile) and read.standing is Standing.LIVE:
            return replace(read, handle=f"{read.handle}@{elsewhere.host}")
    if afar:
        return unread(Outcome.PARSE_FAILED, "no server calls the account its own")
    return (yield from _here(ask, home, found))


def look_up(home: Home) -> Steps[Answer | Failure]:
    """Ask an account's own server for it."""
    return (yield from answer(f"{home.api}/api/v1/accounts/lookup?acct={quote(home.name)}"))


def _refused(ask: Ask, home: Home, failure: Failure) -> Steps[Profile | Unknown]:
    """There is no such account, the server wants a login, or it is asked in another way."""
    said = loaded(failure.body)
    if failure.reason in GONE and (at(said, "error") or failure.reason is Reason.HTTP_410):
        return gone(failure, _RULE)
    if failure.reason is Reason.HTTP_401:
        detail = "its server shows accounts to those who are logged in only"
        return unread(Outcome.LOGIN_WALL, detail)
    if failure.reason in REFUSALS:
        return why(failure)
    return (yield from read_page(ask, home, why(failure)))


def _afar(found: Answer, home: Home) -> bool:
    """Tell whether a server calls an account another's; Madblog writes out its own name as well."""
    lives_at = (authority_of(found.text("url")), authority_of(found.text("uri")))
    return "@" in found.text("acct") and home.host not in lives_at


def _home_of(said: object) -> Home | None:
    """The server of an account that has moved there, or that is known here only from afar."""
    host = authority_of(address_of(at(said, "url")))
    name = text_of(at(said, "username")) or text_of(at(said, "acct")).partition("@")[0]
    return Home(host=host, name=name) if host and name else None


def _here(ask: Ask, home: Home, found: Answer) -> Steps[Profile | Unknown]:
    """What the account's own server says of it."""
    if not found.text("id"):
        return unread(Outcome.PARSE_FAILED, "no account where it used to be")
    if found.at("suspended") is True:
        said = "its server has suspended the account"
        return absent(found.page, _RULE, Standing.SUSPENDED, said)
    return (yield from _profile(ask, home, found))


def _profile(ask: Ask, home: Home, found: Answer) -> Steps[Profile]:
    """The account; of one that asks not to be indexed, its counts and no more."""
    proof, name = Proof(found.page, _RULE), found.text("username") or home.name
    silent, fields = found.at("noindex") is True, found.listed("fields")
    verified = once(*(addresses(each.get("value")) for each in fields if each.get("verified_at")))
    others = (addresses(each.get("value")) for each in fields)
    shown = f"@{name}@{home.host}"
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{shown}: {found.text('display_name')}{_limited(found)}"),),
        url=address_of(found.at("url")) or f"{home.api}/@{quote(name)}",
        handle=name,
        account=found.text("uri") or f"{home.host}/{found.text('id')}",
        name=found.text("display_name") or name,
        about="" if silent else plain(found.at("note")),
        audience=_count(proof, found, "followers"),
        figures=(
            ProfileFigure(count=Count.FOLLOWING, value=_count(proof, found, "following")),
            proof.figure(Count.POSTS, found.at("statuses_count")),
        ),
        timeline=(
            unread(Outcome.HIDDEN, "the owner asks not to be indexed: counts only")
            if silent
            else (yield from _statuses(ask, home, found.text("id")))
        ),
        links=() if silent else once(verified, *others, addresses(found.at("note"))),
        created_at=_begun(found.at("created_at")),
        verified=proves(verified, ask.website),
    )


def _begun(said: object) -> datetime | None:
    """When the account was made; a server that does not know says 1970."""
    made = time_of(said)
    return made if made is not None and made.year > 1970 else None


def _limited(found: Answer) -> str:
    return " (limited by its server)" if found.at("limited") is True else ""


def _count(proof: Proof, found: Answer, word: str) -> Known[int] | Unknown:
    """A count; Pleroma says 0 where the owner hides it, and says that it is hidden."""
    hides = {"followers": "hide_followers_count", "following": "hide_follows_count"}[word]
    if found.at("pleroma", hides) is True:
        return unread(Outcome.HIDDEN, f"the owner does not show the count of {word}")
    return proof.count(found.at(f"{word}_count"), word)


def _statuses(ask: Ask, home: Home, account: str) -> Steps[Timeline | Unknown]:
    """Page back through the statuses, without replies and boosts, until the window is covered."""
    url = (
        f"{home.api}/api/v1/accounts/{quote(account)}/statuses"
        f"?limit={_LIMIT}&exclude_replies=true&exclude_reblogs=true"
    )
    listing = Listing(
        first=url,
        items=_in_order,
        after=lambda found, _: onward(url, "max_id", _last(found)) if _goes_on(found) else "",
        within=(),
        what="statuses",
    )
    return paged(ask, listing)


def _last(found: Answer) -> str:
    return text_of(at(found.said, -1, "id"))


def _goes_on(found: Answer) -> bool:
    """Tell whether there is an older page: by the Link header, without one by a full page."""
    link = found.page.header("link")
    return 'rel="next"' in link if link else len(found.listed()) >= _LIMIT


def _in_order(found: Answer) -> list[ProfilePost]:
    """The posts of a page; where it mixes the days the newest is last, so that all must be old.

    Madblog lists by the time at which a post reached its outbox.
    """
    posts = list(_written(found))
    times = [_time(post) for post in posts]
    return posts if times == sorted(times, reverse=True) else sorted(posts, key=_time)


def _time(post: ProfilePost) -> float:
    return post.published.at.timestamp() if post.published is not None else 0.0


def _written(found: Answer) -> Iterator[ProfilePost]:
    proof = Proof(found.page, _RULE)
    for said in found.listed():
        boosted = said.get("reblog")
        post = boosted if isinstance(boosted, dict) else said
        made, url = _made(said), text_of(post.get("url")) or text_of(post.get("uri"))
        seen = text_of(said.get("visibility")) in ("", "public", "unlisted")
        if made is None or not url.startswith(("http://", "https://")) or not seen:
            continue
        if text_of(said.get("uri")) == text_of(at(said, "account", "uri")) != "":
            continue  # a change of the profile, which Madblog lists among the statuses
        repost = post is not said
        text = "" if repost else plain(post.get("content"))
        title = text_of(post.get("spoiler_text"), 300) or text or _pictured(post)
        yield ProfilePost(
            url=url,
            title="" if repost else headline(title),
            text=text,
            published=made,
            evidence=proof.dated(made, text),
            format=_format(post),
            language=language_of(post.get("language")),
            repost=repost,
            interactions=interactions(post, _REACTIONS),
        )


def _made(said: Json) -> Dated | None:
    made = instant(said.get("created_at"))
    return made or by_id(time_of_id("mastodon", text_of(said.get("id"))))


def _pictured(post: Json) -> str:
    """What the first picture shows, for a post without words."""
    return text_of(at(post.get("media_attachments"), 0, "description"))


def _format(post: Json) -> str:
    media = listed(post.get("media_attachments"))
    kinds = {_MEDIA[kind] for each in media if (kind := text_of(each.get("type"))) in _MEDIA}
    if kinds or post.get("poll"):
        return mixed(kinds) or "poll"
    return "link" if post.get("card") else "text"
