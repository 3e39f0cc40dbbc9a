"""`audit replay`: the archived pages of an audit, read by the rules of today."""

from pathlib import Path
from typing import Annotated

from audit.commands.options import LIST, Database, DataDir, Evidence, File, Formats, Output, Run
from audit.commands.params import Option


def replay(
    file: File = LIST,
    run: Run = None,
    warc: Annotated[
        list[Path] | None,
        Option("--warc", metavar="FILE", help="these saved pages in place of the audit's own"),
    ] = None,
    output: Output = None,
    formats: Formats = "xlsx",
    data_dir: DataDir = None,
    database: Database = None,
    evidence: Evidence = None,
) -> int:
    """Read the saved pages of an audit once more, with the rules of today.

    Writes competitors.xlsx beside the list; nothing is fetched. Takes some seconds a company.
    """
    from audit.commands.again import replay_again
    from audit.commands.places import use_team

    use_team(database, evidence)
    return replay_again(file, run, tuple(warc or ()), output, formats, data_dir)
