"""A team's database as a user meets it: `--database`, `settings.database`, and what is said."""

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import pytest

from audit import api
from audit.commands.places import place_of_data
from audit.model.errors import StoreError
from audit.store.opening import NO_DRIVER, keep_all_in, keep_in, open_history
from audit.store.postgres import PostgresHistory
from config.database import Database, database_of
from tests.audit.store.disks import Run
from tests.audit.store.examples import run as begun
from tests.audit.test_run import PLAIN, run
from tests.hostile import serving
from tests.places import ROOT
from tests.postgres import PASSWORD, needs_postgres

SECRETS = (PASSWORD, "s3%3Ac%40r%2Fet")


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    """A list over one small site, which is served."""
    with serving(Run(tmp_path).company({}, {"/about/": b"<p>About us.</p>"})) as site:
        (tmp_path / "competitors.yaml").write_text(_list(site.url), encoding="utf-8")
        yield tmp_path / "competitors.yaml"


def _list(url: str, database: str = "") -> str:
    settings = f"delay_seconds: 0, profiles: false{f', database: {database!r}' if database else ''}"
    return f"settings: {{{settings}}}\ncompanies:\n- {{name: One, website: {url}/}}\n"


def told_in(folder: Path) -> str:
    """All that lies in a folder, and in the files that are packed."""
    texts = list[bytes]()
    for path in (each for each in folder.rglob("*") if each.is_file()):
        texts.append(path.read_bytes())
        if is_zipfile(path):
            with ZipFile(path) as packed:
                texts += [packed.read(name) for name in packed.namelist()]
    return b"\n".join(texts).decode("utf-8", "replace")


@needs_postgres
@pytest.mark.postgres
def test_a_run_into_a_database_tells_what_one_into_a_folder_does_and_never_the_password(
    database: Database, file: Path
) -> None:
    out = file.with_name("o.json")
    typed: list[str | Path] = [
        file,
        "--allow-private-hosts",
        "--as-of",
        "2026-11-24",
        "--format",
        "json,xlsx",
    ]
    results = list[object]()
    said = ""
    for more in ([], ["--database", database.address]):
        done = run(*typed, "-o", out.with_suffix(".xlsx"), *more)
        assert done.returncode in (0, 1), done.stderr
        found = json.loads(out.read_text("utf-8"))["companies"][0]
        results.append([found["measures"], found["features"], found["complete"]])
        said += done.stdout + done.stderr
        if not more:
            (file.parent / "audit-data" / "history.sqlite3").unlink()
    assert results[0] == results[1]
    assert not (file.parent / "audit-data" / "history.sqlite3").exists()
    listed = run("history", file, "--database", database.address)
    assert "1 of 1" in listed.stdout
    forgotten = run("forget", file, "--yes", "--database", database.address)
    assert "1 result" in forgotten.stdout
    none = run("history", file, "--database", database.address)
    assert "No run yet" in none.stdout
    exported = run("export", file)
    said += "".join(each.stdout + each.stderr for each in (listed, forgotten, none, exported))
    assert not any(secret in said + told_in(file.parent) for secret in SECRETS)


@needs_postgres
@pytest.mark.postgres
def test_a_list_names_its_database_and_its_password_comes_from_the_environment(
    database: Database, file: Path
) -> None:
    named = database.address.replace(SECRETS[1], "${AUDIT_PASSWORD}")
    url = file.read_text("utf-8").partition("website: ")[2].partition("/}")[0]
    file.write_text(_list(url, named), encoding="utf-8")
    lacking = run(file, "--allow-private-hosts")
    assert lacking.returncode == 2
    assert "the variable AUDIT_PASSWORD" in lacking.stderr
    variables = file.with_name("keys.env")
    variables.write_text(f"AUDIT_PASSWORD={PASSWORD}\n", encoding="utf-8")
    variables.chmod(0o600)
    done = run(file, "--allow-private-hosts", "--env-file", variables)
    assert done.returncode in (0, 1), done.stderr
    variables.unlink()
    environment = {**PLAIN, "AUDIT_PASSWORD": PASSWORD}
    assert "1 of 1" in run("history", file, environment=environment).stdout
    assert "1 run is kept there" in run("doctor", file, environment=environment).stdout
    refused = run("export", file, environment=environment)
    assert refused.returncode == 2
    assert "audit copy-history" in refused.stderr
    assert not any(secret in told_in(file.parent) for secret in SECRETS)


@needs_postgres
@pytest.mark.postgres
def test_a_list_that_somebody_audits_now_is_not_audited_twice_at_once(
    database: Database, file: Path
) -> None:
    competitors = api.load(file).competitors
    with PostgresHistory.open(database, file.parent, write=True) as history:
        history.begin(begun("r1"), competitors)
        done = run(file, "--allow-private-hosts", "--database", database.address)
        assert done.returncode == 2
        assert "competitors.yaml: is being audited now (" in done.stderr
        listed = run("history", file, "--database", database.address)
        assert "A run is going on (" in listed.stdout
        other = file.rename(file.with_name("other.yaml"))
        also = run(other, "--allow-private-hosts", "--database", database.address)
        assert also.returncode in (0, 1), also.stderr
    again = run(
        other.rename(file), "--resume", "--allow-private-hosts", "--database", database.address
    )
    assert "Going on with the broken run: 0 of 1" in again.stderr


def test_without_the_driver_it_is_said_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [each for each in sys.modules if each.startswith("audit.store.postgres")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    monkeypatch.setattr("audit.store.opening._DATABASES", {})
    keep_in(tmp_path, database_of("postgresql://a:b@127.0.0.1:1/d", "--database"))
    with pytest.raises(StoreError, match=r"pip install '\.\[postgres\]'"):
        open_history(tmp_path)


def test_every_word_on_the_driver_names_the_versions_that_the_project_was_tried_with() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    pinned = project["optional-dependencies"]["postgres"]
    guide = (ROOT / "docs" / "team-history.md").read_text("utf-8")
    assert all(each in text for each in pinned for text in (NO_DRIVER, guide))


def test_what_is_typed_goes_before_what_the_list_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from audit.store.opening import kept_in

    monkeypatch.setattr("audit.store.opening._DATABASES", {})
    file = tmp_path / "c.yaml"
    file.write_text(_list("https://a.example", "postgresql://of-list/db"), encoding="utf-8")
    place = place_of_data(file, None)
    listed = kept_in(place)
    keep_all_in(database_of("postgresql://typed/db", "--database"))
    typed = kept_in(place_of_data(file, None))
    keep_all_in(None)
    file.write_text(_list("https://a.example"), encoding="utf-8")
    assert listed is not None
    assert typed is not None
    assert (listed.address, typed.address) == ("postgresql://of-list/db", "postgresql://typed/db")
    assert kept_in(place_of_data(file, None)) is None


def test_an_address_that_is_none_is_refused_before_anything_is_done(tmp_path: Path) -> None:
    file = tmp_path / "c.yaml"
    file.write_text(_list("https://a.example"), encoding="utf-8")
    done = run(file, "--database", "mysql://anna:s3cret@h/db")
    assert done.returncode == 2
    assert "--database mysql://anna@h/db: is no address of a PostgreSQL database" in " ".join(
        done.stderr.split()
    )
    assert not (tmp_path / "audit-data").exists()


def test_of_a_list_with_a_mistake_no_other_history_is_shown(tmp_path: Path) -> None:
    """It may name a database: that of the folder beside it would be taken for the team's."""
    file = tmp_path / "c.yaml"
    file.write_text("settings: {database: 'postgresql://h/d'\ncompanies:\n", encoding="utf-8")
    done = run("history", file)
    assert done.returncode == 2
    assert f"{file.name}, line" in done.stderr
    forgotten = run("forget", file, "--yes")
    assert forgotten.returncode == 2


def test_a_schedule_keeps_no_database_with_its_password(tmp_path: Path) -> None:
    file = tmp_path / "c.yaml"
    file.write_text(_list("https://a.example"), encoding="utf-8")
    done = run("schedule", file, "--", "--database", "postgresql://anna:s3cret@h/db")
    assert done.returncode == 2
    assert "settings.database" in done.stderr
    assert "s3cret" not in done.stdout + done.stderr


def test_a_schedule_on_github_has_the_driver_and_the_password_of_the_database(
    tmp_path: Path,
) -> None:
    file = tmp_path / "c.yaml"
    database = "postgresql://anna:${AUDIT_PASSWORD}@h/db"
    file.write_text(_list("https://a.example", database), encoding="utf-8")
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    done = run("schedule", file, "--for", "github")
    assert "[postgres]" in done.stdout, done.stderr
    assert "secrets.AUDIT_PASSWORD" in done.stdout
    assert "secrets.PGPASSWORD" in done.stdout
