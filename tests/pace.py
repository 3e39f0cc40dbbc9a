"""How long work takes, measured against this machine as it is at that moment, not against a clock.

A test that names seconds fails on a slow or a busy machine and says nothing on a fast one.
"""

import gc
import time
from collections.abc import Callable


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU seconds of this thread for a piece of work.

    What the tests before it left in memory is not looked through by the collector any more: that
    alone can make reading three times as slow.
    """
    gc.freeze()
    began = time.thread_time()
    work()
    return time.thread_time() - began


def yard() -> float:
    """CPU seconds that this machine takes now for a fixed job, some tenth of a second on most."""
    return cpu_seconds(lambda: sum(each % 7 for each in range(4_000_000)))


def yards(work: Callable[[], object]) -> float:
    """How often the fixed job could be done in the time that a piece of work takes."""
    spent = cpu_seconds(work)
    return spent / yard()
