"""Runs that different rules have read are compared like with like, and what was saved stays."""

import asyncio
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from audit import again, api
from audit.again import Basis, Comparable, alike, comparable
from audit.model.errors import SaveError
from audit.model.result import CompanyResult, Snapshot
from audit.reading import reading_version
from audit.store.forget import Wanted, forget
from audit.store.sqlite import SqliteHistory
from tests.audit.crew.small_web import DAY
from tests.hostile import page, serving

VENDOR = "Pumptalk"
OURS = "features:\n- {id: chat.pumptalk, feature: chat, vendor: Pumptalk, script: [cdn.pumptalk.example]}\n"
HTML = '<title>{0}</title><h1>{0}</h1><p>Pumps.</p><script src="https://cdn.pumptalk.example/w.js"></script>'


@dataclass
class Audited:
    """A run over two companies by the packaged rules, and those rules with one more."""

    folder: Path
    then: Snapshot
    today: api.Config

    @property
    def now(self) -> Snapshot:
        """The same run as if today's rules had read it."""
        version = self.today.catalogue.version
        return replace(
            self.then,
            run=replace(
                self.then.run, id="later", rules_version=version, reading=reading_version()
            ),
        )

    def compared(self) -> Comparable:
        with SqliteHistory.open(self.folder, write=True) as history:
            basis = Basis(
                history=history,
                data_dir=self.folder,
                catalogue=self.today.catalogue,
                keep=history.keep_again,
            )
            return asyncio.run(comparable(self.now, self.then, basis))


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Audited:
    folder = tmp_path_factory.mktemp("again")
    (folder / "ours.yaml").write_text(OURS, encoding="utf-8")
    with (
        serving({"/": page(HTML.format("Acme"))}) as a,
        serving({"/": page(HTML.format("B"))}) as b,
    ):
        head = "settings: {delay_seconds: 0, browser: never, profiles: false}\n"
        rows = f"companies:\n- {{name: Acme, website: '{a.url}/'}}\n- {{name: Borealis, website: '{b.url}/'}}\n"
        (folder / "then.yaml").write_text(head + rows, encoding="utf-8")
        (folder / "today.yaml").write_text(
            f"{head}catalogue: [ours.yaml]\n{rows}", encoding="utf-8"
        )
        data = folder / "audit-data"
        snapshot = api.run(
            api.load(folder / "then.yaml"),
            api.Options(data_dir=data, as_of=DAY, allow_private_hosts=True),
        )
    return Audited(data, snapshot, api.load(folder / "today.yaml"))


@pytest.fixture
def audited(first: Audited, tmp_path: Path) -> Audited:
    shutil.copytree(first.folder, tmp_path / "audit-data")
    return replace(first, folder=tmp_path / "audit-data")


def vendors(results: tuple[CompanyResult, ...]) -> list[bool]:
    return [VENDOR in {feature.vendor for feature in each.features} for each in results]


def test_a_run_of_other_rules_is_analysed_again_and_what_it_saved_stays(audited: Audited) -> None:
    found = audited.compared()
    assert vendors(audited.then.results) == [False, False]
    assert vendors(found.against.results) == [True, True]
    assert found.like_with_like
    assert found.again == (audited.then.run.id,)
    assert found.run == audited.now
    assert found.against.run.rules == found.run.run.rules
    (note,) = found.notes
    assert "analysed again with today's rules" in note
    assert api.kept_run(audited.folder).results == audited.then.results


def test_it_is_done_once(audited: Audited, monkeypatch: pytest.MonkeyPatch) -> None:
    found = audited.compared()
    monkeypatch.delattr(again, "replay")
    shutil.rmtree(audited.folder / "archive")
    assert audited.compared() == found


def test_it_is_done_once_too_where_the_history_is_only_looked_at(
    audited: Audited, monkeypatch: pytest.MonkeyPatch
) -> None:
    def compared() -> Comparable:
        return alike(audited.folder, audited.today.catalogue, audited.now, audited.then)

    found = compared()
    assert vendors(found.against.results) == [True, True]
    monkeypatch.delattr(again, "replay")
    assert compared() == found


def test_where_it_cannot_be_kept_it_is_given_all_the_same(
    audited: Audited, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise SaveError("the disk is full")

    monkeypatch.setattr(SqliteHistory, "keep_again", full)
    assert vendors(audited.compared().against.results) == [True, True]


def test_without_its_pages_a_run_is_compared_as_it_was_saved_and_it_is_said(
    audited: Audited,
) -> None:
    shutil.rmtree(audited.folder / "archive")
    found = audited.compared()
    assert found.against.results == audited.then.results
    assert not found.like_with_like
    assert found.again == ()
    assert found.unlike == {"Acme", "Borealis"}
    (note,) = found.notes
    assert "not there any more" in note
    assert "as it was saved" in note


def test_a_damaged_archive_costs_its_company_alone(audited: Audited) -> None:
    (archive,) = audited.folder.rglob("borealis-*.warc.gz")
    packed = archive.read_bytes()
    archive.write_bytes(packed[: len(packed) // 2] + b"\0" * 40 + packed[len(packed) // 2 + 40 :])
    found = audited.compared()
    assert vendors(found.against.results) == [True, False]
    assert found.unlike == {"Borealis"}
    assert found.again == (audited.then.run.id,)
    (note,) = found.notes
    assert "Not those of Borealis" in note


def test_runs_that_the_same_rules_have_read_are_left_as_they_are(audited: Audited) -> None:
    found = alike(audited.folder, audited.today.catalogue, audited.then, audited.then)
    assert found == Comparable(run=audited.then, against=audited.then)


def test_a_fault_of_ours_costs_the_likeness_and_no_run(
    audited: Audited, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fault(*_: object, **__: object) -> Snapshot:
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        broken.setattr(again, "replay", fault)
        found = audited.compared()
    assert found.against.results == audited.then.results
    assert found.again == ()
    (note,) = found.notes
    assert "could not be analysed again" in note
    # Nothing was kept of the fault: where it is mended the run is analysed again.
    assert vendors(audited.compared().against.results) == [True, True]


def test_a_forgotten_company_is_forgotten_in_what_later_rules_made_of_it(
    audited: Audited,
) -> None:
    audited.compared()
    forget(audited.folder, Wanted(company="Borealis"))
    assert b"Borealis" not in (audited.folder / "history.sqlite3").read_bytes()
