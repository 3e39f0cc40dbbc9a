"""Where a command writes: never over what it reads, never over what is no file of its kind."""

import os
import shlex
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from audit.api import check_clock
from audit.cli import main
from audit.commands.outputs import check_outputs, targets
from audit.commands.typed import Typed
from audit.model.errors import AuditError, ReportError, SaveError
from reports.save import check_output, save
from tests.audit.test_run import AUDIT, PLAIN, run
from tests.hostile import page, serving
from tests.planted import run_planted

LIST = Path("competitors.yaml")


@pytest.mark.parametrize(
    ("output", "formats", "files"),
    [
        (None, "xlsx", ["competitors.xlsx"]),
        ("out", "xlsx", ["out.xlsx"]),
        ("out", "json", ["out.json"]),
        ("out", "xlsx,json", ["out.xlsx", "out.json"]),
        ("out.xlsx", "xlsx", ["out.xlsx"]),
        ("OUT.XLSX", "xlsx", ["OUT.XLSX"]),
        ("out.xlsx", "xlsx,json", ["out.xlsx", "out.json"]),
        ("out.json", "xlsx,json", ["out.xlsx", "out.json"]),
        ("a.b/out", "xlsx", ["a.b/out.xlsx"]),
        (None, "csv", ["competitors-csv"]),
        ("out", "xlsx,csv", ["out.xlsx", "out-csv"]),
        ("out.csv", "csv", ["out-csv"]),
        ("out.csv", "csv,json", ["out-csv", "out.json"]),
        ("out.xlsx", "csv,xlsx", ["out-csv", "out.xlsx"]),
        ("x/out-csv", "csv,xlsx", ["x/out-csv", "x/out.xlsx"]),
        ("out-csv", "json", ["out-csv.json"]),
        ("-csv", "csv", ["-csv-csv"]),
        ("out", "pptx,pptx", ["out.pptx"]),
    ],
)
def test_an_ending_that_is_left_out_is_added(
    output: str | None, formats: str, files: list[str]
) -> None:
    goals = targets(LIST, Path(output) if output else None, formats)
    assert [path.as_posix() for path in goals.values()] == files


@pytest.mark.parametrize(
    ("output", "formats", "words"),
    [
        ("out.csv", "xlsx", "needs --format csv"),
        ("out.yaml", "xlsx", "end the name in .xlsx"),
        ("out.xls", "xlsx", "end the name in .xlsx"),
        ("out.json", "xlsx", "needs --format json"),
        ("out.xlsx", "json", "needs --format xlsx"),
        ("out.odt", "xlsx,json", "end the name in .xlsx or .json"),
        ("out.xlsx.", "xlsx", "nothing may follow"),
        ("out ", "xlsx", "nothing may follow"),
        ("Q3.2026", "xlsx", "end the name in .xlsx"),
        (".", "xlsx", "is a folder"),
        ("", "xlsx", "is a folder"),
        ("..", "xlsx", "is a folder"),
    ],
)
def test_an_ending_of_something_else_is_refused(output: str, formats: str, words: str) -> None:
    with pytest.raises(AuditError, match=words):
        targets(LIST, Path(output), formats)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("-", "name a file, such as audit.xlsx"),
        ("new/", "is a folder; name a file in it, such as new/audit"),
        ("new/.", "is a folder"),
        ("new/..", "is a folder"),
    ],
)
@pytest.mark.parametrize("command", ["run", "report", "export", "demo"])
def test_a_folder_is_refused_by_its_slash_and_the_screen_by_its_dash(
    command: str, typed: str, words: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["audit", command, "-o", typed])
    heard: list[str] = []
    monkeypatch.setattr("audit.cli.complain", lambda *lines: heard.extend(lines))
    assert main() == 2
    assert words in heard[0]
    assert not list(tmp_path.iterdir())


def test_the_folder_of_an_earlier_export_is_named_as_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "out-csv").mkdir()
    goals = targets(LIST, tmp_path / "out-csv", "csv")
    assert goals == {"csv": tmp_path / "out-csv"}
    check_outputs(goals, [LIST], tmp_path / "audit-data")


def test_a_folder_of_other_things_is_refused_before_the_run(tmp_path: Path) -> None:
    (tmp_path / "out-csv").mkdir()
    (tmp_path / "out-csv" / "letters.txt").write_text("mine", "utf-8")
    goals = targets(LIST, tmp_path / "out", "csv")
    with pytest.raises(ReportError, match="other files in it"):
        check_outputs(goals, [LIST], tmp_path / "audit-data")


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A list in JSON, which is YAML too, and its history."""
    (tmp_path / "c.json").write_text("{}", encoding="utf-8")
    (tmp_path / "audit-data").mkdir()
    (tmp_path / "audit-data" / "history.sqlite3").write_bytes(b"history")
    (tmp_path / "audit-data" / "sub").mkdir()
    (tmp_path / "sub").mkdir()
    return tmp_path


@pytest.mark.parametrize(
    ("asked", "link", "to"),
    [
        ("c.json", "", ""),
        ("sub/../c.json", "", ""),
        ("l.json", "l.json", "c.json"),
        ("other/c.json", "other", "."),
        ("h.json", "hard:h.json", "c.json"),
        ("audit-data", "", ""),
        ("audit-data/history.sqlite3", "", ""),
        ("h.json", "hard:h.json", "audit-data/history.sqlite3"),
        ("h.json", "h.json", "audit-data/history.sqlite3"),
        ("audit-data/new.json", "", ""),
        ("sub/../audit-data/sub/new.json", "", ""),
        ("other/sub/new.json", "other", "audit-data"),
    ],
)
def test_nothing_is_written_over_what_is_read(kept: Path, asked: str, link: str, to: str) -> None:
    if link.startswith("hard:"):
        os.link(kept / to, kept / link.removeprefix("hard:"))
    elif link:
        (kept / link).symlink_to(kept / to)
    with pytest.raises(ReportError):
        check_output(kept / asked, inputs=[kept / "c.json"], data_dir=kept / "audit-data")


def test_the_data_folder_is_kept_before_it_is_made(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="kept for the history"):
        check_output(tmp_path / "audit-data" / "x.xlsx", data_dir=tmp_path / "audit-data")
    assert list(tmp_path.iterdir()) == []


def test_a_place_beside_is_taken_and_left_as_it_is(kept: Path) -> None:
    (kept / "out.xlsx").write_bytes(b"older")
    check_output(kept / "out.xlsx", inputs=[kept / "c.json"], data_dir=kept / "audit-data")
    assert (kept / "out.xlsx").read_bytes() == b"older"
    assert sorted(path.name for path in kept.iterdir()) == [
        "audit-data",
        "c.json",
        "out.xlsx",
        "sub",
    ]


@pytest.mark.parametrize(
    "name", ["CON.xlsx", "nul.xlsx", "Lpt1.xlsx", "COM¹.xlsx", "aux .xlsx", "con.old.xlsx"]
)
def test_a_name_that_windows_keeps_is_refused_everywhere(tmp_path: Path, name: str) -> None:
    with pytest.raises(ReportError, match="Windows"):
        check_output(tmp_path / name)


@pytest.mark.parametrize("name", ["x" * 252 + ".xlsx", "é" * 130 + ".xlsx"])
def test_a_name_that_cannot_be_is_refused_before_the_run(tmp_path: Path, name: str) -> None:
    with pytest.raises(ReportError, match="cannot be written"):
        check_output(tmp_path / name)


def test_the_longest_name_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 250 + ".xlsx")
    check_output(path)
    assert save(path, write_new) == path
    assert path.read_bytes() == b"new"


def test_links_in_a_circle_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").symlink_to(tmp_path / "b.xlsx")
    (tmp_path / "b.xlsx").symlink_to(tmp_path / "a.xlsx")
    with pytest.raises(ReportError, match="cannot be written"):
        check_output(tmp_path / "a.xlsx")


def test_a_place_by_way_of_a_folder_that_is_not_there_is_written_to(tmp_path: Path) -> None:
    path = tmp_path / "missing" / ".." / "out.xlsx"
    check_output(path)
    assert save(path, write_new) == path
    assert (tmp_path / "out.xlsx").read_bytes() == b"new"


@pytest.mark.parametrize("year", [1970, 1979, 2107])
def test_a_clock_that_was_never_set_is_told_before_the_run(year: int) -> None:
    with pytest.raises(AuditError, match=f"01 January {year}; set it"):
        check_clock(datetime(year, 1, 1, tzinfo=UTC))
    check_clock(datetime(2026, 1, 1, tzinfo=UTC))


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
def test_a_device_is_no_name_to_put_an_ending_to() -> None:
    with pytest.raises(AuditError, match="device or a pipe"):
        targets(LIST, Path(os.devnull), "xlsx")


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such files")
@pytest.mark.parametrize("kind", ["pipe", "device", "link to a device"])
def test_a_pipe_or_a_device_is_no_place_for_a_workbook(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "x.xlsx"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "device":
        path = Path(os.devnull)
    else:
        path.symlink_to(os.devnull)
    with pytest.raises(ReportError, match="device or a pipe"):
        check_output(path)


def test_a_link_keeps_leading_to_the_file_that_is_written(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    link = tmp_path / "out.xlsx"
    link.symlink_to(tmp_path / "shared" / "report.xlsx")
    assert save(link, write_new) == link
    assert link.is_symlink()
    assert (tmp_path / "shared" / "report.xlsx").read_bytes() == b"new"


def test_nobody_can_lay_a_link_where_the_writing_begins(tmp_path: Path) -> None:
    names: list[str] = []

    def write(place: Path) -> None:
        names.append(place.name)
        place.write_bytes(b"new")

    for _ in range(2):
        save(tmp_path / "out.xlsx", write)
    assert len(set(names)) == 2


def test_the_command_refuses_before_any_request(tmp_path: Path) -> None:
    with serving({"/": page("x")}) as site:
        file = tmp_path / "c.json"
        file.write_text(
            f'{{"companies": [{{"name": "A", "website": "{site.url}/"}}]}}', encoding="utf-8"
        )
        before = file.read_bytes()
        for words in (
            ("run", file, "--format", "json"),
            ("run", file, "--format", "json", "-o", tmp_path / "." / "c.json"),
            ("run", file, "-o", tmp_path / "audit-data" / "x.xlsx"),
            ("run", file, "-o", tmp_path / "x.csv"),
            ("report", file, "--format", "json"),
            ("replay", file, "--format", "json"),
        ):
            done = run(*words, "--allow-private-hosts") if words[0] == "run" else run(*words)
            assert done.returncode == 2, (words, done.stderr)
    assert site.requests == []
    assert file.read_bytes() == before


def test_a_users_catalogue_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "ours.json").write_text('{"platforms": []}', encoding="utf-8")
    file = tmp_path / "c.yaml"
    file.write_text(
        "catalogue: [ours.json]\ncompanies: [{name: A, website: 'http://127.0.0.1:9'}]\n",
        encoding="utf-8",
    )
    done = run(file, "--format", "json", "-o", tmp_path / "ours.json")
    assert done.returncode == 2
    assert "ours.json: is read by this command" in done.stderr


def test_the_demo_does_not_take_the_place_of_real_companies(tmp_path: Path) -> None:
    (tmp_path / "audit-data").mkdir()
    with sqlite3.connect(tmp_path / "audit-data" / "history.sqlite3") as history:
        history.execute("CREATE TABLE precious (x)")
    history.close()
    before = (tmp_path / "audit-data" / "history.sqlite3").read_bytes()
    done = run("demo", "-o", tmp_path / "demo.xlsx", "--quiet")
    assert done.returncode == 2
    assert "another folder" in done.stderr
    assert (tmp_path / "audit-data" / "history.sqlite3").read_bytes() == before
    (tmp_path / "list").mkdir()
    (tmp_path / "list" / "competitors.yaml").write_text("mine", encoding="utf-8")
    assert run("demo", "-o", tmp_path / "list" / "demo.xlsx", "--quiet").returncode == 2
    assert (tmp_path / "list" / "competitors.yaml").read_text("utf-8") == "mine"


def test_one_report_that_cannot_be_written_does_not_cost_the_other(tmp_path: Path) -> None:
    with serving({"/": page("<p>Hello</p>")}) as site:
        file = tmp_path / "c.yaml"
        file.write_text(
            f"settings: {{delay_seconds: 0}}\ncompanies: [{{name: A, website: '{site.url}/'}}]\n",
            encoding="utf-8",
        )
        kept = ("--data-dir", tmp_path / "my history")
        assert run(file, "--allow-private-hosts", *kept).returncode == 0
    full = "raise OSError(28, 'No space left on device')"
    words = ("report", file, "--format", "xlsx,json", "-o", tmp_path / "again", *kept)
    done = run_planted(tmp_path, "reports.formats.xlsx.workbook:_write", full, *words)
    assert done.returncode == 1
    advice = next(line for line in done.stderr.splitlines() if "another place:" in line)
    typed = shlex.split(advice.partition(": audit ")[2].replace("PLACE", str(tmp_path / "there")))
    assert run(*typed).returncode == 0
    assert (tmp_path / "there.xlsx").exists()
    assert "again.xlsx: could not be saved (No space left on device)" in done.stderr
    assert (tmp_path / "again.json").exists()
    assert str(tmp_path / "again.json") in done.stdout


def test_init_leaves_no_half_file(tmp_path: Path) -> None:
    (tmp_path / "here").symlink_to(tmp_path / "nowhere.yaml")
    assert run("init", tmp_path / "here").returncode == 2
    assert run("init", tmp_path / ("x" * 300)).returncode == 2
    with pytest.raises(SaveError):
        save(tmp_path / "x.yaml", _full)
    assert [path.name for path in tmp_path.iterdir()] == ["here"]


def write_new(place: Path) -> None:
    """Write what is easily known."""
    place.write_bytes(b"new")


def _full(place: Path) -> None:
    """Write as on a disk on which half of it has room."""
    place.write_bytes(b"half")
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize(
    ("file", "data_dir", "typed"),
    [
        ("c.yaml", None, "audit report c.yaml --run r"),
        ("-x.yaml", None, "audit report ./-x.yaml --run r"),
        ("a b.yaml", "my data", "audit report 'a b.yaml' --run r --data-dir 'my data'"),
    ],
)
def test_advice_can_be_typed_as_it_stands(file: str, data_dir: str | None, typed: str) -> None:
    place = Path(data_dir) if data_dir else None
    advice = Typed(file=Path(file), data_dir=place).command("--run", "r", name="report")
    assert advice == typed


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use cannot be deleted there")
def test_a_folder_that_was_deleted_under_ones_feet_is_no_fault_of_the_program(
    tmp_path: Path,
) -> None:
    (tmp_path / "gone").mkdir()
    script = f"cd gone && rmdir ../gone && {shlex.quote(AUDIT)} --version"
    done = subprocess.run(
        ["sh", "-c", script], capture_output=True, text=True, cwd=tmp_path, env=PLAIN, check=False
    )
    assert done.returncode == 2
    assert "the folder you are in cannot be used" in done.stderr


def test_copies_that_could_not_be_kept_are_told_with_the_number_of_companies(
    tmp_path: Path,
) -> None:
    with serving({"/": page("<p>Hello</p>")}) as site:
        file = tmp_path / "c.yaml"
        rows = [f"- {{name: {name}, website: '{site.url}/{name}'}}" for name in "ABC"]
        file.write_text(
            "settings: {delay_seconds: 0}\ncompanies:\n" + "\n".join(rows), encoding="utf-8"
        )
        words = (file, "--allow-private-hosts", "--quiet")
        full = "raise OSError(28, 'No space left')"
        done = run_planted(tmp_path, "scrapers.fetch.archive:Archive._append", full, *words)
    assert done.returncode == 1
    assert "could not be archived" in done.stderr
    assert "(and so for 2 more)" in done.stderr


def test_an_archive_that_may_not_be_read_costs_its_company_and_is_no_fault_of_ours(
    tmp_path: Path,
) -> None:
    with serving({"/": page("<footer><a href='https://github.com/a'>GitHub</a></footer>")}) as site:
        file = tmp_path / "c.yaml"
        file.write_text(
            "settings: {delay_seconds: 0, profiles: false}\n"
            f"companies: [{{name: A, website: '{site.url}/'}}]\n",
            encoding="utf-8",
        )
        assert run(file, "--allow-private-hosts").returncode == 0
    denied = "raise PermissionError(13, 'Permission denied')"
    done = run_planted(tmp_path, "scrapers.fetch.replay:read_archive", denied, "replay", file)
    assert done.returncode == 1
    assert "the archive of this visit cannot be read (Permission denied)" in done.stderr
    values = ("explain", file, "A", "channel.github")
    proof = run_planted(tmp_path, "audit.commands.explain:place_of", denied, *values)
    assert "not to be read there: Permission denied" in proof.stdout
