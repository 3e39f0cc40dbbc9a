"""Look back over the history: what became different since an earlier run, and all runs' figures."""

import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from itertools import takewhile
from pathlib import Path

from audit.again import Comparable, alike
from audit.changes.between import changes_between
from audit.changes.earlier import Again
from audit.lists import runs_like
from audit.model.catalogue import Catalogue
from audit.model.company import Competitors
from audit.model.errors import StoreError
from audit.model.past import NO_PAST, Past, PastRun, keys_of_companies
from audit.model.result import CompanyResult, Snapshot
from audit.nearest import MOST
from audit.store.aside import Keep, compact_in, in_memory
from audit.store.history import History, runs_before
from audit.store.missing import whole
from audit.store.opening import open_history

log = logging.getLogger(__name__)

MOST_RUNS = 12
"""Runs whose figures a report shows at most: three years of quarters."""


def past_of(
    data_dir: Path, snapshot: Snapshot, catalogue: Catalogue, against: str | None = None
) -> Past:
    """Return what the history adds to a run: changes and figures; nothing for a first run.

    It is compared with the run `against`; or else each company with its own last visit in a run of
    its list, so that a run over some companies alone is no run before for the others: the past is
    named after the run that most were visited in. What that could not read is compared with the
    last run that could.

    Raises:
        StoreError: there is no run `against`, or the history cannot be read.
    """
    keep = compact_in(data_dir) if len(snapshot.results) > MOST else in_memory
    with open_history(data_dir) as store:
        earlier = _finished_before(store, data_dir, snapshot.run.id)
        first = [against] if against is not None else _most_first(store, snapshot, earlier)
        if against is not None:
            check_run(data_dir, against, store.ids())
        base = _base(store, first, snapshot, keep)
    if base is None:
        return NO_PAST
    pair = alike(data_dir, catalogue, snapshot, base)
    with open_history(data_dir) as store:
        before = runs_before(base.run.id, store.ids())
        older = _loaded(store, [run for run in earlier if run in before], keep)
        newer = [] if against is not None else _since(store, snapshot, earlier, base.run.id)
        since = list(_loaded(store, newer, keep))
        changes = changes_between(
            base, pair.run, catalogue, since=since, older=older, again=_again(pair)
        )
        # A report tells the run as it was saved; beside that stands what is told in the same way.
        figures = {base.run.id: figures_of(pair.against if pair.run == snapshot else base)}
        lacking = [run for run in earlier[:MOST_RUNS] if run not in figures]
        figures |= {each.run.id: figures_of(each) for each in _loaded(store, lacking, keep)}
    runs = [figures[run] for run in reversed(earlier[:MOST_RUNS]) if run in figures]
    return Past(changes=changes, before=figures[base.run.id], runs=tuple(runs))


def _last_visits(store: History, snapshot: Snapshot, earlier: Sequence[str]) -> Sequence[str]:
    """Return the runs in which the companies were last visited before, an id a company."""
    visits = (
        {run for run, _ in store.visits(result.company.website)} for result in snapshot.results
    )
    last = (next((run for run in earlier if run in visited), None) for visited in visits)
    return [run for run in last if run is not None]


def _most_first(store: History, snapshot: Snapshot, earlier: Sequence[str]) -> list[str]:
    """Return the earlier runs, the one first in which most companies were visited last."""
    counts = Counter(_last_visits(store, snapshot, earlier))
    return sorted(earlier, key=lambda run: -counts[run])


def _base(store: History, runs: Sequence[str], snapshot: Snapshot, keep: Keep) -> Snapshot | None:
    """Return the first run that can be read; of a whole list the first one over a whole list."""
    first: Snapshot | None = None
    for each in _loaded(store, runs, keep):
        if snapshot.competitors.left_out or not each.competitors.left_out or len(runs) == 1:
            return each
        first = first or each
    return first


def _since(store: History, snapshot: Snapshot, earlier: Sequence[str], base: str) -> list[str]:
    """Return the runs after the one compared with that were the last to visit a company."""
    last = set(_last_visits(store, snapshot, earlier))
    newer = takewhile(lambda run: run != base, earlier)
    return [run for run in newer if run in last]


def _again(pair: Comparable) -> Again | None:
    """Return the earlier run by the rules of the later one; None where nothing had to be done."""
    if not pair.notes:
        return None
    return Again(snapshot=pair.against, unlike=pair.unlike, notes=pair.notes)


def course_of(data_dir: Path, run_id: str) -> tuple[PastRun, ...]:
    """Return the figures of all finished runs of its list before a run, the oldest first.

    Raises:
        StoreError: the history cannot be read.
    """
    with open_history(data_dir) as store:
        earlier = reversed(_finished_before(store, data_dir, run_id))
        return tuple(figures_of(each) for each in _loaded(store, list(earlier)))


def known_before(
    data_dir: Path, snapshot: Snapshot, competitors: Competitors
) -> dict[str, CompanyResult]:
    """Return what the runs before a run knew of each company.

    Raises:
        StoreError: the history cannot be read.
    """
    with open_history(data_dir) as store:
        known = {
            company.name: store.before(snapshot.run.id, company)
            for company in competitors.companies
        }
    return {name: result for name, result in known.items() if result is not None}


def figures_of(snapshot: Snapshot) -> PastRun:
    """Return the figures of a run alone."""
    keys = keys_of_companies(result.company for result in snapshot.results)
    return PastRun(
        run=snapshot.run,
        values={
            keys[result.company.name]: {
                measure.metric: measure.value for measure in result.measures
            }
            for result in snapshot.results
        },
        young={
            keys[result.company.name]: frozenset(
                row.channel for row in result.cadence if row.began is not None
            )
            for result in snapshot.results
        },
    )


def check_run(data_dir: Path, run_id: str, known: Sequence[str]) -> None:
    """Check that there is a run of an id.

    Raises:
        StoreError: there is none; names the one that was probably meant.
    """
    if run_id in known:
        return
    close = get_close_matches(run_id[:80], known, n=1, cutoff=0.6)
    hint = f"did you mean {close[0]}?" if close else _runs_there_are(known)
    raise StoreError(f"{data_dir}: no run {run_id!r}; {hint}")


def _runs_there_are(known: Sequence[str]) -> str:
    """Say how to name a run; of many ids nobody reads which days they are of."""
    if not known:
        return "there are none"
    return f"there are {len(known)}: `audit history` lists them"


def _finished_before(store: History, data_dir: Path, run_id: str) -> list[str]:
    """Return the finished runs of the same list before a run, the newest first."""
    own = runs_like(store, data_dir, run_id)
    finished = {run.id for run in own if run.is_finished}
    return [run for run in runs_before(run_id, store.ids()) if run in finished]


def _loaded(store: History, runs: Sequence[str], keep: Keep = in_memory) -> Iterator[Snapshot]:
    """Load runs one after the other, as they are asked for; one that cannot be read is left out."""
    for run in runs:
        try:
            yield whole(store.load(run, keep))
        except StoreError as error:
            log.warning("run %s is not compared with: %s", run, error)
