"""Begin a run: what is asked of it, and whether a broken one is gone on with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from audit import __version__
from audit.crew.address import Cluster
from audit.lists import runs_of
from audit.model.catalogue import Catalogue
from audit.model.company import Competitors
from audit.model.errors import StoreError
from audit.model.result import CompanyResult, RunInfo
from audit.reading import reading_version
from audit.store.history import History
from scrapers.fetch.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Orders:
    """What is asked of a run, beside the list of companies.

    `listed` is the whole list where only some companies of it are visited; else None.
    `only_saved`: nothing is fetched, and pages that people saved are all that is read. `cluster`
    makes the visits where it is not this process. What `formats` are written with is loaded ahead.
    """

    data_dir: Path
    as_of: datetime
    policy: Policy
    resume: bool = False
    listed: Competitors | None = None
    only_saved: bool = False
    cluster: Cluster | None = None
    formats: tuple[str, ...] = ()


def begun(
    store: History, competitors: Competitors, catalogue: Catalogue, orders: Orders
) -> tuple[RunInfo, Sequence[CompanyResult] | None]:
    """Go on with the broken run where asked to and possible, else begin a new one."""
    with store.beginning():
        _check_free(store, competitors, orders)
        if orders.resume and (broken := _broken(store, competitors, orders)) is not None:
            store.go_on(broken)
            snapshot = store.load(broken)
            return snapshot.run, snapshot.results
        return store.begin(_new_run(catalogue, orders), competitors), None


def _broken(store: History, competitors: Competitors, orders: Orders) -> str | None:
    """Return the run of this list that is to be gone on with; None where there is none.

    Another list may hold the same companies, and look at them for another period.
    """
    own = {run.id for run in runs_of(store, orders.data_dir, orders.listed or competitors)}
    return store.broken(competitors, own)


def _check_free(store: History, competitors: Competitors, orders: Orders) -> None:
    """Check that nobody else audits this list now; several lists may share a history.

    Raises:
        StoreError: somebody does.
    """
    busy = store.at_work()
    own = runs_of(store, orders.data_dir, orders.listed or competitors) if busy else ()
    for run in (run for run in own if run.id in busy):
        raise StoreError(
            f"{competitors.path}: is being audited now ({busy[run.id]}); wait until that is done. "
            "Nothing was fetched"
        )


def _new_run(catalogue: Catalogue, orders: Orders) -> RunInfo:
    """Return a run that begins now."""
    started_at = datetime.now(UTC)
    return RunInfo(
        # In milliseconds; where two runs begin in the same
        # one, the history gives the second another id.
        id=started_at.strftime("%Y%m%dT%H%M%S%f")[:-3],
        as_of=orders.as_of,
        started_at=started_at,
        finished_at=None,
        version=__version__,
        rules_version=catalogue.version,
        reading=reading_version(),
    )
