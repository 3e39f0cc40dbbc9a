"""What cannot be saved is tried again, then said; it costs its place in the history, no more."""

from dataclasses import replace
from pathlib import Path

import pytest

from audit.measure.company import measure
from audit.measure.subject import Context
from audit.model.company import Company
from audit.model.errors import SaveError
from audit.model.result import CompanyResult
from audit.model.visit import Visit
from audit.store.saving import Saving
from audit.store.sqlite import SqliteHistory
from tests.audit.store.disks import audited, hold, let_go
from tests.audit.store.examples import COMPANIES, LIST, NOW, result, run


def test_what_could_not_be_saved_is_saved_when_the_run_ends(tmp_path: Path) -> None:
    """Another program holds the history for a moment; the company is not lost by it."""
    with SqliteHistory.open(tmp_path, write=True) as history:
        history.begin(run(), LIST)
        saving = Saving(history, "r1", sleep=lambda _seconds: let_go())
        hold(tmp_path)
        saving.save(result())
        assert history.load("r1").results == ()
        assert saving.again() == {}
        assert history.load("r1").results == (result(),)


def test_what_cannot_be_saved_says_so_and_how_to_go_on(tmp_path: Path) -> None:
    with SqliteHistory.open(tmp_path, write=True) as history:
        history.begin(run(), LIST)
        saving = Saving(history, "r1", sleep=lambda _seconds: None)
        hold(tmp_path)
        saving.save(result())
        unsaved = saving.again(patiently=False)["Acme"].notes[-1]
        (unfinished,) = saving.finish(NOW)
        let_go()
    assert (unsaved.reason, unsaved.incomplete) == ("storage", True)
    assert "--resume" in unsaved.help
    assert unfinished.reason == "storage"


UNFIT = {
    "no value of ours": replace(result(), languages=(object(),)),  # type: ignore[arg-type]
    "half a character": result(Company(name="Half \ud800", website="https://half.example/")),
}


@pytest.mark.parametrize("name", UNFIT)
def test_what_cannot_be_written_is_said_and_the_others_are_saved(tmp_path: Path, name: str) -> None:
    unfit = UNFIT[name]
    with SqliteHistory.open(tmp_path, write=True) as history:
        history.begin(run("r1"), LIST)
        with pytest.raises(SaveError, match="cannot be written"):
            history.save("r1", unfit)
        saving = Saving(history, "r1", lambda _seconds: None)
        for each in (unfit, result(COMPANIES[1])):
            saving.save(each)
        unsaved = saving.again()
        assert [each.company.name for each in history.load("r1").results] == ["Borealis"]
    assert list(unsaved) == [unfit.company.name]
    note = unsaved[unfit.company.name].notes[-1]
    assert (note.what, note.reason, note.incomplete) == ("history", "storage", True)
    assert "room" not in note.help


def test_a_run_ends_with_the_figures_of_what_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fault is planted in a measured value."""

    def faulty(
        company: Company, visit: Visit, context: Context, earlier: CompanyResult | None
    ) -> CompanyResult:
        result = measure(company, visit, context, earlier)
        unfit = company.name == "Two"
        return replace(result, languages=(object(),)) if unfit else result  # type: ignore[arg-type]

    monkeypatch.setattr("audit.run.measure", faulty)
    snapshot = audited(tmp_path)
    notes = {each.company.name: [note.reason for note in each.notes] for each in snapshot.results}
    assert notes == {"One": [], "Two": ["storage"], "Three": []}
    assert all(each.measures for each in snapshot.results)
    assert snapshot.run.finished_at is not None
