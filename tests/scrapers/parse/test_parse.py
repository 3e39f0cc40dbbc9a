"""The readers: bytes in, facts out, whatever the bytes."""

from datetime import UTC, datetime
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.model.catalogue import Vocabulary
from audit.model.dated import DateSource
from audit.model.exchange import Page
from audit.model.facts import Area
from config.catalogue import load_catalogue
from scrapers.parse.dates import date_in_url, parse_date
from scrapers.parse.feeds import read_feed
from scrapers.parse.html import Document, read_html
from scrapers.parse.items import read_items
from scrapers.parse.jsonld import read_jsonld
from scrapers.parse.paging import next_page
from scrapers.parse.published import published
from scrapers.parse.sitemaps import read_sitemap
from scrapers.parse.tame import tamed
from scrapers.parse.text import clean
from scrapers.parse.urls import (
    is_trap,
    join,
    normalise,
    page_key,
    registrable,
    same_site,
    template,
    unwrap,
)

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SITE = "https://www.acme.example/news/"


@cache
def words() -> Vocabulary:
    return load_catalogue().vocabulary


def page(body: str | bytes, kind: str = "text/html; charset=utf-8", url: str = SITE) -> Page:
    raw = body.encode() if isinstance(body, str) else body
    return Page(
        url=url,
        requested_url=url,
        status=200,
        headers=(("content-type", kind),),
        body=raw,
        fetched_at=NOW,
        record="",
    )


def document(body: str, url: str = SITE) -> Document:
    return read_html(page(body, url=url))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-10-29", "2026-10-29T00:00"),
        ("2026-10-29T09:30:00Z", "2026-10-29T09:30"),
        ("2026-10-29T23:30:00+02:00", "2026-10-29T21:30"),
        ("Thu, 29 Oct 2026 09:30:00 GMT", "2026-10-29T09:30"),
        ("29. Oktober 2026", "2026-10-29T00:00"),
        ("October 29, 2026", "2026-10-29T00:00"),
        ("29 octobre 2026", "2026-10-29T00:00"),
        ("29 de octubre de 2026", "2026-10-29T00:00"),
        ("29 октября 2026", "2026-10-29T00:00"),
        ("2026年10月29日", "2026-10-29T00:00"),
        ("2026년 10월 29일", "2026-10-29T00:00"),
        ("29.10.2026", "2026-10-29T00:00"),
        ("29/10/2026", "2026-10-29T00:00"),
    ],
)
def test_dates_are_read_as_sites_write_them(text: str, expected: str) -> None:
    found = parse_date(text, DateSource.TEXT, NOW, words().months)
    assert found is not None
    assert found.at.isoformat()[:16] == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "May",
        "1.2K",
        "31 February 2026",
        "0001-01-01",
        "9999-12-31",
        "0001-01-01T00:00:00+14:00",
        "9999-12-31T23:59:59-14:00",
        "call 030 123456",
        "v2.10.3",
        "12:30",
    ],
)
def test_what_cannot_be_a_date_is_none(text: str) -> None:
    assert parse_date(text, DateSource.TEXT, NOW, words().months, "en") is None


def test_a_date_that_can_be_read_two_ways_says_so() -> None:
    found = parse_date("03/04/2024", DateSource.TEXT, NOW, language="en")
    assert found is not None
    assert found.ambiguous
    assert found.at.month == 3


def test_words_like_three_days_ago_are_read_in_the_pages_language() -> None:
    found = parse_date("vor 3 Tagen", DateSource.TEXT, NOW, language="de")
    assert found is not None
    assert found.at.date().isoformat() == "2026-11-21"


def test_a_date_in_an_address_needs_its_day() -> None:
    found = date_in_url("https://a.example/2024/05/17/x/", NOW)
    assert found is not None
    assert found.at.day == 17
    assert date_in_url("https://a.example/2024/05/x/", NOW) is None


@pytest.mark.parametrize(
    ("html", "source"),
    [
        (
            '<script type="application/ld+json">{"@type":"BlogPosting","datePublished":"2026-05-01"}'
            '</script><article><time datetime="2026-06-01"></time></article>',
            DateSource.JSON_LD,
        ),
        ('<article><time datetime="2026-05-01"></time></article>', DateSource.TIME),
        ('<meta property="article:published_time" content="2026-05-01">', DateSource.META),
        ('<article><p class="post-date">1 May 2026</p></article>', DateSource.TEXT),
    ],
)
def test_the_date_of_a_page_comes_from_the_source_most_trusted(
    html: str, source: DateSource
) -> None:
    found = published(document(html), NOW, words().months)
    assert found is not None
    assert found.source is source
    assert found.at.date().isoformat() == "2026-05-01"


def test_a_copyright_year_is_no_date() -> None:
    assert published(document("<footer>© 2023 Acme</footer>"), NOW, words().months) is None


LISTS = {
    "articles": '<article><h2><a href="/news/{n}">Title {n} of many</a></h2><time datetime="2026-0{n}-01"></time></article>',
    "flat, title first": '<h2><a href="/news/{n}">Title {n} of many</a></h2><time datetime="2026-0{n}-01">x</time>',
    "flat, date first": '<time datetime="2026-0{n}-01">x</time><h2><a href="/news/{n}">Title {n} of many</a></h2>',
    "table": "<tr><td>0{n}.0{n}.2026</td><td><a href='/news/{n}'>Title {n} of many</a></td></tr>",
    "list": "<li><span class='date'>{n} May 2026</span> <a href='/news/{n}'>Title {n} of many</a></li>",
    "cards": "<div class='card'><a href='/news/{n}'><img alt=''><h3>Title {n} of many</h3></a><p>0{n}/12/2025</p></div>",
}


@pytest.mark.parametrize("name", LISTS)
def test_entries_of_an_index_are_read_with_their_dates(name: str) -> None:
    rows = "".join(LISTS[name].format(n=n) for n in (1, 2, 3, 4))
    rows = f"<table>{rows}</table>" if name == "table" else rows
    rows = f"<ul>{rows}</ul>" if name == "list" else rows
    html = f"<nav><a href='/about'>About us today</a></nav><main>{rows}</main>"
    items = read_items(document(html), NOW, words().months)
    dated = {item.url.rpartition("/")[2]: item for item in items if item.published is not None}
    assert set(dated) == {"1", "2", "3", "4"}
    assert dated["2"].title == "Title 2 of many"
    assert len({item.published.at for item in dated.values() if item.published}) == 4


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<link rel="next" href="/news/page/2/">', "/news/page/2/"),
        ('<a href="/news/page/2/">2</a> <a href="/news/page/9/">9</a>', "/news/page/2/"),
        ('<a href="/news/?page=2">Ältere Beiträge »</a>', "/news/?page=2"),
        ('<link rel="next" href="/events/">', ""),
        ('<a href="/about/">Next</a>', ""),
    ],
)
def test_the_next_page_of_an_index_is_found(html: str, expected: str) -> None:
    found = next_page(document(f"<head></head><main>{html}</main>"))
    assert found.removeprefix("https://www.acme.example") == expected


@pytest.mark.parametrize(
    ("html", "area"),
    [
        ("<header><a href='/x'>t</a></header>", Area.HEADER),
        ("<div class='site-footer'><ul><li><a href='/x'>t</a></ul></div>", Area.FOOTER),
        ("<ul role='navigation'><li><a href='/x'>t</a></ul>", Area.NAV),
        ("<article><header><a href='/x'>t</a></header></article>", Area.ARTICLE),
        ("<article><ol class='comment-list'><li><a href='/x'>t</a></ol></article>", Area.COMMENT),
        ("<p><a href='/x'>t</a></p>", Area.MAIN),
    ],
)
def test_a_link_knows_the_part_of_the_page_it_stands_in(html: str, area: Area) -> None:
    assert document(html).links[0].area is area


def test_an_icon_link_takes_its_words_from_its_label_or_picture() -> None:
    html = "<a href='/a' aria-label='Our forum'><svg></svg></a><a href='/b'><img alt='Blog'></a>"
    assert [(link.text, link.icon) for link in document(html).links] == [
        ("Our forum", True),
        ("Blog", True),
    ]


def test_links_of_other_schemes_are_left_out() -> None:
    html = "<a href='javascript:x'>a</a><a href='data:x'>b</a><a href='ftp://h/x'>c</a><a href='#d'>d</a>"
    assert document(html).links == ()


def test_a_page_in_cyrillic_bytes_is_decoded_by_its_meta_element() -> None:
    html = '<meta charset="windows-1251"><title>Новости</title>'.encode("cp1251")
    assert read_html(page(html, "text/html")).title == "Новости"


def test_half_a_character_in_a_feed_costs_its_text_and_not_the_feed() -> None:
    head = '<?><rss version="2.0" c="<![CDATA["><channel><title>&#xD800;</title>'
    rows = (
        "<item><title>Half &#xD800;</title><link>https://acme.example/1</link></item>"
        "<item><title>Two</title><link href='&#xD800;'>https://acme.example/2</link></item>"
    )
    feed = read_feed(page(f"{head}{rows}</channel></rss>".encode(), "application/rss+xml"))
    assert feed is not None
    assert [item.title for item in feed.items] == ["Two"]


def test_deep_nesting_is_bounded() -> None:
    text = tamed("<div>" * 50_000)
    assert text.source.count("<div>") <= 200
    assert text.left_out == "has more than 200 elements within each other"


def test_an_empty_root_with_scripts_is_a_shell_and_a_real_page_is_not() -> None:
    shell = "<noscript>Please enable JavaScript</noscript><div id='root'></div><script src='/a.js'></script>"
    assert document(shell).shell
    text = "<p>Enough words to read here, really.</p>" * 20
    assert not document(f"<div id='root'>{text}</div><script src='/a.js'></script>").shell


def test_json_ld_is_read_through_graphs_comments_and_trailing_commas() -> None:
    text = '<!-- {"@graph": [{"@type": "Organization", "name": "Acme",}, {"@type": "WebSite"}]} -->'
    assert [thing["@type"] for thing in read_jsonld([text])] == ["Organization", "WebSite"]


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 5_000, "9" * 6_000, "{", ""])
def test_hostile_json_ld_gives_nothing(text: str) -> None:
    assert read_jsonld([text]) == ()


RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>Acme &amp; friends</title>
<link>https://www.acme.example/news/</link>
<item><title>One</title><link>/news/1</link><pubDate>Thu, 29 Oct 2026 09:30:00 GMT</pubDate></item>
<item><title>Two</title><guid>https://www.acme.example/news/2</guid></item></channel></rss>"""


def test_an_rss_feed_is_read_in_order_with_links_resolved() -> None:
    feed = read_feed(page(RSS, "application/rss+xml"))
    assert feed is not None
    assert feed.title == "Acme & friends"
    assert [item.url for item in feed.items] == [
        f"https://www.acme.example/news/{n}" for n in (1, 2)
    ]
    assert feed.items[1].published is None
    assert not feed.comments


def test_a_json_feed_is_read() -> None:
    text = """{"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": [
    {"id": "1", "url": "/a", "title": "A", "date_published": "2026-10-29T09:30:00Z"}]}"""
    feed = read_feed(page(text, "application/feed+json"))
    assert feed is not None
    assert feed.items[0].published is not None


def test_a_feed_of_comments_says_so() -> None:
    feed = read_feed(page(RSS.replace("Acme &amp; friends", "Comments on: Hello"), "text/xml"))
    assert feed is not None
    assert feed.comments


def test_a_feed_with_sound_is_a_podcast() -> None:
    sound = '<enclosure url="https://a.example/1.mp3" type="audio/mpeg" length="1"/></item>'
    feed = read_feed(page(RSS.replace("</item>", sound), "application/rss+xml"))
    assert feed is not None
    assert feed.audio


@pytest.mark.parametrize(
    "text",
    [
        '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "b">]><rss><channel><title>&a;</title></channel></rss>',
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel/></rss>',
        "<html><body>not a feed</body></html>",
        "",
        "{}",
        "[1]",
    ],
)
def test_what_declares_entities_or_is_no_feed_is_refused(text: str) -> None:
    assert read_feed(page(text, "application/xml")) is None


def test_a_sitemap_and_an_index_are_read() -> None:
    urls = "<urlset><url><loc>https://www.acme.example/a</loc><lastmod>2026-10-01</lastmod></url></urlset>"
    found = read_sitemap(page(urls, "application/xml"))
    assert found is not None
    assert found.entries[0][0].endswith("/a")
    index = "<sitemapindex><sitemap><loc>/s1.xml</loc></sitemap></sitemapindex>"
    above = read_sitemap(page(index, "application/xml"))
    assert above is not None
    assert above.children == ("https://www.acme.example/s1.xml",)


def test_a_sitemap_keeps_5000_addresses_at_most() -> None:
    many = "".join(f"<url><loc>https://a.example/{n}</loc></url>" for n in range(6_000))
    found = read_sitemap(page(f"<urlset>{many}</urlset>", "application/xml"))
    assert found is not None
    assert len(found.entries) == 5_000
    assert found.truncated


def test_a_sitemap_with_entities_is_refused() -> None:
    bomb = '<!DOCTYPE u [<!ENTITY a "aaaa">]><urlset><url><loc>https://a.example/&a;</loc></url></urlset>'
    assert read_sitemap(page(bomb, "application/xml")) is None


def test_addresses_are_resolved_and_compared_as_people_mean_them() -> None:
    assert join("https://a.example/b/", "../c?x#y") == "https://a.example/c?x#y"
    assert join("https://a.example/", "http://e.com:99999/") is None
    assert normalise("HTTPS://A.example:443/x?utm_source=q&b=1#f") == "https://a.example/x?b=1"
    assert page_key("http://www.a.example/x/index.html") == page_key("https://a.example/x/")
    assert template("https://a.example/p/12-long-title-here") == template(
        "https://a.example/p/9-other-long-title"
    )
    assert (
        unwrap("https://l.facebook.com/l.php?u=https%3A%2F%2Fx.com%2Facme") == "https://x.com/acme"
    )


def test_tenants_of_a_hosted_platform_are_sites_of_their_own() -> None:
    hosted = frozenset({"wordpress.com"})
    assert registrable("a.wordpress.com", hosted) == "a.wordpress.com"
    assert not same_site("https://a.wordpress.com/", "https://b.wordpress.com/", hosted)
    assert same_site("https://blog.acme.co.uk/", "https://www.acme.co.uk/", hosted)
    assert not same_site("http://127.0.0.1:1/", "http://127.0.0.1:2/", hosted)


@pytest.mark.parametrize(
    "path", ["/a/" * 25, "/x/x/x/x/", "/calendar/2026/11/", "/events/?ical=1", "/" + "y" * 3_000]
)
def test_traps_are_recognised(path: str) -> None:
    assert is_trap("https://a.example" + path)


def test_text_is_cleaned_of_what_breaks_files_and_turns_words_around() -> None:
    assert clean("a\x00b\ufffe\u202ec \n d") == "abc d"
    assert len(clean("x" * 9_999)) == 2_000


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=3_000))
def test_no_bytes_can_break_the_readers(body: bytes) -> None:
    given_page = page(body, "")
    read = read_html(given_page)
    read_items(read, NOW, words().months)
    published(read, NOW, words().months)
    read_feed(given_page)
    read_sitemap(given_page)
