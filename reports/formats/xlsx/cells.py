"""From a cell as a value to a cell of a worksheet: typed, formatted, with its link and its note."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from audit.model.metric import Unit
from audit.model.rounding import rounded
from audit.model.value import Dated, Known, Unknown
from reports.formats.xlsx.book import Book
from reports.formats.xlsx.grid import Styled
from reports.formats.xlsx.links import target_of
from reports.formats.xlsx.look import (
    ALERT,
    BEST,
    COUNT,
    DATE,
    DAY,
    DAY_OF_YEAR,
    LINK,
    MINUTE,
    MUTED,
    NO_FIGURE,
    NOT_SEEN,
    NUMBER,
    SMALL,
    TEXT_RIGHT,
    TREND,
    UNKNOWN,
    Style,
    bare_format,
    number_format,
    part_format,
    there_format,
    varied,
)
from reports.formats.xlsx.room import room_of
from reports.people import PersonsWord, Word
from reports.plain import formerly_words, marked, part_words, time_of, unseen_sign
from reports.signs import SIGNS, Sign, tail_of
from reports.tables import (
    Cell,
    Column,
    ColumnKind,
    Formerly,
    Part,
    Run,
    Tone,
    ToWeb,
    is_figure,
    signs_of_day,
)
from reports.words import formerly_note, in_short, person_note, unknown_note

MAX_UNITS = 32_767
"""UTF-16 units that Excel keeps in one cell."""
# Excel's own limit for a cell, beside that of its characters.
MAX_LINE_FEEDS = 253
# So many characters fit even where each of them takes two units.
_SHORT = MAX_UNITS // 2

_FIRST_DAY = datetime(1900, 3, 1)  # noqa: DTZ001  # cells know no zones
"""Earlier days are text: Excel has no day before 1900 and counts a 29 February in that year, so
that before March other programs read its days as one day off."""

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Marks that turn the direction of writing: with U+202E before it `gnp.exe` is read as `exe.png`.
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_RISKY = frozenset("=+-@\t\r\n")
_NARROW_REASON = 13
"""Longer reasons are written smaller, to fit into a column of figures."""

_ROOM = 14.0
"""How wide a column of figures may become for the sake of a change beside a figure."""

_WIDE = (Sign.BEST, Sign.LAST)
"""Words before a figure, which two spaces keep apart from it."""


def styled(cell: Cell, base: Style, column: Column, book: Book) -> Styled:
    """Return a cell of the worksheet for a value: its style is the base, changed by its tone."""
    style = base if cell.tone is Tone.PLAIN else toned(base, cell.tone)
    link = "" if cell.to is None else book.link(cell.to)
    match cell.value:
        case None if cell.mark is None:
            return Styled(None, style)
        case str() | None:
            return _words(cell, style, column, link)
        case tuple():
            return sentence(cell.value, style)
        case int() | float():
            return _bare(cell, style, column, link)
        case Part() | Formerly() | PersonsWord():
            composed = _composed(cell.value, style)
            return replace(composed, note=cell.aside or composed.note)
        case _:
            at = time_of(cell)
    return (
        _number(cell, style, column, book) if at is None else _time(cell, at, style, column, book)
    )


_TONES: Mapping[Tone, Mapping[str, str | bool]] = {
    Tone.PLAIN: {},
    Tone.STRONG: {"bold": True},
    Tone.ASIDE: {"color": MUTED},
    Tone.REASON: {"italic": True, "bold": False, "color": MUTED},
    Tone.ALERT: {"bold": True, "color": ALERT},
    Tone.TYPICAL: {"italic": True},
}


def toned(style: Style, tone: Tone) -> Style:
    """Return the look of a tone, on a style."""
    if tone is Tone.THERE:  # on the tint of the own company the fill alone would not be seen
        return varied(style, fill=BEST, bold=bool(style.fill))
    changes = _TONES[tone]
    return varied(style, **changes) if changes else style


def _words(cell: Cell, style: Style, column: Column, link: str) -> Styled:
    """Return words as a cell: their mark before them, or in their place."""
    words, note = marked(cell), _unseen_note(cell)
    if column.strip:
        return text(words, NOT_SEEN if cell.mark is Sign.NOT_SEEN else style)
    if column.kind is ColumnKind.TREND:
        style = varied(style, size=9, color=MUTED, bold=False)
    if style.align == "right" and column.kind is not ColumnKind.TIME:
        return words_right(words, style, link=link, note=note)
    return text(words, style, link=link, note=note)


def _unseen_note(cell: Cell) -> str:
    """Return the note of what could not be seen of something that is there."""
    return unknown_note(cell.unseen) if cell.unseen is not None and cell.noted else ""


def _number(cell: Cell, style: Style, column: Column, book: Book) -> Styled:
    """Return a measured value as a cell: a typed figure, `–` where there is none, `? reason`."""
    link = book.link(cell.to)
    if is_figure(cell.value) and cell.mark is Sign.FOUND:
        form = there_format(cell.value.value, SIGNS[Sign.FOUND].text, unseen_sign(cell))
        told = person_note(cell.value, book.until)
        note = "\n".join(filter(None, (_unseen_note(cell), told)))
        return Styled(cell.value.value, varied(style, format=form), link, note)
    if is_figure(cell.value):
        shown = number(cell.value, cell.unit, style, prefix=_prefix(cell.mark), link=link)
        if cell.since:
            shown = _since(shown, cell, book)
        told = person_note(cell.value, book.until)
        notes = [note for note in (shown.note, cell.aside, told) if note]
        return replace(shown, note="\n".join(notes))
    if not isinstance(cell.value, Unknown):
        return none(style, link=link)
    reason = unknown(cell.value, style, noted=cell.noted)
    # A strip has no room for a reason: that stands in the note.
    seen = replace(reason, value="?", style=varied(reason.style, align="center"))
    return seen if column.strip else reason


def _since(shown: Styled, cell: Cell, book: Book) -> Styled:
    """Return a figure with its change beside it, of a long one its sign alone.

    An amount that has no room stands in the note of the cell. Shrunk a little where the type of a
    machine is wider than ours, as a number that does not fit shows as ###.
    """
    whole = _with_change(shown, cell.since, book)
    if room_of(whole) > _ROOM:
        whole = _with_change(shown, cell.since[:1], book)
    told = f"({cell.since})" in whole.style.format or len(cell.since) == 1
    return whole if told else replace(whole, note=f"{cell.since} since the last run")


def _with_change(shown: Styled, words: str, book: Book) -> Styled:
    """Return a figure with a change before it, in words or by its sign."""
    form = book.with_change(shown.style.format, words)
    return replace(shown, style=varied(shown.style, format=form, shrink=True))


def _prefix(mark: Sign | None) -> str:
    """Return what stands before a figure in its number format."""
    if mark is None:
        return ""
    return SIGNS[mark].text + ("  " if mark in _WIDE else " ")


def number(
    value: Known[int] | Known[float], unit: Unit, style: Style, *, prefix: str = "", link: str = ""
) -> Styled:
    """Return a known figure as a cell; its qualifiers are in its number format."""
    figure = rounded(value.value, unit)
    tenths = unit in (Unit.COUNT, Unit.DAYS) and isinstance(figure, float)
    form = number_format(
        unit, exact=value.exact, qualifiers=value.qualifiers, prefix=prefix, tenths=tenths
    )
    return Styled(figure, varied(style, format=form), link)


def none(style: Style = NUMBER, *, link: str = "") -> Styled:
    """Return a dash: looked for and not there."""
    muted = varied(
        NO_FIGURE,
        fill=style.fill,
        top=style.top,
        bottom=style.bottom,
        left=style.left,
        right=style.right,
        align=style.align,
        indent=style.indent,
    )
    return Styled("–", _kept_in_line(muted) if link else muted, link)


def _kept_in_line(style: Style) -> Style:
    """Return the style of a linked text: LibreOffice forgets its format's padding, not indents."""
    return varied(style, format="General", indent=1) if style.align == "right" else style


def unknown(value: Unknown, style: Style = NUMBER, *, noted: bool = True) -> Styled:
    """Return the reason on a hatch, and in a note why it is so and what would help."""
    words = in_short(value)
    hatched = varied(
        UNKNOWN,
        size=9 if len(words) < _NARROW_REASON else 8,
        align=style.align,
        indent=style.indent,
        top=style.top,
        bottom=style.bottom,
        left=style.left,
        right=style.right,
    )
    return Styled(f"? {words}", hatched, "", unknown_note(value) if noted else "")


def _bare(cell: Cell, style: Style, column: Column, link: str) -> Styled:
    """Return a number of the audit's own as a cell, such as a count of pages."""
    if not isinstance(cell.value, int | float):
        raise TypeError(f"no cell can hold {cell.value!r}")
    form = bare_format(cell.unit, strip=column.strip, exact=cell.mark is not Sign.ROUNDED)
    if cell.mark in (Sign.RISING, Sign.FALLING):
        form = TREND
    return Styled(rounded(cell.value, cell.unit), varied(style, format=form), link)


def _time(cell: Cell, at: datetime, style: Style, column: Column, book: Book) -> Styled:
    """Return a point in time as a cell: a day of the audit's zone, or a minute in UTC.

    Excel knows no time zones, and openpyxl refuses times that have one. A day that it cannot count
    is text.
    """
    link = book.link(cell.to)
    if at.replace(tzinfo=None) < _FIRST_DAY:
        return text(at.date().isoformat(), varied(style, format=TEXT_RIGHT), link=link)
    day_only = isinstance(cell.value, Dated) and cell.value.day_only
    if isinstance(cell.value, Dated) and column.kind is not ColumnKind.DAY:
        return Styled(
            at.replace(tzinfo=None), varied(style, format=DATE if day_only else MINUTE), link
        )
    if column.kind is ColumnKind.TIME:
        return Styled(at.replace(tzinfo=None), style, link)
    local = at if day_only else at.astimezone(book.zone)
    day = local.replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)
    within = book.since <= at <= book.until
    form = DAY if within else DAY_OF_YEAR
    if tail := tail_of(signs_of_day(cell)):
        form = form.replace("_0", f'"{tail}"')
    told = person_note(cell.value, book.until) if isinstance(cell.value, Known) else ""
    return Styled(day, varied(style, format=form), link, told)


def _typed(word: Word, style: Style) -> Styled:
    """Return what a person typed: a text as a text, a number with all its digits, a day as a day.

    Never a formula: what was one would point at other rows by now (docs/workbook.md).
    """
    if isinstance(word, str):
        return text(word, style)
    if not isinstance(word, datetime):
        counts = style.format == COUNT and isinstance(word, int)
        return Styled(word, style if counts else varied(style, format="General"))
    midnight = (word.hour, word.minute, word.second) == (0, 0, 0)
    return Styled(word, varied(style, format=DAY_OF_YEAR if midnight else MINUTE))


def _composed(value: Part | Formerly | PersonsWord, style: Style) -> Styled:
    """Return `2 of 4`, `@new, was @old`, `? was 1,200`, or what a person typed, as a cell."""
    if isinstance(value, Part):
        return _part(value, style)
    if isinstance(value, PersonsWord):
        return _typed(value.value, style)
    words = formerly_words(value)
    if isinstance(value.now, str):
        return text(words, varied(style, size=9))
    cell = unknown(value.now, style)
    if isinstance(value.before, str):
        return Styled(words, cell.style, "", cell.note)
    return Styled(words, cell.style, "", formerly_note(cell.note, value.before, value.on))


def _part(part: Part, style: Style) -> Styled:
    """Return a part of a whole as a number that can be sorted; as words where it cannot.

    Each whole takes a number format of its own, and these are counted: see `part_format`.
    """
    form = part_format(part.whole, f" {part.words}" if part.words else "")
    if form is None:
        return words_right(part_words(part), style)
    return Styled(part.count, varied(style, format=form))


def clean(content: str) -> str:
    """Return the text as a cell can hold it: XML 1.0 characters, few line feeds, 32,767 units.

    Units are those of UTF-16. Excel reads `_x000A_` as a line feed; such an underscore is written
    as `_x005F_`.
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
    """Return a text cut to what a cell holds, with a mark where something is gone."""
    if len(content) * 2 <= MAX_UNITS or len(content.encode("utf-16-le")) <= MAX_UNITS * 2:
        return content
    # The cut may fall between the two halves of a character; the half that is left is dropped.
    head = content.encode("utf-16-le")[: (MAX_UNITS - 1) * 2].decode("utf-16-le", errors="ignore")
    return f"{head}…"


def text(content: str, style: Style, *, link: str = "", note: str = "") -> Styled:
    """Return a text as a cell; what a program might take for a formula is marked as text."""
    kept = clean(content)
    # Both, as cleaning may have taken away a sign that stood before the `=`.
    if content[:1] in _RISKY or kept[:1] in _RISKY:
        style = varied(style, quote=True)
    return Styled(kept, style, link, note)


def address_style(cell: Cell) -> Style:
    """Return the style of an address; only http and https addresses look like links."""
    return LINK if isinstance(cell.to, ToWeb) and target_of(cell.to.url) else SMALL


def sentence(runs: Sequence[Run], style: Style) -> Styled:
    """Return a sentence with bold pieces as a cell."""
    cleaned = tuple((clean(piece), bold) for piece, bold in runs if piece)
    whole = "".join(piece for piece, _ in cleaned)
    if whole[:1] in _RISKY:
        style = varied(style, quote=True)
    return Styled(whole, style, "", "", cleaned)


def words_right(content: str, style: Style, *, link: str = "", note: str = "") -> Styled:
    """Return a short text in a column of figures."""
    padded = varied(style, align="right", indent=0, format=TEXT_RIGHT)
    return text(content, _kept_in_line(padded) if link else padded, link=link, note=note)
