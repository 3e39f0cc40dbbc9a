"""The command `audit`: arguments, exit status, messages; no logic.

The docstring of a command is its help, which readers see. A command imports its own module when it
is called, with all libraries that it needs, so that `audit --help` is quick.
"""

import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from typer.main import get_command

from audit import __version__
from audit.commands.copying import copy_history
from audit.commands.dashes import ScheduleCommand
from audit.commands.export import export
from audit.commands.fill import fill
from audit.commands.forgetting import forget
from audit.commands.helping import HelpfulCommand, HelpfulGroup
from audit.commands.import_history import import_history
from audit.commands.importing import import_table
from audit.commands.options import (
    LIST,
    Against,
    Database,
    DataDir,
    Evidence,
    File,
    Fill,
    Formats,
    Output,
    Quiet,
    Run,
    file_to_write,
)
from audit.commands.replaying import replay
from audit.commands.running import run
from audit.commands.scheduling import schedule
from audit.commands.terminal import Terminal, complain
from audit.commands.trying import try_
from audit.commands.typed import with_command
from audit.model.errors import AuditError

F = TypeVar("F", bound=Callable[..., Any])

app = typer.Typer(
    name="audit",
    cls=HelpfulGroup,
    add_completion=False,
    # Faults are told in sentences (`last_word.py`).
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="""
        Compare the blogs, communities and social channels of competitors in one Excel workbook,
        with proof for every cell.

          audit init                 writes competitors.yaml, a list for you to fill in
          audit check                says whether the list is right; nothing is fetched
          audit competitors.yaml     reads what is public, writes competitors.xlsx

        What a command takes and writes: audit COMMAND --help

        Exit status: 0 everything could be read; 1 finished, but not all could be read; 2 a mistake
        in the command or the list, nothing was fetched; 130 you stopped it.
    """,
)
_MAKE, _LOOK = "Make an audit", "Look at what an audit found"
_KEEP, _RULES = "Keep, take along, delete", "How it works"


def _command(name: str, group: str) -> Callable[[F], F]:
    """Make a function a command, which `audit --help` lists under the heading of its group."""
    return app.command(name, cls=HelpfulCommand, rich_help_panel=group)


@_command("init", _MAKE)
def init(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="the list to write; never over one that is there")
    ] = LIST,
    website: Annotated[
        list[str] | None,
        typer.Option(
            "--website",
            "-w",
            metavar="ADDRESS",
            help="a company's website, your own first; may be repeated",
        ),
    ] = None,
    schema: Annotated[
        bool, typer.Option("--schema", help="show the JSON Schema of the list, for editors")
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


@_command("check", _MAKE)
def check(file: File = LIST) -> None:
    """Say whether the list is right, and what would be visited.

    Writes and fetches nothing; takes a second.
    """
    from audit.commands.check import check as validate

    validate(file)


_command("run", _MAKE)(run)
_command("fill", _MAKE)(fill)
_command("import", _MAKE)(import_table)
app.command("schedule", cls=ScheduleCommand, rich_help_panel=_MAKE)(schedule)


@_command("report", _LOOK)
def report(
    file: File = LIST,
    run: Run = None,
    against: Against = None,
    output: Output = None,
    formats: Formats = "xlsx",
    data_dir: DataDir = None,
    fill: Fill = None,
    database: Database = None,
    evidence: Evidence = None,
) -> None:
    """Write the workbook again, of the last audit or of an earlier one.

    Writes competitors.xlsx beside the list, from what is kept in audit-data/; nothing is fetched.
    Figures that you typed on its sheet Fill in are taken and shown. Takes some seconds.

      audit report --run 2026-08-30 -o august.xlsx
    """
    from audit.commands.again import report_again
    from audit.commands.places import use_team

    use_team(database, evidence)
    raise typer.Exit(report_again(file, run, against, output, formats, data_dir, fill))


@_command("changes", _LOOK)
def changes(
    file: File = LIST,
    run: Run = None,
    against: Against = None,
    measure: Annotated[
        str | None,
        typer.Option(
            "--measure", metavar="NAME", help="one figure over all audits, a line for each"
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="as JSON, for other programs")] = False,
    data_dir: DataDir = None,
    database: Database = None,
    evidence: Evidence = None,
) -> None:
    """Tell what has changed since the audit before, how grave it is, and whose doing.

    Writes and fetches nothing; takes some seconds.

      audit changes --measure "Posts a week, website"

    Exit status: 0 done; 1 a damaged history, so that not all could be compared; 2 no such audit or
    figure.
    """
    from audit.commands.changes import show_changes, show_trend
    from audit.commands.places import use_team

    use_team(database, evidence)
    if measure is None:
        raise typer.Exit(show_changes(file, run, against, data_dir, as_json=as_json))
    show_trend(file, measure, run, data_dir, as_json=as_json)


@_command("history", _LOOK)
def history(
    file: File = LIST,
    data_dir: DataDir = None,
    database: Database = None,
    evidence: Evidence = None,
) -> None:
    """List the audits that were made: when, of how many companies, how much could be seen.

    Writes and fetches nothing; takes a second.
    """
    from audit.commands.history import show_history
    from audit.commands.places import use_team

    use_team(database, evidence)
    show_history(file, data_dir)


@_command("explain", _LOOK)
def explain(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="[FILE] COMPANY MEASURE",
            help="the list may be left out; COMPANY is a name of the list; MEASURE a figure as the "
            "workbook calls it, or its short name, such as blog.posts_per_week",
        ),
    ],
    run: Run = None,
    data_dir: DataDir = None,
    database: Database = None,
    evidence: Evidence = None,
) -> None:
    """Show the proof of a figure: the page, the time, the words on it, the saved copy.

    Writes and fetches nothing; takes a second.

      audit explain "Rival Pumps" "Posts a week, website"
      audit explain "Rival Pumps" channel.youtube
    """
    from audit.commands.explain import asked, show_evidence
    from audit.commands.places import use_team

    use_team(database, evidence)
    file, company, measure = asked(words, LIST)
    show_evidence(file, company, measure, run, data_dir)


app.command("export", cls=HelpfulCommand, rich_help_panel=_KEEP)(export)
app.command("import-history", cls=HelpfulCommand, rich_help_panel=_KEEP)(import_history)
_command("copy-history", _KEEP)(copy_history)
_command("forget", _KEEP)(forget)


@_command("rules", _RULES)
def rules(
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="NAME",
            help="a platform, a product or a feature, such as youtube, HubSpot, forum",
        ),
    ] = None,
    patterns: Annotated[
        bool, typer.Option("--patterns", help="show the patterns too, for who mends them")
    ] = False,
) -> None:
    """Tell what can be recognised: how many platforms, products and features, and how.

    Writes and fetches nothing; takes a second.

      audit rules youtube
    """
    from audit.commands.rules import show_rules

    show_rules(name, patterns=patterns)


app.command("try", cls=HelpfulCommand, rich_help_panel=_RULES)(try_)


_command("replay", _RULES)(replay)


@_command("doctor", _RULES)
def doctor(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE", help="a list of companies; also says what would help that list most"
        ),
    ] = None,
    data_dir: DataDir = None,
    database: Database = None,
    evidence: Evidence = None,
) -> None:
    """Look whether all is there that an audit needs: room, clock, browser, keys, network settings.

    With a list it says, too, what would fill most of the cells that its last audit left open: a
    key, a browser, filling in, saved pages. Writes and fetches nothing; takes some seconds.

      audit doctor competitors.yaml
    """
    from audit.commands.doctor import diagnose
    from audit.commands.places import use_team

    use_team(database, evidence)
    raise typer.Exit(diagnose(file, LIST, data_dir))


@_command("demo", _MAKE)
def demo(
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE",
            parser=file_to_write,
            help="where to write the workbook",
        ),
    ] = Path("audit-demo/demo.xlsx"),
    quiet: Quiet = False,
) -> None:
    """Show it on eight invented companies on this machine, audited twice, a quarter apart.

    Writes audit-demo/demo.xlsx; takes half a minute and needs no network.
    """
    from audit.demo.show import demonstrate

    raise typer.Exit(demonstrate(output, quiet=quiet))


def _version(wanted: bool) -> None:
    """Print the version and leave, if `--version` was typed.

    Raises:
        typer.Exit: it was.
    """
    if wanted:
        Terminal().say(f"social-audit {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="show the version")
    ] = False,
) -> None:
    """Take the options that go without a command; `--version` has done its work by now.

    Without this function Typer would know no option before a command.
    """
    del version


@cache
def _program() -> Any:
    """Make the program of its commands, once in a process: it takes longer than most of them."""
    return get_command(app)


def main() -> int:
    """Run what was typed and return the exit status; `audit FILE` means `audit run FILE`.

    Typer's own way to run a command turns some faults into silence; here they pass.
    """
    try:
        Path.cwd()
    except OSError as error:
        complain(f"the folder you are in cannot be used ({error.strerror}); go to another")
        return AuditError.exit_code
    if not sys.argv[1:]:
        from audit.commands.teach import teach

        teach(LIST)
        return 0
    command = _program()
    names = {each.name or "" for each in app.registered_commands}
    # Typer raises Exit for a status, and its own exceptions for what is typed wrong.
    try:
        with command.make_context("audit", with_command(sys.argv[1:], names)) as context:
            command.invoke(context)
    except typer.Exit as done:
        return done.exit_code
    except typer.TyperException as mistake:
        _explain(mistake)
        return mistake.exit_code
    except AuditError as error:
        complain(*error.lines)
        return error.exit_code
    return 0


def _explain(mistake: typer.TyperException) -> None:
    """Say what is wrong with the command line, and where it is told how it is written."""
    from audit.commands.mistakes import in_words

    complain(in_words(mistake))
    context = getattr(mistake, "ctx", None)
    if context is not None:
        complain(f"See how it is written: {context.command_path} --help")
