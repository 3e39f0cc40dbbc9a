"""`audit report` and `audit replay`: write reports from what earlier runs kept, without network."""

from pathlib import Path

from audit.commands.log import log_to
from audit.commands.outputs import check_outputs, targets
from audit.commands.places import data_folder, inputs, load, place_of_data
from audit.commands.summary import conclude
from audit.model.company import Competitors
from audit.model.errors import StoreError
from audit.model.result import CompanyResult, Snapshot
from audit.run import replay
from audit.store.history import Store


def report_again(
    file: Path, run: str | None, output: Path | None, formats: str, data_dir: Path | None
) -> int:
    """Rebuild the reports of a run from history."""
    competitors, _ = load(file)
    goals = targets(file, output, formats)
    check_outputs(goals, inputs(file, competitors), place_of_data(file, data_dir))
    folder = data_folder(file, data_dir)
    log_to(folder)
    return conclude(kept(folder, run), goals, file, quiet=False)


def replay_again(
    file: Path,
    run: str | None,
    warc: tuple[Path, ...],
    output: Path | None,
    formats: str,
    data_dir: Path | None,
) -> int:
    """Analyse the archive of a run again with the rules of today, and write the reports."""
    competitors, catalogue = load(file)
    goals = targets(file, output, formats)
    check_outputs(goals, (*inputs(file, competitors), *warc), place_of_data(file, data_dir))
    folder = data_folder(file, data_dir)
    log_to(folder)
    snapshot = kept(folder, run)
    before = _before(folder, snapshot, competitors)
    analysed = replay(competitors, catalogue, snapshot, folder, warc, before)
    return conclude(analysed, goals, file, quiet=False)


def _before(
    data_dir: Path, snapshot: Snapshot, competitors: Competitors
) -> dict[str, CompanyResult]:
    """What the run before a run knew of each company."""
    with Store.open(data_dir) as store:
        found = {each.name: store.before(snapshot.run.id, each) for each in competitors.companies}
    return {name: result for name, result in found.items() if result is not None}


def kept(data_dir: Path, run: str | None) -> Snapshot:
    """Load a run from history, the last one unless another is named.

    Raises:
        StoreError: there is none, or none of that name.
    """
    with Store.open(data_dir) as store:
        known = [summary.id for summary in store.runs()]
        if not known:
            raise StoreError(f"{data_dir}: no run yet; start with: audit FILE")
        if run is not None and run not in known:
            raise StoreError(f"{data_dir}: no run {run!r}; see: audit history FILE")
        wanted = run if run is not None else store.latest() or known[-1]
        return store.load(wanted)
