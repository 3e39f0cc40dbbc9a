"""Every reader of what others sent, each with honest inputs, and whether its result can be stored."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from audit.demo.invented import companies
from audit.demo.web import website
from audit.model.company import PointedFigure, PointedSection
from audit.model.exchange import Page, Request, RobotsState
from audit.model.metric import Unit
from audit.model.value import DateSource
from audit.store.codec import dumps
from scrapers.fetch import robots
from scrapers.fetch.challenge import is_challenge
from scrapers.fetch.decode import UndecodableError, decoded
from scrapers.fetch.parts import read_requests
from scrapers.page.analyse import analyse
from scrapers.page.pointed import read_data
from scrapers.parse.charset import decode
from scrapers.parse.counts import parse_count
from scrapers.parse.date_words import DateStyle
from scrapers.parse.dates import date_in_url, date_of_stamp, find_date, parse_date
from scrapers.parse.feeds import read_feed
from scrapers.parse.ids import id_of_shortcode, time_of_id, time_of_tid
from scrapers.parse.numbers import parse_number
from scrapers.parse.readable import read_json
from scrapers.parse.sitemaps import read_sitemap
from scrapers.parse.text import clean, encodable, unescaped
from scrapers.parse.urls import (
    bare,
    host_of,
    is_internal,
    is_trap,
    join,
    links_in,
    normalise,
    page_key,
    registrable,
    same_site,
    segments,
    split,
    template,
    unwrap,
)
from scrapers.parse.values import count_of, dated_at, language_of, plain_text, site_in
from scrapers.parse.xmltree import root_of
from scrapers.platforms.kit.base import Steps
from scrapers.sources.source import Source, sources
from tests.analysed import rules
from tests.scrapers.platforms.platform_cases import Case, answered, ask, cases

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SITE = "https://www.acme.example/"
SOURCES = Path(__file__).parent / "scrapers" / "sources"
STEPS = 60

PAGE = b"""<!doctype html><html lang="de"><head><title>Acme &amp; Co</title><base href="/">
<meta property="og:site_name" content="Acme"><meta name="date" content="2026-10-01">
<meta name="twitter:site" content="@acme"><link rel="alternate" type="application/rss+xml" href="/feed">
<link rel="me" href="https://social.example/@acme"><link rel="next" href="/blog?page=2">
<script type="application/ld+json">{"@type":"Organization","name":"Acme","sameAs":["https://x.com/acme",
{"@id":"https://www.youtube.com/@acme"}],"aggregateRating":{"@type":"AggregateRating","ratingValue":"4,6",
"ratingCount":12}}</script><script>var s = {"links":["https:\\/\\/facebook.com\\/acme"]};</script></head>
<body class="home"><header><nav><a href="/blog">Blog</a> <a href="/forum/">Forum</a></nav></header>
<main><article class="hentry"><h2><a href="/blog/eins-zwei">Eins zwei drei</a></h2>
<time datetime="2026-10-01T10:00:00Z">1. Oktober 2026</time><p>Text &#8211; vor 3 Tagen</p></article>
<article><h2><a href="/blog/vier">Vier</a></h2><span class="date">2. Okt 2026</span></article>
<div id="comment-12" class="replies">3</div><dl class="faq"><dt>Was?</dt></dl><summary>Wie?</summary>
<form action="/news"><input type="email" name="mail"><input type="submit"></form>
<iframe src="https://www.youtube.com/embed/x?list=UU1&listType=user_uploads"></iframe>
<div itemscope itemtype="https://schema.org/Event"><b itemprop="startDate">2026-12-01</b></div>
<pre>&lt;script src="//www.acme.example/w.js"></pre></main>
<footer><a href="https://www.facebook.com/acme"><img alt="Facebook"></a>
<a href="http://l.facebook.com/l.php?u=https%3A%2F%2Fx.com%2Facme">X</a></footer></body></html>"""

FEEDS = (
    b"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>Acme</title><link>https://www.acme.example/</link>
<atom:link rel="next" href="https://www.acme.example/feed?paged=2"/><language>de-DE</language>
<item><title>Eins &amp; zwei</title><link>/blog/1</link><guid isPermaLink="false">a1</guid>
<pubDate>Thu, 01 Oct 2026 10:00:00 +0200</pubDate><author>a@b.example (Ann)</author>
<description><![CDATA[<p>Text &nbsp;</p>]]></description><enclosure url="/a.mp3" type="audio/mpeg" length="1"/></item>
<item><title>Zwei</title><link>/blog/2</link><dc:date>2026-09-30T10:00:00Z</dc:date></item>
<item><title>Drei</title><link>/blog/3</link><pubDate>Mi, 05 M\xc3\xa4r 2025</pubDate></item></channel></rss>""",
    b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Acme</title><link href="https://acme.example/"/>
<entry><title type="html">A &lt;b&gt;b&lt;/b&gt;</title><link rel="alternate" href="/a"/><id>urn:1</id>
<published>2026-10-01T00:00:00Z</published><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">x</div>
</content></entry></feed>""",
    b"""{"version":"https://jsonfeed.org/version/1.1","title":"Acme","home_page_url":"https://acme.example/",
"items":[{"id":"1","url":"https://acme.example/1","title":"One","date_published":"2026-10-01T00:00:00Z"},
{"id":"https://acme.example/2","content_html":"<p>Two</p>","summary":"two"}]}""",
)
SITEMAPS = (
    b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><!-- a --><url>
<loc>https://www.acme.example/blog</loc><lastmod>2026-10-01</lastmod></url><url><loc>/x</loc></url></urlset>""",
    b"""<sitemapindex><sitemap><loc>https://www.acme.example/s1.xml</loc></sitemap></sitemapindex>""",
    b"https://www.acme.example/a\nhttps://www.acme.example/b\n",
)
ROBOTS = b"""User-agent: *\nDisallow: /private/*\nAllow: /private/a$\nCrawl-delay: 2
User-agent: social-audit/1.0 # us\nDisallow: /own\nSitemap: https://www.acme.example/sitemap.xml\n"""
TEXTS = tuple(
    each.encode()
    for each in (
        "12.3K followers", "4,69 M", "1.2万", "Thu, 01 Oct 2026 10:00:00 +0200", "2026-10-01T10:00:00.5+02:00",
        "03/04/2024", "5 mars 2025", "vor 3 Tagen", "https://www.acme.example/blog/2026/10/01/a-b?page=2#x",
        "http://user:pw@[::1]:8080/a//b/../c?utm_source=x&y=%E4#!/z", "https://l.facebook.com/l.php?u=https%3A%2F%2F[",
        "https://xn--80ak6aa92e.com/", "see acme.example/a and https://x.com/acme.", "&#8211;&amp;&#x1F600;", "3l4qpz2nxqk2a",
        "1712345678901234567", "CabcDEF1234", "[[\"https://a.example/\",\"script\",\"ok\"]]",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reader:
    """One reader: honest inputs, how it reads one, and what kind of text its inputs are."""

    name: str
    seeds: tuple[bytes, ...]
    read: Callable[[bytes], object]
    grammar: str = "bytes"


def page(body: bytes, kind: str = "text/html", url: str = SITE + "blog/forum") -> Page:
    headers = (
        ("content-type", kind),
        ("x-wp-total", body[:20].decode("latin-1")),
        ("link", "<x>; rel=next"),
    )
    return Page(
        url=url,
        requested_url=url,
        status=200,
        headers=headers,
        body=body,
        fetched_at=NOW,
        record="f#1",
    )


def stored(result: object) -> str:
    """A result as it would be kept; raises where a file could not hold it."""
    text = dumps(result)
    text.encode("utf-8")
    return text


def readers() -> list[Reader]:
    """All of them: pages, feeds, sitemaps, robots, texts, sources, platforms."""
    return [*_documents(), *_sources(), *_platforms()]


def _documents() -> Iterator[Reader]:
    pages = (PAGE, *_demo_pages())
    yield Reader("page", pages, _analysed, "html")
    yield Reader("pointed page", pages, _pointed, "html")
    yield Reader("pointed data", (b'{"a": [{"b": "1,234"}, 5]}', b"[]"), _pointed_data, "json")
    yield Reader("drawn page", pages[:4], lambda body: _analysed(body, drawn=True), "html")
    yield Reader("feed", FEEDS, lambda body: read_feed(page(body, "application/xml")), "xml")
    yield Reader("sitemap", SITEMAPS, lambda body: read_sitemap(page(body, "text/xml")), "xml")
    yield Reader("xml", SITEMAPS, lambda body: root_of(body) is not None, "xml")
    yield Reader("robots", (ROBOTS,), _ruled)
    yield Reader("text", TEXTS, _read_text)
    yield Reader("encoded", TEXTS, _decoded)


def _demo_pages() -> tuple[bytes, ...]:
    day = date(2026, 11, 1)
    drawn = website(companies()[0], SITE.rstrip("/"), day, day)
    return tuple(each.body for each in drawn.values() if b"<html" in each.body[:200])[:12]


def _analysed(body: bytes, *, drawn: bool = False) -> object:
    kind = f"text/html; charset={body[-9:].decode('latin-1')}" if body[-1:] == b"x" else "text/html"
    found = replace(page(body, kind), drawn=drawn)
    is_challenge(200 + len(body) % 300, found.headers, body)
    return analyse(found, Request(url=found.url, why="start"), rules())


BLOG = PointedSection(
    kind="blog", url=SITE, item="article,li", title="h2", date="time,.date", next="a[rel=next]"
)
"""A section as a person may point at it on any page."""

FIGURES = (
    *(PointedFigure(name=f"{unit}", url=SITE, css="b,p,h1", unit=unit) for unit in Unit),
    PointedFigure(name="expression", url=SITE, regex=r"([0-9][0-9.,\s]*)(?:%|K)?"),
    PointedFigure(name="within", url=SITE, css="script", json="a[0].b"),
)
"""Figures as a person may point at them on any page."""


def _pointed(body: bytes) -> object:
    """A page with what a person points at; half of the pages leave the date to the rules."""
    section = replace(BLOG, date="") if len(body) % 2 else BLOG
    request = Request(url=SITE, why="section", section=section, figures=FIGURES)
    return analyse(page(body), request, rules())


def _pointed_data(body: bytes) -> object:
    return read_data(page(body, "application/json"), [replace(FIGURES[-1], css="")])


def _ruled(body: bytes) -> object:
    ruled = robots.parse("https://www.acme.example", body)
    assert ruled.robots.state is RobotsState.RULES
    for url in (SITE, SITE + "private/a?b", "http://[", SITE + body[:50].decode("latin-1")):
        ruled.allows(url)
        robots.origin_of(url)
    return ruled.robots


def _decoded(body: bytes) -> object:
    text = decode(body, body[:60].decode("latin-1"))
    try:
        raw, _ = decoded(body, ("gzip", "deflate", "br", "")[len(body) % 4], 10_000)
    except UndecodableError:
        raw = b""
    return (text, raw.decode("latin-1"))


def _read_text(body: bytes) -> object:
    text = body.decode("utf-8", "replace")
    return read_text(text if len(body) % 3 else text.replace("\ufffd", "\ud800"))


def read_text(text: str) -> object:
    """All readers of a short text, on the text itself and on an address that it is part of."""
    urls = (text, f"https://www.acme.example/{text}", f"https://{text}", f"https://x.com/{text}")
    kept = [
        clean(text),
        encodable(text),
        clean(unescaped(text)),
        plain_text(text),
        language_of(text),
    ]
    for url in urls:
        kept += [join(SITE, url) or "", *site_in(url), *links_in(url)]
        (
            page_key(url),
            normalise(url),
            template(url),
            segments(url),
            unwrap(url),
            split(url),
            bare(url),
        )
        is_trap(url), is_internal(url), same_site(url, SITE), registrable(host_of(url))
        rules().platforms.match(url)
        rules().words.of_url(url)
        date_in_url(url, NOW)
    made = [
        read(text, DateSource.TEXT, NOW, DateStyle(language, words=rules().dates))
        for language in ("de", "en", text[:3])
        for read in (parse_date, find_date)
    ]
    made.append(date_of_stamp(text, DateSource.TIME, NOW))
    for each in ("x", "tiktok", "bluesky"):
        time_of_id(each, text)
    return (
        tuple(kept),
        tuple(each.at for each in made if each),
        parse_count(text) is None,
        *(f"{parse_number(text, unit, text[:2])}" for unit in Unit),
        count_of(text),
        dated_at(text),
        time_of_tid(text[:13]),
        id_of_shortcode(text[:11]),
        rules().words.of_text(text) is None,
        read_requests(text),
        read_json(text) is None,
    )


def _of_interface(source: Source, body: bytes) -> object:
    return source.read(page(body))


def _sources() -> Iterator[Reader]:
    for name, source in sources().items():
        seeds = tuple(path.read_bytes() for path in sorted(SOURCES.glob(f"{name}*")))
        grammar = "xml" if seeds and seeds[0].lstrip().startswith(b"<") else "json"
        yield Reader(
            f"source {name}",
            seeds or (b"{}",),
            partial(_of_interface, source),
            grammar,
        )


def _platforms() -> Iterator[Reader]:
    for case in cases():
        if not case.needs and case.name not in ("gone", "blocked"):
            bodies = dict(_bodies(case))
            seeds = tuple(bodies.values()) or (b"{}",)
            grammar = "json" if seeds[0].lstrip()[:1] in (b"{", b"[") else "html"
            yield Reader(f"platform {case}", seeds, _reads(case, bodies), grammar)


def _bodies(case: Case) -> Iterator[tuple[str, bytes]]:
    listed = case.content.get("answers") or []
    assert isinstance(listed, list)
    folder = Path(__file__).parent / "scrapers" / "platforms" / case.platform.name
    for said in listed:
        if "json" in said:
            yield str(said["url"]), json.dumps(said["json"]).encode()
        elif "file" in said:
            yield str(said["url"]), (folder / str(said["file"])).read_bytes()
        else:
            yield str(said["url"]), str(said.get("text", "")).encode()


def _reads(case: Case, bodies: Mapping[str, bytes]) -> Callable[[bytes], object]:
    """Read a profile where one answer is another than it was: the one whose seed comes nearest."""

    def read(body: bytes) -> object:
        near = min(bodies, key=lambda url: abs(len(bodies[url]) - len(body)), default="")
        answers = {**bodies, near: body}
        return driven(case.platform.read(ask(case)), lambda url: answers.get(url, body))

    return read


def driven(steps: Steps[object], answer: Callable[[str], bytes]) -> object:
    """Take a reader to its end, whatever it asks for."""
    try:
        request = next(steps)
        for _ in range(STEPS):
            request = steps.send(answered({"status": 200}, request.url, answer(request.url)))
    except StopIteration as done:
        return done.value
    steps.close()
    return None
