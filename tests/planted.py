"""Start the program with one of its functions replaced, as a mistake of ours would be."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.audit.test_run import PLAIN

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
    module, _, name = where.partition(":")
    lines = "\n".join(f"    {line}" for line in body.splitlines())
    script = folder / "planted_start.py"
    script.write_text(_START.format(module=module, name=name, body=lines), encoding="utf-8")
    return [sys.executable, "-P", str(script), *map(str, arguments)]


def run_planted(
    folder: Path, where: str, body: str, *arguments: str | Path, more: Mapping[str, str] = {}
) -> subprocess.CompletedProcess[str]:
    """Run it to its end."""
    return subprocess.run(
        command(folder, where, body, *arguments),
        capture_output=True,
        text=True,
        env={**PLAIN, **more},
        stdin=subprocess.DEVNULL,
        timeout=120,
        check=False,
    )
