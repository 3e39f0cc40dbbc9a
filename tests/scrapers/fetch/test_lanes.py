"""Who goes next where several companies wait for one host."""

import asyncio
from collections.abc import Sequence

import pytest

from scrapers.fetch.lanes import Lanes, Time
from tests.scrapers.fetch.scripted import HandClock

HOST = "platform.example"


def lanes(clock: HandClock, delay: float = 1.0) -> Lanes:
    return Lanes(delay, Time(clock=clock, sleep=clock.sleep))


async def ask(of: Lanes, rank: int, times: int, told: list[int]) -> None:
    """Ask so often, each time once the answer before was read."""
    for _ in range(times):
        async with of.turn(HOST, rank=rank):
            told.append(rank)
        await asyncio.sleep(0)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
async def test_who_began_first_is_through_first_however_often_it_asks(order: Sequence[int]) -> None:
    clock, told = HandClock(), list[int]()
    of = lanes(clock)
    await asyncio.gather(*(ask(of, rank, 3, told) for rank in order))
    assert told[0] == order[0], "nobody waits for whoever is not there yet"
    rest = told[1:]
    assert rest == sorted(rest)
    assert clock.now == 8.0, "one pause after each but the last"


async def test_of_one_rank_the_order_is_that_of_asking() -> None:
    clock, told = HandClock(), list[str]()
    of = lanes(clock)

    async def once(name: str) -> None:
        async with of.turn(HOST):
            told.append(name)

    await asyncio.gather(*map(once, "abcde"))
    assert "".join(told) == "abcde"


async def test_who_is_broken_off_while_it_waits_holds_up_nobody() -> None:
    clock, told = HandClock(), list[int]()
    of = lanes(clock)
    async with of.turn(HOST, rank=9):
        waiting = [asyncio.create_task(ask(of, rank, 1, told)) for rank in range(3)]
        await asyncio.sleep(0)
        waiting[0].cancel()
    waiting[1].cancel()  # called by now, and not begun
    await asyncio.wait_for(waiting[2], 5)
    assert told == [2]
    await asyncio.wait_for(ask(of, 0, 1, told), 5)
    assert told == [2, 0]


async def test_who_is_broken_off_in_its_pause_passes_the_turn_on() -> None:
    clock = HandClock()
    of, told = Lanes(1.0, Time(clock=clock, sleep=forever)), list[int]()
    await ask(of, 0, 1, told)
    pausing = asyncio.create_task(ask(of, 0, 1, told))
    await asyncio.sleep(0)
    pausing.cancel()
    await asyncio.gather(pausing, return_exceptions=True)
    clock.now = 5.0
    await asyncio.wait_for(ask(of, 0, 1, told), 5)
    assert told == [0, 0]


async def forever(seconds: float) -> None:
    await asyncio.sleep(3600 + seconds)


async def test_a_newcomer_ranks_behind_all_before() -> None:
    of = lanes(HandClock())
    ranks = [of.newcomer() for _ in range(4)]
    assert ranks == sorted(set(ranks))
