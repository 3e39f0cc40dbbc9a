"""Install and run real software on loopback for `make test-real`; nothing of it stays."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

PATIENCE_SECONDS = 60
"""How long a server may take until it answers; those here take a few seconds."""


def packages(folder: Path, *names: str) -> Path:
    """Install packages of PyPI into an environment of their own; give its folder of programs."""
    ran([sys.executable, "-m", "venv", folder / "venv"])
    programs = folder / "venv" / "bin"
    ran([programs / "pip", "--disable-pip-version-check", "install", "-q", *names])
    return programs


def debian(*names: str) -> None:
    """Install Debian's packages where they are missing, without what they merely recommend."""
    if subprocess.run(["dpkg", "-s", *names], capture_output=True, check=False).returncode:
        quiet = {"DEBIAN_FRONTEND": "noninteractive"}
        ran(["apt-get", "update", "-qq"], **quiet)
        ran(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *names], **quiet)


def ran(command: Sequence[str | Path], stdin: str = "", **extra: str) -> None:
    """Run a command to its end, with `extra` in its environment.

    Raises:
        SystemExit: it failed; with the last that it said.
    """
    done = subprocess.run(
        command,
        input=stdin.encode(),
        capture_output=True,
        check=False,
        env=dict(os.environ) | extra,
    )
    if done.returncode:
        said = (done.stdout + done.stderr).decode(errors="replace")
        raise SystemExit(f"{command[0]} failed: {said[-400:]}")


@contextmanager
def served(
    command: Sequence[str | Path], log: Path, environment: Mapping[str, str] | None = None
) -> Iterator[None]:
    """Run a server, and end it afterwards; what it says goes to `log`.

    It has this process's environment without proxies, and `environment`.
    """
    clean = {key: value for key, value in os.environ.items() if "PROXY" not in key.upper()}
    with log.open("wb") as stream:
        server = subprocess.Popen(
            command, env=clean | dict(environment or {}), stdout=stream, stderr=stream
        )
        try:
            yield
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def until(done: Callable[[], bool], log: Path) -> None:
    """Wait until a server is ready.

    Raises:
        SystemExit: it is not after a minute; with the last of its log.
    """
    end = time.monotonic() + PATIENCE_SECONDS
    while not done():
        if time.monotonic() > end:
            raise SystemExit(f"no answer within a minute: {log.read_text()[-400:]}")
        time.sleep(0.2)
