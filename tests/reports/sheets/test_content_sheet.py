"""Sheet Content: shares that add up, no shares of few posts, the same as the breakdowns."""

from dataclasses import replace

import pytest

from audit.measure.mix import FORMATS as FORMATS_ID
from audit.measure.purpose import PURPOSE
from audit.model.result import CompanyResult
from audit.model.value import Known, Reason
from reports.mixed import FORMATS, OTHER, content_of
from reports.report import Report
from reports.sheets import sheets
from reports.tables import Table, Tone, ToWeb
from reports.telling import text_of
from tests.reports import workbook_example as example

SHEET = next(sheet for sheet in sheets() if sheet.name == "Content")


def report_of(*results: CompanyResult) -> Report:
    shot = example.of(results) if results else example.snapshot()
    return Report(shot, example.compared(shot))


@pytest.fixture(scope="module")
def report() -> Report:
    return report_of()


@pytest.fixture(scope="module")
def table(report: Report) -> Table:
    drawn = SHEET.draw(report)
    return Table(
        title=drawn.title,
        finding=drawn.finding,
        columns=drawn.columns,
        rows=list(drawn.rows),
        strip=drawn.strip,
    )


def test_shares_of_all_channels_are_those_of_the_results_file(report: Report) -> None:
    seen = 0
    for result in report.results:
        content = content_of(report, result)
        breakdowns = {each.metric: each for each in result.breakdowns}
        if not content.mixes:
            continue
        seen += 1
        whole = content.mixes[0]
        assert len(whole.posts) == breakdowns[FORMATS_ID].of
        for part in breakdowns[FORMATS_ID].parts:
            if part.name in FORMATS:
                assert whole.formats[part.name] == pytest.approx(part.share)
        for part in breakdowns[PURPOSE].parts:
            assert dict(whole.purposes)[part.name] == pytest.approx(part.share)  # type: ignore[index]  # a StrEnum
        assert sum(whole.formats.values()) == pytest.approx(1)
        assert sum(whole.purposes.values()) == pytest.approx(1)
    assert seen == 5


def test_few_posts_have_no_shares_and_are_said_once() -> None:
    few = example.company_result(
        "Acme Pumps",
        own=True,
        sections={"blog": (20, 9, 9), "news": (3, 9, 9), "podcast": (2, 9, 9)},
    )
    table = SHEET.draw(report_of(few))
    rows = {f"{row.cells[1].value}": row for row in table.rows}
    row = rows["News and Podcast"]
    assert row.cells[2].value == 5
    assert row.cells[5].tone is Tone.REASON
    assert row.cells[5].value == "fewer than 10 dated posts each: no shares"
    assert all(cell.value is None for cell in row.cells[6:])
    assert set(rows) == {"All together", "Blog", "News and Podcast"}


def test_a_company_without_posts_says_why() -> None:
    one = example.company_result("Acme Pumps", own=True, sections={"blog": (20, 9, 9)})
    old = example.company_result("Bora", sections={"blog": (20, 9, 500)})
    lost = example.unreadable("Corvi", Reason.ROBOTS)
    told = {row.subject: row.cells[1].value for row in SHEET.draw(report_of(one, old, lost)).rows}
    assert told["Bora"] == "no posts in the period"
    assert told["Corvi"] == "? asks robots to stay away"


def test_without_posts_enough_there_is_no_sheet() -> None:
    few = example.company_result("Acme Pumps", own=True, sections={"blog": (9, 9, 9)})
    assert not SHEET.wanted(report_of(few))


def test_where_too_few_could_be_read_it_is_not_said_that_the_others_post_less() -> None:
    one = example.company_result("Acme Pumps", own=True, sections={"blog": (20, 9, 9)})
    told = text_of(SHEET.draw(report_of(one, example.unreadable("Corvi", Reason.ROBOTS))).finding)
    assert told == (
        "Of one company alone a blog, news or profile with 10 dated posts or more could be read, "
        "enough to tell what they are for."
    )


def test_an_example_leads_to_its_post_and_bears_its_purpose(table: Table) -> None:
    at = [column.title for column in table.columns].index("Example")
    linked = [row.cells[at] for row in table.rows if row.cells[at].to is not None]
    assert linked
    for cell in linked:
        assert isinstance(cell.to, ToWeb)
        assert f"{cell.value}".startswith(("informs: ", "teaches: ", "entertains: ", "promotes: "))
        assert len(f"{cell.value}") <= 46


def test_posts_alike_are_told_to_serve_the_same_purposes(table: Table) -> None:
    assert text_of(table.finding) == "Our posts serve the same purposes as a typical competitor's."


def test_the_finding_says_the_digits_of_the_row_of_all_channels() -> None:
    shot = example.snapshot()
    ours, *others = shot.results
    told = replace(
        ours,
        measures=tuple(
            replace(each, value=Known(value=0.256, evidence=()))
            if each.metric == "purpose.educational"
            else each
            for each in ours.measures
        ),
    )
    sentence = text_of(SHEET.draw(report_of(told, *others)).finding)
    assert sentence == "26% of our posts teach something; of a typical competitor's 100%."


def test_formats_without_a_column_are_others() -> None:
    assert OTHER in FORMATS
    assert len(FORMATS) == 6
