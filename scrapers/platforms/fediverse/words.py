"""The addresses in what the servers of the fediverse write as HTML."""

import re

from scrapers.parse.text import unescaped
from scrapers.parse.urls import join, links_in, same_site
from scrapers.platforms import kit

_ANCHOR = re.compile(r"<a\s([^<>]{1,2000})>", re.I)
_HREF = re.compile(r"""\bhref\s*=\s*["']([^"']{1,2000})""", re.I)
_CLASS = re.compile(r"""\bclass\s*=\s*["']([^"']{0,300})""", re.I)
_LIMIT = 20_000


def addresses(said: object) -> tuple[str, ...]:
    """The addresses that a piece of HTML links to or names, without mentions and hashtags."""
    if not isinstance(said, str):
        return ()
    found: dict[str, None] = {}
    for anchor in _ANCHOR.findall(said[:_LIMIT]):
        href, words = _HREF.search(anchor), _CLASS.search(anchor)
        if href is None or (words is not None and _about_others(words[1])):
            continue
        if url := join(unescaped(href[1]), ""):
            found[url] = None
    return tuple(found) if _ANCHOR.search(said[:_LIMIT]) else links_in(kit.plain_text(said))


def _about_others(words: str) -> bool:
    return not {"mention", "hashtag"}.isdisjoint(words.casefold().split())


def proves(urls: tuple[str, ...], website: str) -> bool:
    """Tell whether a verified address is the company's own; any is, where its site is unknown."""
    return any(not website or same_site(url, website) for url in urls)
