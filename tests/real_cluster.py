"""The tests on real clusters of processes: audits on one, two and four, and what dies meanwhile."""

import subprocess
import sys

from tests.places import ROOT


def failures() -> int:
    """Run them; 1 where one fails, or where dask is not installed."""
    command = [sys.executable, "-m", "pytest", "-q", "-m", "cluster", "tests/audit/crew"]
    done = subprocess.run([*command, "-rs"], cwd=ROOT, capture_output=True, text=True, check=False)
    sys.stdout.write(done.stdout)
    return int(done.returncode != 0 or " skipped" in done.stdout)
