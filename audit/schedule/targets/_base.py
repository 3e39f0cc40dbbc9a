"""What is to be scheduled (`ScheduledJob`), where, and what every system must offer (`Target`)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from audit.model.schedule import ScheduleRule


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledJob:
    """The audit of one list, made again and again.

    `name` is the same for the same list and of plain letters, digits and hyphens. `command` is
    the whole command of a look whether the audit is due, by full paths; `options` are those words
    of it that a person gave for the run. `words` are the schedule as the list has it. `variables`
    are the names of environment variables that a run may need: keys of platforms, addresses of
    notifications; their values are never here. `is_notified` tells that the list asks for some,
    `has_database` that a team's database keeps its history, `has_bucket` that one of S3 its pages.
    """

    name: str
    file: Path
    command: tuple[str, ...]
    options: tuple[str, ...]
    rule: ScheduleRule
    words: str
    variables: tuple[str, ...]
    is_notified: bool
    has_database: bool = False
    has_bucket: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemAnswer:
    """What a program of the system said: its exit status, standard output, standard error."""

    status: int
    output: bytes
    complaint: str


Ask = Callable[[Sequence[str], bytes], SystemAnswer]
"""Runs a program of the system, given by name, with bytes for its standard input."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """What a target asks of the machine: its kind (`sys.platform`), variables, home, programs."""

    kind: str
    environment: Mapping[str, str]
    home: Path
    ask: Ask
    has: Callable[[str], bool]
    """Tells whether there is a program of that name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JobUnit:
    """A text for the system, and the place that it belongs to: a file, or the name of a table."""

    place: str
    text: str
    encoding: str = "utf-8"


def name_on_this_machine(job: ScheduledJob) -> str:
    """Return the name of a job where the path of its list tells it from others."""
    return job.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A system that can start an audit at its time; `title` is its name in a sentence.

    `is_here` tells whether the machine has it. `units` are what it must be told, `install` tells it
    and gives what a person must know besides, `remove` takes it back and tells whether it was
    there, as `is_installed` does. `called` is the name that a job has there, by which it is found.
    `is_elsewhere`: it makes the audits on another machine, which has a history and variables of its
    own.

    `install` and `remove` raise `AuditError` where the system refuses, or something cannot be
    written.
    """

    name: str
    title: str
    is_here: Callable[[Machine], bool]
    units: Callable[[ScheduledJob, Machine], tuple[JobUnit, ...]]
    install: Callable[[ScheduledJob, Machine], tuple[str, ...]]
    remove: Callable[[ScheduledJob, Machine], bool]
    is_installed: Callable[[ScheduledJob, Machine], bool]
    called: Callable[[ScheduledJob], str] = name_on_this_machine
    is_elsewhere: bool = False
