"""Match a page against all feature rules at once: by host, by one CSS query, by literals."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from selectolax.lexbor import LexborNode

from audit.model.catalogue import Direction, FeatureRule, Strength
from audit.model.value import Evidence
from audit.model.web import Signal
from scrapers.parse.html import Document
from scrapers.parse.text import clean
from scrapers.parse.urls import authority_of, segments

_EXCERPT = 200
_SIMPLE = re.compile(r"\.[\w-]+|#[\w-]+|\[data-[a-z0-9-]+\]")
_NAMES = tuple(
    (mark, re.compile(f"{mark}([^{mark[-1]}]*)")) for mark in ('class="', 'id="', "class='", "id='")
)
_DATA = re.compile(r"data-[a-z0-9-]+")
_WORD = re.compile(r"[A-Za-z_$][\w$]{2,}")
"""Literals are looked up by their longest word, so that their number hardly matters."""

_LOADED = re.compile(
    r"""["'](?:https?:)?\\?/\\?/([a-z0-9-]+(?:\.[a-z0-9-]+)+(?:\\?/[\w.~%-]+){0,6})"""
)
MAX_HOSTS = 100_000
LOADER = 10_000
"""A vendor's loader stands at the beginning of a script; what follows is the page's own data."""
Hit = tuple[FeatureRule, str, str]
"""A rule, the address it points at (or ""), and what was seen."""


class _Hosts:
    """Rules by host suffix and path prefix, for one place such as script sources."""

    def __init__(self) -> None:
        self._rules: dict[str, list[tuple[str, FeatureRule]]] = {}
        self._known: dict[str, list[tuple[str, FeatureRule]]] = {}

    def add(self, place: str, rule: FeatureRule) -> None:
        """Take a place such as `widget.example.com/path`; a leading dot is not needed."""
        host, _, path = place.lower().partition("/")
        self._rules.setdefault(host, []).append((path.rstrip("/"), rule))

    def find(self, url: str) -> Iterator[FeatureRule]:
        """All rules that an address falls under."""
        for prefix, rule in self._of_host(authority_of(url).partition(":")[0]):
            if not prefix or "/".join(segments(url)).lower().startswith(prefix):
                yield rule

    def _of_host(self, host: str) -> list[tuple[str, FeatureRule]]:
        """The rules of a host and of every suffix of it, looked up once."""
        known = self._known.get(host)
        if known is None:
            labels = host.split(".")
            suffixes = (".".join(labels[start:]) for start in range(len(labels)))
            known = [pair for suffix in suffixes for pair in self._rules.get(suffix, ())]
            if len(self._known) < MAX_HOSTS:
                self._known[host] = known
        return known


class SignalIndex:
    """The feature rules, by the place that each looks at."""

    def __init__(self, rules: Iterable[FeatureRule]) -> None:
        """Compile the rules; the cost of a page hardly grows with their number."""
        self.scripts, self.frames, self.links, self.forms = _Hosts(), _Hosts(), _Hosts(), _Hosts()
        self.paths: dict[str, list[FeatureRule]] = defaultdict(list)
        self.named: dict[str, list[tuple[str, FeatureRule]]] = defaultdict(list)
        self.selectors: list[tuple[str, FeatureRule]] = []
        self.meta: dict[str, list[tuple[str, FeatureRule]]] = defaultdict(list)
        self.words: dict[str, list[tuple[str, FeatureRule]]] = defaultdict(list)
        self.headers: list[tuple[str, str, FeatureRule]] = []
        for rule in rules:
            self._add(rule)

    def _add(self, rule: FeatureRule) -> None:
        places = (rule.script, rule.frame, rule.link, rule.form)
        hosts = (self.scripts, self.frames, self.links, self.forms)
        for index, named in zip(hosts, places, strict=True):
            for place in named:
                if place.startswith("/"):
                    self.paths[place.lower()].append(rule)
                else:
                    index.add(place, rule)
        self._add_selectors(rule)
        for place in rule.meta:
            name, _, value = place.partition("=")
            self.meta[name.strip().lower()].append((value.strip().lower(), rule))
        for literal in rule.inline:
            word = max(_WORD.findall(literal), key=len, default="")
            self.words[word].append((literal, rule))
        for place in rule.header:
            name, _, value = place.partition("=")
            self.headers.append((name.strip().lower(), value.strip().lower(), rule))
        cookies = (f"{name.strip().lower()}=" for name in rule.cookie)
        self.headers += [("set-cookie", cookie, rule) for cookie in cookies]

    def _add_selectors(self, rule: FeatureRule) -> None:
        for selector in rule.css:
            simple = _SIMPLE.fullmatch(selector)
            if simple is None:
                self.selectors.append((selector, rule))
            else:
                self.named[simple.group().strip(".#[]")].append((selector, rule))


def signals(document: Document, index: SignalIndex) -> tuple[Signal, ...]:
    """All rules that fire on a page, each once, with what was seen."""
    found: dict[str, Signal] = {}
    for rule, url, seen in _hits(document, index):
        if rule.id not in found:
            found[rule.id] = Signal(
                rule=rule.id,
                feature=rule.feature,
                vendor=rule.vendor,
                strong=rule.strength is Strength.STRONG,
                supplies=rule.direction is Direction.SUPPLIES,
                url=url,
                evidence=Evidence(
                    url=document.url,
                    fetched_at=document.page.fetched_at,
                    rule=rule.id,
                    excerpt=clean(seen, _EXCERPT),
                    record=document.page.record,
                ),
            )
    return tuple(found.values())


def _hits(document: Document, index: SignalIndex) -> Iterator[Hit]:
    yield from _by_address(document, index)
    yield from _by_css(document, index)
    yield from _by_meta(document, index)
    yield from _by_inline(document, index)
    for name, value, rule in index.headers:
        said = document.page.header(name)
        if said and value in said.lower():
            yield rule, "", f"{name}: {said}"


def _by_meta(document: Document, index: SignalIndex) -> Iterator[Hit]:
    for name, wanted in index.meta.items():
        for content in document.metas.get(name, ()):
            for value, rule in wanted:
                if content.lower().startswith(value):
                    yield rule, "", f"{name}={content}"


def _by_inline(document: Document, index: SignalIndex) -> Iterator[Hit]:
    """Loaders in inline scripts: the addresses that they load from, and literals of vendors."""
    text = "\n".join(script[:LOADER] for script in document.inline)
    for named in dict.fromkeys(_LOADED.findall(text)):
        url = f"https://{named}".replace("\\/", "/")
        for rule in index.scripts.find(url):
            yield rule, url, url
    words = index.words.keys() & set(_WORD.findall(text))
    for literal, rule in (pair for word in sorted(words) for pair in index.words[word]):
        at = text.find(literal)
        if at >= 0:
            yield rule, "", text[max(0, at - 20) : at + 120]


def _by_address(document: Document, index: SignalIndex) -> Iterator[Hit]:
    places = (
        (document.scripts, index.scripts),
        (document.frames, index.frames),
        ([form.action for form in document.forms if form.action], index.forms),
        ({link.url: None for link in document.links}, index.links),
    )
    for urls, hosts in places:
        for url in urls:
            for rule in hosts.find(url):
                yield rule, url, url
    for url in document.scripts:
        lowered = url.lower()
        for path, rules in index.paths.items():
            if path in lowered:
                yield from ((rule, url, url) for rule in rules)


def _by_css(document: Document, index: SignalIndex) -> Iterator[Hit]:
    """Selectors of one class, id or attribute are asked for only where the name occurs."""
    names = set(_DATA.findall(document.source))
    for mark, pattern in _NAMES:
        for said in set(pattern.findall(document.source) if mark in document.source else ()):
            names.update(said.split())
    wanted = [pair for name in sorted(names & index.named.keys()) for pair in index.named[name]]
    for selector, rule in (*wanted, *index.selectors):
        node = document.tree.css_first(selector)
        if node is not None:
            yield rule, "", _tag(node)


def _tag(node: LexborNode) -> str:
    said = " ".join(
        f'{name}="{value}"' if value else name for name, value in node.attributes.items()
    )
    return f"<{node.tag} {said}>" if said else f"<{node.tag}>"
