"""The command `audit`: arguments, exit status, messages; no logic.

The docstring of a command is its help, which readers see. A command imports its own module when it
is called, with all libraries that it needs, so that `audit --help` is quick.
"""

import sys
from pathlib import Path
from typing import Annotated

import typer
from typer.main import get_command

from audit import __version__
from audit.commands.dashes import ScheduleCommand
from audit.commands.export import export
from audit.commands.import_history import import_history
from audit.commands.options import (
    LIST,
    Against,
    DataDir,
    EnvFile,
    File,
    Formats,
    Output,
    Quiet,
    Run,
    Verbose,
)
from audit.commands.scheduling import schedule
from audit.commands.terminal import Terminal, complain
from audit.commands.trying import try_
from audit.commands.typed import with_command
from audit.model.errors import AuditError

app = typer.Typer(
    name="audit",
    no_args_is_help=True,
    add_completion=False,
    # Faults are told in sentences (`last_word.py`), and the help below has words in bold.
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
    help=(
        "Compare the blogs, communities and social channels of competitors in one Excel workbook, "
        "with proof for every cell.\n\n"
        "[bold]Start here:[/bold]\n\n"
        "  audit init --website https://our.example --website https://rival.example\n\n"
        "  audit check competitors.yaml\n\n"
        "  audit competitors.yaml\n\n"
        "Exit status: 0 every company complete; 1 finished, something is incomplete; "
        "2 a mistake in the command or the file, nothing fetched; 130 interrupted."
    ),
)


@app.command("run")
def run(
    file: File,
    output: Output = None,
    formats: Formats = "xlsx",
    data_dir: DataDir = None,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="COMPANY", help="visit only this company (repeatable)"),
    ] = None,
    resume: Annotated[bool, typer.Option("--resume", help="go on with a broken run")] = False,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="YYYY-MM-DD", help="end the window with this day"),
    ] = None,
    allow_private_hosts: Annotated[
        bool,
        typer.Option(
            "--allow-private-hosts", help="open intranet and loopback hosts that the file names"
        ),
    ] = False,
    quiet: Quiet = False,
    verbose: Verbose = False,
    if_due: Annotated[
        bool,
        typer.Option("--if-due", help="do nothing before the next date of settings.schedule"),
    ] = False,
    json: Annotated[
        bool, typer.Option("--json", help="print how it ended as JSON, all else on standard error")
    ] = False,
    tell_unchanged: Annotated[
        bool,
        typer.Option("--tell-unchanged", help="end with status 3 where nothing has changed"),
    ] = False,
    env_file: EnvFile = None,
) -> None:
    """Visit every company, measure, remember, compare, write the workbook.

    The word `run` may be left out: `audit competitors.yaml`. To have it made again by itself, each
    quarter or at other times: `audit schedule competitors.yaml`.
    """
    from audit.commands.run import Wish, execute
    from audit.commands.typed import day_of, with_resume

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
    )
    raise typer.Exit(execute(wish))


@app.command("init")
def init(
    file: Annotated[Path, typer.Argument(metavar="FILE")] = Path("competitors.yaml"),
    website: Annotated[
        list[str] | None,
        typer.Option(
            "--website",
            "-w",
            metavar="ADDRESS",
            help="a company's website, your own first (repeatable)",
        ),
    ] = None,
    schema: Annotated[
        bool, typer.Option("--schema", help="print the JSON Schema of the file for editors")
    ] = False,
) -> None:
    """Write a commented starter file."""
    from audit.commands.start import initialise, print_schema

    if schema:
        print_schema()
        return
    initialise(file, tuple(website or ()))


@app.command("check")
def check(file: File = LIST) -> None:
    """Validate the file and show what would be visited; no network."""
    from audit.commands.check import check as validate

    validate(file)


@app.command("report")
def report(
    file: File = LIST,
    run: Run = None,
    against: Against = None,
    output: Output = None,
    formats: Formats = "xlsx",
    data_dir: DataDir = None,
) -> None:
    """Rebuild the workbook from history; no network."""
    from audit.commands.again import report_again

    raise typer.Exit(report_again(file, run, against, output, formats, data_dir))


@app.command("replay")
def replay(
    file: File,
    run: Run = None,
    warc: Annotated[
        list[Path] | None,
        typer.Option("--warc", metavar="FILE", help="analyse these archives instead of a run's"),
    ] = None,
    output: Output = None,
    formats: Formats = "xlsx",
    data_dir: DataDir = None,
) -> None:
    """Analyse the archived answers of a run again, with today's rules; no network."""
    from audit.commands.again import replay_again

    raise typer.Exit(replay_again(file, run, tuple(warc or ()), output, formats, data_dir))


@app.command("history")
def history(file: File = LIST, data_dir: DataDir = None) -> None:
    """List the runs: date, completeness, version of the rules."""
    from audit.commands.history import show_history

    show_history(file, data_dir)


@app.command("changes")
def changes(
    file: File = LIST,
    run: Run = None,
    against: Against = None,
    measure: Annotated[
        str | None,
        typer.Option("--measure", metavar="NAME", help="this measure over all runs, a line a run"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="for other programs")] = False,
    data_dir: DataDir = None,
) -> None:
    """Show what changed since the run before, how grave it is, and whose doing; no network.

    Exit status: 0; 1 a run is damaged, so that not all could be compared; 2 no such run or measure,
    nothing shown.
    """
    from audit.commands.changes import show_changes, show_trend

    if measure is None:
        raise typer.Exit(show_changes(file, run, against, data_dir, as_json=as_json))
    show_trend(file, measure, run, data_dir, as_json=as_json)


@app.command("explain")
def explain(
    file: File,
    company: Annotated[str, typer.Argument(help="a name from the file")],
    measure: Annotated[
        str,
        typer.Argument(help="such as blog.posts_per_week, channel.youtube, feature.forum"),
    ],
    run: Run = None,
    data_dir: DataDir = None,
) -> None:
    """Show the evidence behind a value: address, time, rule, excerpt, archive record."""
    from audit.commands.explain import show_evidence

    show_evidence(file, company, measure, run, data_dir)


app.command("try")(try_)


@app.command("forget")
def forget(
    file: File,
    run: Annotated[
        str | None, typer.Option("--run", metavar="RUN", help="only this run of `audit history`")
    ] = None,
    company: Annotated[
        str | None,
        typer.Option("--company", metavar="COMPANY", help="only this company, in every run"),
    ] = None,
    archives: Annotated[
        bool, typer.Option("--archives", help="only the archived pages; all figures stay")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="do not ask")] = False,
    data_dir: DataDir = None,
) -> None:
    """Delete what was kept: everything, a run, a company, or only the archived pages."""
    from audit.commands.forget import forget_kept
    from audit.store.forget import Wanted

    wanted = Wanted(run=run, company=company, archives=archives)
    raise typer.Exit(forget_kept(file, wanted, data_dir, agreed=yes))


app.command("export")(export)
app.command("import-history")(import_history)
app.command("schedule", cls=ScheduleCommand)(schedule)


@app.command("rules")
def rules(
    name: Annotated[str | None, typer.Argument(help="a platform, feature or rule")] = None,
) -> None:
    """List the catalogue, or explain one platform, feature or rule of it."""
    from audit.commands.rules import show_rules

    show_rules(name)


@app.command("doctor")
def doctor(file: File = LIST) -> None:
    """Show what is there and what is missing: folders, proxy, certificates, clock, versions."""
    from audit.commands.doctor import diagnose

    raise typer.Exit(diagnose(file))


@app.command("demo")
def demo(
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="where to write the workbook")
    ] = Path("audit-demo/demo.xlsx"),
    quiet: Quiet = False,
) -> None:
    """Audit a small web of invented companies on this machine, twice, a quarter apart."""
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


def main() -> int:
    """Run what was typed and return the exit status; `audit FILE` means `audit run FILE`.

    Typer's own way to run a command turns some faults into silence; here they pass.
    """
    try:
        Path.cwd()
    except OSError as error:
        complain(f"the folder you are in cannot be used ({error.strerror}); go to another")
        return AuditError.exit_code
    command = get_command(app)
    names = {each.name or "" for each in app.registered_commands}
    # Typer raises Exit for a status, and its own exceptions for what is typed wrong.
    try:
        with command.make_context("audit", with_command(sys.argv[1:], names)) as context:
            command.invoke(context)
    except typer.Exit as done:
        return done.exit_code
    except typer.TyperException as mistake:
        _show_usage(mistake)
        return mistake.exit_code
    except AuditError as error:
        complain(*error.lines)
        return error.exit_code
    return 0


def _show_usage(mistake: typer.TyperException) -> None:
    """Say what is wrong with the command line; without any argument the help was shown."""
    message = " ".join(mistake.format_message().split())
    context = getattr(mistake, "ctx", None)
    if message:
        complain(message)
    if message and context is not None:
        complain(f"See how it is written: {context.command_path} --help")
