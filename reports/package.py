"""Read an Office file back, which is a ZIP of XML parts: each must be whole, and be XML."""

import zipfile
from pathlib import Path
from xml.parsers.expat import ExpatError, ParserCreate

_CHUNK = 1 << 16
_XML = (".xml", ".rels", ".vml")


def check_package(path: Path) -> None:
    """Check that a file opens; a workbook within it, behind a chart, is checked as a ZIP alone.

    Raises:
        OSError: it would not open.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                _check_part(archive, name)
    except (zipfile.BadZipFile, ExpatError) as error:
        raise OSError(f"the file would not open: {error}") from error


def _check_part(archive: zipfile.ZipFile, name: str) -> None:
    """Read a part to its end: only there zipfile compares its checksum."""
    parser = ParserCreate() if name.endswith(_XML) else None
    with archive.open(name) as part:
        while chunk := part.read(_CHUNK):
            if parser is not None:
                parser.Parse(chunk, False)
    if parser is not None:
        parser.Parse(b"", True)
