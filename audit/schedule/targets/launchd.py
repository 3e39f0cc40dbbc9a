"""An agent of launchd on macOS: at its times, on waking behind them, and at each login."""

import os
import plistlib
from itertools import product

from audit.model.schedule import OnDays
from audit.schedule.targets._base import JobUnit, Machine, ScheduledJob, Target
from audit.schedule.targets._kit import are_there, looks, need, remove_units, write_units


def _is_here(machine: Machine) -> bool:
    """Tell whether this is a Mac."""
    return machine.kind == "darwin" and machine.has("launchctl")


def _units(job: ScheduledJob, machine: Machine) -> tuple[JobUnit, ...]:
    """Return the property list of the agent: launchd.plist(5)."""
    agent = {
        "Label": job.name,
        "ProgramArguments": list(job.command),
        "StartCalendarInterval": intervals(looks(job.rule)),
        # launchd makes up for what was slept through, and not for what the machine was off for.
        "RunAtLoad": True,
        "ProcessType": "Background",
    }
    path = machine.home / "Library" / "LaunchAgents" / f"{job.name}.plist"
    return (JobUnit(place=str(path), text=plistlib.dumps(agent, sort_keys=False).decode()),)


def intervals(days: OnDays) -> list[dict[str, int]]:
    """Return days as launchd counts them, one record each; what it lacks is every one.

    Weekdays count from Sunday as 0, and 7 is Sunday as well.
    """
    fields = {
        "Month": days.months,
        "Day": days.days,
        "Weekday": tuple((day + 1) % 7 for day in days.weekdays),
    }
    given = {name: numbers for name, numbers in fields.items() if numbers}
    clock = {"Hour": days.hour, "Minute": days.minute}
    return [dict(zip(given, each, strict=True)) | clock for each in product(*given.values())]


def _domain() -> str:
    """Return the name by which launchd knows this user's session."""
    return f"gui/{os.getuid()}" if hasattr(os, "getuid") else "gui"


def _install(job: ScheduledJob, machine: Machine) -> tuple[str, ...]:
    """Write the agent and load it, in place of the one that may be loaded."""
    units = _units(job, machine)
    write_units(units)
    machine.ask(("launchctl", "bootout", f"{_domain()}/{job.name}"), b"")
    need(machine, ("launchctl", "bootstrap", _domain(), units[0].place))
    return (
        "It looks now, too, so that an audit that is due begins in the background.",
        "macOS may ask whether Python may use the folder of the list: allow it.",
    )


def _remove(job: ScheduledJob, machine: Machine) -> bool:
    """Unload the agent and delete it."""
    units = _units(job, machine)
    if are_there(units):
        machine.ask(("launchctl", "bootout", f"{_domain()}/{job.name}"), b"")
    return remove_units(units)


def _is_installed(job: ScheduledJob, machine: Machine) -> bool:
    """Tell whether the agent is there and loaded."""
    loaded = machine.ask(("launchctl", "print", f"{_domain()}/{job.name}"), b"")
    return are_there(_units(job, machine)) and loaded.status == 0


TARGET = Target(
    name="launchd",
    title="a launch agent of your own (macOS)",
    is_here=_is_here,
    units=_units,
    install=_install,
    remove=_remove,
    is_installed=_is_installed,
)
