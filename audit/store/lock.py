"""One run at a time on a data folder; the operating system holds the lock, and ends it.

Another machine cannot ask that system. It tells by signs of life (`heartbeat.py`) whether the
owner is at work, so that one that was switched off does not hold the lock for ever.
"""

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
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

from audit.model.errors import StoreError
from audit.store.heartbeat import DEAD_SECONDS, EVERY_SECONDS, Heartbeat, silent_seconds

if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30
    """Where the locked byte lies: Windows lets nobody read it, so it is far behind the words."""

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
"""How systems say that another process holds a lock; any other error: there are no locks here."""

_KERNEL, _FILE = "system", "file"
"""How a lock is held: by the system, or where that cannot be by the file being there."""

_LONGEST = 4096
"""So many bytes of a lock file are read; the words of a run are far shorter."""

_TRIES = 20
"""So often another run may take the file away in between before we give up."""

_TAKEN_HERE: "weakref.WeakSet[Lock]" = weakref.WeakSet()
"""The locks of this process, for a child that is forked off to let go of."""


def going_on(data_dir: Path) -> str:
    """Name the process of this machine that has a run under way in a data folder, if one has.

    Give `process 123`, or "" where no run is known to go on. Nothing is locked to find out.
    """
    try:
        handle = os.open(data_dir / "run.lock", os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return ""
    try:
        owner = _read(handle)
    finally:
        os.close(handle)
    here = bool(owner) and owner["host"] == socket.gethostname() and not _blind()
    return f"process {owner['pid']}" if here and _alive(owner) else ""


class Lock:
    """The lock file of a data folder: locked by the system, with words on who holds it.

    Where the system has no locks, as on some network shares, a second file `run.lock.claim` is
    the lock: only one process can make it.
    """

    def __init__(self, data_dir: Path, seize: Callable[[int], None] = grab) -> None:
        """Name the file; nothing is locked yet. `seize` takes the system's lock on a file."""
        self._path, self._seize = data_dir / "run.lock", seize
        self._claim = data_dir / "run.lock.claim"
        self._handle: int | None = None
        self._heart: Heartbeat | None = None

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
                self._heart = Heartbeat((self._path, self._claim), partial(_is_ours, handle))
                _TAKEN_HERE.add(self)
                return
            os.close(handle)
        raise StoreError(f"{self._path}: another run took the lock; try again when it is done")

    def release(self) -> None:
        """Give the lock back; the file goes first, so that nobody waits for one that is gone.

        It stays where another machine has taken us for dead and the lock over.
        """
        if self._handle is None:
            return
        if self._heart is not None:
            self._heart.stop()
        if not _is_ours(self._handle):
            self.leave()
            return
        # Windows deletes no file that is open.
        if sys.platform == "win32":
            self.leave()
        for path in (self._claim, self._path):
            with suppress(OSError):
                path.unlink()
        self.leave()

    def __enter__(self) -> Self:
        """Take the lock for as long as a block lasts."""
        self.take()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """Give the lock back."""
        self.release()

    def leave(self) -> None:
        """Let go of the file without touching it, as a process must that was forked off."""
        if self._handle is not None:
            with suppress(OSError):
                os.close(self._handle)
        self._handle, self._heart = None, None

    def _opened(self) -> int:
        """Open the lock file, making it; give its handle.

        Without following a link (O_NOFOLLOW), so that no other file is written over, and without
        waiting (O_NONBLOCK) for somebody to read from a pipe of that name.

        Raises:
            StoreError: it cannot be opened, or is no file.
        """
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
        """Lock an open file and write into it who we are; False where to try again.

        Raises:
            StoreError: another run holds it.
        """
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
        """Make the claim, which only one process can (O_EXCL); False where to try again.

        Raises:
            StoreError: a run that may be alive has made it, or it cannot be made.
        """
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
        """Remove the claim of a process of this machine that is gone.

        Raises:
            StoreError: its process may be alive, or cannot be told of from here.
        """
        try:
            handle = os.open(self._claim, os.O_RDONLY)
        except OSError:
            return
        owner = _read(handle)
        os.close(handle)
        if not owner or _may_live(owner, self._claim):
            raise StoreError(self._refusal(owner) + _by_hand(self._claim))
        with suppress(OSError):
            self._claim.unlink()

    def _still(self, handle: int) -> bool:
        """Tell whether the open file is still the one under the name.

        Its owner deletes it when he leaves; a lock on the deleted file would keep nobody out.
        """
        try:
            return os.path.samestat(os.fstat(handle), self._path.stat())
        except OSError:
            return False

    def _check_owner(self, owner: dict[str, str]) -> None:
        """Refuse where the words in the file may be those of a run that is alive.

        The system's lock tells of this machine; on a network share it may not see another one.

        Raises:
            StoreError: they are those of another machine, or of a process that may be alive.
        """
        if not owner:
            return
        own = owner["host"] == socket.gethostname()
        if (not own or owner.get("how") != _KERNEL) and _may_live(owner, self._path):
            raise StoreError(self._refusal(owner) + (_by_hand(self._path) if own else ""))

    def _refusal(self, owner: dict[str, str]) -> str:
        """Say who uses the data folder, since when, and what to do; `owner` may be empty."""
        if not owner:
            return (
                f"{self._path}: another run uses this data folder; wait until it is done, "
                "or choose another with --data-dir"
            )
        since = f" since {owner['at']} UTC" if owner.get("at") else ""
        who = f"process {owner['pid']} on {owner['host']}"
        if owner["host"] == socket.gethostname():
            return (
                f"{self._path}: another run ({who}) uses this data folder{since}; "
                "wait until it is done, or choose another with --data-dir"
            )
        return (
            f"{self._path}: a run on another machine ({who}) uses this data folder{since}. "
            "Wait until it is done. If that machine was switched off in the middle of a run, "
            + (
                f"the folder is free {DEAD_SECONDS / 60:.0f} minutes after its last sign of life"
                if owner.get("beat")
                else f"delete {self._path.name} and start again"
            )
        )


def _may_live(owner: dict[str, str], path: Path) -> bool:
    """Tell whether the owner named in a file may be at work; in doubt he may.

    Of a process of this machine the system tells. One of another machine, or where the system does
    not tell, has to give signs of life; a version before these gave none.
    """
    if owner["host"] == socket.gethostname() and not _blind():
        return _alive(owner)
    return not owner.get("beat") or silent_seconds(path) < DEAD_SECONDS


def _is_ours(handle: int) -> bool:
    """Tell whether the words in an open lock file are our own; on a full disk there are none."""
    owner = _read(handle)
    return not owner or (owner["pid"], owner["host"]) == (str(os.getpid()), socket.gethostname())


def _by_hand(path: Path) -> str:
    """Say how a person can take a lock away of which the program cannot tell."""
    return f". If no run is going on, delete {path.name} and start again"


def _forked() -> None:
    """Let go of all locks in a process that was forked off: they are the parent's.

    A lock by flock belongs to the open file, which parent and child share: a child that outlives
    its parent would keep it.
    """
    for lock in list(_TAKEN_HERE):
        lock.leave()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_forked)


def _read(handle: int) -> dict[str, str]:
    """Read what the owner wrote into the file: `pid`, `host`, and what else there is, as text.

    Give an empty dictionary where nothing can be read, or it names no process on no machine.
    """
    try:
        os.lseek(handle, 0, os.SEEK_SET)
        payload = json.loads(os.read(handle, _LONGEST).decode("utf-8", "replace"))
        owner = {key: str(payload[key]) for key in payload}
        return owner | {"pid": str(int(payload["pid"])), "host": str(payload["host"])}
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return {}


def _write(handle: int, how: str) -> None:
    """Write who holds the lock, and how; on a full disk it is held all the same."""
    owner = {
        "pid": os.getpid(),
        "host": socket.gethostname(),
        "start": _start(os.getpid()),
        "at": f"{datetime.now(UTC):%Y-%m-%d %H:%M}",
        "how": how,
        "beat": EVERY_SECONDS,
    }
    with suppress(OSError):
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, json.dumps(owner).encode())


def _alive(owner: dict[str, str]) -> bool:
    """Tell whether a process may live and be the one that took the lock; in doubt it may.

    Numbers of processes are given again, so that its start must be the same too where it is known.
    """
    pid, start = int(owner["pid"]), owner.get("start", "")
    if pid <= 0:
        return False
    if _blind():
        return True
    try:
        os.kill(pid, 0)  # signal 0 is sent to nobody: it only asks whether there is one
    except ProcessLookupError:
        return False
    except OverflowError:  # a number that no process has
        return False
    except OSError:  # not ours to ask
        return True
    now = _start(pid)
    return not start or not now or now == start


def _blind() -> bool:
    """Tell whether the system does not say who lives: on Windows a signal 0 is no question."""
    return sys.platform == "win32"


def _start(pid: int) -> str:
    """Tell when a process was started, in the system's own count; "" where it does not say.

    On Linux the file /proc/PID/stat holds it as field 22 of proc(5). The second field is the name
    of the program in brackets, which may hold spaces and brackets; so one counts from the last
    bracket on, where the state comes first and the start as the twentieth. A zombie, state Z, has
    ended already.
    """
    try:
        text = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace")
    except OSError:
        return ""
    state, *others = text.rpartition(")")[2].split()
    return "" if state == "Z" else others[18]
