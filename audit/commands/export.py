"""`audit export`: the history and its pages as one file."""

from pathlib import Path
from typing import Annotated

from audit.commands.options import LIST, DataDir, File, file_to_write
from audit.commands.params import Option

Written = Annotated[
    Path | None,
    Option(
        "--output",
        "-o",
        metavar="FILE",
        parser=file_to_write,
        help="the file to write; default: beside the list, with -history.zip behind its name",
    ),
]


def export(file: File = LIST, output: Written = None, data_dir: DataDir = None) -> None:
    """Write the whole history and all saved pages into one file, to take along or put away.

    Writes competitors-history.zip beside the list; nothing is fetched. 100 MB take seconds.
    `audit import-history` reads it. It holds what audit-data/ holds of persons: treat it alike.

      audit export competitors.yaml -o our-history.zip

    Exit status: 0 written; 1 the disk did not take it; 2 a mistake, nothing written.
    """
    from audit.commands.places import kept_of_list
    from audit.commands.terminal import Terminal
    from audit.commands.words import counted
    from audit.transfer import export_history

    out = output if output is not None else file.with_name(f"{file.stem}-history.zip")
    done = export_history(kept_of_list(file, data_dir), out)
    runs, archives = (
        counted(done.runs, "run", "runs"),
        counted(done.archives, "archive", "archives"),
    )
    Terminal().say(f"{runs} and {archives} of pages, {done.size / 1024:,.0f} kB:", f"{out}")
