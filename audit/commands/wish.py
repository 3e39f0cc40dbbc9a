"""What `audit run` was asked for, as it was typed."""

from datetime import date
from pathlib import Path
from typing import NamedTuple


class Wish(NamedTuple):
    """The command line of a run, as it was typed; made by `running.py` and the demo.

    `output` and `data_dir` are None where they go beside the file, `as_of` where the window ends
    now; `only` is empty where all companies are meant.
    """

    file: Path
    output: Path | None
    formats: str
    data_dir: Path | None
    only: tuple[str, ...]
    resume: bool
    as_of: date | None
    allow_private_hosts: bool
    quiet: bool
    verbose: bool
    go_on: str
    """What is typed to go on after a break."""
    if_due: bool = False
    """Do nothing before the schedule's next date."""
    as_json: bool = False
    """Print the last word as JSON, and all else on standard error."""
    tell_unchanged: bool = False
    """End with a status of its own where nothing has changed."""
    variables: Path | None = None
    """A file of environment variables for this run."""
    fill: Path | None = None
    """A workbook whose sheet Fill in is read beside that of the one that is replaced."""
    only_saved: bool = False
    """Fetch nothing, and read the saved pages alone."""
    cluster: str | None = None
    """The processes that make the visits, as typed."""

    @property
    def may_be_scheduled(self) -> bool:
        """Tell whether a schedule may have started it, so that nobody sees what it says."""
        return self.if_due and not self.is_narrowed

    @property
    def is_narrowed(self) -> bool:
        """Tell whether companies, a day or saved pages were chosen, which no schedule does."""
        return bool(self.only) or self.as_of is not None or self.only_saved
