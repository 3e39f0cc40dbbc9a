"""`audit forget`: delete what was kept, after saying what that is."""

import sys
from dataclasses import replace
from pathlib import Path

from audit.commands.again import list_of
from audit.commands.named import run_meant
from audit.commands.places import kept_folder
from audit.commands.terminal import Terminal
from audit.commands.typed import Typed
from audit.commands.words import counted
from audit.evidence.opening import every_evidence
from audit.model.errors import AuditError, SaveError
from audit.store.forget import Doomed, Wanted, doomed, forget
from audit.store.opening import kept_in, place_of

_AGREED = ("y", "yes")
_UNITS = ((2**30, "GB"), (2**20, "MB"), (2**10, "kB"), (1, "bytes"))


def forget_kept(file: Path, wanted: Wanted, data_dir: Path | None, *, agreed: bool) -> int:
    """Show what would be deleted, ask unless agreed to already, delete.

    Return 0, also where nothing is there or the person says no; 1 where something could not be
    deleted.

    Raises:
        AuditError: nobody can be asked, or the data folder cannot be used.
    """
    folder, console = kept_folder(file, data_dir), Terminal()
    is_there = folder.is_dir() or kept_in(folder) is not None
    if wanted.run is not None and is_there:
        typed = Typed(file=file, data_dir=data_dir)
        meant = run_meant(folder, wanted.run, list_of(file), typed)
        wanted = replace(wanted, run=meant or wanted.run)
    plan = doomed(folder, wanted) if is_there else None
    if plan is None or not (plan.rows or plan.archives or plan.files):
        console.say(f"{place_of(folder)}: there is nothing to forget.")
        return 0
    console.say(*_lines(plan, folder))
    if not agreed and not _agreed():
        console.say("Nothing was deleted.")
        return 0
    try:
        # What was deleted may differ from what was shown, if the person took time to answer.
        deleted = forget(folder, wanted)
    except SaveError as error:
        Terminal(errors=True).say(f"{error}")
        return 1
    console.say(f"Deleted: {_counted(deleted)}.")
    return 0


def _lines(plan: Doomed, folder: Path) -> list[str]:
    """Return what will be deleted: companies by run, other files by path, archives by number."""
    lines = [f"In {place_of(folder)} this will be deleted for good: {_counted(plan)}."]
    names_by_run: dict[str, list[str]] = {}
    for run, name in plan.rows:
        names_by_run.setdefault(run, []).append(name)
    for run, names in names_by_run.items():
        lines.append(f"  run {run}: {', '.join(filter(None, names)) or 'no company yet'}")
    # Readings come first among the files; as archives they are told by their number alone.
    lines += [f"  {path}" for path in plan.files[plan.readings :]]
    if plan.archives:
        archives = counted(len(plan.archives), "archive", "archives")
        shown = [each.store.shown for each in every_evidence(folder) if each.store is not None]
        where = f" in {' and '.join(shown)}" if shown else ""
        lines.append(f"  {archives} of pages{where}; later runs prove figures by them too")
    if plan.readings:
        readings = counted(plan.readings, "file", "files")
        lines.append(f"  {readings} of what was read on pages; the next run reads them anew")
    lines.append("Workbooks and results files are not touched: delete them where you saved them.")
    return lines


def _counted(plan: Doomed) -> str:
    """Return how many results, runs and files, with the size of these in the unit that suits it."""
    runs = len({run for run, _ in plan.rows})
    results = sum(bool(name) for _, name in plan.rows)
    unit, word = next((unit, word) for unit, word in _UNITS if plan.size >= unit or unit == 1)
    return (
        f"{counted(results, 'result', 'results')} of companies in {counted(runs, 'run', 'runs')}, "
        f"{counted(len(plan.archives) + len(plan.files), 'file', 'files')} "
        f"({plan.size / unit:.0f} {word})"
    )


def _agreed() -> bool:
    """Ask a person whether to delete, and tell whether that was agreed to.

    Raises:
        AuditError: there is no terminal to ask on.
    """
    # Python sets it to None where the program was started without a standard input.
    if sys.stdin is None or sys.stdin.closed or not sys.stdin.isatty():
        raise AuditError("nothing was deleted: there is no terminal to ask on; add --yes")
    return Terminal().ask("Delete it? Type yes: ").casefold() in _AGREED
