"""Sitemaps and indexes of sitemaps."""

import gzip
from datetime import UTC, datetime

import pytest

from scrapers.parse.sitemaps import listed_address, read_sitemap
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


URLSET = f"<urlset>{XML}</urlset>"


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE urlset>" + URLSET.encode(),
        b'<?xml version="1.0"?><!DOCTYPE urlset SYSTEM "sitemap.dtd">' + URLSET.encode(),
        b'<?xml version="1.0" encoding="UTF-16"?>' + URLSET.encode(),
        URLSET.encode("utf-16"),
        URLSET.encode("utf-16-le"),
        b"<b>Notice</b>: undefined in map.php<br />" + URLSET.encode(),
        URLSET.replace("<url>", "<url>\x08").encode(),
        URLSET.replace("</url><url>", "").encode(),
        URLSET.replace("<loc>", "").replace("</loc>", "").encode(),
        URLSET.replace("https://a.example/1", "\n <![CDATA[ https://a.example/1 ]]>\n").encode(),
        b"\xef\xbb\xbf# unsere Seiten\r\n" + b"\r\n".join(PLAIN.split()),
        PLAIN.decode().encode("utf-16"),
    ],
)
def test_a_sitemap_with_faults_is_read_all_the_same(body: bytes) -> None:
    sitemap = read_sitemap(page(body, "text/html"))
    assert sitemap is not None
    assert tuple(url for url, _ in sitemap.entries) == ADDRESSES


def test_a_bare_ampersand_stays_in_an_address() -> None:
    sitemap = read_sitemap(page("<urlset><url><loc>/a?b=1&c=2</loc></url></urlset>"))
    assert sitemap is not None
    assert sitemap.entries == (("https://www.acme.example/a?b=1&c=2", None),)


def test_the_addresses_of_pictures_are_no_pages() -> None:
    picture = "<i:image><i:loc>/1.jpg</i:loc></i:image><i:loc>/2.jpg</i:loc>"
    rows = f'<urlset xmlns:i="http://a.example/image"><url><loc>/a</loc>{picture}</url></urlset>'
    sitemap = read_sitemap(page(rows))
    assert sitemap is not None
    assert [url for url, _ in sitemap.entries] == ["https://www.acme.example/a"]


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("/map.xml", "https://www.acme.example/map.xml"),
        ("www.acme.example/map.xml", "https://www.acme.example/map.xml"),
        ("<https:/www.acme.example/map.xml>", "https://www.acme.example/map.xml"),
        ('"https://www.acme.example/map.xml",', "https://www.acme.example/map.xml"),
        ("map.xml", "https://www.acme.example/map.xml"),
        ("karte.example/map.xml", "https://www.acme.example/karte.example/map.xml"),
        ("http://", None),
        ("", None),
        ("ftp://www.acme.example/map.xml", None),
    ],
)
def test_an_address_in_a_list_is_read_with_the_slips_of_a_hand(
    written: str, address: str | None
) -> None:
    assert listed_address("https://www.acme.example/", written) == address
