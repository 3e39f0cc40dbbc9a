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

_RULE = "platform.mastodon"
_LIMIT = 40
_MEDIA = {"image": "image", "gifv": "image", "video": "video", "audio": "audio"}
_REACTIONS = (
    (kit.Reaction.LIKES, "favourites_count"),
    (kit.Reaction.COMMENTS, "replies_count"),
    (kit.Reaction.SHARES, "reblogs_count"),
    (kit.Reaction.SHARES, "quotes_count"),
)


def read_mastodon(ask: kit.Ask, home: Home) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the account, then its statuses; go after an account that lives elsewhere, once."""
    found = yield from look_up(home)
    if isinstance(found, kit.Failure):
        return (yield from _refused(ask, home, found))
    afar = _afar(found, home)
    elsewhere = _home_of(found.field("moved") or (found.payload if afar else None))
    if elsewhere is None:
        return (yield from _here(ask, home, found))
    there = yield from look_up(elsewhere)
    if isinstance(there, kit.JsonAnswer) and not _afar(there, elsewhere):
        read = yield from _here(ask, elsewhere, there)
        if afar:
            return read
        if isinstance(read, kit.Profile) and read.standing is kit.Standing.LIVE:
            return replace(read, handle=f"{read.handle}@{elsewhere.host}")
    if afar:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no server calls the account its own")
    return (yield from _here(ask, home, found))


def look_up(home: Home) -> kit.Steps[kit.JsonAnswer | kit.Failure]:
    """Ask an account's own server for it."""
    return (yield from kit.ask_json(f"{home.api}/api/v1/accounts/lookup?acct={quote(home.name)}"))


def _refused(
    ask: kit.Ask, home: Home, failure: kit.Failure
) -> kit.Steps[kit.Profile | kit.Unknown]:
    """There is no such account, the server wants a login, or it is asked in another way."""
    said = kit.json_of(failure.body)
    if failure.reason in kit.GONE and (
        kit.field(said, "error") or failure.reason is kit.Reason.HTTP_410
    ):
        return kit.not_found(failure, _RULE)
    if failure.reason is kit.Reason.HTTP_401:
        detail = "its server shows accounts to those who are logged in only"
        return kit.unread(kit.Outcome.LOGIN_WALL, detail)
    if failure.reason in REFUSALS:
        return kit.reason_of(failure)
    return (yield from read_page(ask, home, kit.reason_of(failure)))


def _afar(found: kit.JsonAnswer, home: Home) -> bool:
    """Tell whether a server calls an account another's; Madblog writes out its own name as well."""
    lives_at = (authority_of(found.text("url")), authority_of(found.text("uri")))
    return "@" in found.text("acct") and home.host not in lives_at


def _home_of(said: object) -> Home | None:
    """The server of an account that has moved there, or that is known here only from afar."""
    host = authority_of(kit.address_of(kit.field(said, "url")))
    name = (
        kit.text_of(kit.field(said, "username"))
        or kit.text_of(kit.field(said, "acct")).partition("@")[0]
    )
    return Home(host=host, name=name) if host and name else None


def _here(ask: kit.Ask, home: Home, found: kit.JsonAnswer) -> kit.Steps[kit.Profile | kit.Unknown]:
    """What the account's own server says of it."""
    if not found.text("id"):
        return kit.unread(kit.Outcome.PARSE_FAILED, "no account where it used to be")
    if found.field("suspended") is True:
        said = "its server has suspended the account"
        return kit.absent(found.page, _RULE, kit.Standing.SUSPENDED, said)
    return (yield from _profile(ask, home, found))


def _profile(ask: kit.Ask, home: Home, found: kit.JsonAnswer) -> kit.Steps[kit.Profile]:
    """The account; of one that asks not to be indexed, its counts and no more."""
    proof, name = kit.Proof(found.page, _RULE), found.text("username") or home.name
    silent, fields = found.field("noindex") is True, found.items("fields")
    verified = kit.distinct(
        *(addresses(each.get("value")) for each in fields if each.get("verified_at"))
    )
    others = (addresses(each.get("value")) for each in fields)
    shown = f"@{name}@{home.host}"
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{shown}: {found.text('display_name')}{_limited(found)}"),),
        url=kit.address_of(found.field("url")) or f"{home.api}/@{quote(name)}",
        handle=name,
        account=found.text("uri") or f"{home.host}/{found.text('id')}",
        name=found.text("display_name") or name,
        about="" if silent else kit.plain_text(found.field("note")),
        audience=_count(proof, found, "followers"),
        figures=(
            kit.ProfileFigure(count=kit.Count.FOLLOWING, value=_count(proof, found, "following")),
            proof.figure(kit.Count.POSTS, found.field("statuses_count")),
        ),
        timeline=(
            kit.unread(kit.Outcome.HIDDEN, "the owner asks not to be indexed: counts only")
            if silent
            else (yield from _statuses(ask, home, found.text("id")))
        ),
        links=() if silent else kit.distinct(verified, *others, addresses(found.field("note"))),
        created_at=_begun(found.field("created_at")),
        verified=proves(verified, ask.website),
    )


def _begun(said: object) -> datetime | None:
    """When the account was made; a server that does not know says 1970."""
    made = kit.time_of(said)
    return made if made is not None and made.year > 1970 else None


def _limited(found: kit.JsonAnswer) -> str:
    return " (limited by its server)" if found.field("limited") is True else ""


def _count(proof: kit.Proof, found: kit.JsonAnswer, word: str) -> kit.Known[int] | kit.Unknown:
    """A count; Pleroma says 0 where the owner hides it, and says that it is hidden."""
    hides = {"followers": "hide_followers_count", "following": "hide_follows_count"}[word]
    if found.field("pleroma", hides) is True:
        return kit.unread(kit.Outcome.HIDDEN, f"the owner does not show the count of {word}")
    return proof.count(found.field(f"{word}_count"), word)


def _statuses(ask: kit.Ask, home: Home, account: str) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through the statuses, without replies and boosts, until the window is covered."""
    url = (
        f"{home.api}/api/v1/accounts/{quote(account)}/statuses"
        f"?limit={_LIMIT}&exclude_replies=true&exclude_reblogs=true"
    )
    listing = kit.Listing(
        first=url,
        items=_in_order,
        after=lambda found, _: (
            kit.at_cursor(url, "max_id", _last(found)) if _goes_on(found) else ""
        ),
        within=(),
        what="statuses",
    )
    return kit.read_posts(ask, listing)


def _last(found: kit.JsonAnswer) -> str:
    return kit.text_of(kit.field(found.payload, -1, "id"))


def _goes_on(found: kit.JsonAnswer) -> bool:
    """Tell whether there is an older page: by the Link header, without one by a full page."""
    link = found.page.header("link")
    return 'rel="next"' in link if link else len(found.items()) >= _LIMIT


def _in_order(found: kit.JsonAnswer) -> list[kit.ProfilePost]:
    """The posts of a page; where it mixes the days the newest is last, so that all must be old.

    Madblog lists by the time at which a post reached its outbox.
    """
    posts = list(_written(found))
    times = [_time(post) for post in posts]
    return posts if times == sorted(times, reverse=True) else sorted(posts, key=_time)


def _time(post: kit.ProfilePost) -> float:
    return post.published.at.timestamp() if post.published is not None else 0.0


def _written(found: kit.JsonAnswer) -> Iterator[kit.ProfilePost]:
    proof = kit.Proof(found.page, _RULE)
    for said in found.items():
        boosted = said.get("reblog")
        post = boosted if isinstance(boosted, dict) else said
        made, url = _made(said), kit.text_of(post.get("url")) or kit.text_of(post.get("uri"))
        seen = kit.text_of(said.get("visibility")) in ("", "public", "unlisted")
        if made is None or not url.startswith(("http://", "https://")) or not seen:
            continue
        if kit.text_of(said.get("uri")) == kit.text_of(kit.field(said, "account", "uri")) != "":
            continue  # a change of the profile, which Madblog lists among the statuses
        repost = post is not said
        text = "" if repost else kit.plain_text(post.get("content"))
        title = kit.text_of(post.get("spoiler_text"), 300) or text or _pictured(post)
        yield kit.ProfilePost(
            url=url,
            title="" if repost else kit.headline(title),
            text=text,
            published=made,
            evidence=proof.dated(made, text),
            format=_format(post),
            language=kit.language_of(post.get("language")),
            repost=repost,
            interactions=kit.interactions_of(post, _REACTIONS),
        )


def _made(said: kit.Json) -> kit.Dated | None:
    made = kit.dated_at(said.get("created_at"))
    return made or kit.dated_by_id(time_of_id("mastodon", kit.text_of(said.get("id"))))


def _pictured(post: kit.Json) -> str:
    """What the first picture shows, for a post without words."""
    return kit.text_of(kit.field(post.get("media_attachments"), 0, "description"))


def _format(post: kit.Json) -> str:
    media = kit.items(post.get("media_attachments"))
    kinds = {_MEDIA[kind] for each in media if (kind := kit.text_of(each.get("type"))) in _MEDIA}
    if kinds or post.get("poll"):
        return kit.format_of(kinds) or "poll"
    return "link" if post.get("card") else "text"
