"""The deck, read back with python-pptx: figures, sentences, notes, and nothing that is not known."""

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from PIL import Image
from pptx import Presentation

from audit.compare import compare
from audit.model.errors import ReportError
from audit.model.result import Snapshot
from audit.model.rounding import rounded
from audit.model.value import Absent, Known
from reports.formats import pptx
from reports.formats.pptx import FORMAT
from reports.formats.pptx.deck import drawn
from reports.formats.pptx.look import SlideLook
from reports.formats.pptx.slides import shortened
from reports.formats.pptx.story import story_of
from reports.report import Report
from reports.sheets import sheets
from reports.telling import text_of
from tests.reports import workbook_example as example
from tests.reports.past_example import past

HOSTILE = "=cmd|'/c calc'!A1"


@pytest.fixture(scope="module")
def report() -> Report:
    shot = example.snapshot()
    return Report(shot, example.compared(shot), past(shot))


@pytest.fixture(scope="module")
def place(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return FORMAT.write(report, tmp_path_factory.mktemp("deck") / "a.pptx")


@pytest.fixture(scope="module")
def deck(place: Path) -> Any:
    return Presentation(str(place))


def titles(deck: Any) -> list[str]:
    return [slide.shapes.title.text_frame.text for slide in deck.slides]


def charts(deck: Any) -> Iterator[tuple[Any, Any]]:
    """Each slide with its chart."""
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_chart:
                yield slide, shape.chart


def chart_of(deck: Any, words: str) -> Any:
    """The chart of the slide whose title has some words."""
    return next(
        chart for slide, chart in charts(deck) if words in slide.shapes.title.text_frame.text
    )


def test_there_are_eight_to_twelve_slides_whose_titles_are_findings(
    report: Report, deck: Any
) -> None:
    told = titles(deck)
    assert 8 <= len(told) <= 12
    findings = {text_of(sheet.draw(report).finding) for sheet in sheets() if sheet.wanted(report)}
    assert set(told[1:]) <= findings
    assert told[0].startswith("Social presence")


def test_a_chart_holds_the_figures_of_the_sheets_own_company_first(
    report: Report, deck: Any
) -> None:
    features = next(each for each in sheets() if each.name == "Site features").draw(report)
    chart = chart_of(deck, text_of(features.finding))
    bars = chart.plots[0]
    names = [name.partition("\N{NO-BREAK SPACE}")[0] for name in bars.categories]
    assert names == list(report.companies)
    shown = dict(zip(names, bars.series[0].values, strict=True))
    for name in names:
        value = report.value(name, "presence.features")
        unit = report.metric("presence.features").unit
        match value:
            case Known():
                assert shown[name] == rounded(value.value, unit)
            case Absent():
                assert shown[name] == 0
            case _:
                assert shown[name] is None


def test_what_is_not_known_is_marked_and_never_drawn_as_zero(deck: Any) -> None:
    marked = 0
    for _, chart in charts(deck):
        for name, value in zip(
            chart.plots[0].categories, chart.plots[0].series[0].values, strict=True
        ):
            if name.endswith("?"):
                assert value is None
                marked += 1
    assert marked


def test_the_typical_competitor_is_a_line_over_the_columns(report: Report, deck: Any) -> None:
    median = report.comparisons["presence.features"].median
    assert isinstance(median, Known)
    chart = next(
        chart
        for _, chart in charts(deck)
        if len(list(chart.plots)) > 1
        and chart.plots[0].series[0].name == report.metric("presence.features").title
    )
    line = chart.plots[1].series[0]
    assert line.name == "Typical competitor"
    assert set(line.values) == {rounded(median.value, report.metric("presence.features").unit)}


def test_the_notes_have_all_figures_and_the_addresses_that_prove_them(
    report: Report, deck: Any
) -> None:
    addresses = {row.evidence.url for row in report.evidence.rows()}
    linked = set()
    for slide in list(deck.slides)[1:]:
        frame = slide.notes_slide.notes_text_frame
        linked |= {
            run.hyperlink.address
            for paragraph in frame.paragraphs
            for run in paragraph.runs
            if run.hyperlink.address
        }
    assert linked
    assert linked <= addresses
    activity = next(
        slide for slide, chart in charts(deck) if "week" in chart.plots[0].series[0].name
    )
    words = activity.notes_slide.notes_text_frame.text
    assert all(name in words for name in report.companies)
    assert "not known" in words


def test_charts_can_be_edited_and_say_what_they_show(place: Path, deck: Any) -> None:
    with zipfile.ZipFile(place) as archive:
        books = [name for name in archive.namelist() if name.endswith(".xlsx")]
        assert len(books) == sum(1 for _ in charts(deck))
        sheet = load_workbook(BytesIO(archive.read(books[0]))).active
        assert sheet is not None
        assert sheet["B1"].value
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_chart:
                assert shape.element.nvGraphicFramePr.cNvPr.get("descr").startswith("Columns: ")


def test_the_axes_of_a_chart_have_numbers_that_the_standard_allows(deck: Any) -> None:
    for _, chart in charts(deck):
        numbers = [each.get("val") for each in chart.element.iter("{*}axId", "{*}crossAx")]
        assert numbers
        assert all(number.isdigit() for number in numbers)


def test_hostile_names_are_words_everywhere(tmp_path: Path) -> None:
    shot = _named(example.snapshot(), {"Borealis Valves": HOSTILE, "Corvid Flow": "a\x00\ud800b"})
    path = FORMAT.write(Report(shot, compare(shot.results)), tmp_path / "a.pptx")
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if not name.endswith(".xlsx"):
                continue
            book = load_workbook(BytesIO(archive.read(name)))
            kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
            assert "f" not in kinds
    names = [
        name for _, chart in charts(Presentation(str(path))) for name in chart.plots[0].categories
    ]
    assert any(name.startswith(f"'{HOSTILE[:8]}") for name in names)
    assert any(name.startswith("ab") for name in names)


def _named(shot: Snapshot, names: dict[str, str]) -> Snapshot:
    results = tuple(
        replace(
            each,
            company=replace(each.company, name=names.get(each.company.name, each.company.name)),
        )
        for each in shot.results
    )
    return replace(shot, results=results)


def test_of_many_companies_the_chart_has_ours_and_those_with_most() -> None:
    shot = example.snapshot()
    results = tuple(
        replace(
            each,
            company=replace(
                each.company,
                name=f"{each.company.name} {copy}".strip(),
                website=f"https://c{at}-{copy}.example/",
                own=each.company.own and not copy,
            ),
        )
        for copy in ("", "2", "3", "4")
        for at, each in enumerate(shot.results)
    )
    many = replace(shot, results=results)
    story = story_of(Report(many, compare(results)))
    for slide in story.slides:
        if slide.chart is not None and slide.chart.line is not None:
            assert len(slide.chart.categories) <= 12
            assert slide.chart.categories[0].startswith("Acme Pumps")
            assert any("24 companies are in the notes" in line for line in slide.small)
            assert sum("Borealis" in line for line in slide.notes) >= 4


@pytest.mark.parametrize("own", [True, False])
def test_few_companies_make_a_deck_without_a_typical_one(own: bool) -> None:
    results = example.snapshot(own=own).results[:2]
    story = story_of(Report(example.of(results), compare(results)))
    assert all(slide.chart.line is None for slide in story.slides if slide.chart is not None)
    assert all(slide.title for slide in story.slides)


def test_a_subject_of_which_nothing_is_known_says_why_in_place_of_a_chart() -> None:
    shot = example.snapshot()
    lost = tuple(each for each in shot.results if each.company.name == "Fjord Pumpen")
    story = story_of(Report(example.of(lost), compare(lost)))
    told = [
        slide for slide in story.slides if slide.points and slide.points[0][0][0] == "Not known: "
    ]
    assert told
    assert all(slide.chart is None for slide in story.slides)


def test_a_house_lends_its_colours_its_foot_and_its_logo(report: Report) -> None:
    picture = BytesIO()
    Image.new("RGB", (400, 100), "red").save(picture, "PNG")
    look = SlideLook(own="005A9C", footer="Confidential", logo=picture.getvalue())
    deck = drawn(story_of(report), look)
    first = deck.slides[0]
    (logo,) = (shape for shape in first.shapes if shape.name == "Logo")
    assert logo.width / logo.height == pytest.approx(4, rel=0.01)
    assert any(
        "Confidential" in shape.text_frame.text for shape in first.shapes if shape.has_text_frame
    )
    saved = BytesIO()
    deck.save(saved)
    with zipfile.ZipFile(saved) as archive:
        theme = archive.read("ppt/theme/theme1.xml").decode()
    assert "005A9C" in theme


def test_without_the_library_it_is_said_before_anything_is_fetched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pptx, "find_spec", lambda _: None)
    with pytest.raises(ReportError, match=r"python-pptx==[0-9.]+ .*\[deck\]"):
        FORMAT.ready()


@pytest.mark.parametrize(
    ("words", "room", "short"),
    [
        ("Acme Pumps", 20, "Acme Pumps"),
        ("Acme Pumps of Norway", 12, "Acme Pumps…"),
        ("Interkontinental", 8, "Interko…"),
        ("日本ポンプ", 6, "日本…"),
    ],
)
def test_long_names_are_cut_between_words(words: str, room: int, short: str) -> None:
    assert shortened(words, room) == short
