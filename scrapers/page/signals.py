"""Match a page against all feature rules at once: by address, name, literal and header."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from selectolax.lexbor import LexborNode

from audit.model.activity import Certainty
from audit.model.catalogue import Strength, Usage
from audit.model.facts import Area, Signal
from audit.model.value import Evidence
from scrapers.page.index import Mark, SignalIndex, by_prefix
from scrapers.parse.html import Document
from scrapers.parse.text import clean
from scrapers.parse.urls import host_of, registrable

_EXCERPT = 200
_ATTRIBUTES = 20
_LOADED = re.compile(r"//([a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[\w.~%-]+){0,6})")
_SOURCE = re.compile(
    r"""src\\?":\\?"(?:https?:)?//([a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[\w.~%-]+){0,6})"""
)
MAX_LOADED = 600_000
MAX_NAMED = 300
"""Selectors that are asked for; each looks through the whole page."""

LOADER = 3_000
"""A vendor's loader stands at the beginning of a script; what follows is the page's own data."""

_SAID_BY_OTHERS = frozenset({Area.ARTICLE, Area.COMMENT})
_ANYWHERE = frozenset({"share-buttons", "affiliate", "newsletter", "survey"})
"""A link in running text says what is written about, not what the site has; but for these."""


@dataclass(frozen=True, slots=True)
class _Hit:
    """A mark that was met: the address it points at (or ""), what was seen, how sure it is."""

    mark: Mark
    url: str
    seen: str
    certainty: Certainty = Certainty.TAG
    told: bool = False


def signals(document: Document, index: SignalIndex) -> tuple[Signal, ...]:
    """All rules that fire on a page with what was seen: strong ones once, weak ones each mark.

    Of several hits of a rule the surest counts.
    """
    best: dict[tuple[str, str], _Hit] = {}
    for hit in _hits(document, index):
        weak = hit.mark.rule.strength is Strength.WEAK
        key = (
            hit.mark.rule.id,
            f"{hit.mark.place} {hit.mark.value}" if weak or hit.told else "",
        )
        if key not in best or hit.certainty.rank > best[key].certainty.rank:
            best[key] = hit
    return tuple(_signal(document, hit) for hit in best.values())


def _signal(document: Document, hit: _Hit) -> Signal:
    rule = hit.mark.rule
    return Signal(
        rule=rule.id,
        feature=rule.feature,
        vendor=rule.vendor,
        strong=rule.strength is Strength.STRONG,
        supplies=rule.direction is Usage.SUPPLIES,
        place=hit.mark.place,
        url=hit.url,
        told=hit.told,
        certainty=hit.certainty,
        evidence=Evidence(
            url=document.url,
            fetched_at=document.page.fetched_at,
            rule=rule.id,
            excerpt=clean(hit.seen, _EXCERPT),
            record=document.page.record,
        ),
    )


def _hits(document: Document, index: SignalIndex) -> Iterator[_Hit]:
    yield from _by_request(document, index)
    yield from _by_address(document, index)
    yield from _by_link(document, index)
    yield from _by_path(document, index)
    yield from _by_name(document, index)
    yield from _by_meta(document, index)
    yield from _by_inline(document, index)
    for name, said in document.page.headers:
        for mark in by_prefix(index.headers, name.lower(), said):
            yield _Hit(mark, "", f"{name}: {said}", Certainty.LOADED)


def _by_address(document: Document, index: SignalIndex) -> Iterator[_Hit]:
    styled = dict.fromkeys((*document.styles, *document.hints, document.meta("og:image")))
    sent = tuple(form.action for form in document.forms if form.action)
    places = (
        (document.scripts, index.scripts, Certainty.TAG),
        (document.frames, index.frames, Certainty.TAG),
        (sent, index.forms, Certainty.TAG),
        (tuple(url for url in styled if url), index.scripts, Certainty.TAG),
        (document.gated, index.scripts, Certainty.POSSIBLE),
        (document.gated, index.frames, Certainty.POSSIBLE),
    )
    for urls, hosts, certainty in places:
        for url in urls:
            for mark in hosts.find(url):
                shown = Certainty.VISIBLE if url in document.shown else certainty
                yield _Hit(mark, url, url, shown)


def _by_request(document: Document, index: SignalIndex) -> Iterator[_Hit]:
    """What the page asked for while a browser drew it, whether or not it was let through."""
    for asked in document.page.requests:
        certainty = Certainty.LOADED if asked.outcome == "ok" else Certainty.TAG
        hosts = index.frames if asked.kind == "document" else index.scripts
        for mark in hosts.find(asked.url):
            yield _Hit(mark, asked.url, f"requested: {asked.url}", certainty)


def _by_link(document: Document, index: SignalIndex) -> Iterator[_Hit]:
    told: dict[str, bool] = {}
    for link in document.links:
        told[link.url] = told.get(link.url, True) and link.area in _SAID_BY_OTHERS
    for url, written_about in told.items():
        for mark in index.links.find(url):
            told_only = written_about and mark.rule.feature not in _ANYWHERE
            yield _Hit(mark, url, url, told=told_only)


def _by_path(document: Document, index: SignalIndex) -> Iterator[_Hit]:
    """Paths of software on the site's own host; what another host installed is its own affair."""
    site = registrable(host_of(document.url))
    named = (document.canonical, *(feed.url for feed in document.feeds))
    files = (*document.scripts, *document.styles)
    own = [document.url, *(url for url in (*named, *files) if registrable(host_of(url)) == site)]
    text = "\n".join(own)
    for mark, at in index.paths.find(text):
        url = text[text.rfind("\n", 0, at) + 1 :].partition("\n")[0]
        yield _Hit(mark, url, url)


def _by_name(document: Document, index: SignalIndex) -> Iterator[_Hit]:
    """Selectors are asked for only where a name that they need occurs in the source."""
    wanted = list(index.names.find(document.names))
    wanted += [mark for needed, mark in index.names.others if needed in document.source]
    for mark in wanted[:MAX_NAMED]:
        node = document.tree.css_first(mark.value)
        if node is not None:
            certainty = Certainty.VISIBLE if document.visible(node) else Certainty.TAG
            yield _Hit(mark, "", _tag(node), certainty)


def _by_meta(document: Document, index: SignalIndex) -> Iterator[_Hit]:
    for name in sorted(document.metas.keys() & index.meta.keys()):
        for content in document.metas[name]:
            for mark in by_prefix(index.meta, name, content):
                yield _Hit(mark, "", f"{name}={content}")


def _by_inline(document: Document, index: SignalIndex) -> Iterator[_Hit]:
    """Loaders in inline scripts: the addresses that they load from, and literals of vendors."""
    text = "\n".join(script[:LOADER] for script in document.inline)[:MAX_LOADED]
    named = _LOADED.findall(text.replace("\\/", "/"))
    named += [each for script in document.inline for each in _SOURCE.findall(script, LOADER)]
    for each in dict.fromkeys(named):
        url = f"https://{each}"
        for mark in index.scripts.find(url):
            yield _Hit(mark, url, url)
    for mark, at in index.inline.find(text):
        yield _Hit(mark, "", text[max(0, at - 20) : at + 120])


def _tag(node: LexborNode) -> str:
    said = " ".join(
        f'{name}="{value[:_EXCERPT]}"' if value else name
        for name, value in islice(node.attributes.items(), _ATTRIBUTES)
    )
    return f"<{node.tag} {said}>" if said else f"<{node.tag}>"
