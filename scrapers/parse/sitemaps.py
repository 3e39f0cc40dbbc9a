"""Read sitemaps and sitemap indexes: XML, gzipped or plain text; bounded in every direction."""

import re
import zlib
from datetime import datetime
from itertools import islice

from lxml import etree

from audit.model.exchange import Page
from audit.model.facts import SitemapPage
from audit.model.value import DateSource, Evidence
from scrapers.parse.dates import parse_date
from scrapers.parse.mended_xml import xml_text, xml_tree
from scrapers.parse.readable import each_readable
from scrapers.parse.urls import host_of, join
from scrapers.parse.xmltree import name_of

MAX_URLS = 5_000
"""Addresses of one sitemap that are kept."""

MAX_CHILDREN = 500
"""Sitemaps that one index may name."""

MAX_NODES = 100_000
"""Entries of one sitemap that are looked at."""

MAX_PARTS = 1_000
"""Parts of one entry that are looked at."""

MAX_BYTES = 10 * 1024 * 1024
"""Bytes that are unpacked: a few kilobytes of gzip can hold gigabytes."""

_GZIP = b"\x1f\x8b"
_ROOT = re.compile(r"<(?:[a-z][\w.-]{0,40}:)?(?:urlset|sitemapindex)[\s>]", re.I)
"""The tag of the root of a sitemap or an index."""

_SCHEME = re.compile(r"(https?):/*", re.I)
_AROUND = "<>\"' \t\r\n,;"
"""What people put around an address that stands in a list."""

_Entry = tuple[str, datetime | None]
"""An address, and when what is there last changed; None where that is not said."""


def read_sitemap(page: Page) -> SitemapPage | None:
    """Read a sitemap or an index of sitemaps: XML or one address a line, gzipped or not.

    None where the page is none or declares entities.
    """
    text = xml_text(_unpacked(page.body), page.header("content-type"))
    if text[:8].lower().startswith(("http://", "https://", "#")):
        return _one_a_line(page, text)
    root = xml_tree(text, _ROOT)
    if root is None:
        return None
    name = name_of(root).lower()
    if name not in ("urlset", "sitemapindex"):
        return None
    return _sitemap(page, root, index=name == "sitemapindex")


def listed_address(base: str, written: str) -> str | None:
    """Return an address that stands in a list for programs, slips of the hand mended; or None.

    `"acme.example/map.xml"`, `<https:/acme.example/map.xml>` and `map.xml` are one address there,
    in a list on `https://acme.example/`.
    """
    address = _SCHEME.sub(r"\1://", written.strip(_AROUND), count=1)
    # The scheme is forgotten before the name of the own host only: `news.xml` is a path.
    if address.lower().removeprefix("www.").partition("/")[0] == host_of(base):
        address = f"{base.partition(':')[0]}://{address}"
    return join(base, address) if address else None


def _sitemap(page: Page, root: etree._Element, *, index: bool) -> SitemapPage:
    """Return the addresses under the root of a sitemap, or the sitemaps under that of an index."""
    children: list[str] = []
    entries: list[_Entry] = []
    more = False
    for addresses in each_readable(islice(root, MAX_NODES), lambda node: _entries(page, node)):
        if len(children) >= MAX_CHILDREN or len(entries) >= MAX_URLS:
            more = True
            break
        if index:
            children += [url for url, _ in addresses]
        else:
            entries += addresses
    return SitemapPage(
        url=page.url,
        children=tuple(children[:MAX_CHILDREN]),
        entries=tuple(entries[:MAX_URLS]),
        truncated=more or page.truncated,
        evidence=_evidence(page, len(entries)),
    )


def _entries(page: Page, node: etree._Element) -> list[_Entry] | None:
    """Return what one element of a sitemap names; None where that is nothing.

    Mostly that is one address. Hand-made files name several, or write one without `loc` around it.
    """
    places = [child for child in islice(node, MAX_PARTS) if name_of(child).lower() == "loc"]
    # An image may have a `loc` of its own, in another namespace.
    texts = [place.text for place in places if place.prefix == places[0].prefix] or [node.text]
    urls = [url for text in texts if text and (url := listed_address(page.url, text)) is not None]
    if not urls:
        return None
    dated = parse_date(_child(node, "lastmod"), DateSource.SITEMAP, page.fetched_at)
    return [(url, dated.at if dated is not None else None) for url in urls]


def _child(node: etree._Element, name: str) -> str:
    """Return the text of the first child of this name, of whatever namespace; empty for none."""
    for child in islice(node, MAX_PARTS):
        if name_of(child).lower() == name:
            return (child.text or "").strip()
    return ""


def _one_a_line(page: Page, text: str) -> SitemapPage:
    """Return a sitemap of one address a line; lines that begin with `#` are comments."""
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("#"))
    words = [word for line in lines for word in line.split()]
    urls = [url for word in words[:MAX_URLS] if (url := join(page.url, word)) is not None]
    return SitemapPage(
        url=page.url,
        children=(),
        entries=tuple((url, None) for url in urls),
        truncated=len(words) > MAX_URLS or page.truncated,
        evidence=_evidence(page, len(urls)),
    )


def _evidence(page: Page, count: int) -> Evidence:
    """Return the evidence of a sitemap: how many addresses were read in it."""
    return page.proof("sitemap.read", f"sitemap: {count} addresses")


def _unpacked(body: bytes) -> bytes:
    """Undo gzip, for `.xml.gz` files that come without a Content-Encoding; stop at MAX_BYTES.

    Empty for what begins as gzip and is none.
    """
    if not body.startswith(_GZIP):
        return body
    try:
        # 47 takes gzip and zlib alike, by their heads.
        return zlib.decompressobj(47).decompress(body, MAX_BYTES)
    except zlib.error:
        return b""
