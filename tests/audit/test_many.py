"""A run of very many companies holds the large part of its results in a file; nobody can tell."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from audit import api, past, runs
from audit import run as line
from audit.model.result import Snapshot
from audit.store.aside import LARGE, Far, compact_in
from audit.store.opening import open_history
from tests.audit.crew.small_web import SmallWeb, options, web

FORMATS = ("json", "csv", "xlsx", "html")


@pytest.fixture
def small(tmp_path: Path) -> Iterator[SmallWeb]:
    with web(tmp_path, 3, seed=1, longest_seconds=0.0) as served:
        yield served


def far(snapshot: Snapshot) -> int:
    """How many fields of its results lie aside."""
    fields = (getattr(result, name) for result in snapshot.results for name in LARGE)
    return sum(isinstance(field, Far) for field in fields)


def content(folder: Path) -> dict[str, bytes]:
    """The reports in a folder; a workbook and a page tell the time of their writing."""
    texts = (*folder.rglob("*.json"), *folder.rglob("*.csv"))
    files = (path for path in texts if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def test_results_that_lie_aside_are_those_that_were_saved(
    small: SmallWeb, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(line, "MOST", 2)
    folder, config = small.file.parent, api.load(small.file)
    snapshot = api.run(config, options(folder))
    kept = api.kept_run(options(folder).data_dir)
    assert far(snapshot) > 3
    assert far(kept) == 0
    assert snapshot.results == kept.results
    for name, each in (("aside", snapshot), ("whole", kept)):
        (folder / name).mkdir()
        api.report(each, {form: folder / name / f"all.{form}" for form in FORMATS})
    assert content(folder / "aside") == content(folder / "whole")
    assert len(content(folder / "aside")) > 5


def test_few_companies_are_held_whole(small: SmallWeb) -> None:
    snapshot = api.run(api.load(small.file), options(small.file.parent))
    assert far(snapshot) == 0


def test_changes_since_a_run_of_very_many_companies_are_those_of_few(
    small: SmallWeb, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, config = small.file.parent, api.load(small.file)
    api.run(config, options(folder))
    snapshot = api.run(config, options(folder))
    silent = tuple(replace(result, channels=(), posts=()) for result in snapshot.results)
    other = replace(snapshot, results=silent)
    whole = past.past_of(options(folder).data_dir, other, config.catalogue)
    assert whole.changes is not None
    assert len(whole.changes.changes) >= len(silent)
    monkeypatch.setattr(past, "MOST", 2)
    assert past.past_of(options(folder).data_dir, other, config.catalogue) == whole


def test_a_run_is_loaded_company_by_company(
    small: SmallWeb, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = small.file.parent
    saved = api.run(api.load(small.file), options(folder))
    with open_history(options(folder).data_dir) as store:
        loaded = store.load(saved.run.id, compact_in(folder))
    assert far(loaded) > 3
    assert loaded.results == saved.results
    monkeypatch.setattr(runs, "MOST", 2)
    assert far(api.kept_run(options(folder).data_dir)) > 3
