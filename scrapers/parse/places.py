"""Read the places of a page that no reader sees and that name what it uses all the same."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from html import unescape
from itertools import islice

from selectolax.lexbor import LexborNode

from scrapers.parse.document import Document
from scrapers.parse.urls import join

MAX_PLACES = 2_000
"""Elements of one page that are looked at."""

_SOURCES = (
    *("data-src", "data-url", "data-embed", "data-embed-src", "data-embed-url", "data-frame"),
    *("data-iframe", "data-iframe-src", "data-iframe-url", "data-lazy-src", "data-player"),
    *("data-player-url", "data-video", "data-video-src", "data-video-url"),
)
"""Attributes that hold the address of a frame until a script or a click makes one."""

_LOADED_OTHERWISE = frozenset({"img", "source", "picture", "script", "iframe", "video", "audio"})
"""Elements whose data attributes name pictures, sounds, or what is read as scripts and frames."""

_PLACES = {
    "img": 'img[height="1"],img[width="1"]',
    "amp-pixel": "amp-pixel[src]",
    "input": 'input[type="hidden"][name]',
}
"""Pictures of one point, and fields that no reader sees, by their tag."""

_NOSCRIPT = re.compile(r"<noscript(?=[\s>])")
_IMAGE = re.compile(r"""<img\b[^<>]{0,500}?\ssrc=["']?([^"'\s<>]{1,2000})""", re.I)
_MAX_NOSCRIPTS = 500
_LONGEST = 2_000
"""Characters of a `noscript` that are looked through, and of a name."""


@dataclass(slots=True)
class Places:
    """What stands in such places, each once, in the order of the page.

    `waiting` are addresses that data attributes hold for a script to load, as
    `<button data-src="https://…">`, `pixels` pictures that only count visitors, `fields` the names
    of hidden fields, by which forms tell their vendor whose they are.
    """

    waiting: dict[str, None] = field(default_factory=dict)
    pixels: dict[str, None] = field(default_factory=dict)
    fields: set[str] = field(default_factory=set)


def read_places(document: Document, names: Collection[str]) -> Places:
    """Read data attributes, pixels and hidden fields; `names` are those of the page's elements."""
    places, source, base = Places(), document.source, document.base
    attributes = [name for name in _SOURCES if name in names]
    waiting = (f'[{name}*="//"]' for name in attributes)
    selectors = (selector for tag, selector in _PLACES.items() if tag in document.tags)
    # One look through the tree for all: each takes as long as the next.
    selector = ",".join((*selectors, *waiting))
    for node in document.tree.css(selector)[:MAX_PLACES] if selector else ():
        _add(places, node, base, attributes)
    if "noscript" not in document.tags:
        return places
    # In the head a parser takes pictures out of their `noscript`, so that these are looked for in
    # the source (https://html.spec.whatwg.org/#parsing-main-inheadnoscript).
    for match in islice(_NOSCRIPT.finditer(source), _MAX_NOSCRIPTS):
        inside = source[match.end() : match.end() + _LONGEST].partition("</noscript")[0]
        for address in _IMAGE.findall(inside):
            _add_to(places.pixels, base, unescape(address))
    return places


def _add(places: Places, node: LexborNode, base: str, attributes: list[str]) -> None:
    """Add what one element says to its place."""
    if node.tag == "input":
        places.fields.add((node.attributes.get("name") or "")[:_LONGEST])
    elif node.tag in ("img", "amp-pixel"):
        _add_to(places.pixels, base, node.attributes.get("src") or "")
    if node.tag not in _LOADED_OTHERWISE:
        for name in attributes:
            if "//" in (address := node.attributes.get(name) or ""):
                _add_to(places.waiting, base, address)


def _add_to(urls: dict[str, None], base: str, address: str) -> None:
    """Add an address, if it is one of the web."""
    url = join(base, address) if address else None
    if url is not None:
        urls[url] = None
