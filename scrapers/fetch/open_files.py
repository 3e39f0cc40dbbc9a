"""How many files and connections this process may have open, and how a run shares them out."""

import sys
from contextlib import suppress

WANTED = 4096
"""Open files that a run asks the system for; macOS begins with 256."""

KEPT = 64
"""Open files left to the program: its log, history and workers' pipes were counted at about 40."""

A_VISIT = 3
"""Open files of one visit beside its connections: the archive, its index, one in passing."""

MOST_CONNECTIONS = 256
"""Connections kept at most, to all hosts together."""

FEWEST_CONNECTIONS = 8


def allowed() -> int | None:
    """Return how many files may be open at once; None where the system tells no limit."""
    if sys.platform == "win32":
        return None
    import resource

    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return None if soft == resource.RLIM_INFINITY else soft


def ask_for_more() -> None:
    """Raise this process's own limit as far as the system lets everybody; never lower it."""
    if sys.platform == "win32":
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = WANTED if hard == resource.RLIM_INFINITY else min(WANTED, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        with suppress(OSError, ValueError):  # some systems name a hard limit that they do not give
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def connections(files: int | None) -> int:
    """Return how many connections may be kept: half of what is left to the visits."""
    if files is None:
        return MOST_CONNECTIONS
    return max(FEWEST_CONNECTIONS, min(MOST_CONNECTIONS, (files - KEPT) // 2))


def visits(files: int | None, wanted: int) -> int:
    """Return how many visits may be under way: as wanted, fewer where files are short, never none.

    `files` is what `allowed` gives.
    """
    if files is None:
        return wanted
    return max(1, min(wanted, (files - KEPT - connections(files)) // A_VISIT))
