"""Clean any text that came from outside before it is kept."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from html import unescape

FIELD_LIMIT = 2_000
"""Characters of a text that is kept, unless its reader asks for another number."""

_ILLEGAL = re.compile(
    "[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
    "|[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
"""What XML 1.0 forbids, and signs without a form that turn text around or hide in it."""

_SPACE = re.compile(r"\s+")
_LONG_REFERENCE = re.compile(r"&#(?:[xX]0*+[0-9a-fA-F]{7,}+|0*+[0-9]{8,}+);?")


_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
"""Signs of East Asian width, by what they are in ASCII."""


def clean(text: str, limit: int = FIELD_LIMIT) -> str:
    """Fold white space, drop what XML 1.0 forbids and what turns text around, cut at `limit`.

    Zero-width joiners stay: scripts such as Persian and emoji need them. A text that is cut ends
    with an ellipsis.
    """
    # Folding a text of megabytes for its first words takes too long.
    if len(text) > 4 * limit:
        text = text[: 4 * limit]
    folded = " ".join(text.split())
    # A quick look that most texts pass: what is forbidden is never printable.
    if not folded.isprintable():
        folded = _SPACE.sub(" ", _ILLEGAL.sub("", text)).strip()
    return folded if len(folded) <= limit else folded[: limit - 1].rstrip() + "…"


def legal(text: str) -> str:
    """Drop what XML 1.0 forbids, and signs that hide, and keep everything else as it is."""
    return _ILLEGAL.sub("", text)


def unescaped(text: str) -> str:
    """Resolve the references of HTML; one to no character becomes U+FFFD."""
    # `html.unescape` raises for a number of thousands of digits.
    return unescape(_LONG_REFERENCE.sub("\ufffd", text) if "&#" in text else text)


class Lines:
    """Short texts that are looked through as one, as a page has hundreds of links and of names."""

    def __init__(self, texts: Sequence[str]) -> None:
        """Join the texts, each as one line."""
        joined = "\n".join(texts)
        if joined.count("\n") >= len(texts):
            joined = "\n".join(text.replace("\n", " ") for text in texts)
        lowered = joined.lower()
        # A few letters, such as the Turkish İ, are two in small letters: these stay as they are.
        if len(lowered) != len(joined):
            small = (letter.lower() for letter in joined)
            lowered = "".join(
                low if len(low) == 1 else letter for low, letter in zip(small, joined, strict=True)
            )
        self._lowered = lowered
        self._known: dict[str, list[int]] = {}

    def holding(self, parts: Iterable[str]) -> list[int]:
        """Return the places of the texts that hold one of some parts, in any case, in their order.

        The parts are in small letters and in one line.
        """
        return sorted({place for part in parts for place in self._places(part)})

    def _places(self, part: str) -> list[int]:
        """Return the places of the texts that hold one part; several readers ask for the same."""
        known = self._known.get(part)
        if known is not None:
            return known
        text, found = self._lowered, self._known.setdefault(part, [])
        place, line = 0, 0
        while (at := text.find(part, line)) >= 0:
            place += text.count("\n", line, at)
            found.append(place)
            line = text.find("\n", at)
            if line < 0:
                break
        return found


def holds(text: str, parts: tuple[str, ...]) -> bool:
    """Tell whether a text holds one of some parts.

    For short texts by the hundred: several times as fast as a pattern that takes any case.
    """
    return any(map(text.__contains__, parts))


def encodable(text: str) -> str:
    """Return a text with halves of characters replaced, so that it can be written as UTF-8."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def ascii_signs(text: str) -> str:
    """Write digits of any script, and signs of East Asian width, as ASCII has them.

    "１．２万" becomes "1.2万", "٢٩" becomes "29". Letters are composed where they can be.
    """
    composed = unicodedata.normalize("NFC", text.translate(_FULL_WIDTH))
    return "".join(map(_ascii_digit, composed))


def _ascii_digit(character: str) -> str:
    """Return the ASCII digit for a digit of any script, and every other character as it is."""
    value = unicodedata.decimal(character, None)
    return character if value is None else str(value)
