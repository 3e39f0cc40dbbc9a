"""Read a page once: everything that later steps look at, from one tree."""

import re
from collections.abc import Mapping, Sequence
from itertools import islice

from selectolax.lexbor import LexborNode

from audit.model.exchange import Page
from audit.model.facts import FeedLink, Link, Whose
from audit.model.value import Reason, Unknown
from scrapers.parse.charset import decode_page
from scrapers.parse.described import NAMED, descriptions
from scrapers.parse.document import TEMPLATE, Document
from scrapers.parse.element_names import names_in
from scrapers.parse.element_text import faults_of, letters_of
from scrapers.parse.feed_links import linked_feeds, names_feed
from scrapers.parse.forms import read_forms
from scrapers.parse.grown import grow
from scrapers.parse.jsonld import read_jsonld, types
from scrapers.parse.link_header import header_links
from scrapers.parse.links import Anchors, read_links
from scrapers.parse.places import read_places
from scrapers.parse.text import clean
from scrapers.parse.urls import authority_of, host_of, join, registrable
from scrapers.parse.written import read_written

MAX_LINKS = 5_000
"""Links of one page that are read: the first and the last half of them."""

MAX_FILES = 5_000
"""Scripts, frames and addresses of the head, of each kind."""

MAX_SAME = 50
"""Contents of one name in the head."""

_SCRIPT_ROOTS = (
    "#root,#app,#__next,#__nuxt,#___gatsby,#q-app,#svelte,app-root,[ng-app],[data-reactroot]"
)
"""Elements into which scripts draw: of React, Next, Nuxt, Gatsby, Quasar, Svelte, Angular."""

_RELATIONS = ("canonical", "me", "publisher", "edituri", "https://api.w.org/", "next")
"""Relations of the head that are kept; two of them are WordPress's for its interfaces."""

_OF_HEADER = frozenset({*_RELATIONS, "alternate", "feed"})
"""Relations of a Link header that count as those of the head do; its hints come with every page."""

_HINTS = frozenset({"preconnect", "dns-prefetch", "preload", "prefetch", "modulepreload", "icon"})
"""Relations by which a head names hosts and files ahead of scripts."""

_CONSENT_SOURCES = (
    "data-cookieblock-src",
    "data-cmp-src",
    "data-cookieconsent-src",
    "data-consent-src",
)
"""Attributes in which consent managers keep the address of a frame until a visitor agrees."""

_FRAME_WORDS = ("title", "name", "id", "class", "aria-label", "data-testid")
"""Attributes in which the element of a frame says what it is."""

_ADDRESS = re.compile(r"//[a-z0-9-]+(?:\.[a-z0-9-]+)+[\w./~%-]*")
"""An address within a script, without its scheme."""

_ELEMENT = re.compile("<[a-zA-Z]")
_MAX_LOADER = 10_000
"""Characters of a waiting script in which addresses are looked for: loaders are short."""

_FEW_LINKS = 8
"""A page with more links is surely no shell."""

_LITTLE_TEXT = 250
"""Characters; a page or a root with less shows a reader nothing yet."""

_FAULTS, _PER_FAULT = 30, 10
"""Signs of a page's text that were lost in decoding: this many, and one of so many letters."""

_MAX_ROOTS = 20
"""Roots and `noscript` elements of one page that are looked at."""


def read_html(page: Page) -> Document:
    """Parse a page and read everything from it; never raise for what a page holds.

    Raises:
        MemoryError: the parser gave up, as it does where memory ends.
    """
    grown = grow(decode_page(page.body, page.header("content-type")))
    document = Document(
        page=page,
        url=page.url,
        base=page.url,
        source=grown.source,
        tree=grown.tree,
        index=grown.index,
    )
    names, document.items = names_in(grown.source, document.tags)
    _read_head(document)
    _read_scripts(document)
    places = read_places(document, names)
    document.names = names | places.fields
    document.waiting, document.pixels = tuple(places.waiting), tuple(places.pixels)
    anchors: Anchors = read_links(grown.index, document.base, MAX_LINKS)
    document.links, document.nodes = anchors.links, anchors.nodes
    document.apps, document.targets = anchors.apps, anchors.targets
    document.by_host = _by_host(document.links)
    document.inner = _inner(document)
    _add_linked_feeds(document)
    document.unread = _unread(document, grown.left_out, more_links=anchors.more)
    document.forms = read_forms(grown.index, document.base)
    _read_site_name(document)
    _measure_text(document)
    return document


def _unread(document: Document, left_out: str, *, more_links: bool) -> Unknown | None:
    """Return why the page may hold more than was read of it; None where it is read whole.

    What a page does not say may then stand in it all the same. `left_out`: why something was left
    out of its source.
    """
    if _ELEMENT.search(document.source) is None:
        return Unknown(reason=Reason.BAD_CONTENT, detail="holds no HTML")
    if _is_garbled(document):
        detail = "is not in the encoding that it names"
        return Unknown(reason=Reason.BAD_CONTENT, detail=detail)
    if more_links:
        left_out = f"has more than {MAX_LINKS:,} links"
    elif max(len(document.scripts), len(document.frames), len(document.gated)) >= MAX_FILES:
        left_out = f"has more than {MAX_FILES:,} scripts or frames"
    if not left_out:
        return None
    return Unknown(reason=Reason.TOO_LARGE, detail=f"{left_out}, where reading stops")


def _is_garbled(document: Document) -> bool:
    """Tell whether too much of a page's text is lost in decoding for its words to be read.

    Of Cyrillic or Japanese that is sent as UTF-8 and is not, nearly every sign is lost; of German
    two or three in a hundred, and its words can still be told.
    """
    body, source = document.tree.body, document.source
    if body is None or "\ufffd" not in source or source.count("\ufffd") < _FAULTS:
        return False
    faults = faults_of(body)
    return faults >= _FAULTS and faults * _PER_FAULT >= letters_of(body)


def _read_head(document: Document) -> None:
    """Read title, metas, base, language and links of the head into the document."""
    for title in document.elements("title")[:1]:
        document.title = document.words.of(title, 300)
    root = next((node.attributes for node in document.elements("html")), {})
    language = root.get("lang") or root.get("xml:lang") or ""
    metas: dict[str, list[str]] = {}
    equivalents: list[LexborNode] = []
    for node in document.elements("meta"):
        attributes = node.attributes
        if "http-equiv" in attributes:
            equivalents.append(node)
        name = attributes.get("name") or attributes.get("property") or attributes.get("itemprop")
        name = name or attributes.get("http-equiv")
        content = attributes.get("content")
        if name and content:
            same = metas.setdefault(name.strip().lower(), [])
            if len(same) < MAX_SAME:
                same.append(clean(content))
    document.equivalents = tuple(equivalents)
    document.metas = {name: tuple(same) for name, same in metas.items()}
    # Only the first `base` counts, as in browsers.
    bases = (node.attributes for node in document.elements("base"))
    base = next((attributes for attributes in bases if "href" in attributes), None)
    if base is not None:
        document.base = join(document.url, base["href"] or "") or document.url
    document.language = _language_of(language) or _language_of(
        document.meta("content-language", "og:locale", "language")
    )
    document.generator = clean(document.meta("generator"), 120)
    _read_head_links(document)
    # The page is a folder whose address lacks its last slash: relative links count from within.
    if base is None and document.canonical == f"{document.url}/":
        document.base = document.canonical


def _read_head_links(document: Document) -> None:
    """Sort the addresses of the head by what they are for, into the document."""
    by_purpose: dict[str, list[str]] = {relation: [] for relation in (*_RELATIONS, "hints")}
    feeds: dict[str, FeedLink] = {}
    alternates: list[tuple[str, str]] = []
    styles: list[str] = []
    links = (node.attributes for node in document.elements("link"))
    elements = islice((each for each in links if "rel" in each and "href" in each), MAX_FILES)
    for attributes in (*header_links(document.page, _OF_HEADER), *elements):
        rel = (attributes.get("rel") or "").lower().split()
        url = join(document.base, attributes.get("href") or "")
        if url is None:
            continue
        if "stylesheet" in rel or attributes.get("as") == "style":
            styles.append(url)
        elif "alternate" in rel or "feed" in rel:
            _sort_alternate(attributes, url, feeds, alternates)
        elif purpose := _purpose_of(rel):
            by_purpose[purpose].append(url)
    document.canonical = next(iter(by_purpose["canonical"]), "")
    document.next_url = next(iter(by_purpose["next"]), "")
    document.rel_me = tuple(by_purpose["me"])
    document.publishers = tuple(by_purpose["publisher"])
    document.interfaces = (*by_purpose["edituri"], *by_purpose["https://api.w.org/"])
    document.hints, document.styles = tuple(by_purpose["hints"]), tuple(styles)
    document.feeds, document.alternates = tuple(feeds.values()), tuple(alternates)


def _by_host(links: Sequence[Link]) -> dict[str, list[int]]:
    """Return the places of the links on each host."""
    places: dict[str, list[int]] = {}
    same, of_same = "\0", list[int]()
    for place, link in enumerate(links):
        url = link.url
        # Most links lead where the one before them does.
        if not url.startswith(same):
            # A resolved address has its host in one form, which needs no pattern to be found.
            scheme, _, host, *_ = url.split("/", 3)
            same = f"{scheme}//{host}/"
            host = host if "@" not in host and host.isascii() else authority_of(url)
            of_same = places.setdefault(host, [])
        of_same.append(place)
    return places


def _inner(document: Document) -> tuple[bool, ...]:
    """Tell of each link whether it leads to the site of the page."""
    own = registrable(host_of(document.url))
    inner = set(document.links_on(lambda host: registrable(host.removeprefix("www.")) == own))
    return tuple(map(inner.__contains__, range(len(document.links))))


def _add_linked_feeds(document: Document) -> None:
    """Add the feeds that only links in the text name to those of the head."""
    known = {feed.url for feed in document.feeds}
    linked = linked_feeds(document)
    document.feeds += tuple(feed for feed in linked if feed.url not in known)


def _purpose_of(rel: list[str]) -> str:
    """Return what an address of the head is for: one of `_RELATIONS`, or "hints".

    Empty where it does not matter.
    """
    for word in _RELATIONS:
        if word in rel:
            return word
    return "hints" if _HINTS.intersection(rel) else ""


def _sort_alternate(
    attributes: Mapping[str, str | None],
    url: str,
    feeds: dict[str, FeedLink],
    alternates: list[tuple[str, str]],
) -> None:
    """Add an alternate of the page to the feeds, or to the pages in other languages."""
    title = clean(attributes.get("title") or "", 200)
    is_feed = names_feed(attributes.get("type"), url, title)
    if is_feed or "feed" in (attributes.get("rel") or "").lower().split():
        feeds[url] = FeedLink(url=url, title=title)
    elif attributes.get("hreflang"):
        alternates.append(((attributes.get("hreflang") or "").lower(), url))


def _read_scripts(document: Document) -> None:
    """Read scripts, frames and JSON-LD into the document.

    Scripts with an address, with text, with data (JSON-LD) and those that wait for consent apart.
    """
    scripts: list[str] = []
    gated: list[str] = []
    inline: list[str] = []
    data: list[str] = []
    for node in document.elements("script"):
        attributes = node.attributes
        kind = (attributes.get("type") or "").lower()
        source = attributes.get("src") or attributes.get("data-src")
        if source:
            url = join(document.base, source) if len(scripts) < MAX_FILES else None
            if url is not None:
                (gated if _waits_for_consent(kind) else scripts).append(url)
        elif text := node.text(deep=True):
            if _waits_for_consent(kind):
                # What a waiting loader would fetch is named by the addresses in its text.
                gated += [f"https:{address}" for address in _ADDRESS.findall(text[:_MAX_LOADER])]
            else:
                (data if "ld+json" in kind else inline).append(text)
    document.scripts, document.inline = tuple(scripts), tuple(inline)
    _read_frames(document, gated)
    document.gated, document.jsonld = tuple(gated[:MAX_FILES]), read_jsonld(data)
    document.described = descriptions(document.jsonld, document.url)
    document.written = read_written(document.inline, document.jsonld)


def _waits_for_consent(kind: str) -> bool:
    """Tell whether a script's type keeps a browser from running it until a visitor agrees.

    Consent managers write `text/plain`, or a name of their own, such as `acme/javascript` or
    `script/acme`; `text/partytown` runs in a worker.
    """
    if kind == "text/plain":
        return True
    name, slash, _ = kind.partition("/")
    return bool(slash) and "script" in kind and name not in ("text", "application")


def _read_frames(document: Document, gated: list[str]) -> None:
    """Read frames by their address; add those that wait for consent to `gated`.

    Their address waits in an attribute of the consent manager.
    """
    frames: list[str] = []
    visible: list[str] = []
    for node in document.elements("iframe", "embed", "frame", "amp-iframe")[:MAX_FILES]:
        attributes = node.attributes
        source = attributes.get("src") or ""
        # Frames that load late have about:blank or an empty picture until a reader scrolls there.
        if not source or source.startswith(("about:", "data:")):
            source = attributes.get("data-src") or attributes.get("data-lazy-src") or ""
        held = next(
            (attributes.get(name) or "" for name in _CONSENT_SOURCES if name in attributes), ""
        )
        if held and (url := join(document.base, held)) is not None:
            gated.append(url)
        elif source and (url := join(document.base, source)) is not None:
            frames.append(url)
            words = ((attributes.get(name) or "")[:100] for name in _FRAME_WORDS)
            document.frame_words.setdefault(url, " ".join(words))
            if document.visible(node):
                visible.append(url)
    document.frames, document.shown = tuple(frames), frozenset(visible)


def _read_site_name(document: Document) -> None:
    """Read the site's name for itself from its metas, else from JSON-LD, into the document."""
    name = document.meta("og:site_name", "application-name", "apple-mobile-web-app-title")
    for each in document.described:
        kinds = " ".join(types(each.thing))
        if name:
            break
        if each.whose is Whose.OPEN and any(kind in kinds for kind in NAMED):
            name = each.name
    document.site_name = clean(name, 120)


def _measure_text(document: Document) -> None:
    """Measure how much a reader sees, and tell whether scripts are still to draw the page.

    The text is measured closely only where links are few; else the words of the links are enough.
    """
    if len(document.links) > _FEW_LINKS:
        document.text_length = sum([len(link.text) for link in document.links])
        return
    body = document.tree.body
    length = letters_of(body) if body is not None else 0
    # A template waits for a script to show it, but for one that makes a shadow tree at once.
    for template in document.tree.css(f"{TEMPLATE}:not([shadowrootmode])")[:_MAX_ROOTS]:
        length -= letters_of(template)
    document.text_length = max(length, 0)
    scripted = bool(document.scripts) or bool(document.inline)
    little = document.text_length < _LITTLE_TEXT
    document.shell = scripted and little and _waits_for_scripts(document)


def _waits_for_scripts(document: Document) -> bool:
    """Tell whether scripts are to draw the page: an empty root, or a plea for JavaScript."""
    words = document.words
    for root in document.tree.css(_SCRIPT_ROOTS)[:_MAX_ROOTS]:
        if len(words.of(root)) < _LITTLE_TEXT:
            return True
    pleas = (words.raw(node, 20_000).lower() for node in document.tree.css("noscript")[:_MAX_ROOTS])
    return any("javascript" in plea for plea in pleas)


def _language_of(tag: str) -> str:
    """Return the language of a tag such as `de-CH` or `de_CH, en`; empty where it is none."""
    first = tag.strip().lower().replace("_", "-").partition("-")[0].partition(",")[0]
    return first if first.isalpha() and 2 <= len(first) <= 3 else ""
