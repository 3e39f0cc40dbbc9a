"""Recognise a podcast on a page: a feed that is called so, a player on its own pages."""

import re
from collections.abc import Iterator

from scrapers.page.counted import nouns_of
from scrapers.page.words import LinkWords
from scrapers.parse.document import Document
from scrapers.parse.text import clean
from scrapers.parse.urls import segments

_FEED = re.compile(r"(?:rss|feed|atom|xml|podcast)(?:\.(?:xml|rss|php))?", re.I)
"""The last name in the path of a feed."""

_OF_A_KEYWORD = frozenset({"tag", "tags", "category", "categories", "topic", "topics", "author"})
"""Segments of addresses that list the posts of one keyword: their feeds hold no sound."""

_SUBSCRIPTIONS = ("pcast:", "itpc:", "podcast:")
"""How links begin that open a feed in an app for podcasts."""

_SOUND = "audio[src],audio source[src],a[href$='.mp3'],a[href$='.m4a'],[data-src$='.mp3']"
"""Players, and files of sound to load."""


_FOLDER = re.compile(r"pod[ck]ast(?:s|y|er|ok|uri)?|podd(?:ar)?|balados?|подкасты?", re.I)
"""A folder of an address that holds a podcast's episodes."""

_MAY_BE = ("pod", "balado", "подкаст", "%d0%bf%d0%be%d0%b4", "rss", "feed", "atom", "xml")
"""What the address of an episode or of a feed holds, in small letters, Cyrillic ones escaped."""

_EPISODES = 2
"""Episodes from which on a folder is a podcast's; one page may be about podcasts."""


def shown_podcasts(document: Document, link_words: LinkWords) -> Iterator[str]:
    """Yield words of the page that show a podcast of the site's own.

    A feed counts where its title or its address says podcast, a folder called so where episodes lie
    below it, and a file of sound on a page that says so itself: others read an article aloud.
    """
    nouns = nouns_of(link_words.phrases("podcast"))
    for feed in document.feeds:
        if nouns.within(feed.title) and not _lists_a_keyword(feed.url):
            yield clean(f"{feed.title} {feed.url}", 160)
    places = (place for place in document.links_with(_MAY_BE) if document.inner[place])
    links = dict.fromkeys(document.links[place].url for place in places)
    urls = [url for url in links if not _lists_a_keyword(url)]
    yield from (clean(url, 160) for url in urls if _is_feed(url, link_words))
    episodes = {url.partition("?")[0] for url in urls if _is_episode(url)}
    if len(episodes) >= _EPISODES:
        yield clean(f"{len(episodes)} episodes such as {min(episodes)}", 160)
    for link, _ in document.apps:
        if link.url.lower().startswith(_SUBSCRIPTIONS):
            yield clean(link.url, 160)
    if "podcast" in link_words.of_url(document.url) or nouns.within(document.title):
        for node in document.tree.css(_SOUND)[:1]:
            values = node.attributes
            file = values.get("src") or values.get("href") or values.get("data-src") or ""
            yield clean(f"{document.title}: {file}", 160)


def _is_feed(url: str, link_words: LinkWords) -> bool:
    """Tell whether an address is that of a podcast's feed, such as `/podcast/rss`."""
    parts = segments(url)
    if not parts or _FEED.fullmatch(parts[-1]) is None:
        return False
    if len(parts) == 1:
        return parts[0].lower() in ("podcast.xml", "podcast.rss")
    return any("podcast" in link_words.exact(part) for part in parts) and _feeds(parts)


def _is_episode(url: str) -> bool:
    """Tell whether an address lies right below a folder of podcasts: `/podcast/12-seals/`."""
    parts = segments(url)
    below = len(parts) > 1 and _FOLDER.fullmatch(parts[-2]) is not None
    return below and not parts[-1].isdigit() and _FEED.fullmatch(parts[-1]) is None


def _feeds(parts: tuple[str, ...]) -> bool:
    """Tell whether one of the names in a path is that of a feed: `/feed/podcast/` is one."""
    return any(re.match(r"(?:rss|feed|atom)|.{1,60}\.(?:xml|rss)$", part, re.I) for part in parts)


def _lists_a_keyword(url: str) -> bool:
    """Tell whether an address lists what bears a keyword, as `/tag/podcast/rss` does."""
    return bool(_OF_A_KEYWORD.intersection(part.lower() for part in segments(url)))
