"""`audit schedule`: show, install or remove what makes an audit by itself, or tell its state."""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from audit import api
from audit.commands.looks import day_and_time
from audit.commands.places import place_of_data
from audit.commands.terminal import Terminal
from audit.commands.typed import Typed
from audit.model.company import Competitors
from audit.model.errors import AuditError, ConfigError
from audit.schedule.due import next_look
from audit.schedule.job import job_of
from audit.schedule.notify import missing
from audit.schedule.outcome import FAILURES, Result, kept
from audit.schedule.past import Due, due
from audit.schedule.targets import chosen
from audit.schedule.targets._base import Job, Machine, Target
from audit.schedule.targets._kit import looks, this_machine, write_units
from scrapers.platforms import platforms

_PROXIES = ("HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR")
"""Variables beside keys and addresses that a run heeds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """The command line of `audit schedule`, as it was typed.

    `target` is None where the machine is to choose. At most one of `install`, `remove` and `status`
    is true; without any the texts are shown, or written to `folder`. `options` are for the run.
    """

    file: Path
    target: str | None = None
    install: bool = False
    remove: bool = False
    status: bool = False
    folder: Path | None = None
    data_dir: Path | None = None
    variables: Path | None = None
    as_json: bool = False
    options: tuple[str, ...] = ()


def schedule(order: Order) -> int:
    """Do what was typed; return the exit status.

    Raises:
        AuditError: the list has a mistake, the machine has no such system, or it refuses.
    """
    if sum((order.install, order.remove, order.status, order.folder is not None)) > 1:
        raise AuditError("choose one of --install, --remove, --status and --output")
    machine = this_machine()
    target = chosen(order.target, machine)
    if order.remove:
        return _remove(order, target, machine)
    competitors = api.load(order.file).competitors
    job = _job(order, competitors)
    if order.status:
        return _status(order, competitors, target, job, machine)
    if order.install:
        return _install(order, competitors, target, job, machine)
    return _show(order, competitors, target, job, machine)


def _job(order: Order, competitors: Competitors) -> Job:
    """Return what is to be scheduled."""
    return job_of(
        order.file,
        competitors,
        variables=_variables(competitors),
        data_dir=order.data_dir,
        variables_file=order.variables,
        options=order.options,
    )


def _variables(competitors: Competitors) -> tuple[str, ...]:
    """Name the variables that a run may need: addresses of notifications, then keys."""
    keys = sorted(
        name for platform in platforms().values() for key in platform.keys for name in key.variables
    )
    return tuple(dict.fromkeys((*competitors.settings.notify.to, *keys)))


def _show(
    order: Order, competitors: Competitors, target: Target, job: Job, machine: Machine
) -> int:
    """Show the texts for the system, or write them to a folder; what to do goes beside them."""
    errors, console = Terminal(errors=True), Terminal()
    units = target.units(job, machine)
    if order.folder is not None:
        placed = [(Path(order.folder) / Path(unit.place).name, unit) for unit in units]
        write_units([replace(unit, place=str(path)) for path, unit in placed])
        console.say(*(str(path) for path, _ in placed))
        return 0
    errors.say(f"For {target.title}; nothing is installed yet. {_next(order, competitors, job)}")
    for unit in units:
        # Several texts are told apart by a remark, which all that come in several understand.
        if len(units) > 1:
            console.say(f"# {unit.place}")
        else:
            errors.say(f"To be put into: {unit.place}")
        console.give(unit.text + ("\n" if unit is not units[-1] else ""))
    errors.say(f"Install it with: {_again(order, '--install')}")
    return 0


def _install(
    order: Order, competitors: Competitors, target: Target, job: Job, machine: Machine
) -> int:
    """Install it, and say what a person must know: when it runs, what it does not see."""
    if order.target != "github" and not target.is_here(machine):
        raise AuditError(
            f"{target.name} does not run on this machine; leave out --install to see what to put "
            "into one that it runs on, or choose another with --for"
        )
    said = target.install(job, machine)
    console = Terminal()
    console.say(f"Installed: {target.title}, {job.name}.", _next(order, competitors, job), *said)
    console.say(*_unseen(order, competitors, target))
    console.say(f"How it is going: {_again(order, '--status')}")
    return 0


def _unseen(order: Order, competitors: Competitors, target: Target) -> Sequence[str]:
    """Say which variables of this terminal a scheduled run will not have, and the way to it."""
    if target.name == "github" or order.variables is not None:
        return ()
    names = [*_variables(competitors), *_PROXIES, *map(str.lower, _PROXIES)]
    present = [name for name in names if os.environ.get(name)]
    wanted = [name for name in competitors.settings.notify.to if name not in present]
    lines = [*missing(competitors.settings.notify, dict.fromkeys(present, "set"))]
    if present or wanted:
        lines.append(
            f"A scheduled run does not see what this terminal has set ({', '.join(present)}). "
            if present
            else ""
        )
        lines[-1] += (
            "Write keys and addresses as NAME=value into a file of your own, and name it: "
            f"{_again(order, '--install', '--env-file', 'FILE')}"
        )
    return lines


def _remove(order: Order, target: Target, machine: Machine) -> int:
    """Remove it; a list with a mistake, or one that is gone, keeps nothing from that."""
    try:
        competitors = api.load(order.file).competitors
    except ConfigError:
        competitors = Competitors(path=order.file, companies=())
    job = _job(order, competitors)
    removed = target.remove(job, machine)
    Terminal().say(
        f"Removed: {target.title}, {job.name}. The history and the workbooks stay."
        if removed
        else f"There is nothing to remove: {target.title} has no schedule for {order.file}."
    )
    return 0


def _status(
    order: Order, competitors: Competitors, target: Target, job: Job, machine: Machine
) -> int:
    """Tell whether it is installed, when it runs next and how the last one ended.

    Return 0 where it is installed and the last run has brought a report, else 1.
    """
    folder = place_of_data(order.file, order.data_dir)
    installed = target.is_installed(job, machine)
    found, last = _due(folder, competitors, job), _last(folder)
    failed = last.get("result") in FAILURES
    if order.as_json:
        record = {
            "schedule": job.words,
            "system": target.name,
            "installed": installed,
            "due": found.is_now,
            "next": _next_at(found, job).isoformat(timespec="minutes"),
            "last": last or None,
        }
        Terminal().say(json.dumps(record))
        return 0 if installed and not failed else 1
    Terminal().say(
        f"{order.file}: {job.words}",
        f"installed: yes, {target.title} ({job.name})"
        if installed
        else f"installed: no; install it with: {_again(order, '--install')}",
        f"next:      {_when(found, order, job)}",
        f"last:      {_ended(last)}",
    )
    return 0 if installed and not failed else 1


def _due(folder: Path, competitors: Competitors, job: Job) -> Due:
    """Tell when the next audit is due by the history."""
    return due(folder, competitors, job.rule, datetime.now(UTC))


def _next(order: Order, competitors: Competitors, job: Job) -> str:
    """Say in a line when the next audit is made."""
    found = _due(place_of_data(order.file, order.data_dir), competitors, job)
    return f"Next audit ({job.words}): {_when(found, order, job)}"


def _next_at(found: Due, job: Job) -> datetime:
    """Return when the next audit is made: when it is due, or at the next look."""
    if found.at is not None and not found.is_now:
        return found.at
    return next_look(looks(job.rule), datetime.now(UTC))


def _when(found: Due, order: Order, job: Job) -> str:
    """Return when the next audit is made, in words; of one that is due already say so."""
    at = day_and_time(_next_at(found, job))
    if not found.is_now:
        return at
    why = f"one is due since {day_and_time(found.at)}" if found.at else "none was made yet"
    now = Typed(file=order.file, data_dir=order.data_dir).command()
    return f"{at} ({why}; make it now with: {now})"


def _last(folder: Path) -> dict[str, object]:
    """Return how the last run ended; a run that could say nothing itself is one broken off."""
    record, runs = kept(folder), api.runs(folder)
    if not runs:
        return record
    newest = runs[-1]
    if record.get("run") == newest.id or _is_later(record, newest.started_at):
        return record
    done = newest.finished_at is not None
    whole = done and newest.complete == newest.companies
    result = Result.COMPLETE if whole else Result.INCOMPLETE if done else Result.BROKEN_OFF
    ended = newest.finished_at or newest.started_at
    return {
        "result": result.value,
        "ended_at": ended.isoformat(timespec="seconds") if ended else None,
        "run": newest.id,
        "companies": {"listed": newest.companies, "complete": newest.complete},
    }


def _is_later(record: dict[str, object], started_at: datetime | None) -> bool:
    """Tell whether a kept record is of a time behind the beginning of a run."""
    try:
        return started_at is None or datetime.fromisoformat(str(record["ended_at"])) > started_at
    except (KeyError, ValueError, TypeError):
        return False


def _ended(last: dict[str, object]) -> str:
    """Say how the last run ended, in one line."""
    if not last:
        return "no run yet"
    try:
        when = day_and_time(datetime.fromisoformat(str(last["ended_at"])))
    except (KeyError, ValueError):
        when = "at an unknown time"
    parts = [f"{when}, {last.get('result')}"]
    counts, reports, words = last.get("companies"), last.get("reports"), last.get("words")
    if isinstance(counts, dict) and counts.get("listed"):
        parts.append(f"{counts.get('complete')} of {counts['listed']} companies read in full")
    if isinstance(reports, dict):
        parts += [str(path) for path in reports.values()]
    if isinstance(words, list) and words and last.get("result") in FAILURES:
        parts.append(str(words[0]))
    return "; ".join(parts)


def _again(order: Order, *options: str) -> str:
    """Return the command for the same list and system, with other options."""
    named = ("--for", order.target) if order.target is not None else ()
    return Typed(file=order.file, data_dir=order.data_dir).command(
        *named, *options, name="schedule"
    )
