"""The command that was typed, made by Typer of its function, and called; no other one is loaded."""

import os
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import Any

import typer
from typer.main import get_command

from audit.commands.helping import HelpfulCommand
from audit.commands.interrupts import heeding_signals
from audit.commands.known import COMMANDS
from audit.commands.streams import complain

# Plug-ins of other programs have no say in what is typed or listed. To look for them pydantic,
# which Typer asks too, goes through all that is installed: as long as checking a list takes.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


@cache
def command_named(name: str) -> Any:
    """Return a command of the program, as Typer makes it; of a kind of its own if it has one."""
    place, _, function = COMMANDS[name].place.partition(":")
    module = import_module(f"audit.{place}")
    # Faults are told in sentences (`last_word.py`).
    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    kind = getattr(module, "KIND", HelpfulCommand)
    app.command(name, cls=kind, context_settings={"help_option_names": ["-h", "--help"]})(
        getattr(module, function)
    )
    return get_command(app)


def call(name: str, words: Sequence[str]) -> int:
    """Call a command with the words behind its name, and return the exit status.

    Typer's own way to do so turns some faults into silence; here they pass.
    """
    # Typer raises Exit for a status, and its own exceptions for what is typed wrong.
    try:
        command = command_named(name)
        with command.make_context(f"audit {name}", list(words)) as context, heeding_signals():
            command.invoke(context)
    except typer.Exit as done:
        return done.exit_code
    except typer.TyperException as mistake:
        _explain(mistake)
        return mistake.exit_code
    return 0


def _explain(mistake: typer.TyperException) -> None:
    """Say what is wrong with the command line, and where it is told how it is written."""
    from audit.commands.mistakes import in_words

    complain(in_words(mistake))
    context = getattr(mistake, "ctx", None)
    if context is not None:
        complain(f"See how it is written: {context.command_path} --help")
