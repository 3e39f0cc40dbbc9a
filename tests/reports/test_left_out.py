"""No sheet is left out without a word: Coverage says which, and why."""

import pytest

from reports.left_out import left_out
from reports.plain import plain_text
from reports.report import Report
from reports.sheets import sheets
from reports.telling import text_of
from tests.reports import workbook_example as example
from tests.reports.advice_example import Given, report_on


def names(report: Report) -> set[str]:
    return {sheet.name for sheet in sheets() if sheet.wanted(report)}


def whole() -> Report:
    shot = example.snapshot()
    return Report(shot, example.compared(shot))


@pytest.mark.parametrize(
    "report",
    [
        whole(),
        report_on(Given()),
        report_on(Given(), own=False),
        report_on(Given(), Given()),
        report_on(Given(), Given(), Given(), own=False),
        report_on(Given(unread=True)),
    ],
)
def test_what_has_no_sheet_has_a_reason_on_coverage(report: Report) -> None:
    absent = {"Actions", "Content", "Plan", "SWOT", "Topics", "Timing", "Engagement"}
    absent -= names(report)
    assert set(left_out(report)) == absent
    table = next(sheet for sheet in sheets() if sheet.name == "Coverage").draw(report)
    told = {
        plain_text(row.cells[2], table.columns[2], report): str(row.cells[4].value)
        for row in table.rows
        if row.cells[1].value == "sheet"
    }
    assert set(told) == absent
    assert all(len(why) > 20 for why in told.values())


def test_without_an_own_company_and_alone_there_is_nobody_to_advise() -> None:
    assert "own: true" in left_out(report_on(Given(), Given(), own=False))["Actions"]
    assert "no competitor" in left_out(report_on(Given()))["Actions"]
    assert "Actions" not in left_out(report_on(Given(), Given()))


def test_the_topics_of_one_company_are_told() -> None:
    shot = example.snapshot()
    alone = example.of(shot.results[:1])
    report = Report(alone, example.compared(alone))
    topics = next(sheet for sheet in sheets() if sheet.name == "Topics").draw(report)
    assert text_of(topics.finding).startswith("We write most about ")
    assert "All competitors" not in [column.title for column in topics.columns]
