"""Complete a kept run by what people told since: its pages are analysed again, and it is saved.

So history, changes and reports all tell the same of it. Only the companies are analysed of which
there is something else to tell by now; the figures of all together are taken anew.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from audit.again import borne
from audit.crew.company import window_for
from audit.measure.manual import channels_with_manual
from audit.model.by_hand import HandRecord
from audit.model.catalogue import Catalogue
from audit.model.channel import Channel
from audit.model.company import Competitors
from audit.model.errors import SaveError, StoreError
from audit.model.plan import CompanyPlan
from audit.model.result import CompanyResult, Snapshot, Window
from audit.past import known_before
from audit.plan import plan, window_of
from audit.records_of_run import with_records
from audit.replay import by_todays_rules, replay_some
from audit.store.opening import open_history
from reports.words import listed as listed_in_words

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompletedRun:
    """A run with what people told since it was made; `notes` say in sentences what was not done."""

    snapshot: Snapshot
    notes: tuple[str, ...] = ()


async def completed_run(snapshot: Snapshot, catalogue: Catalogue, data_dir: Path) -> CompletedRun:
    """Return a run with all that people have told of it by now; save it where that changes it.

    Never raises for what cannot be analysed or saved: then the run is as it was, and a note says
    so.

    Raises:
        StoreError: the history cannot be read.
    """
    with open_history(data_dir) as history:
        listed = with_records(snapshot.competitors, history, data_dir, snapshot.run)
    changed = _changed(snapshot, listed)
    if not changed or snapshot.run.finished_at is None:
        return CompletedRun(snapshot=snapshot)
    results, whole = snapshot.results, changed
    before = known_before(data_dir, snapshot, snapshot.competitors)
    # Once more where the evidence of some is not all there: what all together tell rests on each.
    for _ in range(2):
        analysed = await replay_some(listed, catalogue, snapshot, data_dir, before, whole)
        results = analysed.results
        missing = _not_borne(snapshot, results, whole)
        if not missing:
            break
        whole -= missing
        results = snapshot.results
        if not whole:
            break
    notes = _in_words(snapshot, catalogue, whole, changed - whole)
    completed = replace(snapshot, results=results)
    return CompletedRun(snapshot=completed, notes=(*notes, *_saved(snapshot, completed, data_dir)))


def _changed(snapshot: Snapshot, listed: Competitors) -> frozenset[str]:
    """Return the companies of whose profiles people tell something else by now."""
    window = window_of(snapshot.run, listed.settings)
    companies = {each.company.name: each for each in plan(listed).companies}
    return frozenset(
        result.company.name
        for result in snapshot.results
        if (planned := companies.get(result.company.name)) is not None
        if result.measures
        if _records_of(result.channels) != _records_of(_by_now(result, planned, window))
    )


def _by_now(result: CompanyResult, planned: CompanyPlan, window: Window) -> tuple[Channel, ...]:
    """Return the channels of a company with what people tell of them by now."""
    own = window_for(planned, window)
    return channels_with_manual(result.channels, planned.company, own)


def _records_of(channels: Sequence[Channel]) -> list[tuple[HandRecord, ...]]:
    """Return what people told of each channel."""
    return [channel.told for channel in channels]


def _not_borne(
    snapshot: Snapshot, results: Sequence[CompanyResult], analysed: frozenset[str]
) -> frozenset[str]:
    """Return the companies whose archived pages do not bear their result any more."""
    by_company = {result.company.name: result for result in results}
    return frozenset(
        saved.company.name
        for saved in snapshot.results
        if saved.company.name in analysed
        and borne(saved, by_company.get(saved.company.name)) is None
    )


def _in_words(
    snapshot: Snapshot, catalogue: Catalogue, done: frozenset[str], lost: frozenset[str]
) -> tuple[str, ...]:
    """Say of which companies nothing could be completed, and where other rules have read them."""
    notes = list[str]()
    if lost:
        notes.append(
            f"The pages that were kept of {listed_in_words(sorted(lost))} are not all there any "
            "more: what was filled in there shows from the next audit on."
        )
    today = by_todays_rules(snapshot.run, catalogue)
    if done and snapshot.run.rules != today.rules:
        notes.append(
            f"The rules have changed since that audit: the pages of {listed_in_words(sorted(done))}"
            " were read again with today's, so that other figures may differ, too."
        )
    return tuple(notes)


def _saved(before: Snapshot, after: Snapshot, data_dir: Path) -> tuple[str, ...]:
    """Save the results that are other than before; say where that is not possible."""
    known = {result.company.name: result for result in before.results}
    changed = [each for each in after.results if each != known.get(each.company.name)]
    if not changed:
        return ()
    try:
        with open_history(data_dir, write=True) as history:
            for result in changed:
                history.save(before.run.id, result)
            # What other rules made of the run lacks what was told since.
            history.keep_again(before.run.id, after.run.rules, {})
    except (SaveError, StoreError) as error:
        log.warning("a completed run is not saved: %s", error)
        return (f"This report shows what was filled in, and the history does not yet: {error}",)
    return ()
