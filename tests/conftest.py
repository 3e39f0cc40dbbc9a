"""What several tests share: the small invented web with its platforms, served on loopback."""

import gc
from collections.abc import Generator, Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from ruamel.yaml import YAML

from audit.demo.invented import companies
from audit.demo.serve import Web, serving
from config.database import Database, database_of
from tests.forked import start_servers
from tests.postgres import Server, missing, serving_postgres

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="session", autouse=True)
def servers() -> None:
    """What workers of all runs are forked from; a run that began first would start it without rules."""
    start_servers()


@pytest.fixture
def web() -> Iterator[Web]:
    """The invented companies' websites and the platforms as they stand on a fixed day."""
    with serving(companies(), TODAY) as running:
        running.show(TODAY)
        yield running


@pytest.fixture
def file(web: Web, tmp_path: Path) -> Path:
    """A competitors.yaml over the invented web."""
    return listed(web, tmp_path)


def listed(web: Web, folder: Path, **more: object) -> Path:
    """Write a competitors.yaml over the invented web, with more settings."""
    own = {company.name for company in companies() if company.own}
    rows = [
        {"name": name, "website": address, **({"own": True} if name in own else {})}
        for name, address in web.addresses().items()
    ]
    path = folder / "competitors.yaml"
    settings = {"delay_seconds": 0, "base_urls": web.base_urls(), **more}
    with path.open("w", encoding="utf-8") as out:
        YAML().dump({"settings": settings, "companies": rows}, out)
    return path


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A real PostgreSQL server of the test process; no test leaves anything in it that another sees."""
    if words := missing():
        pytest.skip(words)
    with serving_postgres() as server:
        yield server


@pytest.fixture
def database(postgres: Server) -> Database:
    """A database in which nothing is kept yet: a schema that no other test uses."""
    return database_of(f"{postgres.url()}?schema=t_{uuid4().hex}", "--database")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look through what is collected for garbage once, at the end, and never again.

    It stays to the end of the process, and is more than any test makes.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.collect()
        gc.freeze()
        gc.enable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Spell out halves of characters that a test has logged: reports go from process to process."""
    report = yield
    report.sections = [
        (title, text.encode("utf-8", "backslashreplace").decode())
        for title, text in report.sections
    ]
    return report
