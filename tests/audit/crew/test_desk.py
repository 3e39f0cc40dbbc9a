"""The thread beside the loop: one piece of work after the other, and the loop goes on meanwhile."""

import asyncio
import threading
import time

import pytest

from audit.crew.desk import Desk


async def test_work_is_done_one_after_the_other_in_one_thread() -> None:
    done: list[tuple[int, int]] = []

    def work(number: int) -> int:
        time.sleep(0.01)
        done.append((number, threading.get_ident()))
        return number * 2

    with Desk() as desk:
        results = await asyncio.gather(*(desk.do(work, number) for number in range(4)))
    assert results == [0, 2, 4, 6]
    assert [number for number, _ in done] == [0, 1, 2, 3]
    assert len({thread for _, thread in done}) == 1
    assert threading.get_ident() not in {thread for _, thread in done}


async def test_the_loop_goes_on_while_something_is_measured() -> None:
    turns = 0
    measured = threading.Event()

    async def visits() -> None:
        nonlocal turns
        while not measured.is_set():
            turns += 1
            await asyncio.sleep(0)

    def measure() -> None:
        time.sleep(0.5)
        measured.set()

    with Desk() as desk:
        await asyncio.gather(visits(), desk.do(measure))
    assert turns > 10


async def test_what_fails_fails_for_whoever_asked() -> None:
    with Desk() as desk:
        with pytest.raises(ZeroDivisionError):
            await desk.do(divmod, 1, 0)
        assert await desk.do(divmod, 7, 2) == (3, 1)


def test_leaving_a_broken_run_waits_for_what_was_begun_and_drops_the_rest() -> None:
    begun, done = threading.Event(), list[str]()

    def save(name: str) -> None:
        begun.set()
        time.sleep(0.5)
        done.append(name)

    async def run() -> None:
        with Desk() as desk:
            tasks = [asyncio.create_task(desk.do(save, name)) for name in ("one", "two", "three")]
            while not begun.is_set():
                await asyncio.sleep(0)
            for task in tasks:
                task.cancel()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        asyncio.run(run())
    assert done == ["one"]
