"""`audit forget`: what was kept goes for good, and what is left still works."""

import json
import os
import pty
import socket
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from audit.model.breakdown import OVERLAPS, Audience, Breakdown, Part
from audit.model.errors import SaveError, StoreError
from audit.store.files import new_archive
from audit.store.forget import Wanted, doomed, forget
from audit.store.sqlite import SqliteHistory
from tests.audit.store.examples import COMPANIES, LIST, NOW, PROOF, result, run, told
from tests.audit.store.folders import older
from tests.audit.test_run import AUDIT, PLAIN
from tests.audit.test_run import run as command
from tests.hostile import Site, page, serving

PERSON = "Kommentatorin Elisabeth Winterhalder"
ETAGGED = 'ETag: "v1"\r\n'


def filled(folder: Path) -> None:
    """Two runs over both companies, with archives and a log, all of which name somebody."""
    with SqliteHistory.open(folder, write=True) as history:
        for name in ("r1", "r2"):
            history.begin(run(name), LIST)
            for company in COMPANIES:
                names = (PERSON,) * 300 if company.name == "Acme" else ()
                history.save(name, replace(result(company), languages=names))
                archive = folder / new_archive(folder, name, company.name)
                archive.parent.mkdir(parents=True, exist_ok=True)
                archive.write_bytes(PERSON.encode())
            history.finish(name, NOW)
            history.reported(name, NOW)
    (folder / "audit.log").write_text(PERSON, "utf-8")
    (folder / "audit.log.1").write_text(PERSON, "utf-8")


def left(folder: Path) -> list[str]:
    """The files that still hold what was to be forgotten."""
    return sorted(
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and PERSON.encode() in path.read_bytes()
    )


def test_what_people_told_of_a_company_is_forgotten_with_it(tmp_path: Path) -> None:
    filled(tmp_path)
    other = told(company="borealis.example")
    with SqliteHistory.open(tmp_path, write=True) as history:
        history.keep_by_hand([replace(told(), by=PERSON), other])
    forget(tmp_path, Wanted(run="r1", company="Acme"))
    with SqliteHistory.open(tmp_path) as history:
        assert len(history.by_hand()) == 2  # another run may still show it
    forget(tmp_path, Wanted(company="ACME"))
    with SqliteHistory.open(tmp_path) as history:
        assert history.by_hand() == (other,)
    assert not [name for name in left(tmp_path) if not name.startswith("archive/")]


def test_a_company_is_gone_from_every_file(tmp_path: Path) -> None:
    filled(tmp_path)
    shared = Audience(
        platform="mastodon",
        url="https://m.example/@b",
        sampled=9,
        described=9,
        breakdowns=(
            Breakdown(
                metric=OVERLAPS,
                of=9,
                parts=(Part(name="Acme", share=0.5), Part(name="Other", share=0.1)),
            ),
        ),
        evidence=PROOF,
    )
    with SqliteHistory.open(tmp_path, write=True) as history:
        history.save("r2", replace(result(COMPANIES[1]), audiences=(shared,)))
    forget(tmp_path, Wanted(company="acme"))
    archives = {path.name for path in (tmp_path / "archive").rglob("*.warc.gz")}
    assert [name.split("-")[0] for name in archives] == ["borealis"]
    assert [path for path in left(tmp_path) if not path.startswith("archive")] == []
    assert b"Acme" not in (tmp_path / "history.sqlite3").read_bytes()
    with SqliteHistory.open(tmp_path) as history:
        snapshot = history.load("r2")
        assert [each.company.name for each in snapshot.results] == ["Borealis"]
        assert [each.name for each in snapshot.competitors.companies] == ["Borealis"]
        overlaps = snapshot.results[0].audiences[0].parts(OVERLAPS)
        assert [overlap.name for overlap in overlaps] == ["Other"]
        assert [each.damaged for each in history.runs()] == [(), ()]


def test_what_was_deleted_leaves_no_empty_page_in_the_history(tmp_path: Path) -> None:
    filled(tmp_path)
    forget(tmp_path, Wanted(company="Acme"))
    with closing(sqlite3.connect(tmp_path / "history.sqlite3")) as history:
        assert history.execute("PRAGMA freelist_count").fetchone() == (0,)


class Full(sqlite3.Connection):
    """A history on a disk without room to write it anew, opened by a library that clears nothing.

    Some builds of SQLite, such as Debian's, overwrite what is deleted without being told to.
    """

    def execute(self, sql: str, *more: Any) -> sqlite3.Cursor:
        if sql == "VACUUM":
            raise sqlite3.OperationalError("database or disk is full")
        return super().execute(sql, *more)


def test_where_the_history_cannot_be_written_anew_what_was_deleted_is_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def connect(path: Path) -> sqlite3.Connection:
        history = sqlite3.connect(path, factory=Full)
        history.execute("PRAGMA foreign_keys = ON")
        history.execute("PRAGMA secure_delete = OFF")
        return history

    filled(tmp_path)
    monkeypatch.setattr("audit.store.erase.connect", connect)
    with pytest.raises(SaveError, match="run the same command again"):
        forget(tmp_path, Wanted(company="Acme"))
    assert PERSON.encode() not in (tmp_path / "history.sqlite3").read_bytes()


def test_a_run_is_gone_and_the_other_stays(tmp_path: Path) -> None:
    filled(tmp_path)
    forget(tmp_path, Wanted(run="r1"))
    assert not (tmp_path / "archive" / "r1").exists()
    assert (tmp_path / "archive" / "r2").exists()
    with SqliteHistory.open(tmp_path) as history:
        assert history.ids() == ("r2",)
        assert len(history.load("r2").results) == 2


def test_archives_alone_go_and_the_figures_stay(tmp_path: Path) -> None:
    filled(tmp_path)
    forget(tmp_path, Wanted(archives=True, run="r1", company="Acme"))
    assert len(list((tmp_path / "archive").rglob("*.warc.gz"))) == 3
    forget(tmp_path, Wanted(archives=True))
    assert not (tmp_path / "archive").exists()
    assert (tmp_path / "audit.log").exists()
    with SqliteHistory.open(tmp_path) as history:
        assert history.load("r1").results[0] == replace(result(), languages=(PERSON,) * 300)


def test_everything_is_everything(tmp_path: Path) -> None:
    filled(tmp_path)
    (tmp_path / "own notes.txt").write_text("mine", "utf-8")
    forget(tmp_path, Wanted())
    assert [path.name for path in tmp_path.iterdir()] == ["own notes.txt"]


def test_a_history_that_cannot_be_read_can_be_forgotten_whole(tmp_path: Path) -> None:
    filled(tmp_path)
    (tmp_path / "history.sqlite3").write_bytes(b"garbage" * 1000)
    with pytest.raises(StoreError, match=r"history\.sqlite3"):
        forget(tmp_path, Wanted(run="r1"))
    forget(tmp_path, Wanted())
    assert list(tmp_path.iterdir()) == []


def test_copies_from_before_an_update_go_too(tmp_path: Path) -> None:
    """Also the one that is made by bringing the history up to date for this very command."""
    older(tmp_path)
    (tmp_path / "history.sqlite3.before-2-20260101-000000").write_text("Acme", "utf-8")
    forget(tmp_path, Wanted(company="Acme"))
    assert [path.name for path in tmp_path.iterdir()] == ["history.sqlite3"]
    assert b"Acme" not in (tmp_path / "history.sqlite3").read_bytes()


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (Wanted(run="r9"), "no run 'r9'"),
        (Wanted(company="Nobody"), "no company 'Nobody'; there are: Acme, Borealis"),
        (Wanted(run="../.."), "no run"),
    ],
)
def test_what_is_not_there_is_said_and_nothing_is_deleted(
    tmp_path: Path, wanted: Wanted, words: str
) -> None:
    filled(tmp_path)
    before = left(tmp_path)
    with pytest.raises(StoreError, match=words):
        forget(tmp_path, wanted)
    assert left(tmp_path) == before


def test_while_a_run_goes_on_nothing_is_forgotten(tmp_path: Path) -> None:
    filled(tmp_path)
    with SqliteHistory.open(tmp_path, write=True), pytest.raises(StoreError, match="another run"):
        forget(tmp_path, Wanted())
    assert len(doomed(tmp_path, Wanted()).archives) == 4


@contextmanager
def audited(folder: Path) -> Iterator[tuple[Path, Site]]:
    """A finished run over one small company whose page has a validator."""
    about = page(f"<title>About</title><p>{PERSON}</p>", extra=ETAGGED)
    start = page("<nav><a href='/about/'>About us</a></nav><p>Hello.</p>", extra=ETAGGED)
    with serving({"/": start, "/about/": about}) as site:
        file = folder / "c.yaml"
        file.write_text(
            f"settings: {{delay_seconds: 0}}\ncompanies:\n- {{name: Acme, website: {site.url}/}}\n",
            encoding="utf-8",
        )
        assert again(file).returncode == 0
        yield file, site


def again(file: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Run over the list, writing o.json beside it."""
    out = file.with_name("o.json")
    return command(file, "--allow-private-hosts", "--format", "json", "-o", out, *more)


def test_nobody_to_ask_is_2_and_deletes_nothing(tmp_path: Path) -> None:
    with audited(tmp_path) as (file, _site):
        pass
    before = sorted((tmp_path / "audit-data").rglob("*"))
    done = command("forget", file, "--archives")
    assert done.returncode == 2
    assert "--yes" in done.stderr
    closed = subprocess.run(
        ["sh", "-c", 'exec "$@" <&-', "sh", AUDIT, "forget", str(file)],
        capture_output=True,
        text=True,
        env=PLAIN,
        check=False,
    )
    assert closed.returncode == 2
    assert "--yes" in closed.stderr
    assert "Traceback" not in closed.stderr + done.stderr
    assert sorted((tmp_path / "audit-data").rglob("*")) == before


@pytest.mark.parametrize(("answer", "gone"), [("yes\n", True), ("\n", False), ("no\n", False)])
def test_a_person_is_asked_after_being_told_what_goes(
    tmp_path: Path, answer: str, gone: bool
) -> None:
    data = tmp_path / "audit-data"
    data.mkdir()
    filled(data)
    file = tmp_path / "c.yaml"
    file.write_text("companies: []\n", encoding="utf-8")
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "wb", buffering=0) as terminal:
        terminal.write(answer.encode())
        done = subprocess.run(
            [AUDIT, "forget", str(file), "--run", "r1"],
            stdin=theirs,
            capture_output=True,
            text=True,
            env=PLAIN,
            timeout=60,
            check=False,
        )
        os.close(theirs)
    assert done.returncode == 0, done.stderr
    assert "run r1: Acme, Borealis" in done.stdout
    assert "audit.log" in done.stdout
    with SqliteHistory.open(data) as history:
        assert ("r1" not in history.ids()) is gone


def test_without_its_archive_a_value_is_explained_and_a_replay_says_so(tmp_path: Path) -> None:
    with audited(tmp_path) as (file, site):
        assert command("forget", file, "--archives", "--yes").returncode == 0
        evidence = json.loads((tmp_path / "o.json").read_text("utf-8"))["evidence"]
        proof = command("explain", file, "Acme", evidence[0]["measure"])
        assert proof.returncode == 0, proof.stderr
        assert "the archive was deleted" in proof.stdout
        replayed = command("replay", file, "--format", "json", "-o", tmp_path / "r.json")
        assert replayed.returncode == 1
        assert "Acme: incomplete: what is saved of its pages is not whole" in replayed.stderr
        report = command("report", file, "--format", "json", "-o", tmp_path / "p.json")
        assert report.returncode == 0
        before = len(site.requests)
        assert again(file).returncode == 0
        asked = site.requests[before:]
    assert not [head for head in asked if b"if-none-match" in head.lower()]
    paths = [head.split(b" ")[1] for head in asked]
    assert len(paths) == len(set(paths))


def test_a_later_run_that_pointed_to_a_deleted_page_is_replayed_without_it(tmp_path: Path) -> None:
    """The second run got 304 and keeps no copy; of the deleted page it says that it was deleted."""

    def unchanged(connection: socket.socket, head: bytes) -> None:
        is_known = b"if-none-match" in head.lower()
        full = page("<p>Hello.</p>", extra=ETAGGED)
        short = b'HTTP/1.1 304 X\r\nETag: "v1"\r\nConnection: close\r\n\r\n'
        connection.sendall(short if is_known else full)

    with serving({"/": unchanged}) as site:
        file = tmp_path / "c.yaml"
        file.write_text(
            f"settings: {{delay_seconds: 0}}\ncompanies:\n- {{name: Acme, website: {site.url}/}}\n",
            encoding="utf-8",
        )
        assert (again(file).returncode, again(file).returncode) == (0, 0)
        with SqliteHistory.open(tmp_path / "audit-data") as history:
            first = history.ids()[0]
        command("forget", file, "--archives", "--run", first, "--yes")
        replayed = command("replay", file, "--format", "json", "-o", tmp_path / "r.json")
    assert replayed.returncode == 1
    assert "was not looked at" in replayed.stderr
    assert "deleted" in (tmp_path / "r.json").read_text("utf-8")
    assert "Traceback" not in replayed.stderr


def test_in_an_empty_place_there_is_nothing_to_forget_and_nothing_is_made(tmp_path: Path) -> None:
    done = command("forget", tmp_path / "c.yaml", "--yes")
    assert (done.returncode, "nothing to forget" in done.stdout) == (0, True)
    assert list(tmp_path.iterdir()) == []
