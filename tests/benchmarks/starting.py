"""What the command takes before it does anything: its help, its version, a mistake in the list."""

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.whole import AUDIT

ROUNDS = 20
_MISTAKE = """
companies:
- {name: Acme, website: https://acme.example/}
- {name: Borealis, webs: https://borealis.example/}
"""


def main() -> list[tuple[str, float, str]]:
    """Measure; give the rows of the table."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "competitors.yaml"
        file.write_text(_MISTAKE, "utf-8")
        asked = {
            "--help": ["--help"],
            "--version": ["--version"],
            "a mistake": [str(file)],
            "a mistake, by check": ["check", str(file)],
            "a mistake, --json": [str(file), "--json"],
        }
        commands = {name: [AUDIT, *words] for name, words in asked.items()}
        bare, *others = _cpu([[sys.executable, "-c", "pass"], *commands.values()])
    return [
        (f"S1  audit, {name}, CPU ÷ that of a bare interpreter", cpu / bare, "≤ 6")
        for name, cpu in zip(commands, others, strict=True)
    ]


def _cpu(commands: Sequence[Sequence[str]]) -> list[float]:
    """CPU seconds of each command, the least of some rounds; its modules are compiled by then.

    They take turns, so that whatever else keeps the machine busy meets all of them.
    """
    rounds = [[_once(command) for command in commands] for _ in range(ROUNDS)]
    return [min(seconds) for seconds in zip(*rounds, strict=True)]


def _once(command: Sequence[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    quiet = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, env=quiet, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    for name, figure, target in main():
        sys.stdout.write(f"{name:68} {figure:9.2f}   target {target}\n")
