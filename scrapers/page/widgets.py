"""Recognise the buttons and scripts of widgets that a site has built itself: chat, sharing."""

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from scrapers.page.names import folded
from scrapers.parse.document import Document
from scrapers.parse.element_text import opening_tag
from scrapers.parse.remembered import remembered
from scrapers.parse.urls import host_of, registrable, segments

_MAX_BUTTONS = 2_000
_LONGEST = 200
"""Characters of an attribute or of the words on a button that are read."""

_CHAT = re.compile(r"live[-_]?chat|chat[-_]?bot|web[-_]?chat|chat[-_]?widget", re.I)
"""What the class or the file of a chat is called; `chat` alone may be an icon of comments."""

_SHARE = re.compile(
    r"\b(?:share|sharing|teilen|partag\w{1,4}|compart\w{2,5}|condivi\w{1,5}|delen|dela|del pa"
    r"|jaa|udostepnij|sdilet|megosztas|paylas|distribuie)\b|поделиться|поширити|シェア|分享|공유",
    re.I,
)
"""Words for sharing, without accents, on a button or in its class."""

_NETWORK = re.compile(
    r"\b(?:facebook|twitter|linkedin|pinterest|whatsapp|telegram|reddit|xing|tumblr|vkontakte|bluesky"
    r"|mastodon|threads|weibo|line|fb|tw|li|pin|wa|tg|vk)\b",
    re.I,
)
"""Networks by their names, and by the short names that buttons have for them."""

_SIGNS = re.compile(r"[-_]")
_SAID = ("class", "id", "title", "aria-label", "data-action", "data-share")
_NETWORKS = (
    "data-net",
    "data-network",
    "data-service",
    "data-social",
    "data-platform",
    "data-type",
)


def widgets(document: Document) -> Iterator[tuple[str, str, bool]]:
    """Yield chat and share buttons of the site's own make: (feature, words that show it, False)."""
    own = registrable(host_of(document.url))
    for url in document.scripts:
        name = "/".join(segments(url)[-2:])
        if registrable(host_of(url)) == own and _CHAT.search(name) and name.endswith(".js"):
            yield "chat", url, False
    for node in document.pressed()[:_MAX_BUTTONS]:
        if feature := _feature_of(document, node):
            yield feature, opening_tag(node), False


# The buttons of a page, and those of a site, have the same few names.
@remembered(8_192)
def _told_by(names: str) -> str:
    """Return what the names of a button, `folded`, say that it may be for; empty for all else."""
    if _CHAT.search(names):
        return "chat"
    plain = _SIGNS.sub(" ", names)
    return "share-buttons" if _SHARE.search(plain) or _NETWORK.search(plain) else ""


def _feature_of(document: Document, node: LexborNode) -> str:
    """Return what a button is for by its names and words; empty for every other purpose."""
    attributes = node.attributes
    if attributes.get("role") == "textbox":
        return ""
    names = folded(" ".join((attributes.get(name) or "")[:_LONGEST] for name in _SAID))
    purpose = _told_by(names)
    # Most buttons are for other things; their words need not be read.
    if purpose != "share-buttons":
        return purpose
    names = _SIGNS.sub(" ", names)
    spoken = f"{names} {folded(document.words.of(node, _LONGEST))}"
    networks = " ".join((attributes.get(name) or "")[:_LONGEST] for name in _NETWORKS)
    if _SHARE.search(spoken) and _NETWORK.search(f"{spoken} {networks}"):
        return "share-buttons"
    return ""
