"""Installing, installing again, and removing, with scripts in place of the system's programs."""

import os
import plistlib
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from audit.model.errors import AuditError
from audit.model.schedule import OnDays
from audit.schedule.targets import chosen, targets
from audit.schedule.targets._base import Machine
from tests.audit.schedule.jobs import first_on_path, job, machine, program

CRONTAB = """
table="$TABLE"
case "$1" in
-l) if [ -e "$table" ]; then cat "$table"; else echo "no crontab for jo" >&2; exit 1; fi ;;
-r) rm "$table" ;;
-) cat > "$table"; echo written >> "$table.log" ;;
*) exit 2 ;;
esac
"""
NOTES = 'echo "$(basename "$0") $*" >> "$NOTES"\n'
"""Writes down how a program was called."""

NOT_ROOT = pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the owner may all"
)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A machine whose programs write down how they were called, in `notes`."""
    programs = tmp_path / "programs"
    programs.mkdir()
    program(programs, "crontab", CRONTAB)
    program(programs, "systemctl", NOTES)
    program(programs, "loginctl", "echo Linger=no\n")
    program(programs, "launchctl", NOTES)
    program(programs, "schtasks", NOTES)
    monkeypatch.setenv("PATH", first_on_path(programs))
    monkeypatch.setenv("TABLE", str(tmp_path / "table"))
    monkeypatch.setenv("NOTES", str(tmp_path / "notes"))
    return machine(tmp_path / "home")


def notes(folder: Path) -> list[str]:
    path = folder / "notes"
    return path.read_text("utf-8").splitlines() if path.exists() else []


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_cron_keeps_the_lines_of_others_whatever_they_hold(tmp_path: Path, place: Machine) -> None:
    cron, others = targets()["cron"], b"# mine \xff\n*/5 * * * * /bin/x\\% y"
    (tmp_path / "table").write_bytes(others)
    cron.install(job(), place)
    table = (tmp_path / "table").read_bytes()
    assert table.startswith(others + b"\n# social-audit-competitors-")
    assert cron.is_installed(job(), place)
    assert cron.remove(job(), place)
    assert (tmp_path / "table").read_bytes() == others + b"\n"


def test_cron_installed_twice_is_installed_once(tmp_path: Path, place: Machine) -> None:
    cron = targets()["cron"]
    cron.install(job(), place)
    once = (tmp_path / "table").read_bytes()
    cron.install(job(), place)
    assert (tmp_path / "table").read_bytes() == once
    assert (tmp_path / "table.log").read_text("utf-8") == "written\n"
    cron.install(job(rule=OnDays(), words="daily"), place)
    changed = (tmp_path / "table").read_text("utf-8")
    assert changed.count("begin (audit schedule)") == 1
    assert "0 6 * * *" in changed


def test_two_lists_do_not_disturb_each_other(tmp_path: Path, place: Machine) -> None:
    cron, other = targets()["cron"], job("/home/jo/other/competitors.yaml")
    cron.install(job(), place)
    cron.install(other, place)
    cron.remove(job(), place)
    assert (cron.is_installed(job(), place), cron.is_installed(other, place)) == (False, True)
    cron.remove(other, place)
    assert not (tmp_path / "table").exists()


def test_a_block_of_which_a_person_deleted_the_end_costs_no_line_of_theirs(
    tmp_path: Path, place: Machine
) -> None:
    cron = targets()["cron"]
    first = targets()["cron"].units(job(), place)[0].text.splitlines()[0]
    (tmp_path / "table").write_text(f"{first}\n1 2 3 4 5 /mine\n", encoding="utf-8")
    cron.install(job(), place)
    assert "1 2 3 4 5 /mine\n" in (tmp_path / "table").read_text("utf-8")


def test_a_cron_that_refuses_is_told_in_its_own_words(tmp_path: Path, place: Machine) -> None:
    program(tmp_path / "programs", "crontab", "echo 'jo may not use cron' >&2; exit 1\n")
    with pytest.raises(AuditError, match="jo may not use cron"):
        targets()["cron"].install(job(), place)


def test_systemd_is_told_to_read_the_units_and_start_the_timer(
    tmp_path: Path, place: Machine
) -> None:
    systemd = targets()["systemd"]
    said = systemd.install(job(), place)
    timer = f"{job().name}.timer"
    assert notes(tmp_path) == [
        "systemctl --user daemon-reload",
        f"systemctl --user enable {timer}",
        f"systemctl --user restart {timer}",
    ]
    assert "loginctl enable-linger" in said[1]
    assert systemd.is_installed(job(), place)
    before = tree(place.home)
    systemd.install(job(), place)
    assert tree(place.home) == before
    assert systemd.remove(job(), place)
    assert tree(place.home) == {}
    assert notes(tmp_path)[-2:] == [
        f"systemctl --user disable --now {timer}",
        "systemctl --user daemon-reload",
    ]


def test_a_user_who_lingers_needs_to_know_nothing_more(tmp_path: Path, place: Machine) -> None:
    program(tmp_path / "programs", "loginctl", "echo Linger=yes\n")
    assert targets()["systemd"].install(job(), place) == ()


def test_a_systemd_that_does_not_answer_is_told(tmp_path: Path, place: Machine) -> None:
    program(tmp_path / "programs", "systemctl", "echo 'Failed to connect to bus' >&2; exit 1\n")
    with pytest.raises(AuditError, match=r"Failed to connect to bus.*not by su or sudo"):
        targets()["systemd"].install(job(), place)
    assert targets()["systemd"].remove(job(), place)
    assert tree(place.home) == {}


def test_launchd_loads_the_agent_in_place_of_the_one_before(tmp_path: Path, place: Machine) -> None:
    launchd, path = targets()["launchd"], place.home / f"Library/LaunchAgents/{job().name}.plist"
    launchd.install(job(), place)
    assert plistlib.loads(path.read_bytes())["Label"] == job().name
    assert [line.split()[1] for line in notes(tmp_path)] == ["bootout", "bootstrap"]
    assert launchd.is_installed(job(), place)
    assert launchd.remove(job(), place)
    assert tree(place.home) == {}


def test_windows_takes_the_task_in_by_its_name(tmp_path: Path, place: Machine) -> None:
    windows = targets()["windows"]
    windows.install(job(), place)
    (line,) = notes(tmp_path)
    assert line.startswith(f"schtasks /Create /TN {job().name} /XML ")
    assert line.endswith(" /F")
    assert windows.remove(job(), place)
    assert notes(tmp_path)[-1] == f"schtasks /Delete /TN {job().name} /F"
    program(tmp_path / "programs", "schtasks", "exit 1\n")
    assert not windows.remove(job(), place)


@pytest.mark.parametrize("name", ["cron", "systemd", "launchd", "github"])
def test_what_is_not_there_is_removed_without_a_fault(
    name: str, tmp_path: Path, place: Machine
) -> None:
    before = tree(tmp_path)
    elsewhere = replace(job(), file=tmp_path / "competitors.yaml")
    assert not targets()[name].is_installed(elsewhere, place) or name == "systemd"
    assert not targets()[name].remove(elsewhere, place)
    assert {key: value for key, value in tree(tmp_path).items() if key != "notes"} == before


@pytest.mark.parametrize("name", ["systemd", "launchd"])
def test_a_home_that_cannot_be_written_is_told_and_left(
    name: str, tmp_path: Path, place: Machine
) -> None:
    """A file where a folder must be keeps root out, too."""
    place.home.write_text("no folder", encoding="utf-8")
    with pytest.raises(AuditError, match="cannot be written") as caught:
        targets()[name].install(job(), place)
    assert "leave out --install" in str(caught.value)
    assert notes(tmp_path) == []
    assert not targets()[name].remove(job(), place)


@NOT_ROOT
def test_a_home_of_somebody_else_is_told(place: Machine) -> None:
    place.home.mkdir()
    place.home.chmod(0o500)
    with pytest.raises(AuditError, match="cannot be written"):
        targets()["systemd"].install(job(), place)


def test_the_workflow_lies_in_the_repository_and_has_one_name_in_all_copies(
    tmp_path: Path, place: Machine
) -> None:
    github, written = targets()["github"], []
    for copy in ("one", "two"):
        list_file = tmp_path / copy / "lists" / "competitors.yaml"
        list_file.parent.mkdir(parents=True)
        (tmp_path / copy / ".git").mkdir()
        said = github.install(replace(job(), file=list_file), place)
        assert "AUDIT_MAIL, YOUTUBE_API_KEY" in said[-1]
        written += [
            path.relative_to(tmp_path / copy)
            for path in (tmp_path / copy / ".github/workflows").iterdir()
        ]
        assert github.is_installed(replace(job(), file=list_file), place)
    assert len(set(written)) == 1
    assert "lists/competitors.yaml" in (tmp_path / "one" / written[0]).read_text("utf-8")


def workflow_of(list_file: Path, place: Machine) -> tuple[Path, str]:
    """Install the workflow of a list; give its place and where it installs the program from."""
    targets()["github"].install(replace(job(), file=list_file), place)
    (path,) = (list_file.parent / ".github/workflows").iterdir()
    (audit,) = YAML(typ="safe").load(path.read_text("utf-8"))["jobs"].values()
    return path, audit["env"]["SOURCE"]


def test_the_workflow_installs_from_the_repository_or_from_where_a_person_says(
    tmp_path: Path, place: Machine
) -> None:
    (tmp_path / ".git").mkdir()
    list_file = tmp_path / "competitors.yaml"
    project = tmp_path / "pyproject.toml"
    for text in ("[project]\nname = 'another'\n", "no [toml", "project = 1\n"):
        project.write_text(text, encoding="utf-8")
        assert workflow_of(list_file, place)[1] == ""
    project.write_text("[project]\nname = 'social-audit'\n", encoding="utf-8")
    path, source = workflow_of(list_file, place)
    assert source == "."
    mine = "git+https://git.example/ours/tool@abc"
    written = (f"{mine}  ", f"'{mine}'", f'"{mine}" # ours', f"{mine}  # ours")
    for line in (f"SOURCE: {each}" for each in written):
        path.write_text(f"env:\n      {line}\n", encoding="utf-8")
        assert workflow_of(list_file, place)[1] == mine
    path.write_bytes(b"\xff\xfe")
    assert workflow_of(list_file, place)[1] == "."


def test_a_person_is_told_to_say_where_the_program_is(tmp_path: Path, place: Machine) -> None:
    (tmp_path / ".git").mkdir()
    asked = replace(job(), file=tmp_path / "competitors.yaml")
    assert "SOURCE" in targets()["github"].install(asked, place)[0]
    (tmp_path / "pyproject.toml").write_text("[project]\nname='social-audit'\n", encoding="utf-8")
    assert "SOURCE" not in " ".join(targets()["github"].install(asked, place))


@pytest.mark.parametrize(
    ("source", "extra", "installed"),
    [
        (".", "[notify]", "./.[notify]"),
        ("my tools/a.whl", "", "./my tools/a.whl"),
        (
            "git+https://git.example/a@1",
            "[notify]",
            "social-audit[notify] @ git+https://git.example/a@1",
        ),
        ("", "[notify]", None),
        ("social-audit", "", None),
        ("social-audit==0.1.0", "[notify]", None),
        ("$(touch evil)", "", None),
    ],
)
def test_the_workflow_never_installs_by_a_bare_name(
    source: str, extra: str, installed: str | None, tmp_path: Path, place: Machine
) -> None:
    script = 'for word in "$@"; do echo "$word" >> "$NOTES"; done\n'
    program(tmp_path / "programs", "python", script)
    (tmp_path / "repository/my tools").mkdir(parents=True)
    (tmp_path / "repository/my tools/a.whl").touch()
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", steps("c.yaml", place)["Install social-audit"]],
        cwd=tmp_path / "repository",
        env=os.environ | {"SOURCE": source, "EXTRA": extra},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode == 0) == (installed is not None)
    assert installed is not None or done.stdout.startswith("::error::")
    assert notes(tmp_path)[-1:] == ([installed] if installed is not None else [])
    assert len(list((tmp_path / "repository").iterdir())) == 1


def test_a_list_outside_of_any_repository_is_refused(tmp_path: Path, place: Machine) -> None:
    with pytest.raises(AuditError, match="lies in no Git repository"):
        targets()["github"].install(replace(job(), file=tmp_path / "c.yaml"), place)


@pytest.mark.parametrize(
    ("kind", "programs", "name"),
    [
        ("darwin", {"launchctl", "crontab"}, "launchd"),
        ("win32", {"schtasks"}, "windows"),
        ("freebsd14", {"crontab"}, "cron"),
        ("linux", set[str](), "systemd"),
    ],
)
def test_a_machine_gets_what_it_has(kind: str, programs: set[str], name: str) -> None:
    there = replace(machine(Path("/home/jo")), kind=kind, has=programs.__contains__)
    assert chosen(None, there).name == name


def test_a_system_that_nobody_knows_is_answered_with_those_that_are() -> None:
    with pytest.raises(AuditError, match="choose from cron, github, launchd, systemd, windows"):
        chosen("anacron", machine(Path("/home/jo")))


STEPS = ("Fetch the history of earlier audits", "Make the audit", "Keep the history")


def steps(name: str, place: Machine) -> dict[str, str]:
    """Give the scripts of the workflow by the name of their step."""
    (unit,) = targets()["github"].units(job(f"/home/jo/{name}"), place)
    (audit,) = YAML(typ="safe").load(unit.text)["jobs"].values()
    return {step["name"]: step["run"] for step in audit["steps"] if "run" in step} | {
        "env": str(audit["env"]["BRANCH"])
    }


def git(folder: Path, *words: str) -> str:
    command = ["git", "-c", "user.name=t", "-c", "user.email=t@t.example", *words]
    return subprocess.run(
        command, cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()


AUDIT = """
while [ "$1" != --data-dir ]; do shift; done
echo run >> "$2/history.sqlite3"; touch "$2/run.lock"; mkdir -p "$2/archive"; echo w > "$2/archive/a.gz"
exit "${AUDIT_ENDS:-0}"
"""


class Runner:
    """Runs the steps of a workflow as GitHub does, each from a fresh copy of the repository."""

    def __init__(self, folder: Path, place: Machine) -> None:
        self.folder, self.scripts = folder, steps("my list's $HOME.yaml", place)
        self.remote = folder / "remote.git"
        git(folder, "init", "--quiet", "--bare", "--initial-branch=main", str(self.remote))
        self.number = 0

    def run(self, *, ends: int = 0) -> list[int]:
        self.number += 1
        workspace = self.folder / f"workspace {self.number}"
        temp = self.folder / f"temp {self.number}"
        temp.mkdir()
        git(self.folder, "clone", "--quiet", str(self.remote), str(workspace))
        environment = os.environ | {
            "RUNNER_TEMP": str(temp),
            "GITHUB_WORKSPACE": str(workspace),
            "BRANCH": self.scripts["env"],
            "LIST": "my list's $HOME.yaml",
            "IF_DUE": "--if-due",
            "AUDIT_ENDS": str(ends),
        }
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"]
        return [
            subprocess.run(
                [*command, self.scripts[name]],
                cwd=workspace,
                env=environment,
                capture_output=True,
                check=False,
            ).returncode
            for name in STEPS
        ]

    def kept(self) -> str:
        return git(self.remote, "show", f"{self.scripts['env']}:history.sqlite3")


def test_the_workflow_keeps_the_history_on_a_branch_of_one_commit(
    tmp_path: Path, place: Machine
) -> None:
    program(tmp_path / "programs", "audit", AUDIT)
    runner = Runner(tmp_path, place)
    assert runner.run() == [0, 0, 0]
    assert runner.run(ends=1) == [0, 0, 0]
    assert runner.kept() == "run\nrun"
    branch = runner.scripts["env"]
    assert git(runner.remote, "rev-list", "--count", branch) == "1"
    names = git(runner.remote, "ls-tree", "-r", "--name-only", branch).splitlines()
    assert names == ["archive/a.gz", "history.sqlite3"]


def test_an_audit_that_failed_makes_the_workflow_fail_and_keeps_what_was_saved(
    tmp_path: Path, place: Machine
) -> None:
    program(tmp_path / "programs", "audit", AUDIT)
    runner = Runner(tmp_path, place)
    assert runner.run(ends=2) == [0, 2, 0]
    assert runner.kept() == "run"


def test_a_remote_that_does_not_answer_is_no_reason_for_a_new_history(
    tmp_path: Path, place: Machine
) -> None:
    program(tmp_path / "programs", "audit", AUDIT)
    runner = Runner(tmp_path, place)
    assert runner.run() == [0, 0, 0]
    shown = runner.scripts["Fetch the history of earlier audits"]
    runner.scripts["Fetch the history of earlier audits"] = (
        f"git remote set-url origin {tmp_path}/gone.git\n{shown}"
    )
    assert runner.run()[0] not in (0, 2)
