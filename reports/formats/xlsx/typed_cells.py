"""What a person has typed into one cell, as a word that can be kept."""

import re
from datetime import datetime, time, timedelta

from reports.people import Word

Value = Word | None

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
"""How Excel writes a character that XML has no room for; `_x005F_` is an underscore."""


def word_of(cell: object) -> Value:
    """Return what stands in a cell as a word; None where there is nothing but blanks."""
    value = getattr(cell, "value", None)
    match value:
        case None:
            return None
        case bool():
            return "TRUE" if value else "FALSE"
        case int() | float():
            return _number(value, f"{getattr(cell, 'number_format', '')}")
        case datetime():
            return value.replace(microsecond=0)
        case time() | timedelta():
            return f"{value}"
        case _:
            # A formula of several cells is an object with its text.
            return _text(f"{getattr(value, 'text', value)}")


def _number(value: float, form: str) -> Word:
    """Return a number; per cent as a text, as a bare 0.5 would not be what was typed."""
    return f"{value * 100:.10g}%" if form.endswith("%") else value


def _text(value: str) -> str | None:
    """Return a text as it was typed."""
    text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
    return text if text.strip() else None
