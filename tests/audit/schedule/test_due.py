"""When the next audit is due, under clocks that jump, and which runs of a history count."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from audit.model.company import Company, Competitors
from audit.model.schedule import QUARTERLY, EveryDays, OnDays, ScheduleRule
from audit.model.value import Reason
from audit.model.visit import Note
from audit.schedule.due import due_at, next_look
from audit.schedule.past import Due, due
from audit.store.sqlite import SqliteHistory
from tests.audit.store.examples import COMPANIES, LIST, result, run

BERLIN = ZoneInfo("Europe/Berlin")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def next_of(rule: ScheduleRule, made: Iterable[str], now: str) -> datetime | None:
    return due_at(rule, map(at, made), at(now), UTC)


def test_without_any_audit_one_is_due_at_once() -> None:
    assert next_of(QUARTERLY, [], "2026-11-29 12:00") is None


@pytest.mark.parametrize(
    ("made", "due_then"),
    [
        ("2026-10-01 06:00", "2027-01-01 06:00"),
        ("2026-12-31 23:59", "2027-01-01 06:00"),
        ("2027-01-01 00:10", "2027-04-01 06:00"),
        ("2027-01-01 06:00", "2027-04-01 06:00"),
    ],
)
def test_an_audit_counts_for_the_whole_of_its_day(made: str, due_then: str) -> None:
    assert next_of(QUARTERLY, [made], "2027-01-01 12:00") == at(due_then)


def test_a_date_missed_while_the_machine_was_off_stays_due() -> None:
    then = next_of(QUARTERLY, ["2026-03-30 06:00", "2026-04-01 06:00"], "2027-02-11 09:00")
    assert then == at("2026-07-01 06:00")


def test_every_six_weeks_counts_from_the_last_audit() -> None:
    rule = EveryDays(days=42, hour=7, minute=30)
    assert next_of(rule, ["2026-11-29 23:00"], "2026-12-01 00:00") == at("2027-01-10 07:30")


def test_the_time_of_day_is_that_of_the_machine_in_summer_and_in_winter() -> None:
    rule = OnDays(days=(1,), hour=6)
    winter = due_at(rule, [at("2026-12-02 12:00")], at("2026-12-03 12:00"), BERLIN)
    summer = due_at(rule, [at("2026-06-02 12:00")], at("2026-06-03 12:00"), BERLIN)
    assert (winter, summer) == (at("2027-01-01 05:00"), at("2026-07-01 04:00"))


def test_an_hour_that_the_clocks_leave_out_still_comes() -> None:
    rule = OnDays(hour=2, minute=30)
    then = due_at(rule, [at("2027-03-27 12:00")], at("2027-03-27 13:00"), BERLIN)
    assert then == at("2027-03-28 01:30")


def test_a_clock_set_back_a_little_repeats_no_audit() -> None:
    then = next_of(QUARTERLY, ["2027-01-05 06:00"], "2026-12-20 12:00")
    assert then == at("2027-04-01 06:00")


def test_an_audit_made_under_a_clock_years_ahead_keeps_none_away() -> None:
    made = ["2026-10-01 06:00", "2031-05-05 06:00"]
    assert next_of(QUARTERLY, made, "2026-11-29 12:00") == at("2027-01-01 06:00")
    assert next_of(QUARTERLY, made, "2027-01-01 06:00") == at("2027-01-01 06:00")


def test_a_clock_moved_forward_makes_one_audit_due_and_not_many() -> None:
    made = ["2026-10-01 06:00"]
    assert next_of(QUARTERLY, made, "2029-03-03 12:00") == at("2027-01-01 06:00")
    assert next_of(QUARTERLY, [*made, "2029-03-03 12:00"], "2029-03-03 13:00") == at(
        "2029-04-01 06:00"
    )


@pytest.mark.parametrize("now", ["0001-01-01 00:00", "9999-12-31 23:59", "1970-01-01 00:00"])
@pytest.mark.parametrize("rule", [QUARTERLY, EveryDays(days=42), OnDays(weekdays=(6,))])
def test_the_ends_of_the_calendar_are_no_fault(rule: ScheduleRule, now: str) -> None:
    next_of(rule, [now, "2026-10-01 06:00"], now)


@pytest.mark.parametrize(
    ("now", "look"),
    [
        ("2026-11-29 12:00", "2027-01-01 06:00"),
        ("2027-01-01 05:59", "2027-01-01 06:00"),
        ("2027-01-01 06:00", "2027-01-02 06:00"),
        ("2027-01-02 06:00", "2027-04-01 06:00"),
    ],
)
def test_the_next_look_lies_behind_now(now: str, look: str) -> None:
    days = OnDays(months=(1, 4), days=(1, 2))
    assert next_look(days, at(now), UTC) == at(look)


class Kept:
    """A history to which runs are added with their times; a run is made whole unless told else."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(
        self,
        started: str,
        *,
        companies: Sequence[Company] = COMPANIES,
        as_of: str | None = None,
        finished: bool = True,
        reported: bool = True,
        offline: Sequence[Company] = (),
    ) -> None:
        begun = replace(run(started[:10]), started_at=at(started), as_of=at(as_of or started))
        listed = replace(LIST, companies=tuple(companies))
        with SqliteHistory.open(self.folder, write=True) as store:
            begun = store.begin(begun, listed)
            for company in companies:
                gone = company in offline
                note = Note(what="website", reason=Reason.DNS, detail="d", incomplete=True)
                made = result(company)
                store.save(begun.id, replace(made, notes=(note,) if gone else made.notes))
            if finished:
                store.finish(begun.id, at(started) + timedelta(hours=1))
            if finished and reported:
                store.reported(begun.id, at(started) + timedelta(hours=1))

    def due(self, now: str, competitors: Competitors = LIST) -> Due:
        return due(self.folder, competitors, QUARTERLY, at(now), UTC)


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    kept = Kept(tmp_path)
    kept.add("2026-10-01 06:00")
    return kept


NOW = "2027-01-02 12:00"


def test_a_whole_run_since_the_date_is_the_audit(kept: Kept) -> None:
    assert kept.due("2026-12-31 23:00") == Due(is_now=False, at=at("2027-01-01 06:00"))
    assert kept.due(NOW).is_now
    kept.add("2027-01-01 06:00")
    assert kept.due(NOW) == Due(is_now=False, at=at("2027-04-01 06:00"))


def test_a_run_broken_off_is_not_done_and_is_gone_on_with(kept: Kept) -> None:
    kept.add("2027-01-01 06:00", finished=False)
    assert kept.due(NOW) == Due(is_now=True, at=at("2027-01-01 06:00"), goes_on=True)


def test_a_run_without_its_report_is_gone_on_with(kept: Kept) -> None:
    kept.add("2027-01-01 06:00", reported=False)
    assert kept.due(NOW) == Due(is_now=True, at=at("2027-01-01 06:00"), goes_on=True)


def test_a_run_broken_off_before_the_date_is_not_gone_on_with(kept: Kept) -> None:
    kept.add("2026-12-30 06:00", finished=False)
    assert kept.due(NOW) == Due(is_now=True, at=at("2027-01-01 06:00"), goes_on=False)


def test_a_run_over_a_part_of_the_list_is_no_audit_of_it(kept: Kept) -> None:
    kept.add("2027-01-01 06:00", companies=COMPANIES[:1])
    assert kept.due(NOW).is_now
    alone = replace(LIST, companies=COMPANIES[:1])
    assert not kept.due(NOW, alone).is_now


def test_a_run_that_looks_back_stands_for_its_day(kept: Kept) -> None:
    kept.add("2027-01-01 06:00", as_of="2026-11-30 23:59")
    assert kept.due(NOW).is_now


def test_a_run_without_network_is_not_done(kept: Kept) -> None:
    kept.add("2027-01-01 06:00", offline=COMPANIES)
    assert kept.due(NOW).is_now
    kept.add("2027-01-01 07:00", offline=COMPANIES[:1])
    assert not kept.due(NOW).is_now


def test_a_newest_run_of_the_far_future_hides_none_of_today(kept: Kept) -> None:
    kept.add("2035-01-01 06:00")
    assert kept.due("2026-12-31 23:00") == Due(is_now=False, at=at("2027-01-01 06:00"))


def test_a_folder_without_history_is_due_and_stays_as_it_is(tmp_path: Path) -> None:
    assert due(tmp_path / "none", LIST, QUARTERLY, at(NOW), UTC) == Due(is_now=True, at=None)
    assert list(tmp_path.iterdir()) == []
