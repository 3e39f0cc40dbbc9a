"""What a saved file holds: answers, each with its address, its day and its bytes."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from audit.model.exchange import Kind
from scrapers.session import BODY_BYTES

PART_BYTES = BODY_BYTES[Kind.FEED]
"""Bytes of one answer that are looked at."""

PARTS = 20_000
"""Answers of one file that are looked at."""

_EMBEDDED = re.compile(
    rb"data:[a-zA-Z0-9.+-]{1,40}/[a-zA-Z0-9.+-]{1,60}[^,\"'()\s]{0,60},[^\"'()\s]++"
)
"""A picture or font that SingleFile puts into the page itself; nothing of it is read."""

_UNREAD = re.compile(
    rb"(<title[^<>]{0,200}>\s{0,40}|<meta\s[^<>]{0,200}?content=[\"'])"
    rb"(?:\(\s?\d{1,5}\+?\s?\)|\[\d{1,5}\+?\])\s{0,3}",
    re.I,
)
"""How many messages the reader had not read, before a title: `(3) Acme`."""

TEXT = ("html", "json", "xml", "rss")
"""Parts of the media types of what readers read; pictures, styles and scripts are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedPart:
    """One answer that a file holds.

    `url` is empty where the file does not say it, `at` None where it says no time; `media` is the
    value of its Content-Type.
    """

    url: str
    at: datetime | None
    media: str
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedFormat:
    """One way to save pages.

    `suffixes` are the ends of the names of such files, in small letters; `begins` tells it by its
    first bytes, as people rename files. `read` gives what the bytes of a file hold.
    """

    name: str
    suffixes: tuple[str, ...]
    begins: Callable[[bytes], bool]
    read: Callable[[bytes], Iterator[SavedPart]]


class DamagedPageError(ValueError):
    """A file is not what its name says, or is cut off; the words say so to people."""


_UTF16 = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?(?:utf-?16(?:-?[bl]e)?|unicode|ucs-?2)\b", re.I)
"""How old browsers and programs of Windows name the encoding that they save pages in."""

_PAGE = (b"<!doctype html", b"<html")


def in_utf8(body: bytes, media: str) -> tuple[bytes, str]:
    """Return a text and its media type; one in UTF-16 as UTF-8, so that all that looks finds it."""
    is_marked = body.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not is_marked and _UTF16.search(media) is None:
        return body, media
    is_big = re.search(r"16-?be", media, re.I) is not None
    code = "utf-16" if is_marked else ("utf-16-be" if is_big else "utf-16-le")
    kind = media.partition(";")[0].strip()
    return body.decode(code, "replace").encode("utf-8", "replace"), f"{kind}; charset=utf-8"


def media_of(told: str, body: bytes) -> str:
    """Return the media type of an answer; where none was told, that of a page by its first tag."""
    kind = told.partition(";")[0].strip().casefold()
    begins = body[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    is_untold = kind in ("", "x-unknown", "application/octet-stream", "unknown/unknown")
    return "text/html" if is_untold and begins.startswith(_PAGE) else told


def is_text(media: str) -> bool:
    """Tell whether an answer of a media type is one that readers read."""
    kind = media.partition(";")[0].casefold()
    return any(word in kind for word in TEXT)


def is_page(media: str) -> bool:
    """Tell whether a media type is that of a page of the web."""
    return "html" in media.partition(";")[0].casefold()


def trimmed(body: bytes) -> bytes:
    """Return a page without pictures and fonts that are written into it, cut at the limit.

    The number of its reader's unread messages, which networks put before titles, is left out too.
    """
    return _UNREAD.sub(rb"\1", _EMBEDDED.sub(b"data:,", body))[:PART_BYTES]
