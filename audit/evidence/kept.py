"""The archived pages of a data folder: those in it, and those in the store that a team shares.

A visit writes its archive into the data folder. Where there is a store the archive is put there
when the visit is over, under the same name; what was in the data folder becomes a copy below
`evidence-cache/`, from which pages are read, and which may be deleted at any time. So what lies in
`archive/` is nowhere else yet, and goes to the store with the next run.
"""

import filecmp
import logging
import os
import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from audit.evidence.store import PART, AwayError, EvidenceStore

log = logging.getLogger(__name__)

ARCHIVE = "archive"
CACHE = "evidence-cache"
"""What a store has, as far as it was read on this machine; `scrapers.fetch.thinned` reads there."""

WHOLE, KEPT = ".warc.gz", ".kept.warc.gz"

CACHE_BYTES = 2 * 2**30
"""So much of the store is copied here at most, once a run is over; the least used goes first."""

_LISTED_SECONDS = 30.0
"""So long a list of what is in the store is believed: colleagues put more there."""


class KeptEvidence:
    """The archives of a data folder; a name is `archive/RUN/FILE`, wherever the file lies.

    What asks the store may raise EvidenceError; without a store nothing does.
    """

    def __init__(self, data_dir: Path, store: EvidenceStore | None = None) -> None:
        """Take the archives of a data folder, and of a store where there is one."""
        self.data_dir, self.store = data_dir, store
        self._listed: dict[str, tuple[float, dict[str, int]]] = {}
        self._own: str | None = None

    # ---- what there is ----

    def begin(self, run: str) -> None:
        """Know what there is of a run that this process makes: nobody else adds to it now."""
        self._stored(run)
        self._own = run

    def runs(self) -> frozenset[str]:
        """Return the runs of which there are archives."""
        here = frozenset(path.name for path in (self.data_dir / ARCHIVE).glob("*") if path.is_dir())
        return here | self.stored_runs()

    def stored_runs(self) -> frozenset[str]:
        """Return the runs of which the store has archives."""
        return self.store.folders(ARCHIVE) if self.store is not None else frozenset()

    def names(self, run: str, begin: str = "") -> list[str]:
        """Return the names of the archives of a run, of those whose file begins like that."""
        here = {
            path.name
            for path in (self.data_dir / ARCHIVE / run).glob(f"{begin}*{WHOLE}")
            if path.is_file()
        }
        stored = {file for file in self._stored(run) if file.startswith(begin)}
        return [f"{ARCHIVE}/{run}/{file}" for file in sorted(here | stored)]

    def copies(self, run: str, begin: str = "") -> list[str]:
        """Return the names of the archives of a run of which copies lie here; no store is asked."""
        paths = (self.data_dir / CACHE / ARCHIVE / run).glob(f"{begin}*{WHOLE}")
        return [f"{ARCHIVE}/{run}/{path.name}" for path in sorted(paths)]

    def size(self, name: str) -> int:
        """Return the bytes of an archive, wherever it lies; 0 where it is not there."""
        here = self.here(name)
        return here.stat().st_size if here is not None else self._size(name) or 0

    def _stored(self, run: str) -> dict[str, int]:
        """Return what the store has of a run, asked for anew after a while."""
        if self.store is None:
            return {}
        at, known = self._listed.get(run, (0.0, {}))
        if run == self._own or (at and time.monotonic() - at < _LISTED_SECONDS):
            return known
        listed = self.store.sizes(f"{ARCHIVE}/{run}")
        archives = {name: size for name, size in listed.items() if name.endswith(WHOLE)}
        self._listed[run] = (time.monotonic(), archives)
        return archives

    # ---- reading ----

    def here(self, name: str) -> Path | None:
        """Return where an archive lies on this machine; the store is not asked."""
        paths = (self.data_dir / name, self.data_dir / CACHE / name)
        return next((path for path in paths if path.is_file()), None)

    def place(self, name: str) -> Path:
        """Return where an archive is to be thinned: in the data folder, or as a copy of one."""
        whole, kept = self.data_dir / name, self.data_dir / kept_name(name)
        if self.store is None or whole.exists() or kept.exists():
            return whole
        return self.data_dir / CACHE / name

    def bring(self, names: Iterable[str]) -> None:
        """Have these archives on this machine, as far as there are any; what is left of one, too.

        A copy of what is not in the store any more is deleted: somebody wished it forgotten.
        """
        if self.store is None:
            return
        for name in dict.fromkeys(names):
            if is_name(name):
                for each in (name, kept_name(name)):
                    self._bring_one(each)

    def _bring_one(self, name: str) -> None:
        """Have a file of the store here, unless it is here already."""
        assert self.store is not None  # noqa: S101  # for the types: `bring` has looked
        if (self.data_dir / name).is_file():
            return
        copy, size = self.data_dir / CACHE / name, self._size(name)
        if size is None:
            copy.unlink(missing_ok=True)
        elif copy.is_file() and copy.stat().st_size == size:
            os.utime(copy)
        else:
            copy.parent.mkdir(parents=True, exist_ok=True)
            part = copy.with_name(f"{copy.name}.{secrets.token_hex(4)}{PART}")
            try:
                self.store.take(name, part)
                part.replace(copy)
            finally:
                part.unlink(missing_ok=True)

    def _size(self, name: str) -> int | None:
        """Return the bytes of a file in the store; None where it is not there."""
        _, run, file = name.split("/")
        return self._stored(run).get(file)

    # ---- writing ----

    def waiting(self, runs: Iterable[str]) -> Iterator[str]:
        """Give the archives of these runs that are in the data folder alone."""
        if self.store is None:
            return
        for run in runs:
            for path in sorted((self.data_dir / ARCHIVE / run).glob(f"*{WHOLE}")):
                if path.is_file() and is_name(name := f"{ARCHIVE}/{run}/{path.name}"):
                    yield name

    def put_up(self, name: str) -> None:
        """Put an archive of the data folder into the store; here a copy stays.

        Where the store has another one of that name, that one stays: results may rest on it. Ours
        is of a visit that was broken off here and made again elsewhere, and is set aside.
        """
        path = self.data_dir / name
        if self.store is None or not path.is_file():
            return
        if self._size(name) is None:
            self.store.put(path, name)
            self._note(name, path.stat().st_size)
        elif not self._is_same(name, path):
            aside = path.with_name(f"{path.name}.aside")
            log.warning("%s has another %s; ours is %s now", self.store.shown, name, aside)
            path.replace(aside)
            return
        copy = self.data_dir / CACHE / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        path.replace(copy)

    def _is_same(self, name: str, path: Path) -> bool:
        """Tell whether the store has the very bytes of a file."""
        assert self.store is not None  # noqa: S101  # for the types: `put_up` has looked
        if self._size(name) != path.stat().st_size:
            return False
        copy = path.with_name(f"{path.name}.{secrets.token_hex(4)}{PART}")
        try:
            self.store.take(name, copy)
            return filecmp.cmp(copy, path, shallow=False)
        finally:
            copy.unlink(missing_ok=True)

    def settle(self, name: str) -> None:
        """Have the store hold of an archive what its copy here holds, after that was thinned.

        What is left of it comes first: at every moment each record is in one of the two.
        """
        copy, kept = self.data_dir / CACHE / name, self.data_dir / CACHE / kept_name(name)
        if self.store is None or (self.data_dir / name).exists():
            return
        if kept.is_file() and self._size(kept_name(name)) != kept.stat().st_size:
            self.store.put(kept, kept_name(name))
            self._note(kept_name(name), kept.stat().st_size)
        for each, path in ((name, copy), (kept_name(name), kept)):
            if not path.exists() and self._size(each) is not None:
                self._drop(each)

    def delete(self, name: str) -> None:
        """Delete a file wherever it lies; the store goes first, as it may refuse."""
        if self.store is not None and self._size(name) is not None:
            self._drop(name)
        for path in (self.data_dir / name, self.data_dir / CACHE / name):
            path.unlink(missing_ok=True)
            with suppress(OSError):
                path.parent.rmdir()

    def tidy(self, runs: Iterable[str] = ()) -> None:
        """Drop copies of what the store has no more, and the least used of too many.

        The folders of these runs go where they are empty; another process may be about to write
        into that of another run.
        """
        root = self.data_dir / CACHE
        for run in runs:
            with suppress(OSError):  # the system removes no folder that holds something
                (self.data_dir / ARCHIVE / run).rmdir()
        if self.store is None or not root.is_dir():
            return
        for path in root.rglob(f"*{PART}"):
            path.unlink(missing_ok=True)
        copies = [path for path in root.rglob(f"*{WHOLE}") if path.is_file()]
        there = {run: self._stored(run) for run in {path.parent.name for path in copies}}
        gone = {path for path in copies if path.name not in there[path.parent.name]}
        room = CACHE_BYTES
        for path in sorted(copies, key=lambda each: each.stat().st_mtime, reverse=True):
            room -= path.stat().st_size
            if path in gone or room < 0:
                path.unlink(missing_ok=True)
        for folder in (*root.glob("*/*"), *root.glob("*")):
            with suppress(OSError):
                folder.rmdir()

    def _drop(self, name: str) -> None:
        """Delete a file of the store."""
        assert self.store is not None  # noqa: S101  # for the types: callers have looked
        self.store.delete(name)
        _, run, file = name.split("/")
        self._stored(run).pop(file, None)

    def _note(self, name: str, size: int) -> None:
        """Remember what was put into the store."""
        _, run, file = name.split("/")
        self._stored(run)[file] = size


def is_name(text: str) -> bool:
    """Tell whether a text is the name of an archive, and no way out of the folder."""
    parts = text.split("/")
    odd = any(part in ("", ".", "..") or "\\" in part for part in parts)
    return len(parts) == 3 and parts[0] == ARCHIVE and text.endswith(WHOLE) and not odd


def kept_name(name: str) -> str:
    """Return the name of what is left of an archive that is not kept whole any more."""
    return name if name.endswith(KEPT) else f"{name.removesuffix(WHOLE)}{KEPT}"


def is_away(error: BaseException) -> bool:
    """Tell whether a store may answer later."""
    return isinstance(error, AwayError)
