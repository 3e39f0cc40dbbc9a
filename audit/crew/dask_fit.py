"""Whether the processes of a cluster can make the visits of this run: told by each of them."""

import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from audit import __version__
from audit.model.errors import AuditError
from audit.reading import reading_version

PYTHON = f"{sys.version_info.major}.{sys.version_info.minor}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What a run asks of a process: the same program, and the same data folder.

    `probe` is a file that the run has put there, with `word` as content.
    """

    data_dir: Path
    probe: str
    word: str
    reading: str
    version: str = __version__
    python: str = PYTHON


def demand_of(data_dir: Path, run_id: str) -> Demand:
    """Return what this run asks of the processes that make its visits."""
    return Demand(
        data_dir=data_dir.absolute(),
        probe=f".cluster-{run_id}",
        word=secrets.token_hex(16),
        reading=reading_version(),
    )


@contextmanager
def probed(demand: Demand) -> Iterator[None]:
    """Have the file lie in the data folder by which workers know it again.

    Raises:
        AuditError: it cannot be written.
    """
    place = demand.data_dir / demand.probe
    try:
        place.write_text(demand.word, "ascii")
    except OSError as error:
        raise AuditError(f"{demand.data_dir}: cannot be written to ({error.strerror})") from error
    try:
        yield
    finally:
        with suppress(OSError):
            place.unlink()


def unfit(demand: Demand, *, folder: bool = True) -> str:
    """Say why this process cannot make the visits of a run; "" where it can.

    `folder`: it must see the data folder, as all that visit must.
    """
    if demand.version != __version__ or demand.reading != reading_version():
        return (
            f"it has social-audit {__version__} ({reading_version()}), and here is "
            f"{demand.version} ({demand.reading}); install the same one on all machines"
        )
    if demand.python != PYTHON:
        return f"it runs Python {PYTHON}, and here is {demand.python}; use the same on all machines"
    return _folder_unfit(demand) if folder else ""


def _folder_unfit(demand: Demand) -> str:
    """Say why the data folder cannot be used from here; "" where it can."""
    place = demand.data_dir / demand.probe
    remedy = "the data folder must lie on a disk that all machines share, under the same path"
    try:
        seen = place.read_text("ascii") == demand.word
        if seen:
            trial = place.with_name(f"{demand.probe}.{secrets.token_hex(8)}")
            trial.write_bytes(b"")
            trial.unlink()
    except OSError as error:
        return (
            f"it cannot use {demand.data_dir} ({error.strerror or type(error).__name__}); {remedy}"
        )
    return "" if seen else f"it sees another {demand.data_dir}; {remedy}"
