"""Which run is meant by `--run` and `--against`: an id, a day, `last` or `first`."""

import re
from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from audit import api
from audit.commands.typed import Typed, dotted_day
from audit.model.company import Competitors
from audit.model.errors import StoreError
from audit.store.history import RunSummary

_LISTED = 5
"""Runs that an error names, the newest; `audit history` lists all."""


def run_meant(
    folder: Path, name: str | None, competitors: Competitors, typed: Typed, option: str = "--run"
) -> str | None:
    """Return the id of the run that was named; None where none was, or where there is no run yet.

    Of days and of `last` and `first` those of the list count, as lists may share a folder; an id is
    one of any list. `typed` is for advice, `option` what the name was typed behind.

    Raises:
        StoreError: there are runs, and none of that name; lists the newest that there are.
    """
    runs = api.runs(folder) if name is not None else ()
    if name is None or not runs:
        return None
    own = set(api.runs_of_list(folder, competitors))
    mine = [run for run in runs if run.id in own] or list(runs)
    meant = run_named(name, mine, {run.id for run in runs})
    if meant is not None:
        return meant
    raise StoreError(f'{option}: no run "{name}"; {_there_are(name, mine, typed)}')


def run_before(
    folder: Path, name: str | None, run: str, competitors: Competitors, typed: Typed
) -> str | None:
    """Return the id of the run that `--against` names, to compare `run` with.

    `last` is the last one before that run, as nothing is compared with itself.

    Raises:
        StoreError: as `run_meant`; or there is no run before.
    """
    if name != "last":
        return run_meant(folder, name, competitors, typed, "--against")
    own = set(api.runs_of_list(folder, competitors))
    ids = [each.id for each in api.runs(folder)]
    older = set(ids[: ids.index(run)] if run in ids else ids)
    before = [each.id for each in api.runs(folder) if each.id in own & older and each.finished_at]
    if not before:
        raise StoreError(f"--against last: there is no finished run before {run}")
    return before[-1]


def run_named(name: str, runs: Sequence[RunSummary], ids: Collection[str] = ()) -> str | None:
    """Return the id of a run by its id, by `last` or `first`, or by the day up to which it looked.

    Of several of one day it is the last that was finished, as `last` is the last one that was;
    where none was finished, one that was not. `ids` are those of other lists too.
    """
    if name in ids or name in {run.id for run in runs}:
        return name
    word = name.strip().lower()
    finished = [run for run in runs if run.finished_at] or list(runs)
    if word in ("last", "first") and finished:
        return finished[-1 if word == "last" else 0].id
    of_day = [run.id for run in finished if run.as_of and f"{run.as_of:%Y-%m-%d}" == word]
    return of_day[-1] if of_day else None


def _there_are(name: str, runs: Sequence[RunSummary], typed: Typed) -> str:
    """Say how a run is named, and which there are, the newest first."""
    with suppress(ValueError):  # of 32.11.2026 there is no day to propose
        if (day := dotted_day(name)) is not None:
            return f"write the day as {day} (year-month-day)"
    listed = [f"{run.id} ({_day(run)})" for run in reversed(runs)]
    older = len(listed) - _LISTED
    more = f" and {older} older ({typed.command(name='history')})" if older > 0 else ""
    no_day = re.fullmatch(r"\d{4}-\d{2}-\d{2}", name) is not None
    near = get_close_matches(name, [run.id for run in runs], 1, cutoff=0.8)
    how = f"did you mean {near[0]}? Write" if near else "write"
    how = "no run looked up to that day" if no_day else f"{how} last, first, a day or an id"
    return f"{how}; there are: {', '.join(listed[:_LISTED])}{more}"


def _day(run: RunSummary) -> date | str:
    """Return the day up to which a run looked; a damaged one may have lost it."""
    return run.as_of.date() if run.as_of else "day unknown"
