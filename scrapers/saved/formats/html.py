"""HTML as browsers save it, SingleFile and the Wayback Machine."""

import re
from collections.abc import Iterator

from scrapers.saved.part import DamagedPageError, SavedFormat, SavedPart, in_utf8, trimmed
from scrapers.saved.places import address_in, day_in, without_archive

_TAG = re.compile(rb"<(?:!doctype|html|head|body|title|meta|script|link|div|p|a|h1)[\s>]", re.I)
_LOOKED_AT = 100_000


def _read(content: bytes) -> Iterator[SavedPart]:
    """Give the page; its day is that of SingleFile or of the Wayback Machine, where it has one."""
    text, media = in_utf8(content, "text/html")
    if _TAG.search(text, 0, _LOOKED_AT) is None:
        raise DamagedPageError("no page of the web: it holds no HTML")
    body = trimmed(without_archive(text))
    yield SavedPart(url=address_in(text), at=day_in(text), media=media, body=body)


def _begins(head: bytes) -> bool:
    """Tell a page that people renamed, by its first tag."""
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype html", b"<html"))


FORMAT = SavedFormat(
    name="HTML",
    suffixes=(".html", ".htm", ".xhtml", ".shtml"),
    begins=_begins,
    read=_read,
)
