"""Lines in the user's crontab; cron makes up for nothing, so a start of the machine is a try."""

import os
import shlex

from audit.model.errors import AuditError
from audit.schedule.targets._base import JobUnit, Machine, ScheduledJob, Target
from audit.schedule.targets._kit import cron_fields, looks, need

TABLE = "crontab"
"""What stands for the user's table, which is reached by the program of that name alone."""

_WAIT_SECONDS = 300
"""So long after the start of the machine its network is there."""


def _is_here(machine: Machine) -> bool:
    """Tell whether there is a crontab to write into."""
    return machine.kind != "win32" and machine.has("crontab")


def _units(job: ScheduledJob, _machine: Machine) -> tuple[JobUnit, ...]:
    """Return the lines for the table, between two remarks by which they are found again."""
    command = _escaped(shlex.join(job.command))
    return (
        JobUnit(
            place=TABLE,
            text=(
                f"{_first(job)}\n"
                f"# {job.file.name}: {job.words}; the other days and @reboot are second tries\n"
                f"{cron_fields(looks(job.rule))} {command}\n"
                f"@reboot sleep {_WAIT_SECONDS} && {command}\n"
                f"{_last(job)}\n"
            ),
        ),
    )


def _escaped(command: str) -> str:
    """Return a command as it may stand in a crontab, where % begins its standard input.

    Raises:
        AuditError: it holds a backslash before which cron's reading of % differs by its maker.
    """
    if "\\" in command:
        raise AuditError("cron cannot be told a path with a backslash in it; rename the folder")
    return command.replace("%", "\\%")


def _first(job: ScheduledJob) -> str:
    """Return the remark before the lines of a job."""
    return f"# {job.name}: begin (audit schedule)"


def _last(job: ScheduledJob) -> str:
    """Return the remark behind the lines of a job."""
    return f"# {job.name}: end"


def _table(machine: Machine) -> str:
    """Return the table as it is; empty for a user who has none.

    Raises:
        AuditError: cron lets this user have none, or does not answer.
    """
    answer = machine.ask(("crontab", "-l"), b"")
    if answer.status == 0:
        # What is no text in this encoding comes back as it was.
        return os.fsdecode(answer.output)
    if answer.status == 1 and "no crontab" in answer.complaint.lower():
        return ""
    raise AuditError(f"crontab -l: {' '.join(answer.complaint.split())[:300] or 'no answer'}")


def _without(job: ScheduledJob, table: str) -> str:
    """Return a table without the lines of a job; of a block without its end only the beginning."""
    kept: list[str] = []
    held: list[str] | None = None
    for line in table.splitlines(keepends=True):
        text = line.rstrip("\r\n")
        if text == _first(job):
            held = []
        elif held is not None and text == _last(job):
            held = None
        elif held is not None:
            held.append(line)
        else:
            kept.append(line)
    return "".join([*kept, *(held or [])])


def _install(job: ScheduledJob, machine: Machine) -> tuple[str, ...]:
    """Put the lines at the end of the table, in place of those that were there."""
    (unit,) = _units(job, machine)
    before = _table(machine)
    others = _without(job, before)
    if others and not others.endswith("\n"):
        others += "\n"
    if others + unit.text != before:
        need(machine, ("crontab", "-"), os.fsencode(others + unit.text))
    return ()


def _remove(job: ScheduledJob, machine: Machine) -> bool:
    """Take the lines out of the table; one that then is empty is deleted."""
    table = _table(machine)
    others = _without(job, table)
    if others == table:
        return False
    if others.strip():
        need(machine, ("crontab", "-"), os.fsencode(others))
    else:
        need(machine, ("crontab", "-r"))
    return True


def _is_installed(job: ScheduledJob, machine: Machine) -> bool:
    """Tell whether the lines are in the table."""
    return _first(job) in _table(machine).splitlines()


TARGET = Target(
    name="cron",
    title="your crontab",
    is_here=_is_here,
    units=_units,
    install=_install,
    remove=_remove,
    is_installed=_is_installed,
)
