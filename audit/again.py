"""Compare like with like: read two runs by the same rules before one is held against the other.

Where the rules, or the code that reads, have changed since a run, its archived pages are analysed
again with today's, as `audit replay` does it. What the run itself saved stays as it is; what came
of it lies beside that in the history, so that it is done once for each set of rules.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from audit.model.catalogue import Catalogue
from audit.model.errors import SaveError, StoreError
from audit.model.result import CompanyResult, Snapshot
from audit.model.value import Reason
from audit.records_of_run import with_records
from audit.replay import by_todays_rules, replay
from audit.store.history import History
from audit.store.opening import open_history

log = logging.getLogger(__name__)

Again = Mapping[str, CompanyResult | None]
"""What today's rules make of a run, by company; None where its evidence does not bear it."""

Keep = Callable[[str, str, Again], None]
"""Keeps such a result: the id of the run, the rules, the results."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What runs are analysed again from: the history, the archives of its data folder, the rules.

    `keep` writes down what came of it: `History.keep_again` of a history that is open for writing,
    `beside(data_dir)` for one that is not.
    """

    history: History
    data_dir: Path
    catalogue: Catalogue
    keep: Keep


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparable:
    """Two runs, as alike as they can be made.

    `again` are the ids of those that were analysed again with today's rules, wholly or in part;
    none where both were read by the same rules anyway. `unlike` names the companies that are still
    as other rules had read them, as their archived pages are not there any more or are damaged: of
    them nobody can tell a change of the company from a change of the rules. `notes` say in
    sentences what was done; they are empty where nothing had to be.
    """

    run: Snapshot
    against: Snapshot
    again: tuple[str, ...] = ()
    unlike: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()

    @property
    def like_with_like(self) -> bool:
        """Tell whether every company was read by the same rules in both runs."""
        return not self.unlike


async def comparable(run: Snapshot, against: Snapshot, basis: Basis) -> Comparable:
    """Give two runs of a history so that one can be held against the other.

    As they were saved where the same rules read both; else each that other rules than today's have
    read is analysed again. Never raises for what is missing: then a run is as it was saved.
    """
    if run.run.rules == against.run.rules:
        return Comparable(run=run, against=against)
    now, then = await _today(run, basis), await _today(against, basis)
    return Comparable(
        run=now.snapshot,
        against=then.snapshot,
        again=tuple(each.snapshot.run.id for each in (then, now) if each.analysed),
        unlike=then.unlike | now.unlike,
        notes=tuple(note for each in (then, now) if (note := _in_words(each))),
    )


def alike(data_dir: Path, catalogue: Catalogue, run: Snapshot, against: Snapshot) -> Comparable:
    """Give two runs of a data folder so that one can be held against the other, as `comparable`.

    Not to be called where an event loop runs.

    Raises:
        StoreError: the history cannot be read.
    """
    with open_history(data_dir) as history:
        basis = Basis(
            history=history, data_dir=data_dir, catalogue=catalogue, keep=beside(data_dir)
        )
        return asyncio.run(comparable(run, against, basis))


def beside(data_dir: Path) -> Keep:
    """Return what keeps results in a history that is not open for writing, unless a run is."""

    def keep(run_id: str, rules: str, results: Again) -> None:
        """Open the history for writing, for as long as it takes."""
        with open_history(data_dir, write=True) as history:
            history.keep_again(run_id, rules, results)

    return keep


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """A run by today's rules; `unlike` are the companies that are as they were saved.

    `changed`: other rules than today's had read it. `failed`: a fault of ours, or of the disk, kept
    it from being analysed again.
    """

    snapshot: Snapshot
    unlike: frozenset[str] = frozenset()
    changed: bool = False
    failed: bool = False

    @property
    def analysed(self) -> bool:
        """Tell whether any company was analysed again."""
        return self.changed and len(self.unlike) < len(self.snapshot.results)


async def _today(snapshot: Snapshot, basis: Basis) -> _Read:
    """Read a run by today's rules, from what was kept of that or from its evidence."""
    today = by_todays_rules(snapshot.run, basis.catalogue)
    if snapshot.run.rules == today.rules:
        return _Read(snapshot=snapshot)
    names = {result.company.name for result in snapshot.results}
    again = basis.history.again(snapshot.run.id, today.rules)
    if names - set(again):
        try:
            again = await _analysed(snapshot, basis)
        except Exception:
            # A comparison is never worth a run: without it the runs are compared as they were
            # saved. Nothing is kept, so that the next comparison tries again.
            log.exception("run %s could not be analysed again", snapshot.run.id)
            return _Read(snapshot=snapshot, unlike=frozenset(names), changed=True, failed=True)
        _keep(basis, snapshot.run.id, today.rules, again)
    results = tuple(again.get(each.company.name) or each for each in snapshot.results)
    return _Read(
        snapshot=replace(snapshot, run=today, results=results),
        unlike=frozenset(name for name in names if again.get(name) is None),
        changed=True,
    )


def _keep(basis: Basis, run_id: str, rules: str, again: Again) -> None:
    """Keep what came of a run, if that can be done."""
    try:
        basis.keep(run_id, rules, again)
    except (SaveError, StoreError) as error:
        log.warning("not kept, and so analysed anew the next time: %s", error)


async def _analysed(snapshot: Snapshot, basis: Basis) -> Again:
    """Analyse a run again, over the list of then: what a person has changed in it is no rule."""
    before = {
        company.name: earlier
        for company in snapshot.competitors.companies
        if (earlier := basis.history.before(snapshot.run.id, company)) is not None
    }
    listed = with_records(snapshot.competitors, basis.history, basis.data_dir, snapshot.run)
    analysed = await replay(listed, basis.catalogue, snapshot, basis.data_dir, before=before)
    found = {result.company.name: result for result in analysed.results}
    return {
        saved.company.name: borne(saved, found.get(saved.company.name))
        for saved in snapshot.results
    }


def borne(saved: CompanyResult, again: CompanyResult | None) -> CompanyResult | None:
    """Return what a company's evidence came to; None where it was not all there, or was no use.

    A company whose visit was not finished then has nothing that could be compared.
    """
    if again is None or not saved.measures or not again.measures:
        return None
    faults = any(
        note.reason is Reason.INTERNAL_ERROR
        or (note.reason is Reason.STORAGE and note.what == "archive")
        for note in again.notes
    )
    return None if faults else again


def _in_words(read: _Read) -> str:
    """Say what was done with a run that other rules had read; nothing of one of today's rules."""
    if not read.changed:
        return ""
    begin = f"The rules have changed since the run of {read.snapshot.run.as_of:%d %b %Y}"
    if read.failed:
        return (
            f"{begin}, and its archived pages could not be analysed again (an error; the log says "
            "more): it is compared as it was saved, so that a change may come from the rules alone."
        )
    if not read.analysed:
        return (
            f"{begin}, and its archived pages are not there any more: it is compared as it was "
            "saved, so that a change may come from the rules alone."
        )
    done = f"{begin}, so its archived pages were analysed again with today's rules."
    if not read.unlike:
        return done
    names = sorted(read.unlike)
    some = f"{', '.join(names[:_NAMED])}{' and others' if len(names) > _NAMED else ''}"
    return (
        f"{done} Not those of {some}, which are not all there any more: what is new there may come "
        "from the rules alone."
    )


_NAMED = 5
"""So many companies are named in a sentence."""
