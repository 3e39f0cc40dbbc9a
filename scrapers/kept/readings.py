"""Keep what was read of a company's pages, so that the same bytes are not read twice.

The file holds what the last visit read, a line an entry: the key, a space, the packed reading in
Base64. A damaged line costs itself. It is worth nothing beyond the time that it saves: without it
the next visit reads everything and comes to the same.
"""

import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import sha256
from itertools import islice
from pathlib import Path

from audit.model.exchange import Page, Request
from audit.model.facts import DataPage, FeedPage, PageFacts, SitemapPage, SourceFacts
from scrapers.kept.codec import UnfitError, packed, unpacked

KeptReading = PageFacts | FeedPage | SitemapPage | SourceFacts | DataPage
"""What may be kept; a failure is cheap to come to again."""

MOST_BYTES = 8 * 1024 * 1024
"""What is kept of one company; forty pages of the usual kind take 0.3 MB."""

MOST_LINES = 2_000
ENTRY_BYTES = 1024 * 1024
"""What one entry may come to when it is unpacked, in the thread that everybody waits for.

The largest of 100 real pages comes to a fifth of that; what is larger is read again in a worker.
"""

OF_THE_MOMENT = frozenset(
    {"age", "cf-ray", "connection", "content-length", "date", "etag", "expires", "keep-alive"}
    | {"last-modified", "transfer-encoding", "x-request-id", "x-runtime", "x-timer"}
)
"""Headers whose values are others with each answer and say nothing of the page."""


class Readings:
    """The readings of one company: those of the visit before, and those of this one.

    Without a `stamp` nothing is kept and nothing found. The stamp is another one whenever rules
    or readers are (`stamp.py`).
    """

    def __init__(self, stamp: str = "", earlier: Iterable[bytes] = ()) -> None:
        """Begin with the lines of the visit before."""
        self._stamp = stamp
        self._earlier = dict(_entries(earlier)) if stamp else {}
        self._used: dict[bytes, bytes] = {}
        self._room = MOST_BYTES

    def key(self, page: Page, request: Request, matter: frozenset[str] = frozenset()) -> str:
        """Return the key of a reading: a digest of all that it depends on; "" if none is kept.

        That is the body, its addresses and headers, how it was asked for, what a person points at
        on it, the rules and the readers. `matter` are the headers that rules look at. The time
        counts where it decides something; such a reading is not kept at all (`parse/moment.py`).
        """
        if not self._stamp:
            return ""
        about = (
            self._stamp,
            (page.url, page.requested_url, page.truncated, page.drawn, page.requests),
            sorted(_telling(page, matter)),
            (request.kind, request.url, request.why, request.depth, request.source),
            (request.section, request.figures),
        )
        digest = sha256(repr(about).encode("utf-8", "backslashreplace"))
        digest.update(page.body)
        return digest.hexdigest()

    def find(self, key: str, page: Page) -> KeptReading | None:
        """Return what the same bytes said before, with the time and record of this page.

        None where that is not known, or damaged: then the page is to be read.
        """
        entry = self._earlier.get(key.encode())
        if entry is None:
            return None
        try:
            unpacker = zlib.decompressobj()
            text = unpacker.decompress(b64decode(entry, validate=True), ENTRY_BYTES)
            reading = unpacked(text, page) if unpacker.eof else None
        except (ValueError, zlib.error):
            return None
        if not isinstance(reading, KeptReading):
            return None
        self._keep(key.encode(), entry)
        return reading

    def keep(self, key: str, entry: bytes) -> None:
        """Keep what a worker has packed, while there is room."""
        if key and entry:
            self._keep(key.encode(), entry)

    def save(self, path: Path) -> None:
        """Write what this visit used in place of what the visit before did; whole or not at all.

        Of a visit that read nothing (the site was down) the file of before stays. A full disk costs
        the file and nothing else.
        """
        if not self._used:
            return
        beside = path.with_suffix(".new")
        with suppress(OSError):
            path.parent.mkdir(exist_ok=True)
            beside.write_bytes(b"".join(b"%b %b\n" % pair for pair in self._used.items()))
            beside.replace(path)
        with suppress(OSError):
            beside.unlink(missing_ok=True)

    def _keep(self, key: bytes, entry: bytes) -> None:
        """Take an entry over, unless there is no room for it."""
        if key not in self._used and len(entry) <= self._room:
            self._room -= len(entry)
            self._used[key] = entry


def opened(path: Path, stamp: str) -> Readings:
    """Return the readings of a company as the last visit left them; none that cannot be read."""
    try:
        with path.open("rb") as stream:
            return Readings(stamp, islice(stream.read(2 * MOST_BYTES).split(b"\n"), MOST_LINES))
    except OSError:
        return Readings(stamp)


def entry_of(reading: KeptReading, page: Page) -> bytes:
    """Pack a reading for the file; empty where it cannot be kept. Runs in a worker."""
    try:
        text = packed(reading, page)
    except UnfitError:
        return b""
    return b64encode(zlib.compress(text, 1)) if len(text) <= ENTRY_BYTES else b""


def _entries(lines: Iterable[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Yield keys and entries; a line that is none has a key that no page has."""
    for line in lines:
        key, _, entry = line.partition(b" ")
        yield key, entry


def _telling(page: Page, matter: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Yield the headers of a page that may say something of it.

    Of a cookie that is its name: the archive keeps no more of it.
    """
    for name, value in page.headers:
        lowered = name.lower()
        if lowered == "set-cookie":
            yield lowered, value.partition("=")[0]
        elif lowered not in OF_THE_MOMENT or lowered in matter:
            yield lowered, value
