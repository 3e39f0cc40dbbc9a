"""What a newcomer meets: a slip of the hand is named as one, with the way out of it."""

import os
import re
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest

from audit.commands.words import counted
from audit.model.value import Reason
from reports.words import clause
from scrapers.site.notes import _way_out
from tests.audit.test_run import AUDIT, PLAIN, run
from tests.forked import started
from tests.hostile import Route, page, serving, status

LONG = "x" * 300
COMPANY = "companies:\n- {name: A, website: 'https://a.example'}\n"
NOT_ROOT = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the owner may all"
)


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """A list of one company, and beside it a link that leads to itself."""
    file = tmp_path / "list.yaml"
    file.write_text(COMPANY, encoding="utf-8")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    return file


@pytest.mark.parametrize(
    "words",
    [
        ("run", "{file}", "-o", LONG),
        ("run", "{file}", "-o", f"{LONG}.xlsx"),
        ("run", "{file}", "-o", f"{LONG}/x.xlsx"),
        ("run", "{file}", "-o", "{folder}/loop/x.xlsx"),
        ("report", "{file}", "-o", LONG),
        ("replay", "{file}", "-o", LONG),
        ("replay", "{file}", "--warc", LONG),
        ("run", "{file}", "--data-dir", LONG),
        ("report", "{file}", "--data-dir", LONG),
        ("history", "{file}", "--data-dir", LONG),
        ("forget", "{file}", "--data-dir", LONG),
        ("history", LONG),
        ("history", "{folder}/loop"),
        ("forget", "{folder}/loop"),
        ("explain", "{folder}/loop", "A", "x"),
        ("check", LONG),
        ("check", "{folder}/loop"),
        ("init", LONG),
        ("init", f"{LONG}/c.yaml"),
        ("init", "{folder}/loop/c.yaml"),
        ("demo", "-o", LONG),
        ("demo", "-o", f"{LONG}/x.xlsx"),
        ("demo", "-o", "{folder}/loop/x.xlsx"),
        ("doctor", f"{LONG}/c.yaml"),
        ("doctor", "{folder}/loop/c.yaml"),
        ("doctor", "{folder}/loop"),
    ],
    ids=lambda words: " ".join(words).replace(LONG, "LONG"),
)
def test_a_path_that_cannot_be_is_a_mistake_of_the_command(
    listed: Path, words: tuple[str, ...]
) -> None:
    typed = [word.format(file=listed, folder=listed.parent) for word in words]
    done = run(*typed)
    assert "made a mistake" not in done.stderr
    assert "Traceback" not in done.stderr
    if words[0] == "doctor":
        assert (done.returncode, "× data folder" in done.stdout) == (1, True)
    elif words != ("history", LONG):
        assert done.returncode == 2, done.stdout


@pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "SSL_CERT_DIR", "SOCIAL_AUDIT_BROWSER"])
def test_a_path_in_the_environment_that_cannot_be_is_named(listed: Path, variable: str) -> None:
    alone = {"SSL_CERT_FILE": "", "SSL_CERT_DIR": "", variable: f"/{LONG}/y"}
    done = run("doctor", listed, environment={**PLAIN, **alone})
    assert "made a mistake" not in done.stderr
    assert "Traceback" not in done.stderr
    (line,) = (line for line in done.stdout.splitlines() if LONG in line)
    assert variable in line


@NOT_ROOT
def test_a_folder_without_the_right_to_look_is_a_mistake_of_the_command(listed: Path) -> None:
    unread = listed.parent / "unread"
    unread.mkdir(mode=0o000)
    try:
        # of a folder that is there the library that reads options says itself that it is shut
        output = run(listed, "-o", unread / "x.xlsx")
        data_dir = run(listed, "--data-dir", unread / "data")
        for done in (output, data_dir):
            assert done.returncode == 2
            assert f"{unread}" in done.stderr
            assert "made a mistake" not in done.stderr
        assert "--data-dir" in data_dir.stderr
    finally:
        unread.chmod(0o700)


@pytest.mark.parametrize("command", ["run", "report"])
def test_a_data_folder_that_cannot_be_is_named_and_not_the_workbook(
    listed: Path, command: str
) -> None:
    done = run(command, listed, "--data-dir", LONG)
    assert "list.xlsx" not in done.stderr
    assert LONG[:50] in done.stderr
    assert "choose another with --data-dir" in done.stderr


def test_the_doctor_looks_at_the_data_folder_itself(listed: Path) -> None:
    assert "● data folder" in run("doctor", listed).stdout
    listed.with_name("audit-data").write_text("no folder", encoding="utf-8")
    output = run("doctor", listed).stdout
    assert "× data folder" in output
    assert "is no folder; move it away or use --data-dir" in output


@NOT_ROOT
def test_the_doctor_sees_a_data_folder_that_is_read_only(listed: Path) -> None:
    listed.with_name("audit-data").mkdir(mode=0o500)
    assert "cannot be read and written to" in run("doctor", listed).stdout


NO_WAY_OF_ITS_OWN = {
    *(Reason.HTTP_OTHER, Reason.BAD_CONTENT, Reason.DRIFT, Reason.BUDGET),
    *(Reason.BROWSER, Reason.NOT_PUBLIC, Reason.NEEDS_KEY, Reason.NOT_CHECKED),
    *(Reason.TOO_LITTLE_DATA, Reason.INTERRUPTED, Reason.STORAGE),
}
"""Of the first four a look at the address is all that helps; the others are no start page's."""


def test_every_reason_has_a_way_out_of_its_own() -> None:
    advice = {reason: _way_out(reason).format(url="https://a.example") for reason in Reason}
    assert "--allow-private-hosts" in advice[Reason.BLOCKED_ADDRESS]
    assert "stay away" in advice[Reason.ROBOTS]
    assert "timeout_seconds" in advice[Reason.TIMEOUT]
    assert "mend the address" in advice[Reason.DRIFT]
    assert "new address" in advice[Reason.HTTP_404]
    assert "later" in advice[Reason.HTTP_503]
    assert "by hand" in advice[Reason.HTTP_403]
    assert len(set(advice.values())) >= 15
    general = "mend the address if it has moved"
    assert {reason for reason, words in advice.items() if general in words} == NO_WAY_OF_ITS_OWN


def audit_one(file: Path, *more: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run over the list with more in the environment."""
    return run(file, *more, environment={**PLAIN, **environment})


def write(file: Path, *websites: str) -> None:
    """Write a list of the companies C0, C1 … with these websites."""
    rows = "".join(f"- {{name: C{n}, website: '{url}'}}\n" for n, url in enumerate(websites))
    file.write_text(f"settings: {{delay_seconds: 0}}\ncompanies:\n{rows}", encoding="utf-8")


def test_an_incomplete_company_is_told_what_why_and_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "c.yaml"
    routes: dict[str, Route | list[Route]] = {
        "/robots.txt": status(404),
        "/gone": status(404),
    }
    with serving(routes) as site:
        write(file, f"{site.url}/gone")
        private = audit_one(file).stderr
        gone = audit_one(file, "--allow-private-hosts").stderr
    assert f"C0: incomplete: the website {clause(Reason.BLOCKED_ADDRESS)} (" in private
    assert "add --allow-private-hosts" in private
    assert f"C0: incomplete: the website {clause(Reason.HTTP_404)} (" in gone
    assert "To do: the page is gone; open" in gone


def test_a_proxy_that_is_dead_is_named(tmp_path: Path) -> None:
    file = tmp_path / "c.yaml"
    write(file, "http://a.example/")
    errors = audit_one(file, HTTP_PROXY="http://127.0.0.1:9").stderr
    assert re.search(r"C0: incomplete: the website .*the proxy 127\.0\.0\.1:9 cannot", errors), (
        errors
    )


def silent(_connection: socket.socket, _head: bytes) -> None:
    """Take a request and say nothing for longer than the test lasts."""
    time.sleep(30)


def test_an_interrupt_counts_what_is_saved_and_shows_no_figure_that_nobody_looked_for(
    tmp_path: Path,
) -> None:
    file = tmp_path / "c.yaml"
    with serving({"/": status(404)}) as quick, serving({"/robots.txt": silent}) as slow:
        write(file, f"{quick.url}/", f"{slow.url}/")
        running = started([AUDIT, str(file), "--allow-private-hosts"], PLAIN)
        assert running.stderr is not None
        while "C0: incomplete" not in running.stderr.readline():
            assert running.poll() is None
        running.send_signal(signal.SIGINT)
        output, errors = running.communicate(timeout=20)
    assert "Interrupted: 1 of 2 companies are saved." in errors
    row = next(line for line in output.splitlines() if line.startswith("C1"))
    assert row.split()[1:6] == ["?"] * 5


def test_a_replay_without_an_archive_shows_no_figure_as_looked_for(tmp_path: Path) -> None:
    file = tmp_path / "c.yaml"
    with serving({"/": page("<p>Hello</p>")}) as site:
        write(file, f"{site.url}/")
        assert audit_one(file, "--allow-private-hosts").returncode == 0
    assert run("forget", file, "--archives", "--yes").returncode == 0
    done = run("replay", file)
    row = next(line for line in done.stdout.splitlines() if line.startswith("C0"))
    assert row.split()[1:6] == ["?"] * 5


def test_one_is_not_many(listed: Path) -> None:
    assert counted(1, "company", "companies") == "1 company"
    assert counted(2, "company", "companies") == "2 companies"
    assert "is right: 1 company, at most 40 pages each" in " ".join(
        run("check", listed).stdout.split()
    )
