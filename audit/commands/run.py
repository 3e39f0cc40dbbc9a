"""`audit run`, once its list is right: check all else, then walk the line and report."""

import logging
from dataclasses import replace
from pathlib import Path

from audit import api
from audit.commands.again import looked_back, note_reported
from audit.commands.boxes_taken import take_before_run, with_boxes, workbooks_of
from audit.commands.interrupts import heeding_signals
from audit.commands.log import log_to
from audit.commands.looks import looked
from audit.commands.outcomes import LastWord
from audit.commands.outputs import check_outputs, targets
from audit.commands.places import inputs
from audit.commands.progress import watching
from audit.commands.remarks import unlike_runs
from audit.commands.slips import slips
from audit.commands.summary import Voice, conclude
from audit.commands.terminal import Terminal
from audit.commands.typed import Typed
from audit.commands.wish import Wish
from audit.model.company import Competitors
from audit.store.files import make_data_folder
from config.remarks import remarks
from scrapers.fetch.open_files import ask_for_more
from scrapers.workers.process import start_servers

log = logging.getLogger(__name__)


def execute(wish: Wish, competitors: Competitors, folder: Path, last_word: LastWord) -> int:
    """Make an audit of a list that is right, if it is due; return the exit status.

    Everything that can be checked is checked first, so that a slip costs no visit.

    Raises:
        AuditError: what the user can mend: the options, the rules, the places to write to.
    """
    ask_for_more()
    if wish.if_due:
        look = looked(competitors, folder, narrowed=wish.is_narrowed)
        if look.result is not None:
            return last_word.on_no_run(look.result, look.line, look.due)
        wish = wish._replace(resume=wish.resume or look.goes_on)
        start_servers()
    return _audited(wish, api.with_catalogue(competitors), folder, last_word)


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
