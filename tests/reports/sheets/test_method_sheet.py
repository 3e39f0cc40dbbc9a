"""The sheet Method: settings in words, whatever they hold."""

from dataclasses import replace

from audit.model.company import Settings
from reports.report import Report
from reports.sheets.method import SHEET
from tests.reports import workbook_example as example


def settings(changed: Settings) -> dict[str, str]:
    shot = example.snapshot()
    shot = replace(shot, competitors=replace(shot.competitors, settings=changed))
    block = SHEET.draw(Report(shot, example.compared(shot))).blocks[-1]
    return {f"{row.cells[0].value}": f"{row.cells[1].value}" for row in block.rows}


def test_settings_are_told_without_the_signs_of_a_program() -> None:
    swapped = (
        ("https://www.youtube.com", "http://127.0.0.1:8001"),
        ("https://x.com", "http://127.0.0.1:8002"),
    )
    told = settings(Settings(base_urls=swapped, profiles=False, browser=Settings().browser))
    assert told["base_urls"] == (
        "http://127.0.0.1:8001 in place of https://www.youtube.com, "
        "http://127.0.0.1:8002 in place of https://x.com"
    )
    assert (told["profiles"], told["browser"], told["contact"]) == ("no", "auto", "none")
    assert not [value for value in told.values() if set("()[]'") & set(value)]


def test_no_addresses_are_none_and_not_an_empty_pair_of_brackets() -> None:
    assert settings(Settings())["base_urls"] == "none"
