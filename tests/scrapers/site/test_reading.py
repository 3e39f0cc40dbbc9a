"""An answer is read as what it was asked for, or as what it turns out to be."""

import pytest

from audit.model.exchange import Kind, Request
from audit.model.facts import FeedPage, PageFacts, SitemapPage
from scrapers.site.reading import Reading, read_answer
from tests.analysed import rules
from tests.scrapers.parse.pages import page

RSS = """<rss version="2.0"><channel><title>Acme</title><link>/news/</link>
<item><title>One</title><link>/news/1</link></item></channel></rss>"""


def read(body: str, kind: Kind = Kind.PAGE) -> Reading:
    answer = page(body)
    return read_answer(rules(), answer, Request(url=answer.url, kind=kind))


@pytest.mark.parametrize("before", ["", "\n<!-- kept -->\n", "<b>Warnung</b>: x<br />", "\ufeff"])
def test_a_link_in_a_menu_may_lead_to_the_feed_itself(before: str) -> None:
    assert isinstance(read(before + RSS), FeedPage)


def test_a_page_that_shows_how_a_feed_looks_is_a_page() -> None:
    assert isinstance(read(f"<!doctype html><title>RSS</title><xmp>{RSS}</xmp>"), PageFacts)


def test_a_feed_may_serve_as_a_sitemap() -> None:
    assert isinstance(read(RSS, Kind.SITEMAP), FeedPage)
    assert isinstance(read("<urlset><url><loc>/a</loc></url></urlset>", Kind.SITEMAP), SitemapPage)
