"""Telegram: channels and groups by the pages of t.me (recorded), the exact size by the Bot API."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from selectolax.lexbor import LexborNode

from scrapers.parse.counts import Counted, parse_count
from scrapers.parse.html import Document, read_html
from scrapers.parse.text import clean
from scrapers.parse.urls import links_in, split
from scrapers.platforms import kit

KEY = kit.Key(
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


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the card of a name, then its messages where they have a preview on the web."""
    found = yield from kit.ask_page(f"https://t.me/{quote(ask.handle)}")
    if isinstance(found, kit.Failure):
        return (yield from _by_bot(ask, kit.reason_of(found)))
    document, proof = read_html(found), kit.Proof(found, _RULE)
    name = _text(document.tree.css_first(".tgme_page_title span"))
    if not name:
        return _nobody(document, found)
    extra = _text(document.tree.css_first(".tgme_page_extra"))
    preview = document.tree.css_first('a[href^="/s/"]') is not None
    if extra.startswith("@") or "monthly" in extra:
        return _person(name, extra, proof)
    group = "member" in extra and not preview
    about = _text(document.tree.css_first(".tgme_page_description"))
    audience: kit.Known[int] | kit.Unknown = proof.count(extra.partition(", ")[0], "subscribers")
    if isinstance(audience, kit.Unknown):
        audience = yield from _size(ask, audience)
    return kit.Profile(
        standing=kit.Standing.LIVE,
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


def _nobody(document: Document, found: kit.Page) -> kit.Profile | kit.Unknown:
    """A name that nobody holds has a card without title that asks not to be indexed."""
    contact = document.meta("og:title", "twitter:title").startswith("Telegram: Contact @")
    if contact and "noindex" in document.meta("robots"):
        return kit.not_found(found, _RULE)
    return kit.unread(kit.Outcome.PARSE_FAILED, "no name where it used to be")


def _person(name: str, extra: str, proof: kit.Proof) -> kit.Profile:
    """A person or a bot: there is no audience to be read."""
    none = kit.unread(
        kit.Outcome.NOT_SUPPORTED, "the name is a person's or a bot's, not a channel's"
    )
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{name}: {extra}"),),
        name=name,
        audience=none,
        timeline=none,
    )


def _online(extra: str, proof: kit.Proof) -> tuple[kit.ProfileFigure, ...]:
    said = extra.partition(", ")[2]
    if "online" not in said:
        return ()
    return (proof.figure(kit.Count.ONLINE, said),)


def _unseen(*, group: bool) -> kit.Unknown:
    what = "a group shows" if group else "the preview on the web is off: the channel shows"
    return kit.unread(kit.Outcome.HIDDEN, f"{what} its messages in the app only")


def _size(ask: kit.Ask, otherwise: kit.Unknown) -> kit.Steps[kit.Known[int] | kit.Unknown]:
    """The exact size by the Bot API; without a key or an answer, the reason known before."""
    if not ask.has(KEY):
        return otherwise
    found = yield from kit.ask_json(
        f"{API}/getChatMemberCount?chat_id=%40{quote(ask.handle)}", key=KEY
    )
    if isinstance(found, kit.Failure) or kit.count_of(found.field("result")) is None:
        return otherwise
    count = kit.Proof(found.page, _RULE).count(found.field("result"), "subscribers")
    return count if isinstance(count, kit.Known) else otherwise


def _by_bot(ask: kit.Ask, reason: kit.Unknown) -> kit.Steps[kit.Profile | kit.Unknown]:
    """What the Bot API says where the page was refused: the size, not the messages."""
    audience = yield from _size(ask, reason)
    if isinstance(audience, kit.Unknown):
        return reason
    return kit.Profile(
        standing=kit.Standing.LIVE, evidence=audience.evidence, audience=audience, timeline=reason
    )


def _posts(ask: kit.Ask) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through the messages until the window is covered."""
    posts: list[kit.ProfilePost] = []
    start = ""
    for _ in range(kit.PAGES):
        more = f"?before={start}" if start else ""
        found = yield from kit.ask_page(f"https://t.me/s/{quote(ask.handle)}{more}")
        if isinstance(found, kit.Failure):
            return kit.timeline_of(posts, ask, truncated=True) if posts else kit.reason_of(found)
        document = read_html(found)
        if not posts and not split(found.url).path.startswith("/s/"):
            return kit.unread(
                kit.Outcome.HIDDEN, "the preview on the web is off or the channel is private"
            )
        if document.tree.css_first(_MESSAGE) is None:
            ends = document.tree.css_first(_CHANNEL) is not None
            return kit.timeline_of(posts, ask, truncated=not ends) if posts else _empty(document)
        posts += reversed(list(_written(document, kit.Proof(found, _RULE))))
        start, last = _older(document), start
        over = not start or (bool(last) and int(start) >= int(last))
        if over or kit.reaches_back(posts, ask.since):
            return kit.timeline_of(posts, ask, truncated=not over)
    return kit.timeline_of(posts, ask, truncated=True)


def _empty(document: Document) -> kit.Unknown:
    """A preview without messages; even a new channel has the one that it was made."""
    if document.tree.css_first(_CHANNEL) is None:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no messages where they used to be")
    return kit.unread(kit.Outcome.HIDDEN, "the preview on the web shows no messages")


def _older(document: Document) -> str:
    """The number before which the next page begins; empty where the list ends."""
    links = document.tree.css(".js-messages_more_wrap a[href], a.js-messages_more[href]")
    for link in links:
        if (found := _OLDER.search(link.attributes.get("href") or "")) is not None:
            return found[1]
    return ""


def _written(document: Document, proof: kit.Proof) -> Iterator[kit.ProfilePost]:
    for node in document.tree.css(_MESSAGE):
        named = _POST.fullmatch(node.attributes.get("data-post") or "")
        time = node.css_first(".tgme_widget_message_date time[datetime]")
        said = time.attributes.get("datetime") if time is not None else None
        made = kit.dated_at(said, kit.DateSource.TIME)
        service = "service_message" in (node.attributes.get("class") or "")
        if named is None or made is None or service:
            continue
        words = node.css_first(".tgme_widget_message_text.js-message_text")
        text = _text(words or node.css_first(".tgme_widget_message_poll_question"))
        yield kit.ProfilePost(
            url=f"https://t.me/{named[0]}",
            title=kit.headline(text),
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


def _interactions(node: LexborNode) -> Iterator[kit.Interaction]:
    """Views, and all reactions together but the paid ones, of which one reader gives many."""
    views = parse_count(_text(node.css_first(".tgme_widget_message_views")))
    if views is not None:
        yield kit.Interaction(reaction=kit.Reaction.VIEWS, count=views.value, exact=views.exact)
    counts: list[Counted] = []
    for each in node.css(".tgme_reaction"):
        count = parse_count(each.text(deep=False))
        if count is not None and "tgme_reaction_paid" not in (each.attributes.get("class") or ""):
            counts.append(count)
    if counts:
        total, exact = sum(each.value for each in counts), all(each.exact for each in counts)
        yield kit.Interaction(reaction=kit.Reaction.LIKES, count=total, exact=exact)


PLATFORM = kit.Platform(
    name="telegram",
    read=read,
    public="subscribers or members, messages back to the start of the window, views, reactions",
    confidence=kit.Confidence.RECORDED,
    audience="subscribers",
    keys=(KEY,),
)
