"""Archived pages in a place that a team shares: put there, read from there, gone from there."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from uuid import uuid4

import pytest

from audit.evidence import kept
from audit.evidence.kept import CACHE, KeptEvidence, is_name, kept_name
from audit.evidence.objects import ObjectStore
from audit.evidence.opening import (
    evidence_place_of,
    keep_all_evidence_in,
    keep_evidence_in,
    kept_evidence,
)
from audit.evidence.store import AwayError, EvidenceError, EvidenceStore, FolderStore
from config.evidence import evidence_place

NAME = "archive/r1/jurgens-1a2b3c4d.1.warc.gz"
KEPT = "archive/r1/jurgens-1a2b3c4d.1.kept.warc.gz"

Machine = Callable[[str], KeptEvidence]


@pytest.fixture(params=["folder", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> EvidenceStore:
    """A place of each kind: a folder, and fsspec's own store in memory."""
    if request.param == "folder":
        return FolderStore(tmp_path / "shared", "--evidence")
    return ObjectStore(evidence_place(f"memory://{uuid4().hex}/Prüfung 1", "--evidence"))


@pytest.fixture
def machine(store: EvidenceStore, tmp_path: Path) -> Machine:
    """Makes the data folder of one of several machines that share the place."""
    store.check()

    def make(name: str) -> KeptEvidence:
        return KeptEvidence(tmp_path / name, store)

    return make


def write(evidence: KeptEvidence, name: str = NAME, content: bytes = b"pages") -> Path:
    path = evidence.data_dir / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def stored(store: EvidenceStore) -> Mapping[str, int]:
    return store.sizes("archive/r1")


def test_trying_a_place_leaves_nothing_in_it(store: EvidenceStore) -> None:
    store.check()
    assert store.sizes("") == {}
    assert store.folders("archive") == frozenset()


def test_what_one_machine_puts_up_another_reads(store: EvidenceStore, machine: Machine) -> None:
    anna, ben = machine("anna"), machine("ben")
    mine = write(anna)
    assert list(anna.waiting(["r1", "r2"])) == [NAME]
    anna.put_up(NAME)
    assert stored(store) == {Path(NAME).name: 5}
    assert not mine.exists()
    assert list(anna.waiting(["r1"])) == []
    assert (anna.here(NAME) or mine).read_bytes() == b"pages"
    assert ben.here(NAME) is None
    assert ben.names("r1") == [NAME]
    assert ben.runs() == {"r1"}
    ben.bring([NAME, "archive/r1/none.1.warc.gz", "../../etc/passwd", ""])
    assert (ben.data_dir / CACHE / NAME).read_bytes() == b"pages"


def test_a_copy_of_what_was_forgotten_goes_when_it_is_asked_for_again(machine: Machine) -> None:
    anna, ben = machine("anna"), machine("ben")
    write(anna)
    anna.put_up(NAME)
    ben.bring([NAME])
    anna.delete(NAME)
    assert anna.here(NAME) is None
    later = machine("ben")
    later.bring([NAME])
    assert later.here(NAME) is None
    assert later.names("r1") == []


def test_a_copy_that_is_not_whole_is_fetched_anew(machine: Machine) -> None:
    anna, ben = machine("anna"), machine("ben")
    write(anna)
    anna.put_up(NAME)
    write(ben, f"{CACHE}/{NAME}", b"pag")
    ben.bring([NAME])
    assert (ben.data_dir / CACHE / NAME).read_bytes() == b"pages"


def test_putting_up_again_what_is_there_changes_nothing(
    store: EvidenceStore, machine: Machine
) -> None:
    anna = machine("anna")
    write(anna)
    store.put(anna.data_dir / NAME, NAME)
    anna.put_up(NAME)
    assert stored(store) == {Path(NAME).name: 5}
    assert list(anna.waiting(["r1"])) == []


@pytest.mark.parametrize("content", [b"other", b"much longer"])
def test_another_archive_of_that_name_stays_and_ours_is_set_aside(
    store: EvidenceStore, machine: Machine, tmp_path: Path, content: bytes
) -> None:
    anna, ben = machine("anna"), machine("ben")
    write(ben, content=content)
    ben.put_up(NAME)
    mine = write(anna)
    anna.put_up(NAME)
    store.take(NAME, tmp_path / "there")
    assert (tmp_path / "there").read_bytes() == content
    assert mine.with_name(f"{mine.name}.aside").read_bytes() == b"pages"
    assert list(anna.waiting(["r1"])) == []


def test_what_is_left_of_an_archive_takes_its_place(store: EvidenceStore, machine: Machine) -> None:
    anna = machine("anna")
    write(anna)
    anna.put_up(NAME)
    anna.place(NAME).unlink()
    write(anna, f"{CACHE}/{KEPT}", b"left")
    anna.settle(NAME)
    assert stored(store) == {Path(KEPT).name: 4}
    ben = machine("ben")
    ben.bring([NAME])
    assert ben.here(KEPT) is not None
    (anna.data_dir / CACHE / KEPT).unlink()
    anna.settle(NAME)
    assert stored(store) == {}


def test_too_many_copies_go_the_least_used_first(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = machine("anna")
    names = [f"archive/r1/c{at}-1a2b3c4d.1.warc.gz" for at in range(3)]
    for at, name in enumerate(names):
        write(anna, name)
        anna.put_up(name)
        os.utime(anna.data_dir / CACHE / name, (at, at))
    monkeypatch.setattr(kept, "CACHE_BYTES", 10)
    anna.bring([names[0]])  # used now
    anna.tidy()
    assert [anna.here(name) is not None for name in names] == [True, False, True]


def test_a_list_of_what_is_there_is_asked_for_anew_after_a_while(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna, ben = machine("anna"), machine("ben")
    assert ben.names("r1") == []
    write(anna)
    anna.put_up(NAME)
    assert ben.names("r1") == []
    monkeypatch.setattr(kept, "_LISTED_SECONDS", 0.0)
    assert ben.names("r1") == [NAME]
    anna.begin("r1")
    ben.delete(NAME)
    assert anna.names("r1") == [NAME]  # nobody else changes the run that this one makes


def test_a_folder_that_is_not_connected_is_away_and_never_empty(tmp_path: Path) -> None:
    store = FolderStore(tmp_path / "drive" / "shared", "--evidence")
    with pytest.raises(EvidenceError, match="is the drive connected"):
        store.check()
    evidence = KeptEvidence(tmp_path / "anna", store)
    path = write(evidence)
    for ask in (
        lambda: evidence.put_up(NAME),
        lambda: evidence.bring(["archive/r2/x.1.warc.gz"]),
        lambda: evidence.delete("archive/r2/x.1.warc.gz"),
        evidence.runs,
    ):
        with pytest.raises(AwayError, match="is the drive connected"):
            ask()
    assert path.is_file()


def test_without_a_store_all_is_in_the_data_folder(tmp_path: Path) -> None:
    evidence = KeptEvidence(tmp_path)
    path = write(evidence)
    evidence.bring([NAME])
    evidence.put_up(NAME)
    evidence.settle(NAME)
    evidence.tidy()
    assert list(evidence.waiting(["r1"])) == []
    assert evidence.here(NAME) == evidence.place(NAME) == path
    assert evidence.size(NAME) == 5
    evidence.delete(NAME)
    assert evidence.names("r1") == []


@pytest.mark.parametrize(
    "text",
    ["", "archive/r1", "archive/../x.warc.gz", "archive/r1/x", "other/r1/x.warc.gz", "/archive/x"],
)
def test_no_name_leads_out_of_the_folder(text: str) -> None:
    assert not is_name(text)
    assert is_name(NAME)
    assert kept_name(NAME) == kept_name(KEPT) == KEPT


def test_what_was_typed_goes_before_what_the_list_says(tmp_path: Path) -> None:
    listed, typed = evidence_place("memory://a/b", "list"), evidence_place("/x", "--evidence")
    keep_evidence_in(tmp_path, listed)
    try:
        assert isinstance(kept_evidence(tmp_path).store, ObjectStore)
        assert kept_evidence(tmp_path) is kept_evidence(tmp_path)
        keep_all_evidence_in(typed)
        assert evidence_place_of(tmp_path) is typed
        assert isinstance(kept_evidence(tmp_path).store, FolderStore)
    finally:
        keep_all_evidence_in(None)
        keep_evidence_in(tmp_path, None)
    assert kept_evidence(tmp_path).store is None
