"""The history: exact, locked, resumable, and never overwritten."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from audit.model.channel import NOT_READ, Channel, Role
from audit.model.company import Company, Competitors
from audit.model.dated import Dated, DateSource
from audit.model.errors import StoreError
from audit.model.exchange import Fetched
from audit.model.result import CompanyResult, Measure, RunInfo
from audit.model.site import State
from audit.model.value import Absent, Evidence, Known, Qualifier, Reason, Unknown
from audit.model.visit import Note
from audit.store.codec import dumps, loads
from audit.store.files import last_archive, new_archive, slug
from audit.store.sqlite import SqliteHistory
from tests.places import ROOT

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
PROOF = Evidence(
    url="https://a.example/", fetched_at=NOW, rule="r", excerpt="=1+1 \u2028 ü", record="f#1"
)
COMPANIES = (
    Company(name="Acme", website="https://acme.example/", own=True),
    Company(name="Borealis", website="https://borealis.example/"),
)
CHANNEL = Channel(
    platform="youtube",
    url="https://www.youtube.com/@acme",
    handle="@acme",
    role=Role.MAIN,
    ownership=0.9,
    parts=(),
    candidate=False,
    state=State.UNKNOWN,
    reason=Reason.NOT_CHECKED,
    detail="",
    found_on=(),
    followers=NOT_READ,
    evidence=(PROOF,),
)
LIST = Competitors(path=Path("competitors.yaml"), companies=COMPANIES)


def run(name: str = "r1") -> RunInfo:
    return RunInfo(
        id=name, as_of=NOW, started_at=NOW, finished_at=None, version="1", rules_version="v"
    )


def result(company: Company = COMPANIES[0]) -> CompanyResult:
    fetched = Fetched(
        url=company.website, why="start", outcome="ok", fetched_at=NOW, record="f#1", etag='"v1"'
    )
    values = (
        Measure(
            metric="a", value=Known(value=3, evidence=(PROOF,), qualifiers=(Qualifier.TRUNCATED,))
        ),
        Measure(metric="b", value=Known(value=3.0, evidence=(PROOF,), exact=False)),
        Measure(metric="c", value=Absent(detail="no blog found")),
        Measure(metric="d", value=Unknown(reason=Reason.LOGIN_WALL, detail="x")),
    )
    note = Note(what="website", reason=Reason.BUDGET, detail="d")
    return CompanyResult(company=company, measures=values, notes=(note,), fetched=(fetched,))


def test_known_absent_and_unknown_come_back_as_they_were() -> None:
    again = loads(dumps(result()), CompanyResult)
    assert again == result()
    assert isinstance(again.measures[0].value, Known)
    assert type(again.measures[0].value.value) is int


def test_a_run_is_loaded_as_it_was_saved(tmp_path: Path) -> None:
    with SqliteHistory.open(tmp_path, write=True) as store:
        store.begin(run(), LIST)
        store.save("r1", result(COMPANIES[1]))
        store.save("r1", result(COMPANIES[0]))
        store.finish("r1", NOW)
        snapshot = store.load("r1")
    assert [each.company.name for each in snapshot.results] == ["Acme", "Borealis"]
    assert snapshot.results[0] == result()
    assert snapshot.competitors == LIST


def test_a_broken_run_over_the_same_companies_can_be_resumed(tmp_path: Path) -> None:
    with SqliteHistory.open(tmp_path, write=True) as store:
        store.begin(run(), LIST)
        store.save("r1", result())
        assert store.broken(LIST) == "r1"
        assert store.broken(replace(LIST, companies=COMPANIES[:1])) is None
        store.save("r1", result(COMPANIES[1]))
        assert store.broken(LIST) == "r1"
        store.finish("r1", NOW)
        assert store.broken(LIST) == "r1"
        store.reported("r1", NOW)
        assert store.broken(LIST) is None


def test_what_the_run_before_knew_comes_by_website(tmp_path: Path) -> None:
    with SqliteHistory.open(tmp_path, write=True) as store:
        store.begin(run(), LIST)
        store.save("r1", result())
        renamed = replace(COMPANIES[0], name="Acme Pumps")
        before = store.before("r2", renamed)
        assert before is not None
        assert before.kept["https://acme.example/"].etag == '"v1"'
        assert store.before("r2", COMPANIES[1]) is None
        assert store.before("r1", renamed) is None


def test_an_earlier_run_is_left_as_it_is_by_a_later_one(tmp_path: Path) -> None:
    with SqliteHistory.open(tmp_path, write=True) as store:
        for name in ("r1", "r2"):
            store.begin(run(name), LIST)
            store.save(name, replace(result(), languages=(name,)))
            store.finish(name, NOW)
        assert store.load("r1").results[0].languages == ("r1",)
        assert [each.id for each in store.runs()] == ["r1", "r2"]


def test_a_second_run_on_one_data_folder_is_refused_with_the_process(tmp_path: Path) -> None:
    with (
        SqliteHistory.open(tmp_path, write=True),
        pytest.raises(StoreError, match=f"process {os.getpid()}"),
    ):
        SqliteHistory.open(tmp_path, write=True)
    with SqliteHistory.open(tmp_path, write=True):
        pass


def test_the_lock_of_a_process_that_is_gone_is_taken_over(tmp_path: Path) -> None:
    import socket

    gone = subprocess.run(
        [sys.executable, "-c", "import os; print(os.getpid())"],
        capture_output=True,
        text=True,
        check=True,
    )
    held = {"pid": int(gone.stdout), "host": socket.gethostname(), "start": "1"}
    (tmp_path / "run.lock").write_text(json.dumps(held), encoding="utf-8")
    with SqliteHistory.open(tmp_path, write=True):
        pass


def test_garbage_in_place_of_the_history_is_refused_and_kept(tmp_path: Path) -> None:
    file = tmp_path / "history.sqlite3"
    file.write_bytes(b"not a database" * 100)
    with pytest.raises(StoreError, match=r"history\.sqlite3"):
        SqliteHistory.open(tmp_path, write=True)
    assert file.read_bytes() == b"not a database" * 100
    assert not (tmp_path / "run.lock").exists()


def test_a_history_of_a_newer_version_is_refused(tmp_path: Path) -> None:
    with SqliteHistory.open(tmp_path, write=True):
        pass
    connection = sqlite3.connect(tmp_path / "history.sqlite3")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreError, match="newer version"):
        SqliteHistory.open(tmp_path)


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "history.sqlite3")
    connection.execute("CREATE TABLE other (x)")
    connection.commit()
    connection.close()
    with pytest.raises(StoreError, match="not a history"):
        SqliteHistory.open(tmp_path)


KILLED = """
import sys, time
from pathlib import Path
sys.path.insert(0, {root!r})
from tests.audit.store.test_store import LIST, SqliteHistory, result, run
with SqliteHistory.open(Path({folder!r}), write=True) as store:
    store.begin(run(), LIST)
    store.save("r1", result())
    print("saved", flush=True)
    time.sleep(60)
"""


def test_a_killed_run_leaves_a_sound_history_and_can_be_resumed(tmp_path: Path) -> None:
    root = str(ROOT)
    script = KILLED.format(root=root, folder=str(tmp_path))
    running = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    assert running.stdout.readline().strip() == "saved"
    running.send_signal(signal.SIGKILL)
    running.wait()
    running.stdout.close()
    time.sleep(0.05)
    with SqliteHistory.open(tmp_path, write=True) as store:
        assert store.broken(LIST) == "r1"
        assert store.load("r1").results == (result(),)
    check = sqlite3.connect(tmp_path / "history.sqlite3")
    assert check.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    check.close()


@pytest.mark.parametrize(
    "name", ["../../x", "CON", "a" * 300, "Ärzte", "/etc/passwd", "日本", "", "nul.txt"]
)
def test_a_company_name_becomes_a_safe_file_name(name: str) -> None:
    made = slug(name)
    assert len(made) <= 48
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert made != slug(name + "x")


def test_the_archive_of_a_repeated_visit_is_a_new_file(tmp_path: Path) -> None:
    first = new_archive(tmp_path, "r1", "Acme")
    (tmp_path / first).parent.mkdir(parents=True)
    (tmp_path / first).touch()
    second = new_archive(tmp_path, "r1", "Acme")
    assert second != first
    (tmp_path / second).touch()
    assert last_archive(tmp_path, "r1", "Acme") == second
    assert last_archive(tmp_path, "r1", "Borealis") is None


def test_a_history_of_an_earlier_version_is_read() -> None:
    """Types that have moved, and channels from before profiles were read."""
    dated = Dated(at=NOW, source=DateSource.FEED)
    text = dumps(dated).replace("dated.Dated", "web.Dated").replace("dated.DateS", "web.DateS")
    assert '"web.Dated"' in text
    assert loads(text, Dated) == dated
    old = json.loads(dumps(CHANNEL))
    for name in ("last_post", "figures", "promises", "previous", "account", "first_seen"):
        del old[name]
    assert loads(json.dumps(old), Channel) == CHANNEL
