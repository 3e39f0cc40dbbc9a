"""What a store of a team's evidence promises, and a folder that keeps that promise."""

import os
import secrets
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from audit.model.errors import StoreError

PART = ".part"
"""The ending of a file that is being written; whoever finds one may delete it."""

PROBE = ".writable"
"""The file by which is tried whether one can be written."""


class EvidenceError(StoreError, OSError):
    """A store cannot be used: a mistake that the user can mend, and a file that cannot be read."""


class AwayError(EvidenceError):
    """A store does not answer now, and may later."""


class EvidenceStore(Protocol):
    """Files of a team by their names, such as `archive/RUN/acme-1a2b3c4d.1.warc.gz`.

    A file is there whole or not at all. Every method may raise EvidenceError.
    """

    shown: str

    def check(self) -> None:
        """Check that it can be listed, read and written to; nothing of it stays."""

    def sizes(self, folder: str) -> Mapping[str, int]:
        """Return the bytes of the files right in a folder by their own names; none is no error."""

    def folders(self, folder: str) -> frozenset[str]:
        """Return the names of the folders right in a folder; none is no error."""

    def take(self, name: str, to: Path) -> None:
        """Copy a file of the store to a place of this machine."""

    def put(self, path: Path, name: str) -> None:
        """Copy a file of this machine into the store, over one of that name."""

    def delete(self, name: str) -> None:
        """Delete a file; one that is not there is gone already."""


class FolderStore:
    """A folder that several people reach, such as one on a network drive."""

    def __init__(self, folder: Path, said: str) -> None:
        """Keep files below a folder; `said` is where it was named."""
        self._root, self._said = folder, said
        self.shown = str(folder)

    def check(self) -> None:
        """Make the folder where its parent is there, and try whether it can be written to.

        The parent of a drive that is not connected is missing, or cannot be written to.
        """
        try:
            self._root.mkdir(exist_ok=True)
            probe = self._root / f"{PROBE}-{secrets.token_hex(4)}"
            probe.touch()
            probe.unlink()
        except OSError as error:
            if isinstance(error, FileNotFoundError):
                self._check_there()
            raise self._fault(error, "cannot be used as folder of evidence") from error

    def sizes(self, folder: str) -> Mapping[str, int]:
        """Return the bytes of the files right in a folder by their names."""
        self._check_there()
        try:
            entries = list(os.scandir(self._root / folder))
            return {each.name: each.stat().st_size for each in entries if each.is_file()}
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise self._fault(error, "cannot be read") from error

    def folders(self, folder: str) -> frozenset[str]:
        """Return the names of the folders right in a folder."""
        self._check_there()
        try:
            entries = list(os.scandir(self._root / folder))
        except FileNotFoundError:
            return frozenset()
        except OSError as error:
            raise self._fault(error, "cannot be read") from error
        return frozenset(each.name for each in entries if each.is_dir())

    def take(self, name: str, to: Path) -> None:
        """Copy a file to a place of this machine."""
        try:
            shutil.copyfile(self._root / name, to)
        except OSError as error:
            raise self._fault(error, f"{name} cannot be read") from error

    def put(self, path: Path, name: str) -> None:
        """Copy a file into the folder, whole or not at all."""
        self._check_there()
        place = self._root / name
        part = place.with_name(f"{place.name}.{secrets.token_hex(4)}{PART}")
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with path.open("rb") as source, part.open("xb") as target:
                shutil.copyfileobj(source, target)
                target.flush()
                os.fsync(target.fileno())
            part.replace(place)
        except OSError as error:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise self._fault(error, f"{name} cannot be written") from error

    def delete(self, name: str) -> None:
        """Delete a file, and its folder where that is empty then."""
        self._check_there()
        place = self._root / name
        try:
            place.unlink(missing_ok=True)
        except OSError as error:
            raise self._fault(error, f"{name} cannot be deleted") from error
        with suppress(OSError):  # the system removes no folder that holds something
            place.parent.rmdir()

    def _check_there(self) -> None:
        """Check that the folder is there: a drive that is not connected holds nothing."""
        if not self._root.is_dir():
            raise AwayError(f"{self._said} {self.shown}: is not there; is the drive connected?")

    def _fault(self, error: OSError, what: str) -> EvidenceError:
        """Return a fault in words; what a network drive says for a moment is one of those."""
        reason = error.strerror or type(error).__name__
        if isinstance(error, PermissionError):
            return EvidenceError(
                f"{self._said} {self.shown}: {what} ({reason}); ask for the right, or name another"
            )
        return AwayError(f"{self._said} {self.shown}: {what} ({reason})")
