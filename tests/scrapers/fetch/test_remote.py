"""One host is asked by one process, whichever visits: owners, the wire to them, and their end."""

import asyncio
import pickle
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

import pytest

from audit.model.exchange import Failure, Key, Kind, Request
from audit.model.value import Reason
from scrapers.fetch import owners as owners_module
from scrapers.fetch.budgeted import BudgetedWire, Span
from scrapers.fetch.hosts import Hosts, News
from scrapers.fetch.owners import Asked, GoneError, Heard, Owners
from scrapers.fetch.polite import PoliteWire
from scrapers.fetch.registry import Deed, Registry
from scrapers.fetch.remote import RemoteWire
from scrapers.fetch.wire import Answer, Trouble
from tests.scrapers.fetch.scripted import AT, HandClock, ScriptedWire, answer

T = TypeVar("T")
HOST = "https://network.example"
KEY = Key(variables=("KEY",), host="network.example", adds="figures", calls=2)


def sent(value: T) -> T:
    """A value as it arrives in another process."""
    arrived: T = pickle.loads(pickle.dumps(value))  # noqa: S301 - written a moment ago
    return arrived


@dataclass
class World:
    """Some processes in one: a registry, and letters that are pickled on their way."""

    clock: HandClock = field(default_factory=HandClock)
    processes: "dict[str, Process]" = field(default_factory=dict)
    registry: Registry = field(init=False)

    def __post_init__(self) -> None:
        self.registry = Registry(self.clock)

    def end(self, name: str) -> None:
        del self.processes[name]
        self.registry.gone(name)


class Process:
    """One process of a world: its post, its hosts, and what it asks the web."""

    def __init__(self, world: World, name: str, below: ScriptedWire | None = None) -> None:
        self.here, self.world = name, world
        self.web = below or ScriptedWire()
        self.hosts: Hosts = world.clock.hosts(delay=1.0)
        self.owners = Owners(self, self.hosts, self.ask_here)
        world.processes[name] = self

    def wire(self, seconds: float = 100.0, delay: float | None = None) -> RemoteWire:
        """The way of a company that is visited here."""
        return RemoteWire(self.owners, Span(seconds, self.world.clock), delay, self.world.clock)

    async def ask_here(self, asked: Asked) -> Answer | Trouble:
        span = Span.going_on(asked.seconds, asked.left, self.world.clock)
        polite = PoliteWire(self.hosts, BudgetedWire(span, self.web), asked.delay)
        return await BudgetedWire(span, polite).get(asked.url, asked.request, asked.known)

    async def owner(self, lane: str) -> Deed:
        await asyncio.sleep(0)
        return sent(self.world.registry.owner_of(lane, self.here))

    async def ask(self, owner: str, asked: Asked) -> Answer | Trouble | None:
        asking = self._other(owner).owners.asked(sent(asked))
        brought = sent(await asking)
        self._other(owner)  # one that has ended before it answered
        return brought

    async def hear(self, owner: str, heard: Heard) -> bool:
        await asyncio.sleep(0)
        return await self._other(owner).owners.heard(sent(heard))

    def tell(self, news: News) -> None:
        self.world.registry.heard(sent(news))

    def _other(self, name: str) -> "Process":
        if name not in self.world.processes:
            raise GoneError(name)
        return self.world.processes[name]


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that has ended is asked for again at once."""
    monkeypatch.setattr(owners_module, "AGAIN_SECONDS", 0.0)


def profile(path: str = "/a", key: Key | None = None) -> Request:
    return Request(url=f"{HOST}{path}", platform="network", key=key)


async def got(wire: RemoteWire, request: Request) -> Answer | Trouble:
    return await wire.get(request.url, request, None)


async def test_one_host_has_one_lane_whoever_asks() -> None:
    world = World()
    a, b = Process(world, "a"), Process(world, "b")
    asking = [got(p.wire(), profile(f"/{n}")) for n in range(3) for p in (a, b)]
    answers = await asyncio.gather(*asking)
    assert all(isinstance(each, Answer) and each.status == 200 for each in answers)
    assert sorted(map(len, (a.web.asked, b.web.asked))) == [0, 6]
    assert world.clock.now == pytest.approx(5.0)  # a pause of a second before all but the first


async def test_a_refusal_is_told_to_every_process_in_the_same_words() -> None:
    world = World()
    a, b = Process(world, "a", ScriptedWire([answer(403)])), Process(world, "b")
    first = await got(a.wire(), profile("/first"))
    assert isinstance(first, Answer)
    late = [await got(each.wire(), profile("/late")) for each in (a, b)]
    assert all(isinstance(each, Trouble) and each.reason is Reason.HTTP_403 for each in late)
    assert len({each.detail for each in late if isinstance(each, Trouble)}) == 1
    assert (len(a.web.asked), len(b.web.asked)) == (1, 0)


async def test_a_captcha_that_one_process_sees_stops_the_host_for_all() -> None:
    world = World()
    a, b = Process(world, "a"), Process(world, "b")
    await got(a.wire(), profile("/first"))
    wire, request = b.wire(), profile("/second")
    await got(wire, request)
    seen = Failure(url=request.url, reason=Reason.CAPTCHA, detail="a captcha", failed_at=AT)
    wire.turned_out(request.url, request, seen)
    # Told before its own next request, and to those who visit elsewhere.
    own = await got(wire, profile("/third"))
    other = await got(a.wire(), profile("/fourth"))
    assert isinstance(own, Trouble)
    assert isinstance(other, Trouble)
    assert own.reason is other.reason is Reason.CAPTCHA
    assert len(a.web.asked) == 2


async def test_a_robots_txt_is_asked_for_once_for_all_processes() -> None:
    world = World()
    a, b = Process(world, "a"), Process(world, "b")
    robots = Request(url=f"{HOST}/robots.txt", kind=Kind.ROBOTS, platform="network")
    first, second = await got(a.wire(), robots), await got(b.wire(), robots)
    assert first == second
    assert len(a.web.asked) + len(b.web.asked) == 1


async def test_the_quota_of_a_key_is_one_for_all_processes_and_outlives_its_owner() -> None:
    world = World()
    a, b = Process(world, "a"), Process(world, "b")
    await got(a.wire(), profile("/1", KEY))
    world.end("a")
    second = await got(b.wire(), profile("/2", KEY))
    third = await got(b.wire(), profile("/3", KEY))
    assert isinstance(second, Answer)
    assert isinstance(third, Trouble)
    assert third.reason is Reason.BUDGET


async def test_a_new_owner_waits_one_whole_pause_and_knows_the_refusals() -> None:
    world = World()
    a, b = Process(world, "a"), Process(world, "b")
    await got(a.wire(), profile("/1"))
    world.end("a")
    began = world.clock.now
    assert isinstance(await got(b.wire(), profile("/2")), Answer)
    assert world.clock.now - began == pytest.approx(1.0)
    b.hosts.leave_alone(HOST, Reason.HTTP_403, "refused")
    c = Process(world, "c")
    world.end("b")
    after = await got(c.wire(), profile("/3"))
    assert isinstance(after, Trouble)
    assert (after.reason, after.detail) == (Reason.HTTP_403, "refused")
    assert not c.web.asked


async def test_a_new_owner_waits_as_long_as_the_host_or_the_company_asks() -> None:
    world = World()
    a, b = Process(world, "a"), Process(world, "b")
    site = Request(url="https://site.example/")
    wire = a.wire(delay=3.0)
    await got(wire, site)
    wire.slow_down(site.url, 6.0)
    world.end("a")
    await got(b.wire(delay=3.0), site)
    assert world.clock.now == pytest.approx(6.0)


async def test_a_new_owner_waits_out_what_the_host_has_asked_for_with_retry_after() -> None:
    world = World()
    busy = answer(503, (("Retry-After", "20"),))
    a, b = Process(world, "a", ScriptedWire([busy])), Process(world, "b")
    asking = asyncio.create_task(got(a.wire(), Request(url="https://site.example/")))
    while not a.web.asked:
        await asyncio.sleep(0)
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    asking.cancel()
    world.end("a")
    await got(b.wire(), Request(url="https://site.example/"))
    assert world.clock.now >= 20.0


async def test_parts_of_a_page_wait_too_where_a_host_has_a_new_owner() -> None:
    world = World()
    a, b = Process(world, "a"), Process(world, "b")
    part = Request(url="https://site.example/x.js", kind=Kind.PART)
    await got(a.wire(), part)
    world.end("a")
    await got(b.wire(), part)
    assert world.clock.now == pytest.approx(1.0)
    await got(b.wire(), part)
    assert world.clock.now == pytest.approx(1.0)


async def test_a_request_whose_owner_ends_before_it_answers_is_made_by_the_next() -> None:
    world = World()
    a, b = Process(world, "a"), Process(world, "b")
    await got(a.wire(), profile("/1"))

    async def die(*_: object) -> Answer:
        world.end("a")
        raise GoneError

    a.web.get = die  # type: ignore[method-assign, assignment]
    outcome = await got(b.wire(), profile("/2"))
    assert isinstance(outcome, Answer)
    assert b.web.urls == [f"{HOST}/2"]


async def test_the_time_that_the_end_of_an_owner_costs_is_not_the_companys() -> None:
    world = World()
    a, b = Process(world, "a"), Process(world, "b")
    await got(a.wire(), profile("/1"))

    async def slow(owner: str, asked: Asked) -> Answer | Trouble | None:
        del asked
        world.clock.now += 500.0
        b.ask = partial(Process.ask, b)  # type: ignore[method-assign]
        world.end(owner)
        raise GoneError

    b.ask = slow  # type: ignore[method-assign]
    assert isinstance(await got(b.wire(seconds=60.0), profile("/2")), Answer)


async def test_the_time_of_a_company_ends_at_the_owner_with_its_own_words() -> None:
    world = World()
    a, b = Process(world, "a"), Process(world, "b")
    await got(a.wire(), profile("/1"))
    wire = b.wire(seconds=60.0)
    world.clock.now += 61.0
    over = await got(wire, profile("/2"))
    assert isinstance(over, Trouble)
    assert (over.reason, over.detail) == (Reason.BUDGET, "60 s for one company are over")
    # What is known of a host goes before the time, here as in one process.
    a.hosts.leave_alone(HOST, Reason.HTTP_403, "refused")
    known = await got(wire, profile("/3"))
    assert isinstance(known, Trouble)
    assert known.reason is Reason.HTTP_403


async def test_what_is_no_address_of_a_host_is_judged_where_it_is() -> None:
    world = World()
    a = Process(world, "a")
    await got(a.wire(), Request(url="http://[broken"))
    assert not world.registry.will()
