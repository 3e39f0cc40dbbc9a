"""Of a thinned archive the records that are needed are found under their old places, no others."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scrapers.fetch.archive import Archive, is_kept, read_archive, read_record
from scrapers.fetch.records import packed_head
from scrapers.fetch.replay import Replayer
from scrapers.fetch.thinned import kept_beside, kept_places, place_of, referred, thin
from scrapers.fetch.wire import Answer

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
FILE = "archive/r1/acme-1a2b3c4d.1.warc.gz"
BODIES = [bytes([97 + number]) * 3000 for number in range(5)]


def archived(folder: Path, refers_to: str = "") -> list[str]:
    """Write an archive of five pages; give their places. With `refers_to` the last is a revisit."""
    (folder / FILE).parent.mkdir(parents=True, exist_ok=True)
    with Archive(folder, FILE) as archive:
        return [
            archive.keep(answer(f"https://a.example/{number}", body, refers_to), ()).record
            for number, body in enumerate(BODIES)
        ]


def answer(url: str, body: bytes, refers_to: str = "") -> Answer:
    body = b"" if refers_to else body
    return Answer(url=url, status=200, headers=(), wire=body, at=NOW, refers_to=refers_to)


def at(record: str) -> int:
    return int(record.rpartition("#")[2])


def bodies(folder: Path, records: list[str]) -> list[bytes | None]:
    found = [read_record(folder, record) for record in records]
    return [record.body if record is not None else None for record in found]


def test_what_is_needed_is_found_under_its_old_place_and_the_rest_is_gone(tmp_path: Path) -> None:
    records = archived(tmp_path)
    thin(tmp_path / FILE, {at(records[1]), at(records[4])})
    assert bodies(tmp_path, records) == [None, BODIES[1], None, None, BODIES[4]]
    assert [is_kept(tmp_path, record) for record in records] == [False, True, False, False, True]
    assert not (tmp_path / FILE).exists()


def test_a_thinned_archive_can_be_thinned_again_and_then_goes(tmp_path: Path) -> None:
    records = archived(tmp_path)
    thin(tmp_path / FILE, {at(record) for record in records[1:4]})
    first = kept_beside(tmp_path / FILE).stat()
    thin(tmp_path / FILE, {at(record) for record in records[1:4]})
    again = kept_beside(tmp_path / FILE).stat()  # it was read, which may show in its atime
    assert (again.st_ino, again.st_mtime_ns) == (first.st_ino, first.st_mtime_ns)
    thin(tmp_path / FILE, {at(records[2])})
    assert bodies(tmp_path, records) == [None, None, BODIES[2], None, None]
    thin(tmp_path / FILE, set())
    assert bodies(tmp_path, records) == [None] * 5
    assert list((tmp_path / FILE).parent.iterdir()) == []


def test_what_an_earlier_thinning_let_go_is_gone_though_it_is_asked_for(tmp_path: Path) -> None:
    """A result may rest on a page that was let go with the runs that kept it."""
    records = archived(tmp_path)
    thin(tmp_path / FILE, {at(records[1]), at(records[2])})
    thin(tmp_path / FILE, {at(records[0]), at(records[2])})
    assert bodies(tmp_path, records) == [None, None, BODIES[2], None, None]
    thin(tmp_path / FILE, {at(records[0])})
    assert bodies(tmp_path, records) == [None] * 5
    thin(tmp_path / FILE, {at(records[0])})
    assert list((tmp_path / FILE).parent.iterdir()) == []


def test_a_thinned_archive_is_one_that_any_reader_reads(tmp_path: Path) -> None:
    records = archived(tmp_path)
    thin(tmp_path / FILE, {at(records[0]), at(records[3])})
    opened = read_archive(kept_beside(tmp_path / FILE), "x")
    assert [each.url for each in opened.answers] == ["https://a.example/0", "https://a.example/3"]
    assert opened.damaged == 0


def test_a_thinning_that_is_broken_off_costs_nothing_and_is_gone_on_with(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = archived(tmp_path)
    whole = (tmp_path / FILE).read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="No space"):
            thin(tmp_path / FILE, {at(records[1])})
    assert (tmp_path / FILE).read_bytes() == whole
    assert [path.name for path in (tmp_path / FILE).parent.iterdir()] == [Path(FILE).name]
    thin(tmp_path / FILE, {at(records[1])})
    (tmp_path / FILE).write_bytes(whole)  # as if killed between the two steps
    assert bodies(tmp_path, records) == BODIES
    thin(tmp_path / FILE, {at(records[1])})
    assert bodies(tmp_path, records) == [None, BODIES[1], None, None, None]


@pytest.mark.parametrize("again", [False, True], ids=["whole", "thinned"])
def test_where_a_needed_record_cannot_be_read_all_stays(tmp_path: Path, again: bool) -> None:
    records = archived(tmp_path)
    if again:
        thin(tmp_path / FILE, {at(records[0]), at(records[1])})
    path = kept_beside(tmp_path / FILE) if again else tmp_path / FILE
    before, place = (
        path.read_bytes(),
        kept_places(path)[at(records[1])] if again else at(records[1]),
    )
    path.write_bytes(before[:place] + b"\0\0" + before[place + 2 :])
    damaged = path.read_bytes()
    with pytest.raises(ValueError, match="cannot be read"):
        thin(tmp_path / FILE, {at(records[1])})
    assert path.read_bytes() == damaged
    assert read_record(tmp_path, records[0]) is not None


def test_the_records_that_revisits_refer_to_are_told(tmp_path: Path) -> None:
    archived(tmp_path, refers_to="archive/r0/acme-1a2b3c4d.1.warc.gz#42")
    assert set(referred(tmp_path / FILE)) == {"archive/r0/acme-1a2b3c4d.1.warc.gz#42"}


@pytest.mark.parametrize(
    "record",
    ["", "#", "#7", "f#", f"{FILE}#-1", f"{FILE}#²", f"{FILE}#" + "9" * 5000, f"../x/{FILE}#0"],
)
def test_what_is_no_place_has_no_record(tmp_path: Path, record: str) -> None:
    """Of `../x/…` there is a record, but it lies outside of the data folder."""
    data, outside = tmp_path / "data", tmp_path / "x"
    for folder in (data, outside):
        folder.mkdir()
        archived(folder)
    assert place_of(data, record) is None
    assert read_record(data, record) is None


@pytest.mark.parametrize(
    "listed",
    [
        b"kept: 1+2+3",
        b"kept: a+b",
        b"kept: " + b"9" * 5000 + b"+1",
        b"kept: 5",
        b"",
        b"\xff" * 99,
        b"no archive",
    ],
)
def test_a_list_of_what_is_kept_that_cannot_be_read_holds_nothing(
    tmp_path: Path, listed: bytes
) -> None:
    records = archived(tmp_path)
    thin(tmp_path / FILE, {at(records[1])})
    path = kept_beside(tmp_path / FILE)
    head = packed_head("x", {"kept": listed.decode("latin-1").removeprefix("kept: ")})
    path.write_bytes(head if listed != b"no archive" else listed)
    assert kept_places(path) == {}
    assert bodies(tmp_path, records) == [None] * 5


@pytest.mark.parametrize("harm", ["none", "gone", "damaged"])
def test_a_replay_counts_the_unchanged_pages_that_it_lacks(tmp_path: Path, harm: str) -> None:
    records = archived(tmp_path)
    later = "archive/r2/acme-1a2b3c4d.1.warc.gz"
    (tmp_path / later).parent.mkdir()
    with Archive(tmp_path, later) as archive:
        archive.keep(answer("https://a.example/0", b"", records[0]), ())
    path = tmp_path / FILE
    if harm == "gone":
        thin(path, {at(records[1])})
    elif harm == "damaged":
        packed = path.read_bytes()
        path.write_bytes(packed[: at(records[0]) + 40] + b"\0" * 40 + packed[at(records[0]) + 80 :])
    assert Replayer(tmp_path).open([later]).gone == (harm != "none")
