"""The look of the workbook: palette, type, number formats and the styles made from them."""

from dataclasses import dataclass, replace
from functools import cache

from audit.model.metric import Unit
from audit.model.value import Qualifier

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
    """How a cell looks; edges are named by what they mean and drawn by `reports/paint.py`.

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
    top: str = ""
    bottom: str = "line"
    left: str = ""
    right: str = ""
    format: str = "General"
    quote: bool = False


@cache
def varied(style: Style, **changes: str | float | bool) -> Style:
    """The style with some properties changed; the same changes give the same object."""
    return replace(style, **changes)  # type: ignore[arg-type]  # names are those of the class


TEXT_RIGHT = "General_0;-General_0;General_0;@_0"

BODY = Style()
NUMBER = Style(align="right", indent=0)
CENTRE = Style(align="center", indent=0)
RIGHT_TEXT = Style(align="right", indent=0, format=TEXT_RIGHT)
SMALL = Style(size=9)
PLAIN = Style(indent=0, bottom="")
TITLE = Style(size=16, bold=True, indent=0, bottom="")
SENTENCE = Style(size=11, indent=0, bottom="")
KEY = Style(size=9, color=MUTED, indent=0, bottom="")
BACK = Style(size=9, color=BLUE, align="right", indent=0, bottom="")
LINK = Style(size=9, color=BLUE)
HEADER = Style(bold=True, fill=HEAD, bottom="head", wrap=True, bottom_aligned=True)
HEADER_RIGHT = varied(HEADER, align="right", indent=0, format=TEXT_RIGHT)
HEADER_CENTRE = varied(HEADER, align="center", indent=0)
MUTED_TEXT = Style(color=MUTED)
UNKNOWN = Style(size=9, italic=True, color=MUTED, hatch=True, align="right", indent=0,
                format=TEXT_RIGHT)  # fmt: skip
NONE = Style(color=MUTED, align="right", indent=0, format=TEXT_RIGHT)

DAY = "d mmm_0"
DAY_OF_YEAR = "d mmm yyyy_0"
MINUTE = "yyyy-mm-dd hh:mm_0"
STRIP = '0;;"·"'
TREND = '"▲ +"0%_0;"▼ −"0%_0'
_OF_LIMIT = 40
"""Office loads 206 custom formats at most, so 'n of m' is a format for small m only."""

_BASE = {Unit.COUNT: "#,##0", Unit.DAYS: "#,##0", Unit.RATE: "0.0", Unit.SHARE: "0%"}
_TAILS = {Qualifier.TRUNCATED: '"†"', Qualifier.MANUAL: '" (m)"', Qualifier.CANDIDATE: '" (c)"'}


@cache
def number_format(
    unit: Unit,
    *,
    exact: bool = True,
    qualifiers: tuple[Qualifier, ...] = (),
    prefix: str = "",
    tenths: bool = False,
) -> str:
    """The format of a figure: state in front, qualifier behind, digits in line."""
    base = "#,##0.0" if tenths else _BASE[unit]
    front = f'"{prefix}"' if prefix else ""
    rounded = "" if exact else '"≈ "'
    tail = next((_TAILS[each] for each in qualifiers), "" if unit is Unit.SHARE else "_†")
    return f"{front}{rounded}{base}{tail}_0"


def part_format(whole: int, what: str = "") -> str | None:
    """The format of a number that reads `n of whole`; None where there would be too many."""
    return f'0" of {whole}{what}"_0' if whole <= _OF_LIMIT else None
