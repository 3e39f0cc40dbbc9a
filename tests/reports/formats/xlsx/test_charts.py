"""The charts of the workbook: what they say in words, their legends, their lines."""

import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock

from audit.model.metric import Unit
from reports.charts import Chart, Series, SeriesKind, described
from reports.formats.xlsx.chart_looks import LOOKS, columns_of, line_sign, sign_of
from reports.formats.xlsx.layouts import layout_of
from reports.formats.xlsx.workbook import write_workbook
from reports.report import Report
from reports.sheets import sheets
from tests.reports import workbook_example as example
from tests.reports.past_example import past

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"


@pytest.fixture(scope="module")
def report() -> Report:
    shot = example.snapshot()
    return Report(shot, example.compared(shot), past(shot))


@pytest.fixture(scope="module")
def path(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_workbook(report, tmp_path_factory.mktemp("charts") / "a.xlsx")


def charts(report: Report) -> list[Chart]:
    drawn = (sheet.draw(report) for sheet in sheets() if sheet.wanted(report))
    return [chart for table in drawn for chart in table.charts if chart.categories]


def test_every_chart_says_what_it_shows_to_those_who_cannot_see_it(
    path: Path, report: Report
) -> None:
    told = []
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if re.fullmatch(r"xl/drawings/drawing\d+\.xml", name):
                tree = etree.fromstring(archive.read(name))
                told += [each.get("descr", "") for each in tree.iter(f"{DRAWING}cNvPr")]
    assert sorted(told) == sorted(described(chart) for chart in charts(report))
    assert all(len(words) > 60 for words in told)


def test_the_words_of_a_chart_have_every_figure_and_say_what_is_not_known() -> None:
    chart = Chart(
        name="A",
        title="Posts a week",
        categories=["Acme", "Bora", "Corvid"],
        series=[
            Series(title="Website", kind=SeriesKind.WEBSITE, values=[0.4, None, 2.0]),
            Series(title="YouTube", kind=SeriesKind.FIRST, values=[1.0, None, None]),
        ],
        unit=Unit.RATE,
        stacked=True,
        line=Series(title="Typical competitor", kind=SeriesKind.TYPICAL, values=[2.0] * 3),
    )
    assert described(chart) == (
        "Bar chart: Posts a week. Acme: Website 0.4, YouTube 1.0; Bora: not known; "
        "Corvid: Website 2.0; Typical competitor: 2.0."
    )
    assert chart.most == 2.0


def test_the_words_of_a_long_chart_end_behind_a_figure() -> None:
    names = [f"Company number {at} of very many" for at in range(200)]
    series = [Series(title="x", kind=SeriesKind.COMPANY, values=[1.0] * 200)]
    words = described(Chart(name="A", title="T", categories=names, series=series, unit=Unit.RATE))
    assert len(words) <= 1_500
    assert re.search(r"very many: 1\.0; and \d+ more\.$", words)


def test_the_colours_of_a_legend_are_those_of_the_bars(path: Path, report: Report) -> None:
    book = load_workbook(path, rich_text=True)
    inks = {
        (f"{piece}".strip(), piece.font.color.rgb[2:])
        for row in book["Summary"].iter_rows()
        for cell in row
        if isinstance(cell.value, CellRichText)
        for piece in cell.value
        if isinstance(piece, TextBlock) and piece.font.color is not None
    }
    summary = next(sheet for sheet in sheets() if sheet.name == "Summary").draw(report)
    listed = [each for chart in summary.charts for each in chart.series if each.legend]
    assert len(listed) > 5
    for series in listed:
        look = LOOKS[series.kind]
        sign, color = sign_of(series)
        assert color in (look.color, look.outline)
        assert (sign, color) in inks
    lines = [chart.line for chart in summary.charts if chart.line is not None]
    assert len(lines) == 3
    assert {line_sign(line) for line in lines} <= inks


def test_the_line_is_drawn_from_the_figure_of_the_typical_competitor(
    path: Path, report: Report
) -> None:
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
        lined = [name for name in names if b"<lineChart>" in archive.read(name)]
    held = [chart for chart in charts(report) if chart.line is not None]
    assert len(lined) == len(held)
    for chart in held:
        assert chart.line is not None
        assert columns_of(chart)[-1].values == chart.line.values
    rate = next(chart for chart in held if chart.name == "Posts a week")
    board = load_workbook(path)["Summary"]
    typical = next(row for row in board.iter_rows() if row[1].value == "Typical competitor")
    assert rate.line is not None
    assert set(rate.line.values) == {typical[2].value}


def test_of_many_companies_the_bars_lie_and_the_typical_one_has_its_own() -> None:
    results = [
        example.company_result(
            f"Company {at} Works", own=at == 0, sections={"blog": (at + 9, 7, at)}
        )
        for at in range(30)
    ]
    shot = example.of(results)
    summary = next(sheet for sheet in sheets() if sheet.name == "Summary")
    first, *_ = summary.draw(Report(shot, example.compared(shot))).charts
    assert not first.upright
    assert len(first.categories) == 12
    assert first.categories[0] == "Company 0 Works"
    assert first.categories[-1] == "Typical competitor"
    assert first.series[-1].values[:-1] == [None] * 11


def test_charts_lie_upon_rows_that_are_theirs(report: Report) -> None:
    """No chart covers a legend or another chart."""
    from reports.formats.xlsx.book import Book

    sheet = next(each for each in sheets() if each.name == "Summary")
    grid = layout_of(sheet).lay_out(sheet.draw(report), Book(report))
    lines = list(grid.lines)
    for drawing in grid.drawings:
        top = int(re.sub(r"\D", "", drawing.anchor)) - 1
        height = drawing.height * 28.35
        covered = 0
        while height > 1:
            height -= lines[top + covered].height
            covered += 1
        assert all(cell is None for line in lines[top : top + covered] for cell in line.cells)
    right = [ord(each.anchor[0]) for each in grid.drawings]
    assert right == sorted(right)
