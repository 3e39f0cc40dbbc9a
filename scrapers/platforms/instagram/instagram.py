"""Instagram: Open Graph of a profile, its embed; business discovery with a key (Graph API)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

from scrapers.parse.html import Document, read_html
from scrapers.parse.urls import links_in
from scrapers.platforms import kit
from scrapers.platforms.instagram.posts import (
    FORMATS,
    RULE,
    SITE,
    better,
    figures,
    from_embed,
    from_scripts,
)

KEY = kit.Key(
    variables=("IG_GRAPH_TOKEN", "IG_USER_ID"),
    host="graph.facebook.com",
    headers=("Authorization: Bearer {IG_GRAPH_TOKEN}",),
    path="/v25.0/{IG_USER_ID}",
    adds="exact counts and all posts of the window, of business and creator accounts",
    calls=200,
)
API = "https://graph.facebook.com/"
_USER = "username,name,biography,website,followers_count,follows_count,media_count"
_MEDIA = (
    "id,timestamp,caption,media_type,media_product_type,permalink,like_count,comments_count,"
    "view_count"
)
_NO_USER = 110
_DASH = re.compile(r"\s[-–—]\s")
_SPLIT = re.compile(r",\s+(?=\d)")
_COUNT = re.compile(r"\d[\d.,’'\s\u00a0\u202f]*\s?[^\W\d_].*")
_BIO = re.compile(r"on Instagram: [\"“](.+)[\"”]$", re.S)
_NO_ROUTE = re.compile(r'"routePath":\s*null')
_ROOT_ROUTE = re.compile(r'"routePath":\s*"\\?/"')
_REACTIONS = (
    (kit.Reaction.LIKES, "like_count"),
    (kit.Reaction.COMMENTS, "comments_count"),
    (kit.Reaction.VIEWS, "view_count"),
)
"""Likes that the owner hides are left out."""


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the account by the key where there is one, else what Instagram shows to everybody."""
    hidden = kit.needs_key(KEY, "posts beyond the newest few")
    if ask.has(KEY):
        keyed = yield from _keyed(ask)
        if isinstance(keyed, kit.Profile):
            return keyed
        hidden = keyed
    shown = _shown((yield from kit.ask_page(f"{SITE}/{ask.handle}/")))
    if ask.undocumented:
        shown = better((yield from from_scripts(ask)), shown)
    if isinstance(shown, kit.Profile) and (
        shown.standing is not kit.Standing.LIVE or isinstance(shown.timeline, kit.Timeline)
    ):
        return shown
    embed = from_embed((yield from kit.ask_page(f"{SITE}/{ask.handle}/embed/")), ask)
    if isinstance(shown, kit.Unknown):
        reason = hidden if ask.has(KEY) else shown
        return replace(embed, audience=reason) if embed is not None else reason
    return replace(shown, timeline=embed.timeline if embed is not None else hidden)


def _shown(found: kit.Page | kit.Failure) -> kit.Profile | kit.Unknown:
    """What the page of an account says to a reader without a login, or why nothing."""
    if isinstance(found, kit.Failure):
        return kit.reason_of(found)
    document = read_html(found)
    counts = _counts(document)
    if counts:
        return _profile(document, counts)
    if (
        kit.leads_to_login(found, "accounts/login", "challenge")
        or document.title.casefold().startswith("login")
        or _ROOT_ROUTE.search(document.source)
    ):
        return kit.unread(kit.Outcome.LOGIN_WALL, "a login in place of the profile")
    if _NO_ROUTE.search(document.source):
        return kit.not_found(found, RULE)
    if "Sorry, this page isn" in document.source:
        return kit.unread(
            kit.Outcome.LOGIN_WALL, "missing, restricted, or shown after a login only"
        )
    return kit.unread(kit.Outcome.PARSE_FAILED, "no Open Graph description where it used to be")


def _counts(document: Document) -> list[str]:
    """Followers, following and posts, in this order in every language; empty for none."""
    for name in ("og:description", "description"):
        said = document.meta(name)
        parts = _SPLIT.split(_DASH.split(said, maxsplit=1)[0])
        if len(parts) == 3 and "@" in said and all(_COUNT.fullmatch(part) for part in parts):
            return parts
    return []


def _profile(document: Document, counts: list[str]) -> kit.Profile:
    proof = kit.Proof(document.page, RULE)
    name, handle = kit.handle_in(document.meta("og:title") or document.title)
    bio = _BIO.search(document.meta("description"))
    about = bio[1] if bio is not None else ""
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(document.meta("og:description", "description")),),
        url=f"{SITE}/{handle}" if handle else "",
        handle=handle,
        name=name,
        about=about,
        audience=proof.count(counts[0], "followers"),
        figures=figures(proof, counts[1], counts[2]),
        links=links_in(about),
    )


# ---- business discovery ----


def _keyed(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """A business or creator account by the Graph API, with its posts back to the window's start."""
    found = yield from _discovered(ask, f"{_USER},media.limit(50)")
    if isinstance(found, kit.Failure):
        if kit.error_code(found) != _NO_USER:
            return kit.error_reason(found)
        detail = "no business or creator account of this name: its posts are not for other readers"
        return kit.unread(kit.Outcome.NOT_SUPPORTED, detail)
    handle = kit.name_of(found.field("business_discovery", "username"))
    if not handle:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no account where it used to be")
    posts = yield from _posts(ask, found)
    if isinstance(posts, kit.Timeline) and not posts.posts and _counted(found) != 0:
        posts = kit.unread(kit.Outcome.PARSE_FAILED, "no posts where they used to be")
    return _business(found, handle, posts)


def _counted(found: kit.JsonAnswer) -> object:
    return found.field("business_discovery", "media_count")


def _discovered(ask: kit.Ask, fields: str) -> kit.Steps[kit.JsonAnswer | kit.Failure]:
    asked = f"business_discovery.username({ask.handle}){{{fields}{{{_MEDIA}}}}}"
    return (yield from kit.ask_json(f"{API}?fields={quote(asked, safe='(),.')}", key=KEY))


def _business(found: kit.JsonAnswer, handle: str, posts: kit.Timeline | kit.Unknown) -> kit.Profile:
    proof, about = kit.Proof(found.page, RULE), found.text("business_discovery", "biography")
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"@{handle}: {about}"),),
        url=f"{SITE}/{handle}",
        handle=handle,
        account=found.text("business_discovery", "id"),
        name=found.text("business_discovery", "name"),
        about=about,
        audience=proof.count(found.field("business_discovery", "followers_count"), "followers"),
        figures=figures(
            proof,
            found.field("business_discovery", "follows_count"),
            _counted(found),
        ),
        timeline=posts,
        links=links_in(f"{found.text('business_discovery', 'website')} {about}"),
    )


def _posts(ask: kit.Ask, first: kit.JsonAnswer) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through the posts until the window is covered; the first page is there."""
    listing = kit.Listing(
        first=first,
        items=_media,
        after=lambda found, _: found.text(
            "business_discovery", "media", "paging", "cursors", "after"
        ),
        ask=lambda cursor: _discovered(ask, f"media.after({cursor}).limit(50)"),
    )
    return kit.read_posts(ask, listing)


def _media(found: kit.JsonAnswer) -> Iterator[kit.ProfilePost]:
    proof = kit.Proof(found.page, RULE)
    for post in found.items("business_discovery", "media", "data"):
        made = kit.dated_at(post.get("timestamp"))
        url = kit.own_site_of(post.get("permalink"), "instagram.com")
        text = kit.text_of(post.get("caption"))
        if made is None or not url:
            continue
        yield kit.ProfilePost(
            url=url,
            title=kit.headline(text),
            text=text,
            published=made,
            evidence=proof.dated(made, text),
            format=FORMATS.get(kit.text_of(post.get("media_type")), "image"),
            interactions=kit.interactions_of(post, _REACTIONS),
        )


PLATFORM = kit.Platform(
    name="instagram",
    read=read,
    keys=(KEY,),
    public="followers, following and posts as counts; the newest posts, if the embed shows them",
    undocumented="exact counts and the 12 newest posts from what the site answers to its own "
    "scripts; most requests of this kind are refused",
    confidence=kit.Confidence.RECORDED,
    pace=5.0,
)
