"""To forget one company never costs another one its results, whatever of the run is damaged."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from audit.store.forget import Wanted, doomed, forget
from audit.store.sqlite import SqliteHistory
from tests.audit.store.folders import changed, filled

DAMAGED_LISTS = ["{broken", "", "null", '{"~":"company.Competitors"', '{"companies":["Acme"']


def rows(folder: Path) -> set[tuple[str, str]]:
    """Read which company of which run is in the history, whatever else of it is damaged."""
    with closing(sqlite3.connect(folder / "history.sqlite3")) as history:
        return set(history.execute("SELECT run_id, name FROM company").fetchall())


@pytest.mark.parametrize("text", DAMAGED_LISTS)
def test_a_damaged_list_costs_only_the_company_that_is_forgotten(tmp_path: Path, text: str) -> None:
    filled(tmp_path, "r1", "r2")
    changed(tmp_path, "UPDATE run SET competitors = ?", text)
    before, wanted = rows(tmp_path), Wanted(company="acme")
    announced = doomed(tmp_path, wanted).rows
    forget(tmp_path, wanted)
    assert before - rows(tmp_path) == set(announced) == {("r1", "Acme"), ("r2", "Acme")}
    assert b"Acme" not in (tmp_path / "history.sqlite3").read_bytes()
    with SqliteHistory.open(tmp_path) as history:
        for name in ("r1", "r2"):
            snapshot = history.load(name)
            assert [each.company.name for each in snapshot.results] == ["Borealis"]
            assert [each.name for each in snapshot.competitors.companies] == ["Borealis"]


def test_a_damaged_result_of_another_company_stays_too(tmp_path: Path) -> None:
    filled(tmp_path, "r1")
    changed(tmp_path, "UPDATE run SET competitors = '{Acme'")
    changed(tmp_path, "UPDATE company SET result = '{' WHERE name = 'Borealis'")
    forget(tmp_path, Wanted(company="Acme"))
    assert rows(tmp_path) == {("r1", "Borealis")}
    assert b"Acme" not in (tmp_path / "history.sqlite3").read_bytes()
    with SqliteHistory.open(tmp_path) as history:
        assert history.runs()[0].damaged == ("the list of companies", "Borealis")


def test_results_that_the_list_does_not_name_stay(tmp_path: Path) -> None:
    filled(tmp_path, "r1")
    changed(tmp_path, "UPDATE run SET competitors = replace(competitors, 'Borealis', 'Acme')")
    forget(tmp_path, Wanted(company="Acme"))
    assert rows(tmp_path) == {("r1", "Borealis")}


def test_a_run_of_which_nothing_else_is_left_goes_as_announced(tmp_path: Path) -> None:
    filled(tmp_path, "r1", "r2")
    changed(tmp_path, "DELETE FROM company WHERE run_id = 'r1' AND name = 'Borealis'")
    changed(tmp_path, "DELETE FROM company WHERE run_id = 'r2' AND name = 'Acme'")
    changed(tmp_path, "UPDATE run SET competitors = '{'")
    wanted = Wanted(company="Acme")
    assert doomed(tmp_path, wanted).rows == (("r1", "Acme"),)
    forget(tmp_path, wanted)
    with SqliteHistory.open(tmp_path) as history:
        assert history.companies() == (("r2", "Borealis"),)


def test_a_run_that_has_still_to_visit_another_company_stays(tmp_path: Path) -> None:
    filled(tmp_path, "r1")
    changed(tmp_path, "DELETE FROM company WHERE name = 'Borealis'")
    forget(tmp_path, Wanted(company="Acme"))
    with SqliteHistory.open(tmp_path) as history:
        assert history.ids() == ("r1",)
        assert [each.name for each in history.load("r1").competitors.companies] == ["Borealis"]
