"""A timer of the user's own systemd, which makes up for what was missed (`Persistent=true`)."""

from pathlib import Path

from audit.model.errors import AuditError
from audit.model.schedule import OnDays
from audit.schedule.targets._base import JobUnit, Machine, ScheduledJob, Target
from audit.schedule.targets._kit import (
    are_there,
    looks,
    need,
    remove_units,
    spans,
    write_units,
)

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_BOOTED = Path("/run/systemd/system")
"""Is there where systemd runs the machine: sd_booted(3)."""


def _is_here(machine: Machine) -> bool:
    """Tell whether systemd runs this machine."""
    return machine.kind == "linux" and _BOOTED.is_dir() and machine.has("systemctl")


def _units(job: ScheduledJob, machine: Machine) -> tuple[JobUnit, ...]:
    """Return the service and its timer, in the user's folder of units."""
    config = machine.environment.get("XDG_CONFIG_HOME") or str(machine.home / ".config")
    folder = Path(config) / "systemd" / "user"
    return (
        JobUnit(place=str(folder / f"{job.name}.service"), text=_service(job)),
        JobUnit(place=str(folder / f"{job.name}.timer"), text=_timer(job)),
    )


def _service(job: ScheduledJob) -> str:
    """Write the unit that makes the audit: systemd.service(5)."""
    words = " ".join(map(_quoted, job.command))
    return (
        "[Unit]\n"
        f"Description=social-audit of {_literal(job.file.name)}, if it is due\n"
        "\n"
        "[Service]\n"
        "Type=oneshot\n"
        # The colon keeps systemd from putting in variables for $.
        f"ExecStart=:{words}\n"
        "# 1 means that the audit is made and something of it could not be read.\n"
        "SuccessExitStatus=1\n"
        "Nice=10\n"
    )


def _timer(job: ScheduledJob) -> str:
    """Write the unit that starts the service: systemd.timer(5)."""
    return (
        "[Unit]\n"
        f"Description=social-audit of {_literal(job.file.name)}: {_literal(job.words)}\n"
        "\n"
        "[Timer]\n"
        "# The days behind the first are second tries; they do nothing where it was made.\n"
        f"OnCalendar={on_calendar(looks(job.rule))}\n"
        "# What was missed while the machine was off is made up for when it is on again.\n"
        "Persistent=true\n"
        "\n"
        "[Install]\n"
        "WantedBy=timers.target\n"
    )


def on_calendar(days: OnDays) -> str:
    """Return days as systemd.time(7) writes them: `*-01,04,07,10-01..07 06:00:00`."""
    weekdays = ",".join(_WEEKDAYS[day] for day in days.weekdays)
    months = ",".join(f"{month:02d}" for month in days.months) or "*"
    dates = spans(days.days, "..") or "*"
    clock = f"*-{months}-{dates} {days.hour:02d}:{days.minute:02d}:00"
    return f"{weekdays} {clock}" if weekdays else clock


def _literal(text: str) -> str:
    """Return text in which systemd sees no specifier: %h would be the home."""
    return text.replace("%", "%%")


def _quoted(word: str) -> str:
    """Return a word of a command as systemd.syntax(7) quotes it."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{_literal(escaped)}"'


def _install(job: ScheduledJob, machine: Machine) -> tuple[str, ...]:
    """Write both units and start the timer; say where it would stop at the end of a session."""
    write_units(_units(job, machine))
    # Started anew, so that one that runs takes a changed calendar.
    steps = (("daemon-reload",), ("enable", f"{job.name}.timer"), ("restart", f"{job.name}.timer"))
    try:
        for step in steps:
            need(machine, ("systemctl", "--user", *step))
    except AuditError as error:
        raise AuditError(
            f"{error}. The units are written and not started; log in as this user, not by su or "
            "sudo, and type the same again"
        ) from error
    lingers = machine.ask(("loginctl", "show-user", "--property=Linger"), b"")
    if b"yes" in lingers.output:
        return ()
    return (
        "It runs while you are logged in, and makes up for what it missed when you log in.",
        "To have it run without that, as on a server: loginctl enable-linger",
    )


def _remove(job: ScheduledJob, machine: Machine) -> bool:
    """Stop the timer and delete both units."""
    if not any(Path(unit.place).exists() for unit in _units(job, machine)):
        return False
    # Where systemd does not answer, the files go all the same, and with them the timer.
    machine.ask(("systemctl", "--user", "disable", "--now", f"{job.name}.timer"), b"")
    removed = remove_units(_units(job, machine))
    machine.ask(("systemctl", "--user", "daemon-reload"), b"")
    return removed


def _is_installed(job: ScheduledJob, machine: Machine) -> bool:
    """Tell whether the units are there and the timer is started with the session."""
    enabled = machine.ask(("systemctl", "--user", "is-enabled", f"{job.name}.timer"), b"")
    return are_there(_units(job, machine)) and enabled.status == 0


TARGET = Target(
    name="systemd",
    title="a systemd timer of your own",
    is_here=_is_here,
    units=_units,
    install=_install,
    remove=_remove,
    is_installed=_is_installed,
)
