"""How much room the content of a cell takes, in the unit of a column's width: one digit."""

import re
from collections.abc import Iterable, Sequence
from math import ceil

from reports.formats.xlsx.grid import Line, Styled

_NARROW, _WIDE = frozenset(" .,:;'|()[]fijlrtI-–/"), frozenset("▲▼mwMW%@●○◊…")
_OF_NARROW, _OF_WIDE, _OF_CAPITAL = 0.6, 1.7, 1.3
_BOLD = 1.08
_USUAL_SIZE = 10
"""The size in points of the type in whose digits columns are measured."""

_EDGES = 0.8
"""What a column keeps free at its two edges."""

_QUOTED = re.compile(r'"([^"]{0,200})"')
_PADDED = re.compile(r"_(.)")


def room_of(cell: Styled | None) -> float:
    """Return how wide a column must be to show a cell; 0 for an empty one, and for a time.

    A number that does not fit shows as ###, so that letters are taken rather too wide.
    """
    if cell is None or not isinstance(cell.value, str | int | float):
        return 0.0
    words = cell.value if isinstance(cell.value, str) else _shown(cell.value, cell.style.format)
    pads = "".join(_PADDED.findall(_first_part(cell.style.format)))
    weight = sum(_letter(letter) for letter in words + pads) * cell.style.size / _USUAL_SIZE
    return weight * (_BOLD if cell.style.bold else 1) + cell.style.indent + _EDGES


def longest(lines: Iterable[Line], at: int) -> float:
    """Return the room of the longest content of a column, from 0; whole digits."""
    return float(ceil(max((room_of(_cell(line.cells, at)) for line in lines), default=0)))


def _cell(cells: Sequence[Styled | None], at: int) -> Styled | None:
    """Return a cell of a row, which may end before it."""
    return cells[at] if at < len(cells) else None


def _shown(value: float, form: str) -> str:
    """Return the letters of a number in its format, without the spaces around it."""
    part = _first_part(form)
    bare = _PADDED.sub("", _QUOTED.sub("", part))
    digits = "{:.0%}" if "%" in bare else "{:,.1f}" if "0.0" in bare else "{:,}"
    return "".join(_QUOTED.findall(part)) + digits.format(value)


def _first_part(form: str) -> str:
    """Return what a format says of numbers above zero."""
    return form.partition(";")[0]


def _letter(letter: str) -> float:
    """Return the width of a letter, in digits."""
    if letter in _NARROW:
        return _OF_NARROW
    if letter in _WIDE:
        return _OF_WIDE
    return _OF_CAPITAL if letter.isupper() else 1.0
