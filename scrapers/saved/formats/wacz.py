"""WACZ: web archives in a ZIP file (https://specs.webrecorder.net/wacz/)."""

import io
import zipfile
import zlib
from collections.abc import Iterator

from scrapers.saved.formats.warc import parts_of
from scrapers.saved.part import DamagedPageError, SavedFormat, SavedPart

_ENTRIES = 10_000
_UNPACKED_BYTES = 200 * 1024 * 1024
"""What the archives of one file may come to when they are unpacked once."""

_ARCHIVES = (".warc", ".warc.gz")


def _read(content: bytes) -> Iterator[SavedPart]:
    """Give what the archives in the file hold; nothing is ever written to the disk."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as whole:
            entries = whole.infolist()
            archives = [each for each in entries if each.filename.casefold().endswith(_ARCHIVES)]
            size = sum(each.file_size for each in archives)
            if not archives:
                raise DamagedPageError("holds no web archive")
            if len(entries) > _ENTRIES or size > _UNPACKED_BYTES:
                raise DamagedPageError("holds more than is read of one file")
            for each in archives:
                # Read in pieces: an entry that claims to be small and is not ends at its own claim.
                with whole.open(each) as stream:
                    yield from parts_of(io.BytesIO(stream.read(each.file_size)))
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError) as error:
        raise DamagedPageError("no WACZ file, or damaged") from error


FORMAT = SavedFormat(
    name="WACZ",
    suffixes=(".wacz",),
    begins=lambda head: head.startswith(b"PK\x03\x04"),
    read=_read,
)
