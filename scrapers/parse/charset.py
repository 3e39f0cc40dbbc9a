"""Turn bytes into text: which encoding, and what is wrong in it replaced."""

import codecs
import re

from w3lib.encoding import html_body_declared_encoding, read_bom, to_unicode

from scrapers.parse.encoding_labels import CODECS, codec_of

_DECLARATION = re.compile(rb"(?:charset|encoding)\s*+=\s*+[\"']?\s*+([\w.:-]++)", re.I)
_HEAD_BYTES = 4_096
"""Bytes at the beginning of a page in which it may declare its encoding."""

_TYPE_CHARACTERS = 500
"""Characters of a Content-Type that are looked at."""

_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
"""The byte-order marks of UTF-8 and of both orders of UTF-16."""

_KNOWN = frozenset(codecs.lookup(codec).name for codec in CODECS.values())


def decode(body: bytes, content_type: str) -> str:
    """Decode a page by byte-order mark, header or meta element, else as UTF-8; never raise.

    Bytes that are wrong in that encoding become U+FFFD; U+0000 is dropped.
    """
    plain = _plain_utf_8(body, content_type) if body else ""
    text = plain if plain is not None else decoded_as(body, content_type)
    return text.replace("\x00", "")


def decoded_as(body: bytes, content_type: str, codec: str = "") -> str:
    """Return the text of an answer in the encoding that it names; wrong bytes become U+FFFD.

    The order is that of browsers: byte-order mark, header, then `codec`, or without one what the
    body declares, else UTF-8. The mark itself is left out.
    """
    marked, mark = read_bom(body)
    if marked is not None and mark is not None:
        return str(to_unicode(body[len(mark) :], marked))
    encoding = _header_codec(content_type) or codec or _declared_codec(body)
    return str(to_unicode(body, encoding or "utf-8"))


def _header_codec(content_type: str) -> str:
    """Return the codec that a Content-Type names; empty for none or an unknown one."""
    match = _DECLARATION.search(content_type[:_TYPE_CHARACTERS].encode("ascii", "replace"))
    return codec_of(match[1].decode("ascii")) if match is not None else ""


def _declared_codec(body: bytes) -> str:
    """Return the codec that the head of a page declares; empty for none or an unknown one."""
    declared = html_body_declared_encoding(body[:_HEAD_BYTES])
    if declared is None or declared not in _KNOWN:
        return ""
    # A declaration that can be read byte by byte is not in UTF-16, whatever it says; the HTML
    # standard takes such a page as UTF-8.
    return "utf-8" if declared.startswith("utf-16") else str(declared)


def _plain_utf_8(body: bytes, content_type: str) -> str | None:
    """Return the text of a page that names UTF-8 or nothing, and is UTF-8; None for all others.

    A shortcut: most pages are so, and need no look at their encoding.
    """
    labels = _DECLARATION.findall(
        content_type[:_TYPE_CHARACTERS].encode("ascii", "replace") + b" " + body[:_HEAD_BYTES]
    )
    if body.startswith(_MARKS) or any(label.lower() not in (b"utf-8", b"utf8") for label in labels):
        return None
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return None
