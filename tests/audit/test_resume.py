"""What was visited is never visited again: `--resume` at every point where a run can end."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tests.audit.test_run import run as command
from tests.hostile import Site, page, serving
from tests.kill_rounds import rounds

WORDS = page("<nav><a href='/about/'>About us</a></nav><p>Hello there.</p>")


@contextmanager
def two_sites(folder: Path) -> Iterator[tuple[Path, Site, Site]]:
    """A list of two small companies and their servers."""
    with serving({"/": WORDS}) as one, serving({"/": WORDS}) as two:
        file = folder / "c.yaml"
        file.write_text(
            "settings: {delay_seconds: 0}\ncompanies:\n"
            f"- {{name: One, website: {one.url}/}}\n- {{name: Two, website: {two.url}/}}\n",
            encoding="utf-8",
        )
        yield file, one, two


def audited(file: Path, *more: str) -> tuple[int, str]:
    out = file.with_name("o.json")
    done = command(file, "--allow-private-hosts", "--format", "json", "-o", out, *more)
    assert "Traceback" not in done.stdout + done.stderr
    return done.returncode, done.stderr


def changed(folder: Path, query: str) -> None:
    with closing(sqlite3.connect(folder / "audit-data" / "history.sqlite3")) as history, history:
        history.execute(query)


def complete(file: Path) -> dict[str, bool]:
    kept = json.loads(file.with_name("o.json").read_text("utf-8"))
    return {each["name"]: each["complete"] for each in kept["companies"]}


def test_a_run_killed_while_its_workbook_was_written_only_writes_it(tmp_path: Path) -> None:
    with two_sites(tmp_path) as (file, one, two):
        audited(file)
        first = (tmp_path / "o.json").read_bytes()
        (tmp_path / "o.json").unlink()
        changed(tmp_path, "UPDATE run SET reported_at = NULL")
        hits = [len(one.requests), len(two.requests)]
        status, words = audited(file, "--resume")
        assert [len(one.requests), len(two.requests)] == hits
        assert status == 0
        assert "only its report is missing" in words
        assert (tmp_path / "o.json").read_bytes() == first
        assert "report was not written" not in command("history", file).stdout
        status, words = audited(file, "--resume")
        assert "Nothing to resume" in words
        assert len(one.requests) > hits[0]


def test_a_report_that_could_not_be_saved_is_what_resume_writes(tmp_path: Path) -> None:
    """The folder of the workbook goes away in mid-run; the run is in the history all the same."""
    reports = tmp_path / "reports"
    reports.mkdir()

    def remove(connection: object, _head: bytes) -> None:
        reports.rmdir()
        reports.write_text("in the way", "utf-8")
        connection.sendall(WORDS)  # type: ignore[attr-defined]

    with serving({"/": remove}) as site:
        file = tmp_path / "c.yaml"
        file.write_text(
            f"settings: {{delay_seconds: 0}}\ncompanies:\n- {{name: A, website: {site.url}/}}\n",
            encoding="utf-8",
        )
        out = reports / "o.json"
        words: list[str | Path] = [file, "--allow-private-hosts", "--format", "json", "-o"]
        done = command(*words, out)
        assert done.returncode == 1
        assert "audit report" in done.stderr
        assert "Traceback" not in done.stderr
        assert "report was not written" in command("history", file).stdout
        hits = len(site.requests)
        again = command(*words, tmp_path / "elsewhere.json", "--resume")
        assert again.returncode == 0, again.stderr
        assert len(site.requests) == hits
    assert (tmp_path / "elsewhere.json").exists()


def test_with_all_companies_saved_and_the_end_unwritten_nobody_is_visited(tmp_path: Path) -> None:
    with two_sites(tmp_path) as (file, one, two):
        audited(file)
        changed(tmp_path, "UPDATE run SET finished_at = NULL, reported_at = NULL")
        hits = [len(one.requests), len(two.requests)]
        status, _ = audited(file, "--resume")
        assert [len(one.requests), len(two.requests)] == hits
        assert status == 0
        assert json.loads((tmp_path / "o.json").read_text("utf-8"))["run"]["finished_at"]
        shown = command("history", file).stdout
        assert "2 of 2" in shown
        assert "broken off" not in shown


def test_a_company_that_the_history_lacks_is_the_only_one_visited(tmp_path: Path) -> None:
    """As when its result could not be saved: also a finished run is gone on with for that."""
    with two_sites(tmp_path) as (file, one, two):
        audited(file)
        changed(tmp_path, "DELETE FROM company WHERE name = 'Two'")
        done = command("report", file, "--format", "json", "-o", tmp_path / "o.json")
        assert done.returncode == 1
        assert "Two: incomplete: its line in the history could not be stored" in done.stderr
        assert "o.json is left as it is: this run lacks companies" in done.stderr
        assert complete(file) == {"One": True, "Two": True}, "the only place that has Two is kept"
        kept = json.loads((tmp_path / "o-partial.json").read_text("utf-8"))["companies"]
        assert {each["name"]: each["complete"] for each in kept} == {"One": True, "Two": False}
        assert "1 of 2" in command("history", file).stdout
        shown = command("explain", file, "Two", "feature.blog")
        assert (shown.returncode, "could not be stored" in shown.stderr) == (2, True)
        hits = [len(one.requests), len(two.requests)]
        status, words = audited(file, "--resume")
        assert "1 of 2 companies are finished" in words
        assert status == 0
        assert len(one.requests) == hits[0]
        assert len(two.requests) > hits[1]
        assert complete(file) == {"One": True, "Two": True}


def test_a_damaged_company_of_a_broken_run_is_visited_again(tmp_path: Path) -> None:
    with two_sites(tmp_path) as (file, one, two):
        audited(file)
        changed(tmp_path, "UPDATE run SET finished_at = NULL, reported_at = NULL")
        changed(tmp_path, "UPDATE company SET result = '{' WHERE name = 'Two'")
        hits = [len(one.requests), len(two.requests)]
        status, _ = audited(file, "--resume")
        assert status == 0
        assert len(one.requests) == hits[0]
        assert len(two.requests) > hits[1]
        assert complete(file) == {"One": True, "Two": True}


def test_a_broken_run_is_reported_with_all_its_companies(tmp_path: Path) -> None:
    with two_sites(tmp_path) as (file, _one, _two):
        audited(file)
        changed(tmp_path, "UPDATE run SET finished_at = NULL, reported_at = NULL")
        changed(tmp_path, "DELETE FROM company WHERE name = 'Two'")
        done = command("report", file, "--format", "json", "-o", tmp_path / "r.json")
        replayed = command("replay", file, "--format", "json", "-o", tmp_path / "p.json")
    assert (done.returncode, replayed.returncode) == (1, 1)
    assert "Interrupted: 1 of 2 companies are saved." in done.stderr
    assert "Interrupted: 1 of 2 companies are saved." in replayed.stderr
    for name in ("r.json", "p.json"):
        kept = json.loads((tmp_path / name).read_text("utf-8"))
        reasons = {
            each["name"]: [row["reason"] for row in each["reasons"]] for each in kept["companies"]
        }
        assert "interrupted" not in reasons["One"]
        assert "interrupted" in reasons["Two"], "what is archived of it may be a part"


def test_a_run_that_is_killed_again_and_again_comes_to_the_same() -> None:
    """The long version: python -m tests.kill_rounds --rounds 60."""
    done = list(rounds(2, seed=20261124, pages=6, most=2))
    assert [(other[:10], each.sound) for each, other in done] == [([], True)] * 2
    assert sum(each.kills for each, _ in done) > 0
