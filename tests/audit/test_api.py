"""The library: what the command does, as functions, plain and async."""

import asyncio
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from audit import api
from audit.model.errors import ConfigError
from audit.model.result import CompanyResult
from tests.audit.crew.small_web import SmallWeb, options, web

COMPANIES = 3


@pytest.fixture
def small(tmp_path: Path) -> Iterator[SmallWeb]:
    with web(tmp_path, COMPANIES, seed=1, longest_seconds=0.0) as served:
        yield served


class Hearing(api.Silent):
    """A watcher that keeps what it hears."""

    def __init__(self) -> None:
        self.heard: list[str] = []

    def planned(self, companies: int) -> None:
        self.heard.append(f"{companies} planned")

    def finished(self, result: CompanyResult) -> None:
        self.heard.append(result.company.name)


def test_a_run_is_reported_listed_loaded_and_replayed(small: SmallWeb) -> None:
    folder, config = small.file.parent, api.load(small.file)
    watcher = Hearing()
    snapshot = api.run(config, options(folder), watcher)
    assert watcher.heard[0] == "3 planned"
    assert sorted(watcher.heard[1:]) == ["Acme 0", "Acme 1", "Acme 2"]
    (written,) = api.report(snapshot, {"json": folder / "o.json"})
    names = [company["name"] for company in json.loads(written.read_text("utf-8"))["companies"]]
    assert names == ["Acme 0", "Acme 1", "Acme 2"]
    data = options(folder).data_dir
    (kept,) = api.runs(data)
    assert (kept.id, kept.companies, kept.complete) == (snapshot.run.id, 3, 3)
    assert api.run_ids(data) == (snapshot.run.id,)
    assert api.kept_run(data).results == snapshot.results
    hits = [len(site.requests) for site in small.sites]
    assert api.replay(config, data, snapshot.run.id).results == snapshot.results
    assert [len(site.requests) for site in small.sites] == hits


async def test_a_program_with_an_event_loop_awaits_the_same(small: SmallWeb) -> None:
    folder, config = small.file.parent, api.load(small.file)
    snapshot = await api.run_async(config, options(folder))
    assert all(result.complete for result in snapshot.results)
    (written,) = await api.report_async(snapshot, {"json": folder / "o.json"})
    assert written.exists()
    again = await api.replay_async(config, options(folder).data_dir)
    assert again.results == snapshot.results


async def test_a_plain_run_inside_an_event_loop_says_what_to_do(small: SmallWeb) -> None:
    with pytest.raises(RuntimeError, match="await"):
        api.run(api.load(small.file), options(small.file.parent))


async def test_a_cancelled_run_has_saved_what_was_finished_and_goes_on(small: SmallWeb) -> None:
    folder, config = small.file.parent, api.load(small.file)
    first = asyncio.Event()

    class Waiting(api.Silent):
        def finished(self, result: CompanyResult) -> None:
            del result
            first.set()

    task = asyncio.create_task(api.run_async(config, options(folder), Waiting()))
    await first.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    saved = api.kept_run(options(folder).data_dir)
    assert any(result.measures for result in saved.results)
    snapshot = await api.run_async(config, options(folder, resume=True))
    assert snapshot.run.id == saved.run.id
    assert all(result.complete for result in snapshot.results)


@pytest.mark.parametrize(
    ("changes", "words"),
    [({"only": ("Nobody",)}, "no company"), ({"as_of": date(1900, 1, 1)}, "choose a day")],
)
def test_what_cannot_be_is_refused_before_anything_is_made(
    small: SmallWeb, changes: dict[str, object], words: str
) -> None:
    data = small.file.parent / "data"
    asked = api.Options(data_dir=data, **changes)  # type: ignore[arg-type]
    with pytest.raises(api.AuditError, match=words):
        api.run(api.load(small.file), asked)
    assert not data.exists()


def test_only_the_named_companies_are_visited(small: SmallWeb) -> None:
    asked = api.Options(
        data_dir=small.file.parent / "data", only=("acme 1",), allow_private_hosts=True
    )
    snapshot = api.run(api.load(small.file), asked)
    assert [result.company.name for result in snapshot.results] == ["Acme 1"]
    assert [bool(site.requests) for site in small.sites] == [False, True, False]


def test_a_mistake_in_the_list_names_its_place(tmp_path: Path) -> None:
    file = tmp_path / "c.yaml"
    file.write_text("companies:\n- name: A\n  web: x\n", "utf-8")
    with pytest.raises(ConfigError, match=r"c\.yaml, line 3:"):
        api.load(file)


def test_without_a_run_the_history_says_so(tmp_path: Path) -> None:
    with pytest.raises(api.StoreError, match="no run yet"):
        api.kept_run(tmp_path)


def test_every_name_of_the_library_has_a_docstring_and_is_in_the_guide() -> None:
    from tests.places import ROOT

    guide = (ROOT / "docs" / "use-from-python.md").read_text("utf-8")
    functions = [name for name in api.__all__ if name[0].islower()]
    assert [name for name in functions if f"`{name}" not in guide] == []
    assert [name for name in api.__all__ if not getattr(api, name).__doc__] == []


class Failing(api.Silent):
    """A watcher each of whose methods has a fault."""

    def __getattribute__(self, name: str) -> Callable[..., None]:
        raise ValueError(name)


def test_a_fault_of_whoever_looks_on_costs_no_result(small: SmallWeb) -> None:
    orders = replace(options(small.file.parent), resume=True)
    snapshot = api.run(api.load(small.file), orders, Failing())
    assert [result.complete for result in snapshot.results] == [True] * COMPANIES
