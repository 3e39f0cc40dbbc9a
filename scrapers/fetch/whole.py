"""A file that grows by whole pieces: what a full disk cuts off is taken back."""

import errno
import os
from contextlib import suppress
from io import FileIO
from pathlib import Path


class WholeFile:
    """A new file below a folder that must be there; made with its first piece."""

    def __init__(self, root: Path, path: Path) -> None:
        """Name the file; nothing is written yet."""
        self._root, self._path = root, path
        self._stream: FileIO | None = None
        self.size = 0

    def claim(self) -> bool:
        """Make the file now, empty; False where there is one of that name, of somebody else.

        Where it cannot be made for another reason, the first piece tries again and says so.
        """
        try:
            self._opened()
        except FileExistsError:
            return False
        except OSError:
            return True
        return True

    def append(self, piece: bytes) -> int:
        """Put a piece behind the last whole one, whole or not at all; return where it begins.

        Raises:
            OSError: it could not be written; the file ends where it ended before.
        """
        stream, begins = self._opened(), self.size
        if not _lies(stream, self._path):
            raise FileNotFoundError(errno.ENOENT, "the file was removed while it was written")
        # A piece before this one was torn, and could not be taken back then.
        if stream.seek(0, os.SEEK_END) != begins:
            stream.truncate(begins)
            stream.seek(begins)
        try:
            _write_all(stream, piece)
        except OSError:
            with suppress(OSError):  # the next piece tries again to take the torn one back
                stream.truncate(begins)
            raise
        self.size += len(piece)
        return begins

    def close(self) -> None:
        """Close the file, and wait until the disk has it; one without a piece is removed.

        Raises:
            OSError: the disk does not take it, as a network share may say as late as this.
        """
        if self._stream is None:
            return
        stream, self._stream = self._stream, None
        try:
            os.fsync(stream.fileno())
        finally:
            stream.close()
            if not self.size:
                self._path.unlink(missing_ok=True)

    def _opened(self) -> FileIO:
        """Return the open file, made now where it is not there yet; never one that is there.

        Raises:
            OSError: it cannot be made.
        """
        if self._stream is None:
            if not self._root.is_dir():  # whoever deleted it does not mean to find it again
                raise FileNotFoundError(errno.ENOENT, "the data folder is gone")
            self._path.parent.mkdir(parents=True, exist_ok=True)
            # Without a buffer, so that a full disk shows itself at the piece that it cuts off.
            self._stream = FileIO(self._path, "x")
        return self._stream


def _write_all(stream: FileIO, piece: bytes) -> None:
    """Write a piece to its end: a write without a buffer may take less than it is given."""
    rest = memoryview(piece)
    while rest:
        rest = rest[stream.write(rest) or 0 :]


def _lies(stream: FileIO, path: Path) -> bool:
    """Tell whether an open file still lies under its name.

    Writing to one that was deleted seems to succeed on POSIX.
    """
    try:
        return os.path.samestat(os.fstat(stream.fileno()), path.stat())
    except OSError:
        return False
