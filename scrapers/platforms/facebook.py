"""Facebook pages: Open Graph of the page; Graph API with a key (developers.facebook.com)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from urllib.parse import quote

from audit.model.exchange import Failure, Key, Page
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
from scrapers.parse.html import Document, read_html
from scrapers.parse.urls import links_in
from scrapers.parse.values import (
    at,
    digits_of,
    headline,
    instant,
    loaded,
    name_of,
    own_site_of,
    text_of,
)
from scrapers.platforms.kit.base import Answer, Ask, Confidence, Platform, Steps, answer, page
from scrapers.platforms.kit.meta import code_of, told
from scrapers.platforms.kit.paging import Listing, onward, paged
from scrapers.platforms.kit.posts import interactions
from scrapers.platforms.kit.proof import Proof, gone, needs, walled, why

KEY = Key(
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
    (Reaction.LIKES, "reactions.summary.total_count"),
    (Reaction.COMMENTS, "comments.summary.total_count"),
    (Reaction.SHARES, "shares.count"),
)


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Read the page by the key where there is one, else what Facebook shows to everybody."""
    hidden = needs(KEY, "Facebook shows followers and posts to no one without a login")
    if ask.has(KEY):
        keyed = yield from _keyed(ask)
        if isinstance(keyed, Profile):
            return keyed
        hidden = keyed
    shown = _shown((yield from page(ask.url)))
    if isinstance(shown, Unknown):
        return hidden if ask.has(KEY) else shown
    if shown.standing is Standing.LIVE:
        return replace(shown, audience=hidden, timeline=hidden)
    return shown


def _shown(found: Page | Failure) -> Profile | Unknown:
    """What a page says to a reader without a login, or why nothing."""
    if _NOT_FOUND.search(found.body[:20_000]):
        return gone(found, _RULE)
    if isinstance(found, Failure):
        return why(found)
    document = read_html(found)
    title = document.meta("og:title")
    wall = _LOGIN.match(title or document.title) or walled(found, "login", "checkpoint")
    if title and not wall:
        return _profile(document, title)
    if wall:
        return unread(Outcome.LOGIN_WALL, "a login in place of the page, or there is no such page")
    return _refused(document.source)


def _refused(source: str) -> Unknown:
    """What a page without a title is."""
    if "CometErrorRoot.react" in source:
        return unread(Outcome.BLOCKED, "Facebook blocks this address for a time")
    if "This content isn't available right now" in source:
        return unread(Outcome.PRIVATE, "not shown to everybody, or removed")
    return unread(Outcome.PARSE_FAILED, "no Open Graph title where it used to be")


def _profile(document: Document, title: str) -> Profile:
    proof = Proof(document.page, _RULE)
    said = document.meta("og:description", "description").removeprefix(title)
    likes, talking, about = _LIKES.search(said), _TALKING.search(said), _ABOUT.search(said)
    account = _ACCOUNT.match(document.meta("al:android:url", "al:ios:url"))
    url = document.meta("og:url").rstrip("/")
    text = about[1] if about is not None else ""
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{title}{said}"),),
        url=url if url.startswith("https://www.facebook.com/") else "",
        account=account[1] if account is not None else "",
        name=title.removesuffix(" | Facebook"),
        about=text,
        figures=(
            proof.figure(Count.LIKES, likes and likes[0], "likes of the page"),
            proof.figure(Count.TALKING_ABOUT, talking and talking[0], "talking"),
        ),
        links=links_in(text),
    )


def _keyed(ask: Ask) -> Steps[Profile | Unknown]:
    """The page by the Graph API, with its posts."""
    numbered = _NUMBERED.search(ask.handle)
    node = quote(numbered[1] if numbered is not None else ask.handle, safe="")
    found = yield from answer(f"{API}/{node}?fields={_PAGE}", key=KEY)
    if isinstance(found, Failure):
        return gone(found, _RULE) if _is_no_alias(found) else told(found)
    account = digits_of(found.at("id"))
    if not account:
        return unread(Outcome.PARSE_FAILED, "no page where it used to be")
    posts = yield from _posts(ask, account)
    return _told_page(found, account, posts)


def _is_no_alias(failure: Failure) -> bool:
    """Tell whether nobody has the name; of a person's name the same code says another thing."""
    said = text_of(at(loaded(failure.body), "error", "message"))
    return code_of(failure) == _NO_ALIAS and "do not exist" in said


def _told_page(found: Answer, account: str, posts: Timeline | Unknown) -> Profile:
    proof = Proof(found.page, _RULE)
    link, about = found.text("link").rstrip("/"), found.text("about")
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{found.text('name')}: {about}"),),
        url=link if link.startswith("https://www.facebook.com/") else "",
        handle=name_of(found.at("username")),
        account=account,
        name=found.text("name"),
        about=about,
        audience=proof.count(found.at("followers_count"), "followers"),
        figures=(
            proof.figure(Count.LIKES, found.at("fan_count"), "likes of the page"),
            proof.figure(Count.TALKING_ABOUT, found.at("talking_about_count"), "talking"),
        ),
        timeline=posts,
        links=links_in(f"{found.text('website')} {about}"),
        verified=found.text("verification_status") in _VERIFIED,
    )


def _posts(ask: Ask, account: str) -> Steps[Timeline | Unknown]:
    """Page back through the posts until the window is covered."""
    url = f"{API}/{account}/published_posts?fields={_POSTS}&limit=100"
    listing = Listing(
        first=url,
        items=_written,
        after=lambda found, _: onward(url, "after", _cursor(found)),
        within=("data",),
        ask=partial(answer, key=KEY),
        reason=told,
    )
    return paged(ask, listing)


def _cursor(found: Answer) -> str:
    return found.text("paging", "cursors", "after") if found.at("paging", "next") else ""


def _written(found: Answer) -> Iterator[ProfilePost]:
    proof = Proof(found.page, _RULE)
    for post in found.listed("data"):
        made, number = instant(post.get("created_time")), name_of(post.get("id"))
        text = text_of(post.get("message"))
        if made is None or not number:
            continue
        kind = text_of(at(post, "attachments", "data", 0, "media_type"))
        yield ProfilePost(
            url=own_site_of(post.get("permalink_url"), "facebook.com")
            or f"https://www.facebook.com/{number}",
            title=headline(text),
            text=text,
            published=made,
            evidence=proof.dated(made, text),
            format=_FORMATS.get(kind, "text"),
            interactions=interactions(post, _REACTIONS),
        )


PLATFORM = Platform(
    name="facebook",
    read=read,
    keys=(KEY,),
    public="likes of the page and how many talk about it; followers and posts are behind a login",
    confidence=Confidence.TOOLS,
    pace=5.0,
)
