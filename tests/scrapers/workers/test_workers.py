"""Readers run in worker processes: an answer that takes too long costs itself and nothing else."""

import asyncio
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import AsyncIterator
from concurrent.futures import BrokenExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from pebble import ProcessPool

from audit.model.errors import AuditError
from audit.model.exchange import Page, Request
from audit.model.value import Reason
from scrapers.workers import pool
from scrapers.workers.dialogue import Dialogue, Done, Steps
from scrapers.workers.pool import Workers
from scrapers.workers.readers import FaultError, Here, OverrunError, Readers, kind_of
from tests.places import ROOT

LOADED = 7
AB = random.Random(1).randbytes(4_000_000).translate(b"ab" * 128)  # noqa: S311 - no secret
NOW = datetime(2026, 11, 24, tzinfo=UTC)


def load() -> int:
    return LOADED


def times(loaded: int, number: int) -> int:
    return loaded * number


def endless(_loaded: int) -> bool:
    """Spin inside a C library, where no exception of Python's can end it."""
    return re.match(r"(a+)+$", "a" * 64 + "b") is None


def unhearing(_loaded: int) -> int:
    """Stay in C for long, where not even a handler of signals is run."""
    return len(zlib.compress(random.Random(1).randbytes(1) + AB, level=9))  # noqa: S311 - no secret


def faulty(_loaded: int) -> None:
    raise ValueError("words of somebody")


def greedy(_loaded: int) -> int:
    return len(bytearray(3 * 1024**3))


def crashing(_loaded: int) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def process(_loaded: int) -> int:
    return os.getpid()


def counting(loaded: int, most: int) -> Steps[tuple[int, ...]]:
    """A reader that asks for `most` pages and returns the process of each step."""
    here = [os.getpid()]
    for number in range(most):
        answer = yield Request(url=f"https://acme.example/{number}")
        assert isinstance(answer, Page)
        assert answer.body == str(number).encode()
        here.append(os.getpid())
    return (loaded, *here)


def stalling(_loaded: int) -> Steps[int]:
    yield Request(url="https://acme.example/")
    endless(LOADED)
    return 0


@pytest_asyncio.fixture(loop_scope="function")
async def workers() -> AsyncIterator[Workers[int]]:
    async with Workers(LOADED, load, cpu_seconds=0.5) as running:
        yield running


def page(number: int) -> Page:
    url = f"https://acme.example/{number}"
    return Page(
        url=url,
        requested_url=url,
        status=200,
        headers=(),
        body=str(number).encode(),
        fetched_at=NOW,
        record="",
    )


async def read(readers: Readers[int], most: int) -> tuple[int, ...]:
    reading = Dialogue(readers, counting, most)
    step = await reading.next()
    while not isinstance(step, Done):
        step = await reading.next(page(int(step.url.rpartition("/")[2])))
    value: tuple[int, ...] = step.value
    return value


async def test_a_job_gets_what_its_worker_loaded(workers: Workers[int]) -> None:
    assert await workers.run(times, 6) == LOADED * 6
    assert await workers.run(process) != os.getpid()


async def test_an_answer_that_takes_too_long_is_given_up_and_the_others_do_not_wait(
    workers: Workers[int],
) -> None:
    slow = asyncio.ensure_future(workers.run(endless))
    waits = []
    while not slow.done():
        began = time.monotonic()
        assert await workers.run(times, 2) == LOADED * 2
        waits.append(time.monotonic() - began)
        await asyncio.sleep(0.02)
    with pytest.raises(OverrunError) as caught:
        await slow
    assert caught.value.reason is Reason.TIMEOUT
    assert "CPU" in caught.value.detail
    assert len(waits) > 5
    assert await workers.run(times, 3) == LOADED * 3


async def test_a_fault_in_a_worker_is_told_by_kind_and_place_without_its_words(
    workers: Workers[int],
) -> None:
    with pytest.raises(FaultError) as caught:
        await workers.run(faulty)
    assert kind_of(caught.value) == "ValueError"
    assert "words of somebody" not in str(caught.value)
    assert "words of somebody" in str(caught.value.__cause__)


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on address space")
async def test_a_reader_that_wants_too_much_memory_costs_its_answer(workers: Workers[int]) -> None:
    with pytest.raises(OverrunError) as caught:
        await workers.run(greedy)
    assert caught.value.reason is Reason.TOO_LARGE
    assert await workers.run(times, 1) == LOADED


async def test_a_worker_that_crashes_is_replaced(workers: Workers[int]) -> None:
    with pytest.raises(FaultError):
        await workers.run(crashing)
    assert {await workers.run(times, number) for number in range(4)} == {0, 7, 14, 21}


async def test_a_reader_of_many_steps_stays_in_its_worker(workers: Workers[int]) -> None:
    loaded, *places = await read(workers, 5)
    assert loaded == LOADED
    assert len(set(places)) == 1


async def test_readers_in_this_process_are_driven_the_same_way() -> None:
    assert await read(Here(LOADED), 3) == (LOADED, *[os.getpid()] * 4)


async def test_a_reader_moves_where_its_worker_is_busy() -> None:
    async with Workers(LOADED, load) as workers:
        reading = Dialogue(workers, counting, 2)
        await reading.next()
        await reading.next(page(0))
        busy, _ = await workers.run_near(reading._place, process)
        blocked = asyncio.ensure_future(workers.run_near(reading._place, endless))
        await asyncio.sleep(0.3)
        end = await reading.next(page(1))
        assert not blocked.done()
        assert isinstance(end, Done)
        assert busy not in end.value
        blocked.cancel()


async def test_a_reader_begins_anew_where_its_worker_is_gone(workers: Workers[int]) -> None:
    reading = Dialogue(workers, counting, 2)
    await reading.next()
    await reading.next(page(0))
    with pytest.raises(FaultError):
        await workers.run_near(reading._place, crashing)
    end = await reading.next(page(1))
    assert isinstance(end, Done)
    assert len(end.value) == 4


async def test_a_reader_that_stalls_ends_alone(workers: Workers[int]) -> None:
    stalled, sound = Dialogue(workers, stalling), Dialogue(workers, counting, 1)
    await stalled.next()
    await sound.next()
    with pytest.raises(OverrunError):
        await stalled.next(page(0))
    assert isinstance(await sound.next(page(0)), Done)


async def test_closing_does_not_wait_for_an_answer_that_is_being_read() -> None:
    async with Workers(LOADED, load) as running:
        await running.run(times, 1)
        slow = asyncio.ensure_future(running.run(unhearing))
        await asyncio.sleep(0.3)
        slow.cancel()
        began = time.monotonic()
    assert time.monotonic() - began < 20


STUCK = """
import asyncio, os
from tests.scrapers.workers.test_workers import LOADED, endless, load, process
from scrapers.workers.pool import Workers

async def main():
    async with Workers(LOADED, load, cpu_seconds=2) as running:
        print(*{await running.run(process) for _ in range(8)}, flush=True)
        await asyncio.gather(running.run(endless), running.run(endless))

if __name__ == "__main__":
    asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL])
def test_no_worker_outlives_its_run(ending: signal.Signals) -> None:
    """Ctrl-C ends it at once; after SIGKILL a worker ends by itself, and nothing is printed."""
    command = [sys.executable, "-c", STUCK]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        cwd=ROOT,
    ) as run:
        assert run.stdout is not None
        known = [int(number) for number in run.stdout.readline().split()]
        time.sleep(0.5)
        began = time.monotonic()
        if ending is signal.SIGINT:
            os.killpg(run.pid, ending)
        else:
            run.send_signal(ending)
        run.wait()
        if ending is signal.SIGINT:
            assert time.monotonic() - began < 20
        while any(alive(number) for number in known):
            assert time.monotonic() - began < 60
            time.sleep(0.1)
        assert run.stderr is not None
        assert "leaked" not in run.stderr.read()


def alive(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True


def unable() -> int:
    raise OSError("the rules are gone")


async def test_where_no_worker_can_be_started_the_run_ends_in_words() -> None:
    with pytest.raises(AuditError, match="could not be started"):
        async with Workers(LOADED, unable) as running:
            await running.run(times, 1)


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on address space")
def test_a_users_own_limit_on_memory_is_kept() -> None:
    code = (
        "import asyncio, resource\n"
        "resource.setrlimit(resource.RLIMIT_AS, (3 * 1024**3, 3 * 1024**3))\n"
        "from tests.scrapers.workers.test_workers import LOADED, load, limits\n"
        "from scrapers.workers.pool import Workers\n"
        "async def main():\n"
        "    async with Workers(LOADED, load) as running:\n"
        "        print(*await running.run(limits))\n"
        "asyncio.run(main())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert done.stdout.split() == [str(2 * 1024**3), str(3 * 1024**3)]


def limits(_loaded: int) -> tuple[int, int]:
    import resource

    return resource.getrlimit(resource.RLIMIT_AS)


async def test_a_script_without_a_guard_is_not_run_again_in_workers(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "import asyncio\nprint('once')\n"
        "from tests.scrapers.workers.test_workers import LOADED, load, times\n"
        "from scrapers.workers.pool import Workers\n"
        "async def main():\n"
        "    async with Workers(LOADED, load) as running:\n"
        "        print(await running.run(times, 6))\n"
        "asyncio.run(main())\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, script], capture_output=True, text=True, env=environment, check=False
    )
    assert (done.stdout.split(), done.stderr) == (["once", "42"], "")


async def test_a_worker_that_was_half_made_at_the_end_is_no_fault(
    caplog: pytest.LogCaptureFixture,
) -> None:
    workers = Workers(LOADED, load)
    workers._started(0, BrokenExecutor())
    assert len(caplog.records) == 1
    workers._stop()
    workers._started(1, BrokenExecutor())
    assert len(caplog.records) == 1


def noisy(_loaded: int) -> int:
    return os.write(1, b"a library's remark\n") + os.write(2, b"Traceback\n")


@pytest.mark.skipif(sys.platform != "linux", reason="workers have the terminal elsewhere")
def test_no_word_of_a_worker_reaches_the_terminal() -> None:
    """One whose run is killed while it is made would complain that its orders are torn."""
    code = (
        "import asyncio\n"
        "from tests.scrapers.workers.test_workers import LOADED, load, noisy\n"
        "from scrapers.workers.pool import Workers\n"
        "async def main():\n"
        "    async with Workers(LOADED, load) as running:\n"
        "        print(await running.run(noisy), flush=True)\n"
        "asyncio.run(main())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert (done.stdout.split(), done.stderr) == (["29"], "")


PROGRAM = """
import asyncio
from scrapers.workers.pool import Workers
from scrapers.workers.process import nothing

async def main():
    async with Workers(1, int, 1) as workers:
        await workers.run(nothing)

asyncio.run(main())
"""


def test_modules_in_the_users_folder_are_not_taken_for_ours(tmp_path: Path) -> None:
    """A worker is started by `-c`, for which Python would look in the current folder first."""
    folder, program = tmp_path / "list", tmp_path / "program.py"
    (folder / "scrapers").mkdir(parents=True)
    for name in ("scrapers/__init__.py", "config.py", "pickle.py", "random.py", "audit.py"):
        (folder / name).write_text("raise SystemExit('a module of the user')\n", "utf-8")
    program.write_text(PROGRAM, "utf-8")
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, program], cwd=folder, env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr


async def test_the_end_does_not_wait_for_a_pool_that_never_ends(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    released = threading.Event()
    join = ProcessPool.join
    monkeypatch.setattr(pool, "END_SECONDS", 0.1)
    monkeypatch.setattr(ProcessPool, "join", lambda each: (released.wait(60), join(each)))
    async with Workers(LOADED, load) as workers:
        assert await workers.run(times, 6) == 42
    assert "did not end" in caplog.text
    released.set()
