"""By which code pages are read is told by that code, so that nobody need remember to count it up."""

from collections.abc import Iterator
from importlib.resources.abc import Traversable
from pathlib import Path

import pytest

from audit import reading
from audit.reading import reading_version


@pytest.fixture
def version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the folders that count, each with a module, in place of the program's own."""
    for folder in ("scrapers/page", "config", "audit/measure", "audit/model"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "one.py").write_text("X = 1\n", "utf-8")

    def files(package: str) -> Traversable:
        return tmp_path / package

    monkeypatch.setattr(reading, "files", files)
    yield tmp_path
    reading_version.cache_clear()


def now() -> str:
    reading_version.cache_clear()
    return reading_version()


@pytest.mark.parametrize(
    "file", ["scrapers/page/one.py", "config/one.py", "audit/measure/one.py", "audit/model/new.py"]
)
def test_another_line_in_what_reads_is_another_version(version: Path, file: str) -> None:
    before = now()
    (version / file).write_text("X = 2\n", "utf-8")
    assert now() != before


@pytest.mark.parametrize("file", ["audit/cli.py", "scrapers/page/notes.txt", "reports/one.py"])
def test_what_reads_nothing_does_not_count(version: Path, file: str) -> None:
    before = now()
    (version / file).parent.mkdir(exist_ok=True)
    (version / file).write_text("X = 2\n", "utf-8")
    assert now() == before


def test_line_ends_do_not_count(version: Path) -> None:
    before = now()
    (version / "config" / "one.py").write_bytes(b"X = 1\r\n")
    assert now() == before


def test_a_module_under_another_name_is_another_version(version: Path) -> None:
    before = now()
    (version / "config" / "one.py").rename(version / "config" / "two.py")
    assert now() != before


def test_the_programs_own_version_is_short_and_the_same_each_time() -> None:
    assert now() == now()
    assert len(now()) == 12
