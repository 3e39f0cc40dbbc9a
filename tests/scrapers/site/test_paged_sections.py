"""A section whose posts stand on several pages, whatever their addresses look like."""

import pytest

from audit.model.company import Company
from audit.model.site import Section
from scrapers.parse.feeds import read_feed
from scrapers.site.look import Look
from scrapers.site.sections import find_sections
from tests.fake_session import HOME, WINDOW, Answer, FakeSession, page, rules, visited

START = '<nav><a href="/werk">Blog</a></nav><p>Wir bauen Pumpen.</p>'


def listing(first: int, pager: str = "") -> str:
    rows = "".join(
        f'<article><h2><a href="/werk/n{number}">Nachricht Nummer {number} vom Werk</a></h2>'
        f'<time datetime="2026-10-{30 - number:02}"></time></article>'
        for number in range(first, first + 5)
    )
    return f"<main><h1>Werkstatt</h1>{rows}{pager}</main>"


async def section(answers: dict[str, Answer]) -> Section:
    visit = await visited(FakeSession({HOME: START} | answers))
    (only,) = visit.sections
    return only


@pytest.mark.parametrize(
    ("second", "third", "words"),
    [
        ("?page=1", "?page=2", "{}"),
        ("?offset=5", "?offset=10", "{}"),
        ("/p2", "/p3", "{}"),
        ("/2/", "/3/", "{}"),
        ("?before=2026-10-25", "?before=2026-10-20", "Ältere Beiträge"),
        ("?cursor=abc", "?cursor=def", "Page suivante"),
    ],
)
async def test_all_pages_of_a_section_are_one(second: str, third: str, words: str) -> None:
    pages = (f"{HOME}werk", f"{HOME}werk{second}", f"{HOME}werk{third}")
    onward = [f'<a href="{url}">{words.format(number)}</a>' for number, url in enumerate(pages, 1)]
    found = await section(
        {
            pages[0]: listing(1, onward[1]),
            pages[1]: listing(6, onward[2]),
            pages[2]: listing(11),
        }
    )
    assert (found.channel, found.url) == ("blog", f"{HOME}werk")
    assert len(found.posts) == 15
    assert not found.truncated


async def test_a_page_that_fails_leaves_a_hole_that_is_said() -> None:
    found = await section(
        {
            f"{HOME}werk": listing(1, '<a href="?page=2">2</a>'),
            f"{HOME}werk?page=2": 503,
            f"{HOME}werk?page=3": listing(11),
        }
    )
    assert len(found.posts) == 10
    assert found.truncated


def test_posts_whose_addresses_are_too_long_to_keep_count_as_posts() -> None:
    tail = "sehr-" * 500
    entries = "".join(
        f"<item><title>Nachricht Nummer {number}</title><link>{HOME}blog/{number}-{tail}</link>"
        f"<pubDate>2026-10-{10 + number}</pubDate></item>"
        for number in (1, 2, 3)
    )
    rss = f"<rss><channel><title>Blog</title><link>{HOME}blog/</link>{entries}</channel></rss>"
    feed = read_feed(page(f"{HOME}blog/feed", rss))
    assert feed is not None
    company = Company(name="Acme", website=HOME)
    (only,) = find_sections(
        Look(company=company, pages=(), feeds=(feed,)), rules().catalogue, WINDOW
    )
    assert only.channel == "blog"
    assert [post.url for post in only.posts] == ["", "", ""]
    assert [post.title[-1] for post in only.posts] == ["3", "2", "1"]
