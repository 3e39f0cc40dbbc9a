"""Sitemaps and indexes of sitemaps."""

import gzip
from datetime import UTC, datetime

import pytest

from scrapers.parse.sitemaps import read_sitemap
from tests.scrapers.parse.pages import page


def test_a_sitemap_and_an_index_are_read() -> None:
    urls = "<urlset><url><loc>https://www.acme.example/a</loc><lastmod>2026-10-01</lastmod></url></urlset>"
    sitemap = read_sitemap(page(urls, "application/xml"))
    assert sitemap is not None
    assert sitemap.entries == (("https://www.acme.example/a", datetime(2026, 10, 1, tzinfo=UTC)),)
    index = "<sitemapindex><sitemap><loc>/s1.xml</loc></sitemap></sitemapindex>"
    above = read_sitemap(page(index, "application/xml"))
    assert above is not None
    assert above.children == ("https://www.acme.example/s1.xml",)


def test_a_sitemap_keeps_5000_addresses_at_most() -> None:
    many = "".join(f"<url><loc>https://a.example/{number}</loc></url>" for number in range(6_000))
    sitemap = read_sitemap(page(f"<urlset>{many}</urlset>", "application/xml"))
    assert sitemap is not None
    assert len(sitemap.entries) == 5_000
    assert sitemap.truncated


def test_a_sitemap_with_entities_is_refused() -> None:
    bomb = '<!DOCTYPE u [<!ENTITY a "aaaa">]><urlset><url><loc>https://a.example/&a;</loc></url></urlset>'
    assert read_sitemap(page(bomb, "application/xml")) is None


ADDRESSES = ("https://a.example/1", "https://a.example/2")
PLAIN = "\n".join(ADDRESSES).encode()
XML = "".join(f"<url><loc>{address}</loc></url>" for address in ADDRESSES)


@pytest.mark.parametrize(
    "body",
    [
        PLAIN,
        gzip.compress(PLAIN),
        gzip.compress(f"<urlset>{XML}</urlset>".encode()),
        f'<s:urlset xmlns:s="http://a.example/">{XML.replace("<", "<s:").replace("<s:/", "</s:")}</s:urlset>'.encode(),
    ],
    ids=["one a line", "packed", "packed XML", "with a prefix"],
)
def test_a_sitemap_is_read_in_any_wrapping(body: bytes) -> None:
    sitemap = read_sitemap(page(body, "application/octet-stream"))
    assert sitemap is not None
    assert tuple(url for url, _ in sitemap.entries) == ADDRESSES


@pytest.mark.parametrize("body", [b"\x1f\x8bno gzip", b"<html></html>", b"", b"plain words"])
def test_what_is_no_sitemap_is_none(body: bytes) -> None:
    assert read_sitemap(page(body, "application/xml")) is None
