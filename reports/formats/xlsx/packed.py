"""The file around the sheets: its properties, and its writing."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from lxml.etree import fromstring

from reports.formats.xlsx.cells import clean
from reports.formats.xlsx.look import FONT
from reports.report import Report
from reports.sheets.kept_notes import remarks
from reports.words import day_in_words

if TYPE_CHECKING:
    from openpyxl import Workbook

_MOST = 255
"""Characters that Excel takes in a property of a document."""

LIST = " · list: "
"""What stands before the name of the list in the subject of a workbook."""

_APPLICATION, _PROPERTIES = "docProps/app.xml", "docProps/core.xml"
_DESCRIPTION = "{http://purl.org/dc/elements/1.1/}description"
_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"


def new_book(report: Report) -> Workbook:
    """Return an empty workbook whose columns are measured in Arial 10, its first font."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.utils.indexed_list import IndexedList

    # Write-only, so that rows go to the disk one at a time: a workbook of fifty companies has
    # 20,300 rows of evidence (docs/performance.md).
    book = Workbook(write_only=True)
    plain = Font(name=FONT, size=10)
    # openpyxl 3.1.5 puts Calibri 11 first. Widths are counted in digits of the first font, and
    # those of the layouts are meant for Arial 10.
    book._fonts = IndexedList([plain])  # type: ignore[attr-defined]  # noqa: SLF001  # first font
    book._named_styles["Normal"].font = plain  # type: ignore[attr-defined]  # noqa: SLF001
    _describe(book, report)
    return book


def _describe(book: Workbook, report: Report) -> None:
    """Fill in what File, Info and a search on a shared drive show of the workbook."""
    day = day_in_words(report.snapshot.run.as_of)
    names = ", ".join(result.company.name for result in report.rivals)
    told = book.properties
    told.title = f"Social presence, {day}"
    subject = f"{report.own} compared with {names}" if report.own and names else names or report.own
    # By what stands last a workbook that was saved under another name is known as one of its list.
    name = clean(report.snapshot.competitors.path.name)
    told.subject = f"{_fitting(subject)[: max(0, _MOST - len(LIST + name))]}{LIST}{name}"
    told.keywords = "competitors, social media, website, audit"
    # What the terminal says of the notes of people once the file is written (`remarks`).
    told.description = "\n".join(remarks(report))
    told.category = "Competitor analysis"
    told.creator = told.lastModifiedBy = "social-audit"
    # Times of a workbook have no zone in openpyxl; these are in UTC. The time of writing is
    # its last change, which openpyxl sets.
    told.created = report.snapshot.run.started_at.replace(tzinfo=None)


def remarks_in(path: Path) -> tuple[str, ...]:
    """Return what of the notes of people should be told at once, as it stands in a new workbook."""
    with zipfile.ZipFile(path) as archive:
        told = fromstring(archive.read(_PROPERTIES)).findtext(_DESCRIPTION)
    return tuple((told or "").splitlines())


def _fitting(words: str) -> str:
    """Return a text as a property of a document can hold it."""
    return clean(words)[:_MOST]


class _Archive(zipfile.ZipFile):
    """The packed file, with a name of our own as the program, and the company that it is for.

    openpyxl 3.1.5 names itself, and has no place for the company.
    """

    company = ""

    def writestr(  # type: ignore[override]  # of all its forms openpyxl uses one
        self, zinfo_or_arcname: str, data: bytes | str
    ) -> None:
        """Add a part of the file."""
        if zinfo_or_arcname == _APPLICATION:
            data = (
                f'<Properties xmlns="{_NAMESPACE}"><Application>social-audit</Application>'
                f"<Company>{escape(self.company)}</Company></Properties>"
            )
        super().writestr(zinfo_or_arcname, data)


def write(book: Workbook, path: Path, *, company: str) -> None:
    """Write the workbook to a file.

    Raises:
        OSError: it cannot be written.
    """
    from openpyxl.writer.excel import ExcelWriter

    with _Archive(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.company = _fitting(company)
        ExcelWriter(book, archive).save()
