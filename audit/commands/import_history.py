"""`audit import-history`: the runs of an exported history, added to that of a list."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from audit.commands.options import LIST, DataDir, File
from audit.commands.params import Argument, Option

if TYPE_CHECKING:
    from audit.transfer import Imported

Export = Annotated[Path, Argument(metavar="ZIP", help="what `audit export` wrote")]


Anyway = Annotated[
    bool, Option("--anyway", help="add audits that have no company in common with the list")
]


def import_history(
    zip_file: Export, file: File = LIST, anyway: Anyway = False, data_dir: DataDir = None
) -> None:
    """Add the audits of an exported history to that of a list.

    Writes into audit-data/ beside the list; nothing is fetched. 100 MB take seconds.
    Audits that are there already are skipped; where there is no history yet, one is made. A
    damaged file, another audit of the same name, or a history of quite other companies is
    refused, and nothing is changed.

      audit import-history our-history.zip competitors.yaml

    Exit status: 0 all runs are there; 1 the disk did not take it; 2 refused, nothing added.
    """
    from audit.commands.again import list_of
    from audit.commands.places import place_of_data
    from audit.commands.terminal import Terminal
    from audit.commands.typed import Typed
    from audit.transfer import import_history as added_from

    folder = place_of_data(file, data_dir)
    done = added_from(zip_file, folder, list_of(file), anyway=anyway)
    listing = Typed(file=file, data_dir=data_dir).command(name="history")
    Terminal().say(*_lines(done, folder), f"See: {listing}")


def _lines(done: "Imported", folder: Path) -> list[str]:
    """Say what was added, what was there already, and what was left as it is."""
    from audit.commands.words import counted

    runs, archives = (
        counted(len(done.new), "run", "runs"),
        counted(done.archives, "archive", "archives"),
    )
    there = counted(len(done.same), "run was", "runs were")
    return [
        f"{folder}: {runs} and {archives} of pages added.",
        *([f"{there} there already."] if done.same else []),
        *(
            f"Run {run} came to something else in that file; here it stays as it was."
            for run in done.other
        ),
    ]
