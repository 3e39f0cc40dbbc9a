"""Arguments and options that several commands of the command line share, with their help."""

from pathlib import Path
from typing import Annotated

import typer

from reports.formats import format_names

File = Annotated[Path, typer.Argument(metavar="FILE", help="the list of companies")]
LIST = Path("competitors.yaml")
DataDir = Annotated[
    Path | None,
    typer.Option(
        "--data-dir",
        metavar="FOLDER",
        help="where audits are kept; default: audit-data/ beside the list",
    ),
]
Output = Annotated[
    Path | None,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="where to write; default: beside the list, with its name",
    ),
]
_NAMES = format_names()
Formats = Annotated[
    str,
    typer.Option(
        "--format",
        metavar="FORMATS",
        help=f"{', '.join(_NAMES)} or {'both' if len(_NAMES) == 2 else 'several'} "
        "with a comma between them",
    ),
]
Run = Annotated[
    str | None,
    typer.Option(
        "--run",
        metavar="RUN",
        help="the audit: a day YYYY-MM-DD, last, first, or an id of `audit history`; "
        "default: the last",
    ),
]
Against = Annotated[
    str | None,
    typer.Option(
        "--against",
        metavar="RUN",
        help="the audit to compare with, named in the same way; default: the one before",
    ),
]
EnvFile = Annotated[
    Path | None,
    typer.Option("--env-file", metavar="FILE", help="a file with your keys, in lines NAME=value"),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="say only what went wrong")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="show every page that is read")]
