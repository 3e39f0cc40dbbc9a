"""The log for the maintainer, in the data folder; it never speaks on the terminal."""

import logging
import stat
from contextlib import suppress
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path

from audit.commands.streams import one_line
from audit.store.files import LOG

BYTES = 5 * 1024 * 1024
"""A log this long is put aside as `audit.log.1`, in place of the one before."""

_NOISY = ("httpx", "httpcore", "asyncio", "distributed", "tldextract", "filelock")
"""Libraries of whom only warnings are logged."""


def log_to(data_dir: Path) -> None:
    """Keep a log in the data folder; where that cannot be written, go on without one.

    It is bounded: the last one or two times `BYTES` are kept.
    """
    logging.raiseExceptions = False
    root = logging.getLogger()
    root.addHandler(_Log(data_dir / LOG))
    root.setLevel(logging.INFO)
    for noisy in _NOISY:
        logging.getLogger(noisy).setLevel(logging.WARNING)


def log_in_use() -> Path | None:
    """Return the file that the log is written to; None where nothing was logged yet."""
    for handler in logging.getLogger().handlers:
        if isinstance(handler, _Log) and handler.is_written:
            return Path(handler.baseFilename)
    return None


class _Log(RotatingFileHandler):
    """A log file that is made when there is something to write, not before."""

    def __init__(self, path: Path) -> None:
        """Name the file; `delay` keeps it from being made before there is a line for it."""
        super().__init__(
            path,
            maxBytes=BYTES,
            backupCount=1,
            encoding="utf-8",
            # What a site has sent may hold half a character, which UTF-8 cannot write.
            errors="backslashreplace",
            delay=True,
        )
        self.setFormatter(_OneLine("%(asctime)s %(levelname)s %(name)s %(message)s"))

    @property
    def is_written(self) -> bool:
        """Tell whether anything could be written."""
        # With `delay` the handler has no stream until the first record.
        return self.stream is not None

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record, or lose it where there is no room: a log never ends a run."""
        with suppress(OSError):
            super().emit(record)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the library's name
        """Do without the line: on a full disk it is lost, and nothing else."""

    def _open(self) -> TextIOWrapper:
        """Open a file and nothing else: a pipe of that name would wait for a reader for ever."""
        path = Path(self.baseFilename)
        if path.exists() and not stat.S_ISREG(path.stat().st_mode):
            raise OSError(f"{path} is no file")
        return super()._open()


class _OneLine(logging.Formatter):
    """Gives each record one line, so that no text of a page can look like a line of the log.

    A traceback, which logging adds afterwards, stays as it is.
    """

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the library's name
        """Put the parts of a record together."""
        return one_line(super().formatMessage(record))
