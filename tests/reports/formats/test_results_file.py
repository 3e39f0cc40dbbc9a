"""The results file is written company by company, and is the same as if it were written at once."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from audit.model.result import Snapshot
from audit.store.aside import aside_in
from reports.formats.json import FORMAT, results
from reports.report import Report
from tests.reports import workbook_example as example


def report(shot: Snapshot) -> Report:
    """The report on a snapshot."""
    return Report(shot, example.compared(shot))


def odd() -> Snapshot:
    """A snapshot with titles of several lines, and letters beyond ASCII."""
    shot = example.snapshot()
    first, *others = shot.results
    posts = tuple(replace(each, title='Two\nlines, "quoted"\u2028Ä😀') for each in first.posts)
    assert posts
    return replace(shot, results=(replace(first, posts=posts), *others))


@pytest.mark.parametrize("shot", [odd(), replace(example.snapshot(), results=())])
def test_it_is_the_same_as_if_it_were_written_at_once(tmp_path: Path, shot: Snapshot) -> None:
    told = report(shot)
    path = FORMAT.write(told, tmp_path / "all.json")
    at_once = json.dumps(results(told), ensure_ascii=False, indent=1) + "\n"
    assert path.read_bytes() == at_once.encode()


def test_it_is_the_same_where_posts_lie_aside(tmp_path: Path) -> None:
    shot = example.snapshot()
    keep = aside_in(tmp_path)
    aside = replace(shot, results=tuple(map(keep, shot.results)))
    whole = FORMAT.write(report(shot), tmp_path / "whole.json").read_bytes()
    assert FORMAT.write(report(aside), tmp_path / "aside.json").read_bytes() == whole


def test_half_a_letter_becomes_a_question_mark(tmp_path: Path) -> None:
    shot = example.snapshot()
    first, *others = shot.results
    posts = tuple(replace(each, title="half \ud83d") for each in first.posts)
    told = report(replace(shot, results=(replace(first, posts=posts), *others)))
    content = FORMAT.write(told, tmp_path / "all.json").read_text("utf-8")
    assert "half ?" in content
