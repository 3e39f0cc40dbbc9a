"""What people told belongs to the run that it completes, and to all later ones."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from audit.records_of_run import with_records
from audit.store.sqlite import SqliteHistory
from tests.audit.store.examples import COMPANIES, LIST, result, run, told

OCTOBER = replace(run("r1"), as_of=datetime(2026, 10, 5, 9, tzinfo=UTC))
NOVEMBER = replace(run("r2"), as_of=datetime(2026, 11, 5, 9, tzinfo=UTC))
LOOKING_BACK = replace(run("r3"), as_of=datetime(2026, 10, 5, 23, 59, 59, tzinfo=UTC))
BEFORE, BETWEEN, AFTER = (
    told(day=3),
    told(day=20),
    replace(told(), on=date(2026, 11, 9)),
)


@pytest.fixture
def history(tmp_path: Path) -> Iterator[SqliteHistory]:
    with SqliteHistory.open(tmp_path, write=True) as store:
        for each in (OCTOBER, NOVEMBER):
            store.begin(each, LIST)
            store.save(each.id, result(COMPANIES[0]))
            store.finish(each.id, each.as_of)
        yield store


def days(history: SqliteHistory, folder: Path, run_id: str) -> list[date]:
    made = {each.id: each for each in (OCTOBER, NOVEMBER, LOOKING_BACK)}[run_id]
    acme, other = with_records(LIST, history, folder, made).companies
    assert not other.by_hand
    return sorted(each.on for each in acme.by_hand)


def test_a_run_knows_what_was_read_until_the_next_one(
    history: SqliteHistory, tmp_path: Path
) -> None:
    history.keep_by_hand([AFTER, BETWEEN, BEFORE])
    assert days(history, tmp_path, "r1") == [BEFORE.on, BETWEEN.on]
    assert days(history, tmp_path, "r2") == [BEFORE.on, BETWEEN.on, AFTER.on]


def test_a_run_that_looks_back_takes_nothing_of_later_days(
    history: SqliteHistory, tmp_path: Path
) -> None:
    history.keep_by_hand([AFTER, BETWEEN, BEFORE])
    assert days(history, tmp_path, "r3") == [BEFORE.on]


def test_without_records_the_list_is_as_it_was(history: SqliteHistory, tmp_path: Path) -> None:
    assert with_records(LIST, history, tmp_path, OCTOBER) is LIST
