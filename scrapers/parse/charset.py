"""Turn bytes into text: which encoding, and what is wrong in it replaced."""

import codecs
import re
from collections.abc import Mapping
from typing import NamedTuple

from w3lib.encoding import html_body_declared_encoding, read_bom, to_unicode

from scrapers.parse.encoding_labels import CODECS, codec_of

_DECLARATION = re.compile(rb"(?:charset|encoding)\s*+=\s*+[\"']?\s*+([\w.:-]++)")
"""A declaration in small letters: a search that ignores case takes twice the time."""

_UTF_8 = frozenset({b"utf-8", b"utf8"})
_HEAD_BYTES = 4_096
"""Bytes at the beginning of a page in which it may declare its encoding."""

_TYPE_CHARACTERS = 500
"""Characters of a Content-Type that are looked at."""

_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
"""The byte-order marks of UTF-8 and of both orders of UTF-16."""

_LANGUAGE = re.compile(
    rb"<html\b[^>]{0,500}?\slang\s{0,9}=\s{0,9}[\"']?([a-z]{2,3}(?:-[a-z]{2,4})?)", re.I
)
"""The language that a page names for itself; such a name is ASCII in any encoding here."""

_UNDECLARED: Mapping[str, str] = {
    language: codec
    for codec, languages in {
        "cp1251": "ru uk be bg mk sr kk ky tg mn",
        "cp1250": "cs hu pl sk sl hr bs ro sq",
        "cp1253": "el",
        "cp1254": "tr az ku",
        "cp1255": "he iw yi",
        "cp1256": "ar fa ur ps",
        "cp1257": "et lt lv",
        "cp1258": "vi",
        "cp874": "th",
        "cp932": "ja",
        "cp949": "ko",
        "gb18030": "zh zh-cn zh-sg zh-hans",
        "big5hkscs": "zh-tw zh-hk zh-mo zh-hant",
    }.items()
    for language in languages.split()
}
"""The encoding of old pages in a language that name none; of all others it is windows-1252.

After https://html.spec.whatwg.org/#determining-the-character-encoding, step 9, for a reader of the
page's language, as a browser knows no better either.
"""

_KNOWN = frozenset(codecs.lookup(codec).name for codec in CODECS.values())


class Decoded(NamedTuple):
    """The text of a page; with it as UTF-8, where it came so and need not be encoded anew."""

    text: str
    utf_8: bytes | None


def decode(body: bytes, content_type: str) -> str:
    """Decode a page by byte-order mark, header or meta element, else by its signs; never raise.

    Bytes that are wrong in that encoding become U+FFFD; U+0000 is dropped.
    """
    return decode_page(body, content_type).text


def decode_page(body: bytes, content_type: str) -> Decoded:
    """Decode a page as `decode` does, and tell whether its bytes are its text in UTF-8."""
    plain = _plain_utf_8(body, content_type) if body else ""
    text = plain if plain is not None else decoded_as(body, content_type)
    # In bytes a zero is found at once; no encoding of pages writes U+0000 without one.
    if b"\x00" in body:
        return Decoded(text.replace("\x00", ""), None)
    return Decoded(text, body if plain is not None else None)


def decoded_as(body: bytes, content_type: str, codec: str = "") -> str:
    """Return the text of an answer in the encoding that it names; wrong bytes become U+FFFD.

    The order is that of browsers: byte-order mark, header, then `codec`, or without one what the
    body declares; else UTF-8, or what old pages of its language are in. The mark is left out. What
    is UTF-8 without a fault is read so whatever it declares: pages are converted, and their heads
    forgotten.
    """
    marked, mark = read_bom(body)
    if marked is not None and mark is not None:
        return str(to_unicode(body[len(mark) :], marked))
    encoding = _header_codec(content_type) or codec or _declared_codec(body)
    if not encoding:
        return _undeclared(body)
    return _whole_utf_8(body) or str(to_unicode(body, encoding))


def _whole_utf_8(body: bytes) -> str:
    """Return the text of bytes that are UTF-8 beyond ASCII without a fault, else an empty one.

    In any other encoding two letters in a row hardly make such a sign, and a page of them never.
    """
    if body.isascii():
        return ""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return ""


def _undeclared(body: bytes) -> str:
    """Return the text of a page that names no encoding: UTF-8, else that of its language.

    A page in UTF-8 with some broken bytes has more signs that are whole; one in an older encoding
    has next to none.
    """
    text = str(to_unicode(body, "utf-8"))
    faults = text.count("\ufffd")
    whole = len(text) - len(text.encode("ascii", "ignore")) - faults
    if not faults or whole >= faults:
        return text
    match = _LANGUAGE.search(body, 0, _HEAD_BYTES)
    language = match[1].decode("ascii").lower() if match is not None else ""
    known = _UNDECLARED.get(language) or _UNDECLARED.get(language.partition("-")[0])
    return str(to_unicode(body, known or "cp1252"))


def _header_codec(content_type: str) -> str:
    """Return the codec that a Content-Type names; empty for none or an unknown one."""
    match = _DECLARATION.search(_type_bytes(content_type))
    return codec_of(match[1].decode("ascii")) if match is not None else ""


def _type_bytes(content_type: str) -> bytes:
    """Return a Content-Type, cut, in small letters."""
    return content_type[:_TYPE_CHARACTERS].encode("ascii", "replace").lower()


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
    labels = _DECLARATION.findall(_type_bytes(content_type) + b" " + body[:_HEAD_BYTES].lower())
    if body.startswith(_MARKS) or not _UTF_8.issuperset(labels):
        return None
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return None
