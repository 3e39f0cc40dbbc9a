"""Feeds that a page names elsewhere than in its head: in the Link header, and in its text."""

from dataclasses import replace

import pytest

from scrapers.parse.html import read_html
from scrapers.parse.link_header import header_links
from tests.scrapers.parse.pages import document, page

SITE = "https://www.acme.example"


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/f?part=1" rel="alternate" type="application/atom+xml"><span></span></a>',
        '<a href="/f?part=1">RSS</a>',
        '<a href="/f?part=1">RSS-Feed abonnieren</a>',
        '<a href="/f?part=1" title="Flux RSS"><img src="/orange.png"></a>',
        '<a href="/f?part=1" aria-label="Canal RSS"><svg></svg></a>',
        '<a href="/f?part=1"><i class="fa fa-rss"></i></a>',
        '<a href="/f?part=1" class="icon-rss">Feed</a>',
    ],
)
@pytest.mark.parametrize("place", ["footer", "main"])
def test_a_link_that_says_rss_names_a_feed(link: str, place: str) -> None:
    feeds = document(f"<{place}>{link}</{place}>").feeds
    assert [feed.url for feed in feeds] == [f"{SITE}/f?part=1"]
    assert feeds[0].linked


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/feed">Feed for cows</a>',
        '<a href="/f">How our RSS feed is read in a browser of your choice</a>',
        '<a href="/press" class="press">Presse</a>',
        '<a href="https://news.example/f">RSS</a>',
        '<a href="/f" class="btn-rss">Tell me all about our products</a>',
        '<a href="/g" class="icon-rss">G</a>',
        '<div class="comments"><a href="/f">RSS</a></div>',
    ],
)
def test_a_link_that_only_sounds_so_names_none(link: str) -> None:
    assert document(f"<main>{link}</main>").feeds == ()


def test_of_many_links_to_feeds_a_few_are_taken_and_those_of_the_head_stay_first() -> None:
    head = '<link rel="alternate" type="application/rss+xml" href="/blog/feed">'
    links = "".join(f'<a href="/shelf/{number}.rss">RSS</a>' for number in range(50))
    feeds = document(f"<head>{head}</head><main>{links}<a href='/blog/feed'>RSS</a></main>").feeds
    assert feeds[0].url == f"{SITE}/blog/feed"
    assert [feed.linked for feed in feeds] == [False, *[True] * 5]


def test_the_link_header_says_what_the_head_could_say() -> None:
    answer = page("<p>Willkommen</p>")
    header = (
        '</alle.atom>; rel="alternate"; title="Neues, Termine; mehr"; type="application/atom+xml", '
        "</news/page/2/>; rel=next, <//cdn.example>; rel=preconnect"
    )
    interface = '<https://www.acme.example/wp-json/>; rel="https://api.w.org/"'
    answer = replace(answer, headers=(*answer.headers, ("Link", header), ("link", interface)))
    read = read_html(answer)
    assert [(feed.url, feed.title) for feed in read.feeds] == [
        (f"{SITE}/alle.atom", "Neues, Termine; mehr")
    ]
    assert read.next_url == f"{SITE}/news/page/2/"
    assert read.interfaces == (f"{SITE}/wp-json/",)
    assert read.hints == ()


@pytest.mark.parametrize(
    "header", ["", "<", "<>; rel=next", "<" * 50_000, '</a>; rel="', "</a>;" * 9_000, "rel=next"]
)
def test_a_broken_link_header_says_nothing(header: str) -> None:
    answer = replace(page("<p>x</p>"), headers=(("link", header),))
    assert header_links(answer, {"next", "alternate"}) == ()
    assert read_html(answer).feeds == ()


@pytest.mark.parametrize(
    ("address", "title", "is_feed"),
    [
        ("/index.php?title=Special:ExportRDF/Pumps&xmlmime=rdf", "Pumps", False),
        ("/foaf.rdf", "Who we are", False),
        ("/index.rdf", "Pumps", True),
        ("/export?of=1", "RSS 1.0", True),
    ],
)
def test_rdf_is_a_feed_only_where_more_says_so(address: str, title: str, is_feed: bool) -> None:
    link = f'<link rel="alternate" type="application/rdf+xml" title="{title}" href="{address}">'
    assert bool(document(f"<head>{link}</head>").feeds) is is_feed
