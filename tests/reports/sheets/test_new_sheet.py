"""A new sheet is one file: every format draws it, the workbook by what its columns hold."""

import re

import pytest

from audit.model.metric import Unit
from reports.charts import Chart, Series, SeriesKind
from reports.formats.xlsx.grid import Grid
from reports.formats.xlsx.workbook import grid_of
from reports.report import Report
from reports.sheets._base import Sheet
from reports.tables import Block, Cell, Column, ColumnKind, Importance, Row, Table
from tests.places import ROOT
from tests.reports import workbook_example as example

SHOT = example.snapshot()
REPORT = Report(SHOT, example.compared(SHOT))
COLUMNS = (
    Column(title="Company", kind=ColumnKind.COMPANY),
    Column(title="Word", importance=Importance.KEY),
    Column(title="Figure", kind=ColumnKind.FIGURE),
)


@pytest.fixture(scope="module")
def documented() -> Sheet:
    """The sheet that docs/add-a-sheet.md adds."""
    guide = (ROOT / "docs" / "add-a-sheet.md").read_text("utf-8")
    code = re.search(r"```python\n(.*?)```", guide, re.DOTALL)
    assert code is not None
    names: dict[str, object] = {}
    exec(code[1], names)  # noqa: S102  # our own documentation
    sheet = names["SHEET"]
    assert isinstance(sheet, Sheet)
    return sheet


def texts(grid: Grid) -> list[list[object]]:
    return [[cell.value if cell else None for cell in line.cells] for line in grid.lines]


def test_the_sheet_of_the_documentation_works(documented: Sheet) -> None:
    lines = texts(grid_of(documented, REPORT))
    assert lines[0] == ["Who speaks what", None, "◄ Summary"]
    assert lines[4:6] == [["Company", "Languages", "How many"], ["Acme Pumps", "en, de", 2]]


def test_the_sheet_of_the_documentation_never_takes_unknown_for_zero(documented: Sheet) -> None:
    lines = texts(grid_of(documented, REPORT))
    assert ["Fjord Pumpen", "? robots barred", "? robots barred"] in lines
    unread = example.of(SHOT.results[-1:])
    assert documented.draw(Report(unread, example.compared(unread))).finding == (
        ("No site could be read.", False),
    )


def test_the_documentation_tells_all_that_a_report_holds() -> None:
    guide = (ROOT / "docs" / "add-a-sheet.md").read_text("utf-8")
    rows = "".join(line for line in guide.splitlines(keepends=True) if line.startswith("| `"))
    public = {name for name in dir(REPORT) if not name.startswith("_")}
    assert {name for name in public if not re.search(rf"`{name}\b", rows)} == set()


def test_a_sheet_without_a_layout_has_panes_a_filter_and_widths(documented: Sheet) -> None:
    grid = grid_of(documented, REPORT)
    assert (grid.freeze, grid.columns, grid.dimmed) == ("C6", 3, "A")
    assert grid.widths == [18, 44, 11]


def test_figures_stand_right_and_words_left(documented: Sheet) -> None:
    row = list(grid_of(documented, REPORT).lines)[5].cells
    assert [cell.style.align for cell in row if cell] == ["left", "left", "right"]


def test_sections_and_charts_stand_below_the_rows() -> None:
    row = Row([Cell("A"), Cell("b"), Cell(3)])
    chart = Chart(
        name="Bars",
        title="Bars of all",
        categories=["A"],
        series=[Series(title="A", kind=SeriesKind.COMPANY, values=[3.0])],
        unit=Unit.COUNT,
    )
    table = Table(
        title="T",
        finding=(("f", False),),
        columns=COLUMNS,
        rows=[row],
        blocks=[Block(title="More", columns=COLUMNS, rows=[row])],
        charts=[chart],
    )
    grid = grid_of(Sheet(name="New", order=1, draw=lambda _: table), REPORT)
    firsts = [line[0] for line in texts(grid)]
    assert firsts[4:] == ["Company", "A", None, "More", "Company", "A", None, "Bars of all"]
    assert grid.drawings[0].anchor == "A13"
    assert grid.table_rows == 1


def sheet_of(table: Table) -> Sheet:
    return Sheet(name="New", order=1, draw=lambda _: table)


def test_a_row_a_cell_short_is_named_with_its_sheet() -> None:
    rows = [Row([Cell("A"), Cell("b"), Cell(3)]), Row([Cell("B"), Cell("c")], subject="Borealis")]
    table = Table(title="T", finding=(), columns=COLUMNS, rows=iter(rows))
    words = r"^sheet New, row 2 \(Borealis\): 2 cells for 3 columns \(Company, Word, Figure\)$"
    with pytest.raises(ValueError, match=words):
        list(grid_of(sheet_of(table), REPORT).lines)


def test_a_row_of_a_block_is_named_with_the_block() -> None:
    block = Block(title="More", columns=COLUMNS, rows=[Row([Cell("A")] * 4)])
    table = Table(title="T", finding=(), columns=COLUMNS, blocks=[block])
    with pytest.raises(ValueError, match=r"^sheet New, 'More', row 1 \('A'\): 4 cells for 3 "):
        grid_of(sheet_of(table), REPORT)
