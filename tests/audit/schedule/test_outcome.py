"""The last word on a run: what programs read of it, and what is kept of it for the status."""

import json
from pathlib import Path

import pytest

from audit.schedule.outcome import Result, as_json, keep, kept
from audit.store.files import LAST
from audit.store.forget import Wanted, doomed
from tests.audit.schedule.test_notify import changed, outcome


def test_the_record_is_one_line_of_ascii_whatever_is_in_it() -> None:
    odd = outcome(Result.FAILED)._replace(words=("zoë\n\x1b[31m \udcff \u2028",), status=1)
    line = as_json(odd)
    assert (line.isascii(), line.count("\n")) == (True, 0)
    assert json.loads(line)["words"] == ["zoë\n\x1b[31m \udcff \u2028"]


def test_changes_that_are_not_theirs_are_counted_apart() -> None:
    changes = (
        *(changed(severity="low", what=str(number)) for number in range(150)),
        changed(severity="high"),
        changed(cause="access"),
    )
    word = json.loads(as_json(outcome(changes=changes)))
    counts = {key: word["changes"][key] for key in ("high", "medium", "low", "not_theirs")}
    assert counts == {"high": 1, "medium": 0, "low": 150, "not_theirs": 1}
    assert word["changes"]["list"][0]["severity"] == "high"
    assert len(word["changes"]["list"]) == 100
    assert word["unchanged"] is False


def test_what_is_kept_is_what_is_printed_and_is_forgotten_with_all_else(tmp_path: Path) -> None:
    keep(outcome(), tmp_path)
    assert kept(tmp_path) == json.loads(as_json(outcome()))
    assert tmp_path / LAST in doomed(tmp_path, Wanted()).files


def test_without_a_data_folder_nothing_is_kept_and_none_is_made(tmp_path: Path) -> None:
    keep(outcome(), tmp_path / "none")
    assert list(tmp_path.iterdir()) == []
    assert kept(tmp_path / "none") == {}


def test_a_place_that_cannot_be_written_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / LAST).mkdir()
    keep(outcome(), tmp_path)
    assert kept(tmp_path) == {}


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "3", "null", "[" * 100_000, '"' + "x" * 2_000_000 + '"', "\udcff"]
)
def test_a_record_that_somebody_spoiled_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / LAST).write_bytes(text.encode("utf-8", "surrogateescape"))
    assert kept(tmp_path) == {}
