"""`audit forget`: delete what was kept, after saying what that is."""

import sys
from pathlib import Path

from audit.commands.places import kept_folder
from audit.commands.terminal import Terminal
from audit.commands.words import counted
from audit.model.errors import AuditError, SaveError
from audit.store.forget import Doomed, Wanted, doomed, forget

_UNITS = ((2**30, "GB"), (2**20, "MB"), (2**10, "kB"), (1, "bytes"))


def forget_kept(file: Path, wanted: Wanted, data_dir: Path | None, *, agreed: bool) -> int:
    """Show what would be deleted, ask unless agreed to already, delete; 1 where something stays.

    Raises:
        AuditError: nobody can be asked, or the data folder cannot be used.
    """
    folder, console = kept_folder(file, data_dir), Terminal()
    found = doomed(folder, wanted) if folder.is_dir() else None
    if found is None or not (found.rows or found.files):
        console.say(f"{folder}: there is nothing to forget.")
        return 0
    console.say(*_lines(found, folder))
    if not agreed and not _agreed():
        console.say("Nothing was deleted.")
        return 0
    try:
        gone = forget(folder, wanted)
    except SaveError as error:
        Terminal(errors=True).say(f"{error}")
        return 1
    console.say(f"Deleted: {_counted(gone)}.")
    return 0


def _lines(found: Doomed, folder: Path) -> list[str]:
    lines = [f"In {folder} this will be deleted for good: {_counted(found)}."]
    runs = list(dict.fromkeys(run for run, _ in found.rows))
    for run in runs:
        names = [name for each, name in found.rows if each == run and name]
        lines.append(f"  run {run}: {', '.join(names) or 'no company yet'}")
    lines += [f"  {path}" for path in found.files[found.archives :]]
    if found.archives:
        archives = counted(found.archives, "archive", "archives")
        lines.append(f"  {archives} of pages; later runs prove figures by them too")
    lines.append("Workbooks and results files are not touched: delete them where you saved them.")
    return lines


def _counted(found: Doomed) -> str:
    runs = len({run for run, _ in found.rows})
    results = sum(bool(name) for _, name in found.rows)
    unit, word = next((unit, word) for unit, word in _UNITS if found.size >= unit or unit == 1)
    return (
        f"{counted(results, 'result', 'results')} of companies in {counted(runs, 'run', 'runs')}, "
        f"{counted(len(found.files), 'file', 'files')} "
        f"({found.size / unit:.0f} {word})"
    )


def _agreed() -> bool:
    """Ask a person; where there is none, nobody has agreed.

    Raises:
        AuditError: there is no terminal to ask on.
    """
    if sys.stdin is None or sys.stdin.closed or not sys.stdin.isatty():
        raise AuditError("nothing was deleted: there is no terminal to ask on; add --yes")
    return Terminal().ask("Delete it? Type yes: ").casefold() in ("y", "yes")
