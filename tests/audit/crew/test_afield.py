"""Crews that are sent their kit: two of them, in one process here, share the hosts of a run."""

import asyncio
import os
import pickle
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from audit.crew.address import Cluster
from audit.crew.afield import BroughtHome, Crew, Kit, Step, VisitOrder
from audit.crew.company import Before, Task
from audit.crew.watcher import Silent
from audit.model.company import Company, Settings
from audit.model.plan import CompanyPlan
from audit.model.result import CompanyResult
from audit.model.value import Known
from audit.model.visit import Visit
from audit.store.history import Earlier
from scrapers.channels.overlap import Vault
from scrapers.fetch.hosts import HostNews
from scrapers.fetch.owners import Asked, Heard
from scrapers.fetch.policy import Policy
from scrapers.fetch.registry import Deed, Registry
from scrapers.fetch.wire import Answer, Trouble
from scrapers.saved.shelf import Shelf
from tests.fake_session import WINDOW, planned, rules
from tests.hostile import page, serving

PAGES = {
    "/robots.txt": page("User-agent: *\nDisallow: /private/\n", "text/plain"),
    "/": page('<title>Acme</title><a href="/blog/">Blog</a><a href="/private/x">x</a>'),
    "/blog/": page("<title>Blog</title><h1>Blog</h1>"),
}
SMALL = replace(rules().catalogue, version="small", features=())
"""The catalogue without products to recognise, so that each process compiles it at once."""

POLICY = Policy(
    timeout_seconds=20.0,
    delay_seconds=0.02,
    user_agent="social-audit/0",
    private_hosts=frozenset({"127.0.0.1"}),
)


@dataclass
class Hub:
    """Brings letters between crews, as a cluster does."""

    registry: Registry = field(default_factory=Registry)
    crews: dict[str, Crew] = field(default_factory=dict)


@dataclass
class Letters:
    """The courier of one crew."""

    hub: Hub
    here: str

    async def owner(self, lane: str) -> Deed:
        return self.hub.registry.owner_of(lane, self.here)

    async def ask(self, owner: str, asked: Asked) -> Answer | Trouble | None:
        return await self.hub.crews[owner].owners.asked(asked)

    async def hear(self, owner: str, heard: Heard) -> bool:
        return await self.hub.crews[owner].owners.heard(heard)

    def tell(self, news: HostNews) -> None:
        self.hub.registry.heard(news)


@asynccontextmanager
async def crew(hub: Hub, name: str, folder: Path, steps: list[Step]) -> AsyncIterator[Crew]:
    """A crew that was sent its kit."""
    kit = Kit(
        data_dir=folder,
        run_id="20261124T120000000",
        window=WINDOW,
        policy=POLICY,
        catalogue=SMALL,
        vault=Vault(b"salt"),
        shelf=Shelf(),
        variables={},
    )
    sent: Kit = pickle.loads(pickle.dumps(kit))  # noqa: S301 - as it is sent
    async with Crew(sent, Letters(hub, name), steps.append) as made:
        hub.crews[name] = made
        yield made


def order(name: str, url: str) -> VisitOrder:
    company = Company(name=name, website=url)
    settings = Settings(profiles=False, delay_seconds=POLICY.delay_seconds)
    return VisitOrder(plan=planned(company, settings), before=Before.of(None))


async def test_two_crews_ask_a_host_as_one_and_bring_home_what_they_read(tmp_path: Path) -> None:
    hub, steps = Hub(), list[Step]()
    with serving(PAGES) as site:
        async with crew(hub, "a", tmp_path, steps) as a, crew(hub, "b", tmp_path, steps) as b:
            orders = [order(name, f"{site.url}/") for name in ("One", "Two", "Three", "Four")]
            visits = [each.visit(wanted) for each, wanted in zip((a, b, a, b), orders, strict=True)]
            homes = [pickle.loads(pickle.dumps(home)) for home in await asyncio.gather(*visits)]  # noqa: S301
    assert site.most_open == 1
    assert site.paths.count("/robots.txt") == 1
    assert "/private/x" not in site.paths
    assert all(isinstance(home, BroughtHome) and not home.brought.lost for home in homes)
    starts = [home.brought.visit.start for home in homes]
    assert {each.value for each in starts if isinstance(each, Known)} == {f"{site.url}/"}
    assert len({tuple(each.url for each in home.brought.visit.fetched) for home in homes}) == 1
    assert {name for name, _, url in steps if not url} == {"One", "Two", "Three", "Four"}
    archives = sorted(path.name for path in (tmp_path / "archive").rglob("*.gz"))
    assert len(archives) == 4


def test_keys_go_only_where_nobody_else_can_read_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dask = pytest.importorskip("audit.crew.dask")
    monkeypatch.setitem(os.environ, "GITHUB_TOKEN", "ghp_forthisrunalone")
    watcher = Heedful()
    task = _task(tmp_path, watcher)
    assert dask._kit(task, Cluster(typed="tls://hub.example:8786")).variables == {
        "GITHUB_TOKEN": "ghp_forthisrunalone"
    }
    assert dask._kit(task, Cluster(typed="local:2", local=2)).variables
    assert not watcher.words
    assert not dask._kit(task, Cluster(typed="tcp://hub.example:8786")).variables
    (words,) = watcher.words
    assert "GITHUB_TOKEN" in words
    assert "ghp_forthisrunalone" not in words


class Heedful(Silent):
    """A watcher that notes what a run waits for."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def held_up(self, words: str) -> None:
        self.words.append(words)


def _task(folder: Path, watcher: Heedful) -> Task:
    async def earlier(company: Company) -> Earlier:
        del company
        return Earlier()

    async def finish(plan: CompanyPlan, visit: Visit, earlier: Earlier) -> CompanyResult:
        raise AssertionError((plan, visit, earlier))

    return Task(
        data_dir=folder,
        run_id="r",
        window=WINDOW,
        vault=Vault(b"salt"),
        watcher=watcher,
        policy=POLICY,
        catalogue=SMALL,
        companies_at_once=1,
        earlier=earlier,
        finish=finish,
    )
