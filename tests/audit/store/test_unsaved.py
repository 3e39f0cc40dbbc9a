"""A result that cannot be written down costs its place in the history, and nothing else."""

from dataclasses import replace
from pathlib import Path

import pytest

import audit.run
from audit.model.company import Company
from audit.model.errors import SaveError
from audit.model.result import CompanyResult
from audit.store.saving import Saving
from audit.store.sqlite import SqliteHistory
from tests.audit.store.examples import COMPANIES, LIST, result, run
from tests.audit.store.test_storage import audited

UNFIT = {
    "no value of ours": replace(result(), languages=(object(),)),  # type: ignore[arg-type]
    "half a character": result(Company(name="Half \ud800", website="https://half.example/")),
}


@pytest.mark.parametrize("name", UNFIT)
def test_what_cannot_be_written_is_said_and_the_others_are_saved(tmp_path: Path, name: str) -> None:
    unfit = UNFIT[name]
    with SqliteHistory.open(tmp_path, write=True) as store:
        store.begin(run("r1"), LIST)
        with pytest.raises(SaveError, match="cannot be written"):
            store.save("r1", unfit)
        saving = Saving(store, "r1", lambda _seconds: None)
        for each in (unfit, result(COMPANIES[1])):
            saving.save(each)
        told = saving.again()
        assert [each.company.name for each in store.load("r1").results] == ["Borealis"]
    assert list(told) == [unfit.company.name]
    note = told[unfit.company.name].notes[-1]
    assert (note.what, note.reason, note.incomplete) == ("history", "storage", True)
    assert "room" not in note.help


def test_a_run_ends_with_the_figures_of_what_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fault is planted in a measured value."""
    real = audit.run.measure

    def faulty(company: Company, *more: object) -> CompanyResult:
        measured: CompanyResult = real(company, *more)  # type: ignore[arg-type]
        unfit = company.name == "Two"
        return replace(measured, languages=(object(),)) if unfit else measured  # type: ignore[arg-type]

    monkeypatch.setattr(audit.run, "measure", faulty)
    snapshot = audited(tmp_path)
    notes = {each.company.name: [note.reason for note in each.notes] for each in snapshot.results}
    assert notes == {"One": [], "Two": ["storage"], "Three": []}
    assert all(each.measures for each in snapshot.results)
    assert snapshot.run.finished_at is not None
