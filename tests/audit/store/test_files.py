"""Where the files of a run lie: names that every system takes, and none is used twice."""

from pathlib import Path

import pytest

from audit.store.files import last_archive, new_archive, slug


@pytest.mark.parametrize(
    "name", ["../../x", "CON", "a" * 300, "Ärzte", "/etc/passwd", "日本", "", "nul.txt"]
)
def test_a_company_name_becomes_a_safe_file_name(name: str) -> None:
    file_name = slug(name)
    assert len(file_name) <= 48
    assert set(file_name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert file_name != slug(name + "x")


def test_the_archive_of_a_repeated_visit_is_a_new_file(tmp_path: Path) -> None:
    first = new_archive(tmp_path, "r1", "Acme")
    (tmp_path / first).parent.mkdir(parents=True)
    (tmp_path / first).touch()
    second = new_archive(tmp_path, "r1", "Acme")
    assert second != first
    (tmp_path / second).touch()
    assert last_archive(tmp_path, "r1", "Acme") == second
    assert last_archive(tmp_path, "r1", "Borealis") is None
