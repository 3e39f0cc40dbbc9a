"""HAR: what a browser's developer tools recorded (http://www.softwareishard.com/blog/har-12-spec)."""

import json
import re
from base64 import b64decode
from collections.abc import Iterator
from itertools import islice

from scrapers.parse.values import field, items, text_of
from scrapers.saved.part import (
    PARTS,
    DamagedPageError,
    SavedFormat,
    SavedPart,
    in_utf8,
    is_text,
    media_of,
    trimmed,
)
from scrapers.saved.places import time_in

_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,40}\{\s{0,40}\"log\"\s{0,40}:\s{0,40}\{")


def _read(content: bytes) -> Iterator[SavedPart]:
    """Give the answers with success to plain requests; cookies and what was sent are left out."""
    try:
        recorded = json.loads(content.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        raise DamagedPageError("no HAR file, or cut off") from error
    if not isinstance(field(recorded, "log", "entries"), list):
        raise DamagedPageError("no HAR file: it holds no entries")
    for entry in islice(items(field(recorded, "log", "entries")), PARTS):
        part = _part(entry)
        if part is not None:
            yield part


def _part(entry: object) -> SavedPart | None:
    """Return one answer; None for what is no text, a failure, or an answer to what was sent."""
    # A browser answers 304 from what it keeps, and some write that down as the content.
    is_success = field(entry, "response", "status") in (200, 304)
    if not is_success or text_of(field(entry, "request", "method")) != "GET":
        return None
    held = field(entry, "response", "content", "text")
    if not isinstance(held, str) or not held:
        return None
    told = text_of(field(entry, "response", "content", "mimeType"))
    body, media = _body(held, field(entry, "response", "content", "encoding"), told)
    media = media_of(media, body)
    if not body.strip() or not is_text(media):
        return None
    body, media = in_utf8(body, media)
    return SavedPart(
        url=text_of(field(entry, "request", "url")),
        at=time_in(text_of(field(entry, "startedDateTime"))),
        media=media,
        body=trimmed(body),
    )


def _body(held: str, encoding: object, media: str) -> tuple[bytes, str]:
    """Return the bytes of an answer, and its media type: what is kept as text is UTF-8 by now."""
    if encoding == "base64":
        try:
            return b64decode(held), media
        except ValueError:
            return b"", media
    kind = media.partition(";")[0].strip()
    return held.encode("utf-8", "replace"), f"{kind}; charset=utf-8"


FORMAT = SavedFormat(
    name="HAR", suffixes=(".har",), begins=lambda head: _BEGINS.match(head) is not None, read=_read
)
