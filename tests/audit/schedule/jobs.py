"""A job for the tests of systems, a machine whose programs are scripts, and odd places for files."""

import os
import stat
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path, PurePath, PureWindowsPath

from audit.model.schedule import QUARTERLY, EveryDays, OnDays, ScheduleRule
from audit.schedule.targets._base import Machine, ScheduledJob
from audit.schedule.targets._kit import name_of, this_machine

RULES: dict[str, ScheduleRule] = {
    "quarterly": QUARTERLY,
    "daily": OnDays(hour=23, minute=59),
    "weekly on sunday": OnDays(weekdays=(6,)),
    "monthly on 28": OnDays(days=(28,)),
    "30 5 * 1,2,3 1,4": OnDays(months=(1, 2, 3), weekdays=(0, 3), hour=5, minute=30),
    "0 6 * 2 *": OnDays(months=(2,)),
    "every 6 weeks": EveryDays(days=42, hour=7, minute=5),
}
"""A rule of each kind that a schedule may have, by what a person writes."""

ODD_PLACES = (
    "/home/jo/plain/competitors.yaml",
    "/home/jo/my lists/the competitors of 2027.yaml",
    '/home/jo/it\'s "quoted"/competitors.yaml',
    "/home/jo/100%/50%h %i/competitors.yaml",
    "/home/jo/$HOME/${PATH}/`id`/competitors.yaml",
    "/home/zoë/Søk/比較/конкуренты.yaml",
    "/home/jo/a;b&c|d<e>f#g!/competitors.yaml",
    "/home/jo/--install/-n.yaml",
)
"""Places of a list that a shell, systemd, cron or XML would take for more than a name."""

WINDOWS_PLACE = r"C:\Users\Zoë Example\My Lists\competitors & co.yaml"


def job(
    place: str = ODD_PLACES[0], rule: ScheduleRule = QUARTERLY, words: str = "quarterly"
) -> ScheduledJob:
    """A job of the list at a place, by the command that this interpreter is."""
    return ScheduledJob(
        name=name_of(place),
        file=Path(place),
        command=(sys.executable, "-P", "-m", "audit.door", "run", place, "--if-due", "--quiet"),
        options=(),
        rule=rule,
        words=words,
        variables=("AUDIT_MAIL", "YOUTUBE_API_KEY"),
        is_notified=True,
    )


def on_windows() -> ScheduledJob:
    """A job as it is on Windows, where paths have backslashes and programs are `.exe`."""
    program = str(PureWindowsPath(r"C:\Program Files\audit\Scripts\python.exe"))
    command = (program, "-P", "-m", "audit.door", "run", WINDOWS_PLACE, "--if-due", "--quiet")
    return replace(job(), command=command, words="quarterly")


def machine(home: Path, environment: Mapping[str, str] | None = None) -> Machine:
    """This machine with another home and other variables; its programs are those on the path."""
    return replace(this_machine(), home=home, environment=dict(environment or {}))


def program(folder: Path, name: str, script: str) -> None:
    """Put a program of the system into a folder: a shell script that stands in its place."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def first_on_path(folder: PurePath) -> str:
    """Return a search path on which a folder of programs comes first."""
    return f"{folder}{os.pathsep}{os.environ['PATH']}"
