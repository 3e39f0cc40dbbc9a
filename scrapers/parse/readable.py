"""One net for what others wrote: an entry that cannot be read costs itself, not its page."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Raw = TypeVar("Raw")
Result = TypeVar("Result")

BAD_DATA = (ValueError, TypeError, LookupError, ArithmeticError, AttributeError, RecursionError)
"""What comes of a list where a text should stand, an odd address, a number without end.

Faults of the machine (memory, files) and of the program (names, imports) are not among them.
"""

_MAX_DIGITS = 400
"""Digits of a number that is kept."""

_ESCAPE = re.compile(
    r"(?P<whole>\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})"
    r"|(?P<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\."
)
"""An escape within a JSON text: a whole character in two halves, a lone half, any other."""


def each_readable(entries: Iterable[Raw], read: Callable[[Raw], Result | None]) -> Iterator[Result]:
    """Yield what `read` makes of each entry, without those that give None or cannot be read.

    Only faults of the data (`BAD_DATA`) are passed over; those of the machine and of ours are
    raised.
    """
    for entry in entries:
        try:
            result = read(entry)
        except BAD_DATA:
            continue
        if result is not None:
            yield result


def read_json(text: str | bytes) -> object:
    """Return the value of a JSON text, whatever its size and depth; None where it is none."""
    if isinstance(text, bytes):
        text = text.decode(json.detect_encoding(text), "replace").removeprefix("\ufeff")
    text = without_halves(text.strip())
    value, end = json_at(text, 0)
    return value if end == len(text) else None


def json_at(text: str, start: int) -> tuple[object, int]:
    """Return the JSON value that begins at `start`, whatever follows, and where it ends.

    (None, 0) where none begins there. Control characters within texts are taken as they are.
    Numbers that are none (NaN), or too long for Python, become None.
    """
    for decoder in (_PLAIN, _LONG_NUMBERS):
        try:
            return decoder.raw_decode(text, start)
        except json.JSONDecodeError:
            break
        except ValueError:
            # Python converts no number of over 4,300 digits; the second decoder drops such.
            continue
        except (RecursionError, StopIteration):
            # Nested too deeply, or nothing to read: the second decoder would end so as well.
            break
    return None, 0


def without_halves(text: str) -> str:
    r"""Return a JSON text with U+FFFD for escaped halves of characters (`\ud800`).

    Two halves that make a character stay. A lone one is legal JSON, but no file can hold it.
    """
    if "\\ud" not in text and "\\uD" not in text:
        return text
    return _ESCAPE.sub(lambda match: "\\ufffd" if match["half"] else match[0], text)


def _number_or_none(digits: str) -> int | None:
    """Return a number from its digits; None for more digits than any number has."""
    return int(digits) if len(digits) <= _MAX_DIGITS else None


def _none(_: str) -> None:
    """Stand for NaN and Infinity, which Python's decoder would take for numbers."""


_PLAIN = json.JSONDecoder(strict=False, parse_constant=_none)
_LONG_NUMBERS = json.JSONDecoder(strict=False, parse_constant=_none, parse_int=_number_or_none)
