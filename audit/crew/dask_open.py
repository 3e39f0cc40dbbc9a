"""Open a cluster: workers on this machine, started for the run, or a scheduler that is there."""

import asyncio
import logging
import os
import signal
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from typing import Any

import dask

from audit.crew.address import Cluster
from audit.model.errors import AuditError
from scrapers.workers.process import without_main

CONNECT_SECONDS = 30.0
END_SECONDS = 15.0

QUIET = {"distributed": "critical", "distributed.client": "critical", "tornado": "critical"}
"""The words of libraries are for whoever runs a cluster, not for the terminal of an audit."""

# Now, as distributed looks for it once, when it is imported; this module is imported before it.
dask.config.set({"logging": QUIET})

SPAWNED = {"PYTHONSAFEPATH": "1", "DASK_LOGGING__DISTRIBUTED": "critical"}
"""How a local worker begins: with no module of the folder in which the user is, and quietly."""

SETTINGS = {
    # The processes that read are children of a worker, which a daemon may not have.
    "distributed.worker.daemon": False,
    "distributed.nanny.pre-spawn-environ": SPAWNED,
    "distributed.worker.preload": [],
    "distributed.scheduler.preload": [],
    "distributed.admin.low-level-log-length": 1_000,
    # No pages about what they do, which any user of this machine could open.
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedCluster:
    """A cluster that can be connected to; `security` are the certificates of one of our own."""

    address: str
    security: object = None


@asynccontextmanager
async def opened(cluster: Cluster, visits: int) -> AsyncIterator[OpenedCluster]:
    """Open a cluster; one of our own makes so many visits at once, and ends with this block.

    Raises:
        AuditError: its workers could not be started.
    """
    if not cluster.local:
        yield OpenedCluster(address=cluster.typed)
        return
    # For as long as the cluster is open: a worker that dies is started anew.
    with dask.config.set(SETTINGS), _folder() as folder, _environment(), without_main():
        local = _local(cluster, visits, folder)
        try:
            yield await _started(local, cluster)
        finally:
            await _closed(local)


def _local(cluster: Cluster, visits: int, folder: str) -> Any:
    """Return a cluster of our own, not started yet: on loopback, with certificates of its own.

    Without these any user of this machine could have its workers do anything, as us.
    """
    from distributed import LocalCluster
    from distributed.security import Security

    return LocalCluster(
        n_workers=cluster.local,
        threads_per_worker=max(1, -(-visits // cluster.local)),
        host="127.0.0.1",
        protocol="tls://",
        security=Security.temporary(),
        processes=True,
        dashboard_address=None,
        local_directory=folder,
        memory_limit=0,
        silence_logs=logging.CRITICAL,
        asynchronous=True,
    )


async def _started(local: Any, cluster: Cluster) -> OpenedCluster:
    """Start the workers of our own cluster.

    Raises:
        AuditError: they could not be started.
    """
    try:
        with _untroubled():
            await local
    except Exception as error:
        raise AuditError(
            f"--cluster {cluster.typed}: its processes could not be started on this machine "
            f"({type(error).__name__}: {error})"
        ) from error
    return OpenedCluster(address=local.scheduler_address, security=local.security)


async def _closed(local: Any) -> None:
    """End the workers of our own cluster; what does not end in time is killed with this program."""
    with suppress(Exception):
        async with asyncio.timeout(END_SECONDS):
            await local.close()


@contextmanager
def _folder() -> Iterator[str]:
    """Give the workers a folder of their own for what they write; gone with them."""
    with tempfile.TemporaryDirectory(prefix="social-audit-", ignore_cleanup_errors=True) as folder:
        yield folder


@contextmanager
def _environment() -> Iterator[None]:
    """Take back what starting workers changes in the environment of this program."""
    before = dict(os.environ)
    try:
        yield
    finally:
        for name in [name for name in SPAWNED if name not in before]:
            os.environ.pop(name, None)


@contextmanager
def _untroubled() -> Iterator[None]:
    """Keep Ctrl-C from processes that are being started: it is for the run, which ends them."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
