"""The addresses in what the servers of the fediverse write as HTML."""

import re

from scrapers.parse.text import unescaped
from scrapers.parse.urls import join, links_in, same_site
from scrapers.platforms import kit

_ANCHOR = re.compile(r"<a\s([^<>]{1,2000})>", re.I)
_HREF = re.compile(r"""\bhref\s*=\s*["']([^"']{1,2000})""", re.I)
_CLASS = re.compile(r"""\bclass\s*=\s*["']([^"']{0,300})""", re.I)
_LIMIT = 20_000


def addresses(html: object) -> tuple[str, ...]:
    """Return the addresses that a piece of HTML links to, without mentions and hashtags.

    `<a href="https://acme.example/">acme.example</a> by <a class="mention" href="…">@acme</a>`
    gives the first. HTML without links gives the addresses that its words name.
    """
    if not isinstance(html, str):
        return ()
    urls: dict[str, None] = {}
    for anchor in _ANCHOR.findall(html[:_LIMIT]):
        href, classes = _HREF.search(anchor), _CLASS.search(anchor)
        if href is None or (classes is not None and _about_others(classes[1])):
            continue
        if url := join(unescaped(href[1]), ""):
            urls[url] = None
    return tuple(urls) if _ANCHOR.search(html[:_LIMIT]) else links_in(kit.plain_text(html))


def _about_others(classes: str) -> bool:
    """Tell whether a link is a mention or a hashtag, by the classes that all servers give those."""
    return not {"mention", "hashtag"}.isdisjoint(classes.casefold().split())


def proves(urls: tuple[str, ...], website: str) -> bool:
    """Tell whether a verified address is the company's own; any is, where its site is unknown."""
    return any(not website or same_site(url, website) for url in urls)
