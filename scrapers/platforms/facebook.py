"""Facebook pages: Open Graph of the page; Graph API with a key (developers.facebook.com)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from urllib.parse import quote

from scrapers.parse.document import Document
from scrapers.parse.html import read_html
from scrapers.parse.urls import links_in
from scrapers.platforms import kit

KEY = kit.Key(
    variables=("FB_ACCESS_TOKEN",),
    host="graph.facebook.com",
    headers=("Authorization: Bearer {FB_ACCESS_TOKEN}",),
    adds="followers and posts of pages, if Meta has granted Page Public Content Access",
    calls=200,
    opens=frozenset(kit.Opens),
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
_PART = re.compile(r"\s[·•]\s")
_MAX_PARTS = 4
"""Parts of the sentence of counts that are read."""

_SENTENCE_END = re.compile(
    r"(?<!Mio)(?<!Tsd)(?<!Mrd)(?<!mln)(?<!mil)(?<!tys)(?<!tis)(?<!тыс)[.。]\s+"
)
"""The end of a sentence; a unit such as "1,2 Mio." has a full stop, too."""

# Words for what the first part counts. All other parts are told by their order alone.
_LIKES = re.compile(
    r"\blikes?\b|gefällt|me gusta|j['’]aime|curtid\w*|gostos?\b|mi piace|vind-ik-leuks?|dit leuk"
    r"|gilla\w*|synes godt om|\bliker\b|tykkää|lubi|polubi\w*|líbí|páči|kedveli|aprecieri|beğen\w*"
    r"|нрав\w*|вподоба\w*|подоба\w*|μου αρέσει|いいね|赞|讚|좋아\w*|إعجاب|معجب",
    re.I,
)
_FOLLOWERS = re.compile(
    r"follower|seguid|abonné|volger|följare|følger|seuraaj|obserwuj|sleduj|sledovat|követő|urmărit"
    r"|takipç|подписч|підписник|стежать|ακόλουθ|フォロワー|粉[丝絲]|追[踪蹤]者|关注者|팔로워|متابع",
    re.I,
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
    hidden = kit.needs_key(KEY, "the page shows no followers without a login")
    posts = kit.needs_key(KEY, "the page shows no posts without a login")
    if ask.has(KEY):
        profile = yield from _by_key(ask)
        if isinstance(profile, kit.Profile):
            return profile
        hidden = posts = profile
    public = _public((yield from kit.ask_page(ask.url)))
    if isinstance(public, kit.Unknown):
        return hidden if ask.has(KEY) else public
    if public.standing is kit.Standing.LIVE:
        if isinstance(public.audience, kit.Known):
            return replace(public, timeline=posts)
        return replace(public, audience=_likes_only(public, hidden), timeline=posts)
    return public


def _likes_only(public: kit.Profile, hidden: kit.Unknown) -> kit.Unknown:
    """Return why followers are not known, which is not that the page shows no number at all."""
    likes = any(
        each.count is kit.Count.LIKES and isinstance(each.value, kit.Known)
        for each in public.figures
    )
    if not likes or hidden.reason is not kit.Reason.NEEDS_KEY:
        return hidden
    return kit.needs_key(KEY, "the page shows likes, which are no followers, without a login")


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
    parts, text = _parts(description)
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
        audience=proof.count(_number(parts[0], _FOLLOWERS), "followers"),
        figures=tuple(_figures(parts, proof)),
        links=links_in(text),
    )


def _parts(description: str) -> tuple[list[str], str]:
    """Return the counts of a page's description, a text each, and what follows them.

    "Acme. 4,321 likes · 12 talking about this. Pumps that last." has two, in every language in this
    order. In newer descriptions the first counts followers. Without counts there is one text of
    other words, or an empty one.
    """
    starts = [0, *(match.end() for match in _SENTENCE_END.finditer(description))]
    halves = (_SENTENCE_END.split(description[start:], maxsplit=1) for start in starts)
    with_digits = (half for half in halves if any(each.isdigit() for each in half[0]))
    sentence, *text = next(with_digits, [""])
    parts = _PART.split(sentence)[:_MAX_PARTS]
    known = len(parts) > 1 or _LIKES.search(sentence) or _FOLLOWERS.search(sentence)
    return parts, text[0] if text and known else ""


def _figures(parts: Sequence[str], proof: kit.Proof) -> Iterator[kit.ProfileFigure]:
    """Yield the figures of a page; likes only where its first count is none of followers."""
    if not _FOLLOWERS.search(parts[0]):
        yield proof.figure(kit.Count.LIKES, _number(parts[0], _LIKES), "likes of the page")
    talking = parts[1] if len(parts) > 1 else None
    yield proof.figure(kit.Count.TALKING_ABOUT, talking, "talking")


def _number(part: str, words: re.Pattern[str]) -> str | None:
    """Return a part without the words for what it counts; None where it has none of these words."""
    return words.sub(" ", part) if words.search(part) else None


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
        shows=(kit.ProfilePart.BIOGRAPHY, kit.ProfilePart.LINK, kit.ProfilePart.VERIFIED),
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
    public="likes or followers of the page, how many talk about it; posts are behind a login",
    confidence=kit.Confidence.TOOLS,
    pace=5.0,
)
