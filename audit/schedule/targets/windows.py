"""A task of the Task Scheduler of Windows, as the XML that it takes in (Task Scheduler Schema)."""

import subprocess
import tempfile
from pathlib import Path
from xml.etree import ElementTree as Xml

from audit.model.errors import AuditError
from audit.model.schedule import OnDays
from audit.schedule.targets._base import JobUnit, Machine, ScheduledJob, Target
from audit.schedule.targets._kit import looks, need, write_units

SPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task"
_BEGAN = "2026-01-01"
"""A day that is past, from which on the task counts."""

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SETTINGS = {
    "MultipleInstancesPolicy": "IgnoreNew",
    "DisallowStartIfOnBatteries": "false",
    "StopIfGoingOnBatteries": "false",
    # What was missed while the machine was off is made up for.
    "StartWhenAvailable": "true",
    "RunOnlyIfNetworkAvailable": "true",
    "ExecutionTimeLimit": "PT0S",
    "Priority": "7",
}


def _is_here(machine: Machine) -> bool:
    """Tell whether this is Windows."""
    return machine.kind == "win32" and machine.has("schtasks")


def _units(job: ScheduledJob, _machine: Machine) -> tuple[JobUnit, ...]:
    """Return the XML of the task, to be taken in under its name."""
    task = Xml.Element("Task", {"version": "1.2", "xmlns": SPACE})
    about = Xml.SubElement(task, "RegistrationInfo")
    Xml.SubElement(about, "Description").text = f"social-audit of {job.file}: {job.words}"
    _add_trigger(Xml.SubElement(task, "Triggers"), looks(job.rule))
    principal = Xml.SubElement(Xml.SubElement(task, "Principals"), "Principal", {"id": "Author"})
    Xml.SubElement(principal, "LogonType").text = "InteractiveToken"
    Xml.SubElement(principal, "RunLevel").text = "LeastPrivilege"
    settings = Xml.SubElement(task, "Settings")
    for name, value in _SETTINGS.items():
        Xml.SubElement(settings, name).text = value
    run = Xml.SubElement(Xml.SubElement(task, "Actions", {"Context": "Author"}), "Exec")
    program, *arguments = job.command
    Xml.SubElement(run, "Command").text = _plain(program)
    Xml.SubElement(run, "Arguments").text = _plain(subprocess.list2cmdline(arguments))
    Xml.indent(task)
    head = '<?xml version="1.0" encoding="UTF-16"?>\n'
    text = head + Xml.tostring(task, encoding="unicode") + "\n"
    return (JobUnit(place=f"{job.name}.xml", text=text, encoding="utf-16"),)


def _plain(text: str) -> str:
    """Return a part of the command as it is.

    Raises:
        AuditError: the Task Scheduler would put in a variable for what lies between two %.
    """
    if text.count("%") > 1:
        raise AuditError(
            "the Task Scheduler takes what stands between two percent signs for a variable; "
            "rename the folder or the file"
        )
    return text


def _add_trigger(triggers: Xml.Element, days: OnDays) -> None:
    """Add the trigger of some days: of every day, of days of months, or of weekdays."""
    trigger = Xml.SubElement(triggers, "CalendarTrigger")
    start = f"{_BEGAN}T{days.hour:02d}:{days.minute:02d}:00"
    Xml.SubElement(trigger, "StartBoundary").text = start
    Xml.SubElement(trigger, "Enabled").text = "true"
    if days.weekdays and days.months:
        by = Xml.SubElement(trigger, "ScheduleByMonthDayOfWeek")
        weeks = Xml.SubElement(by, "Weeks")
        for week in ("1", "2", "3", "4", "Last"):
            Xml.SubElement(weeks, "Week").text = week
        _add_names(by, "DaysOfWeek", days.weekdays, _WEEKDAYS, 0)
        _add_names(by, "Months", days.months, _MONTHS, 1)
    elif days.weekdays:
        by = Xml.SubElement(trigger, "ScheduleByWeek")
        Xml.SubElement(by, "WeeksInterval").text = "1"
        _add_names(by, "DaysOfWeek", days.weekdays, _WEEKDAYS, 0)
    elif days.days or days.months:
        by = Xml.SubElement(trigger, "ScheduleByMonth")
        dates = Xml.SubElement(by, "DaysOfMonth")
        for day in days.days or range(1, 32):
            Xml.SubElement(dates, "Day").text = str(day)
        _add_names(by, "Months", days.months or tuple(range(1, 13)), _MONTHS, 1)
    else:
        by = Xml.SubElement(trigger, "ScheduleByDay")
        Xml.SubElement(by, "DaysInterval").text = "1"


def _add_names(
    parent: Xml.Element, name: str, numbers: tuple[int, ...], names: tuple[str, ...], first: int
) -> None:
    """Add an element with an empty one in it for each number; names count from `first` on."""
    element = Xml.SubElement(parent, name)
    for number in numbers:
        Xml.SubElement(element, names[number - first])


def _install(job: ScheduledJob, machine: Machine) -> tuple[str, ...]:
    """Have the Task Scheduler take the task in, in place of one of that name."""
    (unit,) = _units(job, machine)
    with tempfile.TemporaryDirectory(prefix="social-audit-") as folder:
        path = Path(folder) / unit.place
        write_units((JobUnit(place=str(path), text=unit.text, encoding=unit.encoding),))
        need(machine, ("schtasks", "/Create", "/TN", job.name, "/XML", str(path), "/F"))
    return ("It runs while you are logged in, and makes up for what it missed when you log in.",)


def _remove(job: ScheduledJob, machine: Machine) -> bool:
    """Delete the task."""
    if not _is_installed(job, machine):
        return False
    need(machine, ("schtasks", "/Delete", "/TN", job.name, "/F"))
    return True


def _is_installed(job: ScheduledJob, machine: Machine) -> bool:
    """Tell whether there is a task of that name."""
    return machine.ask(("schtasks", "/Query", "/TN", job.name), b"").status == 0


TARGET = Target(
    name="windows",
    title="the Task Scheduler of Windows",
    is_here=_is_here,
    units=_units,
    install=_install,
    remove=_remove,
    is_installed=_is_installed,
)
