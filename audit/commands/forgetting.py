"""The arguments of `audit forget`, with the help that readers see; no logic."""

from typing import Annotated

import typer

from audit.commands.options import Database, DataDir, Evidence, File


def forget(
    file: File,
    run: Annotated[
        str | None,
        typer.Option(
            "--run", metavar="RUN", help="this audit alone: a day YYYY-MM-DD, last, first or its id"
        ),
    ] = None,
    company: Annotated[
        str | None,
        typer.Option("--company", metavar="NAME", help="this company alone, in every audit"),
    ] = None,
    archives: Annotated[
        bool, typer.Option("--archives", help="the saved pages alone; all figures stay")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="do not ask")] = False,
    data_dir: DataDir = None,
    database: Database = None,
    evidence: Evidence = None,
) -> None:
    """Delete what was kept: everything, one audit, one company, or only the saved pages.

    Says first what would go, and asks. Workbooks stay.
    """
    from audit.commands.forget import forget_kept
    from audit.commands.places import use_team
    from audit.store.forget import Wanted

    use_team(database, evidence)
    wanted = Wanted(run=run, company=company, archives=archives)
    raise typer.Exit(forget_kept(file, wanted, data_dir, agreed=yes))
