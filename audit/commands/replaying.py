"""`audit replay`: the archived pages of an audit, read by the rules of today."""

from pathlib import Path
from typing import Annotated

import typer

from audit.commands.options import LIST, Database, DataDir, Evidence, File, Formats, Output, Run


def replay(
    file: File = LIST,
    run: Run = None,
    warc: Annotated[
        list[Path] | None,
        typer.Option(
            "--warc", metavar="FILE", help="these saved pages in place of the audit's own"
        ),
    ] = None,
    output: Output = None,
    formats: Formats = "xlsx",
    data_dir: DataDir = None,
    database: Database = None,
    evidence: Evidence = None,
) -> None:
    """Read the saved pages of an audit once more, with the rules of today.

    Writes competitors.xlsx beside the list; nothing is fetched. Takes some seconds a company.
    """
    from audit.commands.again import replay_again
    from audit.commands.places import use_team

    use_team(database, evidence)
    raise typer.Exit(replay_again(file, run, tuple(warc or ()), output, formats, data_dir))
