"""Match a page against all feature rules at once: by address, name, literal and header."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from operator import itemgetter

from selectolax.lexbor import LexborNode

from audit.model.catalogue import Strength, Usage
from audit.model.facts import Area, Signal
from audit.model.site import TECHNICAL, Certainty
from scrapers.page.index import Hosts, Mark, SignalIndex, by_prefix
from scrapers.parse.document import Document
from scrapers.parse.element_text import opening_tag
from scrapers.parse.text import clean
from scrapers.parse.urls import host_of, is_tenants, registrable, segments
from scrapers.parse.written import every_address, loaders

_EXCERPT = 200
MAX_NAMED = 300
"""Selectors that are asked for; each looks through the whole page."""

_SHORT_NAME = 2
"""Letters of a class that says nothing of whose it is."""

_COMPOUND = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+){1,12}")
"""A name of several words, which a vendor makes so that nobody else has it."""

_GROUNDS = frozenset({"blog-engine", "cms", "community", "forum", "knowledge-base", "wiki"})
"""Features that a site is made with, and that no script on a page brings along."""

_TEXT_AREAS = frozenset({Area.ARTICLE, Area.COMMENT})
"""Areas in which links lead to what a text speaks of."""

_MENUS = frozenset({Area.HEADER, Area.NAV, Area.FOOTER})
"""Areas in which a site links its own parts."""

_SHARING = "share-buttons"
_ANYWHERE = frozenset({_SHARING, "affiliate", "newsletter", "survey"})
"""A link in running text says what is written about, not what the site has; but for these."""


@dataclass(frozen=True, slots=True)
class _Hit:
    """A mark that a page bears: the address it points at (or ""), the words around it, how sure.

    `told`: only running text links there. `faint`: met in a way that proves less than its rule
    says. `name` is that of the element, where it was the mark.
    """

    mark: Mark
    url: str
    words: str
    certainty: Certainty = Certainty.TAG
    told: bool = False
    faint: bool = False
    name: str = ""

    @property
    def strong(self) -> bool:
        """Tell whether the hit stands alone."""
        return self.mark.rule.strength is Strength.STRONG and not self.faint

    @property
    def key(self) -> str:
        """Return what tells this hit of its rule from others; "" for one that stands alone."""
        if self.strong and not self.told:
            return ""
        return f"{self.mark.place} {self.name or self.mark.value}"


def signals(document: Document, index: SignalIndex) -> tuple[Signal, ...]:
    """Return all rules that fire on a page with their evidence.

    A strong rule fires once, a weak one, or one that only a text speaks of, for each of its marks.
    Of several hits the surest counts.
    """
    best: dict[tuple[str, str], _Hit] = {}
    for hit in _hits(document, index):
        key = (hit.mark.rule.id, hit.key)
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
        strong=hit.strong,
        supplies=rule.direction is Usage.SUPPLIES,
        place=hit.mark.place,
        url=hit.url,
        told=hit.told,
        certainty=hit.certainty,
        evidence=document.page.proof(rule.id, clean(hit.words, _EXCERPT)),
        name=hit.name,
    )


def _hits(document: Document, index: SignalIndex) -> Iterator[_Hit]:
    """Yield every mark on the page, by each place that rules look at."""
    yield from _by_request(document, index)
    yield from _by_address(document, index)
    yield from _by_file(document, index)
    yield from _by_hint(document, index)
    yield from _by_link(document, index)
    yield from _by_path(document, index)
    yield from _by_name(document, index)
    yield from _by_meta(document, index)
    yield from _by_inline(document, index)
    for name, content in document.page.headers:
        # What a cookie holds is the visit's own; the archive keeps no more of it than its name.
        shown = content.partition("=")[0] if name.lower() == "set-cookie" else content
        for mark in by_prefix(index.headers, name.lower(), content):
            yield _Hit(mark, "", f"{name}: {shown}", Certainty.LOADED)


def _by_address(document: Document, index: SignalIndex) -> Iterator[_Hit]:
    """Yield the marks of scripts, frames and forms, and of scripts that wait for consent.

    A frame that a browser has drawn is visible, whatever it is.
    """
    sent = tuple(form.action for form in document.forms if form.action)
    places = (
        (document.scripts, index.scripts, Certainty.TAG),
        (document.frames, index.frames, Certainty.TAG),
        (document.waiting, index.frames, Certainty.TAG),
        (document.written.frames, index.frames, Certainty.TAG),
        (sent, index.forms, Certainty.TAG),
        (document.gated, index.scripts, Certainty.POSSIBLE),
        (document.gated, index.frames, Certainty.POSSIBLE),
    )
    for urls, hosts, certainty in places:
        for url in urls:
            for mark in _loaded(document, index, url, hosts):
                is_drawn = url in document.shown
                yield _Hit(mark, url, url, Certainty.VISIBLE if is_drawn else certainty)


def _loaded(document: Document, index: SignalIndex, url: str, hosts: Hosts) -> Iterable[Mark]:
    """Return the marks of an address that a page loads or sends to.

    On a vendor's own site all hosts are its own: there only those of a rule tell a product.
    """
    if registrable(host_of(url)) == registrable(host_of(document.url)):
        return hosts.find(url)
    return index.loaded(url, hosts)


def _by_file(document: Document, index: SignalIndex) -> Iterator[_Hit]:
    """Yield the marks of styles, of the page's picture, and of pictures that count visitors.

    The latter are those of technique alone: a newsletter's pixel is no newsletter.
    """
    for url in dict.fromkeys((*document.styles, document.meta("og:image"))):
        for mark in index.scripts.find(url):
            yield _Hit(mark, url, url)
    for url in document.pixels:
        for mark in index.scripts.find(url):
            if mark.rule.feature in TECHNICAL:
                yield _Hit(mark, url, url)


def _by_hint(document: Document, index: SignalIndex) -> Iterator[_Hit]:
    """Yield the marks of hosts and files that the head names ahead of scripts.

    A host alone does not tell what a site stands on: a widget of the same house asks for it too.
    Nor does it tell the path that a rule wants.
    """
    loaded = (*document.scripts, *document.frames, *document.written.sources)
    asked = {_bare_host(url) for url in loaded}
    for url in dict.fromkeys(document.hints):
        is_host = not segments(url)
        # What the page loads from the host tells more exactly what it is asked for.
        if is_host and _bare_host(url) in asked:
            continue
        found = index.scripts.find(url)
        marks = _loaded(document, index, url, index.scripts) if is_host else found
        for mark in marks:
            yield _Hit(mark, url, url, faint=is_host and mark.rule.feature in _GROUNDS)
        for mark in index.hinted(url):
            yield _Hit(mark, url, url, faint=True)


def _by_request(document: Document, index: SignalIndex) -> Iterator[_Hit]:
    """Yield what the page asked for while a browser drew it, whether or not it was let through."""
    for request in document.page.requests:
        certainty = Certainty.LOADED if request.outcome == "ok" else Certainty.TAG
        hosts = index.frames if request.kind == "document" else index.scripts
        for mark in _loaded(document, index, request.url, hosts):
            yield _Hit(mark, request.url, f"requested: {request.url}", certainty)


def _by_link(document: Document, index: SignalIndex) -> Iterator[_Hit]:
    """Yield the marks of links; `told` where every link to an address stands in a text.

    Of a host where everybody has a subdomain, all but menu, head and foot are text: a page without
    marked parts speaks of others' manuals as an article does.
    """
    in_text: dict[str, bool] = {}
    for place in document.links_on(index.leads_on):
        link = document.links[place]
        is_text = link.area in _TEXT_AREAS or (
            link.area not in _MENUS and is_tenants(link.url, index.hosted)
        )
        in_text[link.url] = in_text.get(link.url, True) and is_text
    for url, only_in_text in in_text.items():
        for mark in _of_link(url, index):
            yield _Hit(mark, url, url, told=only_in_text and mark.rule.feature not in _ANYWHERE)
    # Buttons for sharing keep in a data attribute which window a click opens.
    for url in document.waiting:
        for mark in index.links.find(url):
            if mark.rule.feature == _SHARING:
                yield _Hit(mark, url, url)


def _of_link(url: str, index: SignalIndex) -> list[Mark]:
    """Return the marks of a link; an address that shares the page leads to no chat or profile."""
    marks = list(index.links.find(url))
    shares = [mark for mark in marks if mark.rule.feature == _SHARING]
    return shares or marks


def _bare_host(url: str) -> str:
    """Return the host of an address without `www.`."""
    return host_of(url).removeprefix("www.")


def _by_path(document: Document, index: SignalIndex) -> Iterator[_Hit]:
    """Yield paths of software on the site's own hosts, such as `/wp-content/plugins/…`.

    What another host has installed is its own affair; what only delivers files holds the site's.
    """
    own_domains = {registrable(host_of(document.url)), *index.carriers}
    feeds = (feed.url for feed in document.feeds)
    urls = (document.canonical, *feeds, *document.scripts, *document.styles)
    own = [document.url, *(url for url in urls if registrable(host_of(url)) in own_domains)]
    # One text of all addresses: each mark is looked for once, not once an address.
    text = "\n".join(own)
    for mark, at in index.paths.find(text):
        url = text[text.rfind("\n", 0, at) + 1 :].partition("\n")[0]
        yield _Hit(mark, url, url)


def _by_name(document: Document, index: SignalIndex) -> Iterator[_Hit]:
    """Yield the marks of elements.

    Selectors are asked for only where a name that they need occurs in the source. A class of one or
    two letters is anybody's.
    """
    wanted = list(index.names.find(document.names))
    addresses = "\n".join(
        (*document.scripts, *document.gated, *map(itemgetter(0), document.targets))
    )
    others = index.names.others(document.names, document.source, addresses)
    wanted += ((mark, "") for mark in others)
    for mark, name in wanted[:MAX_NAMED]:
        node = document.tree.css_first(mark.value) or _named(document, name)
        if node is not None:
            certainty = Certainty.VISIBLE if document.visible(node) else Certainty.TAG
            is_short = 0 < len(name) <= _SHORT_NAME
            yield _Hit(mark, "", opening_tag(node), certainty, faint=is_short, name=name)


def _named(document: Document, name: str) -> LexborNode | None:
    """Return the first element that bears a name in another way than a rule says.

    Vendors use one name as class, id, element and field alike; words without a hyphen are left out,
    as they are nobody's.
    """
    if not _COMPOUND.fullmatch(name):
        return None
    return document.tree.css_first(
        f'[class~="{name}"],[id="{name}"],{name.replace("_", "-")},input[name="{name}"]'
    )


def _by_meta(document: Document, index: SignalIndex) -> Iterator[_Hit]:
    """Yield the marks of names in the head, such as `generator`."""
    for name in sorted(document.metas.keys() & index.meta.keys()):
        for content in document.metas[name]:
            for mark in by_prefix(index.meta, name, content):
                yield _Hit(mark, "", f"{name}={content}")


def _by_inline(document: Document, index: SignalIndex) -> Iterator[_Hit]:
    """Yield loaders in inline scripts: the addresses that they load from, and vendors' literals."""
    text = loaders(document.inline)
    for url in dict.fromkeys((*every_address(text), *document.written.sources)):
        for mark in _loaded(document, index, url, index.scripts):
            yield _Hit(mark, url, url)
    # Settings name the hosts that a vendor's script asks; only exactly those of a rule tell whose.
    for url in document.written.settings:
        for mark in index.scripts.find(url):
            yield _Hit(mark, url, url)
    for mark, at in index.inline.find(text):
        yield _Hit(mark, "", text[max(0, at - 20) : at + 120])
