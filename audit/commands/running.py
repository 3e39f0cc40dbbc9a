"""The arguments of `audit run`, with the help that readers see; no logic."""

import sys
from typing import Annotated

from audit.commands.options import (
    LIST,
    Database,
    DataDir,
    EnvFile,
    Evidence,
    File,
    Fill,
    Formats,
    Output,
    Quiet,
    Verbose,
)
from audit.commands.params import Option


def run(
    file: File = LIST,
    output: Output = None,
    formats: Formats = "xlsx",
    only: Annotated[
        list[str] | None,
        Option("--only", metavar="NAME", help="visit this company alone; may be repeated"),
    ] = None,
    resume: Annotated[bool, Option("--resume", help="go on where a run was broken off")] = False,
    as_of: Annotated[
        str | None,
        Option("--as-of", metavar="YYYY-MM-DD", help="end the period with this day"),
    ] = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
    data_dir: DataDir = None,
    env_file: EnvFile = None,
    fill: Fill = None,
    allow_private_hosts: Annotated[
        bool,
        Option(
            "--allow-private-hosts",
            help="visit addresses of your own network too, if the list names them",
        ),
    ] = False,
    only_saved: Annotated[
        bool,
        Option("--only-saved", help="fetch nothing: read the pages saved in saved/ alone"),
    ] = False,
    if_due: Annotated[
        bool,
        Option("--if-due", help="only when the list's schedule says so (settings.schedule)"),
    ] = False,
    json: Annotated[
        bool, Option("--json", help="say how it ended in JSON, for other programs")
    ] = False,
    database: Database = None,
    evidence: Evidence = None,
    cluster: Annotated[
        str | None,
        Option(
            "--cluster",
            metavar="ADDRESS",
            help="have other processes make the visits: local:4 for four here, or a dask "
            "scheduler's address, as tls://HOST:8786",
        ),
    ] = None,
    tell_unchanged: Annotated[
        bool,
        Option("--tell-unchanged", help="end with status 3 where nothing has changed"),
    ] = False,
) -> int:
    """Visit every company and write the workbook; `audit competitors.yaml` does the same.

    Writes competitors.xlsx beside the list, and keeps what was found in audit-data/, so that the
    next audit can tell what has changed.

    Takes a minute or two for each company at the usual pace of one page a second; companies are
    visited at the same time, so six take hardly longer than one.

      audit competitors.yaml
      audit competitors.yaml --only "Rival Pumps"

    To have it made again by itself, each quarter: audit schedule --help
    """
    from audit.commands.beginning import begin
    from audit.commands.places import use_team
    from audit.commands.typed import day_of, with_resume
    from audit.commands.wish import Wish

    use_team(database, evidence)
    wish = Wish(
        file=file,
        output=output,
        formats=formats,
        data_dir=data_dir,
        only=tuple(only or ()),
        resume=resume,
        as_of=day_of(as_of),
        allow_private_hosts=allow_private_hosts,
        quiet=quiet,
        verbose=verbose,
        go_on=with_resume(sys.argv[1:]),
        if_due=if_due,
        as_json=json,
        tell_unchanged=tell_unchanged,
        variables=env_file,
        fill=fill,
        only_saved=only_saved,
        cluster=cluster,
    )
    return begin(wish)
