"""`audit doctor FILE` says what fills how many cells, and how, in the words of readers."""

from pathlib import Path

import pytest

from audit.commands.doctor import diagnose
from audit.commands.remedy import what_would_help
from audit.store.sqlite import SqliteHistory
from tests.reports.workbook_example import snapshot

NAMES = ("Acme Pumps", "Borealis Valves", "Corvid Flow")
NO_KEYS: dict[str, str] = {"SOCIAL_AUDIT_BROWSER": "/nowhere/chromium"}


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """A list of companies that was never audited."""
    file = tmp_path / "competitors.yaml"
    sites = "".join(
        f"- name: {name}\n  website: https://{name.split()[0].lower()}.example/\n" for name in NAMES
    )
    file.write_text(f"companies:\n{sites}", "utf-8")
    return file


@pytest.fixture
def audited(listed: Path) -> Path:
    """The same list, audited once."""
    shot = snapshot()
    folder = listed.parent / "audit-data"
    folder.mkdir()
    with SqliteHistory.open(folder, write=True) as history:
        history.begin(shot.run, shot.competitors)
        for result in shot.results:
            history.save(shot.run.id, result)
        assert shot.run.finished_at is not None
        history.finish(shot.run.id, shot.run.finished_at)
    return listed


def test_it_ranks_what_would_help_with_numbers_and_the_command_for_each(audited: Path) -> None:
    head, total, *lines = what_would_help(audited, None, NO_KEYS)
    assert head == "What would help competitors.yaml most, by its audit of 23 Nov 2026:"
    assert "cells for audience, last post and posts a week are unknown" in total
    said = "\n".join(lines)
    assert f"audit fill {audited}" in said
    assert "A key for Facebook fills " in said
    assert "see docs/keys.md, Facebook" in said
    assert "into the folder saved/" in said
    counts = [
        int(line.partition(" fills ")[2].split()[0]) for line in lines if " -" not in line[:4]
    ]
    assert counts == sorted(counts, reverse=True)
    assert lines[0].startswith("  1. ")


def test_a_key_that_is_set_is_not_asked_for(audited: Path) -> None:
    with_key = "\n".join(what_would_help(audited, None, {**NO_KEYS, "FB_ACCESS_TOKEN": "x" * 20}))
    assert "A key for Facebook" not in with_key


def test_of_a_list_without_an_audit_it_says_what_can_be_told_before(listed: Path) -> None:
    text = listed.read_text("utf-8")
    listed.write_text(
        f"{text}  channels: {{facebook: 'https://www.facebook.com/corvid'}}\n", "utf-8"
    )
    said = "\n".join(what_would_help(listed, None, NO_KEYS))
    assert "was not audited yet" in said
    assert "Facebook (1 profile of the list): " in said
    assert f"Start with: audit {listed}" in said


def test_a_list_with_a_mistake_is_told_and_the_machine_is_looked_at_all_the_same(
    listed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed.write_text("companies: 7\n", "utf-8")
    diagnose(listed, listed)
    said = capsys.readouterr().out
    assert "versions" in said
    assert "once it can be read" in said
    assert f"audit check {listed}" in said


def test_without_a_list_it_looks_at_the_machine_alone(
    audited: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    diagnose(None, audited)
    assert "What would help" not in capsys.readouterr().out
