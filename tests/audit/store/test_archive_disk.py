"""An archive on a disk that is full, gone or slow to say so loses what does not fit, and no more."""

import os
from io import FileIO
from pathlib import Path

import pytest

from scrapers.fetch.archive import Archive, read_archive, read_record
from scrapers.fetch.wire import Answer
from tests.audit.store.disks import LARGE, LIMIT, NOW, files_of_at_most


def answer(body: bytes, name: str = "/") -> Answer:
    """An answer of a site that is to be archived."""
    return Answer(url=f"https://a.example{name}", status=200, headers=(), wire=body, at=NOW)


def test_a_record_that_does_not_fit_is_none_and_those_around_it_are_whole(tmp_path: Path) -> None:
    file = "archive/r/a.1.warc.gz"
    with Archive(tmp_path, file) as archive:
        first = archive.keep(answer(b"one", "/one"), ())
        with files_of_at_most(LIMIT):
            second = archive.keep(answer(LARGE, "/two"), ())
            third = archive.keep(answer(b"three", "/three"), ())
            kept = archive.remember("keys", ["a"])
        last = archive.keep(answer(LARGE, "/four"), ())
    assert second.record == ""
    assert kept == ["a"]
    assert archive.lost == 1
    assert "a.1.warc.gz" in archive.failed
    for each in (first, third, last):
        record = read_record(tmp_path, each.record)
        assert record is not None
        assert (record.url, record.body) == (each.url, each.wire)
    answers = read_archive(tmp_path / file, file).answers
    assert [each.url.rpartition("/")[2] for each in answers if isinstance(each, Answer)] == [
        "one",
        "three",
        "urn:social-audit:keys",
        "four",
    ]


def test_a_record_that_does_not_fit_leaves_no_torn_end(tmp_path: Path) -> None:
    file = tmp_path / "archive" / "a.1.warc.gz"
    with Archive(tmp_path, "archive/a.1.warc.gz") as archive:
        archive.keep(answer(b"one", "/one"), ())
        whole = file.stat().st_size
        with files_of_at_most(whole + 1000):
            archive.remember("much", LARGE.decode())
    assert archive.lost == 1
    assert file.stat().st_size == whole


def test_a_disk_that_is_full_from_the_first_byte_leaves_a_file_that_can_go_on(
    tmp_path: Path,
) -> None:
    file = "archive/r/a.1.warc.gz"
    with Archive(tmp_path, file) as archive:
        with files_of_at_most(10):
            assert archive.keep(answer(b"one", "/one"), ()).record == ""
        second = archive.keep(answer(b"two", "/two"), ())
    assert archive.lost == 1
    record = read_record(tmp_path, second.record)
    assert record is not None
    assert record.body == b"two"
    assert len(read_archive(tmp_path / file, file).answers) == 1


def test_a_torn_end_that_could_not_be_taken_back_is_taken_back_later(tmp_path: Path) -> None:
    file = "archive/r/a.1.warc.gz"
    with Archive(tmp_path, file) as archive:
        first = archive.keep(answer(b"one", "/one"), ())
        with (tmp_path / file).open("ab") as torn:
            torn.write(b"half a record")
        second = archive.keep(answer(b"two", "/two"), ())
    assert [read_record(tmp_path, each.record) is not None for each in (first, second)] == [
        True,
        True,
    ]
    assert len(read_archive(tmp_path / file, file).answers) == 2


@pytest.mark.parametrize("how", ["folder deleted", "file in place of the folder", "file deleted"])
def test_an_archive_whose_place_is_gone_says_so_and_makes_no_other(
    tmp_path: Path, how: str
) -> None:
    data, file = tmp_path / "data", "archive/r/a.1.warc.gz"
    data.mkdir()
    with Archive(data, file) as archive:
        if how == "file deleted":
            assert archive.keep(answer(b"one"), ()).record
            (data / file).unlink()
        elif how == "folder deleted":
            data.rmdir()
        else:
            (data / "archive").write_text("in the way", "utf-8")
        assert archive.keep(answer(b"two"), ()).record == ""
    assert archive.failed
    assert how != "folder deleted" or not data.exists()


def test_a_failure_of_closing_is_remembered_and_not_raised(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A network share may say only at the end that it is full."""

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with Archive(tmp_path, "archive/a.1.warc.gz") as archive:
        archive.keep(answer(b"one"), ())
    assert "No space left" in archive.failed
    with FileIO(tmp_path / "archive/a.1.warc.gz") as stream:
        assert stream.read(2) == b"\x1f\x8b"
