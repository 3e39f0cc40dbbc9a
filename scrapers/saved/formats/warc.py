"""WARC: the records of web archives (ISO 28500), compressed or not."""

import io
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord

from scrapers.saved.part import (
    PART_BYTES,
    PARTS,
    DamagedPageError,
    SavedFormat,
    SavedPart,
    in_utf8,
    is_text,
    media_of,
    trimmed,
)
from scrapers.saved.places import archived_at, time_in, without_archive

_KINDS = ("response", "resource")
_UNREAD = ("br", "zstd")
_ODD = (ValueError, KeyError, AttributeError, TypeError, OSError, EOFError, zlib.error)
"""What warcio raises for a record that is damaged, beside its own exception."""


def parts_of(stream: BinaryIO) -> Iterator[SavedPart]:
    """Give the answers with success that an archive holds.

    Raises:
        DamagedPageError: it is none, or ends within a record; what came before has been given.
    """
    packed = ""
    try:
        for record in islice(ArchiveIterator(stream), PARTS):
            try:
                part = _part(record)
            except _PackedError as error:
                packed, part = str(error), None
            if part is not None:
                yield part
    except ArchiveLoadFailed as error:
        raise DamagedPageError("no WARC file, or damaged") from error
    except _ODD as error:
        raise DamagedPageError("damaged, or cut off") from error
    if packed:
        raise DamagedPageError(f"holds pages that are packed in a way that is not read ({packed})")


class _PackedError(Exception):
    """An answer is packed in a way that is not read; its message is the name of that."""


def _part(record: ArcWarcRecord) -> SavedPart | None:
    """Return one answer; None for requests, failures, pictures and notes of the archive."""
    if record.rec_type not in _KINDS:
        return None
    http, warc = record.http_headers, record.rec_headers
    if http is not None and http.get_statuscode() != "200":
        return None
    headers = http or warc
    told = headers.get_header("Content-Type") or ""
    body = _body(record) if is_text(media_of(told, b"<html")) else b""
    media = media_of(told, body)
    if not is_text(media):
        return None
    url, archived = archived_at((warc.get_header("WARC-Target-URI") or "").strip("<>"))
    body, media = in_utf8(body, media)
    return SavedPart(
        url=url,
        at=archived or time_in(warc.get_header("WARC-Date") or ""),
        media=media,
        body=trimmed(without_archive(body)),
    )


def _body(record: ArcWarcRecord) -> bytes:
    """Return the bytes of an answer.

    Raises:
        ValueError: the archive ends before they do.
        _PackedError: they are packed in a way that is not read.
    """
    body: bytes = record.content_stream().read(PART_BYTES)
    if len(body) < PART_BYTES and getattr(record.raw_stream, "limit", 0) > 0:
        raise ValueError("cut off")
    coding = record.http_headers.get_header("Content-Encoding") if record.http_headers else ""
    if (coding or "").casefold().strip() in _UNREAD and _is_packed(body):
        raise _PackedError(coding)
    return body


def _is_packed(body: bytes) -> bool:
    """Tell whether an answer is still as it was packed: some archives keep the header alone."""
    return not body[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"<", b"{", b"["))


def _begins(head: bytes) -> bool:
    """Tell an archive by its first record; a compressed one by what the first bytes unpack to."""
    if head.startswith(b"\x1f\x8b"):
        try:
            head = zlib.decompressobj(wbits=31).decompress(head, 100)
        except zlib.error:
            return False
    return head.startswith(b"WARC/")


FORMAT = SavedFormat(
    name="WARC",
    suffixes=(".warc", ".warc.gz"),
    begins=_begins,
    read=lambda content: parts_of(io.BytesIO(content)),
)
