"""How much room the content of a cell takes, in the unit of a column's width: a digit of Arial."""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from math import ceil
from unicodedata import category, combining, east_asian_width, normalize

from reports.formats.xlsx.grid import Line, Styled
from reports.formats.xlsx.look import Style

_WIDTHS = {
    letter: width
    for letters, width in (
        ("'", 0.34),
        ("ijl‘’", 0.4),
        ("|", 0.47),
        (" !,./:;I[\\]ft·\u00a0", 0.5),
        ("()-`r{}“”", 0.6),
        ('"', 0.64),
        ("*", 0.7),
        ("^◊", 0.9),
        ("Jcksvxyz", 0.9),
        ("≈±", 0.99),
        ("+<=>~×−", 1.05),
        ("●○■FTZß", 1.1),
        ("&ABEKPSVXY", 1.2),
        ("CDHNRUw", 1.3),
        ("GOQØ", 1.4),
        ("Mm", 1.5),
        ("%æ", 1.6),
        ("W", 1.7),
        ("▲▼◄…—@Æ", 1.83),
    )
    for letter in letters
}
"""Widths of Arial's letters in those of its digits; all others of Latin are as wide as a digit."""

_SQUARE, _OTHER = 1.85, 1.2
"""A sign as wide as high (Chinese, Japanese, Korean, emoji), and a letter of another alphabet."""

_LAST_LATIN = "\u024f"
_BOLD = 1.08
_USUAL_SIZE = 10
"""The size in points of the type in whose digits columns are measured."""

_SLACK = 1.03
"""Excel draws letters on whole pixels, which makes a line up to three per cent wider."""

_EDGES = 0.8
"""What a column keeps free at its two edges."""

_QUOTED = re.compile(r'"([^"]{0,200})"')
_SCALED = re.compile(r"0(,+)(?![0#])")
"""Commas behind the last digit: each shows a thousandth of the number."""

_PADDED = re.compile(r"_(.)")
_DAY_PARTS = re.compile("yyyy|mmm|mm|dd|d|hh")
_LONGEST_PARTS = {"yyyy": "2026", "mmm": "May", "mm": "10", "dd": "23", "d": "23", "hh": "23"}
"""What stands for a part of a date; of months in letters May and its like are the widest."""

_WORD = re.compile(r"\n|[^\S\n]?\S+")
"""A word with the blank before it; an end of a line is one by itself."""

_PIECE = re.compile(r"\n|[^\S\n]?(?:[^\s/-]*[/-]+|[^\s/-]+)")
"""A part of a word, up to where it may be broken."""


def room_of(cell: Styled | None) -> float:
    """Return how wide a column must be to show a cell in one line; 0 for an empty one."""
    if cell is None or cell.value is None:
        return 0.0
    style = cell.style
    return _room(_seen(cell), style) + style.indent + _EDGES


def lines_of(words: str, style: Style, width: float) -> int:
    """Return the lines that a text takes in a column, broken between words where that can be.

    A word that is longer than a line some programs break at its slashes and hyphens, which leaves
    lines half empty, and others wherever the line ends: it is the more lines of the two.
    """
    free = max(1.0, width - style.indent - _EDGES)
    lines = _lines(_WORD.findall(words), style, free)
    if not any(_room(word, style) > free for word in words.split()):
        return lines
    return max(lines, _lines(_PIECE.findall(words), style, free))


def _lines(pieces: Sequence[str], style: Style, free: float) -> int:
    """Return the lines that pieces take; those with a blank before them stand apart."""
    lines, at = 1, 0.0
    for piece in pieces:
        if piece == "\n":
            lines, at = lines + 1, 0.0
            continue
        word = piece.lstrip()
        room, space = _room(word, style), _room(piece[: len(piece) - len(word)], style)
        if at and at + space + room > free:
            lines, at = lines + 1, 0.0
        if room > free:  # broken wherever the line ends
            more = int(room / free)
            lines, room = lines + more, room - more * free
        at += room + (space if at else 0)
    return lines


def longest(lines: Iterable[Line], at: int) -> float:
    """Return the room of the longest content of a column, from 0; whole digits."""
    return float(ceil(max((room_of(_cell(line.cells, at)) for line in lines), default=0)))


def _cell(cells: Sequence[Styled | None], at: int) -> Styled | None:
    """Return a cell of a row, which may end before it."""
    return cells[at] if at < len(cells) else None


def _seen(cell: Styled) -> str:
    """Return the letters that a cell shows, with the signs whose width its format leaves free."""
    value, form = cell.value, cell.style.format
    if isinstance(value, datetime):
        return _day(form)
    words = _shown(value, form) if isinstance(value, int | float) else f"{value or ''}"
    return words + "".join(_PADDED.findall(_first_part(form)))


def _day(form: str) -> str:
    """Return the longest date or time that a format can show."""
    bare = _DAY_PARTS.sub(lambda part: _LONGEST_PARTS[part[0]], _PADDED.sub("", form))
    return bare + "".join(_PADDED.findall(form))


def _shown(value: float, form: str) -> str:
    """Return the letters of a number in its format, without the spaces around it."""
    part = _first_part(form)
    bare = _PADDED.sub("", _QUOTED.sub("", part))
    thousands = _SCALED.search(bare)
    shown = value / 1_000 ** len(thousands[1]) if thousands else value
    tenths = ".1" if "0.0" in bare else ".0" if thousands or "%" in bare else ""
    kind = "%" if "%" in bare else "f" if tenths else ""
    return "".join(_QUOTED.findall(part)) + f"{{:,{tenths}{kind}}}".format(shown)


def _first_part(form: str) -> str:
    """Return what a format says of numbers above zero."""
    return form.partition(";")[0]


def _room(words: str, style: Style) -> float:
    """Return the width of words in a type, in digits of the usual size."""
    return _digits(words) * style.size / _USUAL_SIZE * (_BOLD if style.bold else 1) * _SLACK


@lru_cache(maxsize=4_096)
def _digits(words: str) -> float:
    """Return the width of words, in digits."""
    return sum(_letter(letter) for letter in words)


@lru_cache(maxsize=4_096)
def _letter(letter: str) -> float:
    """Return the width of a letter, in digits; a mark on a letter takes none."""
    if (known := _WIDTHS.get(letter)) is not None:
        return known
    if combining(letter) or category(letter) in {"Mn", "Cf", "Cc"}:
        return 0.0
    plain = normalize("NFD", letter)[0]
    if plain != letter and plain <= _LAST_LATIN:
        return _letter(plain)
    if letter <= _LAST_LATIN or letter in "†–‡":
        return 1.0
    return _SQUARE if east_asian_width(letter) in "WF" else _OTHER
