"""Read sitemaps and sitemap indexes: XML, gzipped or plain text; bounded in every direction."""

import zlib
from datetime import datetime
from itertools import islice

from lxml import etree

from audit.model.dated import DateSource
from audit.model.exchange import Page
from audit.model.facts import SitemapPage
from scrapers.parse.dates import parse_date
from scrapers.parse.readable import each_readable
from scrapers.parse.urls import join
from scrapers.parse.xmltree import name_of, root_of

MAX_URLS = 5_000
MAX_CHILDREN = 500
MAX_NODES = 100_000
MAX_PARTS = 1_000
MAX_BYTES = 10 * 1024 * 1024
_MAGIC = b"\x1f\x8b"


def read_sitemap(page: Page) -> SitemapPage | None:
    """Read a sitemap; None where the page is none or declares entities."""
    body = _unpacked(page.body)
    head = body[:2_000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith((b"http://", b"https://")):
        return _plain(page, body)
    root = root_of(body)
    if root is None:
        return None
    name = name_of(root)
    if name not in ("urlset", "sitemapindex"):
        return None
    return _read(page, root, index=name == "sitemapindex")


def _read(page: Page, root: etree._Element, *, index: bool) -> SitemapPage:
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
    """The address that an entry holds, and when what is there last changed."""
    said = _child(node, "loc")
    url = join(page.url, said) if said else None
    if url is None:
        return None
    found = parse_date(_child(node, "lastmod"), DateSource.SITEMAP, page.fetched_at)
    return url, found.at if found is not None else None


def _child(node: etree._Element, name: str) -> str:
    for child in islice(node, MAX_PARTS):
        if name_of(child) == name:
            return (child.text or "").strip()
    return ""


def _plain(page: Page, body: bytes) -> SitemapPage:
    """One address a line."""
    lines = body.decode("utf-8", "replace").split(None, MAX_URLS)
    found = [url for line in lines[:MAX_URLS] if (url := join(page.url, line)) is not None]
    return SitemapPage(
        url=page.url,
        children=(),
        entries=tuple((url, None) for url in found),
        truncated=len(lines) > MAX_URLS,
    )


def _unpacked(body: bytes) -> bytes:
    """Undo gzip, for `.xml.gz` files that come without a Content-Encoding; stops at MAX_BYTES."""
    if not body.startswith(_MAGIC):
        return body
    try:
        return zlib.decompressobj(47).decompress(body, MAX_BYTES)
    except zlib.error:
        return b""
