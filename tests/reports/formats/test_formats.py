"""Formats are found by name: a file in the folder is a format of the command line."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import reports.formats
from audit.commands.outputs import targets
from audit.model.errors import AuditError
from reports.formats import format_names, formats

NEW = """
from reports.formats._base import Format


def _write(report, path):
    path.write_text(report.own)
    return path


FORMAT = Format(name="words", suffix="txt", write=_write)
"""


@pytest.fixture
def words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A format that is one new file."""
    (tmp_path / "words.py").write_text(NEW)
    monkeypatch.setattr(reports.formats, "__path__", [*reports.formats.__path__, str(tmp_path)])
    formats.cache_clear()
    yield
    formats.cache_clear()
    sys.modules.pop("reports.formats.words", None)


def test_the_workbook_and_the_results_file_are_formats() -> None:
    assert format_names() == ("xlsx", "json")
    assert [each.name for each in formats().values()] == ["xlsx", "json"]


@pytest.mark.parametrize("name", format_names())
def test_a_format_bears_the_name_of_its_file(name: str) -> None:
    assert formats()[name].name == name


@pytest.mark.usefixtures("words")
def test_a_new_file_is_a_format_of_the_command_line() -> None:
    assert format_names() == ("xlsx", "json", "words")
    assert targets(Path("a.yaml"), None, "words") == {"words": Path("a.txt")}


@pytest.mark.usefixtures("words")
def test_the_ending_of_another_format_names_the_format() -> None:
    with pytest.raises(AuditError, match=r"a file that ends in \.txt needs --format words"):
        targets(Path("a.yaml"), Path("b.txt"), "xlsx")


def test_a_format_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(AuditError, match="choose from xlsx, json"):
        targets(Path("a.yaml"), None, "csv")
