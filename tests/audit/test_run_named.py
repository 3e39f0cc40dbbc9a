"""A run is named by its id, or by the day up to which it looked."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from audit.model.errors import StoreError
from audit.past import check_run, run_named
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
        ("2026-08-31", "2026-08-31"),
        ("yesterday", "yesterday"),
        ("", ""),
    ],
)
def test_a_day_is_as_good_as_an_id(name: str, run: str) -> None:
    assert run_named(name, RUNS) == run


def test_a_name_of_no_run_is_answered_with_where_they_are_listed() -> None:
    with pytest.raises(StoreError, match=r"there are 5: `audit history` lists them"):
        check_run(Path("audit-data"), "yesterday", [run.id for run in RUNS])
