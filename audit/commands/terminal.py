"""The only place that speaks on the terminal: what is printed is text, never markup or control."""

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.measure import Measurement

from audit.commands.streams import one_line
from scrapers.parse.text import encodable

if TYPE_CHECKING:
    from rich.table import Table
    from rich.text import Text

_NARROWEST = 20
"""Columns of the narrowest terminal; at none, as COLUMNS=0 says, nothing would be shown."""

_WIDEST = 10_000
"""Columns in which any table has room for its longest words."""


class Terminal(Console):
    """A console that takes every text as it is: no `[b]`, no `:smile:`, no escape sequence."""

    def __init__(self, *, errors: bool = False) -> None:
        """Speak on standard output, or on standard error."""
        super().__init__(stderr=errors, markup=False, emoji=False, highlight=False)
        self.width = max(self.width, _NARROWEST)

    def say(self, *lines: str, style: str = "") -> None:
        """Print each text as one line, however many it holds."""
        for line in lines:
            # `soft_wrap` keeps Rich from breaking lines at the width, also in a pipe or a file.
            self.print(one_line(line), style=style or None, soft_wrap=True)

    def tell(self, text: str) -> None:
        """Print a long text as a paragraph, folded to the width of the terminal."""
        self.print(one_line(text), end="\n\n")

    def give(self, text: str) -> None:
        """Print a text for a file as it is, with its tabs and ends of lines."""
        self.file.write(text)

    def ask(self, question: str) -> str:
        """Put a question behind which a person types; return the line without spaces around it."""
        return self.answer(question) or ""

    def answer(self, question: str) -> str | None:
        """Ask as `ask` does; None where the input has come to its end and nobody will answer."""
        self.print(one_line(question), end="", soft_wrap=True)
        self.file.flush()
        try:
            line = sys.stdin.readline()
        except UnicodeDecodeError:  # typed in another encoding than the terminal names
            line = "\ufffd"
        return encodable(line.strip()) if line else None

    def show(self, table: "Table") -> None:
        """Print a table; its cells are taken as text too, and none of them is cut.

        Where the longest words do not fit beside each other, each row is told line by line, but
        where the columns are said to be folded.
        """
        may_fold = all(column.overflow == "fold" for column in table.columns)
        for column in table.columns:
            column.overflow = "fold"
        needed = Measurement.get(self, self.options.update(width=_WIDEST), table).minimum
        if needed > self.width and not may_fold:
            self.say(*_line_by_line(table))
        else:
            self.print(table)

    def render_str(self, text: str, **options: Any) -> "Text":
        """Turn a string into text, wherever it comes from: a line, a cell, a heading.

        Rich calls this for every string; markup and emoji stay off whatever a caller asks for.
        """
        lines = (one_line(line) for line in text.split("\n"))
        return super().render_str("\n".join(lines), **options | {"markup": False, "emoji": False})


def _line_by_line(table: "Table") -> Iterator[str]:
    """Yield the cells of a table below each other, with the title of its column before each."""
    titles = [f"{column.header}" for column in table.columns]
    rows = zip(*(map(str, column.cells) for column in table.columns), strict=True)
    for number, row in enumerate(rows):
        if number:
            yield ""
        yield from (f"{title}: {cell}" for title, cell in zip(titles, row, strict=True) if cell)
