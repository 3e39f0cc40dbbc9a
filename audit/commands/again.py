"""`audit report` and `audit replay`: write reports from what earlier runs kept, without network."""

import logging
import stat
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from audit import api
from audit.commands.boxes_taken import take_workbooks, with_boxes, workbooks_of
from audit.commands.log import log_to
from audit.commands.named import run_before, run_meant
from audit.commands.outputs import check_outputs, targets
from audit.commands.places import inputs, kept_folder, place_of_data
from audit.commands.summary import conclude
from audit.commands.terminal import Terminal
from audit.commands.typed import Typed
from audit.listed import read_list
from audit.model.company import Competitors
from audit.model.errors import AuditError, SaveError, StoreError
from audit.model.past import NO_PAST, Past
from audit.model.result import Snapshot
from audit.store.opening import open_history

log = logging.getLogger(__name__)


def report_again(
    file: Path,
    run: str | None,
    against: str | None,
    output: Path | None,
    formats: str,
    data_dir: Path | None,
    fill: Path | None = None,
) -> int:
    """Write the reports of a run that was kept, by `audit report`; return the exit status.

    What people filled in, in the workbook that is replaced or in `fill`, is taken before.

    Raises:
        AuditError: a report's place or the data folder cannot be used, or there is no such run.
    """
    config = api.load(file)
    api.check_clock(datetime.now(UTC))
    goals = targets(file, output, formats)
    check_outputs(goals, inputs(file, config.competitors), place_of_data(file, data_dir))
    folder = kept_folder(file, data_dir)
    log_to(folder)
    typed = Typed(file=file, data_dir=data_dir)
    meant = run_meant(folder, run, config.competitors, typed)
    found = kept(folder, meant, typed, config.competitors)
    boxes = take_workbooks(config, folder, found, workbooks_of(goals, fill))
    snapshot = _in_the_look_of(config, _completed(config, folder, found))
    earlier = run_before(folder, against, snapshot.run.id, config.competitors, typed)
    past = with_boxes(looked_back(folder, snapshot, config, earlier), boxes)
    return conclude(snapshot, goals, typed, past=past).status


def _completed(config: api.Config, folder: Path, snapshot: Snapshot) -> Snapshot:
    """Return a run with all that people have told of it by now; say what could not be done."""
    completed, notes = api.fill(config, folder, snapshot)
    Terminal(errors=True).say(*notes)
    return completed


def _in_the_look_of(config: api.Config, snapshot: Snapshot) -> Snapshot:
    """Return a run with the logo, colours and foot that the list asks for today.

    They are of the reports and not of what was found, as all else in the list of a run is.
    """
    competitors = replace(snapshot.competitors, brand=config.competitors.brand)
    return replace(snapshot, competitors=competitors)


def replay_again(
    file: Path,
    run: str | None,
    warc: tuple[Path, ...],
    output: Path | None,
    formats: str,
    data_dir: Path | None,
) -> int:
    """Analyse the archive of a run with the rules of today, and write the reports.

    The command `audit replay`; `warc` are archives to read in place of the run's own. Return the
    exit status.

    Raises:
        AuditError: as for a report, or an archive that was named cannot be read.
    """
    config = api.load(file)
    api.check_clock(datetime.now(UTC))
    goals = targets(file, output, formats)
    written = (*inputs(file, config.competitors), *warc)
    check_outputs(goals, written, place_of_data(file, data_dir))
    folder = kept_folder(file, data_dir)
    log_to(folder)
    archives = _checked(warc)
    typed = Typed(file=file, data_dir=data_dir)
    meant = run_meant(folder, run, config.competitors, typed)
    snapshot = kept(folder, meant, typed, config.competitors)
    analysed = api.replay(config, folder, snapshot.run.id, archives)
    past = looked_back(folder, analysed, config)
    return conclude(analysed, goals, typed, past=past).status


def looked_back(
    data_dir: Path, snapshot: Snapshot, config: api.Config, against: str | None = None
) -> Past:
    """Return what was before a run; nothing for one that is not finished, or cannot be read.

    A report of the run itself is worth more than what it is compared with.

    Raises:
        StoreError: a run was named to compare with, and is not there or cannot be read.
    """
    if snapshot.run.finished_at is None:
        return NO_PAST
    try:
        return api.past_of(data_dir, snapshot, config.catalogue, against)
    except StoreError as error:
        if against is not None:
            raise
        log.warning("nothing is compared with earlier runs: %s", error)
        return NO_PAST


def _checked(files: tuple[Path, ...]) -> tuple[Path, ...]:
    """Return the archives named on the command line as full paths.

    Raises:
        AuditError: one of them cannot be read, or is no file: a pipe would be waited for.
    """
    for file in files:
        try:
            if not stat.S_ISREG(file.stat().st_mode):
                raise AuditError(f"--warc {file}: is no file; name a .warc.gz of a run")
            with file.open("rb"):
                pass
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise AuditError(f"--warc {file}: cannot be read ({reason})") from error
    return tuple(file.resolve() for file in files)


def kept(folder: Path, run: str | None, typed: Typed, competitors: Competitors) -> Snapshot:
    """Load a run from history, the last one of a list unless another is named.

    `typed` is for advice.

    Raises:
        StoreError: there is none, or none of that name; the message names the command that helps.
    """
    if not api.run_ids(folder):
        raise StoreError(f"{folder}: no run yet; start with: {typed.command()}")
    if run is None and not api.runs_of_list(folder, competitors):
        raise StoreError(
            f"{folder}: no run of {typed.file} yet, only of other lists "
            f"({', '.join(api.other_lists(folder, competitors))}); start with: {typed.command()}"
        )
    return api.kept_run(folder, run, competitors)


def list_of(file: Path) -> Competitors:
    """Read a list for a command that needs of it only which list it is.

    One with a mistake, or that is gone, is known by its name alone.
    """
    try:
        return read_list(file)
    except AuditError:
        return Competitors(path=file, companies=())


def note_reported(data_dir: Path, snapshot: Snapshot) -> None:
    """Write down that the reports of a finished run are in their place.

    Where that cannot be written `--resume` writes them once more, which harms nobody.
    """
    if snapshot.run.finished_at is None:
        return
    try:
        with open_history(data_dir, write=True) as store:
            store.reported(snapshot.run.id, datetime.now(UTC))
    except (StoreError, SaveError) as error:
        log.warning("not written down that the reports are there: %s", error)
