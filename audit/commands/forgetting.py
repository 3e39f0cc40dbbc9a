"""The arguments of `audit forget`, with the help that readers see; no logic."""

from typing import Annotated

from audit.commands.options import Database, DataDir, Evidence, File
from audit.commands.params import Option


def forget(
    file: File,
    run: Annotated[
        str | None,
        Option(
            "--run", metavar="RUN", help="this audit alone: a day YYYY-MM-DD, last, first or its id"
        ),
    ] = None,
    company: Annotated[
        str | None,
        Option("--company", metavar="NAME", help="this company alone, in every audit"),
    ] = None,
    archives: Annotated[
        bool, Option("--archives", help="the saved pages alone; all figures stay")
    ] = False,
    yes: Annotated[bool, Option("--yes", help="do not ask")] = False,
    data_dir: DataDir = None,
    database: Database = None,
    evidence: Evidence = None,
) -> int:
    """Delete what was kept: everything, one audit, one company, or only the saved pages.

    Says first what would go, and asks. Workbooks stay.
    """
    from audit.commands.forget import forget_kept
    from audit.commands.places import use_team
    from audit.store.forget import Wanted

    use_team(database, evidence)
    wanted = Wanted(run=run, company=company, archives=archives)
    return forget_kept(file, wanted, data_dir, agreed=yes)
