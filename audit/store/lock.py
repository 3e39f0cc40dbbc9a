"""One run at a time on a data folder; the operating system holds the lock, and ends it."""

import errno
import json
import os
import socket
import stat
import sys
import weakref
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from audit.model.errors import StoreError

if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30
    """What is locked there nobody may read: a byte far behind the words."""

    def grab(handle: int) -> None:
        """Take the system's lock on an open file, or raise OSError at once."""
        os.lseek(handle, _FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        os.lseek(handle, 0, os.SEEK_SET)

else:
    import fcntl

    def grab(handle: int) -> None:
        """Take the system's lock on an open file, or raise OSError at once."""
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


_HELD = frozenset({errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES, errno.EDEADLK})
_KERNEL, _FILE = "system", "file"
"""How a lock is held: by the system, or where that cannot be by the file being there."""

_LONGEST = 4096
_TRIES = 20
_HERE: "weakref.WeakSet[Lock]" = weakref.WeakSet()


def going_on(data_dir: Path) -> str:
    """Name the process of this machine that has a run under way in a data folder, if one has."""
    try:
        handle = os.open(data_dir / "run.lock", os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return ""
    try:
        held = _read(handle)
    finally:
        os.close(handle)
    here = bool(held) and held["host"] == socket.gethostname() and not _blind()
    return f"process {held['pid']}" if here and _alive(held) else ""


class Lock:
    """The lock file of a data folder: locked by the system, with words on who holds it."""

    def __init__(self, data_dir: Path, seize: Callable[[int], None] = grab) -> None:
        """Name the file; nothing is locked yet. `seize` takes the system's lock on a file."""
        self._path, self._seize = data_dir / "run.lock", seize
        self._claim = data_dir / "run.lock.claim"
        self._handle: int | None = None

    def take(self) -> None:
        """Take the lock.

        Raises:
            StoreError: another run holds it, or it cannot be told.
        """
        for _ in range(_TRIES):
            handle = self._opened()
            try:
                seized = self._seized(handle)
            except StoreError:
                os.close(handle)
                raise
            if seized:
                self._handle = handle
                _HERE.add(self)
                return
            os.close(handle)
        raise StoreError(f"{self._path}: another run took the lock; try again when it is done")

    def release(self) -> None:
        """Give the lock back; the file goes first, so that nobody waits for one that is gone."""
        if self._handle is None:
            return
        if sys.platform == "win32":
            self.leave()
        for path in (self._claim, self._path):
            with suppress(OSError):
                path.unlink()
        self.leave()

    def leave(self) -> None:
        """Let go of the file without touching it, as a process must that was forked off."""
        if self._handle is not None:
            with suppress(OSError):
                os.close(self._handle)
        self._handle = None

    def _opened(self) -> int:
        try:
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
            handle = os.open(self._path, flags | getattr(os, "O_NONBLOCK", 0), 0o644)
        except OSError as error:
            raise StoreError(
                f"{self._path}: cannot be used as lock ({error.strerror}); remove what lies "
                "there, or choose another folder with --data-dir"
            ) from error
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            os.close(handle)
            raise StoreError(f"{self._path}: is no file; remove it, a run makes its own")
        return handle

    def _seized(self, handle: int) -> bool:
        """Lock an open file and write into it who we are; False where to try again."""
        try:
            self._seize(handle)
        except OSError as error:
            if error.errno in _HELD:
                raise StoreError(self._refusal(_read(handle))) from error
            return self._claimed()
        self._check_owner(_read(handle))
        if not self._still(handle):
            return False
        _write(handle, _KERNEL)
        return True

    def _claimed(self) -> bool:
        """Make a file that only one can make: on a network share without locks of the system."""
        try:
            handle = os.open(self._claim, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o644)
        except FileExistsError:
            self._clear_claim()
            return False
        except OSError as error:
            raise StoreError(f"{self._claim}: cannot be made ({error.strerror})") from error
        _write(handle, _FILE)
        os.close(handle)
        return True

    def _clear_claim(self) -> None:
        """Remove the claim of a process of this machine that is gone."""
        try:
            handle = os.open(self._claim, os.O_RDONLY)
        except OSError:
            return
        held = _read(handle)
        os.close(handle)
        if not held or held["host"] != socket.gethostname() or _alive(held):
            raise StoreError(self._refusal(held) + _by_hand(self._claim))
        with suppress(OSError):
            self._claim.unlink()

    def _still(self, handle: int) -> bool:
        """Whether the open file is still the one under the name: its owner may have left."""
        try:
            return os.path.samestat(os.fstat(handle), self._path.stat())
        except OSError:
            return False

    def _check_owner(self, held: dict[str, str]) -> None:
        """Refuse where the words in the file may be those of a run that is alive.

        The system's lock tells of this machine; on a network share it may not see another one.
        """
        if not held:
            return
        own = held["host"] == socket.gethostname()
        if not own or (held.get("how") != _KERNEL and _alive(held)):
            raise StoreError(self._refusal(held) + (_by_hand(self._path) if own else ""))

    def _refusal(self, held: dict[str, str]) -> str:
        if not held:
            return (
                f"{self._path}: another run uses this data folder; wait until it is done, "
                "or choose another with --data-dir"
            )
        since = f" since {held['at']} UTC" if held.get("at") else ""
        who = f"process {held['pid']} on {held['host']}"
        if held["host"] == socket.gethostname():
            return (
                f"{self._path}: another run ({who}) uses this data folder{since}; "
                "wait until it is done, or choose another with --data-dir"
            )
        return (
            f"{self._path}: a run on another machine ({who}) uses this data folder{since}. "
            "Wait until it is done. If that machine was switched off in the middle of a run, "
            f"delete {self._path.name} and start again"
        )


def _by_hand(path: Path) -> str:
    return f". If no run is going on, delete {path.name} and start again"


def _forked() -> None:
    """In a process that was forked off: the lock is the parent's, and ends with the parent."""
    for lock in list(_HERE):
        lock.leave()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forked)


def _read(handle: int) -> dict[str, str]:
    """What the owner wrote into the file; nothing where it wrote nothing that can be read."""
    try:
        os.lseek(handle, 0, os.SEEK_SET)
        held = json.loads(os.read(handle, _LONGEST).decode("utf-8", "replace"))
        return {**{key: str(held[key]) for key in held}, "pid": str(int(held["pid"]))} | {
            "host": str(held["host"])
        }
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}


def _write(handle: int, how: str) -> None:
    """Write who holds the lock; on a full disk it is held all the same."""
    held = {
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "start": _start(os.getpid()),
        "at": f"{datetime.now(UTC):%Y-%m-%d %H:%M}",
        "how": how,
    }
    with suppress(OSError):
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, json.dumps(held).encode())


def _alive(held: dict[str, str]) -> bool:
    """Whether a process may live and be the one that took the lock; not where it surely is not."""
    pid, start = int(held["pid"]), held.get("start", "")
    if pid <= 0:
        return False
    if _blind():
        return True
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OverflowError:  # a number that no process has
        return False
    except OSError:  # not ours to ask
        return True
    now = _start(pid)
    return not start or not now or now == start


def _blind() -> bool:
    """Whether the system does not tell who lives: on Windows a signal 0 is no question."""
    return sys.platform == "win32"


def _start(pid: int) -> str:
    """When a process was started, where the system tells (Linux); else nothing."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except OSError:
        return ""
    fields = text.rpartition(")")[2].split()
    return "" if fields[0] == "Z" else fields[19]
