"""`audit init`: a starter file to fill in, or the schema by which an editor checks it."""

import json
import os
from pathlib import Path

from audit.commands.terminal import Terminal
from audit.commands.typed import Typed
from audit.model.errors import AuditError
from config.schema import competitors_schema
from config.starter import starter
from reports.save import check_output, save


def initialise(file: Path, websites: tuple[str, ...]) -> None:
    """Write a starter file; never over one that is there.

    Raises:
        AuditError: the file exists, or its folder does not.
    """
    if os.path.lexists(file):
        raise AuditError(f"{file} exists and is left as it is; name another file")
    check_output(file, make_folder=False)
    text = starter(websites)
    save(file, lambda place: _write(place, text))
    typed = Typed(file=file)
    Terminal().say(
        f"{file} is written. Next:",
        "  1. open it, put in your competitors",
        f"  2. {typed.command(name='check')}",
        f"  3. {typed.command()}",
    )


def _write(place: Path, text: str) -> None:
    """Write the text to a place that `save` chose beside the file."""
    place.write_text(text, encoding="utf-8")


def print_schema() -> None:
    """Print the JSON Schema of the file, for editors."""
    Terminal().say(*json.dumps(competitors_schema(), indent=2).splitlines())
