"""Which address next: the most worthwhile first, within the budget, never into a trap."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from audit.model.company import Company, Competitors, Settings
from audit.model.exchange import Failure, Kind, Request, Robots, RobotsState
from audit.model.facts import SitemapPage
from audit.model.value import Reason
from audit.plan import plan
from scrapers.page.words import LinkWords
from scrapers.site.archives import Archives
from scrapers.site.frontier import Frontier
from tests.analysed import page, rules

HOME = "https://www.acme.example/"


def frontier(pages: int = 40, exclude: tuple[str, ...] = ()) -> Frontier:
    company = Company(name="Acme", website=HOME, exclude=exclude)
    settings = Settings(max_pages_per_site=pages)
    planned = plan(Competitors(path=Path("c.yaml"), companies=(company,), settings=settings))
    since = datetime(2025, 11, 24, tzinfo=UTC)
    return Frontier(
        planned.companies[0], LinkWords(rules().catalogue.vocabulary), frozenset(), Archives(since)
    )


def robots(*sitemaps: str) -> Robots:
    return Robots(
        origin=HOME, state=RobotsState.RULES, detail="", sitemaps=sitemaps, crawl_delay=0.0
    )


def rest(queue: Frontier, limit: int = 200) -> list[Request]:
    requests: list[Request] = []
    while len(requests) < limit and (request := queue.next()) is not None:
        requests.append(request)
    return requests


def begun(body: str, pages: int = 40, exclude: tuple[str, ...] = ()) -> Frontier:
    """Return a frontier after its start page, which holds `body`, was read."""
    queue = frontier(pages, exclude)
    first = queue.next()
    assert first is not None
    assert first.url == HOME
    queue.add_page(page(body, HOME))
    return queue


def test_the_named_sitemap_comes_before_the_usual_one() -> None:
    queue = begun("<p>x</p>")
    queue.add_robots(robots(f"{HOME}map.xml"))
    maps = [request.url for request in rest(queue) if request.kind is Kind.SITEMAP]
    assert maps == [f"{HOME}map.xml"]


def test_feeds_are_guessed_only_where_none_is_advertised() -> None:
    advertised = begun(
        '<html><head><link rel="alternate" type="application/rss+xml" href="/blog/feed/"></head></html>'
    )
    advertised.add_robots(robots())
    guessed = begun("<p>x</p>")
    guessed.add_robots(robots())
    assert [request.url for request in rest(advertised) if request.kind is Kind.FEED] == [
        f"{HOME}blog/feed/"
    ]
    assert len([request for request in rest(guessed) if request.kind is Kind.FEED]) == 5


@pytest.mark.parametrize(
    ("named", "where"),
    [
        ("/feed/index.html", {f"{HOME}feed/", f"{HOME}rss.xml", f"{HOME}feed.xml"}),
        ("/old/rss.xml", {f"{HOME}feed/", f"{HOME}rss.xml", f"{HOME}atom.xml"}),
    ],
)
def test_in_place_of_a_feed_that_is_gone_the_usual_ones_are_asked_for(
    named: str, where: set[str]
) -> None:
    queue = begun(f'<head><link rel="alternate" type="application/rss+xml" href="{named}"></head>')
    queue.add_robots(robots())
    request = queue.next()
    while request is not None and request.kind is not Kind.FEED:
        request = queue.next()
    assert request is not None
    queue.add_failure(request, failed(request, Reason.HTTP_404))
    assert where <= {request.url for request in rest(queue) if request.kind is Kind.FEED}


def test_a_section_whose_feed_is_gone_has_it_where_feeds_of_sections_are() -> None:
    queue = begun('<nav><a href="/news/">News</a></nav>')
    queue.add_page(
        page(
            '<head><link rel="alternate" type="application/rss+xml" href="/x.xml"></head>',
            f"{HOME}news/index.html",
        )
    )
    request = next(each for each in rest(queue) if each.url == f"{HOME}x.xml")
    queue.add_failure(request, failed(request, Reason.TIMEOUT))
    assert not [each for each in rest(queue) if each.kind is Kind.FEED]
    queue.add_failure(request, failed(request, Reason.HTTP_404))
    assert f"{HOME}news/feed/" in {each.url for each in rest(queue) if each.kind is Kind.FEED}


def test_a_feed_that_was_guessed_is_asked_for_where_a_later_page_names_it() -> None:
    queue = begun('<nav><a href="/blog/">Blog</a></nav>')
    queue.add_robots(robots())
    linked = '<head><link rel="alternate" type="application/rss+xml" href="/feed/"></head><p>x'
    queue.add_page(page(linked, f"{HOME}blog/", "menu", 1))
    feeds = [request.url for request in rest(queue) if request.kind is Kind.FEED]
    assert feeds == [f"{HOME}feed/"]


def test_the_menu_entries_that_name_a_section_come_first_in_any_language() -> None:
    queue = begun(
        '<nav><a href="/x">Produkte</a><a href="/a">Aktuelles</a><a href="/b">Блог</a></nav>'
    )
    assert [request.url for request in rest(queue)][:2] == [f"{HOME}b", f"{HOME}a"]


def test_the_budget_of_pages_is_kept_and_said() -> None:
    links = "".join(
        f'<a href="/{word}">{word}</a>'
        for word in ("blog", "news", "forum", "wiki", "about", "contact")
    )
    queue = begun(f"<nav>{links}</nav>", pages=3)
    assert len(rest(queue)) == 2
    assert queue.notes()[0].reason is Reason.BUDGET


def test_other_sites_logins_files_and_excluded_parts_are_left_out() -> None:
    html = """<nav><a href="https://other.example/blog">Blog</a><a href="/login">Login</a>
    <a href="/catalogue.pdf">PDF</a><a href="/shop/x">Shop</a><a href="/cart">Cart</a></nav>"""
    assert rest(begun(html, exclude=(f"{HOME}shop/",))) == []


def test_pages_of_one_shape_are_opened_a_few_times_only() -> None:
    links = "".join(f'<a href="/product/{n}-some-long-name">Product {n}</a>' for n in range(500))
    assert len(rest(begun(f"<main>{links}</main>"))) <= 3


def test_session_parameters_do_not_make_new_pages() -> None:
    links = "".join(
        f'<a href="/blog?sid={n}">Blog</a><a href="/blog?utm_source={n}">Blog</a>'
        for n in range(50)
    )
    assert len(rest(begun(f"<nav>{links}</nav>"))) == 1


def test_calendars_and_repeated_segments_are_never_entered() -> None:
    html = '<nav><a href="/calendar/2026/11/">Events</a><a href="/a/a/a/a/a/">News</a></nav>'
    assert rest(begun(html)) == []


def test_a_page_that_links_to_itself_for_ever_ends() -> None:
    queue = begun('<nav><a href="/blog/">Blog</a></nav>')
    visited = 0
    while (request := queue.next()) is not None:
        visited += 1
        queue.add_page(
            page(f'<a href="{request.url}more/">Blog</a>', request.url, "link", request.depth)
        )
    assert visited <= 40


def test_further_pages_of_an_index_are_followed_until_the_window_is_covered() -> None:
    def index(year: int) -> str:
        rows = "".join(
            f'<article><h2><a href="/blog/{year}-{n}">Post number {n}</a></h2><time datetime="{year}-0{n}-01"></time></article>'
            for n in range(4, 0, -1)
        )
        return f'<main>{rows}<a href="/blog/page/2/">2</a></main>'

    fresh, old = begun("<p>x</p>"), begun("<p>x</p>")
    fresh.add_page(page(index(2026), f"{HOME}blog/", "menu", 1))
    old.add_page(page(index(2024), f"{HOME}blog/", "menu", 1))
    assert f"{HOME}blog/page/2/" in [request.url for request in rest(fresh)]
    assert f"{HOME}blog/page/2/" not in [request.url for request in rest(old)]


def test_an_index_of_sitemaps_is_entered_two_levels_and_twenty_files_deep() -> None:
    queue = begun("<p>x</p>")
    children = tuple(f"{HOME}s{n}.xml" for n in range(50))
    queue.add_sitemap(
        SitemapPage(url=f"{HOME}sitemap.xml", children=children, entries=(), truncated=False)
    )
    assert len([request for request in rest(queue) if request.kind is Kind.SITEMAP]) == 20


def test_the_twin_host_with_or_without_www_is_asked_on_the_host_that_answered() -> None:
    queue = begun('<nav><a href="https://acme.example/blog/">Blog</a></nav>')
    assert [request.url for request in rest(queue)] == [f"{HOME}blog/"]


def test_a_hundred_thousand_links_cost_little() -> None:
    body = "<main>" + "".join(f'<a href="/p/{n}">p</a>' for n in range(100_000)) + "</main>"
    assert len(rest(begun(body))) <= 40


def index(first: int, pager: str) -> str:
    rows = "".join(
        f'<article><h2><a href="/werk/n{number}">Nachricht vom Werk {number}</a></h2>'
        f'<time datetime="2026-10-0{number}"></time></article>'
        for number in range(first, first + 3)
    )
    return f"<main>{rows}{pager}</main>"


def test_a_page_of_an_index_that_fails_does_not_end_it() -> None:
    for reason, expected in (
        (Reason.HTTP_503, True),
        (Reason.TIMEOUT, True),
        (Reason.HTTP_404, False),
        (Reason.RATE_LIMITED, False),
    ):
        queue = begun("<p>x</p>")
        queue.add_page(page(index(1, '<a href="?page=2">2</a>'), f"{HOME}werk", "menu", 1))
        request = next(each for each in rest(queue) if each.url == f"{HOME}werk?page=2")
        queue.add_failure(request, failed(request, reason))
        assert (f"{HOME}werk?page=3" in [each.url for each in rest(queue)]) is expected


def test_two_pages_that_fail_one_after_the_other_end_an_index() -> None:
    queue = begun("<p>x</p>")
    queue.add_page(page(index(1, '<a href="?page=2">2</a>'), f"{HOME}werk", "menu", 1))
    asked = 0
    while (request := queue.next()) is not None:
        asked += "page=" in request.url
        queue.add_failure(request, failed(request, Reason.TIMEOUT))
    assert asked == 2


def test_a_pager_that_gives_the_same_posts_for_ever_ends() -> None:
    queue = begun("<p>x</p>")
    queue.add_page(page(index(1, '<a href="?page=2">2</a>'), f"{HOME}werk", "menu", 1))
    asked = 0
    while (request := queue.next()) is not None:
        if "page=" in request.url:
            asked += 1
            pager = f'<a href="?page={asked + 2}">{asked + 2}</a>'
            queue.add_page(page(index(1, pager), request.url, request.why, request.depth))
    assert asked == 1


def test_the_usual_sitemap_is_asked_where_the_named_one_is_none() -> None:
    queue = begun("<p>x</p>")
    queue.add_robots(robots(f"{HOME}karte.xml", f"{HOME}mehr.xml"))
    asked = []
    while (request := queue.next()) is not None:
        if request.kind is Kind.SITEMAP:
            asked.append(request.url)
            queue.add_failure(request, failed(request, Reason.BAD_CONTENT))
    assert asked == [f"{HOME}karte.xml", f"{HOME}mehr.xml", f"{HOME}sitemap.xml"]


def failed(request: Request, reason: Reason) -> Failure:
    at = datetime(2026, 11, 24, tzinfo=UTC)
    return Failure(url=request.url, reason=reason, detail="", failed_at=at)
