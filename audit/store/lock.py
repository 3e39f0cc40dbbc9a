"""One run at a time on a data folder; a lock whose process is gone is taken over."""

import json
import os
import socket
from contextlib import suppress
from pathlib import Path

from audit.model.errors import StoreError


class Lock:
    """The lock file of a data folder."""

    def __init__(self, data_dir: Path) -> None:
        """Name the file; nothing is locked yet."""
        self._path = data_dir / "run.lock"

    def take(self) -> None:
        """Take the lock.

        Raises:
            StoreError: another run that is alive holds it.
        """
        for _ in range(2):
            try:
                handle = os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_WRONLY)
            except FileExistsError:
                self._clear_stale()
                continue
            except OSError as error:
                raise StoreError(f"{self._path}: cannot be made ({error.strerror})") from error
            with os.fdopen(handle, "w", encoding="utf-8") as out:
                json.dump(
                    {
                        "pid": os.getpid(),
                        "host": socket.gethostname(),
                        "start": _start(os.getpid()),
                    },
                    out,
                )
            return
        raise StoreError(f"{self._path}: another run took the lock; try again when it is done")

    def release(self) -> None:
        """Give the lock back."""
        with suppress(OSError):
            self._path.unlink()

    def _clear_stale(self) -> None:
        """Remove the lock of a process that is gone."""
        try:
            held = json.loads(self._path.read_text("utf-8"))
            pid, host, start = int(held["pid"]), str(held["host"]), str(held.get("start", ""))
        except FileNotFoundError:
            return
        except (OSError, ValueError, KeyError, TypeError):
            self.release()
            return
        if host == socket.gethostname() and not _alive(pid, start):
            self.release()
            return
        raise StoreError(
            f"{self._path}: another run (process {pid} on {host}) uses this data folder; "
            "wait until it is done, or choose another with --data-dir"
        )


def _alive(pid: int, start: str) -> bool:
    """Tell whether a process lives and is the one that took the lock, not a later one."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    except OSError:
        return False
    now = _start(pid)
    return not start or not now or now == start


def _start(pid: int) -> str:
    """When a process was started, where the system tells (Linux); else nothing."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("utf-8")
    except OSError:
        return ""
    fields = stat.rpartition(")")[2].split()
    return "" if fields[0] == "Z" else fields[19]
