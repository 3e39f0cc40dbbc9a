"""Arguments and options that several commands of the command line share, with their help."""

import os
from pathlib import Path
from typing import Annotated

from audit.commands.params import Argument, Option
from audit.model.errors import AuditError
from reports.formats import format_names

File = Annotated[Path, Argument(metavar="FILE", help="the list of companies")]
LIST = Path("competitors.yaml")
DataDir = Annotated[
    Path | None,
    Option(
        "--data-dir",
        metavar="FOLDER",
        help="where audits are kept; default: audit-data/ beside the list",
    ),
]
Database = Annotated[
    str | None,
    Option(
        "--database",
        metavar="ADDRESS",
        help="a team's PostgreSQL database that keeps the history, as postgresql://USER@HOST/NAME; "
        "default: settings.database of the list, or audit-data/",
    ),
]
Evidence = Annotated[
    str | None,
    Option(
        "--evidence",
        metavar="PLACE",
        help="where a team shares the saved pages: a folder, or a store such as s3://team/audits; "
        "default: settings.evidence of the list, or audit-data/",
    ),
]
_NO_NAMES = ("", ".", "..")


def file_to_write(typed: str) -> Path:
    """Return the file that was typed, before its slash at the end is lost: that means a folder.

    Raises:
        AuditError: a folder was typed, which need not be there, or `-`, which means a screen.
    """
    if typed == "-":
        raise AuditError("-o -: nothing is written to the screen; name a file, such as audit.xlsx")
    seen = typed.replace(os.sep, "/")
    # One that is there is refused like any other place that cannot be written.
    if "/" in seen and seen.rpartition("/")[2] in _NO_NAMES and not Path(typed).is_dir():
        named = Path(typed) / "audit"
        raise AuditError(f"{typed}: is a folder; name a file in it, such as {named}")
    return Path(typed)


Output = Annotated[
    Path | None,
    Option(
        "--output",
        "-o",
        metavar="FILE",
        parser=file_to_write,
        help="where to write; default: beside the list, with its name",
    ),
]
Formats = Annotated[
    str,
    Option(
        "--format",
        metavar="FORMATS",
        help=lambda: f"{', '.join(format_names())} or several with a comma between them",
    ),
]
Run = Annotated[
    str | None,
    Option(
        "--run",
        metavar="RUN",
        help="the audit: a day YYYY-MM-DD, last, first, or an id of `audit history`; "
        "default: the last",
    ),
]
Against = Annotated[
    str | None,
    Option(
        "--against",
        metavar="RUN",
        help="the audit to compare with, named in the same way; default: the one before",
    ),
]
Fill = Annotated[
    Path | None,
    Option(
        "--fill",
        metavar="WORKBOOK",
        help="read sheet Fill in of this workbook, too; that of the one replaced is read anyway",
    ),
]
EnvFile = Annotated[
    Path | None,
    Option("--env-file", metavar="FILE", help="a file with your keys, in lines NAME=value"),
]
Quiet = Annotated[bool, Option("--quiet", "-q", help="say only what went wrong")]
Verbose = Annotated[bool, Option("--verbose", "-v", help="show every page that is read")]
