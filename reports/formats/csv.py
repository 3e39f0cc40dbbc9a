"""Long tables as comma-separated values: a folder with a file a list, to load into other programs.

Days are in ISO form, and no text in them is taken for a formula by a spreadsheet.
"""

import csv
import re
from collections.abc import Collection
from pathlib import Path

from reports.formats._base import Format
from reports.harmless import harmless
from reports.long_tables import ABOUT, ABOUT_FIELDS, Entry, Listed, PointInTime, write_lists
from reports.report import Report
from reports.save import save_folder

_ABOUT = f"{ABOUT}.csv"
_NAME = re.compile(r"[a-z0-9-]{1,60}\.csv")

# Excel takes a file for UTF-8 where it begins with a byte order mark, and for the machine's own
# alphabet elsewhere.
_ENCODING = "utf-8-sig"


def write_folder(report: Report, path: Path) -> Path:
    """Write the folder of all companies, whole or not at all; return the path as it really is."""
    return save_folder(path, own_files, lambda folder: write_lists(report, folder, "csv", _write))


def own_files(folder: Path) -> Collection[str] | None:
    """Return the names of the files in a folder that an earlier export wrote; None if none did."""
    try:
        with (folder / _ABOUT).open(encoding=_ENCODING, newline="") as file:
            head, *rows = csv.reader(file)
    except (OSError, ValueError, csv.Error):  # no such file, or one of somebody else's
        return None
    if head != [field.title for field in ABOUT_FIELDS]:
        return None
    return {_ABOUT, *(row[0] for row in rows if row and _NAME.fullmatch(row[0]))}


def _write(path: Path, listed: Listed) -> int:
    """Write a list row by row; return how many rows there are below the head."""
    count = 0
    with path.open("w", encoding=_ENCODING, newline="") as file:
        # Its line ends are CRLF, as RFC 4180 has them and Excel writes them.
        lines = csv.writer(file)
        lines.writerow(harmless(field.title) for field in listed.fields)
        for row in listed.rows:
            lines.writerow(_plain(entry) for entry in row)
            count += 1
    _verify(path, count)
    return count


def _plain(entry: Entry) -> str | int | float:
    """Return an entry as it stands in a file."""
    if isinstance(entry, PointInTime):
        return entry.words
    return harmless(entry) if isinstance(entry, str) else entry


def _verify(path: Path, count: int) -> None:
    """Read a file back: as many rows as were written, each as long as the head.

    Raises:
        OSError: it is not as it was written.
    """
    with path.open(encoding=_ENCODING, newline="") as file:
        widths = [len(row) for row in csv.reader(file)]
    if len(widths) != count + 1 or len(set(widths)) != 1:
        raise OSError(f"{path.name} would not be read as it was written")


FORMAT = Format(name="csv", suffix="csv", write=write_folder, own_files=own_files)
