"""Facebook pages: Open Graph of the page; Graph API with a key (developers.facebook.com)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from urllib.parse import quote

from scrapers.parse.counts import parse_count
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
_PAGE_FIELDS = (
    "name,username,about,fan_count,followers_count,talking_about_count,verification_status,"
    "link,website"
)
_POST_FIELDS = (
    "id,created_time,message,permalink_url,attachments%7Bmedia_type%7D,shares,"
    "reactions.summary(true).limit(0),comments.summary(true).limit(0)"
)
_NO_ALIAS = 803
"""The interface's code for "(#803) Some of the aliases you requested do not exist"."""
_VERIFIED = ("blue_verified", "gray_verified")
_FORMATS = {"photo": "image", "album": "image", "video": "video", "link": "link", "event": "event"}
_TRAILING_ID = re.compile(r"-(\d{6,})$")
# The description that the page has for other sites: "Acme. 61,828 likes · 1,649 talking about this
# · 31 were here. What Acme says of itself", since 2024 with followers in place of likes, and in
# other languages with other words around the numbers: "Acme. Gefällt 3.246 Mal."
_END = re.compile(
    r"(?<!\bMio)(?<!\bTsd)(?<!\bmln)(?<!\btys)(?<!\bmil)(?<!\bтыс)(?<!\bмлн)\.(?:\s+|$)|\s*·\s*"
)
_MAX_DESCRIPTION = 2_000
_COUNTS = 3
_MAX_COUNT = 60
"""Characters of a count with its words."""

_LIKES = re.compile(
    r"like|gefällt|gusta|j['’]aime|mi piace|curti|gosto|leuk|нравится|lubi|tykk|synes godt|gillar"
    r"|beğen|いいね|赞|讚|좋아",
    re.I,
)
_FOLLOWERS = re.compile(
    r"follow|abonn|segu(?:i|e|o)|volg|подписч|følger|följ|seuraa|obserw|takip|フォロ|粉|追蹤|팔로",
    re.I,
)
_VISITS = re.compile(
    r"\b(?:here|hier|aquí|aqui|ici|qui|her|här|tutaj)\b|здесь|チェックイン|来过|來過|방문", re.I
)
_ACCOUNT = re.compile(r"fb://(?:page|profile)/\??(?:id=)?(\d+)")
_NOT_FOUND = re.compile(rb">\s*page not found\s*</title>", re.I)
# A title of "Facebook" alone stands over a login and over a page that there is not: which of the
# two it is cannot be told.
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
    hidden = kit.needs_key(KEY, "the page shows this to nobody without a login")
    if ask.has(KEY):
        profile = yield from _by_key(ask)
        if isinstance(profile, kit.Profile):
            return profile
        hidden = profile
    public = _public((yield from kit.ask_page(ask.url)))
    if isinstance(public, kit.Unknown):
        return hidden if ask.has(KEY) else public
    if public.standing is not kit.Standing.LIVE:
        return public
    # Some pages show how many follow, and others how many like.
    shown = isinstance(public.audience, kit.Known)
    return replace(public, audience=public.audience if shown else hidden, timeline=hidden)


# ---- what Facebook shows to everybody ----


def _public(answer: kit.Page | kit.Failure) -> kit.Profile | kit.Unknown:
    """Return what a page says to a reader without a login, or why it says nothing."""
    # These words prove that there is no page, whatever the status; a 404 without them does not.
    if _NOT_FOUND.search(answer.body[:20_000]):
        return kit.not_found(answer, _RULE)
    if isinstance(answer, kit.Failure):
        return kit.reason_of(answer)
    document = read_html(answer)
    title = document.meta("og:title")
    at_login = kit.leads_to_login(answer, "login", "checkpoint")
    wall = _LOGIN.match(title or document.title) or at_login
    if title and not wall:
        return _profile(document, title)
    if wall:
        return kit.unread(
            kit.Outcome.LOGIN_WALL, "a login in place of the page, or there is no such page"
        )
    return _reason_in(document.source)


def _profile(document: Document, title: str) -> kit.Profile:
    """Return the profile that the Open Graph elements of a page give."""
    proof = kit.Proof(document.page, _RULE)
    # The description begins with the page's name, which may hold digits that are no count.
    description = document.meta("og:description", "description").removeprefix(title)
    counts, text = _described(description[:_MAX_DESCRIPTION])
    first, talking = counts.get("first", ""), counts.get("talking")
    # A number whose word is not known is neither: likes are never given as followers.
    followers = first if _FOLLOWERS.search(first) else None
    likes = first if _LIKES.search(first) and not followers else None
    # The page's number is in the links that open it in the app: `fb://profile/100012345678901`.
    account = _ACCOUNT.match(document.meta("al:android:url", "al:ios:url"))
    url = document.meta("og:url").rstrip("/")
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{title}{description}"),),
        url=url if url.startswith("https://www.facebook.com/") else "",
        account=account[1] if account is not None else "",
        name=title.removesuffix(" | Facebook"),
        about=text,
        audience=proof.count(followers, "followers"),
        figures=(
            *(() if followers else (proof.figure(kit.Count.LIKES, likes, "likes of the page"),)),
            proof.figure(kit.Count.TALKING_ABOUT, talking, "talking"),
        ),
        links=links_in(text),
    )


def _described(description: str) -> tuple[dict[str, str], str]:
    """Return the counts of a description by their place, and the page's own words behind them.

    `first` are likes or followers, `talking` those who talk about it; who was there is of no use.
    """
    ends = [*_END.finditer(description)][: _COUNTS + 1]
    counts: list[str] = []
    # What stands before the first end is the rest of the name: a town, a branch.
    start = ends[0].end() if ends else len(description)
    for end in (*ends[1:], None):
        part = description[start : end.start() if end is not None else None].strip()
        if len(part) > _MAX_COUNT or parse_count(part) is None:
            break
        counts.append(part)
        start = end.end() if end is not None else len(description)
        # A dot ends the counts: what follows are the page's own words, which may hold a year.
        if end is None or "·" not in end[0]:
            break
    others = [count for count in counts[1:] if not _VISITS.search(count)]
    named = {
        **({"first": counts[0]} if counts else {}),
        **({"talking": others[0]} if others else {}),
    }
    return named, description[start:].strip() if counts else ""


def _reason_in(source: str) -> kit.Unknown:
    """Return why a page without a title says nothing, from the marks in its source."""
    if "CometErrorRoot.react" in source:
        return kit.unread(kit.Outcome.BLOCKED, "Facebook blocks this address for a time")
    # The same words for a page with limits of age or country, and for one that was removed.
    if "This content isn't available right now" in source:
        return kit.unread(kit.Outcome.PRIVATE, "not shown to everybody, or removed")
    return kit.unread(kit.Outcome.PARSE_FAILED, "no Open Graph title where it used to be")


# ---- the Graph API ----


def _by_key(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the page by the Graph API, with its posts."""
    # In an address such as `/Acme-Pumps-100064012345678` only the number is known to the interface.
    match = _TRAILING_ID.search(ask.handle)
    node = quote(match[1] if match is not None else ask.handle, safe="")
    answer = yield from kit.ask_json(f"{API}/{node}?fields={_PAGE_FIELDS}", key=KEY)
    if isinstance(answer, kit.Failure):
        return kit.not_found(answer, _RULE) if _is_no_alias(answer) else kit.error_reason(answer)
    account = kit.digits_of(answer.field("id"))
    if not account:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no page where it used to be")
    posts = yield from _posts(ask, account)
    return _keyed_profile(answer, account, posts)


def _is_no_alias(failure: kit.Failure) -> bool:
    """Tell whether nobody has the name that was asked for."""
    # The same code comes for the name of a person, with "Cannot query users by their username".
    message = kit.text_of(kit.field(kit.json_of(failure.body), "error", "message"))
    return kit.error_code(failure) == _NO_ALIAS and "do not exist" in message


def _keyed_profile(
    answer: kit.JsonAnswer, account: str, posts: kit.Timeline | kit.Unknown
) -> kit.Profile:
    """Return the profile that the Graph API gives of a page."""
    proof = kit.Proof(answer.page, _RULE)
    link, about = answer.text("link").rstrip("/"), answer.text("about")
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{answer.text('name')}: {about}"),),
        url=link if link.startswith("https://www.facebook.com/") else "",
        handle=kit.name_of(answer.field("username")),
        account=account,
        name=answer.text("name"),
        about=about,
        audience=proof.count(answer.field("followers_count"), "followers"),
        figures=(
            proof.figure(kit.Count.LIKES, answer.field("fan_count"), "likes of the page"),
            proof.figure(kit.Count.TALKING_ABOUT, answer.field("talking_about_count"), "talking"),
        ),
        timeline=posts,
        links=links_in(f"{answer.text('website')} {about}"),
        verified=answer.text("verification_status") in _VERIFIED,
    )


def _posts(ask: kit.Ask, account: str) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through the posts until the window is covered."""
    url = f"{API}/{account}/published_posts?fields={_POST_FIELDS}&limit=100"
    listing = kit.Listing(
        first=url,
        items=_posts_in,
        after=lambda answer, _: kit.at_cursor(url, "after", _cursor(answer)),
        within=("data",),
        ask=partial(kit.ask_json, key=KEY),
        reason=kit.error_reason,
    )
    return kit.read_posts(ask, listing)


def _cursor(answer: kit.JsonAnswer) -> str:
    """Return the cursor of the next page of posts; empty on the last page."""
    # The cursors stand on the last page, too; what it leaves out is `next`, a further address.
    return answer.text("paging", "cursors", "after") if answer.field("paging", "next") else ""


def _posts_in(answer: kit.JsonAnswer) -> Iterator[kit.ProfilePost]:
    """Give the posts on one page of the list; one without a time or a number is left out."""
    proof = kit.Proof(answer.page, _RULE)
    for post in answer.items("data"):
        published = kit.dated_at(post.get("created_time"))
        number = kit.name_of(post.get("id"))
        text = kit.text_of(post.get("message"))
        if published is None or not number:
            continue
        kind = kit.text_of(kit.field(post, "attachments", "data", 0, "media_type"))
        yield kit.ProfilePost(
            url=kit.own_site_of(post.get("permalink_url"), "facebook.com")
            or f"https://www.facebook.com/{number}",
            title=kit.headline(text),
            text=text,
            published=published,
            evidence=proof.dated(published, text),
            format=_FORMATS.get(kind, "text"),
            interactions=kit.interactions_of(post, _REACTIONS),
        )


PLATFORM = kit.Platform(
    name="facebook",
    read=read,
    keys=(KEY,),
    public="followers or likes of the page, and how many talk about it; posts are behind a login",
    confidence=kit.Confidence.TOOLS,
    pace=5.0,
)
