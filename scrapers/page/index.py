"""All feature rules, arranged by the place that each looks at; their number hardly costs."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from audit.model.catalogue import FeatureRule, Strength
from audit.model.site import TECHNICAL
from scrapers.page.domains import EMBEDDED, domain_of, own_domains, plain_host
from scrapers.parse.remembered import remembered
from scrapers.parse.urls import authority_of

MAX_HOSTS = 100_000
_SIMPLE = re.compile(r"\.[\w-]+|#[\w-]+|\[data-[a-z0-9-]+\]")
"""A selector of one class, id or data attribute, which a look at the page's names decides."""

_ELEMENT = re.compile(r"data-[a-z0-9-]+$|[a-z]+:[a-z0-9-]+$")
"""The name of a data attribute, or of an element with a colon, as `names_in` finds them."""

_ADDRESSED = re.compile(r"(?:^|\s)(?:a|script)(?:\[(?:href|src)[*^$]?=\"[^\"]*\"\])+$")
"""A selector of links or scripts by nothing but their address."""

_BEGINS = re.compile(r'\[class\^="([\w-]+)"\]')
_WORD = re.compile(rb"[A-Za-z]{4,}")
"""Literals are looked up by one of their words, so that their number hardly matters."""

_INNER_WORD = re.compile(rb"(?<=[^A-Za-z])[A-Za-z]{2,}(?=[^A-Za-z])")
"""A word that does not touch the ends of a literal, so that a text which holds it has it whole."""

_LETTERS = bytes(code if chr(code).isascii() and chr(code).isalpha() else 32 for code in range(256))
"""What becomes of each byte of a text of which only the words of ASCII letters are wanted."""

_REPEATED = 50_000
"""Characters of a text that is remembered for the next page."""

_USUAL = frozenset(
    word.encode()
    for word in (
        *("analytics", "async", "config", "create", "data", "document", "facebook", "function"),
        *("getElementById", "global", "google", "init", "initialize", "load", "login", "name"),
        *("options", "page", "push", "ready", "search", "settings", "script", "start", "static"),
        *("theme", "user", "widget", "window", "true", "false", "http", "https"),
    )
)
"""Words that stand in most scripts."""

_FEW = 3
"""Letters by which beginnings of names are filed."""

_MEASURING = frozenset(
    {
        *("ads", "analytics", "beacon", "collect", "collector", "log", "logs", "metrics"),
        *("pixel", "stats", "telemetry", "track", "tracker", "tracking"),
    }
)
"""Parts of a host's name by which it counts visitors."""

_END = "$"
"""As a path: the host alone, such as in a preconnect."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One fingerprint of a rule: the place it is looked for in, and its value."""

    rule: FeatureRule
    place: str
    value: str


class Hosts:
    """Marks by host suffix and path prefix, for one place such as script sources."""

    def __init__(self) -> None:
        """Begin empty; `add` fills it."""
        self._marks: dict[str, list[tuple[str, Mark]]] = {}
        self._known: dict[str, list[tuple[str, Mark]]] = {}

    def add(self, mark: Mark) -> None:
        """Take a value such as `widget.example.com/path`; `/$` is the host without a path."""
        host, _, path = mark.value.lower().partition("/")
        self._marks.setdefault(host, []).append((path.rstrip("/"), mark))

    def find(self, url: str, host: str = "") -> Iterator[Mark]:
        """Yield all marks that an address falls under: those of its host and path, or of above.

        Another `host` may stand in place of its own.
        """
        pairs = self.of_host(host or _host(url))
        if not pairs:
            return iter(())
        # With the end marked, the prefix `$` of a rule for `host/$` fits an empty path alone.
        rest = _rest(url) + _END
        return (mark for prefix, mark in pairs if not prefix or rest.startswith(prefix))

    def of_host(self, host: str) -> list[tuple[str, Mark]]:
        """Return the marks of a host and of every suffix of it, each with its path."""
        known = self._known.get(host)
        if known is None:
            labels = host.split(".")
            suffixes = (".".join(labels[start:]) for start in range(len(labels)))
            known = [pair for suffix in suffixes for pair in self._marks.get(suffix, ())]
            if len(self._known) < MAX_HOSTS:
                self._known[host] = known
        return known


class Literals:
    """Marks by a literal text, found through the word of it that fewest others hold."""

    def __init__(self) -> None:
        """Begin empty."""
        self._all: list[Mark] = []
        self._marks: dict[bytes, list[tuple[Mark, frozenset[bytes]]]] = {}
        self._words: frozenset[bytes] = frozenset()
        # Of every second page of a site all scripts are those of the page before it.
        self._found_again = remembered(32)(self._found)

    def add(self, mark: Mark) -> None:
        """Take a value; one without a word of four letters is looked for on every page."""
        self._all.append(mark)
        self._found_again.cache_clear()
        # Which word is the rarest depends on all marks: they are filed at the next search.
        self._marks = {}

    def find(self, text: str) -> tuple[tuple[Mark, int], ...]:
        """Return all marks whose value stands in a text, and at which character.

        Only values are looked for whose rarest word is a word of the text, so that a value which
        ends within a longer word may be missed.
        """
        return (self._found_again if len(text) <= _REPEATED else self._found)(text)

    def _found(self, text: str) -> tuple[tuple[Mark, int], ...]:
        """Return the same, looked for anew."""
        marks = self._marks or self._by_word()
        # As bytes, the words of long scripts are found several times as fast as by a pattern.
        known = text.encode(errors="replace").translate(_LETTERS).split()
        words = {b"", *self._words.intersection(known)}
        likely = (pair for word in sorted(words & marks.keys()) for pair in marks[word])
        places = ((mark, text.find(mark.value)) for mark, inner in likely if inner <= words)
        return tuple((mark, at) for mark, at in places if at >= 0)

    def _by_word(self) -> dict[bytes, list[tuple[Mark, frozenset[bytes]]]]:
        """Return the marks by their rarest word, or by "" where they have none, and keep that.

        Each comes with the words that stand whole within it, and so in every text that holds it.
        """
        words_of = [_WORD.findall(mark.value.encode()) for mark in self._all]
        common = Counter(word for words in words_of for word in set(words))
        by_word: dict[bytes, list[tuple[Mark, frozenset[bytes]]]] = defaultdict(list)
        for mark, words in zip(self._all, words_of, strict=True):
            rarest = min(
                words,
                key=lambda word: (word in _USUAL, common[word], -len(word), word),
                default=b"",
            )
            inner = frozenset(_INNER_WORD.findall(mark.value.encode()))
            by_word[rarest].append((mark, inner))
        self._marks = dict(by_word)
        held = (inner for pairs in by_word.values() for _, inner in pairs)
        self._words = frozenset(by_word).union(*held)
        return self._marks


class Names:
    """Marks by the class, id or `data-` name of an element, or by how a name begins."""

    def __init__(self) -> None:
        """Begin empty."""
        self._exact: dict[str, list[Mark]] = defaultdict(list)
        self._begin: dict[str, list[tuple[str, Mark]]] = defaultdict(list)
        self._others: dict[str, list[Mark]] = defaultdict(list)
        """Other selectors by a name or a text without which they cannot match."""
        self._addressed: dict[str, list[Mark]] = defaultdict(list)
        """Those of links and scripts by a part of the address that they want."""

    def add(self, mark: Mark) -> None:
        """Take a CSS selector: of one name, of a name's beginning, or any other."""
        simple, begins = _SIMPLE.fullmatch(mark.value), _BEGINS.fullmatch(mark.value)
        if simple is not None:
            self._exact[simple.group().strip(".#[]")].append(mark)
        elif begins is not None:
            beginning = begins.group(1)
            self._begin[beginning[:_FEW]].append((beginning, mark))
        else:
            # An element's name with a colon (`<fb:like>`) is rarer than each of its parts.
            words = re.findall(r"[\w-]{2,}\\:[\w-]+|[\w-]{3,}", mark.value)
            addresses = re.findall(r'="([^"]*/[^"]*)"', mark.value)
            longest = max(addresses or words, key=len, default="").replace("\\", "")
            addressed = addresses and _ADDRESSED.search(mark.value) is not None
            (self._addressed if addressed else self._others)[longest].append(mark)

    def find(self, names: frozenset[str]) -> Iterator[tuple[Mark, str]]:
        """Yield all marks that may match where these names occur, each with the name.

        A name is also met with a number behind it. The caller asks the tree.
        """
        for name in sorted(names & self._exact.keys()):
            yield from ((mark, name) for mark in self._exact[name])
        for name in sorted(name for name in names if name[-1:].isdigit()):
            yield from ((mark, name) for mark in self._exact.get(_without_number(name), ()))
        near = [name for name in names if name[:_FEW] in self._begin]
        for name in sorted(near):
            for beginning, mark in self._begin[name[:_FEW]]:
                if name.startswith(beginning):
                    yield mark, name

    def others(self, names: frozenset[str], source: str, addresses: str) -> Iterator[Mark]:
        """Yield the marks by other selectors that may match a page of this source.

        A name that the page's elements would have is quicker looked up than looked for, and the
        `addresses` of its links and scripts in one text are quicker looked through than all of it.
        """
        for text, marks in self._addressed.items():
            if text in addresses:
                yield from marks
        for text, marks in self._others.items():
            if text in (names if _ELEMENT.match(text) is not None else source):
                yield from marks


class SignalIndex:
    """The feature rules, by the place that each looks at.

    `meta` and `headers` map a name in lower case to the beginnings of its content that count.
    `carriers` are domains that deliver the files of whoever pays them, `hosted` those on which
    everybody has a subdomain of one's own.
    """

    def __init__(
        self,
        rules: Iterable[FeatureRule],
        shared: frozenset[str] = frozenset(),
        carriers: frozenset[str] = frozenset(),
        hosted: frozenset[str] = frozenset(),
    ) -> None:
        """Compile the rules; the cost of a page hardly grows with their number.

        `shared` are domains on which many have hosts, so that one host says nothing of another.
        """
        self.carriers, self.hosted = carriers, hosted
        listed = tuple(rules)
        self._own, self._shared = own_domains(listed, shared), shared
        self._domains, self._variants = Hosts(), Hosts()
        self.scripts, self.frames, self.links, self.forms = Hosts(), Hosts(), Hosts(), Hosts()
        self.paths, self.inline, self.names = Literals(), Literals(), Names()
        self.meta: dict[str, list[tuple[str, Mark]]] = defaultdict(list)
        self.headers: dict[str, list[tuple[str, Mark]]] = defaultdict(list)
        for rule in listed:
            self._add(rule)
            if rule.strength is Strength.STRONG:
                self._add_domains(rule)
        # The scripts of a site stand on each of its pages, and several readers ask for each.
        self.loaded = remembered(8_192)(self._loaded)

    def leads_on(self, host: str) -> bool:
        """Tell whether there are marks of links to a host, given with its port."""
        return bool(self.links.of_host(host.partition(":")[0]))

    def _loaded(self, url: str, hosts: Hosts) -> tuple[Mark, ...]:
        """Return the marks of an address that a page loads or sends to.

        Those of its place, of its vendor's own domain, and of the same host with another number or
        region. A host that only measures stands for none of a vendor's other products.
        """
        host = _host(url)
        plain = plain_host(host)
        marks = {mark.rule.id: mark for mark in hosts.find(url, host)}
        # Most hosts are those of the site itself, which no rule knows.
        if not self._domains.of_host(host) and not self._variants.of_host(plain):
            return tuple(marks.values())
        measures = not _MEASURING.isdisjoint(host.rpartition(".")[0].replace("-", ".").split("."))
        for mark in (*self._domains.find(url, host), *self._variants.find(url, plain)):
            if not measures or mark.rule.feature in TECHNICAL:
                marks.setdefault(mark.rule.id, mark)
        return tuple(marks.values())

    def hinted(self, url: str) -> Iterator[Mark]:
        """Yield the marks of a vendor's own domain that want a path, of an address without one.

        One for each product, however many of its marks want a path: it is one reason.
        """
        if not _rest(url):
            marks = (
                mark
                for prefix, mark in self._domains.of_host(_host(url))
                if prefix not in ("", _END)
            )
            yield from {(mark.rule.feature, mark.rule.vendor): mark for mark in marks}.values()

    def _add_domains(self, rule: FeatureRule) -> None:
        """File the addresses of a strong rule under their domain, or under their plain host."""
        for place in EMBEDDED:
            for value in getattr(rule, place):
                host, _, path = value.lower().partition("/")
                domain = domain_of(value)
                if domain in self._own:
                    self._domains.add(Mark(rule, place, f"{domain}/{path}"))
                elif domain not in self._shared:
                    self._variants.add(Mark(rule, place, f"{plain_host(host)}/{path}"))

    def _add(self, rule: FeatureRule) -> None:
        """File the marks of a rule; one for a cookie is looked for in the header that sets it."""
        places: Mapping[str, Hosts | Literals | Names] = {
            "script": self.scripts,
            "frame": self.frames,
            "link": self.links,
            "form": self.forms,
            "path": self.paths,
            "inline": self.inline,
            "css": self.names,
        }
        for place, index in places.items():
            for value in getattr(rule, place):
                index.add(Mark(rule, place, value))
        for place, by_name in (("meta", self.meta), ("header", self.headers)):
            for value in getattr(rule, place):
                name, _, beginning = value.partition("=")
                mark = Mark(rule, place, value)
                by_name[name.strip().lower()].append((beginning.strip().lower(), mark))
        for name in rule.cookie:
            mark = Mark(rule, "cookie", name)
            self.headers["set-cookie"].append((name.strip().lower(), mark))


def by_prefix(
    marks: Mapping[str, list[tuple[str, Mark]]], name: str, content: str
) -> Iterator[Mark]:
    """Yield the marks of a name whose value a content begins with, in upper or lower case."""
    lowered = content.lower()
    for beginning, mark in marks.get(name, ()):
        if lowered.startswith(beginning):
            yield mark


def _without_number(name: str) -> str:
    """Return `acme-feed` of `acme-feed-1`; of a single word nothing, as that is anybody's."""
    before = name.rstrip("0123456789")
    stem = before[:-1] if before[-1:] in ("-", "_") else ""
    return stem if "-" in stem or "_" in stem else ""


def _host(url: str) -> str:
    """Return the host of an address without its port, in small letters."""
    return authority_of(url).partition(":")[0]


def _rest(url: str) -> str:
    """Return what follows the host of an address: path and query, in lower case."""
    return url.partition("://")[2].partition("/")[2].lower()
