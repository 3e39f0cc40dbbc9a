"""How many companies may be visited at once, by the memory that is free; and giving some back."""

import ctypes
import gc
import sys
from contextlib import suppress
from pathlib import Path

from audit.languages import unload

BYTES_A_VISIT = 64 * 1024 * 1024
"""What one visit under way may hold: its pages as read, the answer that is being fetched.

Fifty visits of usual sites were measured at about 1 MB each; 64 of sites whose every page has
5 MiB at 63 MB each.
"""

AHEAD_BYTES = 512 * 1024 * 1024
"""Memory that must be free for what need not be loaded yet; the libraries of topics take 100 MB."""

FORGET_AFTER = 16
"""Visits after which what is remembered of their addresses is forgotten."""

_MEMORY = Path("/proc/meminfo")
_GROUPS = (
    (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory.current")),
    (
        Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
        Path("/sys/fs/cgroup/memory/memory.usage_in_bytes"),
    ),
)


def at_once(wanted: int, free: int | None) -> int:
    """Return how many visits may be under way: as wanted, fewer where memory is short, never none.

    `free` is in bytes, None where the system does not tell: then the wish holds. Half of what is
    free is left to the workers, the browser and the workbook.
    """
    if free is None:
        return wanted
    return max(1, min(wanted, free // 2 // BYTES_A_VISIT))


def free_bytes() -> int | None:
    """Return the memory that this process may still take, in bytes; None where nobody tells.

    Linux says what is available; a container's own limit (cgroup v2, then v1) may be lower.
    """
    known = [amount for amount in (_available(), *_left_in_groups()) if amount is not None]
    return min(known, default=None)


def has_room_ahead(free: int | None) -> bool:
    """Tell whether what will be needed later may be loaded now; `free` as above."""
    return free is None or free >= AHEAD_BYTES


def give_back() -> None:
    """Give the system back what nothing needs any more, between two parts of a run.

    Tasks, connections and exceptions hold each other in circles until garbage is looked for; and
    the allocator of Linux (glibc) keeps what was freed unless it is asked (`man 3 malloc_trim`).
    """
    unload()
    gc.collect()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # other C libraries have none
        if trim is not None:
            trim(0)


def _available() -> int | None:
    """Return MemAvailable of /proc/meminfo, which is given in kB."""
    with suppress(OSError, ValueError):
        for line in _MEMORY.read_text("ascii", "replace").splitlines():
            if line.startswith("MemAvailable:"):
                return int(line.split()[1]) * 1024
    return None


def _left_in_groups() -> list[int]:
    """Return what the control groups of this process leave it; "max" means no limit."""
    left: list[int] = []
    for limit, used in _GROUPS:
        with suppress(OSError, ValueError):
            left.append(max(0, int(limit.read_text("ascii")) - int(used.read_text("ascii"))))
    return left
