"""Formats are found by name: a file in the folder is a format of the command line."""

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from typing import IO, Any, cast

import pytest

import reports.formats
from audit.commands.outputs import targets
from audit.model.errors import AuditError, SaveError
from audit.reporting import write_each
from reports.formats import format_names, formats
from reports.report import Report
from tests.places import ROOT
from tests.reports import workbook_example as example

FOLDER = Path(__file__).parent
OWN_TESTS = {"xlsx", "json", "csv", "parquet", "pptx", "html", "pdf"}
"""Formats whose files are compared by tests of their own."""

NEW = """
from reports.formats._base import Format


def _write(report, path):
    path.write_text(report.own)
    return path


FORMAT = Format(name="words", suffix="txt", write=_write)
"""


def written(name: str) -> Path:
    """Write the example in a format, as the file that the format is held to."""
    return write(name, FOLDER / name)


def write(name: str, folder: Path, *, finished: bool = True) -> Path:
    shot = example.snapshot(finished=finished)
    offered = formats()[name]
    report = Report(shot, example.compared(shot))
    return offered.write(report, folder / f"example.{offered.suffix}")


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder whose files are formats too."""
    monkeypatch.setattr(reports.formats, "__path__", [*reports.formats.__path__, str(tmp_path)])
    formats.cache_clear()
    yield tmp_path
    formats.cache_clear()
    for name in ("words", "tsv"):
        sys.modules.pop(f"reports.formats.{name}", None)


@pytest.fixture
def words(added: Path) -> None:
    """A format that is one new file."""
    (added / "words.py").write_text(NEW)


def test_the_workbook_and_the_results_file_are_formats() -> None:
    assert format_names()[0] == "xlsx"
    assert "json" in format_names()


@pytest.mark.parametrize("name", format_names())
def test_a_format_bears_the_name_of_its_file(name: str) -> None:
    assert formats()[name].name == name


@pytest.mark.usefixtures("words")
def test_a_new_file_is_a_format_of_the_command_line() -> None:
    assert format_names()[-1] == "words"
    assert targets(Path("a.yaml"), None, "words") == {"words": Path("a.txt")}


@pytest.mark.usefixtures("words")
def test_the_ending_of_another_format_names_the_format() -> None:
    with pytest.raises(AuditError, match=r"a file that ends in \.txt needs --format words"):
        targets(Path("a.yaml"), Path("b.txt"), "xlsx")


LACKING = """
from audit.model.errors import ReportError
from reports.formats._base import Format


def _ready():
    raise ReportError("--format words: install a dictionary")


FORMAT = Format(name="words", suffix="txt", write=lambda report, path: path, ready=_ready)
"""


def test_what_a_format_needs_is_asked_before_anything_is_done(added: Path) -> None:
    (added / "words.py").write_text(LACKING)
    assert targets(Path("a.yaml"), None, "json") == {"json": Path("a.json")}
    with pytest.raises(AuditError, match="install a dictionary"):
        targets(Path("a.yaml"), None, "json,words")


FAILING = """
from audit.model.errors import SaveError
from reports.formats._base import Format


def _write(report, path):
    raise {error}("no")


FORMAT = Format(name="words", suffix="txt", write=_write)
"""


@pytest.mark.parametrize("error", ["SaveError", "ValueError"])
def test_a_format_that_fails_costs_no_other(added: Path, tmp_path: Path, error: str) -> None:
    (added / "words.py").write_text(FAILING.format(error=error))
    goals = {"words": tmp_path / "a.txt", "json": tmp_path / "a.json"}
    if error == "ValueError":
        with pytest.raises(ValueError, match="no"):
            write_each(example.snapshot(), goals)
    else:
        written = write_each(example.snapshot(), goals)
        assert isinstance(written["words"], SaveError)
        assert written["json"] == goals["json"]
    assert (tmp_path / "a.json").is_file()


class _Losing(io.FileIO):
    """A file on a disk that keeps a part of what it is given, and says that it took all."""

    def write(self, data: Any) -> int:
        """Keep the first half."""
        whole = bytes(data)
        super().write(whole[: len(whole) // 2])
        return len(whole)


def test_a_results_file_that_is_not_what_was_written_replaces_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "example.json").write_text("old", "utf-8")
    usual = Path.open

    def opened(path: Path, mode: str = "r", **how: Any) -> IO[Any]:
        losing = mode == "wb" and "json" in path.name
        return cast("IO[Any]", _Losing(path, "wb")) if losing else usual(path, mode, **how)

    monkeypatch.setattr(Path, "open", opened)
    with pytest.raises(SaveError, match="not what was written"):
        write("json", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["example.json"]
    assert (tmp_path / "example.json").read_text("utf-8") == "old"


def test_a_format_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(AuditError, match=f"choose from {', '.join(format_names())}"):
        targets(Path("a.yaml"), None, "abacus")


def test_every_other_format_writes_what_its_file_says(tmp_path: Path) -> None:
    for name in set(format_names()) - OWN_TESTS:
        path = write(name, tmp_path)
        assert path.read_bytes() == (FOLDER / name / path.name).read_bytes(), name


def test_the_format_of_the_documentation_works(added: Path) -> None:
    guide = (ROOT / "docs" / "add-a-format.md").read_text("utf-8")
    code = re.search(r"```python\n(.*?)```", guide, re.DOTALL)
    assert code is not None
    (added / "tsv.py").write_text(dedent(code[1]), "utf-8")
    lines = write("tsv", added).read_text("utf-8-sig").replace("\t", ",").splitlines()
    assert "Our rank,,,,4 of 5,,2 of 4,5 of 5,2 of 5,,1 is the best figure" in "\n".join(lines)
    assert (
        "Website content,Blog,● 0.6,● 2.3,● 1.0†,○ 0.3,there ?,? robots barred,2 of 3 read" in lines
    )
    assert "Estuary Systems,Blog,,,,,? robots barred,,,,,,,,,,,,,,,," in lines
    assert "? not seen; the note says why" in lines
    assert not any("interrupted" in line for line in lines)
    part = write("tsv", added, finished=False).read_text("utf-8-sig").splitlines()
    assert any("interrupted" in line for line in part[:5])
