"""The workbook: everything about Excel, from the look of a cell to the setup of the print."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reports.formats._base import Format

if TYPE_CHECKING:
    from reports.people import Filled
    from reports.report import Report


def _write(report: Report, path: Path) -> Path:
    """Write the workbook; openpyxl is loaded only here, so that `audit --help` stays quick."""
    from reports.formats.xlsx.workbook import write_workbook

    return write_workbook(report, path)


def _load() -> None:
    """Load openpyxl and all that draws."""
    from reports.formats.xlsx import paint, workbook  # noqa: F401 - loaded for who writes


def _objection(path: Path) -> str:
    """Return why a workbook is not replaced: what people wrote into it cannot be read."""
    from reports.formats.xlsx.replaced import objection

    return objection(path)


def _remarks(path: Path) -> tuple[str, ...]:
    """Return what became of the words of people, where not all stand in their rows again."""
    from reports.formats.xlsx.packed import remarks_in

    return remarks_in(path)


def _filled(path: Path, listed: str | None) -> Filled | str:
    """Return what people filled in on sheet Fill in, or why that cannot be read."""
    from reports.formats.xlsx.replaced import filled_in

    return filled_in(path, listed)


FORMAT = Format(
    name="xlsx",
    suffix="xlsx",
    write=_write,
    load=_load,
    objection=_objection,
    remarks=_remarks,
    filled=_filled,
)
