"""Find the files of a folder of saved pages, within bounds."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from scrapers.parse.text import clean, encodable
from scrapers.saved.page import without_counter

FILE_BYTES = 64 * 1024 * 1024
FILES = 2_000
_LEVELS = 12
_NAME = 300
"""Characters of the name of a file that are told."""

_IGNORED = frozenset({"thumbs.db", "desktop.ini", "readme.md", "readme.txt"})
_PAGES = (".html", ".htm", ".xhtml")
_OF_PARTS = (
    *("_files", ".files", "_file", "-dateien", "_dateien", "_fichiers", "_archivos", "_arquivos"),
    *("_ficheiros", "_bestanden", "-filer", "_filer", "_tiedostot", "_pliki", "_soubory"),
    *("_súbory", "_elemei", "_fișiere", "_dosyalar", "_файлы", "_файли", "_αρχεία"),
)
"""How browsers call the folder of what a page consists of, in small letters, by language."""

_PARTS = frozenset(
    {
        *(".css", ".js", ".download", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".ico"),
        *(".woff", ".woff2"),
    }
)
"""Ends of files that pages consist of."""

_LOOK = 200
"""Files of a folder that are looked at to see what it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedFile:
    """A file of the folder: `name` is its path within it, `at` when it was last changed."""

    path: Path
    name: str
    at: datetime
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FileTrouble:
    """A file that is of no use to this run, why, and what to do; both in words for the workbook."""

    file: str
    detail: str
    help: str


def files_in(folder: Path) -> tuple[list[SavedFile], list[FileTrouble]]:
    """Return the files of a folder by their names, and those that cannot even be looked at."""
    files, troubles = list[SavedFile](), list[FileTrouble]()
    if not _is(folder, Path.is_dir, troubles):
        return files, troubles
    for path in _paths(folder, troubles):
        if len(files) == FILES:
            more = f"holds more than {FILES:,} files, and the others are not looked at"
            troubles.append(FileTrouble(file=folder.name, detail=more, help="remove old files"))
            break
        name = clean(encodable(path.relative_to(folder).as_posix()), _NAME)
        try:
            state = path.stat()
        except OSError as error:
            troubles.append(unreadable(name, error))
            continue
        at = datetime.fromtimestamp(state.st_mtime, UTC)
        files.append(SavedFile(path=path, name=name, at=at, size=state.st_size))
    return files, troubles


def unreadable(name: str, error: OSError) -> FileTrouble:
    """Return what is told of a file that the system does not give."""
    detail = f"cannot be read ({error.strerror or 'not a usual file'})"
    return FileTrouble(file=without_counter(name), detail=detail, help="look at the file's rights")


def _paths(folder: Path, troubles: list[FileTrouble]) -> Iterator[Path]:
    """Yield the files to look at, in the order of their names, whatever the system's order is."""

    def failed(error: OSError) -> None:
        name = clean(encodable(Path(error.filename or folder).name), _NAME)
        troubles.append(unreadable(name, error))

    for place, folders, names in os.walk(folder, onerror=failed):
        here = Path(place)
        is_deep = len(here.relative_to(folder).parts) >= _LEVELS
        folders[:] = [] if is_deep else sorted(_worth_a_look(here, folders, names))
        for name in sorted(names):
            if not name.startswith(".") and name.casefold() not in _IGNORED:
                path = here / name
                # A pipe or a device would be read without an end.
                if _is(path, Path.is_file, troubles):
                    yield path


def _is(path: Path, kind: Callable[[Path], bool], troubles: list[FileTrouble]) -> bool:
    """Tell whether a path is a file or a folder; one that may not be looked at is told."""
    try:
        return kind(path)
    except OSError as error:
        troubles.append(unreadable(clean(encodable(path.name), _NAME), error))
        return False


def _worth_a_look(here: Path, folders: Sequence[str], names: Sequence[str]) -> Iterator[str]:
    """Yield the folders that hold no parts of a page: `Acme_files`, in German `Acme-Dateien`.

    A browser puts them beside `Acme.html` ("web page, complete"), in each language by another word.
    A person may well call a folder of pages `Acme 2026`, so that one without parts is looked into.
    """
    pages = [name.rpartition(".")[0] for name in names if name.casefold().endswith(_PAGES)]
    parts = tuple(f"{page}{mark}" for page in pages for mark in "_-. ")
    for name in folders:
        is_alike = bool(parts) and name.startswith(parts)
        if not name.startswith(".") and not (is_alike and _holds_parts(here / name)):
            yield name


def _holds_parts(folder: Path) -> bool:
    """Tell whether a folder is named, or filled, as browsers do with what a page consists of."""
    if folder.name.casefold().endswith(_OF_PARTS):
        return True
    try:
        return any(each.suffix.casefold() in _PARTS for each in islice(folder.iterdir(), _LOOK))
    except OSError:
        return False
