"""The tests that need a real PostgreSQL server, always tried: what is missing is installed."""

import os
import shutil
import subprocess
import sys

from tests.places import ROOT
from tests.postgres import missing


def failures() -> int:
    """Run them; 1 where one fails, or where no server could be started after all."""
    if missing() and os.geteuid() == 0 and shutil.which("apt-get"):
        subprocess.run(["apt-get", "install", "-y", "-qq", "postgresql"], check=False)
    # Asked again in a process of its own, as what is there is remembered here.
    command = [sys.executable, "-m", "pytest", "-q", "-m", "postgres", "tests/audit"]
    done = subprocess.run([*command, "-rs"], cwd=ROOT, capture_output=True, text=True, check=False)
    sys.stdout.write(done.stdout)
    return int(done.returncode != 0 or " skipped" in done.stdout)
