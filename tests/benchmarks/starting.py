"""What the command takes before it does anything: its help, its version, a mistake in the list."""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.whole import AUDIT

ROUNDS = 15
_MISTAKE = """
companies:
- {name: Acme, website: https://acme.example/}
- {name: Borealis, webs: https://borealis.example/}
"""


def main() -> list[tuple[str, float, str]]:
    """Measure; give the rows of the table."""
    bare = _cpu([sys.executable, "-c", "pass"])
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "competitors.yaml"
        file.write_text(_MISTAKE, "utf-8")
        asked = {
            "--help": ["--help"],
            "--version": ["--version"],
            "a mistake": [str(file)],
            "a mistake, by check": ["check", str(file)],
        }
        return [
            (
                f"S1  audit, {name}, CPU ÷ that of a bare interpreter",
                _cpu([AUDIT, *words]) / bare,
                "≤ 6",
            )
            for name, words in asked.items()
        ]


def _cpu(command: list[str]) -> float:
    """CPU seconds of a command, the least of some rounds; its modules are compiled by then."""
    return min(_once(command) for _ in range(ROUNDS))


def _once(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    quiet = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run(command, env=quiet, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    for name, figure, target in main():
        sys.stdout.write(f"{name:68} {figure:9.2f}   target {target}\n")
