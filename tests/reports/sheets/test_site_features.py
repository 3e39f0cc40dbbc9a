"""Sheet Site features: services that are known by their domain alone share a row."""

from dataclasses import replace

import pytest

from audit.model.catalogue import Usage
from audit.model.value import Known, Number, Reason, Unknown
from reports.report import Report
from reports.sheets import sheets
from tests.reports import workbook_example as example
from tests.reports.advice_example import Given, exactly, part, report_of, report_on

SHEET = next(sheet for sheet in sheets() if sheet.name == "Site features")


def rows_with(*domains: str) -> list[list[str]]:
    """Feature, vendor and activity of each row of a company with a chat and these services."""
    services = [("embedded-service", domain) for domain in domains]
    result = example.company_result("Borealis Valves", features=[("chat", "Pumptalk"), *services])
    shot = example.of([result])
    rows = SHEET.draw(Report(shot, example.compared(shot))).rows
    return [[str(row.cells[at].value) for at in (1, 2, 4)] for row in rows]


def test_one_service_is_named_by_its_domain() -> None:
    assert rows_with("pollcloud.example")[1] == [
        "Embedded service",
        "pollcloud.example",
        "known by domain; what for is not shown",
    ]


def test_many_services_are_one_row_below_what_readers_use() -> None:
    rows = rows_with(*(f"bidder{number:02}.example" for number in range(30)))
    services = [row for row in rows if row[0].startswith("Embedded")]
    assert [row[0] for row in services] == ["Embedded services"]
    assert services[0][1].startswith("bidder00.example, bidder01.example")
    assert services[0][1].endswith("and 22 more")
    assert rows[0][:2] == ["Chat", "Pumptalk"]


def test_services_are_not_counted_as_features() -> None:
    result = example.company_result(
        "Borealis Valves",
        features=[("chat", "Pumptalk"), ("embedded-service", "pollcloud.example")],
    )
    shot = example.of([result])
    counted = Report(shot, example.compared(shot)).value("Borealis Valves", "presence.features")
    assert isinstance(counted, Known)
    assert counted.value == 1


UNTOLD = Unknown(reason=Reason.HTTP_404, detail="gone")


@pytest.mark.parametrize(
    ("ours", "third", "end"),
    [
        (exactly(0), exactly(0), "tools to others."),
        (UNTOLD, exactly(0), "tools to others; of us it could not be told."),
        (exactly(0), UNTOLD, "tools to others; of one other company it could not be told."),
        (UNTOLD, UNTOLD, "tools to others; of us and one other company it could not be told."),
    ],
)
def test_of_whom_it_is_not_known_what_they_offer_to_others_it_is_said(
    ours: Number, third: Number, end: str
) -> None:
    known = {"presence.features": exactly(3)}
    supplied = [{**known, "presence.supplied": value} for value in (ours, exactly(1), third)]
    first, second, other = report_on(
        Given(figures=supplied[0]),
        Given(figures=supplied[1], features=("apps",)),
        Given(figures=supplied[2]),
    ).results
    offered = tuple(replace(each, direction=Usage.SUPPLIES) for each in second.features)
    finding = SHEET.draw(report_of([first, replace(second, features=offered), other])).finding
    assert "".join(words for words, _ in finding).endswith(end)


def test_the_middle_of_two_numbers_is_told_as_the_tables_show_it() -> None:
    rows = [Given(figures={"presence.features": part(count)}) for count in (2, 3, 3, 4, 6)]
    told = "".join(words for words, _ in SHEET.draw(report_on(*rows)).finding)
    assert "3.5 features" in told
