"""The arguments of `audit rules` and `doctor`, with the help that readers see; no logic."""

from pathlib import Path
from typing import Annotated

from audit.commands.options import LIST, Database, DataDir, Evidence
from audit.commands.params import Argument, Option


def rules(
    name: Annotated[
        str | None,
        Argument(
            metavar="NAME",
            help="a platform, a product or a feature, such as youtube, HubSpot, forum",
        ),
    ] = None,
    patterns: Annotated[
        bool, Option("--patterns", help="show the patterns too, for who mends them")
    ] = False,
) -> None:
    """Tell what can be recognised: how many platforms, products and features, and how.

    Writes and fetches nothing; takes a second.

      audit rules youtube
    """
    from audit.commands.rules import show_rules

    show_rules(name, patterns=patterns)


def doctor(
    file: Annotated[
        Path | None,
        Argument(
            metavar="FILE", help="a list of companies; also says what would help that list most"
        ),
    ] = None,
    data_dir: DataDir = None,
    database: Database = None,
    evidence: Evidence = None,
) -> int:
    """Look whether all is there that an audit needs: room, clock, browser, keys, network settings.

    With a list it says, too, what would fill most of the cells that its last audit left open: a
    key, a browser, filling in, saved pages. Writes and fetches nothing; takes some seconds.

      audit doctor competitors.yaml
    """
    from audit.commands.doctor import diagnose
    from audit.commands.places import use_team

    use_team(database, evidence)
    return diagnose(file, LIST, data_dir)
