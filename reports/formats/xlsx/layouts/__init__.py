"""One file per sheet that is laid out in its own way; all others are laid out as usual."""

from functools import cache
from importlib import import_module
from importlib.util import find_spec

from audit.families import offered
from reports.formats.xlsx.layout import Layout
from reports.sheets._base import Sheet

_USUAL = Layout()


@cache
def layout_of(sheet: Sheet) -> Layout:
    """Return the layout of a sheet: that of the file with its name, else the usual one."""
    name = f"{__name__}.{sheet.name.lower().replace(' ', '_')}"
    if find_spec(name) is None:
        return _USUAL
    return offered(import_module(name), "LAYOUT", Layout, "docs/add-a-sheet.md")
