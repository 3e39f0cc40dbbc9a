"""The deck: what a manager shows to others, in slides that can be edited."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from audit.model.errors import ReportError
from reports.formats._base import Format

if TYPE_CHECKING:
    from reports.report import Report


_EXTRA = (
    "slides are written with python-pptx, which is not here; install it with: "
    "pipx inject social-audit python-pptx==1.0.2 "
    "(or, in the checkout of social-audit: pip install '.[deck]')"
)


def _ready() -> None:
    """Check that python-pptx is installed, which the extra `deck` brings.

    Raises:
        ReportError: it is not; with what to type.
    """
    if find_spec("pptx") is None:
        raise ReportError(f"--format pptx: {_EXTRA}")


def _write(report: Report, path: Path) -> Path:
    """Write the slides; python-pptx is loaded only here, so that `audit --help` stays quick."""
    _ready()
    from reports.formats.pptx.deck import write_deck

    return write_deck(report, path)


FORMAT = Format(name="pptx", suffix="pptx", write=_write, ready=_ready)
