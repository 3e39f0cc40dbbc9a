"""The results file says of averages, findings, actions and KPIs what the sheets say."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from reports.formats.json import results, results_schema
from reports.report import Report
from reports.sheets import sheets
from reports.tables import Row, Table
from tests.reports import workbook_example as example
from tests.reports.advice_example import Given, report_on


@pytest.fixture(scope="module")
def report() -> Report:
    shot = example.snapshot()
    return Report(shot, example.compared(shot))


@pytest.fixture(scope="module")
def told(report: Report) -> Mapping[str, Any]:
    return results(report)


def table(name: str, report: Report) -> Table:
    return next(sheet for sheet in sheets() if sheet.name == name).draw(report)


def texts(rows: Sequence[Row], at: int) -> list[str]:
    """The words of one column; a sentence without its emphasis."""
    values = [row.cells[at].value for row in rows]
    return [
        "".join(piece for piece, _ in value) if isinstance(value, tuple) else f"{value}"
        for value in values
    ]


def test_the_findings_are_those_of_the_summary(report: Report, told: Mapping[str, Any]) -> None:
    blocks = table("Summary", report).blocks
    found = told["findings"]
    assert texts(blocks[0].rows, 1) == [
        found["ahead"]["sentence"],
        found["behind"]["sentence"],
        found["to_know"],
    ]
    stand_out = dict(zip(texts(blocks[-1].rows, 0), texts(blocks[-1].rows, 1), strict=True))
    for name, each in found["companies"].items():
        if not stand_out[name].startswith("?"):
            assert each["stands_out"]["sentence"] == stand_out[name]


def test_the_actions_and_kpis_are_those_of_their_sheets(
    report: Report, told: Mapping[str, Any]
) -> None:
    rows = list(table("Actions", report).rows)
    assert texts(rows, 1) == [each["do"] for each in told["actions"]]
    assert texts(rows, 2) == [each["reason"] for each in told["actions"]]
    assert all(each["evidence"] for each in told["actions"])
    standings = texts(list(table("KPIs", report).rows), 9)
    for words, each in zip(standings, told["kpis"], strict=True):
        assert words.startswith(each["standing"])


def test_the_averages_are_those_of_the_comparison(told: Mapping[str, Any]) -> None:
    rate = told["comparison"]["site.posts_per_week"]
    assert (rate["competitors"]["known"], rate["competitors"]["of"]) == (4, 5)
    assert (rate["everyone"]["known"], rate["everyone"]["of"]) == (5, 6)
    # Others may publish more than could be seen of them, so that our place is not known.
    assert rate["rank"] is None
    assert told["comparison"]["presence.features"]["rank"] == {"place": 2, "of": 5}
    assert told["comparison"]["completeness"]["best"] is None


@pytest.mark.parametrize(
    "report",
    [report_on(), report_on(Given()), report_on(Given(), own=False), report_on(*[Given()] * 4)],
    ids=["nobody", "we alone", "a competitor alone", "nothing known"],
)
def test_any_set_of_companies_gives_a_file_after_its_schema(report: Report) -> None:
    told: Any = results(report)
    Draft202012Validator(results_schema()).validate(told)
    assert told["kpis"] == []
