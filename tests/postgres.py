"""A real PostgreSQL server for a test: of its own, on a socket and on loopback, in a temp folder."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

USER, PASSWORD = "keeper", "s3:c@r/et"
_STARTS_WITHIN = 60.0
_SETTINGS = {
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "30",
    "shared_buffers": "16MB",
    "autovacuum": "off",
    "lc_messages": "C",
}
"""A test loses nothing by a power cut; all else is as the server comes."""


@cache
def binaries() -> Path | None:
    """The folder of initdb and postgres: on the path, where pg_config says, or Debian's."""
    places = [
        Path(found).parent for name in ("initdb", "postgres") if (found := shutil.which(name))
    ]
    if (tool := shutil.which("pg_config")) is not None:
        said = subprocess.run([tool, "--bindir"], capture_output=True, text=True, check=False)
        places.append(Path(said.stdout.strip() or "."))
    places += map(Path, sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True))
    whole = (
        each for each in places if all((each / name).is_file() for name in ("initdb", "postgres"))
    )
    return next(whole, None)


def missing() -> str:
    """Why no server can be started here; "" where one can."""
    if binaries() is None:
        return "no PostgreSQL on this machine"
    root = sys.platform != "win32" and os.geteuid() == 0
    return "PostgreSQL refuses root, and nobody else is there" if root and not as_somebody() else ""


@dataclass
class Server:
    """A running server; `url` names its first database, with the password of its keeper."""

    folder: Path
    port: int
    process: subprocess.Popen[bytes] | None = None

    def url(self, name: str = "audits", *, user: str = USER, password: str = PASSWORD) -> str:
        """The address of a database over loopback."""
        return f"postgresql://{user}:{quote(password, safe='')}@127.0.0.1:{self.port}/{name}"

    @property
    def local(self) -> str:
        """The address of the first database over the socket."""
        return f"postgresql://{USER}:{quote(PASSWORD, safe='')}@/audits?host={self.folder}&port={self.port}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        folder = binaries()
        assert folder is not None
        given = {**_SETTINGS, "port": self.port, "unix_socket_directories": self.folder}
        options = [word for name, value in given.items() for word in ("-c", f"{name}={value}")]
        log = (self.folder / "log").open("ab")
        with log:
            self.process = subprocess.Popen(
                [folder / "postgres", "-D", self.folder / "data", *options],
                stdout=log,
                stderr=log,
                **as_somebody(),
            )
        until = time.monotonic() + _STARTS_WITHIN
        while not self._answers():
            if time.monotonic() > until or self.process.poll() is not None:
                raise AssertionError((self.folder / "log").read_text("utf-8")[-2000:])
            time.sleep(0.05)

    def stop(self) -> None:
        """Stop it at once, as a server that is restarted ends: sessions are cut."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                self.process.send_signal(2)  # SIGINT: the fast way
            self.process.wait(30)
            self.process = None

    def do(self, words: str, name: str = "audits") -> None:
        """Do something as the keeper, in words of SQL; several with a semicolon between."""
        import psycopg

        with psycopg.connect(self.url(name), autocommit=True) as connection:
            for each in filter(str.strip, words.split(";")):
                connection.execute(each)

    def ask(self, words: str, name: str = "audits") -> list[tuple[object, ...]]:
        """The rows that a question in SQL brings."""
        import psycopg

        with psycopg.connect(self.url(name), autocommit=True) as connection:
            return connection.execute(words).fetchall()

    def _answers(self) -> bool:
        import psycopg

        try:
            psycopg.connect(self.url("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True


@contextmanager
def serving_postgres() -> Iterator[Server]:
    """A server with one database `audits`, ended and removed with the block."""
    with tempfile.TemporaryDirectory(prefix="pg-", dir="/tmp") as name:
        folder = Path(name)
        folder.chmod(0o777)
        server = Server(folder, _free_port())
        _initialise(folder)
        server.start()
        try:
            server.do("CREATE DATABASE audits", "postgres")
            yield server
        finally:
            server.stop()


def _initialise(folder: Path) -> None:
    """Make the files of a server, which asks everybody for a password."""
    tools = binaries()
    assert tools is not None
    secret = folder / "secret"
    secret.write_text(PASSWORD, encoding="utf-8")
    secret.chmod(0o644)
    command: list[str | Path] = [tools / "initdb", "-D", folder / "data", "-U", USER, "-E", "UTF8"]
    command += ["--locale=C", "--no-sync", f"--pwfile={secret}", "--auth=scram-sha-256"]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=folder, **as_somebody()
    )
    assert done.returncode == 0, done.stderr
    secret.unlink()


def as_somebody() -> dict[str, Any]:
    """What makes a process one of an ordinary user, as PostgreSQL refuses root; empty if nobody."""
    if sys.platform == "win32" or os.geteuid() != 0:
        return {}
    import pwd

    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            user = pwd.getpwnam(name)
            return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    return {}


def _free_port() -> int:
    """A port of loopback that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


needs_postgres = pytest.mark.skipif(bool(missing()), reason=missing())
"""Skips a test by name where no server can be started."""
