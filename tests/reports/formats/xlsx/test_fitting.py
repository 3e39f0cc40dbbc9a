"""On sheets that people read no figure is ###, no name is shrunk, no word is cut, few columns show."""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from audit.model.result import Snapshot
from audit.model.value import Reason
from reports.formats.xlsx.fitting import fitted
from reports.formats.xlsx.folding import MOST_SEEN
from reports.formats.xlsx.grid import HEADER_ROW, Grid, Line, Styled
from reports.formats.xlsx.layouts import layout_of
from reports.formats.xlsx.look import BODY
from reports.formats.xlsx.room import lines_of, room_of
from reports.formats.xlsx.workbook import grid_of
from reports.report import Report
from reports.sheets import sheets
from tests.reports import workbook_example as example
from tests.reports.past_example import past

LONG = (
    "Great Northern Hydraulic Engineering and Valves International Group Ltd",
    "株式会社東京ポンプ製作所ホールディングス",
    "شركة المضخات والصمامات الدولية المحدودة",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk",
)
FONT = Path("/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf")
MANY = 25


@pytest.fixture(scope="module", params=["six", "many"])
def grids(request: pytest.FixtureRequest) -> Mapping[str, Grid]:
    shot = example.snapshot() if request.param == "six" else many()
    report = Report(shot, example.compared(shot), past(shot)) if request.param == "six" else None
    report = report or Report(shot, example.compared(shot))
    wanted = [each for each in sheets() if each.wanted(report)]
    drawn = {
        each.name: grid_of(each, report)
        for each in wanted
        if layout_of(each).own_way is None or each.name in ("Comparison", "Channels")
    }
    return {name: replace(grid, lines=list(grid.lines)) for name, grid in drawn.items()}


def many() -> Snapshot:
    """Many companies, every other one with a long name, every eighth unreadable."""
    names = [LONG[at // 2 % len(LONG)] if at % 2 else "Company" for at in range(MANY)]
    results = [
        example.unreadable(f"{name} {at}", list(Reason)[at])
        if at % 8 == 7
        else example.company_result(
            f"{name} {at}",
            own=at == 0,
            sections={"blog": (20 + at, 7, at), "news": (5, 20, at)},
            channels=(("linkedin", 0.9), ("youtube", 0.95), ("bluesky", 0.7))[: 1 + at % 3],
            features=(("newsletter", "Mailchimp"), ("forum", "Discourse"))[: at % 3],
            cut="blog" if at % 3 else "",
        )
        for at, name in enumerate(names)
    ]
    return example.of(results)


def read(grids: Mapping[str, Grid]) -> dict[str, Grid]:
    """The sheets that people read: all but long lists."""
    return {name: grid for name, grid in grids.items() if grid.printed}


def cells(grid: Grid) -> Iterator[tuple[Styled, float, float, float]]:
    """The cells of the table: each with its width, what it may run over, and its row's height."""
    lines = list(grid.lines)
    rows = HEADER_ROW + (grid.table_rows or 0) if grid.table_rows is not None else len(lines)
    for line in lines[HEADER_ROW:rows]:
        for at, (cell, width) in enumerate(zip(line.cells, grid.widths, strict=False)):
            if cell is None or cell.value is None or at + 1 == grid.hidden:
                continue
            beside = list(line.cells[at + 1 :])
            blank = next((n for n, c in enumerate(beside) if c and c.value is not None), None)
            end = len(grid.widths) if blank is None else at + 1 + blank
            yield cell, width, sum(grid.widths[at:end]), line.height


def test_every_figure_and_every_day_has_room(grids: Mapping[str, Grid]) -> None:
    for name, grid in read(grids).items():
        tight = [
            (cell.value, cell.style.format, width)
            for cell, width, _, _ in cells(grid)
            if not isinstance(cell.value, str) and room_of(cell) > width
        ]
        assert tight == [], name


def test_words_are_whole_on_one_line_or_on_several(grids: Mapping[str, Grid]) -> None:
    for name, grid in read(grids).items():
        cut = [
            (cell.value, width, height)
            for cell, width, free, height in cells(grid)
            if isinstance(cell.value, str) and not _whole(cell, width, free, height)
        ]
        assert cut == [], name


def _whole(cell: Styled, width: float, free: float, height: float) -> bool:
    words = f"{cell.value}"
    if cell.style.wrap:
        lines = lines_of(words, cell.style, width)
        return height >= min(8, lines) * cell.style.size * 1.2 or (lines > 8 and height > 80)
    left = cell.style.align == "left"
    return room_of(cell) <= (free if left else width) or (words.endswith("…") and bool(cell.link))


def test_a_link_is_cut_behind_a_word_and_a_pointer_shows_all_of_it() -> None:
    words = "A guide to the care of grinder burrs, in seven steps"
    linked = Styled(words, BODY, link="https://pumps.example/guide/")
    (line,) = fitted([Line([linked, Styled("next", BODY)])], [20.0, 10.0])
    cell = line.cells[0]
    assert cell is not None
    assert isinstance(cell.value, str)
    kept = cell.value.removesuffix("…")
    assert words.startswith(f"{kept} ")
    assert kept
    assert (cell.tip, cell.style.wrap) == (words, False)
    assert room_of(cell) <= 20.0


def test_a_link_of_one_long_word_is_broken_and_not_lost() -> None:
    linked = Styled("Donaudampfschifffahrtselektrizität", BODY, link="https://pumps.example/")
    (line,) = fitted([Line([linked, Styled("next", BODY)])], [8.0, 10.0])
    cell = line.cells[0]
    assert cell is not None
    assert (cell.value, cell.style.wrap) == (linked.value, True)


def test_no_name_is_shrunk(grids: Mapping[str, Grid]) -> None:
    for name, grid in read(grids).items():
        shrunk = [cell.value for cell, *_ in cells(grid) if cell.style.shrink]
        assert not [value for value in shrunk if isinstance(value, str)], name


def test_at_most_twelve_columns_are_seen_and_a_strip_is_one(grids: Mapping[str, Grid]) -> None:
    for name, grid in read(grids).items():
        strip = len(grid.widths) > grid.columns
        ids = bool(grid.hidden)
        assert grid.columns - ids - len(grid.folded) + strip <= MOST_SEEN, name


def test_folded_columns_are_told_and_never_our_own(grids: Mapping[str, Grid]) -> None:
    for grid in read(grids).values():
        lines = list(grid.lines)
        key = next((cell for cell in lines[2].cells if cell is not None), None)
        assert bool(grid.folded) == ("more columns" in f"{key.value if key else ''}")
        head = lines[HEADER_ROW - 1].cells
        hidden = [cell for at in grid.folded if (cell := head[at - 1]) is not None]
        assert all(cell.style.bottom != "own" for cell in hidden)


def test_a_row_above_the_table_is_broken_where_it_is_wider_than_the_sheet(
    grids: Mapping[str, Grid],
) -> None:
    for name, grid in read(grids).items():
        seen = sum(width for at, width in enumerate(grid.widths, 1) if at not in grid.folded)
        for number, line in enumerate(list(grid.lines)[1:3], 2):
            first = line.cells[0]
            if first is not None and room_of(first) > seen:
                assert first.style.wrap, name
                assert any(ref.startswith(f"A{number}:") for ref in grid.merged)


@pytest.mark.skipif(not FONT.is_file(), reason="needs Liberation Sans, the metric twin of Arial")
def test_no_word_of_the_workbook_is_wider_in_the_font_than_its_room(
    grids: Mapping[str, Grid],
) -> None:
    widths = metrics()
    digit = widths[ord("0")]
    words = {
        f"{cell.value}": cell
        for grid in grids.values()
        for line in grid.lines
        for cell in line.cells
        if cell is not None and isinstance(cell.value, str) and not cell.style.bold
    }
    assert len(words) > 100
    for text, cell in words.items():
        if all(ord(letter) in widths for letter in text):
            drawn = sum(widths[ord(letter)] for letter in text) / digit * cell.style.size / 10
            assert drawn <= room_of(cell) - cell.style.indent, text


@cache
def metrics() -> dict[int, int]:
    """The widths of the letters of the font, from its tables `cmap` (format 4) and `hmtx`."""
    font = FONT.read_bytes()
    tables = {
        font[at : at + 4]: struct.unpack(">I", font[at + 8 : at + 12])[0]
        for at in range(12, 12 + 16 * struct.unpack(">H", font[4:6])[0], 16)
    }
    (count,) = struct.unpack_from(">H", font, tables[b"hhea"] + 34)
    advances = [struct.unpack_from(">H", font, tables[b"hmtx"] + 4 * at)[0] for at in range(count)]
    return {
        letter: advances[min(glyph, count - 1)] for letter, glyph in _glyphs(font, tables[b"cmap"])
    }


def _glyphs(font: bytes, cmap: int) -> Iterator[tuple[int, int]]:
    for number in range(struct.unpack_from(">H", font, cmap + 2)[0]):
        at = cmap + struct.unpack_from(">I", font, cmap + 8 + 8 * number)[0]
        if struct.unpack_from(">H", font, at)[0] != 4:
            continue
        size = struct.unpack_from(">H", font, at + 6)[0]
        ends = struct.unpack_from(f">{size // 2}H", font, at + 14)
        starts = struct.unpack_from(f">{size // 2}H", font, at + 16 + size)
        deltas = struct.unpack_from(f">{size // 2}h", font, at + 16 + 2 * size)
        offsets = struct.unpack_from(f">{size // 2}H", font, at + 16 + 3 * size)
        for part, (start, end) in enumerate(zip(starts, ends, strict=True)):
            for letter in range(start, min(end, 0xFFFE) + 1):
                glyph = letter
                if offsets[part]:
                    here = at + 16 + 3 * size + 2 * part
                    glyph = struct.unpack_from(
                        ">H", font, here + offsets[part] + 2 * (letter - start)
                    )[0]
                if glyph:
                    yield letter, (glyph + deltas[part]) & 0xFFFF
