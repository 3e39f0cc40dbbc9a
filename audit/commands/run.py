"""`audit run`: check everything that can be checked first, then walk the line and report."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from audit import api
from audit.commands.again import looked_back, note_reported
from audit.commands.interrupts import heeding_signals
from audit.commands.log import log_to
from audit.commands.outputs import check_outputs, targets
from audit.commands.places import inputs, place_of_data
from audit.commands.progress import watching
from audit.commands.slips import slips
from audit.commands.summary import conclude
from audit.commands.terminal import Terminal
from audit.commands.typed import Typed
from audit.store.files import make_data_folder
from config.remarks import remarks
from scrapers.fetch.open_files import ask_for_more
from scrapers.workers.process import start_servers


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


def execute(wish: Wish) -> int:
    """Run an audit as it was typed; return the exit status.

    Everything that can be checked is checked first, so that a slip costs no visit.

    Raises:
        AuditError: what the user can mend: the list, the options, the places to write to.
    """
    ask_for_more()
    # The worker processes start while the catalogue is read.
    config = api.load(wish.file, start_servers)
    options = api.Options(
        data_dir=place_of_data(wish.file, wish.data_dir),
        as_of=wish.as_of,
        only=wish.only,
        resume=wish.resume,
        allow_private_hosts=wish.allow_private_hosts,
    )
    api.check(config, options)
    goals = targets(wish.file, wish.output, wish.formats)
    check_outputs(goals, inputs(wish.file, config.competitors), options.data_dir)
    make_data_folder(options.data_dir)
    log_to(options.data_dir)
    if not wish.quiet:
        odd = (*remarks(config.competitors), *slips(config.competitors, config.catalogue))
        Terminal(errors=True).say(*odd)
    with heeding_signals() as ending:
        snapshot = _run(config, options, wish)
        typed = Typed(file=wish.file, data_dir=wish.data_dir, resume=wish.go_on)
        status = conclude(
            snapshot,
            goals,
            typed,
            quiet=wish.quiet,
            past=looked_back(options.data_dir, snapshot, config),
            written=lambda: note_reported(options.data_dir, snapshot),
        )
    # By the snapshot and not by the signal: one that came when all was done has broken nothing off.
    return status if snapshot.run.finished_at is not None else ending.status


def _run(config: api.Config, options: api.Options, wish: Wish) -> api.Snapshot:
    """Run the audit and show how it gets on; after an interrupt, return what is finished."""
    with watching(quiet=wish.quiet, verbose=wish.verbose) as watcher:
        try:
            return api.run(config, options, watcher)
        except api.RunInterruptedError as interrupt:
            return interrupt.snapshot
