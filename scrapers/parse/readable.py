"""One net for what others wrote: an entry that cannot be read costs itself, not its page."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Said = TypeVar("Said")
Made = TypeVar("Made")

BAD_DATA = (ValueError, TypeError, LookupError, ArithmeticError, AttributeError, RecursionError)
"""What comes of a list where a text should stand, an odd address, a number without end.

Faults of the machine (memory, files) and of the program (names, imports) are not among them.
"""

_DIGITS = 400
_ESCAPE = re.compile(
    r"(?P<whole>\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})"
    r"|(?P<half>\\u[dD][89a-fA-F][0-9a-fA-F]{2})|\\."
)


def each_readable(said: Iterable[Said], read: Callable[[Said], Made | None]) -> Iterator[Made]:
    """What is read of each entry, without those that give nothing or cannot be read."""
    for each in said:
        try:
            made = read(each)
        except BAD_DATA:
            continue
        if made is not None:
            yield made


def read_json(text: str | bytes) -> object:
    """The value of a JSON text, whatever its size and depth; None where it is none."""
    if isinstance(text, bytes):
        text = text.decode(json.detect_encoding(text), "replace").removeprefix("\ufeff")
    text = without_halves(text.strip())
    said, end = json_at(text, 0)
    return said if end == len(text) else None


def json_at(text: str, start: int) -> tuple[object, int]:
    """The JSON value that begins at a place, whatever follows, and where it ends; (None, 0).

    Control characters within texts are taken as they are. Numbers that are none (NaN), or too long
    for Python, become None.
    """
    for decoder in (_PLAIN, _PATIENT):
        try:
            return decoder.raw_decode(text, start)
        except json.JSONDecodeError:
            break
        except ValueError:
            continue
        except (RecursionError, StopIteration):
            break
    return None, 0


def without_halves(text: str) -> str:
    """A JSON text without escaped halves of characters (U+D800), which no file can hold."""
    if "\\ud" not in text and "\\uD" not in text:
        return text
    return _ESCAPE.sub(lambda match: "\\ufffd" if match["half"] else match[0], text)


def _short(digits: str) -> int | None:
    return int(digits) if len(digits) <= _DIGITS else None


def _none(_: str) -> None:
    return None


_PLAIN = json.JSONDecoder(strict=False, parse_constant=_none)
_PATIENT = json.JSONDecoder(strict=False, parse_constant=_none, parse_int=_short)
