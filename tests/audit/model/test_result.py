"""A result tells whether it is complete, and what the next run need not fetch again."""

from datetime import timedelta

import pytest

from audit.model.company import Company
from audit.model.exchange import Fetched
from audit.model.result import CompanyResult, Window
from audit.model.value import Reason
from audit.model.visit import Note
from tests.brief_example import AS_OF

RIVAL = Company(name="A", website="https://a.example")


def test_a_result_is_complete_unless_a_note_says_otherwise() -> None:
    note = Note(what="x", reason=Reason.ROBOTS, detail="")
    grave = Note(what="x", reason=Reason.ROBOTS, detail="", incomplete=True)
    assert CompanyResult(company=RIVAL, notes=(note,)).complete
    assert not CompanyResult(company=RIVAL, notes=(note, grave)).complete


@pytest.mark.parametrize(
    ("hours_ahead", "days_later", "ahead"),
    [(-1, 0, False), (30, 0, False), (50, 0, True), (30, 5, True), (1, 5, True), (-1, 5, False)],
)
def test_a_day_ahead_is_allowed_for_clocks_and_not_where_a_run_looks_back(
    hours_ahead: int, days_later: int, ahead: bool
) -> None:
    window = Window(as_of=AS_OF, lookback_days=365, timezone="UTC")
    at, seen = AS_OF + timedelta(hours=hours_ahead), AS_OF + timedelta(days=days_later)
    assert window.is_ahead(at, seen) is ahead


def test_only_what_came_or_had_not_changed_is_kept_for_the_next_run() -> None:
    outcomes = ("ok", "unchanged", "http-404")
    fetched = tuple(
        Fetched(url=outcome, why="nav", outcome=outcome, fetched_at=AS_OF, record="")
        for outcome in outcomes
    )
    assert list(CompanyResult(company=RIVAL, fetched=fetched).kept) == ["ok", "unchanged"]
