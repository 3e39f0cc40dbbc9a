"""Copy a history from one place to another, say how it gets on and what came of it."""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from audit.commands.terminal import Terminal
from audit.commands.words import counted
from audit.model.errors import AuditError, StoreError
from audit.store.copying import Copied
from audit.store.copying import copy as copied
from audit.store.files import make_data_folder
from audit.store.kept import KeptHistory
from audit.store.opening import open_in
from config.database import Database, database_of, is_address

_NAMED = 5
"""So many rows that are other in both are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a history lies: in a database, or where there is none in a folder."""

    folder: Path
    database: Database | None

    @property
    def shown(self) -> str:
        """Return what the place is called."""
        return self.database.shown if self.database is not None else f"{self.folder}"

    def opened(self, *, write: bool) -> KeptHistory:
        """Open the history that lies there; to write makes the folder.

        Raises:
            AuditError: it cannot be used.
        """
        if self.database is None and write:
            make_data_folder(self.folder)
        elif self.database is None and not self.folder.is_dir():
            raise StoreError(f"{self.folder}: there is no such data folder")
        return open_in(self.database, self.folder, write=write)


def copy(source: str, target: str) -> None:
    """Copy what FROM holds into TO.

    Raises:
        AuditError: one cannot be used, they do not fit, or TO could not be written.
    """
    console, here, there = Terminal(), _place(source, "FROM"), _place(target, "TO")
    if here.shown == there.shown or (
        here.database is there.database and here.folder.absolute() == there.folder.absolute()
    ):
        raise AuditError(f"{target}: FROM and TO are the same place; nothing was copied")
    with ExitStack() as both:
        old = both.enter_context(here.opened(write=False))
        if not old.ids() and not old.by_hand():
            raise StoreError(f"{here.shown}: there is nothing to copy")
        new = both.enter_context(there.opened(write=True))
        both.enter_context(new.beginning())
        for run, who in new.at_work().items():
            raise StoreError(f"{there.shown}: run {run} is under way ({who}); copy when it is done")
        done = copied(old.tables, new.tables, lambda *step: _tell(console, *step))
    console.say(*_lines(done, here, there))


def _place(typed: str, said: str) -> Place:
    """Return the place that was typed; a list means the data folder beside it.

    Raises:
        AuditError: it is no address of a database, or a file.
    """
    if "://" in typed or is_address(typed):
        return Place(folder=Path(), database=database_of(typed, said))
    path = Path(typed)
    if path.is_file():
        raise AuditError(
            f"{said} {typed}: is a file; name the data folder, such as {path.parent / 'audit-data'}"
        )
    return Place(folder=path, database=None)


def _tell(console: Terminal, run: str, at: int, of: int) -> None:
    """Say which run is being copied."""
    console.say(f"Run {run} ({at} of {of})")


def _lines(done: Copied, here: Place, there: Place) -> list[str]:
    """Say what was copied, that it was compared, and what the target keeps otherwise."""
    rows = counted(done.compared, "row", "rows")
    same = done.compared - len(done.kept)
    lines = [
        f"{there.shown}: {counted(len(done.new), 'run', 'runs')} and "
        f"{counted(done.added, 'row', 'rows')} added.",
        f"Compared: {same:,} of {rows} of {here.shown} are there as they are here "
        f"(digest {done.digest}).",
    ]
    lines += [
        f"{name or 'A record'} in run {run} is other there, and stays as it is there."
        for run, name in done.kept[:_NAMED]
    ]
    if len(done.kept) > _NAMED:
        lines.append(f"So do {len(done.kept) - _NAMED} more.")
    return lines
