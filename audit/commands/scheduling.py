"""The arguments of `audit schedule`, with the help that readers see; no logic."""

from pathlib import Path
from typing import Annotated

from audit.commands.calling import command_named
from audit.commands.dashes import ScheduleCommand
from audit.commands.options import LIST, DataDir, EnvFile, File
from audit.commands.params import Argument, Option
from audit.schedule.targets import target_names

KIND = ScheduleCommand


def schedule(
    file: File = LIST,
    options: Annotated[
        list[str] | None,
        Argument(metavar="-- OPTIONS", help="for each audit, such as -- --format xlsx,json"),
    ] = None,
    target: Annotated[
        str | None,
        Option(
            "--for",
            metavar="SYSTEM",
            help=f"{', '.join(target_names())}; default: what this machine has",
        ),
    ] = None,
    install: Annotated[bool, Option("--install", help="install it here")] = False,
    remove: Annotated[bool, Option("--remove", help="take it away; data stay")] = False,
    status: Annotated[
        bool, Option("--status", help="when it runs next, how the last one ended")
    ] = False,
    output: Annotated[
        Path | None,
        Option("--output", "-o", metavar="FOLDER", help="write the texts there, for IT"),
    ] = None,
    data_dir: DataDir = None,
    env_file: EnvFile = None,
    json: Annotated[bool, Option("--json", help="the status as JSON")] = False,
) -> int:
    """Have the audit made by itself, each quarter or at other times.

    Shows what your system must be told, and changes nothing without --install; takes a second.
    When is told by the list: `settings.schedule`, such as quarterly, monthly or every 6 weeks.

    Each quarter on this machine:

      audit schedule competitors.yaml --install

    When it runs next, and how the last one ended:

      audit schedule competitors.yaml --status

    On GitHub, which keeps the history on a branch:

      audit schedule competitors.yaml --for github --install

    A date that was missed, as while the machine was off, is made up for.

    Exit status: 0 done, or all is well; 1 by --status: not installed, or the last run failed;
    2 a mistake in the command or the file.
    """
    from audit.commands.each_run import read_as_by_run
    from audit.commands.schedule import Order
    from audit.commands.schedule import schedule as do

    each_run = read_as_by_run(command_named("run"), file, options or ())
    order = Order(
        file=file,
        target=target,
        install=install,
        remove=remove,
        status=status,
        folder=output,
        data_dir=data_dir,
        variables=env_file,
        as_json=json,
        each_run=each_run,
    )
    return do(order)
