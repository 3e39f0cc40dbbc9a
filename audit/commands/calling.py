"""The command that was typed, made of its function, and called; no other one is loaded."""

import gc
from collections.abc import Sequence
from functools import cache
from importlib import import_module

from audit.commands.command import Command, HelpAskedError
from audit.commands.interrupts import heeding_signals
from audit.commands.known import COMMANDS


@cache
def command_named(name: str) -> Command:
    """Return a command of the program; of a kind of its own if its module has one."""
    place, _, function = COMMANDS[name].place.partition(":")
    module = import_module(f"audit.{place}")
    kind: type[Command] = getattr(module, "KIND", Command)
    return kind(name, getattr(module, function))


def call(name: str, words: Sequence[str]) -> int:
    """Call a command with the words behind its name, and return the exit status.

    Raises:
        AuditError: what the user can mend, the words among it.
    """
    command = command_named(name)
    try:
        given = command.read(words)
        _look_for_garbage()
        with heeding_signals():
            return command.call(given)
    except HelpAskedError as asked:
        from audit.commands.helping import show_help

        show_help(asked.command)
        return 0


def _look_for_garbage() -> None:
    """Have garbage looked for from now on, but not in what is loaded by now; see the door."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
