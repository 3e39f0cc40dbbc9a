"""`audit schedule`, `--if-due` and `--json` as a person or a timer types them, over loopback."""

import json
import os
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from audit import api
from audit.browser import VARIABLE
from audit.commands.outcomes import LastWord
from audit.commands.summary import Conclusion
from audit.schedule.notify import is_installed
from audit.store.lock import Lock
from tests.audit.schedule.jobs import first_on_path, program
from tests.audit.schedule.test_install import CRONTAB
from tests.audit.schedule.test_notify import listening
from tests.audit.store.examples import LIST, NOW, result
from tests.audit.store.examples import run as begun
from tests.audit.test_run import AUDIT, PLAIN, run
from tests.forked import run_command
from tests.hostile import Route, Site, page, serving

SECRET = "sesame-of-the-test"  # noqa: S105 - no password, but a value to be looked for


@pytest.fixture
def site() -> Iterator[Site]:
    home = page("<html lang=en><title>Pumps</title><h1>We make pumps</h1>")
    with serving({"/": home, "/other/": home}) as site:
        yield site


def listed(folder: Path, site: Site, settings: str = "") -> Path:
    file = folder / "competitors.yaml"
    file.write_text(
        f"settings: {{delay_seconds: 0{settings}}}\n"
        f"companies: [{{name: Acme, website: '{site.url}/'}}]\n",
        encoding="utf-8",
    )
    return file


@pytest.fixture
def file(tmp_path: Path, site: Site) -> Path:
    return listed(tmp_path, site)


def looked(file: Path, *more: str, environment: Mapping[str, str] = PLAIN) -> dict[str, Any]:
    """Look whether an audit is due, as a timer does, and give the last word.

    Its report is the quickest one where no other is asked for.
    """
    words = ("--if-due", "--json", "--allow-private-hosts", *more)
    words += () if "--format" in more else ("--format", "json")
    done = run(file, *words, environment=environment)
    (line,) = done.stdout.splitlines()
    word: dict[str, Any] = json.loads(line)
    assert word["status"] == done.returncode, done.stderr
    return word


def moved(file: Path, by: timedelta) -> None:
    """Move the runs of the history, as if the clock had been other when they were made."""
    with sqlite3.connect(file.parent / "audit-data/history.sqlite3") as history:
        for key in ("as_of", "started_at", "finished_at", "reported_at"):
            for run_id, at in history.execute(f"SELECT id, {key} FROM run").fetchall():  # noqa: S608
                if at:
                    then = (datetime.fromisoformat(at) + by).isoformat()
                    history.execute(
                        f"UPDATE run SET {key} = ? WHERE id = ?",  # noqa: S608 - names of our own
                        (then, run_id),
                    )
    history.close()


def test_an_audit_is_made_once_and_then_not_before_its_date(file: Path) -> None:
    first = looked(file, "--format", "xlsx")
    assert (first["result"], first["companies"]) == (
        "complete",
        {"listed": 1, "complete": 1, "in_full": 1},
    )
    assert first["reports"] == {"xlsx": str(file.with_suffix(".xlsx"))}
    assert (first["unchanged"], first["changes"]) == (None, None)
    logged = (file.parent / "audit-data/audit.log").read_text("utf-8")
    assert f"audit of {file}\n" in logged
    assert f"run {first['run']}: 1 of 1 complete\n" in logged
    again = looked(file)
    assert (again["result"], again["run"]) == ("not due", None)
    due = datetime.fromisoformat(again["not_due_before"])
    assert due > datetime.now(UTC)
    plain = run(file, "--if-due")
    assert plain.returncode == 0
    said = f"not due before {due.astimezone():%Y-%m-%d %H:%M} (quarterly)"
    assert plain.stdout.splitlines() == [said]
    assert run(file, "--if-due", "--quiet").stdout == ""
    assert (file.parent / "audit-data/audit.log").read_text("utf-8") == logged
    assert len(api.runs(file.parent / "audit-data")) == 1


def test_a_date_that_was_missed_is_made_up_for_and_a_clock_ahead_keeps_none_away(
    file: Path,
) -> None:
    looked(file)
    moved(file, timedelta(days=-200))
    assert looked(file)["result"] == "complete"
    assert looked(file)["result"] == "not due"
    moved(file, timedelta(days=20))
    assert looked(file)["result"] == "not due"
    moved(file, timedelta(days=2000))
    assert looked(file)["result"] == "complete"
    assert looked(file)["result"] == "not due"
    assert len(api.runs(file.parent / "audit-data")) == 3


def test_a_run_that_was_broken_off_is_gone_on_with(tmp_path: Path, site: Site) -> None:
    file = listed(tmp_path, site)
    looked(file)
    with sqlite3.connect(tmp_path / "audit-data/history.sqlite3") as history:
        history.execute("UPDATE run SET finished_at = NULL, reported_at = NULL")
        history.execute("DELETE FROM company")
    history.close()
    word = looked(file)
    (only,) = api.runs(tmp_path / "audit-data")
    assert (word["result"], word["run"]) == ("complete", only.id)


def test_a_look_while_a_run_is_going_on_says_so_and_does_nothing(file: Path) -> None:
    folder = file.parent / "audit-data"
    folder.mkdir()
    lock = Lock(folder)
    lock.take()
    word, plain = looked(file), run(file, "--if-due")
    lock.release()
    assert (word["result"], word["status"]) == ("under way", 0)
    assert plain.stdout == f"an audit is under way (process {os.getpid()})\n"
    assert not (folder / "last-run.json").exists()


def test_the_list_that_grew_is_audited_again(site: Site, file: Path) -> None:
    looked(file)
    text = file.read_text("utf-8").replace(
        "}]", f"}}, {{name: Rival, website: '{site.url}/other/'}}]"
    )
    file.write_text(text, encoding="utf-8")
    assert looked(file)["companies"] == {"listed": 2, "complete": 2, "in_full": 2}
    assert looked(file)["result"] == "not due"


@pytest.mark.parametrize("more", [("--only", "Acme"), ("--as-of", "2026-10-01")])
def test_a_part_of_the_list_is_never_due(file: Path, more: tuple[str, ...]) -> None:
    done = run(file, "--if-due", *more)
    assert (done.returncode, "leave --only and --as-of out" in done.stderr) == (2, True)


def test_a_mistake_in_the_list_is_told_as_json_and_kept_for_the_status(file: Path) -> None:
    looked(file)
    good = file.read_text("utf-8")
    file.write_text(good.replace("companies", "compnies"), encoding="utf-8")
    word = looked(file)
    assert (word["result"], word["status"], word["run"]) == ("refused", 2, None)
    assert "did you mean `companies`?" in " ".join(word["words"])
    file.write_text(good, encoding="utf-8")
    (only,) = api.runs(file.parent / "audit-data")
    assert only.started_at is not None
    kept = file.parent / "audit-data/last-run.json"
    for seconds, told in ((0, True), (-5, True), (-600, False)):
        # As a clock that was set back in between would date it, and as a command before the run.
        at = (only.started_at + timedelta(seconds=seconds)).isoformat(timespec="seconds")
        kept.write_text(json.dumps(word | {"ended_at": at}), encoding="utf-8")
        done = run("schedule", file, "--for", "systemd", "--status")
        assert done.returncode == 1
        last = done.stdout.splitlines()[-1]
        assert ("refused; " in last, "companies: is missing" in last) == (told, told)


@pytest.mark.parametrize(
    "words",
    [
        ("--only", "Nobody"),
        ("--format", "pdf"),
        ("-o", "/"),
        ("--env-file", "/none"),
        ("--if-due", "--only", "Acme"),
        ("--if-due", "--as-of", "2026-10-01"),
    ],
)
def test_a_slip_at_the_keyboard_leaves_what_is_kept_of_the_last_run(
    tmp_path: Path, site: Site, words: tuple[str, ...]
) -> None:
    file = listed(tmp_path, site, ", notify: {to: [AUDIT_MAIL], when: [failure]}")
    (tmp_path / "audit-data").mkdir()
    kept = tmp_path / "audit-data/last-run.json"
    kept.write_text('{"result": "complete"}\n', encoding="utf-8")
    done = run(file, *words, "--json")
    assert done.returncode == 2
    assert json.loads(done.stdout)["result"] == "refused"
    assert "AUDIT_MAIL" not in done.stderr + done.stdout
    assert kept.read_text("utf-8") == '{"result": "complete"}\n'


def test_a_run_by_hand_that_another_one_keeps_out_is_not_the_last_one(file: Path) -> None:
    folder = file.parent / "audit-data"
    folder.mkdir()
    lock = Lock(folder)
    lock.take()
    done = run(file, "--json", "--allow-private-hosts")
    lock.release()
    assert json.loads(done.stdout)["result"] == "refused"
    assert not (folder / "last-run.json").exists()


def test_a_run_by_hand_that_began_is_the_last_one(file: Path) -> None:
    done = run(file, "--json", "--allow-private-hosts")
    kept = file.parent / "audit-data/last-run.json"
    assert kept.read_text("utf-8") == done.stdout


def test_the_status_names_what_is_next_and_how_the_last_one_ended(file: Path) -> None:
    done = run("schedule", file, "--for", "systemd", "--status")
    lines = done.stdout.splitlines()
    assert lines[0] == f"{file}: quarterly"
    assert lines[1].startswith("installed: no; install it with: audit schedule ")
    assert "none was made yet; make it now with: audit " in lines[2]
    assert lines[3] == "last:      no run yet"
    looked(file)
    told = json.loads(run("schedule", file, "--for", "systemd", "--status", "--json").stdout)
    assert (told["schedule"], told["due"], told["installed"]) == ("quarterly", False, False)
    assert told["last"]["result"] == "complete"


def test_a_run_broken_off_without_a_word_is_told_by_the_status(file: Path) -> None:
    looked(file)
    with sqlite3.connect(file.parent / "audit-data/history.sqlite3") as history:
        history.execute("UPDATE run SET id = 'later', finished_at = NULL, reported_at = NULL")
        history.execute("UPDATE company SET run_id = 'later'")
    history.close()
    moved(file, timedelta(days=1))
    done = run("schedule", file, "--for", "systemd", "--status")
    assert done.stdout.splitlines()[-1].endswith("broken off; 1 of 1 companies read in full")
    assert done.returncode == 1


def test_nowhere_is_a_company_read_in_full_that_the_terminal_calls_in_part(
    tmp_path: Path,
) -> None:
    links = "".join(f"<a href='/{number}/'>Pump {number}</a>" for number in range(4))
    pages: dict[str, Route | list[Route]] = {
        "/": page(f"<h1>We make pumps</h1><nav>{links}</nav>"),
        **{f"/{number}/": page(f"<h1>Pump {number}</h1>") for number in range(4)},
    }
    with serving(pages) as site:
        file = listed(tmp_path, site, ", max_pages_per_site: 2")
        done = run(file, "--allow-private-hosts")
    assert (done.returncode, "in part" in done.stdout) == (0, True)
    status = ("schedule", file, "--for", "systemd", "--status")
    told = run(*status).stdout.splitlines()[-1]
    seen = "1 of 1 website read. See sheet Coverage"
    assert f", in part; 0 of 1 companies read in full; {seen}; {tmp_path}" in told
    assert f"{seen}." in done.stdout
    kept = tmp_path / "audit-data/last-run.json"
    before = json.loads(kept.read_text("utf-8"))
    assert before["companies"] == {"listed": 1, "complete": 1, "in_full": 0}
    kept.unlink()
    assert f", in part; 0 of 1 companies read in full; {seen}" in run(*status).stdout


def test_the_texts_go_to_standard_output_and_advice_beside_them(file: Path) -> None:
    done = run("schedule", file, "--for", "cron", "--", "--format", "xlsx,json")
    assert done.returncode == 0
    assert all(line[0] in "#0@" for line in done.stdout.splitlines())
    assert "--format xlsx,json" in done.stdout
    assert "nothing is installed yet" in done.stderr
    assert sorted(path.name for path in file.parent.iterdir()) == ["competitors.yaml"]


def test_the_list_need_not_be_named_before_options_of_each_run(file: Path) -> None:
    def beside_the_list(*words: str) -> subprocess.CompletedProcess[str]:
        command = [AUDIT, "schedule", "--for", "cron", "--", *words]
        return run_command(command, PLAIN, begin=lambda: os.chdir(file.parent))

    named = run("schedule", file, "--for", "cron", "--", "--allow-private-hosts")
    left_out = beside_the_list("--allow-private-hosts")
    assert (left_out.returncode, left_out.stdout) == (0, named.stdout)
    assert f"{file} --if-due --quiet --allow-private-hosts" in named.stdout
    false = beside_the_list("--format", "abacus")
    assert (false.returncode, "choose from xlsx, " in false.stderr) == (2, True)
    assert beside_the_list().returncode == 0


def test_the_texts_are_written_to_a_folder_for_it(file: Path) -> None:
    folder = file.parent / "for it"
    done = run("schedule", file, "--for", "systemd", "-o", folder)
    written = sorted(path.name for path in folder.iterdir())
    assert [name.rpartition(".")[2] for name in written] == ["service", "timer"]
    assert done.stdout.splitlines() == [str(folder / name) for name in written]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--for", "anacron"), "choose from cron, github"),
        (("--install", "--remove"), "choose one of"),
        (("--for", "launchd", "--install"), "does not run on this machine"),
        (("--", "--formt", "xlsx"), "--formt"),
        (("--", "--only", "Acme"), "audits the whole list"),
        (("--for", "cron", "--", "--format", "abacus"), "--format 'abacus': choose from xlsx, "),
        (("--for", "github", "--install", "--", "--format", "xlsx,"), "lies in no Git"),
        (("--for", "github", "--install", "--", "--format", ","), "choose from xlsx, "),
        (("--for", "cron", "--", "-o", "/srv/report.docx"), "end the name in .xlsx"),
        (("--for", "cron", "--", "-o", "/"), "is a folder"),
        (("--for", "cron", "--", "-o", "report.xlsx"), "write -o /"),
        (("--for", "github", "--", "-o", "/srv/report.xlsx"), "leave -o out"),
        (("--for", "cron", "--", "--data-dir", "/srv/d"), "before the --"),
        (("--for", "cron", "--", "--env-file", "/srv/e"), "before the --"),
        (("--for", "cron", "--data-dir", "/no/such/data"), "cannot be used as data folder"),
        (("--for", "cron", "--data-dir", __file__), "cannot be used as data folder"),
        (("--for", "cron", "--data-dir", "x" * 300), "cannot be used as data folder"),
        (("--for", "github", "--", "--data-dir=d"), "before the --"),
        (("--for", "github", "--", "--output=/srv/r"), "leave -o out"),
        (("--for", "github", "--data-dir", "/srv/d"), "has a history of its own"),
        (("--for", "github", "--", "--if-due"), "leave it out"),
        (("--for", "systemd", "--", "-o", "/no/such/r.xlsx"), "does not exist"),
        (("--for", "windows", "-o", "it", "--", "-o", "/no/such/r.xlsx"), "does not exist"),
        (("--", "--as-of", "yesterday"), "audits the whole list"),
        (("--data-dir", "a\nb"), "no schedule can"),
        (("--format", "xlsx"), "audit schedule FILE -- --format"),
        (("--allow-private-hosts",), "behind --"),
        (("--for", "cron", "-q"), "behind --"),
        (("install",), "install: did you mean --install?"),
        (("Status",), "did you mean --status?"),
        (("cron",), "did you mean --for cron?"),
        (("monthly",), "settings.schedule"),
        (("--instal",), "--install"),
        (("--", "xlsx"), "xlsx"),
    ],
)
def test_a_slip_costs_no_quarter(file: Path, words: tuple[str, ...], told: str) -> None:
    done = run("schedule", file, *words)
    assert (done.returncode, told in done.stderr) == (2, True), done.stderr


def test_a_place_that_a_run_cannot_write_to_is_refused_before_anything_is_installed(
    tmp_path: Path, file: Path
) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    program(programs, "crontab", CRONTAB)
    environment = PLAIN | {"PATH": first_on_path(programs), "TABLE": str(tmp_path / "t")}
    kept, absent = tmp_path / "audit-data/r.xlsx", tmp_path / "no/such/r.xlsx"
    for place, told in ((kept, "kept for the history"), (absent, "does not exist")):
        words = ("schedule", file, "--for", "cron", "--install", "--", "-o", place)
        done = run(*words, environment=environment)
        assert (done.returncode, told in done.stderr) == (2, True), done.stderr
    assert not (tmp_path / "t").exists()
    words = ("schedule", file, "--for", "cron", "--install", "--", "-o", tmp_path / "r.xlsx")
    assert run(*words, environment=environment).returncode == 0
    assert f"-o {tmp_path / 'r.xlsx'}" in (tmp_path / "t").read_text("utf-8")


def test_it_is_said_at_once_what_a_scheduled_run_will_not_see(tmp_path: Path, site: Site) -> None:
    file = listed(tmp_path, site, ", notify: {to: [AUDIT_MAIL, AUDIT_TEAM]}")
    programs, variables = tmp_path / "programs", tmp_path / "my variables"
    programs.mkdir()
    program(programs, "crontab", CRONTAB)
    seen = {"AUDIT_MAIL": f"json://{SECRET}", "YOUTUBE_API_KEY": SECRET}
    environment = PLAIN | seen | {"PATH": first_on_path(programs), "TABLE": str(tmp_path / "t")}
    install = ("schedule", file, "--for", "cron", "--install")
    bare = run(*install, environment=environment)
    assert bare.returncode == 0, bare.stderr
    assert "AUDIT_TEAM is not set: nobody is told there" in bare.stdout
    assert "AUDIT_MAIL, YOUTUBE_API_KEY" in bare.stdout
    assert "--env-file FILE" in bare.stdout
    lines = (f"AUDIT_MAIL=json://{SECRET}", "AUDIT_TEAM=json://x", f"YOUTUBE_API_KEY={SECRET}")
    variables.write_text("\n".join(lines), encoding="utf-8")
    given = run(*install, "--env-file", variables, environment=environment)
    assert "AUDIT_" not in given.stdout
    assert f"--env-file '{variables}'" in given.stdout
    variables.unlink()
    gone = run(*install, "--env-file", variables, environment=environment)
    assert (gone.returncode, "cannot be read" in gone.stderr) == (2, True)
    said = [done.stdout + done.stderr for done in (bare, given, gone)]
    assert SECRET not in "".join([*said, (tmp_path / "t").read_text("utf-8")])


def test_what_a_schedule_will_lack_is_told_where_it_is_only_shown(
    tmp_path: Path, site: Site
) -> None:
    file = listed(tmp_path, site, ", notify: {to: [AUDIT_MAIL]}")
    variables = tmp_path / "audit.env"
    variables.write_text("OTHER=x\n", encoding="utf-8")
    for mode, told in ((0o644, True), (0o600, False)):
        variables.chmod(mode)
        for way in (("--for", "cron"), ("--for", "cron", "-o", tmp_path / "it")):
            shown = run("schedule", file, *way, "--env-file", variables)
            assert shown.returncode == 0
            assert "AUDIT_MAIL is not set: nobody is told there" in shown.stderr
            assert ("chmod 600" in shown.stderr) == told
    variables.write_text(f"AUDIT_MAIL={SECRET}\n", encoding="utf-8")
    good = run("schedule", file, "--for", "cron", "--env-file", variables)
    assert "AUDIT_MAIL" not in good.stderr + good.stdout
    there = run("schedule", file, "--for", "github", "--env-file", variables)
    assert f"{variables} is not read there" in there.stderr


@pytest.mark.parametrize("command", ["check", "doctor"])
def test_an_address_that_is_not_set_is_told_before_any_run(
    tmp_path: Path, site: Site, command: str
) -> None:
    file = listed(tmp_path, site, ", notify: {to: [AUDIT_MAIL, AUDIT_TEAM]}")
    told = run(command, file, environment=PLAIN | {"AUDIT_TEAM": SECRET}).stdout
    assert "AUDIT_MAIL is not set here" in " ".join(told.split())
    assert "AUDIT_TEAM is not set" not in told
    assert SECRET not in told
    assert "AUDIT_MAIL" not in run(command, listed(tmp_path, site)).stdout


def test_the_doctor_needs_no_list_that_is_right(tmp_path: Path) -> None:
    file = tmp_path / "competitors.yaml"
    for text in (None, "companies: [", "settings: {notify: {to: []}}\n"):
        if text is not None:
            file.write_text(text, encoding="utf-8")
        done = run("doctor", file)
        assert "notify" not in done.stdout
        assert "clock" in done.stdout


def test_a_schedule_on_github_is_installed_shown_and_removed(tmp_path: Path, site: Site) -> None:
    (tmp_path / ".git").mkdir()
    file = listed(tmp_path, site)
    for_github = ("schedule", file, "--for", "github")
    installed = run(*for_github, "--install").stdout
    assert "push it" in installed
    (workflow,) = (tmp_path / ".github/workflows").iterdir()
    name = f"a workflow of GitHub Actions, {workflow.stem}"
    assert f"Installed: {name}." in installed
    assert f"the branch {workflow.stem}-history." in installed
    assert f'BRANCH: "{workflow.stem}-history"' in workflow.read_text("utf-8")
    state = run(*for_github, "--status")
    assert f"yes, {name}\n" in state.stdout
    assert state.returncode == 0
    assert state.stdout.splitlines()[1].startswith("installed: yes")
    assert state.stdout.splitlines()[3] == "last:      see the page Actions of the repository"
    assert run(*for_github, "--remove").stdout.startswith(f"Removed: {name}. ")
    assert not workflow.exists()


def test_removing_what_is_not_there_is_no_fault_though_the_list_is_gone(tmp_path: Path) -> None:
    home = PLAIN | {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "x")}
    gone = tmp_path / "gone.yaml"
    done = run("schedule", gone, "--for", "systemd", "--remove", environment=home)
    assert done.returncode == 0
    assert done.stdout.startswith("There is nothing to remove")


def test_keys_and_addresses_come_from_a_file_and_are_shown_nowhere(
    tmp_path: Path, file: Path
) -> None:
    variables = tmp_path / "my variables"
    variables.write_text(
        f"\ufeff# mine\n\nexport YOUTUBE_API_KEY='{SECRET}'\n{VARIABLE} = \"/nowhere\"\n",
        encoding="utf-8",
    )
    variables.chmod(0o644)
    done = run(file, "--allow-private-hosts", "--env-file", variables)
    assert done.returncode == 0
    assert "chmod 600" in done.stderr
    kept = (tmp_path / "audit-data").rglob("*")
    assert all(SECRET.encode() not in path.read_bytes() for path in kept if path.is_file())
    shown = run("schedule", file, "--for", "cron", "--env-file", variables)
    assert f"--env-file '{variables}'" in shown.stdout
    assert SECRET not in shown.stdout + shown.stderr + done.stdout + done.stderr


@pytest.mark.parametrize("text", [SECRET, f"A-B={SECRET}", f"={SECRET}", f"A=\0{SECRET}"])
def test_a_line_that_is_no_variable_is_told_by_its_number_alone(
    tmp_path: Path, file: Path, text: str
) -> None:
    variables = tmp_path / "variables"
    variables.write_text(f"# first\n{text}\n", encoding="utf-8")
    for command in ((), ("schedule",)):
        done = run(*command, file, "--env-file", variables)
        assert (done.returncode, f"{variables}:2: " in done.stderr) == (2, True)
        assert SECRET not in done.stderr + done.stdout


@pytest.mark.parametrize("kind", ["folder", "missing", "bytes", "large"])
def test_a_file_of_variables_that_cannot_be_read_is_told(
    tmp_path: Path, file: Path, kind: str
) -> None:
    variables = tmp_path / kind
    if kind == "folder":
        variables.mkdir()
    elif kind != "missing":
        variables.write_bytes(b"A=\xff\xfe" if kind == "bytes" else b"A=" + b"x" * 100_000)
    for command in ((), ("schedule",)):
        done = run(*command, file, "--env-file", variables)
        assert (done.returncode, "--env-file" in done.stderr) == (2, True)


@pytest.mark.skipif(not is_installed(), reason="needs the extra notify (Apprise)")
def test_a_run_tells_how_it_ended_and_no_file_holds_the_address(tmp_path: Path, site: Site) -> None:
    file = listed(tmp_path, site, ", notify: {to: [AUDIT_MAIL, AUDIT_TEAM]}")
    with listening() as (address, heard):
        secret = {"AUDIT_MAIL": address.replace("sesame-of-the-test", SECRET)}
        word = looked(file, "--format", "xlsx", environment=PLAIN | secret)
        broken = looked(file, "-o", str(tmp_path), environment=PLAIN | secret)
    assert broken["result"] == "not due"
    assert word["words"] == ["AUDIT_TEAM is not set: nobody is told there"]
    (got,) = heard
    assert got["title"] == "social-audit, competitors.yaml: the audit is made"
    assert got["attachments"][0]["filename"] == "competitors.xlsx"
    kept = [path for path in (tmp_path / "audit-data").rglob("*") if path.is_file()]
    assert all(SECRET.encode() not in path.read_bytes() for path in kept)


@pytest.mark.skipif(not is_installed(), reason="needs the extra notify (Apprise)")
def test_a_run_that_cannot_begin_tells_so(tmp_path: Path, site: Site) -> None:
    file = listed(tmp_path, site, ", notify: {to: [AUDIT_MAIL], when: [failure]}")
    with listening() as (address, heard):
        word = looked(file, "-o", str(tmp_path), environment=PLAIN | {"AUDIT_MAIL": address})
    assert (word["result"], word["status"]) == ("refused", 2)
    (got,) = heard
    assert got["title"] == "social-audit, competitors.yaml: the audit could not begin"
    assert "is a folder" in got["message"]


def test_that_nothing_has_changed_is_told_by_the_status_and_by_the_last_word(
    tmp_path: Path,
) -> None:
    forum = page("<h1>We make pumps</h1><nav><a href='/forum/'>Forum</a></nav>")
    pages: dict[str, Route | list[Route]] = {"/": page("<h1>We make pumps</h1>"), "/forum/": forum}
    words: list[dict[str, Any]] = []
    with serving(pages) as site:
        file = listed(tmp_path, site)
        for shown in (pages["/"], pages["/"], forum):
            pages["/"] = shown
            done = run(file, "--json", "--tell-unchanged", "--allow-private-hosts")
            words.append(json.loads(done.stdout))
            assert words[-1]["status"] == done.returncode
    assert [(word["status"], word["unchanged"]) for word in words] == [
        (0, None),
        (3, True),
        (0, False),
    ]
    word = words[-1]
    assert word["changes"]["list"][0]["company"] == "Acme"


def test_a_report_that_could_not_be_saved_is_told_in_the_last_word(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    snapshot = api.Snapshot(
        run=replace(begun(), finished_at=NOW), competitors=LIST, results=(result(),), notes=()
    )
    conclusion = Conclusion(status=1, reports={}, lost=("c.xlsx: could not be saved (full)",))
    last_word = LastWord(tmp_path / "c.yaml", tmp_path, as_json=True, quiet=True)
    assert last_word.on_run(snapshot, conclusion, None, tell_unchanged=True) == 1
    word = json.loads(capsys.readouterr().out)
    assert word["words"] == ["c.xlsx: could not be saved (full)"]
    assert (word["result"], word["reports"]) == ("incomplete", {})
