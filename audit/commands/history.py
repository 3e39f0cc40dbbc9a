"""`audit history`: the runs that were kept, and what a reader must know of them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from rich.table import Table

from audit import api
from audit.commands.again import list_of
from audit.commands.log import log_to
from audit.commands.places import kept_of_list
from audit.commands.remarks import unlike_runs
from audit.commands.terminal import Terminal
from audit.commands.typed import Typed
from audit.commands.words import counted
from audit.evidence.store import EvidenceError
from audit.runs import under_way
from audit.store.files import last_archive
from audit.store.lock import going_on
from audit.store.opening import kept_in, open_history


def show_history(file: Path, data_dir: Path | None) -> None:
    """Print the runs of a list, the oldest first, with remarks; without any, what to type for one.

    Of other lists in the same folder it only says how many runs there are.
    """
    folder, typed = kept_of_list(file, data_dir), Typed(file=file, data_dir=data_dir)
    log_to(folder)
    competitors = list_of(file)
    own, is_there = api.runs_of_list(folder, competitors), file.is_file()
    # Whoever names a folder without a list means all that is in it.
    runs = [run for run in api.runs(folder) if run.id in own or not is_there]
    others = _others(api.other_lists(folder, competitors), folder, typed) if is_there else []
    console = Terminal()
    if not runs:
        console.say(f"No run yet. Start with: {typed.command()}", *others)
        return
    console.show(_table(runs, _evidence(folder, console)))
    owner = under_way(folder, competitors) if is_there else going_on(folder)
    if owner:
        console.say(f"A run is going on ({owner}); what it has saved so far is counted.")
    unlike = unlike_runs(folder, competitors) if is_there else ()
    console.say(*(line for run in runs for line in _remarks(run, typed)), *unlike, *others)


def _others(lists: Mapping[str, Sequence[str]], folder: Path, typed: Typed) -> Iterator[str]:
    """Say of each other list how many of its runs are in the same folder, and how to see them."""
    for name, runs in lists.items():
        file = typed.file.parent / name
        command = Typed(file=file, data_dir=typed.data_dir).command(name="history")
        place = "this database" if kept_in(folder) is not None else "this folder"
        yield f"Of {name}: {counted(len(runs), 'run', 'runs')} in {place}, too; see: {command}"


def _evidence(folder: Path, console: Terminal) -> Counter[str] | None:
    """Count the companies of each run whose pages are archived, and so can be analysed again.

    None, said on the console, where the store of a team does not tell.
    """
    with open_history(folder) as history:
        visits = history.companies()
    try:
        return Counter(run for run, name in visits if name and last_archive(folder, run, name))
    except EvidenceError as error:
        console.say(f"{error}")
        return None


def _table(runs: Sequence[api.RunSummary], evidence: Mapping[str, int] | None) -> Table:
    """Draw a row for each run; `?` stands for a time that a damaged run has lost.

    `evidence` are the companies of a run whose pages are still there; None where nobody knows.
    """
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in ("Run", "Until", "Started", "Companies read", "Pages kept", "Rules"):
        # A run's id is copied from here into other commands, so it must not be folded.
        table.add_column(title, no_wrap=title == "Run")
    for run in runs:
        table.add_row(
            run.id,
            f"{run.as_of:%Y-%m-%d}" if run.as_of else "?",
            f"{run.started_at:%Y-%m-%d %H:%M}" if run.started_at else "?",
            f"{run.complete} of {run.companies}" + ("" if run.finished_at else ", broken off"),
            _pages(run, evidence),
            run.rules_version,
        )
    return table


def _pages(run: api.RunSummary, evidence: Mapping[str, int] | None) -> str:
    """Say of how many companies of a run the pages are kept."""
    if evidence is None:
        return "?"
    return f"{pages} of {run.companies}" if (pages := evidence.get(run.id, 0)) else "no"


def _remarks(run: api.RunSummary, typed: Typed) -> list[str]:
    """Say what a reader must know of a run beside its figures: damage, a report not written."""
    lines: list[str] = []
    if run.damaged:
        lines.append(f"Run {run.id} is damaged and read without: {', '.join(run.damaged)}")
    if run.finished_at and not run.reported_at:
        again = typed.command("--run", run.id, name="report")
        lines.append(f"Run {run.id}: its report was not written; write it with: {again}")
    return lines
