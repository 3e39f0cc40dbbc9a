"""Channels, sections, posts and features decided from pages written for it."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from audit.model.channel import Channel
from audit.model.company import Company, ConfiguredChannel, Ignored
from audit.model.exchange import Failure, Page, Request
from audit.model.facts import FeedPage, PageFacts
from audit.model.result import Window
from audit.model.site import Feature, Section, State
from audit.model.value import DateSource, Reason
from config.catalogue import load_catalogue
from scrapers.channels.named import decide_channels
from scrapers.channels.sightings import sight
from scrapers.page.analyse import analyse
from scrapers.page.names import fit
from scrapers.page.words import LinkWords
from scrapers.parse.feed_xml import MAX_ENTRIES
from scrapers.parse.feeds import read_feed
from scrapers.parse.items import MAX_ITEMS
from scrapers.site.features import decide_features
from scrapers.site.look import Look
from scrapers.site.sections import find_sections
from tests.analysed import rules

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
WINDOW = Window(as_of=NOW, lookback_days=365, timezone="UTC")
ACME = Company(name="Acme Pumps", website="https://www.acmepumps.example/")
HOME = ACME.website
ELSEWHERE = "https://acmepumps.blogging.example/"


def page(body: str, url: str = HOME, why: str = "start", kind: str = "text/html") -> PageFacts:
    return analyse(fetched(body, url, kind), Request(url=url, why=why), rules())


def fetched(body: str, url: str, kind: str) -> Page:
    headers = (("content-type", f"{kind}; charset=utf-8"),)
    return Page(
        url=url,
        requested_url=url,
        status=200,
        headers=headers,
        body=body.encode(),
        fetched_at=NOW,
        record="f#1",
    )


def feed(body: str, url: str) -> FeedPage:
    read = read_feed(fetched(body, url, "application/rss+xml"))
    assert read is not None
    return read


def _decided(company: Company, pages: Sequence[PageFacts]) -> tuple[Channel, ...]:
    return decide_channels(company, sight(rules(), company, pages), rules())


def channels(*pages: PageFacts, company: Company = ACME) -> dict[str, Channel]:
    return {each.url: each for each in _decided(company, pages)}


def own(*pages: PageFacts, company: Company = ACME) -> set[str]:
    return {
        url for url, channel in channels(*pages, company=company).items() if not channel.candidate
    }


FOOTER = """<footer><div class="social"><a href="https://x.com/acmepumps"><i class="icon-x"></i></a>
<a href="https://www.facebook.com/acmepumps"><i></i></a>
<a href="https://www.youtube.com/@acmepumps"><i></i></a></div></footer>"""


def test_icons_without_text_in_the_foot_are_the_companys() -> None:
    urls = own(page(FOOTER))
    assert urls == {
        "https://x.com/acmepumps",
        "https://www.facebook.com/acmepumps",
        "https://www.youtube.com/@acmepumps",
    }


def test_share_buttons_are_no_channels_even_beside_icons() -> None:
    share = """<div class="share"><a href="https://twitter.com/intent/tweet?text=x">Tweet</a>
    <a href="https://www.facebook.com/sharer/sharer.php?u=x">Share</a></div>"""
    assert len(channels(page(FOOTER + share))) == 3


def test_json_ld_names_profiles_that_no_link_does() -> None:
    data = """<script type="application/ld+json">{"@type": "Organization", "url": "https://www.acmepumps.example",
    "sameAs": ["https://www.linkedin.com/company/acme-pumps"]}</script>"""
    assert own(page(data)) == {"https://www.linkedin.com/company/acme-pumps"}


def test_the_organisation_of_another_site_is_not_believed() -> None:
    data = """<script type="application/ld+json">{"@type": "Organization", "url": "https://agency.example",
    "sameAs": ["https://x.com/agency"]}</script>"""
    assert channels(page(data)) == {}


@pytest.mark.parametrize(
    "html",
    [
        '<meta name="twitter:site" content="@acmepumps">',
        '<meta name="twitter:site" content="@https://twitter.com/acmepumps">',
        '<a class="twitter-timeline" href="https://twitter.com/acmepumps">Posts by us</a>',
        '<a rel="me" href="https://x.com/acmepumps">x</a>',
        '<div data-screen-name="acmepumps"></div>',
    ],
)
def test_a_profile_is_found_wherever_a_page_names_it(html: str) -> None:
    head = html if html.startswith("<meta") else ""
    body = "" if head else html
    assert own(page(f"<html><head>{head}</head><body>{body}</body></html>")) == {
        "https://x.com/acmepumps"
    }


@pytest.mark.parametrize(
    "html",
    [
        '<div class="fb-page" data-href="https://www.facebook.com/acmepumps/"></div>',
        '<iframe src="https://www.facebook.com/plugins/page.php?href=https%3A%2F%2Fwww.facebook.com%2Facmepumps"></iframe>',
        '<div class="fb-like-box" data-href="http://www.facebook.com/acmepumps"></div>',
    ],
)
def test_like_boxes_and_page_plugins_name_the_page(html: str) -> None:
    assert own(page(html)) == {"https://www.facebook.com/acmepumps"}


@pytest.mark.parametrize(
    "html",
    [
        '<footer class="site-credits">Website by <a href="https://x.com/webagency">Web Agency</a></footer>',
        '<div class="author-bio"><a href="https://x.com/jane_writes">Jane</a></div>',
        '<blockquote class="testimonial"><a href="https://x.com/happycustomer">@happycustomer</a></blockquote>',
        '<ol class="comment-list"><li><a href="https://x.com/somebody">somebody</a></li></ol>',
        '<article><p>Our guest <a href="https://x.com/guest_speaker">@guest_speaker</a> said</p></article>',
        '<section class="team"><a href="https://www.linkedin.com/in/jane-doe">Jane</a></section>',
        '<div class="partners"><a href="https://www.facebook.com/partnerfirm">Partner</a></div>',
    ],
)
def test_agencies_authors_guests_and_partners_are_not_the_company(html: str) -> None:
    assert own(page(html)) == set()


def test_one_platform_named_on_each_page_is_the_companys() -> None:
    pages = [page(FOOTER, f"{HOME}{n}", "menu") for n in range(4)]
    strange = page(
        '<main><p><a href="https://x.com/other">other</a></p></main>', f"{HOME}x", "menu"
    )
    assert "https://x.com/other" not in own(*pages, strange)


def test_a_configured_profile_is_theirs_and_an_ignored_platform_is_left_out() -> None:
    company = Company(
        name="Acme",
        website=HOME,
        channels=(
            ConfiguredChannel(
                platform="youtube", url="https://www.youtube.com/@weird", place="c.yaml:4"
            ),
        ),
        ignore=(Ignored(finding="channel.x", note="", place="c.yaml:9"),),
    )
    by_url = channels(page(FOOTER), company=company)
    assert not by_url["https://www.youtube.com/@weird"].candidate
    assert by_url["https://www.youtube.com/@weird"].evidence[0].record == "c.yaml:4"
    assert "https://x.com/acmepumps" not in by_url


def test_app_stores_and_encyclopedias_are_listings_not_channels() -> None:
    html = """<footer><a href="https://apps.apple.com/app/acme/id1234567">App</a>
    <a href="https://en.wikipedia.org/wiki/Acme_Pumps">Wikipedia</a></footer>"""
    assert own(page(html)) == set()
    assert len(channels(page(html))) == 2


def test_each_channel_shows_the_parts_of_its_score() -> None:
    (channel,) = channels(
        page(FOOTER.split("<a", 2)[0] + '<a href="https://x.com/acmepumps">X</a></div></footer>')
    ).values()
    assert channel.ownership.score >= 0.5
    assert "handle fits the name" in {part.name for part in channel.ownership.parts}
    assert channel.evidence[0].url == HOME


@pytest.mark.parametrize(
    ("handle", "name", "least", "most"),
    [
        ("acmepumps", "Acme Pumps", 1.0, 1.0),
        ("acme_pumps_official", "Acme Pumps", 0.7, 1.0),
        ("acmepumpsde", "Acme Pumps GmbH", 0.7, 1.0),
        ("dpga", "Digital Public Goods Alliance", 0.5, 0.7),
        ("webagency", "Acme Pumps", 0.0, 0.0),
        ("12345678", "Acme Pumps", 0.0, 0.0),
    ],
)
def test_handles_fit_names_more_or_less(handle: str, name: str, least: float, most: float) -> None:
    assert least <= fit(handle, (name,)) <= most


def rss(items: Sequence[tuple[str, str, datetime]], site: str = f"{HOME}blog/") -> str:
    rows = "".join(
        f"<item><title>{title}</title><link>{url}</link><pubDate>{at:%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
        for title, url, at in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Blog</title><link>{site}</link>{rows}</channel></rss>'


def items(count: int, every: int = 7, under: str = "blog/") -> list[tuple[str, str, datetime]]:
    return [
        (f"Post number {n}", f"{HOME}{under}{n}", NOW - timedelta(days=1 + n * every))
        for n in range(count)
    ]


def sections(
    pages: Sequence[PageFacts], feeds: Sequence[FeedPage] = (), failures: Sequence[Failure] = ()
) -> dict[str, Section]:
    look = Look(company=ACME, pages=tuple(pages), feeds=tuple(feeds), failures=tuple(failures))
    listed = find_sections(look, load_catalogue(), WINDOW)
    return {section.channel: section for section in listed}


MENU = '<nav><a href="/blog/">Blog</a> <a href="/about/">About</a></nav>'
HOME_PAGE = f"<html><body>{MENU}<main><p>Pumps.</p></main></body></html>"


def index(count: int, url: str = f"{HOME}blog/", extra: str = "") -> PageFacts:
    rows = "".join(
        f'<article><h2><a href="/blog/{n}">Post number {n}</a></h2><time datetime="{NOW - timedelta(days=1 + n * 7):%Y-%m-%d}"></time></article>'
        for n in range(count)
    )
    return page(f"<html><body>{MENU}<main>{rows}{extra}</main></body></html>", url, "menu: Blog")


def test_a_blog_with_its_feed_is_one_section_and_posts_count_once() -> None:
    by_kind = sections([page(HOME_PAGE), index(10)], [feed(rss(items(10)), f"{HOME}blog/feed/")])
    assert set(by_kind) == {"blog"}
    assert len(by_kind["blog"].posts) == 10
    sources = {post.published.source for post in by_kind["blog"].posts if post.published}
    assert sources == {DateSource.FEED}


@pytest.mark.parametrize(
    ("listed", "fed", "extra", "truncated"),
    [
        (6, 6, "", False),
        (5, 5, "", False),
        (12, 12, "", False),
        (15, 15, '<a href="/blog/1">Zum ersten Beitrag</a>', False),
        (10, 10, "", True),
        (20, 20, "", True),
        (6, 12, "", True),
        (6, 6, '<a rel="next" href="/blog/page/2/">Ältere Beiträge</a>', True),
        (0, 6, "", True),
    ],
)
def test_a_list_that_ends_where_its_feed_does_is_whole(
    listed: int, fed: int, extra: str, truncated: bool
) -> None:
    pages = [page(HOME_PAGE), index(listed, extra=extra)] if listed else [page(HOME_PAGE)]
    blog = sections(pages, [feed(rss(items(fed)), f"{HOME}blog/feed/")])["blog"]
    assert blog.truncated is truncated


def test_a_feed_cut_at_ten_is_truncated_and_an_index_read_to_its_end_is_not() -> None:
    cut = sections([page(HOME_PAGE)], [feed(rss(items(10)), f"{HOME}blog/feed/")])
    second = index(3, f"{HOME}blog/page/2/")
    first = index(10, extra='<a href="/blog/page/2/">2</a>')
    whole = sections([page(HOME_PAGE), first, second])
    assert cut["blog"].truncated
    assert not whole["blog"].truncated


PICKS = (30, 300, 20, 200, 10, 150, 5, 100)
ARTICLE = """<script type="application/ld+json">{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "A pump of today", "datePublished": "2026-11-20"}</script>"""


def listing(ago: Sequence[int], head: str = "") -> PageFacts:
    rows = "".join(
        f'<article><h2><a href="/blog/{n}">Post number {n}</a></h2>'
        f'<time datetime="{NOW - timedelta(days=days):%Y-%m-%d}"></time></article>'
        for n, days in enumerate(ago)
    )
    body = f"<html><head>{head}</head><body>{MENU}<main>{rows}</main></body></html>"
    return page(body, f"{HOME}blog/", "menu: Blog")


@pytest.mark.parametrize(
    ("shown", "truncated", "picked"),
    [
        (listing(sorted(PICKS)), False, False),
        (listing(sorted(PICKS, reverse=True)), False, False),
        (listing(PICKS), True, True),
        (listing(sorted(PICKS), ARTICLE), True, True),
        (listing([*sorted(PICKS), 500], ARTICLE), True, True),
    ],
)
def test_picks_on_a_front_page_or_beside_an_article_are_a_part_of_what_there_is(
    shown: PageFacts, truncated: bool, picked: bool
) -> None:
    blog = sections([page(HOME_PAGE), shown])["blog"]
    assert (len(blog.posts), blog.truncated, blog.picked) == (len(shown.items), truncated, picked)


def with_feeds(*urls: str, title: str = "Pumps") -> PageFacts:
    links = "".join(
        f'<link rel="alternate" type="application/rss+xml" title="{title}" href="{url}">'
        for url in urls
    )
    body = f"<html><head>{ARTICLE}{links}</head><body><p>A pump.</p></body></html>"
    return page(body, f"{HOME}a-pump-of-today/")


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("a-pump-of-today/feed/", "Pumps"),
        ("comments/feed/", "Pumps"),
        ("feed/?of=2", "Pumps » Comments Feed"),
        ("feed/?of=2", "Pumpen » Kommentar-Feed"),
        ("feed/?of=2", "Flux des commentaires"),
        ("feed/?of=2", "Pompy » Kanał z komentarzami"),
    ],
)
def test_a_feed_of_comments_is_no_blog_even_where_there_is_no_other(path: str, title: str) -> None:
    home = page("<html><body><nav><a href='/about/'>About</a></nav><p>Pumps.</p></body></html>")
    comments, of_site = f"{HOME}{path}", f"{HOME}feed/"
    both = with_feeds(comments, of_site, title=title if path.startswith("a-") else "Pumps")
    assert sections([home, with_feeds(comments, title=title)]).get("blog") is None
    assert path.startswith("feed/") or sections([home, both])["blog"].url == of_site


def test_an_article_with_a_feed_of_its_comments_lies_in_a_blog() -> None:
    home = page("<html><body><nav><a href='/about/'>About</a></nav><p>Pumps.</p></body></html>")
    article = f'<link rel="alternate" type="application/rss+xml" href="{HOME}shop/pump/feed/">'
    shown = page(f"<head>{ARTICLE}{article}</head><p>A pump.</p>", f"{HOME}shop/pump/", why="menu")
    found = sections([home, shown])["blog"]
    assert found.url == f"{HOME}shop/"
    # A feed of its comments is none of the blog, which is told by the article.
    assert found.evidence[0].rule == "section.blog.article"


def test_a_dated_page_with_a_feed_of_its_comments_lies_in_a_blog_whatever_its_type() -> None:
    home = page("<html><body><nav><a href='/about/'>About</a></nav><p>Pumps.</p></body></html>")
    dated = '<meta property="article:published_time" content="2026-05-04T08:00:00Z">'
    feeds = "".join(
        f'<link rel="alternate" type="application/rss+xml" href="{HOME}{path}" title="{title}">'
        for path, title in (("feed/", "Pumps"), ("noodles/feed/", "Noodles Comments Feed"))
    )
    url = f"{HOME}noodles/"
    shown = page(f"<head>{dated}{feeds}</head><p>A dish.</p>", url, why="menu")
    assert "blog" in sections([home, shown])
    undated = page(f"<head>{feeds}</head><p>A dish.</p>", url, why="menu")
    assert "blog" not in sections([home, undated])


@pytest.mark.parametrize(
    ("path", "told"), [("blog/new-pump", "blog/"), ("en/blog", "en/blog"), ("blog", "blog")]
)
def test_an_article_that_a_person_gives_as_the_website_is_not_the_list_of_its_blog(
    path: str, told: str
) -> None:
    start = replace(ACME, website=HOME + path)
    shown = page("<main><h1>A new pump</h1><p>It runs.</p></main>", HOME + path)
    found = find_sections(Look(company=start, pages=(shown,)), load_catalogue(), WINDOW)
    (blog,) = (each for each in found if each.channel == "blog")
    assert (blog.url, blog.posts) == (HOME + told, ())


@pytest.mark.parametrize(("body", "is_blog"), [("single-post", True), ("page-id-7", False)])
def test_what_its_software_calls_a_post_is_one_of_a_blog(body: str, is_blog: bool) -> None:
    dated = (
        '<script type="application/ld+json">'
        '{"@type": "Article", "datePublished": "2026-05-04"}</script>'
    )
    html = f'<head>{dated}</head><body class="{body}"><p>A dish.</p></body>'
    assert ("blog" in sections([page(html, f"{HOME}dishes/noodles/")])) is is_blog


def test_a_feed_of_commentary_is_none_of_comments() -> None:
    home = page("<html><body><nav><a href='/about/'>About</a></nav><p>Pumps.</p></body></html>")
    shown = with_feeds(f"{HOME}feed/", title="Pump Commentary")
    assert sections([home, shown])["blog"].url == f"{HOME}feed/"


def test_a_newer_index_beats_a_stale_feed() -> None:
    stale = [(f"Old {n}", f"{HOME}blog/old-{n}", NOW - timedelta(days=900 + n)) for n in range(10)]
    by_kind = sections([page(HOME_PAGE), index(5)], [feed(rss(stale), f"{HOME}blog/feed/")])
    newest = max(at for post in by_kind["blog"].posts if (at := post.counted_at))
    assert newest.date() == (NOW - timedelta(days=1)).date()


def test_a_blog_link_that_cannot_be_read_is_a_section_with_its_reason() -> None:
    failure = Failure(url=f"{HOME}blog/", reason=Reason.HTTP_404, detail="HTTP 404", failed_at=NOW)
    by_kind = sections([page(HOME_PAGE)], failures=[failure])
    assert by_kind["blog"].unreadable is not None
    assert by_kind["blog"].unreadable.reason is Reason.HTTP_404


@pytest.mark.parametrize(
    ("reason", "told"), [(Reason.HTTP_404, f"{HOME}blog/"), (Reason.HTTP_410, ELSEWHERE)]
)
def test_a_blog_elsewhere_takes_the_place_of_the_sites_own_only_where_that_was_taken_down(
    reason: Reason, told: str
) -> None:
    foot = f'<footer><a href="{ELSEWHERE}">Tech blog</a></footer>'
    shown = f'<nav><a href="/blog/">Blog</a></nav><p>Pumps.</p>{foot}'
    failure = Failure(url=f"{HOME}blog/", reason=reason, detail="d", failed_at=NOW)
    assert sections([page(shown)], failures=[failure])["blog"].url == told


OLD_STORY = """<html><main><h1>A story</h1><p class="date">2 Jan 2020</p><p>More:
<a href="{}">Another story of pumps and rings</a></p></main></html>"""


@pytest.mark.parametrize("index", ["blog/", "aktuelles/", "noticias/", "en/magazine/"])
def test_one_article_of_a_section_whose_index_is_gone_is_not_the_section(index: str) -> None:
    failure = Failure(url=HOME + index, reason=Reason.HTTP_404, detail="d", failed_at=NOW)
    article = page(OLD_STORY.format(f"/{index}rings"), f"{HOME}{index}news", "link")
    menu = page(f'<nav><a href="/{index}">Blog</a></nav><p>Pumps.</p>')
    found = sections([menu, article], failures=[failure])
    assert found
    assert not any(section.posts for section in found.values())
    assert all(section.unreadable for section in found.values())


def test_a_section_below_a_page_that_is_gone_is_one_where_it_lists_posts_or_a_menu_names_it() -> (
    None
):
    failure = Failure(url=f"{HOME}blog/", reason=Reason.HTTP_404, detail="d", failed_at=NOW)
    by_list = sections([page(HOME_PAGE), index(5, f"{HOME}blog/news")], failures=[failure])
    assert len(by_list["blog"].posts) == 5
    menu = page('<nav><a href="/blog/news">News</a></nav><p>Pumps.</p>')
    article = page(OLD_STORY.format("/blog/rings"), f"{HOME}blog/news", "link")
    assert any(section.posts for section in sections([menu, article], failures=[failure]).values())


def test_a_site_without_dated_parts_has_no_section() -> None:
    assert (
        sections([page("<html><body><nav><a href='/shop/'>Shop</a></nav><p>x</p></body></html>")])
        == {}
    )


@pytest.mark.parametrize(
    ("title", "path"),
    [
        ("Comments on: Hello", "comments/feed/"),
        ("Jobs", "careers/feed/"),
        ("Forum", "forum/feed.php"),
    ],
)
def test_feeds_of_comments_jobs_and_threads_are_no_blog(title: str, path: str) -> None:
    text = rss(items(5)).replace("<title>Blog</title>", f"<title>{title}</title>")
    assert sections([page("<p>x</p>")], [feed(text, HOME + path)]) == {}


def test_a_feed_of_links_to_other_sites_is_no_blog() -> None:
    foreign = [
        (f"Change {n}", f"https://code.example/{n}", NOW - timedelta(days=n)) for n in range(9)
    ]
    assert sections([page("<p>x</p>")], [feed(rss(foreign, site=HOME), f"{HOME}changes.xml")]) == {}


def test_news_and_blog_are_told_apart() -> None:
    menu = '<nav><a href="/blog/">Blog</a> <a href="/news/">News</a></nav>'
    rows = "".join(
        f'<article><h2><a href="/news/{n}">Notice {n}</a></h2><time datetime="2026-0{n}-01"></time></article>'
        for n in range(1, 6)
    )
    news = page(f"{menu}<main>{rows}</main>", f"{HOME}news/", "menu: News")
    by_kind = sections([page(f"{menu}<p>x</p>"), index(5), news])
    assert set(by_kind) == {"blog", "news"}
    assert not {post.url for post in by_kind["blog"].posts} & {
        post.url for post in by_kind["news"].posts
    }


def test_posts_all_of_one_day_carry_the_day_of_the_build() -> None:
    same = [(f"Post {n}", f"{HOME}blog/{n}", NOW - timedelta(days=3)) for n in range(8)]
    by_kind = sections([page(HOME_PAGE)], [feed(rss(same), f"{HOME}blog/feed/")])
    assert {post.flag for post in by_kind["blog"].posts} == {"default-date"}


def test_posts_from_the_future_are_flagged_and_left_out() -> None:
    ahead = [*items(4), ("Soon", f"{HOME}blog/soon", NOW + timedelta(days=9))]
    by_kind = sections([page(HOME_PAGE)], [feed(rss(ahead), f"{HOME}blog/feed/")])
    flagged = [post.title for post in by_kind["blog"].posts if post.flag == "future"]
    assert flagged == ["Soon"]


def test_a_whole_site_can_be_the_blog() -> None:
    rows = "".join(
        f'<article class="post"><h2><a href="/p{n}/">Story number {n}</a></h2><time datetime="2026-09-{n:02d}"></time></article>'
        for n in range(1, 13)
    )
    head = '<meta name="generator" content="Ghost 5.88">'
    by_kind = sections([page(f"<html><head>{head}</head><body><main>{rows}</main></body></html>")])
    assert len(by_kind["blog"].posts) == 12


def test_a_feed_of_the_whole_site_is_shared_out_to_its_sections() -> None:
    everything = [*items(6), *((f"Page {n}", f"{HOME}docs/{n}", NOW) for n in range(3))]
    by_kind = sections(
        [page(HOME_PAGE), index(6)], [feed(rss(everything, site=HOME), f"{HOME}index.xml")]
    )
    assert len(by_kind["blog"].posts) == 6


def features(*pages: PageFacts, failures: Sequence[Failure] = ()) -> dict[str, list[Feature]]:
    by_feature: dict[str, list[Feature]] = {}
    for feature in decide_features(
        Look(company=ACME, pages=pages, failures=tuple(failures)), (), rules()
    ):
        by_feature.setdefault(feature.feature, []).append(feature)
    return by_feature


def known(*pages: PageFacts) -> set[str]:
    return {
        name
        for name, rows in features(*pages).items()
        if any(row.state is State.KNOWN for row in rows)
    }


@pytest.mark.parametrize(
    ("html", "feature"),
    [
        (
            '<form class="nl"><label>Subscribe to our newsletter <input type="email" name="email"></label></form>',
            "newsletter",
        ),
        (
            '<form><label>Newsletter abonnieren <input type="email" name="mail"></label></form>',
            "newsletter",
        ),
        ('<nav><a href="/forum/">Forum</a></nav>', "forum"),
        ('<nav><a href="https://wiki.acmepumps.example/">Wiki</a></nav>', "wiki"),
        ('<footer><a href="/faq/">FAQ</a></footer>', "knowledge-base"),
        ('<nav><a href="/hilfe/">Häufige Fragen</a></nav>', "knowledge-base"),
        ('<form id="commentform"><textarea name="comment"></textarea></form>', "comments"),
        ('<script src="https://widget.intercom.io/widget/x"></script>', "chat"),
        (
            '<script type="application/ld+json">{"@type":"Product","aggregateRating":{"@type":"AggregateRating"}}</script>',
            "reviews",
        ),
    ],
)
def test_a_feature_is_seen_by_vendor_link_form_or_data(html: str, feature: str) -> None:
    assert feature in known(page(html))


@pytest.mark.parametrize(
    ("html", "feature"),
    [
        (
            '<form><input type="email" name="email"><input type="password" name="p">Newsletter</form>',
            "newsletter",
        ),
        (
            '<form><input type="email" name="from"><textarea name="message"></textarea>Contact</form>',
            "newsletter",
        ),
        ('<nav><a href="https://en.wikipedia.org/wiki/Pump">Wiki</a></nav>', "wiki"),
        ("<p>We started a forum and a podcast once.</p>", "forum"),
        ('<nav><a href="https://other.example/forum/">Forum</a></nav>', "forum"),
    ],
)
def test_a_feature_is_not_seen_where_there_is_none(html: str, feature: str) -> None:
    assert feature not in known(page(html))


def test_what_was_looked_for_and_is_not_there_is_none_and_what_was_not_read_is_unknown() -> None:
    assert features(page("<p>x</p>"))["forum"][0].state is State.NONE
    failure = Failure(url=HOME, reason=Reason.ROBOTS, detail="d", failed_at=NOW)
    unread = features(failures=[failure])["forum"][0]
    assert unread.state is State.UNKNOWN
    assert unread.reason is Reason.ROBOTS


@pytest.mark.parametrize(
    ("words", "section"),
    [
        ("Aktuelles", "news"),
        ("ブログ", "blog"),
        ("Blog →", "blog"),
        ("Foro", "forum"),
        ("Centre d'aide", "help"),
        ("блог", "blog"),
    ],
)
def test_parts_of_a_site_are_named_in_many_languages(words: str, section: str) -> None:
    assert section in LinkWords(load_catalogue().vocabulary).exact(words)


def test_the_accounts_of_a_theme_or_site_builder_are_not_the_companys() -> None:
    html = FOOTER.replace("acmepumps", "wordpressdotcom")
    assert own(page(html)) == set()


def test_links_within_a_platforms_own_site_are_no_profiles() -> None:
    html = '<nav><a href="https://github.com/plans">Plans</a><a href="https://github.com/acme">acme</a></nav>'
    assert channels(page(html, "https://github.com/")) == {}


def test_a_shelf_of_new_goods_is_no_news() -> None:
    menu = '<nav><a href="/kategorie/muzi.html?dir=desc&order=created_at">Novinky</a></nav>'
    assert sections([page(f"<html><body>{menu}</body></html>")]) == {}


def test_a_handle_quoted_in_the_text_is_somebody_elses() -> None:
    mention = """<main><div class="card"><p>Great pumps!</p><a href="https://x.com/happy_plumber">@happy_plumber</a></div>
    <div class="card"><a href="https://www.youtube.com/@someone">review</a><a href="https://github.com/acmepumps">code</a></div></main>"""
    assert "https://x.com/happy_plumber" not in own(page(mention))


def test_a_feed_with_more_entries_than_are_read_is_truncated_and_its_newest_are_read() -> None:
    many = [
        (f"Post {n}", f"{HOME}blog/{n}", NOW - timedelta(hours=2 + 4 * n))
        for n in range(MAX_ENTRIES + 200)
    ]
    newest = [(f"Late {n}", f"{HOME}blog/late-{n}", NOW - timedelta(hours=1)) for n in range(3)]
    for rows in ([*newest, *many], [*reversed(many), *newest]):
        blog = sections([page(HOME_PAGE)], [feed(rss(rows), f"{HOME}blog/feed/")])["blog"]
        assert blog.truncated
        assert {post.title for post in blog.posts} >= {"Late 0", "Late 1", "Late 2"}


def test_of_a_long_json_feed_the_newest_entries_are_read() -> None:
    listed = [
        {
            "id": f"{n}",
            "url": f"{HOME}blog/{n}",
            "title": f"Post {n}",
            "date_published": f"{NOW - timedelta(hours=n):%Y-%m-%dT%H:%M:%SZ}",
        }
        for n in range(MAX_ENTRIES + 50)
    ]
    for rows in (listed, listed[::-1]):
        body = json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": rows})
        read = read_feed(fetched(body, f"{HOME}feed.json", "application/feed+json"))
        assert read is not None
        assert read.truncated
        assert "Post 0" in {item.title for item in read.items}


@pytest.mark.parametrize("end", [-1, -200, 1500])
def test_a_feed_that_broke_off_is_truncated(end: int) -> None:
    text = rss(items(13))
    whole = sections([page(HOME_PAGE)], [feed(text, f"{HOME}blog/feed/")])["blog"]
    cut = sections([page(HOME_PAGE)], [feed(text[:end], f"{HOME}blog/feed/")])["blog"]
    assert (whole.truncated, cut.truncated) == (False, True)


def test_a_feed_that_a_script_follows_is_whole() -> None:
    text = rss(items(13)) + "\n<!-- cached -->\n<script>var a = 1 < 2</script>\n"
    assert not feed(text, f"{HOME}blog/feed/").truncated


def test_a_feed_whose_bytes_were_cut_is_truncated() -> None:
    got = fetched(rss(items(13)), f"{HOME}blog/feed/", "application/rss+xml")
    read = read_feed(replace(got, truncated=True))
    assert read is not None
    assert read.truncated


def test_an_index_with_more_entries_than_are_kept_is_truncated() -> None:
    rows = "".join(
        f'<article><h2><a href="/blog/{n}">Post number {n}</a></h2>'
        f'<time datetime="{NOW - timedelta(hours=n):%Y-%m-%dT%H:%M}"></time></article>'
        for n in range(MAX_ITEMS + 5)
    )
    many = page(
        f"<html><body>{MENU}<main>{rows}</main></body></html>", f"{HOME}blog/", "menu: Blog"
    )
    assert len(many.items) == MAX_ITEMS
    assert sections([page(HOME_PAGE), many])["blog"].truncated
    few = replace(many, items=many.items[:-10], more_items=False)
    assert not sections([page(HOME_PAGE), few])["blog"].truncated


def test_a_link_that_says_rss_alone_promises_no_blog() -> None:
    article = (
        '<script type="application/ld+json">{"@type": "Article", "headline": "Pumps"}</script>'
    )
    link = '<footer><a href="/?p=rss&amp;w=f">Get RSS updates!</a></footer>'
    look = Look(company=ACME, pages=(page(f"{article}<p>x</p>{link}"),))
    found = find_sections(look, rules().catalogue, WINDOW)
    assert found == ()


BASKET = '<a href="/carrito/">Carrito (0)</a>'
NEW_GOODS = '<nav><a href="/bombas/">Bombas</a><a href="/{path}/">{name}</a></nav>'


@pytest.mark.parametrize(
    ("path", "name", "shop", "told"),
    [
        ("novedades", "Novedades", True, False),
        ("nyheter", "Nyheter", True, False),
        ("novedades", "Novedades", False, True),
        ("noticias", "Novedades", True, True),
        ("novedades", "Noticias", True, True),
    ],
)
def test_what_a_shop_calls_new_is_no_news_without_more(
    path: str, name: str, shop: bool, told: bool
) -> None:
    menu = NEW_GOODS.format(path=path, name=name) + (BASKET if shop else "")
    assert ("news" in sections([page(f"<html><body>{menu}</body></html>")])) is told


def test_what_a_shop_calls_new_is_news_where_its_entries_have_dates() -> None:
    home = page(NEW_GOODS.format(path="novedades", name="Novedades") + BASKET)
    rows = "".join(
        f'<article><h2><a href="/novedades/{n}">Bomba numero {n}</a></h2>'
        f'<time datetime="2026-0{n}-01"></time></article>'
        for n in range(1, 5)
    )
    shown = page(f"<main>{rows}</main>", f"{HOME}novedades/", why="menu")
    assert len(sections([home, shown])["news"].posts) == 4
    goods = "".join(f'<h2><a href="/novedades/{n}">Bomba numero {n}</a></h2>' for n in range(9))
    assert "news" not in sections([home, page(goods, f"{HOME}novedades/", why="menu")])


@pytest.mark.parametrize(
    ("kind", "path", "counted"),
    [
        ("BlogPosting", "blog/a-valve-of-today/", 5),
        ("Article", "blog/a-valve-of-today/", 4),
        ("BlogPosting", "about/a-valve-of-today/", 4),
        ("BlogPosting", "blog/1", 4),
    ],
)
def test_a_post_that_was_read_counts_though_no_list_names_it(
    kind: str, path: str, counted: int
) -> None:
    data = {"@type": kind, "headline": "A valve", "datePublished": "2026-11-23T09:00:00Z"}
    head = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    post = page(f"<head>{head}</head><h1>A valve</h1>", f"{HOME}{path}", why="post")
    found = sections([page(HOME_PAGE), index(4), post])
    assert len(found["blog"].posts) == counted
