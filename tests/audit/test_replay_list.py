"""A replay says of a company without archived pages why it has none."""

import asyncio
from dataclasses import replace
from pathlib import Path

from audit import api
from audit.model.company import Company
from audit.replay import replay
from audit.store.sqlite import SqliteHistory
from tests.audit.store.examples import COMPANIES, LIST
from tests.audit.store.folders import changed, filled, listed

NEW = Company(name="Cumulus", website="https://cumulus.example/")


def details(folder: Path) -> dict[str, str]:
    with SqliteHistory.open(folder) as store:
        snapshot = store.load("r1")
    catalogue = api.load(listed(folder)).catalogue
    longer = replace(LIST, companies=(*COMPANIES, NEW))
    analysed = asyncio.run(replay(longer, catalogue, snapshot, folder))
    return {each.company.name: each.notes[0].detail for each in analysed.results}


def test_a_company_that_was_added_since_was_not_part_of_the_run(tmp_path: Path) -> None:
    filled(tmp_path, "r1")
    told = details(tmp_path)
    assert "was not part of that run" in told["Cumulus"]
    assert "were deleted" in told["Acme"]


def test_where_the_list_of_the_run_is_damaged_nobody_says_so(tmp_path: Path) -> None:
    filled(tmp_path, "r1")
    changed(tmp_path, "UPDATE run SET competitors = '{'")
    assert "was not part" not in details(tmp_path)["Cumulus"]
