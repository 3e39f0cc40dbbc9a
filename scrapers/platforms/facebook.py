"""Facebook pages: Open Graph of the page; Graph API with a key (developers.facebook.com)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from urllib.parse import quote

from scrapers.parse.html import Document, read_html
from scrapers.parse.urls import links_in
from scrapers.platforms import kit

KEY = kit.Key(
    variables=("FB_ACCESS_TOKEN",),
    host="graph.facebook.com",
    headers=("Authorization: Bearer {FB_ACCESS_TOKEN}",),
    adds="followers and posts of pages, if Meta has granted Page Public Content Access",
    calls=200,
)
API = "https://graph.facebook.com/v25.0"
_RULE = "platform.facebook"
_PAGE = (
    "name,username,about,fan_count,followers_count,talking_about_count,verification_status,"
    "link,website"
)
_POSTS = (
    "id,created_time,message,permalink_url,attachments%7Bmedia_type%7D,shares,"
    "reactions.summary(true).limit(0),comments.summary(true).limit(0)"
)
_NO_ALIAS = 803
_VERIFIED = ("blue_verified", "gray_verified")
_FORMATS = {"photo": "image", "album": "image", "video": "video", "link": "link", "event": "event"}
_NUMBERED = re.compile(r"-(\d{6,})$")
_LIKES = re.compile(r"(\d[\d.,]*\s?[KM]?) likes?\b")
_TALKING = re.compile(r"(\d[\d.,]*\s?[KM]?) talking about this\b")
_ABOUT = re.compile(r"(?:likes?|talking about this|were here)\. (.+)$", re.S)
_ACCOUNT = re.compile(r"fb://(?:page|profile)/\??(?:id=)?(\d+)")
_NOT_FOUND = re.compile(rb">\s*page not found\s*</title>", re.I)
_LOGIN = re.compile(
    r"facebook\s*$|facebook\s+[–-]\s+log in|log in(?:to facebook|\s+or sign up|\s*$)", re.I
)
_REACTIONS = (
    (kit.Reaction.LIKES, "reactions.summary.total_count"),
    (kit.Reaction.COMMENTS, "comments.summary.total_count"),
    (kit.Reaction.SHARES, "shares.count"),
)


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the page by the key where there is one, else what Facebook shows to everybody."""
    hidden = kit.needs_key(KEY, "Facebook shows followers and posts to no one without a login")
    if ask.has(KEY):
        keyed = yield from _keyed(ask)
        if isinstance(keyed, kit.Profile):
            return keyed
        hidden = keyed
    shown = _shown((yield from kit.ask_page(ask.url)))
    if isinstance(shown, kit.Unknown):
        return hidden if ask.has(KEY) else shown
    if shown.standing is kit.Standing.LIVE:
        return replace(shown, audience=hidden, timeline=hidden)
    return shown


def _shown(found: kit.Page | kit.Failure) -> kit.Profile | kit.Unknown:
    """What a page says to a reader without a login, or why nothing."""
    if _NOT_FOUND.search(found.body[:20_000]):
        return kit.not_found(found, _RULE)
    if isinstance(found, kit.Failure):
        return kit.reason_of(found)
    document = read_html(found)
    title = document.meta("og:title")
    wall = _LOGIN.match(title or document.title) or kit.leads_to_login(found, "login", "checkpoint")
    if title and not wall:
        return _profile(document, title)
    if wall:
        return kit.unread(
            kit.Outcome.LOGIN_WALL, "a login in place of the page, or there is no such page"
        )
    return _refused(document.source)


def _refused(source: str) -> kit.Unknown:
    """What a page without a title is."""
    if "CometErrorRoot.react" in source:
        return kit.unread(kit.Outcome.BLOCKED, "Facebook blocks this address for a time")
    if "This content isn't available right now" in source:
        return kit.unread(kit.Outcome.PRIVATE, "not shown to everybody, or removed")
    return kit.unread(kit.Outcome.PARSE_FAILED, "no Open Graph title where it used to be")


def _profile(document: Document, title: str) -> kit.Profile:
    proof = kit.Proof(document.page, _RULE)
    said = document.meta("og:description", "description").removeprefix(title)
    likes, talking, about = _LIKES.search(said), _TALKING.search(said), _ABOUT.search(said)
    account = _ACCOUNT.match(document.meta("al:android:url", "al:ios:url"))
    url = document.meta("og:url").rstrip("/")
    text = about[1] if about is not None else ""
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{title}{said}"),),
        url=url if url.startswith("https://www.facebook.com/") else "",
        account=account[1] if account is not None else "",
        name=title.removesuffix(" | Facebook"),
        about=text,
        figures=(
            proof.figure(kit.Count.LIKES, likes and likes[0], "likes of the page"),
            proof.figure(kit.Count.TALKING_ABOUT, talking and talking[0], "talking"),
        ),
        links=links_in(text),
    )


def _keyed(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """The page by the Graph API, with its posts."""
    numbered = _NUMBERED.search(ask.handle)
    node = quote(numbered[1] if numbered is not None else ask.handle, safe="")
    found = yield from kit.ask_json(f"{API}/{node}?fields={_PAGE}", key=KEY)
    if isinstance(found, kit.Failure):
        return kit.not_found(found, _RULE) if _is_no_alias(found) else kit.error_reason(found)
    account = kit.digits_of(found.field("id"))
    if not account:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no page where it used to be")
    posts = yield from _posts(ask, account)
    return _told_page(found, account, posts)


def _is_no_alias(failure: kit.Failure) -> bool:
    """Tell whether nobody has the name; of a person's name the same code says another thing."""
    said = kit.text_of(kit.field(kit.json_of(failure.body), "error", "message"))
    return kit.error_code(failure) == _NO_ALIAS and "do not exist" in said


def _told_page(
    found: kit.JsonAnswer, account: str, posts: kit.Timeline | kit.Unknown
) -> kit.Profile:
    proof = kit.Proof(found.page, _RULE)
    link, about = found.text("link").rstrip("/"), found.text("about")
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{found.text('name')}: {about}"),),
        url=link if link.startswith("https://www.facebook.com/") else "",
        handle=kit.name_of(found.field("username")),
        account=account,
        name=found.text("name"),
        about=about,
        audience=proof.count(found.field("followers_count"), "followers"),
        figures=(
            proof.figure(kit.Count.LIKES, found.field("fan_count"), "likes of the page"),
            proof.figure(kit.Count.TALKING_ABOUT, found.field("talking_about_count"), "talking"),
        ),
        timeline=posts,
        links=links_in(f"{found.text('website')} {about}"),
        verified=found.text("verification_status") in _VERIFIED,
    )


def _posts(ask: kit.Ask, account: str) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through the posts until the window is covered."""
    url = f"{API}/{account}/published_posts?fields={_POSTS}&limit=100"
    listing = kit.Listing(
        first=url,
        items=_written,
        after=lambda found, _: kit.at_cursor(url, "after", _cursor(found)),
        within=("data",),
        ask=partial(kit.ask_json, key=KEY),
        reason=kit.error_reason,
    )
    return kit.read_posts(ask, listing)


def _cursor(found: kit.JsonAnswer) -> str:
    return found.text("paging", "cursors", "after") if found.field("paging", "next") else ""


def _written(found: kit.JsonAnswer) -> Iterator[kit.ProfilePost]:
    proof = kit.Proof(found.page, _RULE)
    for post in found.items("data"):
        made, number = kit.dated_at(post.get("created_time")), kit.name_of(post.get("id"))
        text = kit.text_of(post.get("message"))
        if made is None or not number:
            continue
        kind = kit.text_of(kit.field(post, "attachments", "data", 0, "media_type"))
        yield kit.ProfilePost(
            url=kit.own_site_of(post.get("permalink_url"), "facebook.com")
            or f"https://www.facebook.com/{number}",
            title=kit.headline(text),
            text=text,
            published=made,
            evidence=proof.dated(made, text),
            format=_FORMATS.get(kind, "text"),
            interactions=kit.interactions_of(post, _REACTIONS),
        )


PLATFORM = kit.Platform(
    name="facebook",
    read=read,
    keys=(KEY,),
    public="likes of the page and how many talk about it; followers and posts are behind a login",
    confidence=kit.Confidence.TOOLS,
    pace=5.0,
)
