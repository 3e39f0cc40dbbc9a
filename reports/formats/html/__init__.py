"""The page: one HTML file that needs nothing else, with the findings of the workbook.

What it says comes from the sheets, findings and actions that the workbook is drawn from; `sections`
holds a file for each part of it, `page.css` its look and `page.js` what moves. Without the script
all is there to read.
"""

from pathlib import Path

from reports.formats._base import Format
from reports.formats.html.page import page
from reports.report import Report
from reports.save import save


def write_page(report: Report, path: Path) -> Path:
    """Write the page, whole or not at all; return the path as it really is."""
    text = page(report)
    return save(path, lambda temporary: _write(temporary, text))


def _write(path: Path, text: str) -> None:
    """Write a text as UTF-8; half a surrogate pair of a page becomes a question mark."""
    path.write_text(text, encoding="utf-8", errors="replace", newline="\n")


FORMAT = Format(name="html", suffix="html", write=write_page)
