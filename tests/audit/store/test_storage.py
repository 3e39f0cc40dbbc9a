"""A data folder that is full, read-only or gone costs what it cannot take, and nothing else."""

import shutil
from pathlib import Path

import pytest

from audit.commands.progress import Lines
from audit.measure.company import measure
from audit.measure.subject import Context
from audit.model.company import Company
from audit.model.result import CompanyResult
from audit.model.visit import Visit
from audit.store.sqlite import SqliteHistory
from scrapers.fetch.archive import read_archive
from tests.audit.store.disks import (
    LARGE,
    LIMIT,
    WORDS,
    Run,
    audited,
    clear,
    fill,
    hold,
    let_go,
    limited,
    mounted,
)
from tests.audit.test_run import AUDIT, PLAIN
from tests.forked import run_command
from tests.hostile import serving


def test_a_quota_costs_the_pages_that_do_not_fit(tmp_path: Path) -> None:
    """For the machine where nobody may mount: no file of the run may be larger than a limit."""
    run = Run(tmp_path)
    large = run.company({}, {"/large/": b"<!--" + LARGE + b"-->", **WORDS})
    with serving(large) as one, serving(run.company({}, WORDS)) as two:
        status, errors = run.go({"Large": one.url, "Small": two.url}, limited(LIMIT))
    assert status == 1
    assert "Large: incomplete: what is saved of its pages is not whole" in errors
    assert "make room" in errors
    assert run.reasons()["Small"] == []
    assert ("archive", "storage") in run.reasons()["Large"]
    for path in (tmp_path / "audit-data").rglob("large*.warc.gz"):
        answers = read_archive(path, path.name).answers
        assert any(answer.url.endswith("/about/") for answer in answers)


def test_a_data_folder_that_is_deleted_in_mid_run_costs_no_result(tmp_path: Path) -> None:
    run = Run(tmp_path)
    acts = {"/about/": shutil.rmtree}
    with serving(run.company(acts, WORDS)) as one, serving(run.company({}, WORDS)) as two:
        status, errors = run.go({"One": one.url, "Two": two.url})
    assert run.done
    assert status == 1
    assert set(run.reasons()) == {"One", "Two"}
    assert ("history", "storage") in run.reasons()["One"]
    assert "is gone from its place" in errors
    assert not (tmp_path / "audit-data").exists()


def test_a_file_in_place_of_the_archive_costs_the_archive_only(tmp_path: Path) -> None:
    run = Run(tmp_path)
    (tmp_path / "audit-data").mkdir()
    (tmp_path / "audit-data" / "archive").write_text("in the way", "utf-8")
    with serving(run.company({}, WORDS)) as one:
        status, errors = run.go({"One": one.url})
    assert status == 1
    assert run.reasons()["One"] == [("archive", "storage")]
    assert "One: incomplete: what is saved of its pages is not whole" in errors


def test_a_history_that_another_program_holds_is_said_and_the_run_ends(tmp_path: Path) -> None:
    run = Run(tmp_path)
    with serving(run.company({"/": hold}, WORDS)) as one:
        status, errors = run.go({"One": one.url})
    let_go()
    assert status == 1
    assert run.reasons()["One"] == [("history", "storage")]
    assert "another program is using it" in errors
    again = Run(tmp_path)
    with serving(again.company({}, WORDS)) as one:
        assert again.go({"One": one.url})[0] == 0


@pytest.mark.parametrize("already", [False, True], ids=["new", "there already"])
def test_a_history_that_cannot_be_written_to_is_2_and_nothing_is_fetched(
    tmp_path: Path, already: bool
) -> None:
    run, data = Run(tmp_path), tmp_path / "audit-data"
    data.mkdir()
    if already:
        with SqliteHistory.open(data, write=True):
            pass
    hold(data)
    with serving(run.company({}, WORDS)) as one:
        status, errors = run.go({"One": one.url})
        let_go()
        assert status == 2
        assert "history.sqlite3" in errors
        # room for one page of the history, which needs more
        status, errors = run.go({"One": one.url}, limited(4096))
    assert status == 2
    assert "history.sqlite3" in errors
    assert one.requests == []


def test_a_full_disk_costs_the_companies_it_hits_and_ends_nothing(tmp_path: Path) -> None:
    run = Run(tmp_path)
    begin = mounted(run, 2000)
    with (
        serving(run.company({"/about/": fill}, WORDS)) as one,
        serving(run.company({}, WORDS)) as two,
    ):
        status, errors = run.go({"One": one.url, "Two": two.url}, begin)
    assert run.done
    assert status == 1
    assert set(run.reasons()) == {"One", "Two"}
    assert {reason for _, reason in run.reasons()["One"]} == {"storage"}
    assert "make room" in errors


def test_a_disk_that_is_full_for_a_moment_costs_no_more_than_archived_copies(
    tmp_path: Path,
) -> None:
    run = Run(tmp_path)
    begin = mounted(run, 2000)
    large = b"<p>Us.</p><!--" + LARGE[:40_000] + b"-->"
    bodies = {"/about/": b"<p>About us.</p>", "/company/": large, "/team/": b"<p>We.</p>"}
    acts = {"/about/": fill, "/team/": clear}
    with serving(run.company(acts, bodies)) as one, serving(run.company({}, WORDS)) as two:
        status, _ = run.go({"One": one.url, "Two": two.url}, begin)
    assert run.done == ["/about/", "/team/"]
    assert status == 1
    assert run.reasons()["One"] == [("archive", "storage")]


def test_a_workbook_that_does_not_fit_leaves_the_old_one_and_names_the_history(
    tmp_path: Path,
) -> None:
    run = Run(tmp_path)
    with serving(run.company({}, WORDS)) as one:
        assert run.go({"One": one.url})[0] == 0
    old = tmp_path / "o.xlsx"
    old.write_bytes(b"the old one")
    report = [AUDIT, "report", str(tmp_path / "c.yaml"), "-o", str(old)]
    done = run_command(report, PLAIN, begin=limited(4096))
    errors = done.stderr
    assert done.returncode == 1, errors
    assert "could not be saved" in errors
    assert "audit report" in errors
    assert "Traceback" not in errors
    assert old.read_bytes() == b"the old one"
    assert [path.name for path in tmp_path.glob(".o.*")] == []


def test_a_fault_of_ours_in_one_company_leaves_the_others_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault is planted where nothing else catches it; it ends in the company's own result."""

    def faulty(
        company: Company, visit: Visit, context: Context, earlier: CompanyResult | None
    ) -> CompanyResult:
        if company.name in ("One", "Two"):
            raise OSError(28, "full") if company.name == "One" else ZeroDivisionError
        return measure(company, visit, context, earlier)

    monkeypatch.setattr("audit.run.measure", faulty)
    snapshot = audited(tmp_path)
    reasons = {each.company.name: [note.reason for note in each.notes] for each in snapshot.results}
    assert reasons == {"One": ["storage"], "Two": ["internal-error"], "Three": []}
    assert snapshot.run.finished_at is not None


def test_a_fault_in_telling_how_a_run_gets_on_loses_no_company(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def deaf(_watcher: Lines, _result: CompanyResult) -> None:
        raise BrokenPipeError

    monkeypatch.setattr(Lines, "finished", deaf)
    snapshot = audited(tmp_path)
    assert [each.complete for each in snapshot.results] == [True] * 3
    assert snapshot.run.finished_at is not None
