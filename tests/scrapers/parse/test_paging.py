"""The next page of an index."""

import pytest

from scrapers.parse.paging import behind, head_of, is_numbered, next_page
from tests.scrapers.parse.pages import document


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
    url = next_page(document(f"<head></head><main>{html}</main>"))
    assert url.removeprefix("https://www.acme.example") == expected


@pytest.mark.parametrize(
    ("path", "numbered"),
    [("/blog/", False), ("/blog/page/1/", False), ("/blog/page/2/", True), ("/blog?page=3", True)],
)
def test_a_numbered_page_is_a_further_page_of_its_index(path: str, numbered: bool) -> None:
    url = "https://a.example" + path
    assert is_numbered(url) is numbered
    assert head_of(url) == "a.example/blog"


def following(path: str, *links: tuple[str, str]) -> str:
    anchors = " ".join(f'<a href="{href}">{words}</a>' for href, words in links)
    url = next_page(document(f"<main>{anchors}</main>", f"https://www.acme.example{path}"))
    return url.removeprefix("https://www.acme.example")


@pytest.mark.parametrize(
    ("path", "links", "expected"),
    [
        ("/news", [("?page=0", "1"), ("?page=1", "2"), ("?page=2", "3")], "/news?page=1"),
        ("/news", [("?page=1", "2"), ("?page=2", "3")], "/news?page=1"),
        ("/news?page=3", [("?page=2", "3"), ("?page=4", "5")], "/news?page=4"),
        ("/news", [("?offset=10", "2"), ("?offset=20", "3")], "/news?offset=10"),
        (
            "/news?start=10",
            [("?start=0", "1"), ("?start=30", "4"), ("?start=20", "3")],
            "/news?start=20",
        ),
        ("/news", [("?b_start:int=20", "Nächste")], "/news?b_start:int=20"),
        ("/news", [("/news/2/", "2"), ("/news/3/", "3")], "/news/2/"),
        ("/news/2/", [("/news/", "1"), ("/news/3/", "3")], "/news/3/"),
        ("/news", [("/news/p2", "2")], "/news/p2"),
        ("/news.html", [("/news-2.html", "2")], "/news-2.html"),
        ("/news", [("?tx_list[currentPage]=2", "weiter")], "/news?tx_list[currentPage]=2"),
        ("/news", [("?query-3-page=2", "Page suivante")], "/news?query-3-page=2"),
        ("/blog", [("?before=2026-01-01", "Ältere Beiträge »")], "/blog?before=2026-01-01"),
        ("/x.php?id=5", [("?id=7&p=2", "2"), ("?id=5&p=2", "2")], "/x.php?id=5&p=2"),
        ("/news?page=12", [("?page=12", "Next"), ("?page=11", "Previous")], ""),
        ("/news?start=90", [("?start=80", "9"), ("?start=90", "10")], ""),
        # A pager is known by the numbers that it shows, whatever its addresses call them.
        ("/news", [("?blad=2", "2"), ("?blad=3", "3")], "/news?blad=2"),
        ("/news", [("?blad=1", "2"), ("?blad=2", "3")], "/news?blad=1"),
        ("/news", [("?od=12", "2"), ("?od=24", "3")], "/news?od=12"),
        ("/news?blad=2", [("?blad=1", "1"), ("?blad=3", "3"), ("?blad=4", "4")], "/news?blad=3"),
        ("/news?blad=4", [("?blad=2", "2"), ("?blad=3", "3")], ""),
        ("/hirek", [("/hirek/oldal/2", "2"), ("/hirek/oldal/3", "3")], "/hirek/oldal/2"),
        ("/hirek/oldal/3", [("/hirek/oldal/2", "2"), ("/hirek/oldal/4", "4")], "/hirek/oldal/4"),
        ("/blog", [("/blog/P10", "2"), ("/blog/P20", "3")], "/blog/P10"),
        ("/blog/P10", [("/blog", "1"), ("/blog/P20", "3"), ("/blog/P30", "4")], "/blog/P20"),
        ("/?tx_a[page]=2&cHash=aa", [("/?tx_a[page]=3&cHash=bb", "3")], "/?tx_a[page]=3&cHash=bb"),
        ("/news", [("?loaded=10", "Mehr laden")], "/news?loaded=10"),
        ("/news", [("?rating=2", "2")], ""),
        ("/news", [(f"?day={day}", f"{day}") for day in range(1, 32)], ""),
        ("/news", [("?y=2026", "2026"), ("?y=2025", "2025")], ""),
        ("/news", [("?sort=2", "2"), ("?sort=1", "3")], ""),
        ("/news", [("/products/oldal/2", "2"), ("/products/oldal/3", "3")], ""),
        ("/news", [("https://other.example/news?blad=2", "2"), ("?blad=3", "3")], ""),
        ("/news", [("/news/2", "Why pumps fail"), ("/news/2019/", "2019")], ""),
        ("/news", [("?page_id=2", "2"), ("?per_page=2", "2"), ("?cpage=2", "2")], ""),
        ("/news", [("/archive/2", "2"), ("/events/", "Next")], ""),
    ],
)
def test_pagers_count_in_many_ways(path: str, links: list[tuple[str, str]], expected: str) -> None:
    assert following(path, *links) == expected


def test_the_mark_of_the_next_page_goes_before_the_numbers() -> None:
    html = '<a href="?page=2">3</a> <a rel="next" href="?page=1">Next</a>'
    url = next_page(document(f"<main>{html}</main>", "https://www.acme.example/news"))
    assert url == "https://www.acme.example/news?page=1"


@pytest.mark.parametrize(
    ("path", "before", "expected"),
    [
        ("/news?page=3", "/news?page=2", "/news?page=4"),
        ("/news2/page/3/", "/news2/page/2/", "/news2/page/4/"),
        ("/news/p2", "/news", "/news/p3"),
        ("/news/2/", "/news/", "/news/3/"),
        ("/news?page=3&rows=3", "/news?page=2&rows=3", "/news?page=4&rows=3"),
        ("/news?start=20", "/news?start=10", "/news?start=30"),
        ("/news?start=10", "/news", "/news?start=20"),
        ("/blog?before=3", "/blog?before=4", ""),
    ],
)
def test_the_page_behind_one_that_failed_is_told_by_its_number(
    path: str, before: str, expected: str
) -> None:
    site = "https://a.example"
    assert behind(site + path, site + before) == (site + expected if expected else "")
