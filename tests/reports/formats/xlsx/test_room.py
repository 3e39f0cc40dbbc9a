"""Every figure of Comparison and Summary has the room that it needs, and its change a place."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from audit.model.metric import Unit
from audit.model.result import Comparison
from audit.model.value import Evidence, Known, Number, Qualifier
from reports.formats.xlsx.book import Book
from reports.formats.xlsx.cells import styled
from reports.formats.xlsx.grid import HEADER_ROW, Grid, Styled
from reports.formats.xlsx.look import DAY_OF_YEAR, NUMBER, PLAIN, number_format, varied
from reports.formats.xlsx.room import lines_of, room_of
from reports.formats.xlsx.workbook import grid_of
from reports.report import Report
from reports.sheets import sheets
from reports.signs import Sign
from reports.tables import Cell, Column, ColumnKind
from tests.reports import workbook_example as example
from tests.reports.past_example import past

PROOF = Evidence(
    url="https://a.example/",
    fetched_at=datetime(2026, 11, 23, tzinfo=UTC),
    rule="r",
    excerpt="e",
    record="f#1",
)
FIGURES = Column(title="Figures", kind=ColumnKind.FIGURE)


@pytest.fixture(scope="module")
def book() -> Book:
    shot = example.snapshot()
    return Book(Report(shot, example.compared(shot)))


def grid(name: str, times: int = 1) -> Grid:
    """A sheet of the example, whose audiences are so many times as large."""
    shot = example.snapshot()
    compared = [_times(each, times) for each in example.compared(shot)]
    report = Report(shot, compared, past(shot))
    return grid_of(next(each for each in sheets() if each.name == name), report)


def _times(compared: Comparison, times: int) -> Comparison:
    if not compared.metric.endswith(".followers"):
        return compared
    values = tuple((name, _many(value, times)) for name, value in compared.values)
    return replace(compared, values=values)


def _many(value: Number, times: int) -> Number:
    if not isinstance(value, Known):
        return value
    return Known(
        value=value.value * times,
        evidence=value.evidence,
        exact=value.exact,
        qualifiers=value.qualifiers,
    )


@pytest.mark.parametrize("name", ["Comparison", "Summary"])
@pytest.mark.parametrize("times", [1, 1_000])
def test_no_figure_is_wider_than_its_column(name: str, times: int) -> None:
    drawn = grid(name, times)
    first = HEADER_ROW if name == "Comparison" else 8
    figures = [
        (cell, width)
        for line in list(drawn.lines)[first:]
        for cell, width in zip(line.cells, drawn.widths, strict=False)
        if cell is not None and isinstance(cell.value, int | float)
    ]
    assert len(figures) > 20
    assert [(cell.value, width) for cell, width in figures if room_of(cell) > width] == []


@pytest.mark.parametrize("title", ["Theme", "Measure"])
def test_words_of_comparison_are_not_cut(title: str) -> None:
    drawn = grid("Comparison")
    at = ("Theme", "Measure").index(title)
    assert all(room_of(line.cells[at]) <= drawn.widths[at] for line in list(drawn.lines)[5:])


def test_a_column_grows_with_its_longest_content() -> None:
    plain, millions = (sum(grid("Comparison", times).widths) for times in (1, 1_000))
    assert millions > plain


def test_the_best_figure_of_three_digits_needs_more_than_a_usual_column() -> None:
    form = number_format(Unit.RATE, qualifiers=(Qualifier.TRUNCATED,), prefix="best  ")
    best = Styled(492.0, varied(NUMBER, bold=True, format=form))
    assert room_of(best) > 11.5
    assert room_of(Styled(2.3, NUMBER)) < 6


def test_empty_cells_need_no_room() -> None:
    assert (room_of(None), room_of(Styled(None))) == (0, 0)


def test_a_day_needs_the_room_of_the_longest_day_of_its_format() -> None:
    first, last = (
        Styled(datetime(2026, month, 1), varied(NUMBER, format=DAY_OF_YEAR))  # noqa: DTZ001  # cells know no zones
        for month in (5, 7)
    )
    assert 11 < room_of(first) == room_of(last) < 13


def test_widths_of_words_are_those_of_arial() -> None:
    assert room_of(Styled("iiiii", PLAIN)) < room_of(Styled("aaaaa", PLAIN)) / 2
    assert room_of(Styled("公司公司", PLAIN)) > room_of(Styled("aaaaaa", PLAIN))
    assert room_of(Styled("é" * 9, PLAIN)) == room_of(Styled("e" * 9, PLAIN))


def test_words_are_broken_between_words_and_counted_so() -> None:
    assert lines_of("one two three", PLAIN, 9) == 2
    assert lines_of("x" * 40, PLAIN, 11) == 4
    assert lines_of("one\ntwo", PLAIN, 40) == 2


def test_a_change_without_room_is_its_sign_and_its_amount_a_note(book: Book) -> None:
    figure = Known(value=48_300, evidence=(PROOF,), exact=False)
    cell = styled(Cell(figure, mark=Sign.BEST, since="▲ 1,250"), NUMBER, FIGURES, book)
    assert cell.style.format == '"▲  ""best  ""≈ "#,##0_†_0'
    assert cell.note == "▲ 1,250 since the last run"


def test_a_change_with_room_stands_before_its_figure_without_a_note(book: Book) -> None:
    cell = styled(
        Cell(Known(value=2.3, evidence=(PROOF,)), unit=Unit.RATE, since="▲ 0.4"),
        NUMBER,
        FIGURES,
        book,
    )
    assert (cell.style.format, cell.note) == ('"(▲ 0.4)  "0.0_†_0', "")


def test_a_note_keeps_what_else_must_be_known(book: Book) -> None:
    figure = Known(value=48_300, evidence=(PROOF,), exact=False)
    shown = styled(Cell(figure, since="▼ 1,250", aside="0.8 since May"), NUMBER, FIGURES, book)
    assert shown.note == "▼ 1,250 since the last run\n0.8 since May"


def test_an_address_may_be_broken_at_its_slashes_and_takes_the_more_lines_for_it() -> None:
    words = "https://www.acme.example/ pumps-and-valves-of-acme/ abcdefghij"
    assert lines_of("aaaaaaa/bbbbbbb/ccc dd", PLAIN, 11) == 3
    assert lines_of(words, PLAIN, 60) <= 2
    for width in range(8, 40):
        assert lines_of(words, PLAIN, width) >= lines_of(words, PLAIN, width + 1)
