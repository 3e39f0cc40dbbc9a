"""Undo Content-Encoding within a bound; a bomb stops at the cap."""

import zlib

from scrapers.parse.encoding_labels import codec_of

_MAX_RATIO_STEP = 64 * 1024

_NO_CODINGS = frozenset({"identity", "none", "binary", "plain", "7bit", "8bit", "text", "null"})
"""What servers write where nothing is packed; only the first is a word of RFC 9110."""


class UndecodableError(Exception):
    """The body is encoded in a way that was not asked for, or more than once."""


def decoded(wire: bytes, encoding: str, cap: int) -> tuple[bytes, bool]:
    """Decode a body; return at most `cap` bytes, and whether something was left out.

    Raises:
        UndecodableError: an encoding other than gzip and deflate, more than one, or garbage.
    """
    names = [name.strip().lower() for name in encoding.split(",") if name.strip()]
    # Some name the encoding of the text here ("utf-8"); browsers pass over it.
    names = [name for name in names if name not in _NO_CODINGS and not codec_of(name)]
    if not names:
        return wire[:cap], len(wire) > cap
    # `x-gzip` is another name of gzip (RFC 9110, 8.4.1.3).
    if len(names) > 1 or names[0] not in ("gzip", "x-gzip", "deflate"):
        raise UndecodableError(f"Content-Encoding {encoding[:60]!r} was not asked for")
    for window in (47, -15):  # zlib's words for gzip or zlib by their head, and for raw deflate
        try:
            return _inflated(wire, window, cap)
        except zlib.error:
            if names[0] != "deflate":
                break
    raise UndecodableError(f"the body is not {names[0]}")


def _inflated(wire: bytes, window: int, cap: int) -> tuple[bytes, bool]:
    """Unpack up to `cap` bytes; tell whether there was more, or the body broke off.

    Servers call deflate both what has the head of zlib, as RFC 9110, 8.4.1.2 wants it, and what
    has none.

    Raises:
        zlib.error: it is not packed in that way.
    """
    engine = zlib.decompressobj(window)
    out = bytearray()
    data = wire
    while data and len(out) < cap:
        out += engine.decompress(data, min(cap - len(out), 16 * _MAX_RATIO_STEP))
        data = engine.unconsumed_tail
        if engine.eof:
            break
    more = bool(engine.unconsumed_tail) or (not engine.eof and len(wire) > 0)
    return bytes(out), more
