"""Telegram: channels and groups by the pages of t.me (recorded), the exact size by the Bot API."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from selectolax.lexbor import LexborNode

from audit.model.dated import DateSource
from audit.model.exchange import Failure, Key, Page
from audit.model.profile import (
    Count,
    Interaction,
    Outcome,
    Profile,
    ProfileFigure,
    ProfilePost,
    Reaction,
    Standing,
    Timeline,
    unread,
)
from audit.model.value import Known, Unknown
from scrapers.parse.counts import Counted, parse_count
from scrapers.parse.html import Document, read_html
from scrapers.parse.text import clean
from scrapers.parse.urls import links_in, split
from scrapers.parse.values import headline, instant, whole
from scrapers.platforms.kit.base import PAGES, Ask, Confidence, Platform, Steps, answer, page
from scrapers.platforms.kit.proof import Proof, before, gone, timeline, why

KEY = Key(
    variables=("TELEGRAM_BOT_TOKEN",),
    host="api.telegram.org",
    path="/bot{TELEGRAM_BOT_TOKEN}",
    adds="the exact size of a public channel or group where its page does not show it",
)
API = "https://api.telegram.org"
_RULE = "platform.telegram"
_POST = re.compile(r"([A-Za-z]\w{3,31})/(\d{1,12})", re.ASCII)
_OLDER = re.compile(r"[?&]before=(\d{1,12})", re.ASCII)
_MESSAGE = ".tgme_widget_message[data-post]"
_CHANNEL = ".tgme_channel_info"
_MEDIA = (
    (".tgme_widget_message_poll", "poll"),
    (".tgme_widget_message_video_player, .tgme_widget_message_roundvideo_player", "video"),
    (".tgme_widget_message_photo_wrap, .tgme_widget_message_sticker_wrap", "image"),
    (".tgme_widget_message_voice, .tgme_widget_message_document_icon.audio", "audio"),
    (".tgme_widget_message_link_preview", "link"),
)


def read(ask: Ask) -> Steps[Profile | Unknown]:
    """Read the card of a name, then its messages where they have a preview on the web."""
    found = yield from page(f"https://t.me/{quote(ask.handle)}")
    if isinstance(found, Failure):
        return (yield from _by_bot(ask, why(found)))
    document, proof = read_html(found), Proof(found, _RULE)
    name = _text(document.tree.css_first(".tgme_page_title span"))
    if not name:
        return _nobody(document, found)
    extra = _text(document.tree.css_first(".tgme_page_extra"))
    preview = document.tree.css_first('a[href^="/s/"]') is not None
    if extra.startswith("@") or "monthly" in extra:
        return _person(name, extra, proof)
    group = "member" in extra and not preview
    about = _text(document.tree.css_first(".tgme_page_description"))
    audience: Known[int] | Unknown = proof.count(extra.partition(", ")[0], "subscribers")
    if isinstance(audience, Unknown):
        audience = yield from _size(ask, audience)
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{name}: {extra}"),),
        name=name,
        about=about,
        audience=audience,
        figures=_online(extra, proof),
        timeline=(yield from _posts(ask)) if preview else _unseen(group=group),
        links=links_in(about),
        verified=document.tree.css_first(".tgme_page_title .verified-icon") is not None,
        community=group,
    )


def _text(node: LexborNode | None) -> str:
    """The text of an element; a break between its lines is kept as a space."""
    if node is None:
        return ""
    return clean("".join(_pieces(node)))


def _pieces(node: LexborNode) -> Iterator[str]:
    for each in node.traverse(include_text=True):
        if each.is_text_node:
            yield each.text_content or ""
        elif each.tag == "br":
            yield " "


def _nobody(document: Document, found: Page) -> Profile | Unknown:
    """A name that nobody holds has a card without title that asks not to be indexed."""
    contact = document.meta("og:title", "twitter:title").startswith("Telegram: Contact @")
    if contact and "noindex" in document.meta("robots"):
        return gone(found, _RULE)
    return unread(Outcome.PARSE_FAILED, "no name where it used to be")


def _person(name: str, extra: str, proof: Proof) -> Profile:
    """A person or a bot: there is no audience to be read."""
    none = unread(Outcome.NOT_SUPPORTED, "the name is a person's or a bot's, not a channel's")
    return Profile(
        standing=Standing.LIVE,
        evidence=(proof.of(f"{name}: {extra}"),),
        name=name,
        audience=none,
        timeline=none,
    )


def _online(extra: str, proof: Proof) -> tuple[ProfileFigure, ...]:
    said = extra.partition(", ")[2]
    if "online" not in said:
        return ()
    return (proof.figure(Count.ONLINE, said),)


def _unseen(*, group: bool) -> Unknown:
    what = "a group shows" if group else "the preview on the web is off: the channel shows"
    return unread(Outcome.HIDDEN, f"{what} its messages in the app only")


def _size(ask: Ask, otherwise: Unknown) -> Steps[Known[int] | Unknown]:
    """The exact size by the Bot API; without a key or an answer, the reason known before."""
    if not ask.has(KEY):
        return otherwise
    found = yield from answer(f"{API}/getChatMemberCount?chat_id=%40{quote(ask.handle)}", key=KEY)
    if isinstance(found, Failure) or whole(found.at("result")) is None:
        return otherwise
    count = Proof(found.page, _RULE).count(found.at("result"), "subscribers")
    return count if isinstance(count, Known) else otherwise


def _by_bot(ask: Ask, reason: Unknown) -> Steps[Profile | Unknown]:
    """What the Bot API says where the page was refused: the size, not the messages."""
    audience = yield from _size(ask, reason)
    if isinstance(audience, Unknown):
        return reason
    return Profile(
        standing=Standing.LIVE, evidence=audience.evidence, audience=audience, timeline=reason
    )


def _posts(ask: Ask) -> Steps[Timeline | Unknown]:
    """Page back through the messages until the window is covered."""
    posts: list[ProfilePost] = []
    start = ""
    for _ in range(PAGES):
        more = f"?before={start}" if start else ""
        found = yield from page(f"https://t.me/s/{quote(ask.handle)}{more}")
        if isinstance(found, Failure):
            return timeline(posts, ask, truncated=True) if posts else why(found)
        document = read_html(found)
        if not posts and not split(found.url).path.startswith("/s/"):
            return unread(Outcome.HIDDEN, "the preview on the web is off or the channel is private")
        if document.tree.css_first(_MESSAGE) is None:
            ends = document.tree.css_first(_CHANNEL) is not None
            return timeline(posts, ask, truncated=not ends) if posts else _empty(document)
        posts += reversed(list(_written(document, Proof(found, _RULE))))
        start, last = _older(document), start
        over = not start or (bool(last) and int(start) >= int(last))
        if over or before(posts, ask.since):
            return timeline(posts, ask, truncated=not over)
    return timeline(posts, ask, truncated=True)


def _empty(document: Document) -> Unknown:
    """A preview without messages; even a new channel has the one that it was made."""
    if document.tree.css_first(_CHANNEL) is None:
        return unread(Outcome.PARSE_FAILED, "no messages where they used to be")
    return unread(Outcome.HIDDEN, "the preview on the web shows no messages")


def _older(document: Document) -> str:
    """The number before which the next page begins; empty where the list ends."""
    links = document.tree.css(".js-messages_more_wrap a[href], a.js-messages_more[href]")
    for link in links:
        if (found := _OLDER.search(link.attributes.get("href") or "")) is not None:
            return found[1]
    return ""


def _written(document: Document, proof: Proof) -> Iterator[ProfilePost]:
    for node in document.tree.css(_MESSAGE):
        named = _POST.fullmatch(node.attributes.get("data-post") or "")
        time = node.css_first(".tgme_widget_message_date time[datetime]")
        said = time.attributes.get("datetime") if time is not None else None
        made = instant(said, DateSource.TIME)
        service = "service_message" in (node.attributes.get("class") or "")
        if named is None or made is None or service:
            continue
        words = node.css_first(".tgme_widget_message_text.js-message_text")
        text = _text(words or node.css_first(".tgme_widget_message_poll_question"))
        yield ProfilePost(
            url=f"https://t.me/{named[0]}",
            title=headline(text),
            text=text,
            published=made,
            evidence=proof.dated(made, text),
            format=_format(node),
            repost=node.css_first(".tgme_widget_message_forwarded_from") is not None,
            interactions=tuple(_interactions(node)),
        )


def _format(node: LexborNode) -> str:
    """The kind of a message; an album with videos and pictures is mixed."""
    kinds = [word for selector, word in _MEDIA if node.css_first(selector) is not None]
    if kinds[:2] == ["video", "image"]:
        return "mixed"
    return next(iter(kinds), "text")


def _interactions(node: LexborNode) -> Iterator[Interaction]:
    """Views, and all reactions together but the paid ones, of which one reader gives many."""
    views = parse_count(_text(node.css_first(".tgme_widget_message_views")))
    if views is not None:
        yield Interaction(reaction=Reaction.VIEWS, count=views.value, exact=views.exact)
    counts: list[Counted] = []
    for each in node.css(".tgme_reaction"):
        count = parse_count(each.text(deep=False))
        if count is not None and "tgme_reaction_paid" not in (each.attributes.get("class") or ""):
            counts.append(count)
    if counts:
        total, exact = sum(each.value for each in counts), all(each.exact for each in counts)
        yield Interaction(reaction=Reaction.LIKES, count=total, exact=exact)


PLATFORM = Platform(
    name="telegram",
    read=read,
    public="subscribers or members, messages back to the start of the window, views, reactions",
    confidence=Confidence.RECORDED,
    audience="subscribers",
    keys=(KEY,),
)
