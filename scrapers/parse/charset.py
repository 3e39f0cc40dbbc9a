"""Turn bytes into text that a parser can take: charset decided, nesting bounded."""

import re

from w3lib.encoding import html_to_unicode

MAX_DEPTH = 200
"""Open elements at once; Lexbor's time grows with the square of the nesting."""

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)([^<>]*)>")
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
    try:
        text: str = html_to_unicode(content_type or None, body, default_encoding="utf-8")[1]
    except (LookupError, UnicodeError):
        text = body.decode("utf-8", "replace")
    return shallow(text.replace("\x00", ""))


def shallow(source: str) -> str:
    """Leave out tags that would nest deeper than MAX_DEPTH; honest pages pass untouched."""
    opened = source.count("<") - 2 * source.count("</")
    if opened < _SUSPICIOUS:
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
