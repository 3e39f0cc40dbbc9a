"""How a value becomes a cell of a worksheet: typed, formatted, with its link and its note."""

from datetime import UTC, date, datetime

import pytest

from audit.model.metric import Unit
from audit.model.value import Absent, Evidence, Known, Qualifier, Reason, Unknown
from reports.formats.xlsx.book import Book
from reports.formats.xlsx.cells import clean, styled, toned
from reports.formats.xlsx.look import NUMBER, number_format
from reports.report import Report
from reports.signs import Sign
from reports.tables import Cell, Column, ColumnKind, Formerly, Part, Tone, ToProof
from reports.words import figure
from tests.reports import workbook_example as example

PROOF = Evidence(
    url="https://a.example/", fetched_at=example.AS_OF, rule="r", excerpt="e", record="f#1"
)


FIGURES = Column(title="Figures", kind=ColumnKind.FIGURE)


@pytest.fixture(scope="module")
def book() -> Book:
    shot = example.snapshot()
    return Book(Report(shot, example.compared(shot)))


def known(value: float) -> Known[float]:
    return Known(value=value, evidence=(PROOF,))


def test_a_known_zero_is_a_zero(book: Book) -> None:
    assert styled(Cell(known(0)), NUMBER, FIGURES, book).value == 0


def test_an_absent_value_is_a_dash(book: Book) -> None:
    assert styled(Cell(Absent()), NUMBER, FIGURES, book).value == "–"


def test_an_unknown_value_is_its_reason_with_a_note_and_a_hatch(book: Book) -> None:
    cell = styled(Cell(Unknown(reason=Reason.LOGIN_WALL)), NUMBER, FIGURES, book)
    assert (cell.value, cell.style.hatch) == ("? behind a login", True)
    assert cell.note.count("\n") == 1


def test_an_unknown_that_is_explained_nearby_has_no_note(book: Book) -> None:
    cell = Cell(Unknown(reason=Reason.LOGIN_WALL), noted=False)
    assert styled(cell, NUMBER, FIGURES, book).note == ""


def test_a_mark_stands_in_the_number_format_and_the_value_stays_a_number(book: Book) -> None:
    cell = styled(Cell(known(0.6), unit=Unit.RATE, mark=Sign.ACTIVE), NUMBER, FIGURES, book)
    assert (cell.value, cell.style.format) == (0.6, '"● "0.0_†_0')


def test_a_part_of_a_whole_is_a_number_that_reads_as_words(book: Book) -> None:
    cell = styled(Cell(Part(2, 4, "read")), NUMBER, FIGURES, book)
    assert (cell.value, cell.style.format) == (2, '0" of 4 read"_0')


def test_a_part_of_a_large_whole_is_words_for_office_knows_few_formats(book: Book) -> None:
    assert styled(Cell(Part(2, 41)), NUMBER, FIGURES, book).value == "2 of 41"


def test_a_figure_that_is_no_longer_known_says_what_it_was_and_when(book: Book) -> None:
    gone = Formerly(Unknown(reason=Reason.LOGIN_WALL), known(1200))
    cell = styled(Cell(gone), NUMBER, FIGURES, book)
    assert cell.value == "? was 1,200"
    assert cell.note.endswith("Read on 23 Nov 2026.")
    of_may = Formerly(Unknown(reason=Reason.LOGIN_WALL), known(1200), date(2026, 5, 31))
    assert styled(Cell(of_may), NUMBER, FIGURES, book).note.endswith("Read on 31 May 2026.")


def test_a_proof_is_a_link_to_its_row_on_sheet_evidence(book: Book) -> None:
    cell = styled(Cell(known(3), to=ToProof("e12")), NUMBER, FIGURES, book)
    assert cell.link == "#Evidence!A17"


@pytest.mark.parametrize("tone", list(Tone))
def test_every_tone_has_its_look(tone: Tone) -> None:
    assert tone is Tone.PLAIN or toned(NUMBER, tone) != NUMBER


@pytest.mark.parametrize(
    ("expected", "unit", "exact", "marks"),
    [
        ("#,##0_†_0", Unit.COUNT, True, ()),
        ('"≈ "#,##0_†_0', Unit.COUNT, False, ()),
        ('#,##0"†"_0', Unit.COUNT, True, (Qualifier.TRUNCATED,)),
        ('#,##0" (m)"_0', Unit.COUNT, True, (Qualifier.MANUAL,)),
        ("0.0_†_0", Unit.RATE, True, ()),
        ('0.0"†"_0', Unit.RATE, True, (Qualifier.TRUNCATED,)),
        ("0%_0", Unit.SHARE, True, ()),
    ],
)
def test_a_qualifier_rides_in_the_number_format(
    expected: str, unit: Unit, exact: bool, marks: tuple[Qualifier, ...]
) -> None:
    assert number_format(unit, exact=exact, qualifiers=marks) == expected


@pytest.mark.parametrize("value", [0.05, 0.25, 0.35, 1.45, 2.675, 3.05, 12.95])
def test_sentence_and_cell_show_the_same_digits(value: float, book: Book) -> None:
    cell = styled(Cell(known(value), unit=Unit.RATE), NUMBER, FIGURES, book)
    assert f"{cell.value:.1f}" == figure(value, Unit.RATE)


def test_text_is_cut_by_utf16_units_with_a_mark() -> None:
    cut = clean("\U0001f600" * 20_000)
    assert len(cut.encode("utf-16-le")) <= 32_767 * 2
    assert cut.endswith("…")


def test_line_feeds_beyond_the_limit_become_spaces() -> None:
    assert clean("a\n" * 300).count("\n") == 253


@pytest.mark.parametrize(
    ("day", "kind"), [((1899, 12, 31), str), ((1900, 2, 28), str), ((1900, 3, 1), datetime)]
)
def test_a_day_that_programs_count_differently_is_text(
    day: tuple[int, int, int], kind: type, book: Book
) -> None:
    at = datetime(*day, 12, tzinfo=UTC)
    for column in (ColumnKind.DAY, ColumnKind.TIME):
        cell = styled(Cell(at), NUMBER, Column(title="Day", kind=column), book)
        assert isinstance(cell.value, kind)
        if kind is str:
            assert cell.value == at.date().isoformat()
