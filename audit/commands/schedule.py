"""`audit schedule`: show, install or remove what makes an audit by itself, or tell its state."""

import os
from dataclasses import dataclass, replace
from pathlib import Path

from audit import api
from audit.commands.each_run import EachRun, check_place, check_writable
from audit.commands.schedule_state import said_as_json, said_in_words, state_of, when
from audit.commands.terminal import Terminal
from audit.commands.typed import Typed
from audit.commands.variables import open_to_others, variables_in
from audit.model.company import Competitors
from audit.model.errors import AuditError, ConfigError
from audit.schedule.job import job_of
from audit.schedule.notify import missing
from audit.schedule.targets import chosen
from audit.schedule.targets._base import Machine, ScheduledJob, Target
from audit.schedule.targets._kit import this_machine, write_units
from config.database import variables_named
from scrapers.platforms import platforms

_PROXIES = ("HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR")
"""Variables beside keys and addresses that a run heeds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The command line of `audit schedule`, as it was typed.

    `target` is None where the machine is to choose. At most one of `install`, `remove` and `status`
    is true; without any the texts are shown, or written to `folder`.
    """

    file: Path
    each_run: EachRun
    target: str | None = None
    install: bool = False
    remove: bool = False
    status: bool = False
    folder: Path | None = None
    data_dir: Path | None = None
    variables: Path | None = None
    as_json: bool = False

    def again(self, *options: str) -> str:
        """Return the command for the same list and system, with other options."""
        named = ("--for", self.target) if self.target is not None else ()
        data = ("--data-dir", str(self.data_dir)) if self.data_dir is not None else ()
        given = ("--env-file", str(self.variables)) if self.variables is not None else ()
        of_the_run = ("--", *self.each_run.words) if self.each_run.words else ()
        words = (*named, *options, *data, *given, *of_the_run)
        return Typed(file=self.file).command(*words, name="schedule")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What is to be done, for which list, on which system of which machine."""

    order: Order
    competitors: Competitors
    target: Target
    job: ScheduledJob
    machine: Machine

    @property
    def called(self) -> str:
        """Return system and name, by which a person finds the schedule there."""
        return f"{self.target.title}, {self.target.called(self.job)}"


def schedule(order: Order) -> int:
    """Do what was typed; return the exit status.

    Raises:
        AuditError: the list has a mistake, the machine has no such system, or it refuses.
    """
    if sum((order.install, order.remove, order.status, order.folder is not None)) > 1:
        raise AuditError("choose one of --install, --remove, --status and --output")
    machine = this_machine()
    target = chosen(order.target, machine)
    competitors = _competitors(order)
    plan = _Plan(
        order=order,
        competitors=competitors,
        target=target,
        job=_job(order, competitors),
        machine=machine,
    )
    if order.remove:
        return _remove(plan)
    if order.status:
        return _status(plan)
    check_place(order.each_run, target, order.data_dir)
    if not target.is_elsewhere:
        check_writable(order.each_run, order.file, competitors, order.data_dir)
    return _install(plan) if order.install else _show(plan)


def _competitors(order: Order) -> Competitors:
    """Read the list; to remove its schedule it may have a mistake, or be gone."""
    try:
        return api.load(order.file).competitors
    except ConfigError:
        if not order.remove:
            raise
        return Competitors(path=order.file, companies=())


def _job(order: Order, competitors: Competitors) -> ScheduledJob:
    """Return what is to be scheduled."""
    return job_of(
        order.file,
        competitors,
        variables=_variables(competitors),
        data_dir=order.data_dir,
        variables_file=order.variables,
        options=order.each_run.words,
    )


def _variables(competitors: Competitors) -> tuple[str, ...]:
    """Name the variables that a run may need: whom to tell, a team's stores, then keys."""
    keys = sorted(
        name for platform in platforms().values() for key in platform.keys for name in key.variables
    )
    database = competitors.settings.database
    secrets = (*variables_named(database), "PGPASSWORD") if database else ()
    if competitors.settings.evidence.startswith("s3"):
        secrets = (*secrets, "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
    return tuple(dict.fromkeys((*competitors.settings.notify.to, *secrets, *keys)))


def _next(plan: _Plan) -> str:
    """Say in a line when the next audit is made."""
    state = state_of(plan.job, plan.target, plan.competitors, plan.order.data_dir)
    return f"Next audit ({plan.job.words}): {when(state)}"


def _show(plan: _Plan) -> int:
    """Show the texts for the system, or write them to a folder; what to do goes beside them."""
    errors, console = Terminal(errors=True), Terminal()
    unseen = _unseen(plan)
    units = plan.target.units(plan.job, plan.machine)
    if (folder := plan.order.folder) is not None:
        placed = [replace(unit, place=str(folder / Path(unit.place).name)) for unit in units]
        write_units(placed)
        console.say(*(unit.place for unit in placed))
        errors.say(*unseen)
        return 0
    errors.say(f"For {plan.target.title}; nothing is installed yet.", _next(plan))
    for unit in units:
        # Several texts are told apart by a remark, which all that come in several understand.
        if len(units) > 1:
            console.say(f"# {unit.place}")
        else:
            errors.say(f"To be put into: {unit.place}")
        console.give(unit.text + ("\n" if unit is not units[-1] else ""))
    errors.say(*unseen, f"Install it with: {plan.order.again('--install')}")
    return 0


def _install(plan: _Plan) -> int:
    """Install it, and say what a person must know: when it runs, what it does not see."""
    if not plan.target.is_here(plan.machine):
        raise AuditError(
            f"{plan.target.name} does not run on this machine; leave out --install to see what to "
            "put into one that it runs on, or choose another with --for"
        )
    # Read before anything is installed: a file that cannot be read would fail each run.
    unseen = _unseen(plan)
    said = plan.target.install(plan.job, plan.machine)
    Terminal().say(
        f"Installed: {plan.called}.",
        _next(plan),
        *said,
        *unseen,
        f"How it is going: {plan.order.again('--status')}",
    )
    return 0


def _unseen(plan: _Plan) -> tuple[str, ...]:
    """Say which variables a scheduled run will lack that it is to have, and the way to them.

    Raises:
        AuditError: the file of variables that was named cannot be read.
    """
    file = plan.order.variables
    given = variables_in(file)
    if plan.target.is_elsewhere:
        words = "is not read there: what it sets must be secrets of the repository"
        return (f"{file} {words}",) if file is not None else ()
    lines = [*open_to_others(file), *missing(plan.competitors.settings.notify, given)]
    names = [*_variables(plan.competitors), *_PROXIES, *map(str.lower, _PROXIES)]
    if lost := [name for name in names if os.environ.get(name) and name not in given]:
        lines.append(f"A scheduled run does not see what this terminal has set: {', '.join(lost)}.")
    if lines and file is None:
        again = replace(plan.order, variables=Path("FILE")).again("--install")
        lines.append(f"Write such as lines NAME=value into a file, and name it: {again}")
    return tuple(lines)


def _remove(plan: _Plan) -> int:
    """Remove it, and say whether it was there."""
    removed = plan.target.remove(plan.job, plan.machine)
    Terminal().say(
        f"Removed: {plan.called}. The history and the workbooks stay."
        if removed
        else f"There is nothing to remove: {plan.target.title} has no schedule for "
        f"{plan.order.file}."
    )
    return 0


def _status(plan: _Plan) -> int:
    """Tell whether it is installed, when it runs next and how the last one ended.

    Return 0 where it is installed and the last run has brought a report, else 1.
    """
    installed = plan.target.is_installed(plan.job, plan.machine)
    state = state_of(plan.job, plan.target, plan.competitors, plan.order.data_dir)
    if plan.order.as_json:
        Terminal().say(said_as_json(state, plan.job, plan.target, installed=installed))
    else:
        Terminal().say(
            f"{plan.order.file}: {plan.job.words}",
            f"installed: yes, {plan.called}"
            if installed
            else f"installed: no; install it with: {plan.order.again('--install')}",
            *said_in_words(state),
        )
    return 0 if installed and not state.has_failed else 1
