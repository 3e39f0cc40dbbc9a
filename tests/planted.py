"""Start the program with one of its functions replaced, as a mistake of ours would be."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.audit.test_run import PLAIN
from tests.forked import run_command, started

_START = """
import asyncio, sys, threading, time, warnings, logging
import {module} as place
was = place.{name}
def planted(*given, **named):
{body}
place.{name} = planted
from audit.door import main
main()
"""


def command(folder: Path, where: str, body: str, *arguments: str | Path) -> list[str]:
    """The command that runs `body` in place of the function `where` (`module:name`)."""
    script = folder / "planted_start.py"
    script.write_text(_script(where, body), encoding="utf-8")
    return [sys.executable, "-P", str(script), *map(str, arguments)]


def start_planted(
    folder: Path, where: str, body: str, *arguments: str | Path
) -> subprocess.Popen[str]:
    """Start it, and go on."""
    _, _, *words = command(folder, where, body, *arguments)
    return started(words, PLAIN, _script(where, body))


def run_planted(
    folder: Path, where: str, body: str, *arguments: str | Path, more: Mapping[str, str] = {}
) -> subprocess.CompletedProcess[str]:
    """Run it to its end."""
    _, _, *words = command(folder, where, body, *arguments)
    return run_command(words, {**PLAIN, **more}, _script(where, body))


def _script(where: str, body: str) -> str:
    """The program with the function replaced."""
    module, _, name = where.partition(":")
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    return _START.format(module=module, name=name, body=lines)
