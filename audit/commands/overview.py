"""`audit --help`: what the program is for and which commands there are; none of them is loaded."""

import shutil
import textwrap
from collections.abc import Iterator, Mapping

from audit.commands.known import GROUPS
from audit.commands.paragraphs import paragraphs

_HELP = """
Compare the blogs, communities and social channels of competitors in one Excel workbook,
with proof for every cell.

  audit init                 writes competitors.yaml, a list for you to fill in
  audit check                says whether the list is right; nothing is fetched
  audit competitors.yaml     reads what is public, writes competitors.xlsx

What a command takes and writes: audit COMMAND --help

Exit status: 0 everything could be read; 1 finished, but not all could be read; 2 a mistake
in the command or the list, nothing was fetched; 130 you stopped it.
"""

_OPTIONS = {"--version": "show the version", "-h, --help": "show this text"}
_NARROWEST = 10
"""Columns that words beside a name have at least, however narrow the terminal."""


def overview() -> Iterator[str]:
    """Yield the lines, as wide as the terminal."""
    width = shutil.get_terminal_size().columns
    yield "audit COMMAND [options]"
    yield ""
    for paragraph in paragraphs(_HELP):
        yield from textwrap.wrap(paragraph, width) if isinstance(paragraph, str) else paragraph
        yield ""
    for title, group in GROUPS.items():
        yield f"{title}:"
        yield from _rows({name: known.words for name, known in group.items()}, width)
        yield ""
    yield "Options:"
    yield from _rows(_OPTIONS, width)


def _rows(named: Mapping[str, str], width: int) -> Iterator[str]:
    """Yield each name with its words beside it, folded there."""
    indent = 4 + max(map(len, named))
    for name, words in named.items():
        folded = textwrap.wrap(words, max(width - indent, _NARROWEST))
        for at, line in enumerate(folded):
            yield f"{'' if at else f'  {name}':<{indent}}{line}"
