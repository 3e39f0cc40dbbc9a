"""All posts of the window, whichever list of a site has them, and how far each list was read."""

import json
from datetime import timedelta

import pytest

from audit.measure.cadence import cadence
from audit.model.site import Extent, ListKind, Section
from audit.model.value import Known
from tests.fake_session import HOME, NOW, WINDOW
from tests.scrapers.site.listed_web import (
    BLOG,
    START,
    Answered,
    Entry,
    ListedSession,
    blog_of,
    entries,
    listing,
    paged,
    rss,
    sections_of,
    sitemap,
    told,
    wordpress,
)

API = f"{HOME}wp-json/"
POSTS = (
    f"{API}wp/v2/posts?per_page=100&orderby=date&order=desc&_embed=wp:term"
    "&_fields=link,date_gmt,title,excerpt,_links,_embedded"
)
WORDPRESS = '<meta name="generator" content="WordPress 6.6">'
HEAD = f'{WORDPRESS}<link rel="https://api.w.org/" href="{API}">'
FEED = f"{BLOG}feed/"
LINKED = f'<link rel="alternate" type="application/rss+xml" href="{FEED}">'
SITEMAP = f"{HOME}sitemap.xml"


def numbers(section: Section) -> set[int]:
    return {int(post.url.rpartition("-")[2]) for post in section.posts}


async def test_wordpress_gives_all_posts_by_its_interface_and_the_pages_are_left_alone() -> None:
    posts = entries(230, every=1)
    pages = paged(posts)
    answers: dict[str, str | int | Answered] = {
        HOME: START,
        **pages,
        BLOG: pages[BLOG].replace("<head>", f"<head>{HEAD}"),
        POSTS: wordpress(posts, 1),
        f"{POSTS}&page=2": wordpress(posts, 2),
        f"{POSTS}&page=3": wordpress(posts, 3),
    }
    session = ListedSession(answers)
    section = await blog_of(session)
    assert numbers(section) == set(range(230))
    assert not section.truncated
    interface = told(section, ListKind.INTERFACE)
    assert (interface.posts, interface.stated, interface.extent) == (230, 230, Extent.WHOLE)
    assert section.posts[0].tags == ("Maintenance & care",)
    assert session.count("?page=2") == 0


async def test_the_interface_is_read_back_to_the_window_and_no_further() -> None:
    posts = entries(400, every=3)
    answers: dict[str, str | int | Answered] = {
        HOME: f"<head>{HEAD}</head>{START}",
        BLOG: listing(posts[:10]),
        POSTS: wordpress(posts, 1),
        f"{POSTS}&page=2": wordpress(posts, 2),
    }
    session = ListedSession(answers)
    section = await blog_of(session)
    assert len(section.posts) == 200
    assert not section.truncated
    assert told(section, ListKind.INTERFACE).extent is Extent.WINDOW
    assert session.count("&page=3") == 0


async def test_without_pretty_addresses_the_interface_is_a_parameter() -> None:
    posts = entries(30)
    root = f"{HOME}index.php?rest_route=/"
    url = POSTS.replace(f"{API}wp/v2/posts?", f"{root}wp/v2/posts&")
    head = HEAD.replace(API, root)
    answers: dict[str, str | int | Answered] = {
        HOME: f"<head>{head}</head>{START}",
        BLOG: listing(posts[:10]),
        url: wordpress(posts, 1),
    }
    section = await blog_of(ListedSession(answers))
    assert numbers(section) == set(range(30))
    assert not section.truncated


@pytest.mark.parametrize("refusal", [401, 403, 404, 500])
async def test_where_the_interface_is_closed_the_pages_of_the_feed_are_read(refusal: int) -> None:
    posts = entries(25)
    answers: dict[str, str | int | Answered] = {
        HOME: f"<head>{HEAD}{LINKED}</head>{START}",
        POSTS: refusal,
        BLOG: listing(posts[:10]),
        FEED: rss(posts[:10], "https://wordpress.org/?v=6.6"),
        f"{FEED}?paged=2": rss(posts[10:20], "https://wordpress.org/?v=6.6"),
        f"{FEED}?paged=3": rss(posts[20:], "https://wordpress.org/?v=6.6"),
    }
    section = await blog_of(ListedSession(answers))
    assert numbers(section) == set(range(25))
    assert not section.truncated
    assert told(section, ListKind.FEED).extent is Extent.WHOLE


async def test_a_feed_that_ignores_the_number_of_a_page_is_asked_once_and_may_go_on() -> None:
    feed = rss(entries(10), "https://wordpress.org/?v=6.6")
    answers = {HOME: f"<head>{LINKED}</head>{START}", FEED: feed}
    session = ListedSession(answers, lambda url: feed if url.startswith(FEED) else None)
    section = await blog_of(session)
    assert len(section.posts) == 10
    assert section.truncated
    assert session.count("paged=") == 1


async def test_a_feed_of_archives_is_read_back_by_the_links_between_them() -> None:
    posts = entries(24)
    older = '<atom:link rel="prev-archive" href="{}"/>'
    answers = {
        HOME: f"<head>{LINKED}</head>{START}",
        FEED: rss(posts[:10], head=older.format(f"{FEED}a2")),
        f"{FEED}a2": rss(posts[10:20], head=older.format(f"{FEED}a1")),
        f"{FEED}a1": rss(posts[20:]),
    }
    section = await blog_of(ListedSession(answers))
    assert numbers(section) == set(range(24))
    assert not section.truncated


async def test_a_feed_whose_next_page_is_itself_ends() -> None:
    posts = entries(13)
    head = f'<atom:link rel="next" href="{FEED}?n=1"/>'
    feed = rss(posts, head=head)
    session = ListedSession(
        {HOME: f"<head>{LINKED}</head>{START}", FEED: feed, f"{FEED}?n=1": feed}
    )
    section = await blog_of(session)
    assert len(section.posts) == 13
    assert session.count("n=1") == 1


async def test_a_shop_has_older_posts_on_the_numbered_pages_of_its_feed() -> None:
    posts = entries(60)

    def atom(part: list[Entry]) -> str:
        rows = "".join(
            f'<entry><title>{entry.title}</title><link href="{entry.url}"/>'
            f"<published>{entry.at:%Y-%m-%dT%H:%M:%SZ}</published></entry>"
            for entry in part
        )
        return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>{rows}</feed>'

    feed = f"{HOME}blogs/news.atom"
    linked = LINKED.replace(FEED, feed)
    answers = {
        HOME: f"<head>{linked}</head>{START}",
        feed: atom(posts[:25]),
        f"{feed}?page=2": atom(posts[25:50]),
        f"{feed}?page=3": atom(posts[50:]),
        f"{feed}?page=4": atom([]),
    }
    section = await blog_of(ListedSession(answers))
    assert numbers(section) == set(range(60))


async def test_blogger_gives_all_posts_by_its_feed() -> None:
    posts = entries(170, every=2)
    place = f"{HOME}feeds/posts/default"

    def atom(part: list[Entry], more: str = "") -> str:
        rows = "".join(
            f'<entry><title>{entry.title}</title><link rel="alternate" href="{entry.url}"/>'
            f"<published>{entry.at:%Y-%m-%dT%H:%M:%SZ}</published></entry>"
            for entry in part
        )
        return (
            '<feed xmlns="http://www.w3.org/2005/Atom" '
            'xmlns:openSearch="http://a9.com/-/spec/opensearchrss/1.0/"><title>Blog</title>'
            f"<openSearch:totalResults>170</openSearch:totalResults>{more}{rows}</feed>"
        )

    second = f"{place}?start-index=151&amp;max-results=150"
    linked = f'<link rel="alternate" type="application/atom+xml" href="{place}">'
    answers = {
        HOME: f'<head><meta name="generator" content="blogger">{linked}</head>{START}',
        place: atom(posts[:25]),
        f"{place}?max-results=150&redirect=false": atom(
            posts[:150], f'<link rel="next" href="{second}"/>'
        ),
        f"{place}?start-index=151&max-results=150": atom(posts[150:]),
    }
    section = await blog_of(ListedSession(answers))
    assert numbers(section) == set(range(170))
    assert not section.truncated
    assert told(section, ListKind.INTERFACE).extent is Extent.WHOLE


async def test_a_pager_that_repeats_its_last_page_for_ever_was_read_to_its_end() -> None:
    posts = entries(24)
    answers = {HOME: START} | paged(posts)
    last = answers[f"{BLOG}?page=3"]

    def again(url: str) -> str | None:
        number = url.rpartition("=")[2]
        if not url.startswith(f"{BLOG}?page=") or not number.isdecimal():
            return None
        return listing(posts[20:], f'<a rel="next" href="{BLOG}?page={int(number) + 1}">Older</a>')

    answers[f"{BLOG}?page=3"] = last.replace("</main>", f'<a rel="next" href="{BLOG}?page=4">4</a>')
    session = ListedSession(answers, again)
    section = await blog_of(session)
    assert numbers(section) == set(range(24))
    assert not section.truncated
    assert told(section, ListKind.PAGES).extent is Extent.WHOLE
    assert session.count("?page=5") == 0


async def test_a_pager_that_gives_its_first_page_for_ever_may_go_on() -> None:
    first = listing(entries(10), f'<a rel="next" href="{BLOG}?page=2">2</a>')
    session = ListedSession({HOME: START, BLOG: first, f"{BLOG}?page=2": first})
    section = await blog_of(session)
    assert len(section.posts) == 10
    assert section.truncated
    assert session.count("?page=") == 1


async def test_a_link_past_some_pages_to_the_last_one_leaves_a_hole() -> None:
    pages = paged(entries(60))
    del pages[f"{BLOG}?page=3"]
    pages[BLOG] = pages[BLOG].replace("</main>", f'<a href="{BLOG}?page=6">6</a></main>')
    start = f'{START}<a href="{BLOG}?page=6">Our oldest posts</a>'
    section = await blog_of(ListedSession({HOME: start} | pages))
    assert {0, 19, 59} < numbers(section)
    assert section.truncated
    row = cadence(section, WINDOW)
    # Twenty posts are known without a gap; the ten oldest tell nothing of how many are between.
    assert isinstance(row.posts, Known)
    assert row.posts.value == 20


async def test_an_old_post_that_is_pinned_on_top_does_not_end_the_list() -> None:
    posts = entries(30)
    pinned = Entry(999, NOW - timedelta(days=900))
    pages = paged(posts)
    pages[BLOG] = pages[BLOG].replace("<h1>Blog</h1>", f"<h1>Blog</h1>{pinned.row}")
    cut = await blog_of(ListedSession({HOME: START, BLOG: pages[BLOG]}))
    assert cut.truncated
    row = cadence(cut, WINDOW)
    assert row.truncated
    # Ten posts, of which the oldest but the pinned one opens the span: nine in nine weeks.
    assert isinstance(row.posts_per_week, Known)
    assert 0.9 < row.posts_per_week.value < 1.1
    whole = await blog_of(ListedSession({HOME: START} | pages))
    assert numbers(whole) == {*range(30), 999}
    assert not whole.truncated


async def test_a_list_that_begins_with_the_oldest_is_read_to_its_end() -> None:
    posts = entries(45, every=20)[::-1]
    section = await blog_of(ListedSession({HOME: START} | paged(posts)))
    assert numbers(section) == set(range(45))
    assert not section.truncated
    cut = await blog_of(ListedSession({HOME: START} | paged(posts)), pages=3)
    assert cut.truncated


async def test_archive_pages_by_month_are_read_back_to_the_window() -> None:
    posts = entries(80)
    months: dict[str, list[Entry]] = {}
    for entry in posts:
        months.setdefault(f"{BLOG}{entry.at:%Y/%m}/", []).append(entry)
    links = "".join(f'<li><a href="{url}">{url[-8:-1]}</a>' for url in months)
    answers = {HOME: START, BLOG: listing(posts[:5], f"<ul>{links}</ul>")}
    answers |= {url: listing(part) for url, part in months.items()}
    session = ListedSession(answers)
    section = await blog_of(session)
    within = {entry.number for entry in posts if entry.at > NOW - timedelta(days=365)}
    assert within <= numbers(section)
    assert not section.truncated
    # One month beyond the window shows that the others reach back to it.
    assert session.count(f"{BLOG}2025/") <= 4
    missing = min(url for url in months if url > f"{BLOG}2026/04")
    del answers[missing]
    assert (await blog_of(ListedSession(answers))).truncated


@pytest.mark.parametrize("words", ["Load more", "Mehr laden", "Voir plus d'articles", "もっと見る"])
async def test_a_button_without_an_address_shows_that_a_list_goes_on(words: str) -> None:
    answers = {HOME: START, BLOG: listing(entries(13), f"<button>{words}</button>")}
    section = await blog_of(ListedSession(answers))
    assert section.truncated
    assert told(section, ListKind.PAGES).extent is Extent.CUT


@pytest.mark.parametrize(
    "button", ["<nav><button>Show more</button></nav>", "<button>Buy</button>"]
)
async def test_other_buttons_do_not(button: str) -> None:
    answers = {HOME: START, BLOG: listing(entries(13), button)}
    assert not (await blog_of(ListedSession(answers))).truncated


async def test_a_button_that_has_an_address_is_a_pager() -> None:
    posts = entries(20)
    more = f'<a href="{BLOG}?loaded=10">Mehr laden</a>'
    answers = {HOME: START, BLOG: listing(posts[:10], more)}
    answers[f"{BLOG}?loaded=10"] = listing(posts[10:])
    section = await blog_of(ListedSession(answers))
    assert numbers(section) == set(range(20))
    assert not section.truncated


async def test_a_sitemap_that_states_days_of_publication_adds_the_posts_that_a_script_hides() -> (
    None
):
    posts = entries(60)
    answers = {
        HOME: START,
        BLOG: listing(posts[:10], "<button>Load more</button>"),
        SITEMAP: sitemap([(entry.url, entry.at) for entry in posts]),
    }
    session = ListedSession(answers)
    section = await blog_of(session)
    assert numbers(section) == set(range(60))
    assert not section.truncated
    assert told(section, ListKind.SITEMAP).extent is Extent.WHOLE
    assert section.posts[-1].title == "Pump number 59"
    assert sum("pump-number" in url for url in session.asked) <= 3


@pytest.mark.parametrize("later", [0, 400])
async def test_where_the_sitemap_states_other_days_the_pages_tell_them(later: int) -> None:
    """Posts of a site that was built today, or whose posts were all edited later."""
    posts = entries(20)
    stated = [
        (entry.url, NOW if not later else entry.at + timedelta(days=later)) for entry in posts
    ]
    answers = {
        HOME: START,
        BLOG: listing(posts[:5], "<button>Load more</button>"),
        SITEMAP: sitemap([(BLOG, NOW), (f"{BLOG}category/care", NOW), *stated]),
        **{entry.url: entry.page for entry in posts},
    }
    section = await blog_of(ListedSession(answers))
    by_url = {post.url: post.published.at for post in section.posts if post.published}
    assert {entry.url: entry.at.date() for entry in posts} == {
        url: at.date() for url, at in by_url.items()
    }
    assert not section.truncated


async def test_posts_of_a_sitemap_that_the_budget_leaves_unopened_are_said() -> None:
    posts = entries(50)
    answers = {
        HOME: START,
        BLOG: listing(posts[:5], "<button>Load more</button>"),
        SITEMAP: sitemap([(entry.url, None) for entry in posts]),
        **{entry.url: entry.page for entry in posts},
    }
    section = await blog_of(ListedSession(answers), pages=20)
    assert section.truncated
    assert told(section, ListKind.SITEMAP).unread == 50 - len(section.posts) > 0


async def test_nothing_is_opened_that_was_last_changed_before_the_window() -> None:
    posts = entries(12)
    old = [(f"{BLOG}pump-number-{n}", NOW - timedelta(days=500 + n)) for n in range(100, 4000)]
    answers = {
        HOME: START,
        BLOG: listing(posts),
        SITEMAP: sitemap([*((entry.url, NOW) for entry in posts), *old]),
    }
    session = ListedSession(answers)
    section = await blog_of(session)
    assert len(section.posts) == 12
    assert not section.truncated
    assert sum("pump-number" in url for url in session.asked) <= 3


async def test_lists_of_one_section_are_held_against_each_other() -> None:
    posts = entries(40, every=5)
    head = f'{HEAD}<link rel="alternate" type="application/rss+xml" href="{FEED}">'
    answers: dict[str, str | int | Answered] = {
        HOME: f"<head>{head}</head>{START}",
        **paged(posts[:30]),
        FEED: rss(posts[:10]),
        POSTS: wordpress(posts, 1),
    }
    section = await blog_of(ListedSession(answers))
    counts = {each.kind: (each.posts, each.extent) for each in section.lists}
    assert counts == {
        ListKind.INTERFACE: (40, Extent.WHOLE),
        ListKind.FEED: (10, Extent.CUT),
        ListKind.PAGES: (30, Extent.WHOLE),
    } or counts[ListKind.PAGES] == (10, Extent.CUT)
    assert not section.truncated


async def test_further_pages_of_a_feed_belong_to_the_section_of_the_first() -> None:
    """Entries of the second page are on no page of the news, and are news all the same."""
    posts = entries(30)
    news = f"{HOME}aktuelles/"
    answers: dict[str, str | int | Answered] = {
        HOME: f'<head>{HEAD}</head><nav><a href="{news}">Aktuelles</a></nav><p>Pumpen.</p>',
        news: listing(posts[:10]).replace(BLOG, f"{HOME}2026/"),
        POSTS: wordpress(posts, 1, size=10),
        f"{POSTS}&page=2": wordpress(posts, 2, size=10),
        f"{POSTS}&page=3": wordpress(posts, 3, size=10),
    }
    answers = {
        url: Answered(answer.body.replace(BLOG, f"{HOME}2026/"), answer.headers)
        if isinstance(answer, Answered)
        else answer
        for url, answer in answers.items()
    }
    sections = await sections_of(ListedSession(answers))
    assert {kind: len(section.posts) for kind, section in sections.items()} == {"news": 30}


async def test_one_list_of_two_sections_is_shared_out_by_category() -> None:
    posts = entries(24)
    even, odd = posts[::2], posts[1::2]
    items = [
        {
            "link": f"{HOME}{entry.number}-pump/",
            "date_gmt": f"{entry.at:%Y-%m-%dT%H:%M:%S}",
            "title": {"rendered": entry.title},
            "_embedded": {"wp:term": [[{"name": "Blog" if entry in even else "Firmennews"}]]},
        }
        for entry in posts
    ]
    listed = Answered(json.dumps(items), (("X-WP-Total", "24"), ("X-WP-TotalPages", "1")))

    def index(part: list[Entry]) -> str:
        rows = "".join(
            f'<article><h2><a href="/{entry.number}-pump/">{entry.title}</a></h2>'
            f'<time datetime="{entry.at:%Y-%m-%d}"></time></article>'
            for entry in part
        )
        return f"<main>{rows}</main>"

    menu = f'<nav><a href="{BLOG}">Blog</a><a href="/news/">News</a></nav>'
    answers: dict[str, str | int | Answered] = {
        HOME: f"<head>{HEAD}</head>{menu}<p>Pumps.</p>",
        BLOG: index(even[:6]),
        f"{HOME}news/": index(odd[:6]),
        POSTS: listed,
    }
    sections = await sections_of(ListedSession(answers))
    assert {kind: len(section.posts) for kind, section in sections.items()} == {
        "blog": 12,
        "news": 12,
    }


async def test_an_interface_without_an_end_is_asked_twenty_times_at_most() -> None:
    def endless(url: str) -> Answered | None:
        if "/wp/v2/posts" not in url:
            return None
        number = int(url.rpartition("&page=")[2]) if "&page=" in url else 1
        shown = [
            Entry(n, NOW - timedelta(hours=n)) for n in range(100 * number, 100 * number + 100)
        ]
        answer = wordpress(shown, 1)
        return Answered(answer.body, (("X-WP-Total", "9" * 9), ("X-WP-TotalPages", "9" * 7)))

    session = ListedSession({HOME: f"<head>{HEAD}</head>{START}"}, endless)
    section = await blog_of(session)
    assert section.truncated
    assert session.count("/wp/v2/posts") <= 21
    assert told(section, ListKind.INTERFACE).extent is Extent.CUT


async def test_an_interface_that_repeats_its_page_is_left() -> None:
    again = wordpress(entries(100, every=1), 1)
    answer = Answered(again.body, (("X-WP-Total", "5000"), ("X-WP-TotalPages", "50")))
    session = ListedSession(
        {HOME: f"<head>{HEAD}</head>{START}"},
        lambda url: answer if "/wp/v2/posts" in url else None,
    )
    section = await blog_of(session)
    assert len(section.posts) == 100
    assert section.truncated
    assert session.count("/wp/v2/posts") == 2


async def test_a_pager_without_an_end_stays_within_the_budget() -> None:
    def endless(url: str) -> str | None:
        if not url.startswith(BLOG):
            return None
        number = int(url.rpartition("=")[2]) if "=" in url else 1
        shown = [Entry(n, NOW - timedelta(hours=n)) for n in range(9 * number, 9 * number + 9)]
        return listing(shown, f'<a rel="next" href="{BLOG}?page={number + 1}">Older</a>')

    session = ListedSession({HOME: START}, endless)
    section = await blog_of(session, pages=25)
    assert section.truncated
    assert len([url for url in session.asked if url.startswith(BLOG)]) <= 30


async def test_the_feed_of_a_section_without_dates_is_guessed() -> None:
    posts = entries(13)
    bare = "".join(
        f'<article><h2><a href="{each.url}">{each.title}</a></h2></article>' for each in posts
    )
    session = ListedSession({HOME: START, BLOG: f"<main>{bare}</main>", f"{BLOG}feed/": rss(posts)})
    section = await blog_of(session)
    assert {post.published.at.date() for post in section.posts if post.published} == {
        each.at.date() for each in posts
    }


async def test_a_feed_whose_named_next_page_is_gone_is_cut_there_and_ends_no_other_list() -> None:
    posts = entries(40)
    older = '<atom:link rel="next" href="{}"/>'
    pages = paged(posts)
    answers: dict[str, str | int | Answered] = {
        HOME: f"<head>{LINKED}</head>{START}",
        FEED: rss(posts[:10], head=older.format(f"{FEED}?n=2")),
        f"{FEED}?n=2": rss(posts[10:23], head=older.format(f"{FEED}?n=3")),
        f"{FEED}?n=3": 404,
        BLOG: listing(posts[:10]),
    }
    section = await blog_of(ListedSession(answers))
    assert (told(section, ListKind.FEED).extent, section.truncated) == (Extent.CUT, True)
    section = await blog_of(ListedSession({**answers, **pages}))
    assert (len(section.posts), section.truncated) == (40, False)


@pytest.mark.parametrize(("shown", "truncated"), [(13, True), (8, False)])
async def test_a_feed_that_seems_whole_is_not_where_its_index_goes_on_to_a_page_that_is_gone(
    shown: int, truncated: bool
) -> None:
    posts = entries(13)
    more = f'<a rel="next" href="{BLOG}?page=2">Older</a>'
    answers: dict[str, str | int | Answered] = {
        HOME: f"<head>{LINKED}</head>{START}",
        FEED: rss(posts),
        BLOG: listing(posts[:shown], more),
        f"{BLOG}?page=2": 404,
    }
    section = await blog_of(ListedSession(answers))
    assert (len(section.posts), section.truncated) == (13, truncated)
