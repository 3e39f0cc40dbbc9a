"""Every signal that asks a run to end is heeded as Ctrl-C is, and tells by the exit status."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from audit.commands.last_word import INTERRUPTED, interrupted

_ENDINGS = ("SIGTERM", "SIGHUP", "SIGQUIT", "SIGBREAK")
"""Signals that ask to end: from a script, a closed terminal, the keyboard (Unix and Windows)."""


class Ending:
    """How a run that is broken off ends: its status is 128 and the number of the signal."""

    def __init__(self) -> None:
        """Begin with Ctrl-C, which comes as a `KeyboardInterrupt` and as no signal."""
        self.status = INTERRUPTED


@contextmanager
def heeding_signals() -> Iterator[Ending]:
    """Treat the other signals that ask to end as Ctrl-C, and remember which it was.

    The handlers that were there before come back at the end.
    """
    ending = Ending()

    def on_ending(number: int, _frame: FrameType | None) -> None:
        ending.status = 128 + number
        # Python turns SIGINT into a KeyboardInterrupt, by which asyncio ends its tasks in order.
        signal.raise_signal(signal.SIGINT)

    # No system knows all of them: Windows lacks SIGHUP and SIGQUIT, Unix SIGBREAK.
    known = {name: getattr(signal, name) for name in _ENDINGS if hasattr(signal, name)}
    # `nohup` starts a program with hangups ignored, so that it outlives the terminal.
    if signal.getsignal(known.get("SIGHUP", signal.SIGTERM)) is signal.SIG_IGN:
        known.pop("SIGHUP", None)
    before = {number: signal.signal(number, on_ending) for number in known.values()}
    # A shell has the background jobs of a script ignore Ctrl-C; a run heeds it there too, or
    # nothing but SIGKILL would end it.
    before[signal.SIGINT] = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield ending
    except KeyboardInterrupt:  # a second one, or while the reports were written
        interrupted()
        raise SystemExit(ending.status) from None
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
