"""Keep of an old archive the records that later runs still refer to, each under its old place.

An unchanged page is archived once, in the run that read it first; later runs point there. So an
archive that is not to be kept any more is thinned and not deleted: the records that are still
needed are copied, byte for byte, into a file beside it (`NAME.kept.warc.gz`), whose first record
says where each of them lay. `place_of` finds a record in either.
"""

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePath
from typing import BinaryIO

from scrapers.fetch.records import end_of, packed_head, record_at, records

REFERS = "Social-Audit-Refers-To"
"""The field of a `revisit` record that holds the place of the record whose body still holds."""

WHOLE, KEPT = ".warc.gz", ".kept.warc.gz"
PART = ".part"
"""The ending of a file that is being written; whoever finds one may delete it."""

COPIES = "evidence-cache"
"""The folder, below the data folder, of copies from the store of a team (`audit/evidence`)."""

_FIELD = "kept"
"""The field of the first record that lists what is kept: `PLACE+LENGTH`, with spaces between."""

_BLOCK = 1024 * 1024


def kept_beside(path: Path) -> Path:
    """Name the file that holds what is still needed of an archive."""
    return path.with_name(path.name.removesuffix(WHOLE) + KEPT)


def place_of(data_dir: Path, record: str) -> tuple[Path, int] | None:
    """Find a record (`FILE#OFFSET`): the file that holds it now, and where in it.

    None where it is not there any more, and for what is no place within the data folder. An
    absolute path is that of an archive named by hand.

    Raises:
        OSError: the file cannot be read.
    """
    file, _, offset = record.rpartition("#")
    if not file or not is_number(offset):
        return None
    if ".." in PurePath(file).parts:
        return None
    for folder in (data_dir, data_dir / COPIES):
        path = folder / file
        if path.is_file():
            return path, int(offset)
        kept = kept_beside(path)
        at = kept_places(kept).get(int(offset)) if kept.is_file() else None
        if at is not None:
            return kept, at
    return None


def is_number(text: str) -> bool:
    """Tell whether a text is a place in a file: digits, and no more than any file has bytes."""
    return text.isascii() and text.isdecimal() and len(text) <= 18


def kept_places(path: Path) -> Mapping[int, int]:
    """Return where each record of a thinned archive lies, by the place that it had before.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as stream:
        head, at = record_at(stream, 0), end_of(stream, 0)
    if head is None or at is None:
        return {}
    places: dict[int, int] = {}
    for line in head.payload.decode("utf-8", "replace").splitlines():
        field, _, listed = line.partition(":")
        for pair in listed.split() if field == _FIELD else ():
            before, _, length = pair.partition("+")
            if not (is_number(before) and is_number(length)):
                return {}
            places[int(before)] = at
            at += int(length)
    return places


def referred(path: Path) -> Iterator[str]:
    """Yield the places of the records that the revisits of an archive refer to.

    Raises:
        OSError: the file cannot be read.
    """
    with path.open("rb") as stream:
        for _, record in records(stream):
            if record is not None and (place := record.header(REFERS)):
                yield place


def thin(whole: Path, places: Collection[int]) -> None:
    """Keep of an archive only the records at these places, or nothing where there are none.

    `whole` names the archive as it was written; it may have been thinned before, and then lack some
    of the places. At every moment each of the records is in a whole file of one of the two names.

    Raises:
        OSError: that could not be done; the archive is as it was.
        ValueError: one of the records cannot be read; the archive is as it was.
    """
    kept = kept_beside(whole)
    if whole.exists():
        source, known = whole, {place: place for place in places}
    else:
        source, known = kept, dict(kept_places(kept) if kept.exists() else {})
    wanted = {place: known[place] for place in sorted(places) if place in known}
    if not wanted:
        kept.unlink(missing_ok=True)
    elif source == whole or set(wanted) != set(known):
        _copy([(source, wanted)], kept)
    whole.unlink(missing_ok=True)


def join(kept: Path, other: Path) -> None:
    """Add to a thinned archive what another thinning of the same archive has kept.

    Raises:
        OSError: it could not be written; the file is as it was.
        ValueError: a record in one of them cannot be read; the file is as it was.
    """
    ours, theirs = kept_places(kept), kept_places(other)
    more = {before: at for before, at in theirs.items() if before not in ours}
    if more:
        _copy([(kept, ours), (other, more)], kept)


def _copy(sources: Sequence[tuple[Path, Mapping[int, int]]], kept: Path) -> None:
    """Write records of some files, each listed by its place of before, into a new file.

    Raises:
        OSError: it could not be written.
        ValueError: one of the records cannot be read.
    """
    part = kept.with_name(kept.name + PART)
    lengths = [_lengths(source, places) for source, places in sources]
    pairs = [pair for each in lengths for pair in each.items()]
    try:
        with part.open("wb") as out:
            listed = " ".join(f"{before}+{length}" for before, length in pairs)
            out.write(packed_head(kept.name, {_FIELD: listed}))
            for (source, places), of_source in zip(sources, lengths, strict=True):
                with source.open("rb") as stream:
                    for before, length in of_source.items():
                        _copy_bytes(stream, out, places[before], length)
            out.flush()
            os.fsync(out.fileno())
        part.replace(kept)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise


def _lengths(source: Path, places: Mapping[int, int]) -> Mapping[int, int]:
    """Return the length of each record of a file, by its place of before.

    Raises:
        OSError: the file cannot be read.
        ValueError: one of the records cannot be read.
    """
    with source.open("rb") as stream:
        return {before: _length(stream, at) for before, at in places.items()}


def _length(stream: BinaryIO, at: int) -> int:
    """Return the length of the packed record at a place.

    Raises:
        ValueError: none that can be read begins there.
    """
    end = end_of(stream, at)
    if end is None:
        raise ValueError(f"{stream.name}: a record that is still needed cannot be read")
    return end - at


def _copy_bytes(stream: BinaryIO, out: BinaryIO, at: int, length: int) -> None:
    """Copy a stretch of a file."""
    stream.seek(at)
    while length > 0 and (block := stream.read(min(length, _BLOCK))):
        out.write(block)
        length -= len(block)
