"""The one place where a value becomes a cell: typed, formatted, with its proof or its reason."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from audit.model.metric import Unit
from audit.model.value import Absent, Known, Moment, Number, Unknown
from reports.look import (
    DAY,
    DAY_OF_YEAR,
    LINK,
    NONE,
    NUMBER,
    SMALL,
    TEXT_RIGHT,
    UNKNOWN,
    Style,
    number_format,
    varied,
)
from reports.words import rounded, why

Content = str | int | float | datetime | None
Run = tuple[str, bool]
"""A piece of a sentence, and whether it is bold."""

MAX_UNITS = 32_767
"""UTF-16 units that Excel keeps in one cell."""
MAX_LINE_FEEDS = 253
_SHORT = MAX_UNITS // 2
MAX_LINK = 2_000
MAX_NAME = 31

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
_FORBIDDEN_IN_NAME = re.compile(r"[:\\/?*\[\]\x00-\x1f]")
_NARROW_REASON = 13


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as a value: what is in it, how it looks, where it leads, what its note says."""

    value: Content = None
    style: Style = NUMBER
    link: str = ""
    note: str = ""
    runs: tuple[Run, ...] = ()


def clean(content: str) -> str:
    """The text as a cell can hold it: XML 1.0 characters, few line feeds, 32,767 UTF-16 units.

    Excel reads `_x000A_` as a line feed; such an underscore is written as `_x005F_`.
    """
    if content.isprintable() and len(content) < _SHORT and "_x" not in content:
        return content
    kept = _BIDI.sub("", _NOT_XML.sub("", content)).replace("\r\n", "\n").replace("\r", "\n")
    kept = _ESCAPE.sub("_x005F_", kept)
    parts = kept.split("\n")
    if len(parts) > MAX_LINE_FEEDS:
        kept = "\n".join([*parts[:MAX_LINE_FEEDS], " ".join(parts[MAX_LINE_FEEDS:])])
    return _cut(kept)


def _cut(content: str) -> str:
    if len(content) * 2 <= MAX_UNITS or len(content.encode("utf-16-le")) <= MAX_UNITS * 2:
        return content
    head = content.encode("utf-16-le")[: (MAX_UNITS - 1) * 2].decode("utf-16-le", errors="ignore")
    return f"{head}…"


def text(content: str, style: Style, *, link: str = "", note: str = "") -> Cell:
    """A text as a cell; what a program might take for a formula is marked as text."""
    kept = clean(content)
    if content.startswith(_RISKY) or kept.startswith(_RISKY):
        style = varied(style, quote=True)
    return Cell(kept, style, link, note)


def address(url: str) -> Cell:
    """An address as a cell; only http and https addresses become links."""
    return text(url, LINK, link=url) if linkable(url) else text(url, SMALL)


def linkable(url: str) -> bool:
    """Tell whether an address may become a hyperlink."""
    sound = len(url) <= MAX_LINK and clean(url) == url and not any(sign in url for sign in " \t\n")
    return sound and url[:8].lower().startswith(("http://", "https://"))


def number(
    value: Number, unit: Unit, style: Style = NUMBER, *, prefix: str = "", link: str = ""
) -> Cell:
    """A measured value as a cell: a typed figure, `–` where there is none, `? reason`."""
    match value:
        case Known(value=figure, exact=exact, qualifiers=qualifiers):
            shown = rounded(figure, unit)
            tenths = unit in (Unit.COUNT, Unit.DAYS) and isinstance(shown, float)
            said = number_format(
                unit, exact=exact, qualifiers=qualifiers, prefix=prefix, tenths=tenths
            )
            return Cell(shown, varied(style, format=said), link)
        case Absent():
            return none(style, link=link)
        case Unknown():
            return unknown(value, style)


def none(style: Style = NUMBER, *, link: str = "") -> Cell:
    """Looked for and not there."""
    muted = varied(NONE, fill=style.fill, top=style.top, bottom=style.bottom,
                   left=style.left, right=style.right, align=style.align,
                   indent=style.indent)  # fmt: skip
    return Cell("–", _kept_in_line(muted) if link else muted, link)


def _kept_in_line(style: Style) -> Style:
    """LibreOffice forgets the padding of a linked text's format; an indent stays."""
    return varied(style, format="General", indent=1) if style.align == "right" else style


def unknown(value: Unknown, style: Style = NUMBER, *, noted: bool = True) -> Cell:
    """Not known: the reason on a hatch, and in a note why it is so and what would help."""
    size = 9 if len(value.reason) < _NARROW_REASON else 8
    hatched = varied(UNKNOWN, size=size, align=style.align, indent=style.indent, top=style.top,
                     bottom=style.bottom, left=style.left, right=style.right)  # fmt: skip
    return Cell(f"? {value.reason}", hatched, "", why(value) if noted else "")


def moment(value: Moment, zone: ZoneInfo, since: datetime, style: Style = NUMBER) -> Cell:
    """A day as a cell: without its year where it lies in the window."""
    match value:
        case Known(value=at):
            return day(at, zone, since, style)
        case Absent():
            return none(style)
        case Unknown():
            return unknown(value, style)


def day(at: datetime, zone: ZoneInfo, since: datetime, style: Style = NUMBER) -> Cell:
    """A point in time as a calendar day."""
    local = at.astimezone(zone).replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)
    return Cell(local, varied(style, format=DAY if at >= since else DAY_OF_YEAR))


def sentence(runs: Sequence[Run], style: Style) -> Cell:
    """A sentence with bold pieces."""
    cleaned = tuple((clean(piece), bold) for piece, bold in runs if piece)
    whole = "".join(piece for piece, _ in cleaned)
    if whole.startswith(_RISKY):
        style = varied(style, quote=True)
    return Cell(whole, style, "", "", cleaned)


def words_right(content: str, style: Style, *, link: str = "") -> Cell:
    """A short text in a column of figures."""
    padded = varied(style, align="right", indent=0, format=TEXT_RIGHT)
    return text(content, _kept_in_line(padded) if link else padded, link=link)


def sheet_name(wanted: str, taken: Sequence[str] = ()) -> str:
    """A name that Excel accepts for a sheet: 31 characters, none forbidden, unique without case."""
    kept = _FORBIDDEN_IN_NAME.sub(" ", clean(wanted)).strip("' ")
    base = _short(kept, MAX_NAME).strip("' ") or "Sheet"
    used = {name.casefold() for name in (*taken, "History")}
    name, count = base, 1
    while name.casefold() in used:
        count += 1
        name = f"{_short(base, MAX_NAME - len(str(count)) - 1)} {count}"
    return name


def _short(content: str, units: int) -> str:
    return content.encode("utf-16-le")[: units * 2].decode("utf-16-le", errors="ignore")
