"""Many visits at once, and then a fault, Ctrl-C or a kill: what was saved is there, all goes on."""

import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from audit import api
from audit.crew.watcher import Silent
from audit.model.result import CompanyResult
from audit.model.visit import Visit
from scrapers.channels.overlap import Vault
from scrapers.errand import Errand
from scrapers.visit import visit
from tests.audit.crew.small_web import SmallWeb, options, web
from tests.audit.test_run import AUDIT, PLAIN
from tests.forked import started

COMPANIES = 16
PATIENCE_SECONDS = 60


@pytest.fixture
def small(tmp_path: Path) -> Iterator[SmallWeb]:
    with web(tmp_path, COMPANIES, seed=5, longest_seconds=0.1) as served:
        yield served


def broken_off(small: SmallWeb, number: int) -> tuple[int, set[str]]:
    """Start a run, and send a signal when some companies are told finished; give status and names.

    All companies are visited at once, so that the others are under way then.
    """
    command = [str(AUDIT), str(small.file), "--allow-private-hosts", "--format", "json"]
    finished: set[str] = set()
    sent = False
    until = time.monotonic() + PATIENCE_SECONDS
    with started(command, PLAIN, stdout=subprocess.DEVNULL) as run:
        assert run.stderr is not None
        for line in run.stderr:
            name, _, outcome = line.partition(": ")
            if outcome.startswith(("complete", "read")):
                finished.add(name)
            if len(finished) == 3 and not sent:
                run.send_signal(number)  # once: a second Ctrl-C would end it without its last words
                sent = True
            assert time.monotonic() < until
    return run.returncode, finished


def kept(small: SmallWeb) -> set[str]:
    """The companies whose result the history holds."""
    snapshot = api.kept_run(small.file.parent / "audit-data")
    return {result.company.name for result in snapshot.results if result.measures}


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGKILL, -9)])
def test_a_run_that_is_broken_off_has_saved_what_it_told_and_goes_on_with_the_rest(
    small: SmallWeb, number: int, status: int
) -> None:
    ended, finished = broken_off(small, number)
    assert ended == status
    assert 3 <= len(finished) < COMPANIES
    saved = kept(small)
    assert saved >= finished
    hits = [len(site.requests) for site in small.sites]
    config = api.load(small.file)
    snapshot = api.run(config, options(small.file.parent, resume=True))
    assert all(result.complete for result in snapshot.results)
    for site, before, company in zip(small.sites, hits, config.competitors.companies, strict=True):
        assert (len(site.requests) == before) == (company.name in saved), company.name


def test_a_fault_in_a_reader_costs_its_company_and_no_other(
    small: SmallWeb, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fault is planted where nothing else catches it: in the crew's own hands."""

    async def faulty(errand: Errand, vault: Vault | None = None) -> Visit:
        if errand.company.name in ("Acme 3", "Acme 11"):
            raise ZeroDivisionError
        return await visit(errand, vault)

    monkeypatch.setattr("audit.crew.company.visit", faulty)
    snapshot = api.run(api.load(small.file), options(small.file.parent))
    faults = {result.company.name for result in snapshot.results if not result.complete}
    assert faults == {"Acme 3", "Acme 11"}
    assert kept(small) == {result.company.name for result in snapshot.results} - faults


class Impatient(Silent):
    """A watcher at whose first finished company somebody presses Ctrl-C."""

    def __init__(self) -> None:
        self.finished_names: list[str] = []

    def finished(self, result: CompanyResult) -> None:
        self.finished_names.append(result.company.name)
        if len(self.finished_names) == 1:
            signal.raise_signal(signal.SIGINT)


@pytest.fixture
def keyboard() -> Iterator[None]:
    """Let Ctrl-C interrupt, as at a keyboard: a shell has its background jobs ignore it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("keyboard")
def test_ctrl_c_in_a_program_gives_what_is_finished(tmp_path: Path) -> None:
    """Of two companies one is slow, so that it is surely under way then."""
    watcher = Impatient()
    with web(tmp_path, 2, seed=5, longest_seconds=0.0, slow={1: 8.0}) as small:
        with pytest.raises(api.RunInterruptedError) as caught:
            api.run(api.load(small.file), options(tmp_path), watcher)
        snapshot = caught.value.snapshot
        assert watcher.finished_names == ["Acme 0"]
        assert {each.company.name for each in snapshot.results if each.measures} == {"Acme 0"}
        assert kept(small) == {"Acme 0"}
    assert [each.company.name for each in snapshot.results] == ["Acme 0", "Acme 1"]
    assert snapshot.run.finished_at is None


@pytest.mark.skipif(sys.platform != "linux", reason="counts the processes in /proc")
def test_nothing_is_left_of_a_run_that_was_interrupted(small: SmallWeb) -> None:
    """Ctrl-C ends the workers too, and leaves no half record: the archive can be replayed."""
    broken_off(small, signal.SIGINT)
    config = api.load(small.file)
    replayed = api.replay(config, small.file.parent / "audit-data")
    whole = {result.company.name for result in replayed.results if result.complete}
    assert whole >= kept(small)
