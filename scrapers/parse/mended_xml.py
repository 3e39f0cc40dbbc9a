"""From the bytes of a feed or sitemap to its tree, whatever is wrong; nothing is expanded."""

import codecs
import re
from html.entities import html5
from xml.sax.saxutils import escape

from lxml import etree

from scrapers.parse.charset import decoded_as
from scrapers.parse.encoding_labels import codec_of
from scrapers.parse.text import legal
from scrapers.parse.xmltree import MAX_TAGS, safe_parser, with_legal_references

_DECLARES_ENTITIES = re.compile(r"<!ENTITY|<!DOCTYPE[^<>\[]*+\[", re.I)
_DECLARED_ENCODING = re.compile(
    rb"""<\?xml[^<>]{0,200}?encoding\s{0,20}=\s{0,20}["']([\w.:-]{1,40})"""
)
_DECLARATION = re.compile(r"<\?xml\s", re.I)
_HTML = re.compile(r"<(?:!doctype\s{1,20}html|html|head|body)\b", re.I)
"""How a page of HTML begins: what stands before an element of its is no litter."""

_HEAD_BYTES = _HEAD_CHARACTERS = 4_000
"""The beginning of a file, in which its declaration and its root stand."""

_WIDE = {b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}
"""How XML in UTF-16 begins that has no byte-order mark."""

_NAMED_REFERENCE = re.compile(r"&([a-zA-Z][a-zA-Z0-9]{1,30};)")
"""A reference by name, such as `&nbsp;`."""

_BARE_AMPERSAND = re.compile(r"&(?!(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);)")
"""A sign `&` that begins no reference that XML knows."""

_MAX_REFERENCES = 200_000
"""Signs `&` that are looked at one by one; in a file of more, each stands for itself."""

_CDATA = "<![CDATA["
_OPEN_TAG = re.compile(r"<([\w.:-]{1,80})(?:\s[^<>]{0,200})?>\s{0,80}$")
"""The tag at the end of a text, which opens the element that a CDATA section stands in."""

_TAG_LENGTH = 400
"""Characters before a CDATA section in which that tag is looked for."""

_XML_NAMES = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
"""The references that XML knows without a declaration."""

_MAX_WRONG = 50_000
"""Wrong bytes that are read one by one, each by a call; a file of more is no text at all."""

_LATIN = "windows-1252-where-wrong"
"""The name of the error handler below."""


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """Return the signs that wrong bytes stand for in Windows-1252, and where to go on."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error(_LATIN, _as_windows_1252)


def xml_text(body: bytes, content_type: str) -> str:
    """Return the text of a feed or sitemap in the encoding of its header, else its declaration's.

    Without either it is UTF-8; bytes that are no UTF-8 are read as Windows-1252, in which programs
    write that only say UTF-8. What follows the millionth tag is left out.
    """
    text = decoded_as(body, content_type, _declared_codec(body) or "utf-8")
    if body.startswith(tuple(_WIDE)):
        text = body.decode(_WIDE[body[:2]], "replace")
    elif 0 < text.count("\ufffd") < _MAX_WRONG and text == body.decode("utf-8", "replace"):
        text = body.decode("utf-8", _LATIN)
    text = text.lstrip("\ufeff \t\r\n")
    # Cut before a tag: half a tag is an error of syntax that costs more than itself.
    return text if text.count("<") <= MAX_TAGS else "<".join(text.split("<", MAX_TAGS)[:-1])


def _declared_codec(body: bytes) -> str:
    """Return the codec that an XML declaration names; empty for none or an unknown one."""
    declared = _DECLARED_ENCODING.search(body[:_HEAD_BYTES])
    codec = codec_of(declared[1].decode("ascii")) if declared is not None else ""
    # A declaration that can be read byte by byte is not in UTF-16: .NET writes that name into
    # whatever it makes in memory and sends as UTF-8.
    return "" if codec.startswith("utf-16") else codec


def xml_tree(text: str, root: re.Pattern[str]) -> etree._Element | None:
    """Return the outermost element of a file; None where it is no XML or declares entities.

    What stands before its XML declaration, or before the tag that `root` describes, is left out. Of
    an ill-formed file the references are mended, and what is still wrong is left out.
    """
    source = _from_root(_without_litter(text, root))
    # What stands between prolog and root might still be a document type with entities.
    if source is not None and not source.startswith("<"):
        source = _without_litter(source, root)
    return _root(source) if source is not None else None


def _without_litter(text: str, root: re.Pattern[str]) -> str:
    """Return a file without what a faulty program printed before its beginning.

    PHP writes its warnings there, as HTML; caches leave words, and editors blank lines.
    """
    head = text[:_HEAD_CHARACTERS]
    if head.startswith(("<?", "<!")):
        return text
    begins = [each.start() for each in (_DECLARATION.search(head), root.search(head)) if each]
    if not begins or _HTML.search(head, 0, min(begins)) is not None:
        return text
    return text[min(begins) :]


def _from_root(text: str) -> str | None:
    """Return the text from its first element on; None where entities are declared before it."""
    start = 0
    while text.startswith(("<?", "<!"), start):
        mark = "-->" if text.startswith("<!--", start) else ">"
        # An internal subset can make a few lines stand for billions, or for a file of this machine.
        if mark == ">" and _DECLARES_ENTITIES.match(text, start) is not None:
            return None
        close = text.find(mark, start)
        if close < 0:
            return None
        start = close + len(mark)
        while text[start : start + 1].isspace():
            start += 1
    return text[start:]


def _root(text: str) -> etree._Element | None:
    """Return the root of a file, of an ill-formed one with its references mended; None for none."""
    # Where libxml2 mends, it drops references that it does not know (`&nbsp;`) from a text; so a
    # file is read strictly first, and one with faults only once its references are right. A section
    # without an end is no fault to a strict reader where a later one ends.
    strictly = [(False, text)] if text.count(_CDATA) <= text.count("]]>") else []
    for recover, source in (*strictly, (True, "")):
        parser = safe_parser(recover=recover)
        try:
            return etree.fromstring((source or _mended(text)).encode("utf-8", "replace"), parser)
        except (etree.XMLSyntaxError, ValueError):
            continue
    return None


def _mended(text: str) -> str:
    """Return a file with the `&` and the HTML names of signs in its texts in a form that XML knows.

    `&nbsp;` becomes the sign itself, `R&D` becomes `R&amp;D`; a CDATA section stays as it is, and
    one without an end is ended with the element that it stands in.
    """
    first, *others = legal(text).split(_CDATA)
    pieces = [_with_references(first)]
    for section in others:
        inside, end, after = section.partition("]]>")
        if not end:
            inside, after = _ended_with_element(section, pieces[-1])
        pieces += [_CDATA, inside, "]]>", _with_references(after)]
    return "".join(pieces)


def _ended_with_element(section: str, before: str) -> tuple[str, str]:
    """Return a CDATA section without an end in two: what is in it, and what follows.

    It ends before the end of the element that `before` opens; without one it takes all.
    """
    opened = _OPEN_TAG.search(before[-_TAG_LENGTH:])
    place = section.find(f"</{opened[1]}") if opened is not None else -1
    return (section, "") if place < 0 else (section[:place], section[place:])


def _with_references(text: str) -> str:
    """Return a text whose references are all known to XML."""
    # More than any feed has: then no reference is worth a look.
    if text.count("&") > _MAX_REFERENCES:
        return text.replace("&", "&amp;")
    return _BARE_AMPERSAND.sub("&amp;", _NAMED_REFERENCE.sub(_sign_of, with_legal_references(text)))


def _sign_of(match: re.Match[str]) -> str:
    """Return the sign that a name of HTML stands for, fit for XML; an unknown name stays."""
    name = match[1]
    return match[0] if name in _XML_NAMES else escape(html5.get(name, match[0]))
