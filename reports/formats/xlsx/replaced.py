"""What becomes of the workbook that a new one takes the place of: its words are carried over."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from reports.formats.xlsx.old import Old, list_of, read_old
from reports.formats.xlsx.openable import Unreadable
from reports.held import why_held
from reports.people import FILL, NOTHING_KEPT, Filled, Kept, PersonsNote, mark_of
from reports.save import NUMBERS, never, save
from reports.sheets import sheets

log = logging.getLogger(__name__)

_PARTIAL, _BEFORE = "-partial", "-before"


def objection(path: Path) -> str:
    """Return why the file at a place is not replaced, as the end of a sentence; "" if it is."""
    old = _read(path)
    if isinstance(old, Old):
        return ""
    return f"{old.why}, so what people wrote cannot be taken over ({old.helps}, then: audit report)"


def kept_words(path: Path, listed: str) -> Kept | None:
    """Return the words of people for a workbook that is written to a place.

    They are those of the file that it replaces, and of the newer ones beside it that were written
    for the same list under another name. None where that file cannot be read: it must stay.
    """
    replaced = _replaced(path)
    old = _read(replaced)
    if isinstance(old, Unreadable):
        log.warning("%s %s: it is left as it is", replaced, old.why)
        return NOTHING_KEPT if replaced != path else None
    newer = [_read(each) for each in _newer(replaced, path, listed)]
    read = (*(each for each in newer if isinstance(each, Old)), old)
    stays = replaced != path or bool(why_held(path))
    copy = _copied(path).name if old.has_more and not stays else ""
    return Kept(tuple(_together(read)), copy=copy, copies=tuple(_copies(replaced)))


def filled_in(path: Path, listed: str | None) -> Filled | str:
    """Return what people filled in; why it cannot be read, as the end of a sentence about the file.

    In the workbook that one at this place takes the place of, and in the newer ones beside it that
    were written for the same list; without a list in that file alone.
    """
    replaced = _replaced(path) if listed is not None else path
    old = _read(replaced)
    if isinstance(old, Unreadable):
        return f"{old.why} ({old.helps})" if old.helps else old.why
    newer = _newer(replaced, path, listed) if listed is not None else []
    others = ((each.name, _read(each)) for each in newer)
    read = [*(_of_file(each, name) for name, each in others if isinstance(each, Old)), old]
    notes = (note for note in _together(read) if note.sheet == FILL and note.at)
    return Filled(
        kept=Kept(tuple(notes)),
        written=frozenset(mark for each in read for mark in each.written),
        rows=frozenset(row for each in read for row in each.rows),
        remarks=tuple(note for each in read for note in each.remarks),
        cells={box: at for each in reversed(read) for box, at in each.cells.items()},
        created=min((each.created for each in read if each.created is not None), default=None),
        saved=next((each.saved for each in read if each.saved is not None), None),
    )


def _of_file(old: Old, name: str) -> Old:
    """Return what a workbook held, with its name beside each word."""
    notes = tuple(replace(note, file=name) for note in old.kept.notes)
    remarks = tuple(replace(note, file=name) for note in old.remarks)
    return replace(old, kept=replace(old.kept, notes=notes), remarks=remarks)


def _together(read: Iterable[Old]) -> Iterator[PersonsNote]:
    """Give the words of workbooks of which the newest is the first, and decides.

    A word that a newer one was written with, and that is not in it any more, was changed or
    cleared there.
    """
    written: frozenset[str] = frozenset()
    for old in read:
        yield from (note for note in old.kept.notes if mark_of(note) not in written)
        written |= old.written


def state_of(path: Path) -> tuple[int, int] | None:
    """Return what changes when a file is saved: its time and size; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _read(path: Path) -> Old | Unreadable:
    """Return what a workbook held."""
    return read_old(path, frozenset(sheet.name for sheet in sheets()))


def _replaced(path: Path) -> Path:
    """Return the file whose words go into a new one: that in its place.

    Of a partial workbook that is not there yet it is the whole one beside it.
    """
    if path.exists() or not path.stem.endswith(_PARTIAL):
        return path
    return path.with_stem(path.stem.removesuffix(_PARTIAL))


def _newer(replaced: Path, path: Path, listed: str) -> list[Path]:
    """Return the workbooks of the same list that were saved beside a file since, the newest first.

    One is there where the file could not be replaced, or a run was broken off.
    """
    if not replaced.exists():
        return []
    since = replaced.stat().st_mtime
    dated = [
        (each.stat().st_mtime, each)
        for each in _beside(path)
        if each not in (replaced, path) and each.is_file() and each.stat().st_mtime > since
    ]
    return [each for _, each in sorted(dated, reverse=True) if list_of(each) == listed]


def _beside(path: Path) -> Iterator[Path]:
    """Give the names under which a workbook is saved where its own cannot be used."""
    whole = path.with_stem(path.stem.removesuffix(_PARTIAL))
    partial = whole.with_stem(f"{whole.stem}{_PARTIAL}")
    for each in (whole, partial):
        yield each
        yield from (each.with_stem(f"{each.stem}-{number}") for number in NUMBERS)


def _copied(path: Path) -> Path:
    """Keep a copy of a workbook with sheets or columns of people's own; return where it is.

    Raises:
        SaveError: there is no room for it.
    """
    place = path.with_stem(f"{path.stem}{_BEFORE}")
    copy = save(place, lambda temporary: _copy(path, temporary), may_replace=never)
    log.warning("%s has sheets or columns of people's own: kept as %s", path, copy)
    return copy


def _copies(path: Path) -> Iterator[str]:
    """Give the names of the copies of older workbooks that are still there."""
    first = path.with_stem(f"{path.stem}{_BEFORE}")
    names = (first, *(first.with_stem(f"{first.stem}-{number}") for number in NUMBERS))
    yield from (each.name for each in names if each.exists())


def _copy(path: Path, temporary: Path) -> None:
    """Copy a file with its times."""
    shutil.copy2(path, temporary)
