"""Data folders as runs leave them: whole, changed by hand, of an older version, with a journal."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from audit.store.schema import STEPS
from audit.store.sqlite import FILE, SqliteHistory
from tests.audit.store.examples import COMPANIES, LIST, NOW, result, run
from tests.places import ROOT

FIRST_VERSION = 1
"""Of the tables: without digests, and without numbers for the order of the runs."""


def filled(folder: Path, *runs: str) -> None:
    """Keep both companies in each run; the language of a result tells its run."""
    with SqliteHistory.open(folder, write=True) as history:
        for name in runs:
            history.begin(run(name), LIST)
            for company in COMPANIES:
                history.save(name, replace(result(company), languages=(name,)))
            history.finish(name, NOW)
            history.reported(name, NOW)


def changed(folder: Path, query: str, *values: object) -> None:
    """Change the history behind the program's back."""
    with closing(sqlite3.connect(folder / FILE)) as history, history:
        history.execute(query, values)


def listed(folder: Path) -> Path:
    """Write the list of the two companies, as a person would."""
    file = folder / "c.yaml"
    rows = "".join(f"- {{name: {each.name}, website: {each.website}}}\n" for each in COMPANIES)
    file.write_text(f"companies:\n{rows}", encoding="utf-8")
    return file


def older(folder: Path) -> None:
    """Keep one run, `new`, in a history as version 1 of it was."""
    filled(folder, "new")
    with closing(sqlite3.connect(folder / FILE)) as today:
        runs = today.execute(
            "SELECT id, as_of, started_at, finished_at, version, rules_version, fingerprint, "
            "competitors FROM run"
        ).fetchall()
        companies = today.execute(
            "SELECT run_id, name, website, complete, result FROM company"
        ).fetchall()
    (folder / FILE).unlink()
    with closing(sqlite3.connect(folder / FILE)) as old, old:
        old.execute("PRAGMA journal_mode = WAL")
        old.executescript(f"BEGIN; {STEPS[0]} PRAGMA user_version = {FIRST_VERSION}; COMMIT;")
        old.executemany("INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?)", runs)
        old.executemany("INSERT INTO company VALUES (?, ?, ?, ?, ?)", companies)


KILLED = """
import os, sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from audit.store.sqlite import SqliteHistory
from tests.audit.store.examples import LIST, NOW, result, run
history = SqliteHistory.open(Path(sys.argv[1]), write=True)
history.begin(run("late"), LIST)
history.save("late", result())
history.finish("late", NOW)
os._exit(0)
"""
"""Ends without closing the history, as a killed run does; the lock file is left too."""


def leave_a_journal(folder: Path) -> None:
    """Add a run `late` whose rows lie in the journal only, as its process ends in mid-write."""
    subprocess.run([sys.executable, "-c", KILLED, str(folder), str(ROOT)], check=True)
    assert (folder / f"{FILE}-wal").stat().st_size > 0
