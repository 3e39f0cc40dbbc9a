"""When a page was published, by the source that is trusted most."""

import pytest

from audit.model.value import DateSource
from scrapers.parse.published import POST, page_types, published
from tests.scrapers.parse.pages import NOW, document, style


@pytest.mark.parametrize(
    ("html", "source"),
    [
        (
            '<script type="application/ld+json">{"@type":"BlogPosting","datePublished":"2026-05-01"}'
            '</script><article><time datetime="2026-06-01"></time></article>',
            DateSource.JSON_LD,
        ),
        (
            '<script type="application/ld+json">{"@type":"Article","datePublished":{"@type":"Date",'
            '"@value":"2026-05-01T10:00:00+02:00"}}</script>',
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
    dated = published(document(html), NOW, style())
    assert dated is not None
    assert dated.source is source
    assert dated.at.date().isoformat() == "2026-05-01"


def test_a_copyright_year_is_no_date() -> None:
    assert published(document("<footer>© 2023 Acme</footer>"), NOW, style()) is None


@pytest.mark.parametrize(
    "html",
    [
        '<aside><time datetime="2026-05-01"></time></aside>',
        '<article><ol class="comment-list"><time datetime="2026-05-01"></time></ol></article>',
        '<article><time datetime="2026-05-01"></time></article>' * 4,
        '<p class="date">1 May 2026</p>' * 7,
    ],
    ids=["sidebar", "comment", "many articles", "many dates"],
)
def test_the_dates_of_other_things_are_not_those_of_the_page(html: str) -> None:
    assert published(document(f"<main>{html}</main>"), NOW, style()) is None


def test_a_page_says_what_it_is_by_json_ld_and_by_open_graph() -> None:
    html = """<meta property="og:type" content="Article">
    <script type="application/ld+json">{"@type": ["Person", "https://schema.org/Thing"]}</script>"""
    assert page_types(document(html)) == ("Person", "Thing", "og:article")


def test_the_software_of_a_site_marks_the_page_of_one_post_in_its_body() -> None:
    assert page_types(document('<body class="single single-post postid-31">')) == (POST,)
    assert page_types(document('<body class="home blog"><p class="single-post">')) == ()
