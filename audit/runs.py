"""The runs that a data folder keeps: all of them, those of one list, and one as it was saved."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from audit import lists
from audit.model.company import Competitors
from audit.model.errors import StoreError
from audit.model.result import Snapshot
from audit.nearest import MOST
from audit.store.aside import compact_in, in_memory
from audit.store.history import RunSummary
from audit.store.lock import going_on
from audit.store.missing import whole
from audit.store.opening import kept_in, open_history, place_of


def runs(data_dir: Path) -> tuple[RunSummary, ...]:
    """List the runs of all lists that a data folder keeps, as they began; change nothing.

    Raises:
        StoreError: the history cannot be read.
    """
    with open_history(data_dir) as store:
        return tuple(store.runs())


def run_ids(data_dir: Path) -> tuple[str, ...]:
    """List the ids of the runs that a data folder keeps, in the order in which they began.

    Raises:
        StoreError: the history cannot be read.
    """
    with open_history(data_dir) as store:
        return store.ids()


def runs_of_list(data_dir: Path, competitors: Competitors) -> tuple[str, ...]:
    """List the ids of the runs of one list, as several lists may share a data folder.

    Raises:
        StoreError: the history cannot be read.
    """
    with open_history(data_dir) as store:
        return tuple(run.id for run in lists.runs_of(store, data_dir, competitors))


def other_lists(data_dir: Path, competitors: Competitors) -> Mapping[str, Sequence[str]]:
    """List the ids of the runs of all other lists in a data folder, by the name of their file.

    Raises:
        StoreError: the history cannot be read.
    """
    with open_history(data_dir) as store:
        return lists.other_lists(store, data_dir, competitors)


def strangers(data_dir: Path, competitors: Competitors) -> tuple[str, ...]:
    """List the ids of the runs of one list that share no company with it as it is now.

    Raises:
        StoreError: the history cannot be read.
    """
    with open_history(data_dir) as store:
        return lists.strangers(store, data_dir, competitors)


def under_way(data_dir: Path, competitors: Competitors) -> str:
    """Name who has a run of a list under way now, as far as is known; "" where nobody has.

    Of a data folder a process of this machine, of a database a person.
    """
    if owner := going_on(data_dir):
        return owner
    if kept_in(data_dir) is None:
        return ""
    try:
        with open_history(data_dir) as store:
            busy = store.at_work()
            own = lists.runs_of(store, data_dir, competitors) if busy else ()
    except StoreError:  # told by whoever needs the history
        return ""
    return next((busy[run.id] for run in own if run.id in busy), "")


def kept_run(
    data_dir: Path, run_id: str | None = None, competitors: Competitors | None = None
) -> Snapshot:
    """Load a run from the history, the last one of the list unless another is named.

    Without a list it is the last one of all. What it lacks is in it, with the reason: a company
    that was not finished, a damaged row.

    Raises:
        StoreError: there is none, or none of that name.
    """
    with open_history(data_dir) as store:
        known = store.ids()
        own = (
            lists.runs_of(store, data_dir, competitors)
            if competitors is not None
            else store.lists()
        )
        if not known or (run_id is None and not own):
            raise StoreError(f"{place_of(data_dir)}: no run yet")
        if run_id is not None and run_id not in known:
            raise StoreError(
                f"{place_of(data_dir)}: no run {run_id!r}; there are: {', '.join(known)}"
            )
        finished = [run for run in own if run.is_finished]
        wanted = run_id if run_id is not None else (finished or own)[-1].id
        many = any(run.id == wanted and len(run.websites) > MOST for run in own)
        return whole(store.load(wanted, compact_in(data_dir) if many else in_memory))
