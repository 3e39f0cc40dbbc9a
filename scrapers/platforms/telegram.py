"""Telegram: channels and groups by the pages of t.me (recorded), the exact size by the Bot API."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from selectolax.lexbor import LexborNode

from scrapers.parse.counts import Counted, parse_count
from scrapers.parse.document import Document
from scrapers.parse.html import read_html
from scrapers.parse.text import clean
from scrapers.parse.urls import links_in, split
from scrapers.platforms import kit

KEY = kit.Key(
    variables=("TELEGRAM_BOT_TOKEN",),
    host="api.telegram.org",
    path="/bot{TELEGRAM_BOT_TOKEN}",
    adds="the exact size of a public channel or group where its page does not show it",
    opens=frozenset({kit.Opens.AUDIENCE}),
)
API = "https://api.telegram.org"
_RULE = "platform.telegram"
_POST = re.compile(r"([A-Za-z]\w{3,31})/(\d{1,12})", re.ASCII)
_OLDER = re.compile(r"[?&]before=(\d{1,12})", re.ASCII)
_MESSAGE = ".tgme_widget_message[data-post]"
_CHANNEL = ".tgme_channel_info"
_START_PAGE = re.compile(r"Telegram(?: Messenger|\s*[–—-]\s*a new era of messaging)?$", re.I)
"""The title of Telegram's own start page."""

_MEDIA = (
    (".tgme_widget_message_poll", "poll"),
    (".tgme_widget_message_video_player, .tgme_widget_message_roundvideo_player", "video"),
    (".tgme_widget_message_photo_wrap, .tgme_widget_message_sticker_wrap", "image"),
    (".tgme_widget_message_voice, .tgme_widget_message_document_icon.audio", "audio"),
    (".tgme_widget_message_link_preview", "link"),
)
"""What marks a message of a kind; the first that fits counts, so that a link comes last."""


def read(ask: kit.Ask) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the card of a name, then its messages where they have a preview on the web."""
    page = yield from kit.ask_page(f"https://t.me/{quote(ask.handle)}")
    if isinstance(page, kit.Failure):
        return (yield from _by_bot(ask, kit.reason_of(page)))
    document, proof = read_html(page), kit.Proof(page, _RULE)
    name = _text(document.tree.css_first(".tgme_page_title span"))
    if not name:
        return _nobody(document, page)
    extra = _text(document.tree.css_first(".tgme_page_extra"))
    preview = document.tree.css_first('a[href^="/s/"]') is not None
    # The line under the name tells what the name is: `5 012 subscribers` of a channel,
    # `2 805 members, 40 online` of a group, `@name` of a person, monthly users of a bot.
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
        timeline=(yield from _posts(ask)) if preview else _no_preview(group=group),
        links=links_in(about),
        verified=document.tree.css_first(".tgme_page_title .verified-icon") is not None,
        picture=document.tree.css_first("img.tgme_page_photo_image") is not None,
        shows=_shown(document),
        community=group,
    )


# ---- the card of a name ----


def _shown(document: Document) -> tuple[kit.ProfilePart, ...]:
    """Return the parts that the card shows: a picture, or in its place the letters of the name."""
    place = document.tree.css_first(".tgme_page_photo_image")
    card = (kit.ProfilePart.BIOGRAPHY, kit.ProfilePart.LINK, kit.ProfilePart.VERIFIED)
    return card if place is None else (*card, kit.ProfilePart.PICTURE)


def _text(node: LexborNode | None) -> str:
    """Return the text of an element; a break between its lines is kept as a space."""
    if node is None:
        return ""
    return clean("".join(_pieces(node)))


def _pieces(node: LexborNode) -> Iterator[str]:
    """Give the texts in an element in their order, and a space for each break.

    The parser's own `text()` (selectolax 1.0.2) joins the lines around a `<br>` to one word.
    """
    for inner in node.traverse(include_text=True):
        if inner.is_text_node:
            yield inner.text_content or ""
        elif inner.tag == "br":
            yield " "


def _nobody(document: Document, page: kit.Page) -> kit.Profile | kit.Unknown:
    """Return what a card without a title says.

    For a name that nobody holds t.me does not answer 404: it gives a card `Telegram: Contact @NAME`
    that asks not to be indexed.
    """
    title = document.meta("og:title", "twitter:title") or document.title
    if title.startswith("Telegram: Contact @") and "noindex" in document.meta("robots"):
        return kit.not_found(page, _RULE)
    # Some names lead to the start page of Telegram, with status 200. A card without a name in a
    # page of that title is one that was rebuilt.
    if _START_PAGE.match(title) and document.tree.css_first("[class^=tgme_page]") is None:
        return kit.not_found(page, _RULE, "Telegram shows its start page: there is no such name")
    return kit.unread(kit.Outcome.PARSE_FAILED, "no name where it used to be")


def _person(name: str, extra: str, proof: kit.Proof) -> kit.Profile:
    """Put together a person or a bot: there is no audience to be read."""
    reason = kit.unread(
        kit.Outcome.NOT_SUPPORTED, "the name is a person's or a bot's, not a channel's"
    )
    return kit.Profile(
        standing=kit.Standing.LIVE,
        evidence=(proof.of(f"{name}: {extra}"),),
        name=name,
        audience=reason,
        timeline=reason,
    )


def _online(extra: str, proof: kit.Proof) -> tuple[kit.ProfileFigure, ...]:
    """Return how many members are online (`2 805 members, 40 online`); groups alone say so."""
    text = extra.partition(", ")[2]
    if "online" not in text:
        return ()
    return (proof.figure(kit.Count.ONLINE, text),)


def _no_preview(*, group: bool) -> kit.Unknown:
    """Say why there are no messages on the web: groups never show them, channels may choose."""
    who = "a group shows" if group else "the preview on the web is off: the channel shows"
    return kit.unread(kit.Outcome.HIDDEN, f"{who} its messages in the app only")


# ---- the Bot API, which needs a key ----


def _size(ask: kit.Ask, otherwise: kit.Unknown) -> kit.Steps[kit.Known[int] | kit.Unknown]:
    """Ask for the exact size; `otherwise` is returned without a key or an answer."""
    if not ask.has(KEY):
        return otherwise
    answer = yield from kit.ask_json(
        f"{API}/getChatMemberCount?chat_id=%40{quote(ask.handle)}", key=KEY
    )
    if isinstance(answer, kit.Failure) or kit.count_of(answer.field("result")) is None:
        return otherwise
    count = kit.Proof(answer.page, _RULE).count(answer.field("result"), "subscribers")
    return count if isinstance(count, kit.Known) else otherwise


def _by_bot(ask: kit.Ask, reason: kit.Unknown) -> kit.Steps[kit.Profile | kit.Unknown]:
    """Read the size, not the messages, where the page was refused for this reason."""
    audience = yield from _size(ask, reason)
    if isinstance(audience, kit.Unknown):
        return reason
    return kit.Profile(
        standing=kit.Standing.LIVE, evidence=audience.evidence, audience=audience, timeline=reason
    )


# ---- the messages ----


def _posts(ask: kit.Ask) -> kit.Steps[kit.Timeline | kit.Unknown]:
    """Page back through the messages until the window is covered."""
    posts: list[kit.ProfilePost] = []
    start = ""
    for _ in range(kit.PAGES):
        before = f"?before={start}" if start else ""
        page = yield from kit.ask_page(f"https://t.me/s/{quote(ask.handle)}{before}")
        if isinstance(page, kit.Failure):
            return kit.timeline_of(posts, ask, truncated=True) if posts else kit.reason_of(page)
        document = read_html(page)
        # A preview that is off leads from /s/NAME to the card /NAME, with status 200.
        if not posts and not split(page.url).path.startswith("/s/"):
            return kit.unread(
                kit.Outcome.HIDDEN, "the preview on the web is off or the channel is private"
            )
        if document.tree.css_first(_MESSAGE) is None:
            ends = document.tree.css_first(_CHANNEL) is not None
            return kit.timeline_of(posts, ask, truncated=not ends) if posts else _empty(document)
        # A page shows its messages from the oldest down to the newest, like the app.
        posts += reversed(list(_messages(document, kit.Proof(page, _RULE))))
        # A page that points at itself or at newer messages ends the list: it would go in a circle.
        start, last = _older(document), start
        over = not start or (bool(last) and int(start) >= int(last))
        if over or kit.reaches_back(posts, ask.since):
            return kit.timeline_of(posts, ask, truncated=not over)
    return kit.timeline_of(posts, ask, truncated=True)


def _empty(document: Document) -> kit.Unknown:
    """Say why a preview has no messages; none is ever empty of itself.

    Even a new channel has a message: that it was created.
    """
    if document.tree.css_first(_CHANNEL) is None:
        return kit.unread(kit.Outcome.PARSE_FAILED, "no messages where they used to be")
    return kit.unread(kit.Outcome.HIDDEN, "the preview on the web shows no messages")


def _older(document: Document) -> str:
    """Return the number of the message before which the next page begins; empty at the end."""
    links = document.tree.css(".js-messages_more_wrap a[href], a.js-messages_more[href]")
    for link in links:
        if (match := _OLDER.search(link.attributes.get("href") or "")) is not None:
            return match[1]
    return ""


def _messages(document: Document, proof: kit.Proof) -> Iterator[kit.ProfilePost]:
    """Read the messages of a page, in its order; what Telegram itself notes there is none."""
    for node in document.tree.css(_MESSAGE):
        address = _POST.fullmatch(node.attributes.get("data-post") or "")
        time = node.css_first(".tgme_widget_message_date time[datetime]")
        stamp = time.attributes.get("datetime") if time is not None else None
        published = kit.dated_at(stamp, kit.DateSource.TIME)
        # "Channel created", "photo updated" and the like are messages to the page, too.
        service = "service_message" in (node.attributes.get("class") or "")
        if address is None or published is None or service:
            continue
        words = node.css_first(".tgme_widget_message_text.js-message_text")
        text = _text(words or node.css_first(".tgme_widget_message_poll_question"))
        yield kit.ProfilePost(
            url=f"https://t.me/{address[0]}",
            title=kit.headline(text),
            text=text,
            published=published,
            evidence=proof.dated(published, text),
            format=_format(node),
            repost=node.css_first(".tgme_widget_message_forwarded_from") is not None,
            interactions=tuple(_interactions(node)),
        )


def _format(node: LexborNode) -> str:
    """Return the format of a message; an album with videos and pictures is mixed."""
    kinds = [kind for selector, kind in _MEDIA if node.css_first(selector) is not None]
    if kinds[:2] == ["video", "image"]:
        return "mixed"
    return next(iter(kinds), "text")


def _interactions(node: LexborNode) -> Iterator[kit.Interaction]:
    """Give the views of a message, and all its reactions together as likes."""
    views = parse_count(_text(node.css_first(".tgme_widget_message_views")))
    if views is not None:
        yield kit.Interaction(reaction=kit.Reaction.VIEWS, count=views.value, exact=views.exact)
    counts: list[Counted] = []
    for reaction in node.css(".tgme_reaction"):
        # The count is the element's own text; the emoji lies in an element inside it.
        count = parse_count(reaction.text(deep=False))
        # Paid reactions are left out: one reader gives as many as they pay for.
        paid = "tgme_reaction_paid" in (reaction.attributes.get("class") or "")
        if count is not None and not paid:
            counts.append(count)
    if counts:
        total, exact = sum(count.value for count in counts), all(count.exact for count in counts)
        yield kit.Interaction(reaction=kit.Reaction.LIKES, count=total, exact=exact)


PLATFORM = kit.Platform(
    name="telegram",
    read=read,
    public="subscribers or members, messages back to the start of the window, views, reactions",
    confidence=kit.Confidence.RECORDED,
    audience="subscribers",
    keys=(KEY,),
)
