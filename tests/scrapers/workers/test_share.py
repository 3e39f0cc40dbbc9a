"""One company's share of the workers: what its site takes is added up, and the others are served."""

import asyncio
import time
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from audit.model.value import Reason
from scrapers.workers.pool import ANSWER_BYTES, Workers
from scrapers.workers.process import CPU_SECONDS
from scrapers.workers.readers import OverrunError
from scrapers.workers.share import HUNGRY_SECONDS, SECONDS, Share
from tests.scrapers.workers.test_workers import LOADED, endless, load, times


@pytest_asyncio.fixture(loop_scope="function")
async def workers() -> AsyncIterator[Workers[int]]:
    async with Workers(LOADED, load) as running:
        yield running


def large(_loaded: int, size: int) -> bytes:
    return bytes(size)


def busy(_loaded: int, seconds: float) -> None:
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


async def test_a_company_that_has_taken_its_share_gets_no_more(workers: Workers[int]) -> None:
    share = Share(workers, pages=0)
    assert await share.run(times, 6) == LOADED * 6
    share._used = SECONDS + 1
    with pytest.raises(OverrunError) as caught:
        await share.run(times, 6)
    assert caught.value.reason is Reason.BUDGET
    share.renew()
    assert await share.run(times, 6) == LOADED * 6, "a new span for the profiles"


async def test_the_time_that_a_companys_answers_take_adds_up(
    workers: Workers[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("scrapers.workers.share.SECONDS", 0.3)
    share = Share(workers, pages=0)
    for _ in range(2):
        await share.run(busy, 0.2)
    with pytest.raises(OverrunError) as caught:
        await share.run(times, 6)
    assert caught.value.reason is Reason.BUDGET


async def test_an_answer_that_was_given_up_takes_its_time_of_the_share(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("scrapers.workers.share.SECONDS", CPU_SECONDS - 1)
    async with Workers(LOADED, load, cpu_seconds=0.2) as hurried:
        share = Share(hurried, pages=0)
        reasons = []
        for _ in range(2):
            with pytest.raises(OverrunError) as caught:
                await share.run(endless)
            reasons.append(caught.value.reason)
    assert reasons == [Reason.TIMEOUT, Reason.BUDGET]


async def test_what_is_kept_of_a_company_is_bounded(workers: Workers[int]) -> None:
    share = Share(workers, pages=0)
    for _ in range(5):
        await share.run(large, 3 * 1024 * 1024)
    with pytest.raises(OverrunError) as caught:
        await share.run(large, 3 * 1024 * 1024)
    assert caught.value.reason is Reason.TOO_LARGE


async def test_no_answer_is_kept_that_says_more_than_pages_do(workers: Workers[int]) -> None:
    share = Share(workers, pages=40)
    with pytest.raises(OverrunError) as caught:
        await share.run(large, ANSWER_BYTES + 1)
    assert caught.value.reason is Reason.TOO_LARGE


async def test_companies_that_take_much_leave_a_worker_to_the_others(
    workers: Workers[int],
) -> None:
    while workers._serving < len(workers._workers):
        await asyncio.sleep(0.05)
    greedy = [Share(workers, pages=40) for _ in range(6)]
    for share in greedy:
        share._used = HUNGRY_SECONDS + 1
    slow = [asyncio.ensure_future(share.run(endless)) for share in greedy]
    await asyncio.sleep(0.3)
    modest = Share(workers, pages=40)
    for number in range(20):
        assert await modest.run(times, number) == LOADED * number
    assert not any(task.done() for task in slow)
    for task in slow:
        task.cancel()
    await asyncio.gather(*slow, return_exceptions=True)
