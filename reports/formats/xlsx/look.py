"""The look of the workbook: palette, type, number formats and the styles made from them."""

from dataclasses import dataclass, replace
from functools import cache

from audit.model.metric import Unit
from audit.model.value import Qualifier
from reports.signs import OF_QUALIFIER, SIGNS, Sign, tail_of
from reports.words import STEPS

FONT = "Arial"
INK, MUTED, LINE, HEAD = "1B2733", "5A6672", "D5DCE3", "EDF1F4"
OWN, OWN_TINT, OWN_HEAD = "A64400", "FDF2E6", "F8DDBF"
HEAT_LOW, HEAT_MID, HEAT_HIGH, HEAT_CAP = "F4F8FB", "B5D2EB", "6FA8D6", "A9CBE8"
WHITE, BEST, BLUE, SLATE = "FFFFFF", "D9E8F5", "1F5F99", "8796A5"
ALERT, ALERT_TINT = "A61B4A", "FBEAF0"
HATCH, HATCH_PAPER, DIM = "B4BDC7", "FAFBFC", "D0D7DE"
UNSEEN = "E9EBEE"

MAX_WIDTH = 176
"""The widths of a reading sheet sum to this at most: one screen, and one page."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Style:
    """How a cell looks; edges are named by what they mean and drawn by `paint.py` beside it.

    A style is itself and nothing else (`eq=False`): it is looked up for every cell, and a
    comparison of all its fields would cost as much as writing the cell.
    """

    size: float = 10
    bold: bool = False
    italic: bool = False
    color: str = INK
    fill: str = ""
    hatch: bool = False
    align: str = "left"
    indent: int = 1
    wrap: bool = False
    shrink: bool = False
    bottom_aligned: bool = False
    top_aligned: bool = False
    top: str = ""
    bottom: str = "line"
    left: str = ""
    right: str = ""
    format: str = "General"
    quote: bool = False


@cache
def varied(style: Style, **changes: str | float | bool) -> Style:
    """Return the style with some properties changed; the same changes give the same object."""
    return replace(style, **changes)  # type: ignore[arg-type]  # names are those of the class


# Four parts: above zero, below, zero, text. `_0` leaves a space as wide as a 0 behind each.
TEXT_RIGHT = "General_0;-General_0;General_0;@_0"
"""Keeps a word as far from the edge as the figures above it."""

BODY = Style()
NUMBER = Style(align="right", indent=0)
CENTRE = Style(align="center", indent=0)
SMALL = Style(size=9)
PLAIN = Style(indent=0, bottom="")
TITLE = Style(size=16, bold=True, indent=0, bottom="")
BLOCK_TITLE = varied(PLAIN, size=12, bold=True)
SENTENCE = Style(size=11, indent=0, bottom="")
KEY = Style(size=9, color=MUTED, indent=0, bottom="")
BACK = Style(size=9, color=BLUE, align="right", indent=0, bottom="")
LINK = Style(size=9, color=BLUE)
HEADER = Style(bold=True, fill=HEAD, bottom="head", wrap=True, bottom_aligned=True)
HEADER_RIGHT = varied(HEADER, align="right", indent=0, format=TEXT_RIGHT)
HEADER_CENTRE = varied(HEADER, align="center", indent=0)
UNKNOWN = Style(
    size=9, italic=True, color=MUTED, hatch=True, align="right", indent=0, format=TEXT_RIGHT
)
NO_FIGURE = Style(color=MUTED, align="right", indent=0, format=TEXT_RIGHT)

MINUTE = "yyyy-mm-dd hh:mm_0"
DATE = "yyyy-mm-dd_0"
DAY = "d mmm_0"
DAY_OF_YEAR = "d mmm yyyy_0"
# The second part is for figures below zero; Excel shows them there without their sign.
TREND = f'"{SIGNS[Sign.RISING].text} +"0%_0;"{SIGNS[Sign.FALLING].text} −"0%_0'

COUNT = "#,##0_0"
"""A whole number in a box of people's."""

STRIP = Style(
    size=9, align="center", indent=0, left="white", right="white", bottom="white", top="white"
)
"""A cell of a strip: its colour is its message, white edges keep it from its neighbours."""

# Three parts: above zero, below zero (never there, so empty), and zero itself.
STRIP_COUNT = '0;;"·"'
NOT_SEEN = varied(STRIP, italic=True, color=MUTED, fill=UNSEEN, format=STRIP_COUNT)

_MOST_PARTS = 40
"""Office loads 206 custom formats at most, so 'n of m' is a format for small m only."""

_BASE = {Unit.COUNT: "#,##0", Unit.DAYS: "#,##0", Unit.RATE: "0.0", Unit.SHARE: "0%"}
_STRIP_BASE = {**_BASE, Unit.COUNT: "0"}
_ABOUT = f'"{SIGNS[Sign.ROUNDED].text} "'


@cache
def number_format(
    unit: Unit,
    *,
    exact: bool = True,
    qualifiers: tuple[Qualifier, ...] = (),
    prefix: str = "",
    tenths: bool = False,
) -> str:
    """Return the format of a figure: state in front, qualifier behind, digits in line.

    `_†` leaves a space as wide as that sign, so that digits stand below digits.
    """
    base = "#,##0.0" if tenths else _BASE[unit]
    front = f'"{prefix}"' if prefix else ""
    about = "" if exact else _ABOUT
    none = "" if unit is Unit.SHARE else "_†"
    marks = {OF_QUALIFIER[qualifier] for qualifier in qualifiers}
    tail = tail_of(sign for sign in SIGNS if sign in marks)
    behind = f'"{tail}"' if tail else none
    return f"{front}{about}{base}{behind}_0"


@cache
def bare_format(unit: Unit, *, strip: bool = False, exact: bool = True) -> str:
    """Return the format of a number that never bears a qualifier; in a strip a zero is a dot."""
    if strip:
        return f'{_STRIP_BASE[unit]};;"·"'
    about = "" if exact else _ABOUT
    return f"{about}{_BASE[unit]}_0"


def there_format(number: float, words: str, behind: str) -> str:
    """Return the format of how many follow what is there, cut short: `there 12k ?`."""
    for least, decimals, letter in STEPS:
        if number >= least:
            thousands = ",," if letter == "M" else ","
            return f'"{words} "0{".0" if decimals else ""}{thousands}"{letter}{behind}"_0'
    return f'"{words} "#,##0"{behind}"_0' if behind else f'"{words} "#,##0_0'


def part_format(whole: int, words: str = "") -> str | None:
    """Return the format of a number that reads `n of whole`; None where there would be too many."""
    return f'0" of {whole}{words}"_0' if whole <= _MOST_PARTS else None
