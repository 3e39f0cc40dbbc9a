"""`audit check` says calmly what a list without an own company goes without."""

from pathlib import Path

import pytest

from audit.commands.check import show_plan
from audit.listed import read_list

SAID = "No company is marked as yours"


def checked(tmp_path: Path, capsys: pytest.CaptureFixture[str], *companies: str) -> str:
    """What is said of a list of companies, each with the lines below its website."""
    rows = (
        f"- name: Firm {at}\n  website: https://firm-{at}.example/\n{lines}"
        for at, lines in enumerate(companies)
    )
    file = tmp_path / "competitors.yaml"
    file.write_text(f"companies:\n{''.join(rows)}", "utf-8")
    show_plan(file, read_list(file))
    return " ".join(capsys.readouterr().out.split())


def test_a_list_without_an_own_company_is_told_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = checked(tmp_path, capsys, "", "")
    assert SAID in said
    assert "own: true" in said


def test_a_list_with_one_is_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert SAID not in checked(tmp_path, capsys, "  own: true\n", "")


def test_one_company_alone_hears_that_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert SAID not in checked(tmp_path, capsys, "")
