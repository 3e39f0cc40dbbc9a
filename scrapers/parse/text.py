"""Clean any text that came from outside before it is kept."""

import re

FIELD_LIMIT = 2_000

_NOT_XML = re.compile(
    "[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
    "|[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
_SPACE = re.compile(r"\s+")


def clean(text: str, limit: int = FIELD_LIMIT) -> str:
    """Fold white space, drop what XML 1.0 forbids and what turns text around, cut at `limit`.

    Zero-width joiners stay: scripts such as Persian and emoji need them.
    """
    if len(text) > 4 * limit:
        text = text[: 4 * limit]
    folded = " ".join(text.split())
    if not folded.isprintable():
        folded = _SPACE.sub(" ", _NOT_XML.sub("", text)).strip()
    return folded if len(folded) <= limit else folded[: limit - 1].rstrip() + "…"


def legal(text: str) -> str:
    """Drop what XML 1.0 forbids and keep everything else as it is."""
    return _NOT_XML.sub("", text)
