"""The history of a team on a real server: who is at work, a server that goes away, who may what."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from audit.lists import runs_of
from audit.model.company import Company
from audit.model.errors import SaveError, StoreError
from audit.store.history import DatabaseSaveError, UnfitError
from audit.store.patience import Patience
from audit.store.postgres import PostgresHistory
from audit.store.postgres_tables import spoken
from audit.store.saving import Saving
from audit.store.schema import STEPS
from config.database import Database, database_of
from tests.audit.store.examples import COMPANIES, LIST, NOW, result, run, told
from tests.places import ROOT
from tests.postgres import PASSWORD, Server, needs_postgres, serving_postgres

pytestmark = [needs_postgres, pytest.mark.postgres]


def opened(database: Database, folder: Path, *, write: bool = True) -> PostgresHistory:
    history = PostgresHistory.open(database, folder, write=write)
    assert isinstance(history, PostgresHistory)
    return history


def schema(database: Database) -> str:
    return database.address.partition("schema=")[2]


@contextmanager
def patient(history: PostgresHistory, seconds: float = 30.0) -> Iterator[list[str]]:
    """Wait for the server as a run does; what is told meanwhile."""
    said = list[str]()
    with Patience(said.append, seconds) as patience:
        history.wait_with(patience)
        yield said


def test_a_database_in_which_nothing_is_kept_is_an_empty_history_and_stays_as_it_is(
    database: Database, postgres: Server, tmp_path: Path
) -> None:
    with PostgresHistory.open(database, tmp_path) as history:
        assert history.ids() == ()
        assert history.at_work() == {}
    names = [row[0] for row in postgres.ask("SELECT nspname FROM pg_namespace")]
    assert schema(database) not in names


def test_looking_is_let_change_nothing(database: Database, tmp_path: Path) -> None:
    opened(database, tmp_path).__exit__(None, None, None)
    with (
        opened(database, tmp_path, write=False) as history,
        pytest.raises(StoreError, match="may only be read"),
    ):
        history.begin(run(), LIST)


def test_who_is_at_work_is_named_and_nobody_else_goes_on_with_the_run(
    database: Database, tmp_path: Path
) -> None:
    with opened(database, tmp_path) as anna, opened(database, tmp_path) as ben:
        begun = anna.begin(run(), LIST)
        assert anna.at_work() == {}
        assert ben.at_work()[begun.id].endswith(" UTC")
        with pytest.raises(StoreError, match=rf"run {begun.id} is under way \(.* on .* since"):
            ben.go_on(begun.id)
        other = ben.begin(run("other"), LIST)
        assert list(anna.at_work()) == [other.id]
    with opened(database, tmp_path) as carl:
        assert carl.at_work() == {}
        carl.go_on(begun.id)


def test_two_who_begin_in_the_same_instant_get_two_runs(database: Database, tmp_path: Path) -> None:
    ids = list[str]()

    def begin() -> None:
        with opened(database, tmp_path) as history:
            ids.append(history.begin(run("r1"), LIST).id)

    both = [threading.Thread(target=begin) for _ in range(4)]
    for each in both:
        each.start()
    for each in both:
        each.join()
    assert sorted(ids) == ["r1", "r1-2", "r1-3", "r1-4"]
    with opened(database, tmp_path) as history:
        assert set(history.ids()) == set(ids)


KILLED = """
import sys, time
from pathlib import Path
sys.path.insert(0, {root!r})
from audit.store.postgres import PostgresHistory
from config.database import database_of
from tests.audit.store.examples import LIST, result, run
with PostgresHistory.open(database_of({address!r}, "x"), Path({folder!r}), write=True) as history:
    history.begin(run(), LIST)
    history.save("r1", result())
    print("saved", flush=True)
    time.sleep(60)
"""


def test_a_killed_run_lets_go_and_can_be_gone_on_with(database: Database, tmp_path: Path) -> None:
    script = KILLED.format(root=str(ROOT), address=database.address, folder=str(tmp_path))
    running = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    assert running.stdout.readline().strip() == "saved"
    with opened(database, tmp_path) as history:
        assert list(history.at_work()) == ["r1"]
        running.send_signal(signal.SIGKILL)
        running.wait()
        running.stdout.close()
        until = time.monotonic() + 10
        while history.at_work() and time.monotonic() < until:
            time.sleep(0.05)
        assert history.broken(LIST) == "r1"
        history.go_on("r1")
        assert history.load("r1").results == (result(),)


def test_a_connection_that_is_cut_is_made_anew_and_the_run_stays_ours(
    database: Database, postgres: Server, tmp_path: Path
) -> None:
    with opened(database, tmp_path) as history, opened(database, tmp_path) as other:
        history.begin(run(), LIST)
        with patient(history) as said:
            cut(postgres)
            history.save("r1", result())
            assert said[0].split(":")[0] == "The database does not answer"
            assert said[1:] == ["The database answers again, and has all that was saved before."]
        other.wait_with(Patience(lambda _line: None))
        assert list(other.at_work()) == ["r1"]
        assert history.load("r1").results == (result(),)


def cut(postgres: Server) -> None:
    """End all connections of ours, as a restart would."""
    ours = (
        "SELECT pg_terminate_backend(pid, 3000) FROM pg_stat_activity WHERE pid <> "
        "pg_backend_pid() AND application_name = 'social-audit'"
    )
    assert postgres.ask(ours)


def test_a_run_that_somebody_else_has_gone_on_with_meanwhile_is_left_to_them(
    database: Database, postgres: Server, tmp_path: Path
) -> None:
    with opened(database, tmp_path) as anna:
        anna.begin(run(), LIST)
        cut(postgres)
        with opened(database, tmp_path) as ben:
            ben.go_on("r1")
            with patient(anna), pytest.raises(SaveError, match="somebody else has gone on"):
                anna.save("r1", result())
            ben.save("r1", replace(result(), languages=("ben",)))
        with patient(anna), pytest.raises(SaveError, match="somebody else has gone on"):
            anna.save("r1", result())
    with opened(database, tmp_path) as history:
        assert history.load("r1").results[0].languages == ("ben",)


def test_a_server_that_stops_for_a_while_loses_nothing(tmp_path: Path) -> None:
    with serving_postgres() as server:
        database = database_of(server.url(), "--database")
        with opened(database, tmp_path) as history:
            history.begin(run(), LIST)
            history.save("r1", result(COMPANIES[0]))
            with patient(history) as said:
                server.stop()
                threading.Timer(2.0, server.start).start()
                history.save("r1", result(COMPANIES[1]))
                history.finish("r1", NOW)
            assert len(said) == 2
            assert len(history.load("r1").results) == 2
            server.stop()
            saving = Saving(history, "r1", sleep=lambda _seconds: None)
            with patient(history, seconds=1.0) as said:
                began = time.monotonic()
                for company in COMPANIES:
                    saving.save(result(company))
                unsaved = saving.again()
                # The limit counts from when the server went away, and not for each result.
                assert time.monotonic() - began < 15
            assert sorted(unsaved) == ["Acme", "Borealis"]
            assert ["for up to 1 seconds" in said[0], "The run goes on" in said[1], *said[2:]] == [
                True,
                True,
            ]
            note = unsaved["Acme"].notes[-1]
            assert "--resume" in note.help
            assert "room" not in note.help
            assert PASSWORD not in f"{note} {said}"
            _ends_at_once(history, saving)
            server.start()
            assert saving.again() == {}
            assert [each.name for each in _companies(history)] == ["Acme", "Borealis"]


def test_a_server_that_hangs_does_not_hold_up_the_end_of_a_run(tmp_path: Path) -> None:
    with serving_postgres() as server:
        database = database_of(server.url(), "--database")
        with opened(database, tmp_path) as history:
            history.begin(run(), LIST)
            saving = Saving(history, "r1", sleep=lambda _seconds: None)
            patience = Patience(lambda _line: None, 60.0)
            history.wait_with(patience)
            ((backend,),) = history.tables.rows("SELECT pg_backend_pid()")
            assert server.process is not None
            hung = (int(str(backend)), server.process.pid)
            for each in hung:
                os.kill(each, signal.SIGSTOP)
            began = time.monotonic()
            threading.Timer(0.5, patience.end).start()
            try:
                for company in COMPANIES:
                    saving.save(result(company))
                assert sorted(saving.again(patiently=False)) == ["Acme", "Borealis"]
                # Cut after some seconds, then one try to connect; the others are not tried.
                assert time.monotonic() - began < 15
            finally:
                for each in hung:
                    os.kill(each, signal.SIGCONT)


def _ends_at_once(history: PostgresHistory, saving: Saving) -> None:
    """Ctrl-C ends the waiting: what is tried then is tried once."""
    patience = Patience(lambda _line: None, 60.0)
    history.wait_with(patience)
    threading.Timer(0.5, patience.end).start()
    began = time.monotonic()
    saving.save(result())
    assert saving.again(patiently=False)
    assert time.monotonic() - began < 15


def _companies(history: PostgresHistory) -> list[Company]:
    return [each.company for each in history.load("r1").results]


def test_without_patience_a_server_that_is_away_is_a_fault_at_once(
    database: Database, postgres: Server, tmp_path: Path
) -> None:
    with opened(database, tmp_path) as history:
        history.begin(run(), LIST)
        cut(postgres)
        with pytest.raises(DatabaseSaveError, match="terminating connection"):
            history.save("r1", result())


def test_what_no_text_may_hold_costs_its_own_place_alone(
    database: Database, tmp_path: Path
) -> None:
    odd = Company(name="Nul \0", website="https://nul.example/")
    with opened(database, tmp_path) as history:
        history.begin(run(), LIST)
        for company in (odd, Company(name="Half \ud800", website="https://half.example/")):
            with pytest.raises(UnfitError):
                history.save("r1", result(company))
        with pytest.raises(SaveError, match="not there any more"):
            history.save("no such run", result())
        history.save("r1", result())
        assert history.load("r1").results == (result(),)


def test_a_damaged_row_is_named_and_the_others_are_read(
    database: Database, postgres: Server, tmp_path: Path
) -> None:
    with opened(database, tmp_path) as history:
        history.begin(run(), LIST)
        for company in COMPANIES:
            history.save("r1", result(company))
        postgres.do(f"UPDATE {schema(database)}.company SET result = 'x' WHERE name = 'Acme'")  # noqa: S608
        snapshot = history.load("r1")
        assert [each.company.name for each in snapshot.results] == ["Borealis"]
        assert [note.what for note in snapshot.notes] == ["Acme"]
        assert history.runs()[0].damaged == ("Acme",)
        postgres.do(f"UPDATE {schema(database)}.company SET digest = ''")  # as of before digests  # noqa: S608
        assert history.runs()[0].damaged == ("Acme",)


def test_many_companies_are_read_some_at_a_time_and_all_of_them(
    database: Database, tmp_path: Path
) -> None:
    names = [f"C{number:02}" for number in range(45)]
    companies = tuple(Company(name=each, website=f"https://{each}.example/") for each in names)
    with opened(database, tmp_path) as history:
        history.begin(run(), replace(LIST, companies=companies))
        for company in companies:
            history.save("r1", result(company))
        assert [each.company.name for each in history.load("r1").results] == names
        assert history.runs()[0].complete == 45


@pytest.mark.parametrize("version", range(1, len(STEPS)))
def test_a_history_of_an_older_version_is_brought_up_to_date_by_who_writes(
    database: Database, postgres: Server, tmp_path: Path, version: int
) -> None:
    with opened(database, tmp_path) as history:
        history.begin(run(), LIST)
        history.save("r1", result())
    _made_older(postgres, schema(database), version)
    with pytest.raises(StoreError, match="older version"):
        PostgresHistory.open(database, tmp_path)
    with opened(database, tmp_path) as history:
        assert history.load("r1").results == (result(),)
        history.keep_by_hand([told()])
        assert history.by_hand() == (told(),)
        assert history.broken(LIST) == "r1"


def _made_older(postgres: Server, name: str, version: int) -> None:
    """Make the tables those of an earlier version, with the rows of today."""
    run_columns = "id, as_of, started_at, finished_at, version, rules_version, fingerprint"
    rows = {
        "run": f"{run_columns}, competitors",
        "company": "run_id, name, website, complete, result",
    }
    steps = "".join(spoken(step) for step in STEPS[:version])
    keep = "".join(f"CREATE TABLE kept_{each} AS SELECT * FROM {each};" for each in rows)  # noqa: S608
    drop = "DROP TABLE again, hand_record, company, run;"
    fill = "".join(
        f"INSERT INTO {each} ({columns}) SELECT {columns} FROM kept_{each};DROP TABLE kept_{each};"  # noqa: S608
        for each, columns in rows.items()
    )
    number = "UPDATE run SET number = rowid;" if version > 1 else ""
    last = f"UPDATE history_version SET version = {version}"  # noqa: S608
    postgres.do(f'SET search_path TO "{name}";{keep}{drop}{steps}{fill}{number}{last}')


def test_a_newer_history_and_tables_of_others_are_refused_and_left(
    database: Database, postgres: Server, tmp_path: Path
) -> None:
    opened(database, tmp_path).__exit__(None, None, None)
    postgres.do(f"UPDATE {schema(database)}.history_version SET version = 99")  # noqa: S608
    for write in (False, True):
        with pytest.raises(StoreError, match=r"newer version.*update the program"):
            PostgresHistory.open(database, tmp_path, write=write)
    theirs = f"{schema(database)}_x"
    postgres.do(f"CREATE SCHEMA {theirs}; CREATE TABLE {theirs}.company (x int)")
    with pytest.raises(StoreError, match=r"other tables.*\?schema="):
        PostgresHistory.open(
            database_of(f"{database.address}_x", "--database"), tmp_path, write=True
        )


def test_who_may_only_read_reads_and_is_told_so_when_writing(
    database: Database, postgres: Server, tmp_path: Path
) -> None:
    with opened(database, tmp_path) as history:
        history.begin(run(), LIST)
    name = schema(database)
    reader = f"reader_{name[-8:]}"
    postgres.do(
        f"CREATE ROLE {reader} LOGIN PASSWORD 'abc';GRANT USAGE ON SCHEMA {name} TO {reader};"
        f"GRANT SELECT ON ALL TABLES IN SCHEMA {name} TO {reader}"
    )
    address = f"{postgres.url(user=reader, password='abc')}?schema={name}"  # noqa: S106
    with opened(database_of(address, "x"), tmp_path, write=False) as history:
        assert history.ids() == ("r1",)
    with (
        opened(database_of(address, "x"), tmp_path) as history,
        pytest.raises(StoreError, match=r"may not do that.*Nothing was fetched"),
    ):
        history.begin(run("r2"), LIST)
    nowhere = f"{postgres.url(user=reader, password='abc')}?schema={name}_new"  # noqa: S106
    with pytest.raises(StoreError, match="may not do that"):
        PostgresHistory.open(database_of(nowhere, "x"), tmp_path, write=True)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"password": "wr0ng"}, "user and password are not taken"),
        ({"user": "nobody_here"}, "user and password are not taken"),
        ({"name": "nosuch"}, "there is no such database; make it with: createdb"),
    ],
)
def test_what_is_wrong_with_an_address_is_said_without_its_password(
    postgres: Server, tmp_path: Path, change: dict[str, str], words: str
) -> None:
    with pytest.raises(StoreError, match=words) as refused:
        PostgresHistory.open(database_of(postgres.url(**change), "--database"), tmp_path)
    assert PASSWORD not in f"{refused.value}"
    assert "wr0ng" not in f"{refused.value}"


def test_a_password_is_taken_from_where_postgres_programs_look_for_it(
    postgres: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = database_of(f"postgresql://keeper@127.0.0.1:{postgres.port}/audits", "--database")
    with pytest.raises(StoreError, match=r"docs/team-history\.md"):
        PostgresHistory.open(bare, tmp_path)
    file = tmp_path / "pgpass"
    escaped = PASSWORD.replace(":", "\\:")
    file.write_text(f"127.0.0.1:{postgres.port}:audits:keeper:{escaped}\n", encoding="utf-8")
    file.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(file))
    with PostgresHistory.open(bare, tmp_path):
        monkeypatch.delenv("PGPASSFILE")
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    with PostgresHistory.open(bare, tmp_path):
        monkeypatch.delenv("PGPASSWORD")
    monkeypatch.setenv("AUDIT_PASSWORD", PASSWORD)
    named = bare.address.replace("keeper@", "keeper:${AUDIT_PASSWORD}@")
    with PostgresHistory.open(database_of(named, "--database"), tmp_path):
        pass
    with PostgresHistory.open(database_of(postgres.local, "--database"), tmp_path):
        pass


def test_what_is_forgotten_is_in_no_table_any_more(
    database: Database, postgres: Server, tmp_path: Path
) -> None:
    with opened(database, tmp_path) as history:
        for name in ("r1", "r2"):
            history.begin(run(name), LIST)
            for company in COMPANIES:
                history.save(name, result(company))
        history.keep_by_hand([told()])
        with (
            opened(database, tmp_path) as other,
            pytest.raises(StoreError, match="is under way"),
        ):
            other.erase(None, "acme")
    with opened(database, tmp_path) as history:
        history.erase(None, "acme")
        assert history.companies() == (("r1", "Borealis"), ("r2", "Borealis"))
        assert history.by_hand() == ()
        history.erase("r1", None)
        assert history.ids() == ("r2",)
        history.keep_by_hand([told(company="of-no-run.example")])
        history.erase(None, None)
        assert (history.ids(), history.by_hand()) == ((), ())
    assert postgres.ask(f"SELECT * FROM {schema(database)}.run_owner") == []  # noqa: S608
    for table in ("run", "company", "again", "hand_record"):
        rows = postgres.ask(f"SELECT * FROM {schema(database)}.{table}")  # noqa: S608
        assert "acme" not in f"{rows}".casefold()


def test_lists_of_one_name_are_told_apart_by_their_companies(
    database: Database, tmp_path: Path
) -> None:
    """Everybody's list is called competitors.yaml, and lies in a folder of another machine."""
    anna = replace(LIST, path=Path("/home/anna/competitors.yaml"))
    ben = replace(LIST, path=Path("/home/ben/competitors.yaml"), companies=COMPANIES[:1])
    zoe = replace(anna, companies=(Company(name="Zoe", website="https://zoe.example/"),))
    other = replace(LIST, path=Path("/home/ben/other.yaml"))
    with opened(database, tmp_path) as history:
        for number, each in enumerate((anna, ben, zoe, other)):
            when = NOW + timedelta(days=number)
            history.begin(replace(run(f"r{number}"), started_at=when), each)
        found = {
            each.path: [run.id for run in runs_of(history, tmp_path, each)]
            for each in (anna, ben, other)
        }
        zoes = [run.id for run in runs_of(history, tmp_path, zoe)]
    assert found == {anna.path: ["r0", "r1"], ben.path: ["r0", "r1"], other.path: ["r3"]}
    assert zoes == ["r2"]
