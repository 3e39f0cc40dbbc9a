"""What is typed for `audit schedule`, told apart: its own words, and behind `--` those of each run.

The parser of Typer takes the first word behind `--` for the list where none was named.
"""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

import typer

from audit.commands.calling import command_named
from audit.commands.helping import HelpfulCommand
from audit.model.errors import AuditError

_BEHIND = "audit.schedule.behind"


class ScheduleCommand(HelpfulCommand):
    """`audit schedule`, which reads nothing behind `--` itself."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the words before `--`, and keep the others for `behind`.

        Raises:
            AuditError: an option of `audit run` stands before it.
        """
        at = args.index("--") if "--" in args else len(args)
        ctx.meta[_BEHIND] = tuple(args[at + 1 :])
        try:
            return super().parse_args(ctx, args[:at])
        except typer.TyperException as mistake:
            option = str(getattr(mistake, "option_name", ""))
            if option not in _options(command_named("run")):
                raise
            raise AuditError(
                f"{option}: is for each run; write it at the end, behind --, such as: "
                f"audit schedule FILE -- {option}"
            ) from mistake


def behind(context: typer.Context) -> tuple[str, ...]:
    """Return the words behind `--`."""
    words: tuple[str, ...] = context.meta[_BEHIND]
    return words


def refuse_words(context: typer.Context, words: Sequence[str], systems: Sequence[str]) -> None:
    """Refuse words behind the list that are no options, with what was probably meant.

    Raises:
        AuditError: there is one.
    """
    if not words:
        return
    word = words[0]
    if word.lower() in systems:
        raise AuditError(f"{word}: did you mean --for {word.lower()}?")
    names = [name for name in _options(context.command) if name.startswith("--")]
    meant = get_close_matches(f"--{word[:40].lower()}", names, n=1, cutoff=0.75)
    if meant:
        raise AuditError(f"{word}: did you mean {meant[0]}?")
    raise AuditError(
        f"{word}: only the list stands here; options of each run stand behind --, and when it is "
        "made stands in the list (settings.schedule)"
    )


def _options(command: Any) -> frozenset[str]:
    """Return the names of the options of a command."""
    return frozenset(name for each in command.params for name in each.opts if name[0] == "-")
