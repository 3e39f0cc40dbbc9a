"""Read sitemaps and sitemap indexes: XML, gzipped or plain text; bounded in every direction."""

import zlib
from datetime import datetime
from itertools import islice

from lxml import etree

from audit.model.exchange import Page
from audit.model.facts import SitemapPage
from audit.model.value import DateSource
from scrapers.parse.dates import parse_date
from scrapers.parse.readable import each_readable
from scrapers.parse.urls import join
from scrapers.parse.xmltree import name_of, root_of

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


def read_sitemap(page: Page) -> SitemapPage | None:
    """Read a sitemap or an index of sitemaps: XML or one address a line, gzipped or not.

    None where the page is none or declares entities.
    """
    body = _unpacked(page.body)
    head = body[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith((b"http://", b"https://")):
        return _one_a_line(page, body)
    root = root_of(body)
    if root is None:
        return None
    name = name_of(root)
    if name not in ("urlset", "sitemapindex"):
        return None
    return _sitemap(page, root, index=name == "sitemapindex")


def _sitemap(page: Page, root: etree._Element, *, index: bool) -> SitemapPage:
    """Return the addresses under the root of a sitemap, or the sitemaps under that of an index."""
    children: list[str] = []
    entries: list[tuple[str, datetime | None]] = []
    more = False
    for url, changed in each_readable(islice(root, MAX_NODES), lambda node: _entry(page, node)):
        if len(children) >= MAX_CHILDREN or len(entries) >= MAX_URLS:
            more = True
            break
        if index:
            children.append(url)
        else:
            entries.append((url, changed))
    return SitemapPage(
        url=page.url,
        children=tuple(children),
        entries=tuple(entries),
        truncated=more or page.truncated,
    )


def _entry(page: Page, node: etree._Element) -> tuple[str, datetime | None] | None:
    """Return the address of an entry and when what is there last changed; None without address."""
    address = _child(node, "loc")
    url = join(page.url, address) if address else None
    if url is None:
        return None
    dated = parse_date(_child(node, "lastmod"), DateSource.SITEMAP, page.fetched_at)
    return url, dated.at if dated is not None else None


def _child(node: etree._Element, name: str) -> str:
    """Return the text of the first child of this name, of whatever namespace; empty for none."""
    for child in islice(node, MAX_PARTS):
        if name_of(child) == name:
            return (child.text or "").strip()
    return ""


def _one_a_line(page: Page, body: bytes) -> SitemapPage:
    """Return a sitemap of one address a line."""
    lines = body.decode("utf-8", "replace").split(None, MAX_URLS)
    urls = [url for line in lines[:MAX_URLS] if (url := join(page.url, line)) is not None]
    return SitemapPage(
        url=page.url,
        children=(),
        entries=tuple((url, None) for url in urls),
        truncated=len(lines) > MAX_URLS,
    )


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
