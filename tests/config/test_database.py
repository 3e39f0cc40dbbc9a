"""The address of a team's database: what is taken, what is refused, and that no password is shown."""

from pathlib import Path

import pytest

from audit.measure.known import MEASURES
from audit.model.errors import AuditError, ConfigError
from config.catalogue import load_platforms
from config.database import database_in, database_of, has_password, is_address, without_password
from config.load import MAX_BYTES, load_competitors

SECRET = "s3cret"  # noqa: S105


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("postgresql://anna@h/db", "postgresql://anna@h/db"),
        (f"postgresql://anna:{SECRET}@h:5432/db", "postgresql://anna@h:5432/db"),
        (f"postgresql://anna:{SECRET}@{SECRET}@h/db", "postgresql://anna@h/db"),
        (f"postgresql://anna:a/{SECRET}@h/db", "postgresql://anna@h/db"),
        (f"postgresql://:{SECRET}@h/db", "postgresql://@h/db"),
        (f"postgres://h/db?user=anna&password={SECRET}", "postgres://h/db?user=anna&password=***"),
        (f"postgresql://anna:{SECRET}/db", "postgresql://anna/db"),
        (f"postgresql://anna:{SECRET}", "postgresql://anna"),
        (f"of mysql://a:{SECRET}@h/d it is", "of mysql://a@h/d it is"),
        ("postgresql://[::1]:5432/db", "postgresql://[::1]:5432/db"),
        ("http://127.0.0.1:8301/x", "http://127.0.0.1:8301/x"),
    ],
)
def test_an_address_is_shown_without_its_password(address: str, shown: str) -> None:
    assert without_password(address) == shown


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("", "is no address"),
        ("audit-data", "is no address"),
        (f"mysql://a:{SECRET}@h/d", "is no address"),
        (f"postgresql+psycopg://a:{SECRET}@h/d", "is no address"),
        (f"postgresql://a:{SECRET}@h", "names no database"),
        (f"postgresql://a:{SECRET}@h/", "names no database"),
        (f"postgresql://a:{SECRET}@h:99999/d", "cannot be read"),
        (f"postgresql://a:{SECRET}/x@h/d", "cannot be read"),
        (f"postgresql://a:1/{SECRET}@h/d", "PGPASSWORD"),
        (f"postgresql://a:{SECRET}#x@h/d", "cannot be read"),
        ("postgresql://[::1/db", "cannot be read"),
        (f"postgresql://a:{SECRET}/db", "cannot be read"),
        (f"postgresql://a:{SECRET} x@h/d", "has a space"),
        (f"postgresql://a:{SECRET}@h/d?x", "cannot be read"),
        (f"postgresql://a:{SECRET}@h/d?schema=Clients", "small letters"),
        (f'postgresql://a:{SECRET}@h/d?schema=a";drop', "small letters"),
    ],
)
def test_what_is_no_address_is_refused_without_its_password(address: str, words: str) -> None:
    with pytest.raises(AuditError, match=words) as refused:
        database_of(address, "--database")
    assert SECRET not in f"{refused.value}"


def test_variables_are_put_in_and_what_they_hold_is_no_part_of_the_address() -> None:
    database = database_of("postgresql://${WHO}:${SECRET_1}@h/db?schema=one&sslmode=require", "x")
    given = {"WHO": "anna", "SECRET_1": "a@b/c?d#e:f%20"}
    address, schema = database.known_to(given)
    assert address == "postgresql://anna:a%40b%2Fc%3Fd%23e%3Af%2520@h/db?sslmode=require"
    assert schema == "one"
    assert database.shown == "postgresql://${WHO}@h/db?schema=one&sslmode=require"
    assert "a@b" not in repr(database)


def test_a_variable_may_hold_the_whole_address() -> None:
    database = database_of("${DATABASE_URL}", "x")
    assert database.known_to({"DATABASE_URL": f"postgres://a:{SECRET}@h/db\n"}) == (
        f"postgresql://a:{SECRET}@h/db",
        "social_audit",
    )
    with pytest.raises(AuditError, match="is no address") as refused:
        database.known_to({"DATABASE_URL": f"mysql://a:{SECRET}@h/db"})
    assert SECRET not in f"{refused.value}"


def test_a_variable_that_is_not_set_is_named() -> None:
    with pytest.raises(AuditError, match=r"settings\.database: the variable AUDIT_PASSWORD"):
        database_of("postgresql://a:${AUDIT_PASSWORD}@h/db", "settings.database").known_to({})


def test_a_password_that_is_written_out_is_told_from_a_variable() -> None:
    assert has_password(f"postgresql://a:{SECRET}@h/db")
    assert has_password(f"postgresql://h/db?password={SECRET}")
    assert has_password("postgresql://a:x${SECRET}@h/db")
    assert not has_password("postgresql://a:${SECRET}@h/db")
    assert not has_password("postgresql://a@h:5432/db")


def test_a_folder_is_told_from_an_address() -> None:
    assert is_address("postgresql://a@h/db")
    assert is_address("postgres://a@h/db")
    assert not is_address("audit-data")
    assert not is_address("./postgresql:/a")


def _list(folder: Path, database: str) -> Path:
    file = folder / "c.yaml"
    company = "companies: [{name: A, website: https://a.example}]"
    file.write_text(f"settings: {{database: '{database}'}}\n{company}\n", encoding="utf-8")
    return file


def test_a_list_names_its_database(tmp_path: Path) -> None:
    file = _list(tmp_path, "postgresql://a:${AUDIT_PASSWORD}@h/db")
    settings = load_competitors(file, load_platforms, MEASURES).settings
    named = database_in(file, MAX_BYTES)
    assert named is not None
    assert named.address == settings.database == "postgresql://a:${AUDIT_PASSWORD}@h/db"


@pytest.mark.parametrize(
    ("address", "words"),
    [(f"postgresql://a:{SECRET}@h/db", "holds a password"), ("audits", "is no address")],
)
def test_a_list_with_a_password_or_another_thing_is_refused(
    tmp_path: Path, address: str, words: str
) -> None:
    with pytest.raises(ConfigError, match=rf"line 1: settings\.database: {words}") as refused:
        load_competitors(_list(tmp_path, address), load_platforms, MEASURES)
    assert SECRET not in f"{refused.value}"


@pytest.mark.parametrize("text", ["", "[", "settings: 3", "database: x", "settings: {database: 1}"])
def test_of_a_list_that_names_none_no_database_is_known(tmp_path: Path, text: str) -> None:
    file = tmp_path / "c.yaml"
    file.write_text(text, encoding="utf-8")
    assert database_in(file, MAX_BYTES) is None
    assert database_in(tmp_path / "none.yaml", MAX_BYTES) is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("settings: {database: a\ncompanies:", "line 2"),
        (f"settings: {{database: 'mysql://a:{SECRET}@h/d'}}", "is no address"),
    ],
)
def test_of_a_list_that_may_name_one_and_cannot_be_read_that_is_said(
    tmp_path: Path, text: str, words: str
) -> None:
    file = tmp_path / "c.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(AuditError, match=words) as refused:
        database_in(file, MAX_BYTES)
    assert SECRET not in f"{refused.value}"
