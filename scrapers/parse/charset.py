"""Turn bytes into text that a parser can take: charset decided, nesting bounded."""

import re

from w3lib.encoding import html_to_unicode

MAX_DEPTH = 200
"""Open elements at once; Lexbor's time grows with the square of the nesting."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)([^<>]*)>")
_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.I)
_HEAD = 4_096
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
_SUSPICIOUS = 2_000
"""Pages with fewer closing tags missing than this are not looked at more closely."""


def decode(body: bytes, content_type: str) -> str:
    """Decode a page by header, byte-order mark, meta element, then a guess; never raises."""
    if not body:
        return ""
    plain = _plain(body, content_type)
    if plain is not None:
        return shallow(plain.replace("\x00", ""))
    try:
        text: str = html_to_unicode(content_type or None, body, default_encoding="utf-8")[1]
    except (LookupError, UnicodeError):
        text = body.decode("utf-8", "replace")
    return shallow(text.replace("\x00", ""))


def _plain(body: bytes, content_type: str) -> str | None:
    """The text of a page that says UTF-8, or nothing else, and is; None for all others."""
    said = _CHARSET.findall(content_type.encode("ascii", "replace") + b" " + body[:_HEAD])
    if body.startswith(_MARKS) or any(name.lower() not in (b"utf-8", b"utf8") for name in said):
        return None
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        return None


def shallow(source: str) -> str:
    """Leave out tags that would nest deeper than MAX_DEPTH; honest pages pass untouched."""
    tags = source.count("<")
    if tags < _SUSPICIOUS or tags - 2 * source.count("</") < _SUSPICIOUS:
        return source
    depth = 0

    def bounded(match: re.Match[str]) -> str:
        nonlocal depth
        closing, name, rest = match.groups()
        if name.lower() in _VOID or rest.endswith("/"):
            return match.group()
        if closing:
            depth = max(0, depth - 1)
            return match.group()
        depth += 1
        return match.group() if depth <= MAX_DEPTH else ""

    return _TAG.sub(bounded, source)
