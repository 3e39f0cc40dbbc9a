"""The format of a post on a site: of a file in a feed, of its own page, of its section."""

from dataclasses import replace

import pytest

from audit.model.kinds import BLOG, PODCAST
from audit.model.site import Post
from scrapers.parse.feeds import read_feed
from scrapers.site.formats import format_of_types
from scrapers.site.posts import drafts, enrich, posts
from tests.analysed import page as analysed
from tests.fake_session import WINDOW
from tests.scrapers.parse.pages import page

FILM = '<enclosure url="https://a.example/1.mp4" type="video/mp4"/>'
SOUND = '<enclosure url="https://a.example/1" type="audio/mpeg"/>'
PICTURE = '<enclosure url="https://a.example/1.jpg" type="image/jpeg"/>'
ILLUSTRATION = '<media:content url="https://a.example/1.mp4" medium="video" type="video/mp4"/>'


def first_of(entry: str, *, link: str = "https://a.example/blog/one") -> Post:
    """The only post of a blog whose feed has this in its entry."""
    feed = read_feed(
        page(
            f'<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel>'
            f"<title>A</title><item><title>One</title><link>{link}</link>{entry}</item>"
            f"</channel></rss>"
        )
    )
    assert feed is not None
    return posts(BLOG, "https://a.example/blog/", drafts([feed], []), WINDOW)[0]


@pytest.mark.parametrize(
    ("entry", "form"),
    [
        (FILM, "video"),
        (SOUND, "audio"),
        (PICTURE + SOUND, "audio"),
        (PICTURE, "article"),
        (ILLUSTRATION, "article"),
        ("", "article"),
    ],
)
def test_a_file_makes_the_format_and_a_picture_beside_a_post_does_not(
    entry: str, form: str
) -> None:
    assert first_of(entry).format == form


def test_a_post_that_is_a_file_has_its_format() -> None:
    assert first_of("", link="https://a.example/blog/report.pdf").format == "document"


@pytest.mark.parametrize(
    ("types", "form"),
    [
        (("WebPage", "VideoObject"), "video"),
        (("BlogPosting", "VideoObject"), ""),
        (("PodcastEpisode", "og:article"), ""),
        (("PodcastEpisode",), "audio"),
        (("og:video.other",), "video"),
        (("Event", "Organization"), "event"),
        (("WebPage", "Organization"), ""),
        ((), ""),
    ],
)
def test_a_page_is_a_film_only_where_it_is_not_an_article_with_one(
    types: tuple[str, ...], form: str
) -> None:
    assert format_of_types(types) == form


def test_a_post_takes_the_format_of_its_own_page_and_keeps_that_of_its_section_without() -> None:
    own = replace(
        analysed("<title>One</title>", "https://a.example/blog/one"), types=("VideoObject",)
    )
    feed = read_feed(
        page(
            "<rss version='2.0'><channel><title>A</title>"
            "<item><title>One</title><link>https://a.example/blog/one</link></item>"
            "<item><title>Two</title><link>https://a.example/blog/two</link></item>"
            "</channel></rss>"
        )
    )
    assert feed is not None
    listed = drafts([feed], [])
    enrich(listed, [own])
    made = {
        each.title: each.format for each in posts(PODCAST, "https://a.example/", listed, WINDOW)
    }
    assert made == {"One": "video", "Two": "audio"}
