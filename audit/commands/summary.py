"""After a run: write the reports, show the table, name what is incomplete, give the status."""

from collections.abc import Callable, Mapping
from pathlib import Path

from rich.console import Console
from rich.table import Table

from audit.commands.progress import outcome
from audit.model.errors import SaveError
from audit.model.presence import State
from audit.model.result import CompanyResult, Snapshot
from audit.model.value import Reason
from audit.run import report
from reports.evidence import in_words


def conclude(
    snapshot: Snapshot,
    goals: Mapping[str, Path],
    file: Path,
    *,
    quiet: bool,
    written: Callable[[], None] = lambda: None,
) -> int:
    """Write the reports and say where they are; 0 if all is complete and saved, else 1.

    `written` is called once they are in their place.
    """
    console, errors = Console(), Console(stderr=True)
    if not quiet:
        console.print(_table(snapshot))
    _tell(snapshot, errors)
    whole = all(result.complete for result in snapshot.results)
    status = 0 if whole and not snapshot.notes else 1
    try:
        paths = report(snapshot, goals)
    except SaveError as error:
        _line(errors, f"{error}")
        _line(
            errors, f"Write what the history keeps to another place: audit report {file} -o PLACE"
        )
        return 1
    written()
    for wanted, path in zip(goals.values(), paths, strict=True):
        if wanted != path:
            _line(errors, f"{wanted} could not be replaced (is it open?); saved as {path} instead")
            status = 1
        _line(console, f"{path}")
    if snapshot.run.finished_at is None:
        saved = sum(result.complete for result in snapshot.results)
        _line(errors, f"Interrupted: {saved} of {len(snapshot.results)} companies are saved.")
        _line(errors, f"Go on with: audit {file} --resume")
    return status


def _tell(snapshot: Snapshot, errors: Console) -> None:
    """Name what is incomplete; of a disk that failed say once what happened and what to do."""
    for result in snapshot.results:
        if not result.complete:
            _line(errors, f"{result.company.name}: {outcome(result)}")
    notes = [note for result in snapshot.results for note in result.notes] + [*snapshot.notes]
    stored = {note.help: note for note in reversed(notes) if note.reason is Reason.STORAGE}
    for note in reversed(stored.values()):
        _line(errors, f"{note.what} {note.reason}: {note.detail}. To do: {note.help}")


def _line(console: Console, text: str) -> None:
    console.print(text, markup=False, highlight=False, soft_wrap=True)


def _table(snapshot: Snapshot) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Company")
    for title in ("Features", "Channels", "Read", "Site posts a week", "Channel posts a week"):
        table.add_column(title, justify="right")
    table.add_column("Outcome")
    for result in snapshot.results:
        table.add_row(
            result.company.name,
            _shown(result, "presence.features"),
            _shown(result, "presence.channels"),
            _read(result),
            _shown(result, "site.posts_per_week"),
            _shown(result, "channels.posts_per_week"),
            outcome(result),
            style="bold" if result.company.own else None,
        )
    return table


def _read(result: CompanyResult) -> str:
    """How many of the own profiles could be read."""
    own = [each for each in result.channels if not each.candidate]
    return f"{sum(each.state is State.KNOWN for each in own)}" if own else "–"


def _shown(result: CompanyResult, metric: str) -> str:
    value = next((each.value for each in result.measures if each.metric == metric), None)
    return "–" if value is None else in_words(value)
