"""What each system is told: by its own checker where there is one, else by its shape."""

import json
import os
import plistlib
import shlex
import shutil
import subprocess
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree as Xml

import pytest
from ruamel.yaml import YAML

from audit.families import offered
from audit.model.errors import AuditError
from audit.model.schedule import OnDays
from audit.schedule.targets import target_names, targets
from audit.schedule.targets._base import ScheduledJob, Target
from audit.schedule.targets._kit import cron_fields, looks, spans
from audit.schedule.targets.launchd import intervals
from audit.schedule.targets.systemd import on_calendar
from audit.schedule.targets.windows import SPACE
from tests.audit.schedule.jobs import (
    ODD_PLACES,
    RULES,
    WINDOWS_PLACE,
    job,
    machine,
    on_windows,
)

ANALYZE = shutil.which("systemd-analyze")
needs_systemd = pytest.mark.skipif(ANALYZE is None, reason="needs systemd-analyze")
CRONTAB = shutil.which("crontab")
needs_crontab = pytest.mark.skipif(CRONTAB is None, reason="needs crontab")
SECRET = "sesame-of-the-test"  # noqa: S105 - no password, but a value to be looked for


def texts(name: str, asked: ScheduledJob, home: Path) -> list[str]:
    return [unit.text for unit in targets()[name].units(asked, machine(home))]


def test_all_five_systems_are_found_by_their_files() -> None:
    assert target_names() == ("cron", "github", "launchd", "systemd", "windows")
    assert all(name == each.name for name, each in targets().items())


def test_a_file_that_offers_no_target_is_named() -> None:
    with pytest.raises(TypeError, match=r"audit/schedule/targets/atd\.py names no TARGET"):
        offered(ModuleType("audit.schedule.targets.atd"), "TARGET", Target, "docs/schedule.md")


def test_second_tries_follow_the_date() -> None:
    assert looks(RULES["quarterly"]) == OnDays(months=(1, 4, 7, 10), days=(1, 2, 3, 4, 5, 6, 7))
    assert looks(RULES["monthly on 28"]) == OnDays(days=(1, 2, 3, 4, 5, 6, 28, 29, 30, 31))
    assert looks(OnDays(days=(22,))) == OnDays(days=(22, 23, 24, 25, 26, 27, 28))
    assert looks(RULES["weekly on sunday"]) == OnDays(weekdays=(0, 1, 6))
    assert looks(RULES["every 6 weeks"]) == OnDays(hour=7, minute=5)


@pytest.mark.parametrize("day", [1, 22, 23, 28])
@pytest.mark.parametrize("months", [(), (2, 8), (12,)])
def test_each_date_has_six_days_of_second_tries(day: int, months: tuple[int, ...]) -> None:
    rule = OnDays(months=months, days=(day,))
    due_on = rule.after(date(2026, 11, 29))
    while due_on is not None and due_on.year < 2029:
        tried = due_on
        for more in range(1, 7):
            tried = looks(rule).after(tried) or tried
            assert tried == due_on + timedelta(days=more)
        due_on = rule.after(due_on)


def test_runs_of_numbers_are_drawn_together() -> None:
    assert spans((), "-") == ""
    assert spans((1, 2, 4, 5, 6, 7, 31), "-") == "1,2,4-7,31"


@pytest.mark.parametrize("name", target_names())
@pytest.mark.parametrize("words", RULES)
def test_every_rule_can_be_told_to_every_system(name: str, words: str, tmp_path: Path) -> None:
    assert all(texts(name, job(rule=RULES[words], words=words), tmp_path))


@pytest.mark.parametrize("name", target_names())
def test_no_value_of_a_variable_is_written_down(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("AUDIT_MAIL", "YOUTUBE_API_KEY", "HTTPS_PROXY"):
        monkeypatch.setenv(variable, SECRET)
    assert SECRET not in "".join(texts(name, job(), tmp_path))


@needs_systemd
@pytest.mark.parametrize("words", RULES)
def test_systemd_understands_the_calendar(words: str) -> None:
    written = on_calendar(looks(RULES[words]))
    done = subprocess.run(
        [str(ANALYZE), "calendar", written], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


@needs_systemd
def test_systemd_starts_the_quarterly_audit_on_the_first_day_of_a_quarter() -> None:
    written = on_calendar(looks(RULES["quarterly"]))
    command = [str(ANALYZE), "calendar", "--base-time=2026-11-29 12:00", "--iterations=8", written]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    days = [line.split()[-3] for line in said.splitlines() if "2027-" in line]
    assert days[0] == "2027-01-01"
    assert days[6:8] == ["2027-01-07", "2027-04-01"]


@needs_systemd
@pytest.mark.parametrize("place", ODD_PLACES)
def test_systemd_verifies_the_units_and_reads_the_command_as_it_is(
    place: str, tmp_path: Path
) -> None:
    asked = job(place)
    units = targets()["systemd"].units(asked, machine(tmp_path))
    paths = [tmp_path / Path(unit.place).name for unit in units]
    for path, unit in zip(paths, units, strict=True):
        path.write_text(unit.text, encoding="utf-8")
    command = [str(ANALYZE), "verify", "--user", *map(str, paths)]
    # Its own manager of the user's units wants a place for its sockets.
    environment = os.environ | {"XDG_RUNTIME_DIR": str(tmp_path)}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert (done.returncode, done.stderr.strip()) == (0, "")
    assert [unquoted(word) for word in systemd_words(units[0].text)] == list(asked.command)


def systemd_words(text: str) -> list[str]:
    (line,) = [line for line in text.splitlines() if line.startswith("ExecStart=:")]
    return [part + '"' for part in line.removeprefix("ExecStart=:").split('" ')]


def unquoted(word: str) -> str:
    """Read a quoted word as systemd.syntax(7) says."""
    inside = word.rstrip('"').removeprefix('"') if not word.endswith('\\""') else word[1:-1]
    return inside.replace("%%", "%").replace('\\"', '"').replace("\\\\", "\\")


def test_the_units_of_systemd_make_up_for_what_was_missed(tmp_path: Path) -> None:
    service, timer = texts("systemd", job(), tmp_path)
    assert "OnCalendar=*-01,04,07,10-1..7 06:00:00\n" in timer
    assert "Persistent=true\n" in timer
    assert "SuccessExitStatus=1\n" in service
    assert "Environment" not in service


def test_units_lie_where_the_user_keeps_settings(tmp_path: Path) -> None:
    systemd, elsewhere = targets()["systemd"], {"XDG_CONFIG_HOME": str(tmp_path / "elsewhere")}
    (first, _) = systemd.units(job(), machine(tmp_path))
    assert Path(first.place).parent == tmp_path / ".config/systemd/user"
    (first, _) = systemd.units(job(), machine(tmp_path, elsewhere))
    assert Path(first.place).parent == tmp_path / "elsewhere/systemd/user"


@pytest.mark.parametrize("place", ODD_PLACES)
def test_the_shell_of_cron_reads_the_command_as_it_is(place: str, tmp_path: Path) -> None:
    (text,) = texts("cron", job(place), tmp_path)
    for line in [line for line in text.splitlines() if not line.startswith("#")]:
        command = line.partition("&& ")[2] or line.split(" ", 5)[5]
        assert "%" not in command.replace("\\%", "")
        assert shlex.split(command.replace("\\%", "%")) == list(job(place).command)


def test_cron_is_told_the_days_in_its_own_way() -> None:
    told = {words: cron_fields(looks(rule)) for words, rule in RULES.items()}
    assert told == {
        "quarterly": "0 6 1-7 1,4,7,10 *",
        "daily": "59 23 * * *",
        "weekly on sunday": "0 6 * * 0-2",
        "monthly on 28": "0 6 1-6,28-31 * *",
        "30 5 * 1,2,3 1,4": "30 5 * 1-3 1-6",
        "0 6 * 2 *": "0 6 * 2 *",
        "every 6 weeks": "5 7 * * *",
    }


@needs_crontab
@pytest.mark.parametrize("words", RULES)
def test_crontab_takes_the_lines(words: str, tmp_path: Path) -> None:
    table = tmp_path / "table"
    table.write_text(texts("cron", job(rule=RULES[words]), tmp_path)[0], encoding="utf-8")
    # A dry run is -T to some crontabs and -n to others.
    tries = [
        subprocess.run([str(CRONTAB), flag, table], check=False).returncode for flag in ("-T", "-n")
    ]
    assert 0 in tries


def test_cron_refuses_a_backslash_in_words(tmp_path: Path) -> None:
    with pytest.raises(AuditError, match="backslash"):
        texts("cron", job("/home/jo/a\\b/competitors.yaml"), tmp_path)


@pytest.mark.parametrize("place", ODD_PLACES)
def test_launchd_reads_the_command_as_it_is(place: str, tmp_path: Path) -> None:
    (text,) = texts("launchd", job(place), tmp_path)
    agent = plistlib.loads(text.encode())
    assert agent["ProgramArguments"] == list(job(place).command)
    assert agent["RunAtLoad"] is True
    assert "EnvironmentVariables" not in agent


def test_launchd_counts_each_day_by_itself_and_sunday_as_0() -> None:
    quarterly = intervals(looks(RULES["quarterly"]))
    assert len(quarterly) == 28
    assert quarterly[0] == {"Month": 1, "Day": 1, "Hour": 6, "Minute": 0}
    assert [each["Weekday"] for each in intervals(RULES_ON_SUNDAY)] == [0]
    assert intervals(OnDays()) == [{"Hour": 6, "Minute": 0}]


RULES_ON_SUNDAY = OnDays(weekdays=(6,))
TASK = {"t": SPACE}


def task(asked: ScheduledJob, home: Path) -> Xml.Element:
    (unit,) = targets()["windows"].units(asked, machine(home))
    # As the Task Scheduler reads it: by the encoding that the first line names.
    return Xml.fromstring(unit.text.encode(unit.encoding))  # noqa: S314 - our own


def test_windows_is_told_the_command_by_its_own_rules_of_quoting(tmp_path: Path) -> None:
    run = task(on_windows(), tmp_path).find("t:Actions/t:Exec", TASK)
    assert run is not None
    assert run.findtext("t:Command", None, TASK) == on_windows().command[0]
    arguments = str(run.findtext("t:Arguments", None, TASK))
    assert arguments == f'-P -m audit.door run "{WINDOWS_PLACE}" --if-due --quiet'


def test_a_task_of_windows_has_the_parts_of_its_schema_in_their_order(tmp_path: Path) -> None:
    whole = task(job(), tmp_path)
    names = [each.tag.partition("}")[2] for each in whole]
    assert names == ["RegistrationInfo", "Triggers", "Principals", "Settings", "Actions"]
    trigger = whole.find("t:Triggers/t:CalendarTrigger", TASK)
    assert trigger is not None
    assert [each.tag.partition("}")[2] for each in trigger] == [
        "StartBoundary",
        "Enabled",
        "ScheduleByMonth",
    ]
    assert whole.findtext("t:Settings/t:StartWhenAvailable", None, TASK) == "true"


@pytest.mark.parametrize(
    ("words", "schedule", "children"),
    [
        ("quarterly", "ScheduleByMonth", ["DaysOfMonth", "Months"]),
        ("0 6 * 2 *", "ScheduleByMonth", ["DaysOfMonth", "Months"]),
        ("weekly on sunday", "ScheduleByWeek", ["WeeksInterval", "DaysOfWeek"]),
        ("30 5 * 1,2,3 1,4", "ScheduleByMonthDayOfWeek", ["Weeks", "DaysOfWeek", "Months"]),
        ("every 6 weeks", "ScheduleByDay", ["DaysInterval"]),
        ("daily", "ScheduleByDay", ["DaysInterval"]),
    ],
)
def test_windows_has_a_trigger_for_each_kind_of_rule(
    words: str, schedule: str, children: list[str], tmp_path: Path
) -> None:
    whole = task(job(rule=RULES[words]), tmp_path)
    by = whole.find(f"t:Triggers/t:CalendarTrigger/t:{schedule}", TASK)
    assert by is not None
    assert [each.tag.partition("}")[2] for each in by] == children
    start = str(whole.findtext(".//t:StartBoundary", None, TASK))
    assert datetime.fromisoformat(start).replace(tzinfo=UTC) < datetime.now(UTC)


def test_windows_refuses_what_it_would_take_for_a_variable(tmp_path: Path) -> None:
    with pytest.raises(AuditError, match="two percent signs"):
        texts("windows", job(r"C:\%TEMP%\competitors.yaml"), tmp_path)
    assert texts("windows", job(r"C:\100% sure\competitors.yaml"), tmp_path)


@pytest.mark.parametrize("place", ODD_PLACES)
def test_the_workflow_has_the_shape_that_github_asks_for(place: str, tmp_path: Path) -> None:
    (text,) = texts("github", job(place), tmp_path)
    workflow = YAML(typ="safe").load(text)
    assert workflow["on"] == {
        "schedule": [{"cron": "0 6 1-7 1,4,7,10 *"}],
        "workflow_dispatch": None,
    }
    assert workflow["permissions"] == {"contents": "write"}
    (audit,) = workflow["jobs"].values()
    assert audit["env"]["LIST"] == Path(place).name
    assert (audit["env"]["SOURCE"], audit["env"]["EXTRA"]) == ("", "[notify]")
    for step in audit["steps"]:
        assert ("uses" in step) != ("run" in step)
        assert set(step) <= {"name", "id", "if", "uses", "with", "env", "run"}
        assert place not in json.dumps(step)


def test_the_workflow_names_secrets_and_holds_none(tmp_path: Path) -> None:
    (text,) = texts("github", job(), tmp_path)
    (audit,) = YAML(typ="safe").load(text)["jobs"].values()
    (secrets,) = [step["env"] for step in audit["steps"] if "env" in step]
    assert secrets == {
        "AUDIT_MAIL": "${{ secrets.AUDIT_MAIL }}",
        "YOUTUBE_API_KEY": "${{ secrets.YOUTUBE_API_KEY }}",
    }


def test_a_name_that_github_would_work_out_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AuditError, match=r"\$\{\{"):
        texts("github", job("/home/jo/${{ secrets.X }}.yaml"), tmp_path)


def test_the_looks_of_a_quarter_end_before_the_next_month() -> None:
    begun = datetime(2027, 1, 1, tzinfo=UTC)
    days = {begun + timedelta(days=each - 1) for each in looks(RULES["quarterly"]).days}
    assert {day.month for day in days} == {1}
