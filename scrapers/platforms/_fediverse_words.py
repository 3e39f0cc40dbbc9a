"""Plain words, addresses and dates from what the servers of the fediverse write as HTML."""

import re
from datetime import datetime
from html import unescape

from audit.model.web import Dated
from scrapers.parse.text import clean
from scrapers.parse.urls import join, links_in, same_site

_BREAK = re.compile(r"<(?:br|/p|/li|/div|/h\d)\b[^<>]{0,200}>", re.I)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_ANCHOR = re.compile(r"<a\s([^<>]{1,2000})>", re.I)
_HREF = re.compile(r"""\bhref\s*=\s*["']([^"']{1,2000})""", re.I)
_CLASS = re.compile(r"""\bclass\s*=\s*["']([^"']{0,300})""", re.I)
_LIMIT = 20_000


def plain(said: object) -> str:
    """The words of a piece of HTML; empty for everything else."""
    if not isinstance(said, str):
        return ""
    return clean(unescape(_TAG.sub("", _BREAK.sub(" ", said[:_LIMIT]))), 2_000)


def addresses(said: object) -> tuple[str, ...]:
    """The addresses that a piece of HTML links to or names, without mentions and hashtags."""
    if not isinstance(said, str):
        return ()
    found: dict[str, None] = {}
    for anchor in _ANCHOR.findall(said[:_LIMIT]):
        href, words = _HREF.search(anchor), _CLASS.search(anchor)
        if href is None or (words is not None and _about_others(words[1])):
            continue
        if url := join(unescape(href[1]), ""):
            found[url] = None
    return tuple(found) if _ANCHOR.search(said[:_LIMIT]) else links_in(plain(said))


def _about_others(words: str) -> bool:
    return not {"mention", "hashtag"}.isdisjoint(words.casefold().split())


def tongue(said: object) -> str:
    """The language of a tag such as `de-CH`; empty where it is none."""
    first = said.partition("-")[0].casefold() if isinstance(said, str) else ""
    return first if first.isalpha() and 2 <= len(first) <= 3 else ""


def once(*groups: tuple[str, ...]) -> tuple[str, ...]:
    """All addresses of some groups, each once."""
    return tuple(dict.fromkeys(url for group in groups for url in group))


def proves(urls: tuple[str, ...], website: str) -> bool:
    """Tell whether a verified address is the company's own; any is, where its site is unknown."""
    return any(not website or same_site(url, website) for url in urls)


def moment(dated: Dated | None) -> datetime | None:
    """The time alone."""
    return dated.at if dated is not None else None
