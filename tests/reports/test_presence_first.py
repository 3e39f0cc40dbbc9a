"""Presence comes first: what is there says so, with what is known of it, for every format."""

from dataclasses import replace

import pytest

from audit.model.channel import OwnershipPart
from audit.model.value import Known, Reason, Unknown
from reports.formats.xlsx.book import Book
from reports.formats.xlsx.cells import styled
from reports.formats.xlsx.look import NUMBER
from reports.ownership import ownership_words
from reports.plain import plain_text
from reports.sheets import sheets
from reports.signs import Sign
from reports.tables import Cell, Column, ColumnKind, Tone
from reports.words import compact
from tests.reports.advice_example import PROOF, Given, report_of, report_on

COLUMN = Column(title="Acme", kind=ColumnKind.FIGURE)
WALLED = Unknown(reason=Reason.LOGIN_WALL)
REPORT = report_on(Given(on=("instagram",)), Given(on=("instagram",)))


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0"),
        (950, "950"),
        (1_249, "1.2k"),
        (1_250, "1.3k"),
        (12_499, "12k"),
        (12_500, "13k"),
        (999_000, "999k"),
        (1_250_000, "1.3M"),
        (25_000_000, "25.0M"),
    ],
)
def test_a_count_is_cut_short_as_excel_would_show_it(number: int, words: str) -> None:
    assert compact(number) == words


@pytest.mark.parametrize(
    ("number", "plain", "form"),
    [
        (950, "there 950 ?", '"there "#,##0" ?"_0'),
        (1_200, "there 1.2k ?", '"there "0.0,"k ?"_0'),
        (48_300, "there 48k ?", '"there "0,"k ?"_0'),
        (1_250_000, "there 1.3M ?", '"there "0.0,,"M ?"_0'),
    ],
)
def test_what_is_there_has_how_many_follow_and_a_quiet_mark(
    number: int, plain: str, form: str
) -> None:
    value = Known(value=number, evidence=(PROOF,))
    cell = Cell(value, tone=Tone.THERE, mark=Sign.FOUND, unseen=WALLED)
    assert plain_text(cell, COLUMN, REPORT) == plain
    shown = styled(cell, NUMBER, COLUMN, Book(REPORT))
    assert (shown.value, shown.style.format) == (number, form)
    assert shown.note.startswith("It is shown only to those who log in.")


def test_what_is_there_without_a_figure_is_a_word_with_a_note() -> None:
    cell = Cell(tone=Tone.THERE, mark=Sign.FOUND, unseen=WALLED)
    assert plain_text(cell, COLUMN, REPORT) == "there ?"
    shown = styled(cell, NUMBER, COLUMN, Book(REPORT))
    assert shown.value == "there ?"
    assert "log in" in shown.note
    whole = replace(cell, unseen=None)
    assert plain_text(whole, COLUMN, REPORT) == "there"
    assert styled(whole, NUMBER, COLUMN, Book(REPORT)).note == ""


def test_a_profile_whose_page_is_gone_is_not_said_to_be_there() -> None:
    gone = Unknown(reason=Reason.HTTP_404)
    first, second = REPORT.results
    channels = tuple(replace(each, profile=gone) for each in second.channels)
    report = report_of([first, replace(second, channels=channels)])
    table = next(sheet for sheet in sheets() if sheet.name == "Channels").draw(report)
    row = next(row for row in table.rows if row.cells[1].value == "Instagram")
    assert plain_text(row.cells[3], table.columns[3], report) == "? page is gone"


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (
            (("link in footer", 0.45), ("links back to the site", 0.4)),
            "linked in the foot of the site, links back to the site",
        ),
        (
            (("wikidata in main", 0.3), ("on one page only", -0.1)),
            "named by Wikidata; but on one page alone",
        ),
        (
            (("link in main", -0.2), ("one of many of its kind", -0.3)),
            "only among many of the same kind, linked in running text",
        ),
        ((("bears the company's name", 0.2),), "bears the company's name"),
    ],
)
def test_whose_a_profile_is_reads_as_a_phrase(
    parts: tuple[tuple[str, float], ...], words: str
) -> None:
    told = ownership_words([OwnershipPart(name=name, weight=weight) for name, weight in parts])
    assert told == words
