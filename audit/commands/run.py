"""`audit run`: check everything that can be checked first, then walk the line and report."""

import logging
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from audit import api
from audit.commands.again import looked_back, note_reported
from audit.commands.boxes_taken import take_before_run, with_boxes, workbooks_of
from audit.commands.interrupts import heeding_signals
from audit.commands.log import log_to
from audit.commands.looks import looked
from audit.commands.outcomes import LastWord
from audit.commands.outputs import check_outputs, targets
from audit.commands.places import inputs, place_of_data
from audit.commands.progress import watching
from audit.commands.remarks import unlike_runs
from audit.commands.slips import slips
from audit.commands.summary import Voice, conclude
from audit.commands.terminal import Terminal
from audit.commands.typed import Typed
from audit.commands.variables import read_variables
from audit.store.files import make_data_folder
from config.remarks import remarks
from scrapers.fetch.open_files import ask_for_more
from scrapers.workers.process import start_servers

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """The command line of a run, as it was typed; made by `audit/cli.py` and the demo.

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
    def is_narrowed(self) -> bool:
        """Tell whether companies, a day or saved pages were chosen, which no schedule does."""
        return bool(self.only) or self.as_of is not None or self.only_saved


def execute(wish: Wish) -> int:
    """Run an audit as it was typed; return the exit status.

    Everything that can be checked is checked first, so that a slip costs no visit.

    Raises:
        AuditError: what the user can mend: the list, the options, the places to write to.
    """
    folder = place_of_data(wish.file, wish.data_dir)
    last_word = LastWord(
        wish.file,
        folder,
        as_json=wish.as_json,
        quiet=wish.quiet,
        scheduled=wish.if_due and not wish.is_narrowed,
    )
    with last_word.over():
        odd = read_variables(wish.variables)
        Terminal(errors=True).say(*odd)
        ask_for_more()
        # The worker processes start while the catalogue is read; of many looks few make an audit.
        config = api.load(wish.file, start_servers if not wish.if_due else lambda: None)
        last_word.notify = config.competitors.settings.notify
        if not wish.if_due:
            return _audited(wish, config, folder, last_word)
        look = looked(config, folder, narrowed=wish.is_narrowed)
        if look.result is not None:
            return last_word.on_no_run(look.result, look.line, look.due)
        start_servers()
        wish = replace(wish, resume=wish.resume or look.goes_on)
        return _audited(wish, config, folder, last_word)


def _audited(wish: Wish, config: api.Config, folder: Path, last_word: LastWord) -> int:
    """Check, run, report and say the last word; return the exit status."""
    options = api.Options(
        data_dir=folder,
        as_of=wish.as_of,
        only=wish.only,
        resume=wish.resume,
        allow_private_hosts=wish.allow_private_hosts,
        only_saved=wish.only_saved,
        cluster=wish.cluster,
    )
    api.check(config, options)
    goals = targets(wish.file, wish.output, wish.formats)
    check_outputs(goals, inputs(wish.file, config.competitors), folder)
    make_data_folder(folder)
    log_to(folder)
    log.info("audit of %s", wish.file.absolute())
    if not wish.quiet:
        competitors = config.competitors
        odd = (
            *remarks(competitors),
            *slips(competitors, config.catalogue),
            *unlike_runs(folder, competitors),
        )
        Terminal(errors=True).say(*odd)
    boxes = take_before_run(config, folder, workbooks_of(goals, wish.fill), quiet=wish.quiet)
    last_word.has_begun = True
    with heeding_signals() as ending:
        snapshot = _run(config, options, wish)
        past = with_boxes(looked_back(folder, snapshot, config), boxes)
        conclusion = conclude(
            snapshot,
            goals,
            Typed(file=wish.file, data_dir=wish.data_dir, resume=wish.go_on),
            past=past,
            voice=Voice(quiet=wish.quiet, as_json=wish.as_json),
            written=lambda: note_reported(folder, snapshot),
        )
    # By the snapshot and not by the signal: one that came when all was done has broken nothing off.
    if snapshot.run.finished_at is None:
        conclusion = replace(conclusion, status=ending.status)
    complete = sum(each.complete for each in snapshot.results)
    log.info("run %s: %d of %d complete", snapshot.run.id, complete, len(snapshot.results))
    return last_word.on_run(snapshot, conclusion, past.changes, tell_unchanged=wish.tell_unchanged)


def _run(config: api.Config, options: api.Options, wish: Wish) -> api.Snapshot:
    """Run the audit and show how it gets on; after an interrupt, return what is finished."""
    with watching(quiet=wish.quiet, verbose=wish.verbose) as watcher:
        try:
            return api.run(config, options, watcher)
        except api.RunInterruptedError as interrupt:
            return interrupt.snapshot
