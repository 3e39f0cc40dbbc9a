"""The pages of a run on their way into a team's store: nothing is lost where that is away."""

import asyncio
import threading
import time
from pathlib import Path

import pytest

from audit.crew import pages as module
from audit.crew.pages import Pages, in_thread
from audit.evidence.kept import KeptEvidence
from audit.evidence.store import AwayError, EvidenceError, FolderStore
from audit.store.patience import Patience

NAMES = tuple(f"archive/r1/c{at}-1a2b3c4d.1.warc.gz" for at in range(3))


class Store(FolderStore):
    """A folder that fails as often as it is told to."""

    failures: int = 0
    error: type[EvidenceError] = AwayError
    tries: int = 0

    def put(self, path: Path, name: str) -> None:
        """Fail, or put."""
        self.tries += 1
        if self.failures:
            self.failures -= 1
            raise self.error("s3://team: no server answers there")
        super().put(path, name)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr(module, "FIRST_SECONDS", 0.001)
    made = Store(tmp_path / "shared", "--evidence")
    made.check()
    return made


def begun(store: Store, data_dir: Path, seconds: float = 5.0) -> tuple[Pages, list[str]]:
    """Pages of a run with three archives, and what is told."""
    evidence, told = KeptEvidence(data_dir, store), list[str]()
    evidence.begin("r1")
    for name in NAMES:
        path = data_dir / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"pages")
    return Pages(evidence, Patience(told.append, seconds)), told


async def test_each_archive_is_put_up_when_its_visit_is_over(store: Store, tmp_path: Path) -> None:
    pages, told = begun(store, tmp_path / "a")
    for name in NAMES:
        await pages.put_up(name)
    assert len(store.sizes("archive/r1")) == 3
    assert pages.put_up_all(["r1"]) == ()
    assert told == []
    assert not (tmp_path / "a" / "archive" / "r1").exists()


async def test_a_store_that_is_away_is_left_alone_and_has_all_in_the_end(
    store: Store, tmp_path: Path
) -> None:
    pages, told = begun(store, tmp_path / "a")
    store.failures = 3
    for name in NAMES:
        await pages.put_up(name)
    assert store.tries == 1  # the other visits do not wait for it
    assert len(told) == 1
    assert "Visits go on; their pages are kept in" in told[0]
    assert pages.put_up_all(["r1"]) == ()
    assert "answers again, and has all pages" in told[1]
    assert len(store.sizes("archive/r1")) == 3


@pytest.mark.parametrize("error", [AwayError, EvidenceError])
def test_what_still_waits_in_the_end_is_told_and_goes_with_the_next_run(
    store: Store, tmp_path: Path, error: type[EvidenceError]
) -> None:
    pages, _ = begun(store, tmp_path / "a", seconds=0.0)
    store.failures, store.error = 10**6, error
    (note,) = pages.put_up_all(["r1"])
    assert note.incomplete
    assert "3 archives of pages are not in" in note.detail
    store.failures = 0
    later = Pages(KeptEvidence(tmp_path / "a", store), Patience(print))
    assert later.put_up_all(["r1"]) == ()
    assert len(store.sizes("archive/r1")) == 3


def test_whoever_breaks_off_does_not_wait(store: Store, tmp_path: Path) -> None:
    pages, _ = begun(store, tmp_path / "a", seconds=600.0)
    store.failures = 10**6
    pages._patience.end()
    began = time.monotonic()
    assert pages.put_up_all(["r1"])
    assert time.monotonic() - began < 5.0


async def test_what_hangs_in_a_thread_holds_up_nobody_who_is_cancelled() -> None:
    hangs = threading.Event()
    waiting = asyncio.create_task(in_thread(hangs.wait))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    hangs.set()
    assert await in_thread(lambda: 7) == 7
    with pytest.raises(ZeroDivisionError):
        await in_thread(lambda: 1 // 0)
