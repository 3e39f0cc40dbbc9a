"""Sheet Summary: nothing is cut, what is known of nobody is said once, each sheet is listed."""

import re
from dataclasses import replace

import pytest

from audit.model.result import CompanyResult
from audit.model.topics import CompanyTopics
from audit.model.value import Known, Reason
from reports.changed import shortened
from reports.formats.xlsx.book import Book
from reports.formats.xlsx.layouts import layout_of
from reports.posting import rates_by_channel
from reports.report import Report
from reports.sheets import sheets
from reports.signs import Sign
from reports.summary_charts import charts
from reports.tables import Table, Tone, ToSheet, is_figure
from reports.telling import text_of
from tests.reports import workbook_example as example
from tests.reports.past_example import past

FINDING = 105
SUMMARY = next(sheet for sheet in sheets() if sheet.name == "Summary")


def report_of(*, own: bool = True, later: bool = True) -> Report:
    shot = example.snapshot(own=own)
    known = example.compared(shot)
    return Report(shot, known, past(shot)) if later else Report(shot, known)


@pytest.fixture(scope="module")
def report() -> Report:
    return report_of()


@pytest.fixture(scope="module")
def table(report: Report) -> Table:
    return SUMMARY.draw(report)


def many(count: int) -> Report:
    results = [
        example.company_result(
            f"Company {at} for Machines and Parts Ltd",
            own=at == 0,
            sections={"blog": (at + 9, 7, at)},
            channels=(("linkedin", 0.9), ("youtube", 0.9)),
        )
        for at in range(count - 1)
    ]
    results.append(example.unreadable("Zeta", Reason.DNS))
    shot = example.of(results)
    return Report(shot, example.compared(shot))


def test_a_finding_ends_before_its_link(table: Table) -> None:
    for own in (True, False):
        for later in (True, False):
            rows = SUMMARY.draw(report_of(own=own, later=later)).blocks[0].rows
            for row in rows:
                words = row.cells[1].value
                assert isinstance(words, tuple)
                assert 10 < len(text_of(words)) <= FINDING
    del table


@pytest.mark.parametrize(
    ("words", "room", "kept"),
    [
        ("Newsletter is new", 30, "Newsletter is new"),
        ("Newsletter is new", 17, "Newsletter is new"),
        ("Newsletter is new", 16, "Newsletter is…"),
        ("Newsletters", 5, "News…"),
    ],
)
def test_words_are_cut_behind_a_word(words: str, room: int, kept: str) -> None:
    assert shortened(words, room) == kept


def test_every_other_sheet_is_listed_with_its_question(report: Report, table: Table) -> None:
    contents = next(each for each in table.blocks if each.title == "What is on the other sheets")
    wanted = [each.name for each in sheets() if each is not SUMMARY and each.wanted(report)]
    assert [row.cells[0].value for row in contents.rows] == wanted
    for row in contents.rows:
        assert row.cells[0].to == ToSheet(f"{row.cells[0].value}")
    questions = [each.answers for each in sheets() if each is not SUMMARY]
    assert all(question.endswith("?") for question in questions)
    assert len(set(questions)) == len(questions)


def test_a_company_that_could_not_be_read_is_one_reason(table: Table) -> None:
    board = table.blocks[1]
    row = next(each for each in board.rows if each.subject == "Fjord Pumpen")
    assert row.cells[1].tone is Tone.REASON
    assert row.cells[1].value == "asks robots to stay away"
    assert all(cell.value is None for cell in row.cells[2:])


def test_what_is_known_of_nobody_is_left_out_and_named_once() -> None:
    table = SUMMARY.draw(many(5))
    titles = [column.title for column in table.blocks[1].columns]
    assert "Engagement rate" not in titles
    (lost,) = [words for words in table.key if words.startswith("not known of any company")]
    assert "engagement rate" in lost


def test_where_nothing_is_known_the_table_has_what_was_looked_for_and_no_charts() -> None:
    dark = [example.unreadable(name, Reason.DNS, own=name == "Acme") for name in ("Acme", "Bora")]
    shot = example.of(dark)
    table = SUMMARY.draw(Report(shot, example.compared(shot)))
    heads = [column.title for column in table.blocks[1].columns]
    assert len(heads) == 9
    assert not {"Engagement rate", "Topics", "Total audience"} & {*heads}
    assert "not known of any company: engagement rate, topics, total audience" in table.key
    assert not table.charts
    assert [row.cells[0].value for row in table.blocks[0].rows] == ["Compared", "To know"]


def test_a_pause_that_goes_on_says_so(report: Report, table: Table) -> None:
    board = table.blocks[1]
    at = [column.title for column in board.columns].index("Longest pause, days")
    for row in board.rows:
        value = row.cells[at].value
        if row.subject and is_figure(value):
            recency = report.value(row.subject, "all.recency_days")
            assert isinstance(recency, Known)
            still = recency.value == value.value and value.value > 0
            assert (row.cells[at].mark is Sign.STILL) is still
    assert any("counted up to today" in words for words in table.key)


def test_the_last_column_tells_changes_from_the_second_run_on() -> None:
    first = SUMMARY.draw(report_of(later=False)).blocks[1]
    second = SUMMARY.draw(report_of()).blocks[1]
    assert first.columns[-1].title == "What stands out"
    assert second.columns[-1].title == "Changed since the last run"
    told = {row.subject: row.cells[-1].value for row in second.rows}
    assert told["Acme Pumps"] == "Knowledge base is new (Zendesk)"
    assert told["Estuary Systems"] == "No change"


def test_the_channels_of_a_company_come_to_its_posts_a_week(report: Report) -> None:
    for result in report.results:
        whole = report.value(result.company.name, "all.posts_per_week")
        if isinstance(whole, Known):
            assert sum(rates_by_channel(result).values()) == pytest.approx(whole.value)


@pytest.mark.parametrize("count", [2, 6, 25])
def test_it_is_made_for_two_pages_and_one_screen_wide(count: int) -> None:
    report = many(count)
    grid = layout_of(SUMMARY).lay_out(SUMMARY.draw(report), Book(report))
    heights = [line.height for line in grid.lines]
    (fold,) = grid.breaks
    for part in (heights[:fold], heights[fold:]):
        # Points of an A4 page across, between its margins.
        assert sum(part) * grid.scale / 100 <= 520
    assert sum(grid.widths) <= 177
    # In units of a column; 7.4 px each in the widest program, 1,045 px a page.
    assert sum(grid.widths) * 7.4 * grid.scale / 100 <= 1_045
    assert all(line.height >= 13 for line in list(grid.lines)[fold:] if len(line.cells) > 1)


def test_without_a_run_before_nothing_is_compared(report: Report) -> None:
    lone = replace(report.past, changes=None, before=None, runs=())
    shot = report.snapshot
    table = SUMMARY.draw(Report(shot, example.compared(shot), lone))
    assert "first run" in text_of(table.finding)
    assert not any("change since the run" in words for words in table.key)


def test_a_long_topic_keeps_both_of_its_figures_below_its_bars() -> None:
    shot = example.snapshot()
    renamed = replace(shot, results=tuple(map(_with_long_topics, shot.results)))
    drawn = charts(Report(renamed, example.compared(renamed)))
    (topics,) = (chart for chart in drawn if chart.name == "Topics")
    assert all(re.search(r"\d+% · \d+%$", category) for category in topics.categories)
    assert any("of old houses" in category for category in topics.categories)


def _with_long_topics(result: CompanyResult) -> CompanyResult:
    if not isinstance(result.topics, CompanyTopics):
        return result
    counts = tuple(
        replace(count, topic=replace(count.topic, name=f"{count.topic.name[:9]} of old houses too"))
        for count in result.topics.counts
    )
    return replace(result, topics=replace(result.topics, counts=counts))
