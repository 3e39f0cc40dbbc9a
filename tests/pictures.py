"""A small picture for the tests of logos, made of nothing but its parts."""

import struct
import zlib


def png(width: int = 30, height: int = 10) -> bytes:
    """A white PNG of a size."""
    rows = (b"\0" + b"\xff" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in chunks)


def _chunk(name: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(name + content)
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", checksum)


def jpeg(width: int = 30, height: int = 10, inks: int = 3) -> bytes:
    """The head of a JPEG of a size, behind a comment, and its end."""
    comment = b"\xff\xfe\x00\x07hello"
    frame = b"\xff\xc2" + struct.pack(">HBHHB", 8 + 3 * inks, 8, height, width, inks)
    return b"\xff\xd8" + comment + frame + b"\0" * 3 * inks + b"\xff\xd9"
