"""The next page of an index."""

import pytest

from scrapers.parse.paging import head_of, is_numbered, next_page
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
