"""The arguments of `audit init` and `check`, with the help that readers see; no logic."""

from pathlib import Path
from typing import Annotated

from audit.commands.options import LIST, File
from audit.commands.params import Argument, Option


def init(
    file: Annotated[
        Path, Argument(metavar="FILE", help="the list to write; never over one that is there")
    ] = LIST,
    website: Annotated[
        list[str] | None,
        Option(
            "--website",
            "-w",
            metavar="ADDRESS",
            help="a company's website, your own first; may be repeated",
        ),
    ] = None,
    schema: Annotated[
        bool, Option("--schema", help="show the JSON Schema of the list, for editors")
    ] = False,
) -> None:
    """Write a list of companies to fill in, with a remark beside each line.

    Writes competitors.yaml, at once; nothing is fetched.

      audit init --website www.our-company.com --website www.a-competitor.com
    """
    from audit.commands.start import initialise, print_schema

    if schema:
        print_schema()
        return
    initialise(file, tuple(website or ()))


def check(file: File = LIST) -> None:
    """Say whether the list is right, and what would be visited.

    Writes and fetches nothing; takes a second.
    """
    from audit.listed import read_list

    competitors = read_list(file)  # before the libraries that the next line loads
    from audit.commands.check import show_plan

    show_plan(file, competitors)
