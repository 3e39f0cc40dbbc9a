"""Signs of life of a lock's owner, by which another machine tells a dead one from one at work."""

import os
import secrets
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

EVERY_SECONDS = 60.0
"""Between two signs of life."""

DEAD_SECONDS = 15 * 60.0
"""Without a sign for so long an owner counts as dead; a busy disk delays one by a minute or two."""


class Heartbeat:
    """Touches the files of a lock while its owner lives and they are his."""

    def __init__(
        self, paths: Iterable[Path], is_ours: Callable[[], bool], every: float = EVERY_SECONDS
    ) -> None:
        """Begin in a thread of its own, which ends with the process."""
        self._paths, self._is_ours, self._every = tuple(paths), is_ours, every
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="lock", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End it, and wait until no file is touched any more; not for a share that hangs."""
        self._stopped.set()
        self._thread.join(self._every)

    def _beat(self) -> None:
        """Touch the files until stopped, or until another has taken the lock over."""
        while not self._stopped.wait(self._every):
            if not self._is_ours():
                return
            for path in self._paths:
                # A share may be gone for a while; the next sign comes when it is back.
                with suppress(OSError):
                    os.utime(path)


def silent_seconds(path: Path) -> float:
    """Tell for how long a file was not touched; 0 where that cannot be told.

    It is held against a file made beside it now: both times are those of the server that keeps
    the folder, whose clock may differ from ours. A time that lies ahead of that clock is set to
    now, so that the silence is counted from the first look at it: whoever lives gives his next sign
    within a minute, and an owner that is dead holds the folder no longer than any other.
    """
    probe = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    try:
        probe.touch(exist_ok=False)
        silent = probe.stat().st_mtime - path.stat().st_mtime
        if silent < 0:
            os.utime(path)
        return max(0.0, silent)
    except OSError:
        return 0.0
    finally:
        with suppress(OSError):
            probe.unlink()
