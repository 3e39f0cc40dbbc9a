"""The last word of a command that ends otherwise than planned: sentences, never a traceback."""

import logging
import sys
import threading
import traceback
import warnings
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from audit.commands.streams import one_line

FAULT, INTERRUPTED = 1, 130

_AGAIN = (
    "What was saved before is safe. Run the same command again; if a run was broken off, "
    "add --resume and it goes on."
)
_log = logging.getLogger("audit")


def keep_quiet() -> None:
    """Send what threads, libraries and the interpreter complain of to the log alone.

    Without this `logging` prints a traceback where a record cannot be written, and warnings and
    threads that fail print theirs on standard error.
    """
    # Python's last resort prints warnings on standard error while no handler is set.
    logging.raiseExceptions = False
    logging.lastResort = None
    logging.captureWarnings(True)
    warnings.simplefilter("ignore")
    sys.excepthook = _uncaught
    sys.unraisablehook = _unraisable
    threading.excepthook = _in_thread


def interrupted() -> int:
    """Say that a person has ended the command; return the exit status: 128 and the signal's 2."""
    _say(f"Interrupted. {_AGAIN}")
    return INTERRUPTED


def fault(error: BaseException) -> int:
    """Say that a mistake of ours has ended the command, and where its details are; return 1.

    The words of the error are for the log alone, as nobody knows what they repeat.
    """
    # Writing the log may be what failed; the sentences below are owed all the same.
    with suppress(Exception):
        _log.critical("unexpected fault", exc_info=error)
    log = _log_in_use()
    _say(
        f"audit: the program made a mistake and had to stop ({_kind_and_place(error)}).",
        _AGAIN,
        f"The details are in {log}; if it happens again, send that file with your report."
        if log
        else "There is no log of it, as no data folder was in use yet; if it happens again, "
        "report the words in brackets.",
    )
    return FAULT


def _log_in_use() -> Path | None:
    """Return the file of the log; None where there is none, or none can be asked for."""
    # Not loaded before: most commands end without a word of it.
    with suppress(Exception):
        from audit.commands.log import log_in_use

        return log_in_use()
    return None


def _kind_and_place(error: BaseException) -> str:
    """Return the kind of an error and the line it came from, or the library that is missing.

    Such as `ValueError, dates.py line 12`; of the path only the name of the file.
    """
    kind = type(error).__name__
    if isinstance(error, ImportError):
        return f"{kind}: {error.name or 'a part'} is missing; install the program again"
    if isinstance(error, OSError) and error.strerror:
        kind += f": {error.strerror}"
    frames = traceback.extract_tb(error.__traceback__)
    return f"{kind}, {Path(frames[-1].filename).name} line {frames[-1].lineno}" if frames else kind


def _say(*lines: str) -> None:
    """Write lines on standard error without any library, as one may be what is broken."""
    for line in lines:
        sys.stderr.write(one_line(line) + "\n")
    sys.stderr.flush()


def _uncaught(kind: type[BaseException], error: BaseException, _at: TracebackType | None) -> None:
    """Say the last word on what came out of everything else, in place of a traceback."""
    if issubclass(kind, KeyboardInterrupt):
        interrupted()
    else:
        fault(error)


def _unraisable(failure: "sys.UnraisableHookArgs") -> None:
    """Log a fault that nobody can catch, as one in a finalizer."""
    with suppress(Exception):
        _log.error("a fault that nobody could hear of", exc_info=failure.exc_value)


def _in_thread(failure: threading.ExceptHookArgs) -> None:
    """Log a fault that ended a thread."""
    with suppress(Exception):
        _log.error("a fault in a thread", exc_info=failure.exc_value)
