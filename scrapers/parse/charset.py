"""Turn bytes into text: which encoding, and what is wrong in it replaced."""

import codecs
import re

from w3lib.encoding import html_body_declared_encoding, read_bom, to_unicode

from scrapers.parse.encoding_labels import CODECS, codec_of

_CHARSET = re.compile(rb"(?:charset|encoding)\s*+=\s*+[\"']?\s*+([\w.:-]++)", re.I)
_HEAD = 4_096
_TYPE = 500
"""Characters of a Content-Type that are looked at."""

_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_KNOWN = frozenset(codecs.lookup(codec).name for codec in CODECS.values())


def decode(body: bytes, content_type: str) -> str:
    """Decode a page by byte-order mark, header, meta element, else as UTF-8; never raises."""
    plain = _plain(body, content_type) if body else ""
    text = plain if plain is not None else decoded_as(body, content_type)
    return text.replace("\x00", "")


def decoded_as(body: bytes, content_type: str, codec: str = "") -> str:
    """The text of an answer in the encoding that it names, what is wrong in it replaced.

    `codec` is used where neither a byte-order mark nor the header names one.
    """
    marked, mark = read_bom(body)
    if marked is not None and mark is not None:
        return str(to_unicode(body[len(mark) :], marked))
    named = _header_codec(content_type) or codec or _declared_codec(body)
    return str(to_unicode(body, named or "utf-8"))


def _header_codec(content_type: str) -> str:
    found = _CHARSET.search(content_type[:_TYPE].encode("ascii", "replace"))
    return codec_of(found[1].decode("ascii")) if found is not None else ""


def _declared_codec(body: bytes) -> str:
    """What the head of a page names; a page whose head is readable is not UTF-16."""
    declared = html_body_declared_encoding(body[:_HEAD])
    if declared is None or declared not in _KNOWN:
        return ""
    return "utf-8" if declared.startswith("utf-16") else str(declared)


def _plain(body: bytes, content_type: str) -> str | None:
    """The text of a page that says UTF-8, or nothing else, and is; None for all others."""
    said = _CHARSET.findall(content_type[:_TYPE].encode("ascii", "replace") + b" " + body[:_HEAD])
    if body.startswith(_MARKS) or any(name.lower() not in (b"utf-8", b"utf8") for name in said):
        return None
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return None
