"""One file a system that can start an audit at its time; this finds them all by file name."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from audit.families import all_different, file_of, offered
from audit.model.errors import AuditError
from audit.schedule.targets._base import Machine, Target

_GUIDE = "docs/schedule.md"

_PREFERRED = ("launchd", "windows", "systemd", "cron")
"""In this order a machine is asked what it has; a repository is chosen by a person alone."""

_USUAL = "systemd"
"""What is shown on a machine that has none of them, such as a container."""


def target_names() -> tuple[str, ...]:
    """Return the names of all systems, without loading any of them."""
    return tuple(each.name for each in iter_modules(__path__) if not each.name.startswith("_"))


@cache
def targets() -> Mapping[str, Target]:
    """Return all systems by name; a new file is found without being named.

    Raises:
        TypeError: a file has no `TARGET`, or its target does not bear the name of the file.
    """
    modules = {name: import_module(f"{__name__}.{name}") for name in target_names()}
    found = {name: offered(module, "TARGET", Target, _GUIDE) for name, module in modules.items()}
    all_different("target", ((each.name, modules[name]) for name, each in found.items()))
    for name, each in found.items():
        if each.name != name:
            place = file_of(modules[name])
            raise TypeError(f"{place} calls its target {each.name!r}, not {name!r}: see {_GUIDE}")
    return found


def chosen(name: str | None, machine: Machine) -> Target:
    """Return the target of a name; without one, the first that the machine has.

    Raises:
        AuditError: there is none of that name.
    """
    known = targets()
    if name is not None and name not in known:
        raise AuditError(f"--for {name}: choose from {', '.join(known)}")
    if name is not None:
        return known[name]
    present = (each for each in _PREFERRED if known[each].is_here(machine))
    return known[next(present, _USUAL)]
