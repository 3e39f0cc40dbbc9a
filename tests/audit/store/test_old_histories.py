"""A history of every shape that there has been opens, is brought up to date, and says the same.

Each file of `old/` is a history as the version of its name wrote it, with the tables and the records
of that version: one run over two invented companies, of which one did not answer. The numbers are
their order. The archive beside them is that of the last of them.
"""

import gzip
import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from audit import api
from audit.model.result import Cadence, CompanyResult, Snapshot
from audit.model.site import Post
from audit.model.value import Reason, Unknown
from audit.store.schema import STEPS, backups
from audit.store.sqlite import FILE, SqliteHistory
from audit.transfer import export_history, import_history
from reports.formats.json import results_schema
from tests.places import ROOT

OLD = ROOT / "tests" / "audit" / "store" / "old"
DUMPS = sorted(OLD.glob("*.sql.gz"))
LAST = DUMPS[-1]
BLOG = [date(2026, 11, 3), date(2026, 10, 6), date(2026, 9, 1), date(2026, 7, 14)]
CHANGED = ("completeness", "purpose.")
"""Figures that mean something else since the last dump: a share of more figures, other words."""

LIST = (
    "settings: {delay_seconds: 0}\ncompanies:\n"
    "- {name: Tidewater Looms, website: 'http://127.0.0.1:8765/', own: true}\n"
    "- {name: Silent Mills, website: 'http://127.0.0.1:8764/'}\n"
)


def restored(dump: Path, folder: Path) -> None:
    """Make the history of an old version in a folder, exactly as it was."""
    with closing(sqlite3.connect(folder / FILE)) as history:
        history.executescript(gzip.decompress(dump.read_bytes()).decode())


def only(snapshot: Snapshot) -> tuple[CompanyResult, CompanyResult]:
    """The results of the two companies."""
    looms, mills = snapshot.results
    return looms, mills


def blog_days(result: CompanyResult) -> list[date]:
    posts = [post for post in result.posts if post.channel == "blog"]
    return sorted((post.published.at.date() for post in posts if post.published), reverse=True)


@pytest.mark.parametrize("dump", DUMPS, ids=[path.name[:10] for path in DUMPS])
def test_every_history_that_there_has_been_is_read_and_brought_up_to_date(
    dump: Path, tmp_path: Path
) -> None:
    restored(dump, tmp_path)
    looked_at = api.kept_run(tmp_path)
    looms, mills = only(looked_at)
    assert (looked_at.notes, api.runs(tmp_path)[0].damaged) == ((), ())
    assert [note for note in looms.notes if note.what == "history"] == []
    assert blog_days(looms) == BLOG
    assert (looms.complete, mills.complete) == (True, False)
    assert not backups(tmp_path / FILE)
    with SqliteHistory.open(tmp_path, write=True) as history:
        (run,) = history.ids()
        assert history.load(run).results == looked_at.results
        before = history.before("next", looms.company)
        assert before is not None
        assert before.posts == looms.posts
    with closing(sqlite3.connect(tmp_path / FILE)) as history:
        assert history.execute("PRAGMA user_version").fetchone() == (len(STEPS),)


@pytest.mark.parametrize("dump", [DUMPS[0], DUMPS[-2]], ids=["first", "last but one"])
def test_before_it_is_brought_up_to_date_it_is_copied(dump: Path, tmp_path: Path) -> None:
    restored(dump, tmp_path)
    before = _dumped(tmp_path / FILE)
    with SqliteHistory.open(tmp_path, write=True):
        (copy,) = backups(tmp_path / FILE)
    assert _dumped(copy) == before


def _dumped(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as history:
        return list(history.iterdump())


@pytest.mark.parametrize("dump", DUMPS[::3], ids=[path.name[:10] for path in DUMPS[::3]])
def test_its_report_can_still_be_written(dump: Path, tmp_path: Path) -> None:
    restored(dump, tmp_path)
    (written,) = api.report(api.kept_run(tmp_path), {"json": tmp_path / "r.json"})
    results = json.loads(written.read_text("utf-8"))
    jsonschema.validate(results, results_schema())
    assert [company["name"] for company in results["companies"]] == [
        "Tidewater Looms",
        "Silent Mills",
    ]


def figures(result: CompanyResult) -> dict[str, object]:
    """The figures whose meaning is that of then, by metric."""
    return {
        measure.metric: measure.value
        for measure in result.measures
        if not measure.metric.startswith(CHANGED)
    }


def test_a_replay_of_its_archive_still_gives_the_same_answer(tmp_path: Path) -> None:
    """Figures that are new since then come beside; of the others all are as they were.

    The purpose of a post is told by other words since, and a section that began within the period
    has no trend.
    """
    data = tmp_path / "audit-data"
    data.mkdir()
    restored(LAST, data)
    shutil.copytree(OLD / "archive", data / "archive")
    (tmp_path / "c.yaml").write_text(LIST, encoding="utf-8")
    then, again = api.kept_run(data), api.replay(api.load(tmp_path / "c.yaml"), data)
    for before, now in zip(then.results, again.results, strict=True):
        assert figures(now).items() >= figures(before).items()
        assert list(map(_unjudged, now.posts)) == list(map(_unjudged, before.posts))
        assert list(map(_untold, now.cadence)) == list(map(_untold, before.cadence))
        assert now.features == before.features
        assert now.channels == before.channels
    assert len(figures(then.results[0])) > 10
    assert then.results[0].posts
    assert then.results[0].cadence


def _unjudged(post: Post) -> Post:
    return replace(post, purpose=None)


def _untold(cadence: Cadence) -> Cadence:
    pattern = cadence.pattern
    if isinstance(pattern, Unknown):  # said in other words since
        pattern = replace(pattern, detail="")
    return replace(cadence, trend=Unknown(reason=Reason.NOT_CHECKED), began=None, pattern=pattern)


@pytest.mark.parametrize("dump", [DUMPS[0], LAST], ids=["first", "last"])
def test_it_moves_to_another_folder(dump: Path, tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    restored(dump, tmp_path / "one")
    export_history(tmp_path / "one", tmp_path / "x.zip")
    import_history(tmp_path / "x.zip", tmp_path / "two")
    assert api.kept_run(tmp_path / "two").results == api.kept_run(tmp_path / "one").results


def test_what_people_told_is_read_from_the_first_history_that_holds_it(tmp_path: Path) -> None:
    restored(OLD / "19-77c273e.sql.gz", tmp_path)
    with SqliteHistory.open(tmp_path) as history:
        (record,) = history.by_hand()
    assert (record.platform, record.followers, record.by) == ("linkedin", 12_400, "Jo")
