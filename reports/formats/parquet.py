"""Long tables as Parquet: the files of csv with typed columns, for analysts and their databases.

Numbers are numbers, days are dates, times are instants in UTC. What is not known is null, and so is
a word where a number or a time would stand; Remarks says why, or the word.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from audit.model.errors import ReportError
from reports.formats._base import Format
from reports.long_tables import (
    ABOUT,
    ABOUT_FIELDS,
    REMARKS,
    Entry,
    Holds,
    Listed,
    ListField,
    PointInTime,
    write_lists,
)
from reports.save import save_folder

if TYPE_CHECKING:
    import pyarrow as pa

    from reports.report import Report

_ABOUT = f"{ABOUT}.parquet"
_NAME = re.compile(r"[a-z0-9-]{1,60}\.parquet")

_AT_ONCE = 5_000
"""Rows in memory at a time: some 5 MB of posts."""

_EXTRA = (
    "Parquet is written with pyarrow, which is not here; install it with: "
    "pipx inject social-audit pyarrow==26.0.1 "
    "(or, in the checkout of social-audit: pip install '.[parquet]')"
)

Typed = str | float | date | datetime | None
"""An entry as it stands in a column of one type."""


def write_folder(report: Report, path: Path) -> Path:
    """Write the folder of all companies, whole or not at all; return the path as it really is."""
    _ready()
    return save_folder(
        path, own_files, lambda folder: write_lists(report, folder, "parquet", _write)
    )


def own_files(folder: Path) -> Collection[str] | None:
    """Return the names of the files in a folder that an earlier export wrote; None if none did."""
    if not (folder / _ABOUT).is_file():
        return None
    from pyarrow import ArrowException
    from pyarrow.parquet import read_table

    try:
        about = read_table(folder / _ABOUT)
    except (OSError, ArrowException):  # one of somebody else's
        return None
    if about.schema != _schema(ABOUT_FIELDS):
        return None
    names = about.column(ABOUT_FIELDS[0].title).to_pylist()
    return {_ABOUT, *(name for name in names if name and _NAME.fullmatch(name))}


def _ready() -> None:
    """Check that pyarrow is installed, which the extra `parquet` brings.

    Raises:
        ReportError: it is not; with what to type.
    """
    if find_spec("pyarrow") is None:
        raise ReportError(f"--format parquet: {_EXTRA}")


def _write(path: Path, listed: Listed) -> int:
    """Write a list, some thousand rows at a time; return how many rows it has."""
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    schema = _schema(listed.fields)
    count = 0
    with ParquetWriter(path, schema, compression="zstd") as file:
        for rows in _batches(listed.rows):
            columns = zip(*(_typed(row, listed.fields) for row in rows), strict=True)
            arrays = [
                pa.array(column, kind) for column, kind in zip(columns, schema.types, strict=True)
            ]
            file.write_batch(pa.record_batch(arrays, schema=schema))
            count += len(rows)
    _verify(path, schema, count)
    return count


def _batches(rows: Iterable[Sequence[Entry]]) -> Iterator[Sequence[Sequence[Entry]]]:
    """Give some thousand rows at a time."""
    left = iter(rows)
    while batch := list(islice(left, _AT_ONCE)):
        yield batch


def _schema(fields: Sequence[ListField]) -> pa.Schema:
    """Return the columns of a list, which depend on its fields alone and on no entry.

    A time has its day beside it, as a site often tells no more than that.
    """
    import pyarrow as pa

    kinds = {
        Holds.WORDS: pa.string(),
        Holds.NUMBER: pa.float64(),
        Holds.DAY: pa.date32(),
        Holds.TIME: pa.timestamp("us", tz="UTC"),
    }
    columns = []
    for field in fields:
        columns.append(pa.field(field.title, kinds[field.holds]))
        if field.holds is Holds.TIME:
            columns.append(pa.field(f"{field.title}, day", pa.date32()))
    return pa.schema(columns)


def _typed(row: Sequence[Entry], fields: Sequence[ListField]) -> Iterator[Typed]:
    """Give the entries of a row, each of the type of its column."""
    for entry, field in zip(row, fields, strict=True):
        match field.holds:
            case Holds.NUMBER:
                yield float(entry) if isinstance(entry, int | float) else None
            case Holds.DAY:
                yield entry.day if isinstance(entry, PointInTime) else None
            case Holds.TIME:
                yield entry.at if isinstance(entry, PointInTime) else None
                yield entry.day if isinstance(entry, PointInTime) else None
            case Holds.WORDS:
                text = entry if field.title != REMARKS else _remarks(row, fields, entry)
                yield _words(text) or None


def _remarks(row: Sequence[Entry], fields: Sequence[ListField], remarks: Entry) -> str:
    """Return the remarks of a row, with the words that its typed columns cannot hold."""
    strays = (
        f"{field.title}: {entry}"
        for entry, field in zip(row, fields, strict=True)
        if field.holds is not Holds.WORDS and isinstance(entry, str) and entry
    )
    return "; ".join(filter(None, (*strays, _words(remarks))))


def _words(entry: Entry) -> str:
    """Return an entry as words."""
    return entry.words if isinstance(entry, PointInTime) else f"{entry}"


def _verify(path: Path, schema: pa.Schema, count: int) -> None:
    """Read a file back: each of its columns to the end, and as many rows as were written.

    Raises:
        OSError: it is not as it was written.
    """
    from pyarrow import ArrowException
    from pyarrow.parquet import ParquetFile

    try:
        with ParquetFile(path) as file:
            rows = sum(batch.num_rows for batch in file.iter_batches(_AT_ONCE))
            whole = rows == count and file.schema_arrow == schema
    except ArrowException as error:
        raise OSError(f"{path.name} would not be read: {error}") from error
    if not whole:
        raise OSError(f"{path.name} would not be read as it was written")


FORMAT = Format(
    name="parquet", suffix="parquet", write=write_folder, ready=_ready, own_files=own_files
)
