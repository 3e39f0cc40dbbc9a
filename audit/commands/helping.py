"""How `--help` is shown: sentences, then names beside their words; no types, no boxes."""

from collections.abc import Iterable, Iterator, Sequence

from rich.table import Table

from audit.commands.command import HELP, Command
from audit.commands.paragraphs import paragraphs
from audit.commands.params import Param
from audit.commands.terminal import Terminal


def show_help(command: Command) -> None:
    """Print what a command does, what is named behind it, and its options."""
    console = Terminal()
    console.say(_usage(command), style="bold")
    console.say("")
    for paragraph in paragraphs(command.help):
        _tell(console, paragraph)
    _show(console, "Options", _rows(command))


def _tell(console: Terminal, paragraph: str | Sequence[str]) -> None:
    """Print a paragraph and an empty line."""
    if isinstance(paragraph, str):
        console.tell(paragraph)
        return
    console.say(*paragraph, "")


def _usage(command: Command) -> str:
    """Return how a command is typed; what may be left out stands in brackets."""
    names = [
        param.metavar if param.is_required else f"[{param.metavar}]"
        for param in command.params
        if param.is_argument
    ]
    return " ".join(["audit", command.name, *names, "[options]"])


def _rows(command: Command) -> Iterator[tuple[str, str]]:
    """Yield what is typed for each argument and option, with its help and default."""
    for param in sorted(command.params, key=lambda param: not param.is_argument):
        value = "" if param.is_flag or param.is_argument else f" {param.metavar}"
        names = ", ".join(sorted(param.names, key=len)) or param.metavar
        yield f"{names}{value}", _with_default(param)
    yield ", ".join(HELP), "show this text"


def _with_default(param: Param) -> str:
    """Return the help of an argument or option; its default where the help does not name it."""
    words, default = param.help, param.default
    is_told = "default:" in words or default in (None, "", False)
    return words if is_told else f"{words}; default: {default}"


def _show(console: Terminal, title: str, rows: Iterable[tuple[str, str]]) -> None:
    """Print a heading and below it a row for each name."""
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(overflow="fold", max_width=30)
    table.add_column(overflow="fold")
    for name, words in rows:
        table.add_row(f"  {name}", words)
    if table.row_count:
        console.say(f"{title}:", style="bold")
        console.show(table)
