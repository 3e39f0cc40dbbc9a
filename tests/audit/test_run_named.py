"""A run is named by its id, or by the day up to which it looked."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from audit.commands.named import run_named
from audit.model.errors import StoreError
from audit.past import check_run
from audit.store.history import RunSummary

DAY = datetime(2026, 8, 30, 23, 59, tzinfo=UTC)


def summary(run: str, as_of: datetime | None = DAY, finished: datetime | None = DAY) -> RunSummary:
    """A run of one company, as the history lists it."""
    return replace(EXAMPLE, id=run, as_of=as_of, finished_at=finished)


EXAMPLE = RunSummary(
    id="r",
    as_of=DAY,
    started_at=DAY,
    finished_at=DAY,
    reported_at=DAY,
    rules_version="1",
    companies=1,
    complete=1,
)

RUNS = (
    summary("r1", datetime(2026, 5, 31, 23, 59, tzinfo=UTC)),
    summary("r2"),
    summary("r3"),
    summary("r4", finished=None),
    summary("r5", as_of=None),
)


@pytest.mark.parametrize(
    ("name", "run"),
    [
        ("r1", "r1"),
        ("2026-05-31", "r1"),
        # The last of that day that came to its end.
        ("2026-08-30", "r3"),
        ("r4", "r4"),
        # Also where later ones were broken off: the last and the first that came to their end.
        ("last", "r5"),
        ("First", "r1"),
        ("2026-08-31", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_a_day_or_a_word_is_as_good_as_an_id(name: str, run: str | None) -> None:
    assert run_named(name, RUNS) == run


def test_a_run_of_another_list_is_named_by_its_id_alone() -> None:
    assert run_named("r9", RUNS, {"r9"}) == "r9"
    assert run_named("last", RUNS, {"r9"}) == "r5"


def test_without_a_finished_run_the_last_one_that_began_is_meant() -> None:
    broken = tuple(replace(each, finished_at=None) for each in RUNS)
    assert run_named("last", broken) == "r5"
    assert run_named("2026-08-30", broken) == "r4"
    assert run_named("last", ()) is None


def test_a_name_of_no_run_is_answered_with_where_they_are_listed() -> None:
    with pytest.raises(StoreError, match=r"there are 5: `audit history` lists them"):
        check_run(Path("audit-data"), "yesterday", [run.id for run in RUNS])
