"""How `--help` is shown: sentences, then names beside their words; no types, no boxes.

Typer's own help names the types of Python (`<list[Path]>`), which say nothing to who reads it.
"""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from typer.core import TyperArgument, TyperCommand

from audit.commands.paragraphs import paragraphs

if TYPE_CHECKING:
    from audit.commands.terminal import Terminal

_HELP = "show this text"


class HelpfulCommand(TyperCommand):
    """A command whose help is written for people who never saw a terminal."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Show the help; `formatter`, which would return it as text, is left empty."""
        del formatter
        show_help(self, ctx)


def show_help(command: TyperCommand, ctx: Any) -> None:
    """Print what a command does, what is named behind it, and its options."""
    from audit.commands.terminal import Terminal

    console = Terminal()
    params = [param for param in command.get_params(ctx) if not getattr(param, "hidden", False)]
    arguments = [param for param in params if isinstance(param, TyperArgument)]
    options = [param for param in params if not isinstance(param, TyperArgument)]
    console.say(_usage(ctx, arguments), style="bold")
    console.say("")
    for paragraph in paragraphs(command.help or ""):
        _tell(console, paragraph)
    _show(console, "Options", (_row(param) for param in (*arguments, *options)))


def _tell(console: "Terminal", paragraph: str | Sequence[str]) -> None:
    """Print a paragraph and an empty line."""
    if isinstance(paragraph, str):
        console.tell(paragraph)
        return
    console.say(*paragraph, "")


def _usage(ctx: Any, arguments: Iterable[TyperArgument]) -> str:
    """Return how a command is typed; what may be left out stands in brackets."""
    names = [
        _name(argument) if argument.required else f"[{_name(argument)}]" for argument in arguments
    ]
    return " ".join([ctx.command_path, *names, "[options]"])


def _name(argument: TyperArgument) -> str:
    """Return what stands for an argument in the help."""
    return argument.metavar or (argument.name or "").upper()


def _row(param: Any) -> tuple[str, str]:
    """Return what is typed for an argument or option, and its help with the default."""
    if isinstance(param, TyperArgument):
        return _name(param), _with_default(param)
    if "--help" in param.opts:
        return ", ".join(sorted(param.opts, key=len)), _HELP
    names = ", ".join(sorted(param.opts, key=len))
    value = "" if param.is_flag else f" {param.metavar or 'TEXT'}"
    return f"{names}{value}", _with_default(param)


def _with_default(param: Any) -> str:
    """Return the help of an argument or option; its default where the help does not name it."""
    words, default = param.help or "", param.default
    is_told = "default:" in words or default in (None, "", False, ()) or callable(default)
    return words if is_told else f"{words}; default: {default}"


def _show(console: "Terminal", title: str, rows: Iterable[tuple[str, str]]) -> None:
    """Print a heading and below it a row for each name."""
    from rich.table import Table

    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(overflow="fold", max_width=30)
    table.add_column(overflow="fold")
    for name, words in rows:
        table.add_row(f"  {name}", words)
    if table.row_count:
        console.say(f"{title}:", style="bold")
        console.show(table)
