"""The paragraphs of a help text: what may be folded, and what is copied from it as it stands."""

import inspect
from collections.abc import Iterator, Sequence


def paragraphs(text: str) -> Iterator[str | Sequence[str]]:
    """Yield the paragraphs of a docstring: a text to be folded, or the lines of an example.

    An example is indented, and its lines are copied from: they are never folded.
    """
    for block in inspect.cleandoc(text).split("\n\n"):
        lines = block.splitlines()
        if lines and all(line.startswith("  ") for line in lines):
            yield lines
        elif lines:
            yield " ".join(lines)
