"""From the bytes of a feed to its tree, whatever is wrong with it; nothing is expanded."""

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
    r"""<\?xml[^<>]{0,200}?encoding\s{0,20}=\s{0,20}["']([\w.:-]{1,40})"""
)
_NAMED_REFERENCE = re.compile(r"&([a-zA-Z][a-zA-Z0-9]{1,30};)")
"""A reference by name, such as `&nbsp;`."""

_BARE_AMPERSAND = re.compile(r"&(?!(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|amp|lt|gt|quot|apos);)")
"""A sign `&` that begins no reference that XML knows."""

_MAX_REFERENCES = 200_000
"""Signs `&` that are looked at one by one; in a feed of more, each stands for itself."""

_CDATA = "<![CDATA["
_XML_NAMES = frozenset({"amp;", "lt;", "gt;", "quot;", "apos;"})
"""The references that XML knows without a declaration."""


def feed_text(body: bytes, content_type: str) -> str:
    """Return the text of a feed in the encoding of its header, else the one that it declares.

    Without either it is UTF-8. What follows the millionth tag is left out.
    """
    declared = _DECLARED_ENCODING.search(body[:300].decode("latin-1"))
    codec = codec_of(declared[1]) if declared is not None else ""
    text = decoded_as(body, content_type, codec or "utf-8").lstrip("\ufeff \t\r\n")
    # Cut before a tag: half a tag is an error of syntax that costs more than itself.
    return text if text.count("<") <= MAX_TAGS else "<".join(text.split("<", MAX_TAGS)[:-1])


def feed_tree(text: str) -> etree._Element | None:
    """Return the outermost element of a feed; None where it is no XML or declares entities.

    Of an ill-formed feed the references are mended, and what is still wrong is left out.
    """
    source = _from_root(text)
    return _root(source) if source is not None else None


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
    """Return the root of a feed, of an ill-formed one with its references mended; None for none."""
    # Where libxml2 mends, it drops references that it does not know (`&nbsp;`) from a text; so a
    # feed is read strictly first, and one with faults only once its references are right.
    for recover, source in ((False, text), (True, "")):
        parser = safe_parser(recover=recover)
        try:
            return etree.fromstring((source or _mended(text)).encode("utf-8", "replace"), parser)
        except (etree.XMLSyntaxError, ValueError):
            continue
    return None


def _mended(text: str) -> str:
    """Return a feed with the `&` and the HTML names of signs in its texts in a form that XML knows.

    `&nbsp;` becomes the sign itself, `R&D` becomes `R&amp;D`; a CDATA section stays as it is.
    """
    first, *others = legal(text).split(_CDATA)
    pieces = [_with_references(first)]
    for section in others:
        inside, end, after = section.partition("]]>")
        pieces += [_CDATA, inside, end, _with_references(after)]
    return "".join(pieces)


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
