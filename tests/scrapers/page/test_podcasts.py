"""A podcast told by its feed and its players."""

import pytest

from audit.model.site import State
from scrapers.site.features import decide_features
from scrapers.site.look import Look
from tests.analysed import ACME, HOME, page, rules


def has_podcast(html: str, url: str = HOME) -> bool:
    features = decide_features(Look(company=ACME, pages=(page(html, url),)), (), rules())
    return any(each.feature == "podcast" and each.state is State.KNOWN for each in features)


def feed(title: str, url: str) -> str:
    return f'<link rel="alternate" type="application/rss+xml" title="{title}" href="{url}">'


SHOWN = [
    (feed("Acme Podcast", "/sound.xml"), HOME),
    (feed("Подкаст о насосах", "/x.xml"), HOME),
    ('<article><a href="/podcast/rss?ref=us">Direct RSS</a></article>', HOME),
    ('<main><a href="/feed/podcast/">Abonnieren</a></main>', HOME),
    ('<main><a href="/podcast.xml">RSS</a></main>', HOME),
    ('<main><a href="/podcast/seals">1</a><a href="/podcast/valves/">2</a></main>', HOME),
    ('<article><a href="/подкасты/a">1</a><a href="/подкасты/b">2</a></article>', HOME),
    ('<a href="pcast://www.acmepumps.example/p.xml">Listen</a>', HOME),
    ("<title>Pumpcast</title><audio src='/a.mp3'></audio>", f"{HOME}podcast/12-seals"),
    ("<title>Der Acme-Podcast, Folge 3</title><a href='/files/3.mp3'>Laden</a>", HOME),
    ('<script type="application/ld+json">{"@type": "PodcastSeason"}</script>', HOME),
]
NOT_SHOWN = [
    (feed("Acme Pumps", "/feed/"), HOME),
    (feed("Acme Pumps: podcast", "/tag/podcast/feed/"), HOME),
    ('<main><a href="/tag/podcast/rss">RSS</a></main>', HOME),
    ('<main><a href="https://rival.example/podcast/rss">RSS</a></main>', HOME),
    ('<main><a href="/news/rss">RSS</a></main>', HOME),
    ('<article><a href="/podcast/seals?a">1</a><a href="/podcast/seals?b">2</a></article>', HOME),
    ('<article><a href="/tag/podcast/a">1</a><a href="/tag/podcast/b">2</a></article>', HOME),
    ('<article><a href="/news/podcast-a">1</a><a href="/news/podcast-b">2</a></article>', HOME),
    ("<title>A new seal</title><audio src='/read-aloud.mp3'></audio>", f"{HOME}news/seal"),
    ("<title>Podcast gear we like</title><p>No sound here.</p>", f"{HOME}news/gear"),
]


@pytest.mark.parametrize(("html", "url"), SHOWN)
def test_a_podcast_is_told_by_its_feed_and_its_players(html: str, url: str) -> None:
    assert has_podcast(html, url)


@pytest.mark.parametrize(("html", "url"), NOT_SHOWN)
def test_other_feeds_and_articles_read_aloud_are_no_podcast(html: str, url: str) -> None:
    assert not has_podcast(html, url)
