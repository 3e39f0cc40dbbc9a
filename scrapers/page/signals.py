"""Match a page against all feature rules at once: by address, name, literal and header."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from selectolax.lexbor import LexborNode

from audit.model.catalogue import Strength, Usage
from audit.model.facts import Area, Signal
from audit.model.site import Certainty
from scrapers.page.index import Mark, SignalIndex, by_prefix
from scrapers.parse.html import Document
from scrapers.parse.text import clean
from scrapers.parse.urls import host_of, registrable

_EXCERPT = 200
_ATTRIBUTES = 20
"""Attributes of an element that are kept as evidence."""

_LOADED = re.compile(r"//([a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[\w.~%-]+){0,6})")
"""An address in a script, with the first parts of its path."""

_SOURCE = re.compile(
    r"""src\\?":\\?"(?:https?:)?//([a-z0-9-]+(?:\.[a-z0-9-]+)+(?:/[\w.~%-]+){0,6})"""
)
"""The `src` of an element that a script holds as JSON, quotes escaped or not."""

MAX_LOADED = 600_000
"""Characters of a page's inline scripts that are looked through."""

MAX_NAMED = 300
"""Selectors that are asked for; each looks through the whole page."""

LOADER = 3_000
"""A vendor's loader stands at the beginning of a script; what follows is the page's own data."""

_TEXT_AREAS = frozenset({Area.ARTICLE, Area.COMMENT})
"""Areas in which links lead to what a text speaks of."""

_ANYWHERE = frozenset({"share-buttons", "affiliate", "newsletter", "survey"})
"""A link in running text says what is written about, not what the site has; but for these."""


@dataclass(frozen=True, slots=True)
class _Hit:
    """A mark that a page bears: the address it points at (or ""), the words around it, how sure.

    `told`: only running text links there.
    """

    mark: Mark
    url: str
    words: str
    certainty: Certainty = Certainty.TAG
    told: bool = False


def signals(document: Document, index: SignalIndex) -> tuple[Signal, ...]:
    """Return all rules that fire on a page with their evidence.

    A strong rule fires once, a weak one, or one that only a text speaks of, for each of its marks.
    Of several hits the surest counts.
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
    """Return a hit as a signal, with the page as its evidence."""
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
        evidence=document.page.proof(rule.id, clean(hit.words, _EXCERPT)),
    )


def _hits(document: Document, index: SignalIndex) -> Iterator[_Hit]:
    """Yield every mark on the page, by each place that rules look at."""
    yield from _by_request(document, index)
    yield from _by_address(document, index)
    yield from _by_link(document, index)
    yield from _by_path(document, index)
    yield from _by_name(document, index)
    yield from _by_meta(document, index)
    yield from _by_inline(document, index)
    for name, content in document.page.headers:
        for mark in by_prefix(index.headers, name.lower(), content):
            yield _Hit(mark, "", f"{name}: {content}", Certainty.LOADED)


def _by_address(document: Document, index: SignalIndex) -> Iterator[_Hit]:
    """Yield the marks of scripts, frames, forms, styles, and of scripts that wait for consent.

    A frame that a browser has drawn is visible, whatever it is.
    """
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
                is_drawn = url in document.shown
                yield _Hit(mark, url, url, Certainty.VISIBLE if is_drawn else certainty)


def _by_request(document: Document, index: SignalIndex) -> Iterator[_Hit]:
    """Yield what the page asked for while a browser drew it, whether or not it was let through."""
    for request in document.page.requests:
        certainty = Certainty.LOADED if request.outcome == "ok" else Certainty.TAG
        hosts = index.frames if request.kind == "document" else index.scripts
        for mark in hosts.find(request.url):
            yield _Hit(mark, request.url, f"requested: {request.url}", certainty)


def _by_link(document: Document, index: SignalIndex) -> Iterator[_Hit]:
    """Yield the marks of links; `told` where every link to an address stands in a text."""
    in_text: dict[str, bool] = {}
    for link in document.links:
        in_text[link.url] = in_text.get(link.url, True) and link.area in _TEXT_AREAS
    for url, only_in_text in in_text.items():
        for mark in index.links.find(url):
            yield _Hit(mark, url, url, told=only_in_text and mark.rule.feature not in _ANYWHERE)


def _by_path(document: Document, index: SignalIndex) -> Iterator[_Hit]:
    """Yield paths of software on the site's own hosts, such as `/wp-content/plugins/…`.

    What another host has installed is its own affair.
    """
    site = registrable(host_of(document.url))
    feeds = (feed.url for feed in document.feeds)
    urls = (document.canonical, *feeds, *document.scripts, *document.styles)
    own = [document.url, *(url for url in urls if registrable(host_of(url)) == site)]
    # One text of all addresses: each mark is looked for once, not once an address.
    text = "\n".join(own)
    for mark, at in index.paths.find(text):
        url = text[text.rfind("\n", 0, at) + 1 :].partition("\n")[0]
        yield _Hit(mark, url, url)


def _by_name(document: Document, index: SignalIndex) -> Iterator[_Hit]:
    """Yield the marks of elements.

    Selectors are asked for only where a name that they need occurs in the source.
    """
    wanted = list(index.names.find(document.names))
    wanted += [mark for needed, mark in index.names.others if needed in document.source]
    for mark in wanted[:MAX_NAMED]:
        node = document.tree.css_first(mark.value)
        if node is not None:
            certainty = Certainty.VISIBLE if document.visible(node) else Certainty.TAG
            yield _Hit(mark, "", _tag(node), certainty)


def _by_meta(document: Document, index: SignalIndex) -> Iterator[_Hit]:
    """Yield the marks of names in the head, such as `generator`."""
    for name in sorted(document.metas.keys() & index.meta.keys()):
        for content in document.metas[name]:
            for mark in by_prefix(index.meta, name, content):
                yield _Hit(mark, "", f"{name}={content}")


def _by_inline(document: Document, index: SignalIndex) -> Iterator[_Hit]:
    """Yield loaders in inline scripts: the addresses that they load from, and vendors' literals."""
    text = "\n".join(script[:LOADER] for script in document.inline)[:MAX_LOADED]
    addresses = _LOADED.findall(text.replace("\\/", "/"))
    # Behind its loader a script is searched for `src` alone: data may hold a page's parts as JSON.
    addresses += [src for script in document.inline for src in _SOURCE.findall(script, LOADER)]
    for address in dict.fromkeys(addresses):
        url = f"https://{address}"
        for mark in index.scripts.find(url):
            yield _Hit(mark, url, url)
    for mark, at in index.inline.find(text):
        yield _Hit(mark, "", text[max(0, at - 20) : at + 120])


def _tag(node: LexborNode) -> str:
    """Return the opening tag of an element, without what makes it endless."""
    attributes = " ".join(
        f'{name}="{value[:_EXCERPT]}"' if value else name
        for name, value in islice(node.attributes.items(), _ATTRIBUTES)
    )
    return f"<{node.tag} {attributes}>" if attributes else f"<{node.tag}>"
