"""Find where a page sends its reader that is nothing but a way on: by refresh, frame or script."""

import re
from collections.abc import Iterator
from itertools import islice

from selectolax.lexbor import LexborNode

from audit.model.facts import Forwards
from audit.model.value import Reason, Unknown
from scrapers.parse.document import Document
from scrapers.parse.urls import join, normalise

_LITTLE_TEXT = 250
"""Characters; a page with less says no more than that it sends its reader on."""

_FEW_LINKS = 3
"""Links of such a page: one for readers whose browser does not follow, with a logo or a notice."""

_SOON = 15.0
"""Seconds within which a page that says something of its own is left; later it was read."""

_MAX_TAGS = 20
"""Elements of a kind, and scripts, that are looked at."""

_MAX_SCRIPT = 5_000
"""Characters of a script that sends on: it does nothing else."""

_REFRESH = re.compile(
    r"\s*(\d{1,6})(?:\.\d{0,6})?\s*[;,]?\s*(?:url\s*=)?\s*(.{0,2000})", re.I | re.S
)
"""What a refresh says: seconds, then an address, mostly with `url=` before it."""

_LOCATION = r"""(?<!var\s)(?<!let\s)(?<!const\s)
    (?:\b(?:window|document|self|top|parent|this)\s{0,9}\.\s{0,9}){0,3}
    \blocation\s{0,9}(?:\.\s{0,9}href\s{0,9})?"""
_SENDS_ON = re.compile(
    rf"""{_LOCATION}(?:=(?!=)|\.\s{{0,9}}(?:replace|assign|reload)\s{{0,9}}\()\s{{0,9}}
    (?:(?P<quote>["'])(?P<url>[^"'\s<>]{{1,2000}})(?P=quote)\s{{0,9}}
    (?:\+\s{{0,9}}(?:window\.|document\.)?location\.(?:search|hash)\s{{0,9}})?(?=[;)}}\n\r"'/]|$))?""",
    re.X,
)
"""A script's order to go elsewhere; `url` where it names the address itself, whole.

What a visitor's own address had behind `?` or `#` may be put behind it.
"""


def read_forwards(document: Document) -> Forwards:
    """Return where a page sends its reader.

    More than one address are the frames of a set, of which the largest comes first. A page may also
    send to itself: then it waits for something that this program does not do, such as keeping a
    cookie.
    """
    if frames := _frames_of_set(document):
        return Forwards(frames, drawn_by_browser=True)
    bare = _is_bare(document)
    own = normalise(document.url)
    for seconds, address in _refreshes(document, bare=bare):
        url = join(document.base, address)
        if url is not None and (bare or (seconds <= _SOON and normalise(url) != own)):
            return Forwards((url,))
    urls = _by_script(document) or _only_frame(document) if bare else ()
    return Forwards(urls, drawn_by_browser=bool(urls))


def sent_on_unread(document: Document) -> Unknown | None:
    """Return why nothing was read of a page whose script computes where to go; None for others."""
    if not _is_bare(document) or next(_orders(document), None) is None:
        return None
    if read_forwards(document).urls:
        return None
    detail = "only sends its reader on, by a script that is not run here"
    return Unknown(reason=Reason.BAD_CONTENT, detail=detail)


def _is_bare(document: Document) -> bool:
    """Tell whether a page says next to nothing itself, and is not still to be drawn by scripts."""
    return (
        len(document.links) <= _FEW_LINKS
        and document.text_length < _LITTLE_TEXT
        and not document.scripts
        and not document.forms
    )


def _refreshes(document: Document, *, bare: bool) -> Iterator[tuple[float, str]]:
    """Yield the refreshes of a page's header and head: seconds, and the address as it is written.

    One for browsers without scripts counts on a bare page only: on others it leads away from what
    scripts are to draw, to a plea for them.
    """
    written = [document.page.header("refresh")]
    for node in document.equivalents[:_MAX_TAGS]:
        attributes = node.attributes
        is_refresh = (attributes.get("http-equiv") or "").strip().lower() == "refresh"
        if is_refresh and (bare or not _is_inside(node, "noscript")):
            written.append(attributes.get("content") or "")
    for content in written:
        match = _REFRESH.match(content)
        address = match[2].strip() if match is not None else ""
        quote = address[:1]
        if quote in ("'", '"'):
            address = address[1:].partition(quote)[0]
        if match is not None and address:
            yield float(match[1]), address


def _is_inside(node: LexborNode, tag: str) -> bool:
    """Tell whether an element stands directly in one with this tag."""
    return node.parent is not None and node.parent.tag == tag


def _frames_of_set(document: Document) -> tuple[str, ...]:
    """Return the addresses of the frames of a frameset, the largest first; () without a set."""
    if "frameset" not in document.tags:
        return ()
    frames = document.tree.css("frameset frame[src]")[:_MAX_TAGS]
    largest_first = sorted(frames, key=_size, reverse=True)
    urls = (join(document.base, node.attributes.get("src") or "") for node in largest_first)
    return tuple(dict.fromkeys(url for url in urls if url is not None))


def _size(frame: LexborNode) -> float:
    """Return the share of its set that a frame has, in per cent; that of `*` is 50, for want."""
    parent = frame.parent
    if parent is None:
        return 0.0
    parts = [part.strip() for part in _division(parent).split(",")]
    inside = islice(parent.iter(), _MAX_TAGS)
    beside = [node.mem_id for node in inside if node.tag in ("frame", "frameset")]
    place = beside.index(frame.mem_id) if frame.mem_id in beside else len(parts)
    part = parts[place] if place < len(parts) else ""
    if part.endswith("*"):
        return 50.0
    number = part.rstrip("%")
    # Pixels are narrow strips: a frame with the content of a site has a share of the window.
    share = 1.0 if part.endswith("%") else 0.05
    return float(number) * share if number.isascii() and number.isdigit() else 0.0


def _division(frameset: LexborNode) -> str:
    """Return how a frameset divides its place: `20%,*`; by columns where it has both."""
    attributes = frameset.attributes
    return (attributes.get("cols") or attributes.get("rows") or "")[:200]


def _orders(document: Document) -> Iterator[re.Match[str]]:
    """Yield the orders to go elsewhere that the scripts of a page give."""
    handlers = [node.attributes.get("onload") or "" for node in document.tree.css("body[onload]")]
    for script in (*document.inline[:_MAX_TAGS], *handlers):
        if len(script) <= _MAX_SCRIPT:
            yield from _SENDS_ON.finditer(script)


def _by_script(document: Document) -> tuple[str, ...]:
    """Return where the scripts of a page send its reader, if they name it; () where not.

    Of several addresses the last is taken: before it stand those for some readers, by language or
    device, and it is left for all others.
    """
    named = [match["url"].replace("\\/", "/") for match in _orders(document) if match["url"]]
    urls = [url for address in named if (url := join(document.base, address)) is not None]
    return tuple(urls[-1:])


def _only_frame(document: Document) -> tuple[str, ...]:
    """Return the frame that fills a page without anything else; () where there is none."""
    if len(document.frames) != 1 or document.links:
        return ()
    node = document.tree.css_first("iframe[src]")
    if node is None or _is_inside(node, "noscript"):
        return ()
    attributes = node.attributes
    style = (attributes.get("style") or "").replace(" ", "").lower()
    full = attributes.get("width") in ("100%", "100vw") or "width:100" in style
    return document.frames if full else ()
