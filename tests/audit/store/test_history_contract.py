"""What every history promises, whatever keeps it; a new way to keep one is a line in `WAYS`."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from audit.model.company import Company
from audit.model.errors import SaveError, StoreError
from audit.store.history import RECENT, History, ListedRun, UnfitError
from audit.store.postgres import PostgresHistory
from audit.store.sqlite import SqliteHistory
from config.database import Database
from tests.audit.store.examples import COMPANIES, LIST, NOW, channel, result, run, told
from tests.audit.store.in_memory import InMemory
from tests.postgres import needs_postgres

Open = Callable[[], AbstractContextManager[History]]
"""Opens the same history again, for writing."""

ACME, BOREALIS = COMPANIES


def in_sqlite(folder: Path) -> Open:
    return lambda: SqliteHistory.open(folder, write=True)


def in_memory(folder: Path) -> Open:
    del folder
    history = InMemory()
    return lambda: history


WAYS: dict[str, Callable[[Path], Open]] = {"sqlite": in_sqlite, "memory": in_memory}


@pytest.fixture(
    params=[*WAYS, pytest.param("postgres", marks=[needs_postgres, pytest.mark.postgres])]
)
def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Open:
    """A history that can be closed and opened again."""
    if request.param == "postgres":
        database: Database = request.getfixturevalue("database")
        return lambda: PostgresHistory.open(database, tmp_path, write=True)
    return WAYS[request.param](tmp_path)


@pytest.fixture
def history(opened: Open) -> Iterator[History]:
    """An open history in which nothing is kept yet."""
    with opened() as history:
        yield history


def save(history: History, name: str, *companies: Company, finished: bool = True) -> None:
    """Keep a run over these companies, whose results are told apart by their language."""
    history.begin(run(name), LIST)
    for company in companies:
        history.save(name, replace(result(company), languages=(name,)))
    if finished:
        history.finish(name, NOW)


def languages(history: History, run_id: str, company: Company = ACME) -> tuple[str, ...] | None:
    """Tell which run `before` takes a company's result from."""
    before = history.before(run_id, company)
    return before.languages if before is not None else None


def test_an_empty_history_knows_nothing_and_complains_of_nothing(history: History) -> None:
    assert history.ids() == ()
    assert history.runs() == ()
    assert history.companies() == ()
    assert history.lists() == ()
    assert history.broken(LIST) is None
    assert history.before("r1", ACME) is None
    assert history.earlier("r1", ACME).notes == ()


def test_a_run_is_loaded_as_it_was_saved_our_own_company_first(history: History) -> None:
    begun = history.begin(run(), LIST)
    history.save("r1", result(BOREALIS))
    history.save("r1", result(ACME))
    history.finish("r1", NOW)
    snapshot = history.load("r1")
    assert snapshot.results == (result(ACME), result(BOREALIS))
    assert snapshot.competitors == LIST
    assert snapshot.run == replace(begun, finished_at=NOW)
    assert snapshot.notes == ()


def test_what_was_saved_is_there_when_the_history_is_opened_again(opened: Open) -> None:
    with opened() as history:
        save(history, "r1", ACME, finished=False)
    with opened() as history:
        assert [each.company for each in history.load("r1").results] == [ACME]
        assert history.ids() == ("r1",)


def test_an_earlier_run_is_left_as_it_is_by_a_later_one(history: History) -> None:
    save(history, "r1", ACME)
    save(history, "r2", ACME)
    assert history.load("r1").results[0].languages == ("r1",)
    assert history.load("r2").results[0].languages == ("r2",)


def test_a_second_result_of_a_company_takes_the_place_of_the_first(history: History) -> None:
    save(history, "r1", ACME, BOREALIS)
    history.save("r1", replace(result(ACME), languages=("again",)))
    assert [each.languages for each in history.load("r1").results] == [("again",), ("r1",)]


def test_a_run_that_is_not_there_is_named(history: History) -> None:
    with pytest.raises(StoreError, match="no run 'r9'"):
        history.load("r9")


def test_a_result_that_cannot_be_written_down_leaves_the_history_as_it_was(
    history: History,
) -> None:
    unfit = replace(result(ACME), languages=(object(),))  # type: ignore[arg-type]
    history.begin(run(), LIST)
    history.save("r1", result(ACME))
    with pytest.raises(UnfitError, match="cannot be written"):
        history.save("r1", unfit)
    assert issubclass(UnfitError, SaveError)
    assert history.load("r1").results == (result(ACME),)


def test_half_a_character_in_a_result_is_kept(history: History) -> None:
    """A script may cut a text in the middle of an emoji; the file stays readable all the same."""
    odd = replace(result(), languages=("\ud83d",))
    history.begin(run(), LIST)
    history.save("r1", odd)
    assert history.load("r1").results == (odd,)


def test_a_run_is_broken_until_its_companies_its_end_and_its_reports_are_there(
    history: History,
) -> None:
    save(history, "r1", ACME, finished=False)
    assert history.broken(LIST) == "r1"
    history.save("r1", result(BOREALIS))
    assert history.broken(LIST) == "r1"
    history.finish("r1", NOW)
    assert history.broken(LIST) == "r1"
    history.reported("r1", NOW)
    assert history.broken(LIST) is None


def test_a_run_that_lacks_a_company_is_broken_though_it_was_reported(history: History) -> None:
    save(history, "r1", ACME)
    history.reported("r1", NOW)
    assert history.broken(LIST) == "r1"


def test_a_run_that_is_finished_anew_has_its_reports_still_to_write(history: History) -> None:
    save(history, "r1", ACME, BOREALIS)
    history.reported("r1", NOW)
    history.finish("r1", NOW)
    assert history.broken(LIST) == "r1"


@pytest.mark.parametrize(
    "companies",
    [COMPANIES[:1], (ACME, replace(BOREALIS, website="https://b.example/")), COMPANIES[::-1]],
    ids=["fewer", "another website", "another order"],
)
def test_a_run_over_other_companies_is_not_taken_up(
    history: History, companies: tuple[Company, ...]
) -> None:
    save(history, "r1", ACME, finished=False)
    assert history.broken(replace(LIST, companies=companies)) is None


def test_only_the_newest_run_over_the_same_companies_is_taken_up(history: History) -> None:
    save(history, "r1", ACME, finished=False)
    save(history, "r2", ACME, BOREALIS)
    history.reported("r2", NOW)
    assert history.broken(LIST) is None


def test_each_run_says_which_list_it_was_made_of_and_whether_it_was_finished(
    history: History,
) -> None:
    save(history, "r1", ACME)
    other = replace(LIST, path=Path("more/other.yaml"), companies=(BOREALIS,))
    history.begin(run("r2"), other)
    both, one = frozenset({"acme.example", "borealis.example"}), frozenset({"borealis.example"})
    assert history.lists() == (
        ListedRun(id="r1", path=Path("competitors.yaml"), websites=both, is_finished=True),
        ListedRun(id="r2", path=Path("more/other.yaml"), websites=one, is_finished=False),
    )


def test_among_some_runs_only_those_are_taken_up(history: History) -> None:
    save(history, "r1", ACME, finished=False)
    save(history, "r2", ACME, BOREALIS)
    history.reported("r2", NOW)
    assert history.broken(LIST, {"r1"}) == "r1"
    assert history.broken(LIST, {"r2"}) is None
    assert history.broken(LIST, ()) is None


def test_runs_follow_each_other_as_they_began_though_the_clock_was_set_back(
    history: History,
) -> None:
    for name, days in (("z9", 0), ("a1", -400), ("m5", -30)):
        history.begin(replace(run(name), started_at=NOW + timedelta(days=days)), LIST)
        history.save(name, replace(result(), languages=(name,)))
        history.finish(name, NOW + timedelta(days=days))
    assert history.ids() == ("z9", "a1", "m5")
    assert [each.id for each in history.runs()] == ["z9", "a1", "m5"]
    assert [each.id for each in history.lists()] == ["z9", "a1", "m5"]
    assert history.broken(LIST) == "m5"
    known = {name: languages(history, name) for name in ("z9", "a1", "m5", "next")}
    assert known == {"z9": None, "a1": ("z9",), "m5": ("a1",), "next": ("m5",)}


def test_a_run_that_begins_in_the_same_instant_gets_the_next_free_name(history: History) -> None:
    assert [history.begin(run("r1"), LIST).id for _ in range(3)] == ["r1", "r1-2", "r1-3"]
    assert history.ids() == ("r1", "r1-2", "r1-3")


def test_runs_are_summed_up_with_what_was_planned_and_what_is_complete(history: History) -> None:
    history.begin(run(), LIST)
    (begun,) = history.runs()
    assert (begun.companies, begun.complete, begun.finished_at) == (2, 0, None)
    incomplete = replace(
        result(BOREALIS), notes=tuple(replace(n, incomplete=True) for n in result().notes)
    )
    history.save("r1", result(ACME))
    history.save("r1", incomplete)
    history.finish("r1", NOW)
    history.reported("r1", NOW + timedelta(minutes=1))
    (finished,) = history.runs()
    assert (finished.companies, finished.complete, finished.damaged) == (2, 1, ())
    assert (finished.as_of, finished.started_at, finished.finished_at) == (NOW, NOW, NOW)
    assert finished.reported_at == NOW + timedelta(minutes=1)
    assert finished.rules_version == "v"


def test_companies_are_listed_by_run_and_a_run_without_any_is_listed_too(history: History) -> None:
    save(history, "r1", BOREALIS, ACME)
    history.begin(run("r2"), LIST)
    assert history.companies() == (("r1", "Borealis"), ("r1", "Acme"), ("r2", ""))


def test_what_the_run_before_knew_comes_by_website_whatever_the_name(history: History) -> None:
    save(history, "r1", ACME)
    renamed = replace(ACME, name="Acme Pumps")
    before = history.before("r2", renamed)
    assert before is not None
    assert before.kept["https://acme.example/"].etag == '"v1"'
    assert history.before("r2", BOREALIS) is None
    assert history.before("r1", renamed) is None


def test_a_run_that_did_not_visit_a_company_is_passed_over(history: History) -> None:
    save(history, "r1", ACME)
    save(history, "r2", BOREALIS)
    assert languages(history, "r3", ACME) == ("r1",)


def test_channels_that_the_run_before_did_not_find_come_from_the_runs_before_that(
    history: History,
) -> None:
    """The newest `RECENT` results are looked at; a channel last found before them is gone."""
    handles = ["@lost", *(f"@c{number}" for number in range(RECENT))]
    for number, handle in enumerate(handles):
        history.begin(run(f"r{number}"), LIST)
        history.save(f"r{number}", replace(result(), channels=(channel(handle),)))
    before = history.before("next", ACME)
    assert before is not None
    assert [each.handle for each in before.channels] == ["@c3", "@c2", "@c1", "@c0"]


def test_the_visits_to_a_website_are_listed_whatever_the_name_of_its_company(
    history: History,
) -> None:
    save(history, "r1", ACME, BOREALIS)
    save(history, "r2", BOREALIS)
    save(history, "r3", replace(ACME, name="Acme Pumps"))
    assert history.visits(ACME.website) == (("r1", "Acme"), ("r3", "Acme Pumps"))
    assert history.visits("https://nobody.example/") == ()


def test_what_later_rules_make_of_a_run_lies_beside_what_it_saved(opened: Open) -> None:
    later = replace(result(ACME), languages=("later",))
    with opened() as history:
        save(history, "r1", ACME, BOREALIS)
        history.keep_again("r1", "v2", {"Acme": later, "Borealis": None})
    with opened() as history:
        assert dict(history.again("r1", "v2")) == {"Acme": later, "Borealis": None}
        assert history.again("r1", "v3") == {}
        assert history.again("r9", "v2") == {}
        assert [each.languages for each in history.load("r1").results] == [("r1",), ("r1",)]
        assert languages(history, "r2") == ("r1",)


def test_only_what_the_latest_rules_make_of_a_run_is_kept(history: History) -> None:
    save(history, "r1", ACME)
    for rules in ("v2", "v3"):
        history.keep_again("r1", rules, {"Acme": replace(result(ACME), languages=(rules,))})
    assert history.again("r1", "v2") == {}
    known = history.again("r1", "v3")["Acme"]
    assert known is not None
    assert known.languages == ("v3",)


def test_what_cannot_be_kept_of_later_rules_leaves_what_was_kept(history: History) -> None:
    save(history, "r1", ACME)
    history.keep_again("r1", "v2", {"Acme": result(ACME)})
    unfit = replace(result(ACME), languages=(object(),))  # type: ignore[arg-type]
    with pytest.raises(UnfitError, match="cannot be written"):
        history.keep_again("r1", "v3", {"Acme": unfit})
    assert dict(history.again("r1", "v2")) == {"Acme": result(ACME)}


def test_a_run_tells_by_which_rules_and_code_it_was_read(history: History) -> None:
    history.begin(replace(run("r1"), reading="abc"), LIST)
    history.begin(run("r2"), LIST)
    assert history.load("r1").run.rules == "v.abc"
    assert history.load("r2").run.rules == "v"


def test_the_places_in_the_archive_that_a_result_rests_on_are_told(history: History) -> None:
    place = "archive/r0/acme-1a2b3c4d.1.warc.gz#120"
    (page,) = result(ACME).fetched
    history.begin(run(), LIST)
    history.save("r1", replace(result(ACME), fetched=(replace(page, record=place),)))
    assert history.records("r1", "Acme") == {place}
    assert history.records("r1", "Borealis") == frozenset()
    assert history.records("r9", "Acme") == frozenset()


def test_what_people_told_is_kept_in_the_order_in_which_it_came(opened: Open) -> None:
    first, second = told(), told(500, company="borealis.example")
    with opened() as history:
        assert history.by_hand() == ()
        history.keep_by_hand([first, second])
    with opened() as history:
        assert history.by_hand() == (first, second)


def test_a_second_record_of_one_profile_and_day_takes_the_place_of_the_first(
    history: History,
) -> None:
    other_day, corrected = told(day=4), told(12_500)
    history.keep_by_hand([told(), other_day])
    history.keep_by_hand([corrected])
    assert history.by_hand() == (other_day, corrected)


def test_a_record_that_cannot_be_written_changes_nothing(history: History) -> None:
    history.keep_by_hand([told()])
    with pytest.raises(UnfitError):
        history.keep_by_hand([replace(told(day=9), about=object())])  # type: ignore[arg-type]
    assert history.by_hand() == (told(),)


def test_a_run_that_was_begun_or_taken_is_at_work_for_others_only(history: History) -> None:
    with history.beginning():
        assert history.begin(run(), LIST).id == "r1"
    history.go_on("r1")
    assert history.at_work() == {}


def test_a_company_or_a_run_that_is_erased_is_gone(history: History) -> None:
    save(history, "r1", ACME, BOREALIS)
    save(history, "r2", ACME, BOREALIS)
    history.erase("r1", "Acme")
    assert history.companies() == (("r1", "Borealis"), ("r2", "Acme"), ("r2", "Borealis"))
    history.erase("r2", None)
    assert history.ids() == ("r1",)
