"""Text from other people's pages, as any file can hold it and no program takes it for a command."""

import re

_NOT_TEXT = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, such as half a surrogate pair; and control characters."""

# Marks that turn the direction of writing: with U+202E before it `gnp.exe` is read as `exe.png`.
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")

# The wide forms are what East Asian keyboards give; Excel takes them for the others.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")


def legible(text: str) -> str:
    """Return a text without what no file can hold and what turns the direction of writing."""
    if text.isascii() and text.isprintable():
        return text
    return _BIDI.sub("", _NOT_TEXT.sub("", text))


def harmless(text: str) -> str:
    """Return a legible text that no spreadsheet program takes for a formula.

    What begins like one gets an apostrophe before it: `'=1+1`, `'@acme`.
    """
    kept = legible(text)
    return f"'{kept}" if _FORMULA.match(kept) else kept
