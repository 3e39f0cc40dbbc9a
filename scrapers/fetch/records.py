"""Read the records of a WARC file; a damaged place is passed over, and what follows it read.

How a record is packed stands here too.
"""

import io
import logging
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParserException
from warcio.warcwriter import WARCWriter

from scrapers.fetch.wire import Headers
from scrapers.session import BODY_BYTES

logging.getLogger("warcio").setLevel(logging.CRITICAL)  # it speaks to people who read no archives

LARGEST = max(BODY_BYTES.values())
"""So much of what a record holds is read; a longer one is cut."""

_HEADS = 1024 * 1024
"""What a record may have around its body."""

_BLOCK = 64 * 1024
_MAGIC = b"\x1f\x8b\x08"
"""How a member of a gzip file begins (RFC 1952, 2.3.1)."""

_PLAIN = b"WARC/"
_TRIES = 100
"""So many damaged places are passed over; each may cost a look at all that follows."""

_ANSWERS = ("response", "revisit")
"""Records with a status; of a request warcio gives the word in its place, such as `/`."""

_DAMAGE = (
    ArchiveLoadFailed,
    StatusAndHeadersParserException,
    AttributeError,  # warcio takes the address for given
    EOFError,
    LookupError,
    OverflowError,
    TypeError,
    ValueError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A record as it was written; `status` and `http` are those of an answer, where it is one."""

    kind: str
    headers: dict[str, str]
    status: int | None
    http: Headers
    payload: bytes

    def header(self, name: str) -> str:
        """Return a header of the record itself, or "" where it has none of that name."""
        return self.headers.get(name.lower(), "")


def records(stream: BinaryIO) -> Iterator[tuple[int, Record | None]]:
    """Yield all records, each with where it begins; None for a place that is damaged.

    Raises:
        OSError: the disk refuses to read.
    """
    return _plain(stream) if _is_plain(stream, 0) else _packed(stream)


def record_at(stream: BinaryIO, offset: int) -> Record | None:
    """Return the record that begins at a place; None where none does that can be read.

    Raises:
        OSError: the disk refuses to read.
    """
    if _is_plain(stream, offset):
        stream.seek(offset)
        return _parsed(stream, cut=False)
    try:
        text, cut, _ = _member(stream, offset)
    except zlib.error:
        return None
    return _parsed(io.BytesIO(text), cut=cut)


def end_of(stream: BinaryIO, offset: int) -> int | None:
    """Return where the packed record ends that begins at a place; None where none does.

    Raises:
        OSError: the disk refuses to read.
    """
    try:
        return _member(stream, offset)[2]
    except (zlib.error, EOFError):
        return None


def packed_head(name: str, more: Mapping[str, str]) -> bytes:
    """Return the first record of an archive, packed: what wrote it, and fields of its own."""
    info = {"software": "social-audit", "format": "WARC File Format 1.1", **more}
    written = io.BytesIO()
    writer = WARCWriter(written, gzip=False, warc_version="1.1")
    writer.write_record(writer.create_warcinfo_record(name, info))
    return packed(written)


def packed(record: io.BytesIO) -> bytes:
    """Return a record as a member of its own of the gzip file, as WARC asks.

    warcio packs with level 9, which takes 12 s for five million random a and b (zlib looks for the
    longest match); level 3 takes 0.1 s for any text, in the thread that everybody waits for.
    """
    return zlib.compress(record.getvalue(), level=3, wbits=zlib.MAX_WBITS | 16)


def _is_plain(stream: BinaryIO, offset: int) -> bool:
    """Tell whether a record that is not packed begins at a place; other programs write such."""
    stream.seek(offset)
    return stream.read(len(_PLAIN)) == _PLAIN


def _packed(stream: BinaryIO) -> Iterator[tuple[int, Record | None]]:
    """Yield the records of a file of which each is packed for itself."""
    at: int | None = 0
    failures = 0
    while at is not None and failures < _TRIES:
        try:
            text, cut, end = _member(stream, at)
        except zlib.error:
            failures += 1
            yield at, None
            at = _next_member(stream, at + 1)
            continue
        yield at, _parsed(io.BytesIO(text), cut=cut)
        stream.seek(end)
        at = end if stream.read(1) else None


def _plain(stream: BinaryIO) -> Iterator[tuple[int, Record | None]]:
    """Yield the records of a file that is not packed."""
    at, failures = _next_line(stream, 0), 0
    while at is not None and failures < _TRIES:
        stream.seek(at)
        record = _parsed(stream, cut=False)
        end = stream.tell()
        yield at, record
        failures += record is None
        at = _next_line(stream, end if record is not None else at + 1)
        if record is not None and _is_torn(stream, end, at):
            yield end, None


def _is_torn(stream: BinaryIO, end: int, at: int | None) -> bool:
    """Tell whether more than line ends lies between the end of a record and what follows it."""
    stream.seek(end)
    between = stream.read(_BLOCK if at is None else min(at - end, _BLOCK))
    return bool(between.strip(b"\r\n"))


def _member(stream: BinaryIO, offset: int) -> tuple[bytes, bool, int]:
    """Unpack one record: its text, whether that was cut, and where it ends; its checksum holds.

    Raises:
        zlib.error: it is damaged, or ends too early.
    """
    stream.seek(offset)
    # 16 is zlib's word for gzip: it reads the head, and compares the checksum at the end.
    unpacker, text, cut = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16), bytearray(), False
    while not unpacker.eof:
        packed = unpacker.unconsumed_tail or stream.read(_BLOCK)
        piece = unpacker.decompress(packed, _BLOCK)
        if not packed and not piece:
            raise zlib.error("ends too early")
        room = LARGEST + _HEADS - len(text)
        text += piece[:room]
        cut = cut or len(piece) > room
    return bytes(text), cut, stream.tell() - len(unpacker.unused_data)


def _next_member(stream: BinaryIO, at: int) -> int | None:
    """Return where something begins that looks packed, from a place on; None where nothing does.

    The last bytes of a block are kept: the mark may lie across the end of it.
    """
    stream.seek(at)
    behind = b""
    while block := stream.read(_BLOCK):
        text = behind + block
        if (place := text.find(_MAGIC)) >= 0:
            return stream.tell() - len(text) + place
        behind = text[1 - len(_MAGIC) :]
    return None


def _next_line(stream: BinaryIO, at: int) -> int | None:
    """Return where a line begins as a record does, from a place on; None where none does."""
    stream.seek(at)
    while line := stream.readline(_BLOCK):
        if line.startswith(_PLAIN):
            return stream.tell() - len(line)
    return None


def _parsed(stream: BinaryIO, *, cut: bool) -> Record | None:
    """Read one record to its end; None where it is not what was written.

    `cut`: so much of it was unpacked only, so that it is shorter than it promises.
    """
    try:
        loader = ArcWarcRecordLoader(verify_http=False, arc2warc=False)
        record = loader.parse_record_stream(stream, known_format="warc")
        headers = {name.lower(): value for name, value in record.rec_headers.headers}
        if not headers["content-length"].strip().isdecimal():
            return None
        payload = record.raw_stream.read(LARGEST)
        # To its end: only there it shows whether there is as much as the record has promised.
        while record.raw_stream.read(_BLOCK):
            pass
        if record.raw_stream.limit and not cut:  # it promised more than there is
            return None
        http = record.http_headers
        kind = headers["warc-type"]
        return Record(
            kind=kind,
            headers=headers,
            status=int(http.get_statuscode()) if http is not None and kind in _ANSWERS else None,
            http=tuple(http.headers) if http is not None else (),
            payload=payload,
        )
    except _DAMAGE:
        return None
