"""Instagram: Open Graph of a profile, its embed; business discovery with a key (Graph API)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

from scrapers.parse.document import Document
from scrapers.parse.html import read_html
from scrapers.parse.urls import links_in
from scrapers.platforms import kit
from scrapers.platforms.instagram.posts import (
    FORMATS,
    RULE,
    SITE,
    figures,
    from_embed,
    from_scripts,
    richer,
)

KEY = kit.Key(
    variables=("IG_GRAPH_TOKEN", "IG_USER_ID"),
    host="graph.facebook.com",
    headers=("Authorization: Bearer {IG_GRAPH_TOKEN}",),
    path="/v25.0/{IG_USER_ID}",
    adds="exact counts and all posts of the period, of business and creator accounts",
    calls=200,
    opens=frozenset(kit.Opens),
)
API = "https://graph.facebook.com/"
_USER_FIELDS = "username,name,biography,website,followers_count,follows_count,media_count"
_POST_FIELDS = (
    "id,timestamp,caption,media_type,media_product_type,permalink,like_count,comments_count,"
    "view_count"
)
_NO_USER = 110
"""The interface's code for "Cannot find User"; it is said of personal accounts, too."""
# The description for other sites: "2,362 Followers, 136 Following, 224 Posts - See Instagram photos
# and videos from Acme (@acme)", with other words, dashes and separators in other languages.
_DASH = re.compile(r"\s[-–—]\s")
_COMMA = re.compile(r",\s+(?=\d)")
_COUNT = re.compile(r"\d[\d.,’'\s\u00a0\u202f]*\s?[^\W\d_].*")
_BIO = re.compile(r"on Instagram: [\"“](.+)[\"”]$", re.S)
# The title of a profile for other sites, beside the plain `Acme (@acme) • Instagram photos`.
_PROFILE_ON = re.compile(r"\)\s*profile on Instagram\b", re.I)
_POSSESSIVE = re.compile(r"['’]s?$")
_PROFILE_OF = re.compile(
    r"^(?:Instagram-Profil von|Profil Instagram de|Perfil d[eo] Instagram de|Profilo Instagram di"
    r"|Instagram-profiel van)\s+",
    re.I,
)
# The page's script names the route that it shows: none for an account that there is not, "/" where
# a login is shown in the account's place.
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
        profile = yield from _by_key(ask)
        if isinstance(profile, kit.Profile):
            return profile
        hidden = profile
    public = _public((yield from kit.ask_page(f"{SITE}/{ask.handle}/")))
    if ask.undocumented:
        public = richer((yield from from_scripts(ask)), public)
    if isinstance(public, kit.Profile) and (
        public.standing is not kit.Standing.LIVE or isinstance(public.timeline, kit.Timeline)
    ):
        return public
    # The embed has an address of its own, and may answer where the page was refused.
    embed = from_embed((yield from kit.ask_page(f"{SITE}/{ask.handle}/embed/")), ask)
    if isinstance(public, kit.Unknown):
        reason = hidden if ask.has(KEY) else public
        return replace(embed, audience=reason) if embed is not None else reason
    return replace(public, timeline=embed.timeline if embed is not None else hidden)


# ---- what Instagram shows to everybody ----


def _public(answer: kit.Page | kit.Failure) -> kit.Profile | kit.Unknown:
    """Return what the page of an account says to a reader without a login, or why nothing."""
    if isinstance(answer, kit.Failure):
        return kit.reason_of(answer)
    document = read_html(answer)
    counts = _counts(document)
    if counts:
        return _profile(document, counts)
    if (
        kit.leads_to_login(answer, "accounts/login", "challenge")
        or document.title.casefold().startswith("login")
        or _ROOT_ROUTE.search(document.source)
    ):
        return kit.unread(kit.Outcome.LOGIN_WALL, "a login in place of the profile")
    if _NO_ROUTE.search(document.source):
        return kit.not_found(answer, RULE)
    # This sentence stands for accounts that are missing and for those with limits of age or place.
    if "Sorry, this page isn" in document.source:
        return kit.unread(
            kit.Outcome.LOGIN_WALL, "missing, restricted, or shown after a login only"
        )
    return kit.unread(kit.Outcome.PARSE_FAILED, "no Open Graph description where it used to be")


def _counts(document: Document) -> list[str]:
    """Return followers, following and posts as the page words them; empty if it does not.

    They come in this order in every language: "1,2 Mio. Follower, 136 gefolgt, 2.224 Beiträge".
    """
    for name in ("og:description", "description"):
        description = document.meta(name)
        counts = _COMMA.split(_DASH.split(description, maxsplit=1)[0])
        # Other descriptions have commas and numbers, too: it takes three counts and a handle.
        if len(counts) == 3 and "@" in description and all(map(_COUNT.fullmatch, counts)):
            return counts
    return []


def _profile(document: Document, counts: list[str]) -> kit.Profile:
    """Return the profile that the Open Graph elements of a page give."""
    proof = kit.Proof(document.page, RULE)
    title = document.meta("og:title") or document.title
    name, handle = kit.handle_in(title)
    # What the owner says of themselves is in one of the two descriptions only, in quotes:
    # `… - Acme (@acme) on Instagram: "Pumps that last."`
    bio = _BIO.search(document.meta("description"))
    about = bio[1] if bio is not None else ""
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(document.meta("og:description", "description")),),
        url=f"{SITE}/{handle}" if handle else "",
        handle=handle,
        name=_name_alone(name, title),
        about=about,
        audience=proof.count(counts[0], "followers"),
        figures=figures(proof, counts[1], counts[2]),
        links=links_in(about),
    )


def _name_alone(name: str, title: str) -> str:
    """Return a name without the grammar of the title that it stands in.

    `Acme Pumps's (@acme) profile on Instagram` is of "Acme Pumps", and `Instagram-Profil von Acme
    (@acme)` of "Acme"; a company called "Acme's" keeps its s where the title is the plain one.
    """
    if _PROFILE_ON.search(title):
        return _POSSESSIVE.sub("", name)
    return _PROFILE_OF.sub("", name)


# ---- business discovery ----


def _by_key(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read a business or creator account by the Graph API, with its posts of the period."""
    answer = yield from _discover(ask, f"{_USER_FIELDS},media.limit(50)")
    if isinstance(answer, kit.Failure):
        if kit.error_code(answer) != _NO_USER:
            return kit.error_reason(answer)
        detail = "no business or creator account of this name: its posts are not for other readers"
        return kit.unread(kit.Outcome.NOT_SUPPORTED, detail)
    handle = kit.name_of(answer.field("business_discovery", "username"))
    if not handle:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no account where it used to be")
    posts = yield from _posts(ask, answer)
    # Where nothing was published there is no list, either; so the list is not asked for (`within`),
    # and an account that counts posts and lists none is one that could not be read.
    is_empty = isinstance(posts, kit.Timeline) and not posts.posts
    if is_empty and _post_count(answer) != 0:
        posts = kit.unread(kit.Outcome.PARSE_FAILED, "no posts where they used to be")
    return _business(answer, handle, posts)


def _discover(ask: kit.Ask, fields: str) -> kit.Steps[kit.JsonAnswer | kit.Failure]:
    """Ask for fields of the account; the last of them must be the list of posts (`media`)."""
    # Another's account is a field of the key owner's own, so that all of it stands in one query.
    query = f"business_discovery.username({ask.handle}){{{fields}{{{_POST_FIELDS}}}}}"
    return (yield from kit.ask_json(f"{API}?fields={quote(query, safe='(),.')}", key=KEY))


def _post_count(answer: kit.JsonAnswer) -> object:
    """Return the number of posts as the interface states it, whatever that is."""
    return answer.field("business_discovery", "media_count")


def _business(
    answer: kit.JsonAnswer, handle: str, posts: kit.Timeline | kit.Unknown
) -> kit.Profile:
    """Return the profile that business discovery gives of an account."""
    proof, about = kit.Proof(answer.page, RULE), answer.text("business_discovery", "biography")
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"@{handle}: {about}"),),
        url=f"{SITE}/{handle}",
        handle=handle,
        account=answer.text("business_discovery", "id"),
        name=answer.text("business_discovery", "name"),
        about=about,
        audience=proof.count(answer.field("business_discovery", "followers_count"), "followers"),
        figures=figures(
            proof,
            answer.field("business_discovery", "follows_count"),
            _post_count(answer),
        ),
        timeline=posts,
        links=links_in(f"{answer.text('business_discovery', 'website')} {about}"),
        shows=(kit.ProfilePart.BIOGRAPHY, kit.ProfilePart.LINK),
    )


def _posts(ask: kit.Ask, first: kit.JsonAnswer) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through the posts until the window is covered; the first page is there."""
    listing = kit.Listing(
        first=first,
        items=_posts_in,
        after=lambda answer, _: answer.text(
            "business_discovery", "media", "paging", "cursors", "after"
        ),
        ask=lambda cursor: _discover(ask, f"media.after({cursor}).limit(50)"),
    )
    return kit.read_posts(ask, listing)


def _posts_in(answer: kit.JsonAnswer) -> Iterator[kit.ProfilePost]:
    """Give the posts on one page of the list; one without a time or address is left out."""
    proof = kit.Proof(answer.page, RULE)
    for post in answer.items("business_discovery", "media", "data"):
        published = kit.dated_at(post.get("timestamp"))
        url = kit.own_site_of(post.get("permalink"), "instagram.com")
        text = kit.text_of(post.get("caption"))
        if published is None or not url:
            continue
        yield kit.ProfilePost(
            url=url,
            title=kit.headline(text),
            text=text,
            published=published,
            evidence=proof.dated(published, text),
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
