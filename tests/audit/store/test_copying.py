"""A history copied into another: whichever keeps them, whole, once, and compared in the end."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from audit.commands.copy_history import copy as command
from audit.model.errors import AuditError, SaveError, StoreError
from audit.store.copying import Copied, copy
from audit.store.kept import KeptHistory
from audit.store.postgres import PostgresHistory
from audit.store.sqlite import SqliteHistory
from config.database import Database
from tests.audit.store.examples import COMPANIES, LIST, NOW, result, run, told
from tests.audit.store.folders import changed
from tests.postgres import PASSWORD, needs_postgres

Open = Callable[[str], KeptHistory]
"""Opens the history of a name for writing; the same name is the same history."""


@pytest.fixture(
    params=["sqlite", pytest.param("postgres", marks=[needs_postgres, pytest.mark.postgres])]
)
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Open:
    """Histories of any name, of which `there` is in a folder or in a database."""

    def in_folder(name: str) -> KeptHistory:
        (tmp_path / name).mkdir(exist_ok=True)
        return SqliteHistory.open(tmp_path / name, write=True)

    if request.param == "sqlite":
        return in_folder
    database: Database = request.getfixturevalue("database")
    return lambda name: (
        PostgresHistory.open(database, tmp_path, write=True) if name == "there" else in_folder(name)
    )


def keep(history: KeptHistory, *names: str, day: int = 0) -> None:
    """Keep runs over both companies; the language of a result tells its run."""
    for number, name in enumerate(names):
        began = NOW + timedelta(days=day + number)
        history.begin(replace(run(name), started_at=began), LIST)
        for company in COMPANIES:
            history.save(name, replace(result(company), languages=(name,)))
        history.finish(name, NOW)
        history.reported(name, NOW)


def copied(opened: Open, source: str, target: str) -> Copied:
    with opened(source) as old, opened(target) as new:
        return copy(old.tables, new.tables, lambda _run, _at, _of: None)


@contextmanager
def both(opened: Open) -> Iterator[tuple[KeptHistory, KeptHistory]]:
    with opened("here") as here, opened("there") as there:
        yield here, there


def seen(history: KeptHistory) -> object:
    """All that a history tells."""
    runs = history.ids()
    return (
        [history.load(name) for name in runs],
        history.runs(),
        history.companies(),
        history.by_hand(),
        [history.again(name, "v2") for name in runs],
    )


def test_what_is_copied_there_and_back_is_what_it_was(opened: Open) -> None:
    with opened("here") as history:
        keep(history, "r1", "r2")
        history.begin(run("r3"), LIST)
        history.save("r3", result())
        history.keep_again("r1", "v2", {"Acme": result(), "Borealis": None})
        history.keep_by_hand([told(), told(day=4)])
        before = seen(history)
    there = copied(opened, "here", "there")
    back = copied(opened, "there", "back")
    assert (there.new, there.added) == (("r1", "r2", "r3"), there.compared)
    assert back == there
    for name in ("there", "back"):
        with opened(name) as history:
            assert seen(history) == before


def test_copied_twice_adds_nothing_the_second_time(opened: Open) -> None:
    with opened("here") as history:
        keep(history, "r1")
    first, second = (copied(opened, "here", "there") for _ in range(2))
    assert (second.new, second.added, second.compared) == ((), 0, first.compared)
    assert second.digest == first.digest


def test_runs_of_both_stand_in_the_order_in_which_they_began(opened: Open) -> None:
    with both(opened) as (here, there):
        keep(here, "r1", day=0)
        keep(here, "r3", day=4)
        keep(there, "r2", day=2)
        keep(there, "r4", day=6)
    assert copied(opened, "here", "there").new == ("r1", "r3")
    with opened("there") as history:
        assert history.ids() == ("r1", "r2", "r3", "r4")
        begun = history.begin(run("next"), LIST)
        assert history.ids()[-1] == begun.id


def test_a_run_that_went_on_since_gets_what_the_target_lacks(opened: Open) -> None:
    with opened("here") as history:
        history.begin(run("r1"), LIST)
        history.save("r1", result(COMPANIES[0]))
    copied(opened, "here", "there")
    with opened("here") as history:
        history.save("r1", result(COMPANIES[1]))
        history.finish("r1", NOW)
        history.reported("r1", NOW)
    assert copied(opened, "here", "there").added == 1
    with opened("there") as history:
        assert history.broken(LIST) is None
        assert len(history.load("r1").results) == 2


def test_what_is_other_there_stays_and_is_named(opened: Open) -> None:
    with opened("here") as history:
        keep(history, "r1")
    copied(opened, "here", "there")
    with opened("there") as history:
        history.save("r1", replace(result(), languages=("theirs",)))
    done = copied(opened, "here", "there")
    assert done.kept == (("r1", "Acme"),)
    with opened("there") as history:
        assert history.load("r1").results[0].languages == ("theirs",)


def test_another_run_of_the_same_name_is_refused_and_nothing_is_changed(opened: Open) -> None:
    with both(opened) as (here, there):
        keep(here, "r0", "r1")
        keep(there, "r1", day=5)
        before = seen(there)
    with pytest.raises(StoreError, match="another run r1"):
        copied(opened, "here", "there")
    with opened("there") as history:
        assert seen(history) == before


def test_what_cannot_be_written_there_leaves_it_as_it_was(opened: Open, tmp_path: Path) -> None:
    """Broken off in its middle: the second run of the source cannot be read any more."""
    with opened("here") as history:
        keep(history, "r1", "r2")
    with opened("there") as history:
        keep(history, "r0")
        before = seen(history)
    with opened("here") as old, opened("there") as new:

        def fail(_run: str, at: int, _of: int) -> None:
            if at == 2:
                raise SaveError("the cable is out")

        with pytest.raises(SaveError, match="cable"):
            copy(old.tables, new.tables, fail)
        assert seen(new) == before
        keep(new, "r9", day=20)
    assert (tmp_path / "here").is_dir()


def test_a_damaged_result_is_copied_as_it_is(opened: Open, tmp_path: Path) -> None:
    with opened("here") as history:
        keep(history, "r1")
    changed(tmp_path / "here", "UPDATE company SET result = result || 'x' WHERE name = 'Acme'")
    copied(opened, "here", "there")
    with opened("there") as history:
        assert history.runs()[0].damaged == ("Acme",)


@needs_postgres
@pytest.mark.postgres
def test_the_command_says_how_it_gets_on_and_what_came_of_it(
    database: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, address = tmp_path / "audit-data", database.address
    with pytest.raises(StoreError, match="there is no such data folder"):
        command(str(folder), address)
    folder.mkdir()
    with pytest.raises(StoreError, match="nothing to copy"):
        command(str(folder), address)
    with SqliteHistory.open(folder, write=True) as history:
        keep(history, "r1")
    command(str(folder), address)
    command(address, str(tmp_path / "back"))
    said = capsys.readouterr().out
    assert "Run r1 (1 of 1)" in said
    digests = re.findall(r"Compared: 3 of 3 rows .* \(digest (\w+)\)", " ".join(said.split()))
    assert len(set(digests)) == 1
    assert PASSWORD not in said
    with PostgresHistory.open(database, tmp_path, write=True) as history:
        history.go_on("r1")
        with pytest.raises(StoreError, match="run r1 is under way"):
            command(str(folder), address)


def test_the_same_place_and_what_is_no_place_are_refused(tmp_path: Path) -> None:
    (tmp_path / "list.yaml").touch()
    for source, target, words in (
        (tmp_path, f"{tmp_path}/.", "same place"),
        (tmp_path, "mysql://a:b@h/d", "is no address"),
        (tmp_path / "list.yaml", "x", "is a file; name the data folder"),
    ):
        with pytest.raises(AuditError, match=words):
            command(str(source), str(target))
