"""Find the addresses that inline scripts and page data name: of scripts to load, of frames."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

from scrapers.parse.jsonld import Thing, texts
from scrapers.parse.remembered import remembered
from scrapers.parse.text import holds

MAX_LOADERS = 600_000
"""Characters of the beginnings of a page's inline scripts."""

MAX_WRITTEN = 2_000_000
"""Characters of a page's inline scripts that are looked through to their ends."""

_REPEATED = 20_000
"""Characters of a script that is remembered for the next page."""

MAX_ADDRESSES = 2_000
MAX_SETTINGS = 100
"""A script with more addresses lists what others have, as all vendors that a visitor may refuse."""

LOADER = 3_000
"""A vendor's loader mostly stands at the beginning of a script; every address there counts."""

_HOST = r"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,8}"
_PATH = r"(?:/[\w.~%@!+-]{0,200}){0,8}"
_EVERY = re.compile(rf"//({_HOST}(?:/[\w.~%-]+){{0,6}})")
"""An address in a script, with the first parts of its path."""

_ADDRESS = re.compile(
    rf"""//(?:["'`]\s{{0,3}}\)?\s{{0,3}}\+\s{{0,3}}["'`])?({_HOST}{_PATH})(?=["'`?#\\])"""
)
"""An address up to the quote behind it, its scheme perhaps added: `"https://") + "a.example/x"`."""

_ESCAPED = "\\/"
"""A slash as JSON may write it; JSON within JSON writes it with more backslashes."""

_NESTED = 4

_QUOTES = ('"', "'", "`")
_BEFORE = 120
"""Characters before an address that tell what it is for."""

_SCRIPT_FILE = re.compile(r"\.m?js$", re.I)
_OTHER_FILE = re.compile(
    r"\.(?:avif|bmp|css|csv|gif|html?|ico|jpe?g|json|m3u8|m4a|mov|mp[34]|ogg|pdf|png|svg|txt|webm"
    r"|webp|woff2?|xml|zip)$",
    re.I,
)
_SOURCE = re.compile(r"""\bsrc["'\\\]]{0,4}\s{0,3}[:=,]\s{0,3}\\?[^"'`:,;]{0,60}$""")
"""What stands before the address of a source: `.src = `, `"src":"`, `setAttribute('src', `."""

_FRAME = re.compile(
    r"""(?:(?:embed|iframe|player)[\w-]{0,30}["'\\]{0,4}\s{0,3}[:=]\s{0,3}\\?"""
    r"""|<iframe[^<>]{0,90}\ssrc=\\?)$""",
    re.I,
)
_FRAME_WORDS = ("embed", "iframe", "player")
"""What stands before the address of a frame: `"embedUrl":`, `iframeSrc = `, `<iframe src=`."""

_MAKES_SCRIPT = (
    re.compile(r"""createElement\(\s?["'](?i:script)["']"""),
    re.compile(r"""document,(?<!\wdocument,)\s?["'](?i:script)["']"""),
)
"""How a script makes another; short loaders are handed the word (`(window,document,"script")`)."""


@dataclass(frozen=True, slots=True)
class Written:
    """Addresses in the inline scripts and the data of a page.

    `sources` are those of anything that a script gives a source, `scripts` those of them that are
    surely scripts, `frames` those that data or code call a player, an embed or a frame, `settings`
    all others, but for those of long lists.
    """

    sources: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()


def loaders(inline: Iterable[str]) -> str:
    """Return the beginnings of a page's inline scripts, where loaders and settings stand."""
    return "\n".join(script[:LOADER] for script in inline)[:MAX_LOADERS]


def every_address(text: str) -> Iterator[str]:
    """Yield every address in a script, whatever it is for."""
    yield from (f"https://{address}" for address in _EVERY.findall(_plain(text)))


def _plain(text: str) -> str:
    """Return a script with its slashes as they are meant."""
    for _ in range(_NESTED):
        if _ESCAPED not in text:
            break
        text = text.replace(_ESCAPED, "/")
    return text


def read_written(inline: Sequence[str], jsonld: Sequence[Thing]) -> Written:
    """Return the addresses that inline scripts and data name as sources and as frames."""
    found = [Written(frames=tuple(_embed_urls(jsonld)))]
    left = MAX_WRITTEN
    for script in inline:
        text = script[:left]
        left -= len(text)
        found.append(_read_again(text) if len(text) <= _REPEATED else _read(text))
    return Written(
        sources=_once(each.sources for each in found),
        scripts=_once(each.scripts for each in found),
        frames=_once(each.frames for each in found),
        settings=_once(each.settings for each in found),
    )


def _once(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the addresses of several lists, each once."""
    return tuple(dict.fromkeys(chain.from_iterable(lists)))


def _read(script: str) -> Written:
    """Return the addresses that one script names."""
    written = _Written()
    written.read(_plain(script))
    return Written(
        sources=tuple(written.sources),
        scripts=tuple(written.scripts),
        frames=tuple(written.frames),
        settings=tuple(written.settings),
    )


_read_again = remembered(256)(_read)
"""The same for a script that may stand on each page of a site: three quarters of them do."""


@dataclass(slots=True)
class _Written:
    """The same while it is still being collected, each address once."""

    frames: dict[str, None] = field(default_factory=dict)
    sources: dict[str, None] = field(default_factory=dict)
    scripts: dict[str, None] = field(default_factory=dict)
    settings: dict[str, None] = field(default_factory=dict)

    def read(self, text: str) -> None:
        """Sort the addresses of one script by what it does with them."""
        others: list[str] = []
        loaded: list[str] = []
        for url, before in _quoted(text):
            # A quick look: patterns that end with the end of a text begin at each of its letters.
            if holds(before.lower(), _FRAME_WORDS) and _FRAME.search(before):
                self.frames[url] = None
            elif url[-3:].lower() == ".js" or _SCRIPT_FILE.search(url):
                self.sources[url] = self.scripts[url] = None
            elif "src" in before and _SOURCE.search(before) and not _OTHER_FILE.search(url):
                self.sources[url] = None
                loaded.append(url)
            else:
                others.append(url)
        if loaded and any(pattern.search(text) for pattern in _MAKES_SCRIPT):
            self.scripts |= dict.fromkeys(loaded)
        if len(others) <= MAX_SETTINGS:
            self.settings |= dict.fromkeys(others)


def _quoted(text: str) -> Iterator[tuple[str, str]]:
    """Yield the addresses that stand in quotes, each with what stands before it."""
    for count, match in enumerate(_ADDRESS.finditer(text)):
        if count >= MAX_ADDRESSES:
            return
        start = match.start()
        before = text[max(0, start - _BEFORE) : start].removesuffix(":").removesuffix("s")
        before = before.removesuffix("http")
        if before.endswith(_QUOTES):
            yield f"https://{match[1]}", before[:-1]


def _embed_urls(jsonld: Iterable[Thing]) -> Iterator[str]:
    """Yield the addresses of players in JSON-LD (https://schema.org/embedUrl)."""
    for thing in jsonld:
        for url in texts(thing.get("embedUrl")):
            if url.startswith(("http://", "https://")):
                yield url
